"""Pictures of TwoNeurons, Conclusion and Teaser show what the run did: sums, steps, ways, time backwards."""

from functools import cache

import numpy as np
import pytest

from reluviz.core import Experiment, train
from reluviz.stage.films.conclusion import SmallMarks
from reluviz.stage.films.two_neurons import SharedUpdate, SumPlane
from reluviz.stage.parts.moment import Moment
from reluviz.stage.parts.network.trails import CornerTrails
from reluviz.stage.plane import Plane
from reluviz.theme import DARK


@cache
def run(name):
    return train(Experiment.from_library(name))


def middle(part):
    return (part.points.min(axis=0) + part.points.max(axis=0)) / 2


@pytest.mark.parametrize("x", [0.5, 2.5, 4.0])
def test_the_bars_of_a_sum_are_the_neurons_values_end_to_end(x):
    view = SumPlane(DARK, run("two-neurons"))
    end = run("two-neurons").end
    view.probe.show(x)
    assert middle(view.probe.dot) == pytest.approx(view.plane.at(x, float(end(x))), abs=1e-9)
    level = 0.0
    for bar, weight, bias in zip(view.probe.bars, end.weights, end.biases, strict=True):
        value = weight * max(x + bias, 0.0)
        if value == 0:
            assert len(bar.points) == 0
            continue
        heights = view.plane.at(x, (level, level + value))[:, 1]
        assert (bar.points[0, 1], bar.points[-1, 1]) == pytest.approx(tuple(heights))
        level += value


def test_a_shared_update_turns_and_slides_by_equations_1_and_2():
    trajectory, update, slide = run("two-neurons"), 407, 10
    view = SharedUpdate(DARK, trajectory, update, slide=slide)
    x, delta = trajectory.inputs[update], trajectory.residuals[update]
    for i, lever in enumerate(view.levers):
        bar = lever[0]
        assert bar.get_right()[0] == pytest.approx(view.plane.at(x, 0.0)[0])
        assert bar.get_left()[0] == pytest.approx(view.plane.at(-trajectory.biases[update, i], 0.0)[0])
    view.show(1.0)
    moved = -trajectory.biases[update] - slide * 2 * 0.01 * delta * trajectory.weights[update]
    for disc, origin in zip(view._marks.discs, moved, strict=True):
        assert middle(disc)[0] == pytest.approx(view.plane.at(origin, 0.0)[0])


def test_only_the_neuron_that_sleeps_has_no_step():
    view = SharedUpdate(DARK, run("two-neurons"), 555, turn=20, slide=20)
    assert len(view.levers) == 1
    assert [block[1].__class__.__name__ for block in view.slides] == ["VGroup", "Text"]


def test_a_trail_begins_at_the_start_and_ends_at_the_corner_of_the_moment():
    trajectory = run("teaser")
    plane = Plane(DARK, (-1.0, 5.0), (-1.0, 4.0), centre=(0.0, 0.0), width=12.0, height=5.0)
    trails = CornerTrails(plane, trajectory)
    moment = Moment.of(trajectory, 500.5)
    trails.show(moment)
    for trail, first, origin in zip(trails, trajectory.start.origins, -moment.biases, strict=True):
        assert trail.points[0] == pytest.approx(plane.at(first, float(trajectory.start(first))))
        assert trail.points[-1] == pytest.approx(plane.at(origin, float(moment.network(origin))))


def test_small_dots_stand_at_the_origins_and_never_overlap():
    trajectory = run("merging-neurons")
    plane = Plane(DARK, (-1.5, 4.5), (-1.0, 3.0), centre=(0.0, 0.0), width=4.0, height=2.0)
    marks = SmallMarks(plane, 4)
    marks.show(Moment.of(trajectory, trajectory.last))
    places = np.array([middle(dot) for dot in marks.dots])
    assert places[:, 0] == pytest.approx(plane.at(trajectory.end.origins, 0.0)[:, 0])
    apart = np.linalg.norm(places[:, None] - places[None], axis=2) + 9.0 * np.eye(4)
    assert apart.min() >= 0.2
