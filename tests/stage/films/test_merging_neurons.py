"""The pushes that the film on merging adds up are the ways that the origins really go."""

from __future__ import annotations

import numpy as np
import pytest
from manim import Text

from reluviz.stage.films.merging_neurons import pushed_so_far, slope_labels
from reluviz.stage.plane import Plane
from reluviz.story.vocabulary.facts import Facts
from reluviz.theme import DARK
from tests.analysis.runs import article


def test_pushes_add_up_to_the_way_of_each_origin():
    run = article("merging-neurons")
    times, (between, right_of_left, right) = pushed_so_far(run, 364, 3671)
    assert (times[0], times[-1]) == (364, 3671)
    origins = np.array([-run.network_at(int(t)).biases[:2] for t in times])
    assert between + right_of_left == pytest.approx(origins[:, 0] - origins[0, 0], abs=1e-12)
    assert right == pytest.approx(origins[:, 1] - origins[0, 1], abs=1e-12)


def test_words_for_pushes_split_the_way_by_where_samples_lie():
    """Summed once more, update by update, from the article's equation 2."""
    run = article("merging-neurons")
    facts, first, last = Facts(run), 364, 3671
    moved = {"between": 0.0, "right": 0.0}
    for t in range(first, last):
        network = run.network_at(t)
        x, delta = run.inputs[t], run.residuals[t]
        if x > network.origins[0]:
            place = "right" if x > network.origins[1] else "between"
            moved[place] -= 2 * run.experiment.learning_rate * delta * network.weights[0]
    for place, way in moved.items():
        assert facts.pushed(1, 2, place, first, last) == pytest.approx(way, abs=1e-9)
    assert facts.pushed(2, 1, "between", first, last) == 0.0
    with pytest.raises(ValueError, match="no place"):
        facts.pushed(1, 2, "above", first, last)


def test_each_stretch_of_the_target_shows_its_slope():
    run = article("merging-neurons")
    plane = Plane(DARK, (0.0, 4.0), (-1.0, 3.0), centre=(0.0, 0.0), width=8.0, height=5.0)
    labels = slope_labels(plane, run.target, 0.0, 4.0, DARK.muted, 0.2)
    assert all(isinstance(label, Text) for label in labels)
    assert [label.original_text for label in labels] == ["2", "1", "−1", "−2"]
