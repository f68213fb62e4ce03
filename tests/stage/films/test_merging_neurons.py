"""What the film on merging shows is what the run says."""

from __future__ import annotations

import numpy as np
import pytest
from manim import Text

from reluviz.core import train
from reluviz.stage.films.merging_neurons import WeightLabels
from reluviz.stage.parts.gestures.held_updates import nudges
from reluviz.stage.parts.moment import State
from reluviz.stage.parts.network.gap import GapBracket
from reluviz.stage.parts.network.graph import CornerRings
from reluviz.stage.parts.network.slopes import SlopeStack, slope_labels
from reluviz.stage.plane import Plane
from reluviz.story.gather import gather
from reluviz.story.script import read_script
from reluviz.story.vocabulary.facts import Facts
from reluviz.theme import DARK
from tests.analysis.runs import article


def plane():
    return Plane(DARK, (-1.0, 4.0), (-0.3, 3.3), centre=(0.0, 0.0), width=10.0, height=5.0)


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


def test_the_coming_to_rest_starts_where_the_run_ends_and_follows_the_mean_of_all_samples():
    runs, _ = gather(
        read_script("merging-neurons"), lambda named: article(named) if isinstance(named, str) else train(named)
    )
    run, rest = runs["run"], runs["rest"]
    assert rest.start == run.end
    x = run.experiment.samples()
    delta = run.target(x) - run.end(x)
    rate = run.experiment.learning_rate
    for i in range(run.neurons):
        awake = x + run.end.biases[i] > 0
        turn = 2 * rate * np.mean(delta * awake * (x + run.end.biases[i]))
        slide = 2 * rate * np.mean(delta * awake * run.end.weights[i])
        assert rest.weights[1, i] - rest.weights[0, i] == pytest.approx(turn, abs=1e-12)
        assert rest.biases[1, i] - rest.biases[0, i] == pytest.approx(slide, abs=1e-12)


def test_only_updates_between_the_two_origins_are_slow():
    run = article("merging-neurons")
    slow = nudges(run, 364, 4, 10.0)
    assert slow.seconds == pytest.approx(10.0)
    shown = [364 + k for k, length in enumerate(slow.lengths) if length > 0.5]
    between = [k for k in range(364, 500) if -run.biases[k, 0] < run.inputs[k] < -run.biases[k, 1]]
    assert shown == between[:4]


def test_each_piece_of_the_target_shows_its_slope():
    labels = slope_labels(plane(), article("merging-neurons").target, DARK.muted, 0.2)
    assert all(isinstance(label, Text) for label in labels)
    assert [label.original_text for label in labels] == ["2", "1", "−1", "−2"]


def test_stacked_wedges_are_as_high_as_the_slopes():
    on, network = plane(), article("merging-neurons").end
    stack = SlopeStack(on, network, 0.5)
    unit = on.at(0.0, 1.0)[1] - on.at(0.0, 0.0)[1]
    for wedge, weight in zip((stack.lower[0], stack.upper[0]), network.weights, strict=False):
        tips = wedge.get_vertices()[1:3]
        assert abs(tips[1, 1] - tips[0, 1]) == pytest.approx(0.5 * weight * unit)
    assert stack.total[1].original_text == "1.32 + 0.50 = 1.82"


def test_rings_lie_on_the_target_s_corners_and_weights_above_their_discs():
    on, run = plane(), article("merging-neurons")
    for ring, (x, y) in zip(CornerRings(on, run.target), ((0, 0), (1, 2), (2, 3), (3, 2)), strict=True):
        np.testing.assert_allclose(ring.get_center(), on.at(x, y), atol=1e-9)
    labels = WeightLabels(on, run.start)
    assert [label.original_text for _, label in labels] == ["0.00", "0.04", "0.07", "0.10"]


@pytest.mark.parametrize(("origins", "beside"), [((0.0, 2.0), False), ((1.0, 1.2), True)])
def test_the_bracket_spans_the_gap_and_its_words_keep_off_the_streams(origins, beside):
    on = plane()
    bracket = GapBracket(on, 0, 1)
    bracket.show(State(np.ones(2), -np.array(origins)))
    left, right = (on.at(x, 0.0)[0] for x in origins)
    assert bracket.line.points[:, 0].min() == pytest.approx(left)
    assert bracket.line.points[:, 0].max() == pytest.approx(right)
    text = bracket.text.points[:, 0]
    assert (text.max() < left) if beside else (left < text.min() and text.max() < right)
