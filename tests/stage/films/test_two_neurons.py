"""TwoNeurons shows what the updates did: levers, turns and slides by equations 1 and 2; updates held for words."""

import numpy as np
import pytest

from reluviz.stage.films.two_neurons import Levers, Slides, WaitingSample, way_to, with_room_left
from reluviz.stage.network_view import NetworkView
from reluviz.stage.parts.gestures.held_updates import HeldUpdate
from reluviz.stage.parts.network.slow import MEASURED, PULLED, slow_piece
from reluviz.theme import DARK
from tests.analysis.runs import article
from tests.stage.slopes import slope_of


@pytest.fixture(scope="module")
def run():
    return article("two-neurons")


def view_at(run, update, second, *kinds):
    """A view in the middle of an update of ten seconds: measured at 2, in motion from 6 on; and parts made for it."""
    view = NetworkView(DARK, run, look=with_room_left(run), at=update)
    view.rig.extend(HeldUpdate.waiting(update, 2.0, 6.0, 10.0))
    parts = [kind(view.plane) for kind in kinds]
    view.rig.include(*parts).show(second)
    return view, *parts


def width(part):
    return np.ptp(part.points[:, 0])


def test_levers_reach_from_each_origin_to_the_sample_and_turns_are_those_of_equation_1(run):
    view, levers = view_at(run, 0, 9.6, lambda plane: Levers(plane, run, 0, gain=200))
    x, delta = run.inputs[0], run.residuals[0]
    for i, line in enumerate(levers.lines):
        ends = view.plane.at((-run.biases[0, i], x), 0.0)[:, 0]
        assert (line.points[:, 0].min(), line.points[:, 0].max()) == pytest.approx(tuple(ends))
        assert [text for text, _ in levers.texts[i].shown] == [f"{x + run.biases[0, i]:.2f}"]
        turned = run.weights[0, i] + 200 * 2 * run.experiment.learning_rate * delta * (x + run.biases[0, i])
        wedge = levers.shapes[i].points
        assert slope_of(view.plane, wedge[4 * 9 - 1] - wedge[0]) == pytest.approx(turned)


def test_slides_are_in_proportion_to_the_weights_and_point_where_the_origins_go(run):
    _, slides = view_at(run, 210, 9.6, lambda plane: Slides(plane, run, 210))
    one, two = slides.shapes
    assert width(one) / width(two) == pytest.approx(run.weights[210, 0] / run.weights[210, 1], rel=1e-6)
    assert one.points[:, 0].max() == two.points[:, 0].max() == one.points[0, 0], "both go left from one line"
    assert [text for label in slides.texts for text, _ in label.shown] == ["δ × weight 0.44", "δ × weight 0.13"]


def test_nothing_is_told_of_a_neuron_that_sleeps_nor_outside_the_update(run):
    _, levers = view_at(run, 555, 5.0, lambda plane: Levers(plane, run, 555, gain=1))
    assert len(levers.lines[0].points) and not len(levers.lines[1].points)
    _, levers = view_at(run, 555, 1.0, lambda plane: Levers(plane, run, 555, gain=1))
    assert not any(len(line.points) for line in levers.lines)
    _, levers = view_at(run, 556, 5.0, lambda plane: Levers(plane, run, 555, gain=1))
    assert not any(len(line.points) for line in levers.lines)


def test_a_held_update_waits_for_its_words():
    held = HeldUpdate.waiting(7, measured=2.0, moving=6.0, seconds=10.0)
    assert held.seconds == 10.0
    seconds = np.linspace(0.0, 10.0, 201)
    iterations = held.iteration(seconds)
    assert (np.diff(iterations) >= 0).all() and iterations[seconds <= 6.0].max() == 7.0 and iterations[-1] == 8.0
    assert iterations[seconds >= 9.7].min() == 8.0
    assert held.at(2.0)[1] == pytest.approx(MEASURED) and held.at(6.0)[1] == pytest.approx(PULLED)
    hasty = HeldUpdate.waiting(7, measured=3.0, moving=2.5, seconds=2.0)
    assert hasty.iteration(np.array([0.0, 2.0])).tolist() == [7.0, 8.0]


def test_pushes_of_a_mean_wait_until_slow_motion_is_over_and_a_window_has_passed(run):
    view, = view_at(run, 407, 10.0)
    assert slow_piece(view.rig.moment) is not None
    assert all(len(part.points) == 0 for part in view.pushes)


def test_a_waiting_sample_pushes_the_first_neuron_the_way_rule_one_does(run):
    view = NetworkView(DARK, run, at=345)
    waiting = WaitingSample(view.plane, run.network_at(345), run.target, 2.0)
    origin = view.plane.on_floor(run.network_at(345).origins[0])[0]
    assert waiting.push.points[:, 0].max() == pytest.approx(origin), "too low, and the weight above zero: left"
    ends = view.plane.at(2.0, (float(run.network_at(345)(2.0)), 4.0))
    assert np.linalg.norm(waiting.delta.get_end() - waiting.delta.get_start()) == pytest.approx(ends[1, 1] - ends[0, 1])


def test_the_wish_reaches_from_the_origin_to_the_corner(run):
    view = NetworkView(DARK, run)
    way = way_to(view.plane, 0.2, 2.0)
    ends = view.plane.at((0.2, 2.0), 0.0)[:, 0]
    assert (way.points[:, 0].min(), way.points[:, 0].max()) == pytest.approx(tuple(ends))
