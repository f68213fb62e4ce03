"""Where two runs of one target part, against the runs' own columns."""

from __future__ import annotations

import numpy as np
import pytest

from reluviz.analysis import compare
from reluviz.core import Experiment, train


def test_two_runs_of_one_target_part():
    """In solution 1 neuron 2 goes right with a negative weight; in example 4 it goes left with a positive one."""
    merging, spread = (train(Experiment.open(name)) for name in ("merging-neurons", "spread-biases"))
    found = compare(merging, spread)
    at, last = found.signs_part[1], min(merging.last, spread.last)
    assert at is not None and 0 < at < last
    later = np.arange(at + at // 2, last)
    assert (merging.weights[later, 1] > 0).all() and (spread.weights[later, 1] < 0).all()
    assert found.signs_part[0] is None
    assert found.origins_part[1] is not None and found.graphs_part is not None and found.graphs_part > 0
    with pytest.raises(ValueError, match="different targets"):
        compare(merging, train(Experiment.open("one-neuron")))
