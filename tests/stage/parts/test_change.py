"""What a turn and a slide change, and delta's square, against the lines themselves."""

import numpy as np
import pytest

from reluviz.stage.parts.charts.typical_errors import TypicalErrorSquare
from reluviz.stage.parts.gestures.change import Change
from reluviz.stage.parts.gestures.square import DeltaSquare
from reluviz.stage.parts.moment import State
from reluviz.stage.plane import Plane
from reluviz.theme import DARK
from tests.stage.slopes import slope_of

UNIT = 0.5
"""Frame units of one unit of y."""


def plane():
    return Plane(DARK, (-2.0, 6.0), (-4.0, 6.0), centre=(0.0, 0.0), width=8.0, height=10.0 * UNIT)


def ramp(weight, origin):
    return State(np.array([float(weight)]), np.array([-float(origin)]))


def rises(change):
    """How far each arrow goes up, by its head; frame units."""
    heads = change.heads.points.reshape(len(change.xs), -1, 3)[:, 0, 1]
    return heads - change.plane.at(change.xs, change.before.network(np.array(change.xs)))[:, 1]


@pytest.mark.parametrize("weight", [1.0, -0.5])
def test_a_slide_moves_all_points_alike_up_where_the_line_rises_and_down_where_it_falls(weight):
    change = Change(plane(), ramp(weight, 0.0), (1.0, 2.0, 4.0))
    change.show(ramp(weight, -1.0))
    assert rises(change) == pytest.approx([weight * UNIT] * 3)
    arrows = change.arrows.points[:, 0]
    assert arrows.min() == pytest.approx(change.plane.at(-1.0, 0.0)[0])
    assert arrows.max() == pytest.approx(change.plane.at(0.0, 0.0)[0])
    assert not len(change.arc.points), "nothing has turned"


def test_a_turn_moves_points_by_their_distance_from_the_origin():
    change = Change(plane(), ramp(0.5, 0.0), (1.0, 2.0, 4.0))
    change.show(ramp(1.0, 0.0))
    assert rises(change) == pytest.approx(0.5 * UNIT * np.array([1.0, 2.0, 4.0]))
    ends = change.arc.points[[0, -1]] - change.plane.at(0.0, 0.0)
    assert [slope_of(change.plane, end) for end in ends] == pytest.approx([0.5, 1.0])


def test_arrows_grow_one_by_one():
    change = Change(plane(), ramp(1.0, 0.0), (1.0, 2.0))
    change.grown[:] = (0.5, 0.0)
    change.show(ramp(1.0, -2.0))
    tip = change.heads.points[0, 1]
    assert tip - change.plane.at(1.0, 1.0)[1] == pytest.approx(0.5 * 2 * UNIT)
    assert len(change.heads.points) == 12, "one head of three sides"


@pytest.mark.parametrize("wanted", [5.0, -3.0])
def test_the_square_s_side_is_delta_and_its_colour_the_sign(wanted):
    square = DeltaSquare(plane(), 2.0, wanted)
    square.seen = square.grown = square.opened = 1.0
    square.show(ramp(1.0, 0.0))
    delta = wanted - 2.0
    here, other = square.areas if delta > 0 else square.areas[::-1]
    assert not len(other.points)
    assert np.ptp(here.points, axis=0)[:2] == pytest.approx([abs(delta) * UNIT] * 2)
    assert here.points[:, 0].min() == pytest.approx(square.plane.at(2.0, 0.0)[0])
    bar = square.bars[0 if delta > 0 else 1].points
    assert bar[[0, -1], 1] == pytest.approx(square.plane.at(2.0, (2.0, wanted))[:, 1])


def test_the_square_is_gone_where_line_and_target_meet_and_the_old_one_stays_as_an_outline():
    square = DeltaSquare(plane(), 2.0, 4.0)
    square.seen = square.grown = square.opened = 1.0
    square.kept = ramp(1.0, 0.0)
    square.show(ramp(2.0, 0.0))
    assert all(np.ptp(area.points, axis=0).max(initial=0.0) == 0 for area in square.areas if len(area.points))
    assert np.ptp(square.outline.points, axis=0)[:2] == pytest.approx([2 * UNIT] * 2)


def test_a_typical_error_is_the_side_of_its_square():
    square = TypicalErrorSquare(plane(), 4.2, "at first", (-1.0, 0.0), 1)
    assert (square.square.width, square.square.height) == pytest.approx((4.2 * UNIT, 4.2 * UNIT))
    assert square.number.original_text == "4.2"
    assert square.square.get_corner((-1.0, -1.0, 0.0)) == pytest.approx((-1.0, 0.0, 0.0))
