"""What the film on the update rules shows is what its runs and equations 1 and 2 say."""

import numpy as np
import pytest

from reluviz.stage.films.update_rules.board import rule_pictures
from reluviz.stage.films.update_rules.formulas import UpdateFormula
from reluviz.stage.films.update_rules.sample_view import (
    RISING,
    SampleView,
    SecondNeuron,
    lifted,
    slid,
    turned,
    weight_that_meets,
)
from reluviz.stage.parts.moment import Moment
from reluviz.story.gather import gather
from reluviz.story.script import read_script, tell
from reluviz.theme import DARK
from tests.analysis.runs import article


@pytest.fixture(scope="module")
def story():
    script = read_script("update-rules")
    return tell(script, *gather(script, article))


@pytest.fixture
def view():
    return SampleView(DARK, article("one-neuron"), 5, RISING)


def test_poses_do_one_thing_each(view):
    state, x = view.state, view.square.x
    weight, origin = state.weights[0], -state.biases[0]
    assert slid(state, -1.5).network.origins[0] == pytest.approx(origin - 1.5)
    assert slid(state, -1.5).network(x) - state.network(x) == pytest.approx(1.5 * weight)
    assert lifted(state, 2.0).network(0.0) - state.network(0.0) == 2.0
    met = turned(state, weight_that_meets(state, x, view.square.wanted))
    assert met.network(x) == pytest.approx(view.square.wanted) and met.network.origins[0] == pytest.approx(origin)


def test_a_pose_ends_where_it_should_and_the_next_starts_there(view):
    there = slid(view.state, -1.0)
    pose = view.pose(there)
    pose.begin()
    pose.interpolate_mobject(1.0)
    assert view.state is there
    np.testing.assert_allclose(view.marks.discs[0].get_center(), view.plane.at(-there.biases[0], 0.0), atol=1e-9)
    back = view.pose(turned(there, -0.5))
    back.begin()
    back.interpolate_mobject(0.0)
    assert view.state.biases[0] == there.biases[0] and view.state.weights[0] == there.weights[0]


@pytest.mark.parametrize("back", [False, True])
def test_a_second_neuron_grows_out_of_one_that_draws_nothing(back):
    one, two = article("one-neuron"), article("two-neurons")
    view = SampleView(DARK, two, 709, RISING)
    single = Moment.of(one, 6)
    change = SecondNeuron(view, single, one, RISING, back=back)
    x = np.linspace(-1.5, 4.0, 23)
    for part, alone in ((0.0, not back), (1.0, back)):
        change.interpolate_mobject(part)
        state, run = (single, one) if alone else (Moment.of(two, 709), two)
        np.testing.assert_allclose(view.state.network(x), state.network(x), atol=1e-12)
        wanted = view.plane.path(run.target.polyline(0.0, 4.0))
        np.testing.assert_allclose(view.target.points, wanted, atol=1e-9)
        assert view.strength[1] == (0.0 if alone else 1.0)


def test_each_rule_s_picture_shows_an_update_by_that_rule(story):
    for rule, picture in rule_pictures(DARK, story).items():
        run, update, i = picture.run, story[f"rule_{rule}"].first, picture.neuron
        delta, weight = run.residuals[update], run.weights[update, i]
        assert rule == (1 if weight > 0 else 2) + (0 if delta > 0 else 2)
        left = -2 * run.experiment.learning_rate * delta * weight < 0  # equation 2: the way of the origin
        assert f"origin goes {'left' if left else 'right'}" in picture.name.texts[1]
        assert ("slope grows" in picture.name.texts[1]) == (delta > 0)
        picture.compare(gain=0.0)
        picture.rig.jump(update + 1)
        picture.show_the_way()
        picture.rig.show(0.0)
        points = picture.change.arrows.points - picture.plane.on_floor(-run.biases[update, i])
        slide = points[points[:, 1] < -0.3, 0]  # below the disc; the turn's head lies above
        assert (slide.min(), slide.max()) == pytest.approx((-0.9, 0.0) if left else (0.0, 0.9))


def test_four_cells_lie_apart_and_a_picture_comes_from_where_it_lies(story):
    pictures = rule_pictures(DARK, story)
    boxes = [picture.in_cell() for picture in pictures.values()]
    centres = {(np.sign(look.centre[0]), np.sign(look.centre[1] - boxes[2].centre[1] - 1)) for look in boxes}
    assert len(centres) == 4
    assert pictures[2].beside(1).centre[0] > 13 and pictures[3].beside(1).centre[1] < -8
    assert pictures[1].beside(2).centre[0] < -13 and pictures[4].beside(3).centre[0] > 13


def test_formulas_are_those_of_equations_1_and_2():
    for which, own in (("turn", "lever"), ("slide", "weight")):
        row = UpdateFormula(DARK, which)
        assert set(row.symbols) == {"delta", own}
        assert all(part.family_members_with_points() for part in row.symbols.values())
