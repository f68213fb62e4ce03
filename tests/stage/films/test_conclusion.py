"""The wall of runs, levers, and states that no run has."""

import numpy as np
import pytest

from reluviz.core import Experiment, train
from reluviz.stage.films.conclusion import Wall, changed, levers, note, second_of, value_at, without_wake
from reluviz.stage.network_view import full
from reluviz.stage.parts.moment import State
from reluviz.stage.plane import Plane
from reluviz.theme import DARK
from tests.scenes.layout import problems


@pytest.fixture(scope="module")
def plane():
    return Plane(DARK, (-1, 5), (-0.5, 4), centre=(0, 0.5), width=11, height=5, below=1.5)


@pytest.fixture(scope="module")
def runs():
    names = ("one-neuron", "two-neurons", "merging-neurons", "spread-biases", "five-neurons", "five-spread-neurons")
    return {name: train(Experiment.open(name)) for name in names}


@pytest.fixture
def wall(runs):
    return Wall(DARK, runs, longest="merging-neurons")


def test_a_wall_is_well_laid_out_and_its_planes_apart(wall):
    assert problems([wall.still, wall.rig]) == []
    looks = list(wall.cells.values())
    for k, one in enumerate(looks):
        for other in looks[:k]:
            apart = abs(one.centre[0] - other.centre[0]) > one.width
            assert apart or abs(one.centre[1] - other.centre[1]) > one.height + one.below


def test_all_but_some_leaves_out_these_and_no_name(wall):
    seen = wall.all_but("one-neuron", "five-neurons").submobjects
    gone = [wall.views[name] for name in ("one-neuron", "five-neurons")]
    assert not any(view.rig in seen or view.still in seen for view in gone)
    assert all(name in seen for name in wall.names.values()) and len(seen) == 2 * 4 + 6


def test_what_was_not_seen_stands_at_its_end_with_its_wake(wall, runs):
    view = wall.views["two-neurons"]
    view.plane.look_at(full((0, 4), (0, 3)))
    wall.put_back("two-neurons")
    assert view.plane.look == wall.cells["two-neurons"]
    assert np.allclose(view.rig.moment.weights, runs["two-neurons"].end.weights)
    assert view.rig.timeline.seconds == pytest.approx(6.0) and view.wake.filled[0].points.size


def test_a_second_is_found_by_its_iteration(wall):
    wall.put_back("merging-neurons")
    rig = wall.views["merging-neurons"].rig
    second = second_of(rig, 53)
    assert rig.timeline.iteration(np.array([second]))[0] == pytest.approx(53, abs=0.5)


def test_a_lever_reaches_from_its_disc_to_the_sample(plane):
    origins = np.array([-0.2, 1.1])
    for lever, origin in zip(levers(plane, origins, 3.9), origins, strict=True):
        ends = lever.points[:, 0].min(), lever.points[:, 0].max()
        assert np.allclose(ends, plane.at((origin, 3.9), 0.0)[:, 0])


def test_heights_and_notes_are_told_where_they_are(plane):
    dash, text = value_at(plane, 4.0, 2.25, -1)
    assert np.allclose(dash.get_center(), plane.at(4.0, 2.25)) and text.original_text == "2.2"
    assert text.get_top()[1] < dash.get_top()[1] + 0.2
    assert note(plane, 4.0, "asleep", -1).get_right()[0] < plane.at(4.0, 0.0)[0]


def test_one_neuron_is_changed_and_no_other():
    before = State(np.array([1.0, 2.0]), np.array([0.0, -1.0]), 0.5)
    after = changed(before, 1, origin=3.0, slope=-1.0)
    assert after.weights.tolist() == [1.0, -1.0] and after.biases.tolist() == [0.0, -3.0] and after.output_bias == 0.5
    assert before.weights.tolist() == [1.0, 2.0] and before.biases.tolist() == [0.0, -1.0]


def test_without_a_wake_a_plane_fills_the_same_room():
    look = full((0, 4), (0, 3))
    bare = without_wake(look)
    assert bare.below == 0 and bare.centre[1] - bare.height / 2 == pytest.approx(
        look.centre[1] - look.height / 2 - look.below
    )
    assert bare.centre[1] + bare.height / 2 == pytest.approx(look.centre[1] + look.height / 2)
