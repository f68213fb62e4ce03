"""What the film on one neuron shows of its own is what the run says."""

import numpy as np
import pytest

from reluviz.stage.films.one_neuron import first_sample, measured, parting, up_to
from reluviz.stage.network_view import NetworkView
from reluviz.theme import DARK
from tests.analysis.runs import article


@pytest.mark.parametrize("sign", [1, -1])
def test_only_the_next_update_of_that_sign_is_slow(sign):
    run = article("one-neuron")
    updates = up_to(run, 13, sign, 4.0)
    *passing, slow = updates.lengths
    assert updates.seconds == pytest.approx(4.0) and slow > 3.0
    deltas = run.residuals[13 : 13 + len(updates.lengths)]
    assert np.sign(deltas[-1]) == sign and not (np.sign(deltas[:-1]) == sign).any()
    assert all(length < 0.5 for length in passing), "not looked at"


def test_the_first_sample_is_the_run_s_and_is_measured_from_line_to_target():
    run = article("one-neuron")
    view = NetworkView(DARK, run)
    sample = first_sample(view)
    measured(view, sample).interpolate_mobject(1.0)
    x = float(run.inputs[0])
    ends = view.plane.at(x, (float(run.start(x)), float(run.target(x))))
    np.testing.assert_allclose(sample.bars[0].points[[0, -1]], ends, atol=1e-9)


def test_two_halves_part_from_one_line():
    run = article("one-neuron")
    view = NetworkView(DARK, run, at=run.last)
    before = view.network.points.copy()
    turn = parting(view)
    turn.interpolate_mobject(0.0)
    heights = view.network.points[[0, -1]]
    np.testing.assert_allclose(heights, before[[0, -1]], atol=1e-9)
    turn.interpolate_mobject(1.0)
    marks = view.rig.submobjects[-1]
    middles = [disc.get_center()[0] for disc in marks.discs]
    assert middles[1] - middles[0] == pytest.approx(view.plane.at(0.5, 0.0)[0] - view.plane.at(0.0, 0.0)[0])
