"""What is drawn is what the run says: corner by corner."""

from functools import cache

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from reluviz.core import ReluNetwork
from reluviz.stage.parts.moment import State
from reluviz.stage.parts.network.graph import CornerRings, ErrorArea, NetworkCurve, broken, residual_corners
from reluviz.stage.plane import Plane, corners
from reluviz.stage.ticks import nice_step
from reluviz.theme import DARK

number = st.floats(-3, 3, allow_nan=False, width=32)
networks = st.lists(st.tuples(number, number), min_size=1, max_size=6).map(
    lambda rows: ReluNetwork(np.array([w for w, _ in rows]), np.array([b for _, b in rows]))
)


@cache
def plane(y_range=(-60.0, 60.0)):
    return Plane(DARK, (-2.0, 4.0), y_range, centre=(0.0, 0.0), width=6.0, height=4.0)


def moment(network):
    return State(network.weights, network.biases, network.output_bias)


def unmapped(points, on):
    x = on.x_range[0] + (points[:, 0] - on.left_edge) / on.box_width * (on.x_range[1] - on.x_range[0])
    y = on.y_range[0] + (points[:, 1] - on.bottom_edge) / on.box_height * (on.y_range[1] - on.y_range[0])
    return x, y


@settings(deadline=None, max_examples=60)
@given(networks)
def test_the_curve_s_corners_are_the_ends_and_the_kinks(network):
    curve = NetworkCurve(plane())
    curve.show(moment(network))
    x, y = unmapped(np.concatenate((curve.points[0::4], curve.points[-1:])), plane())
    kinks = sorted({x for x in network.origins if -2.0 < x < 4.0})
    assert len(x) == len(kinks) + 2
    np.testing.assert_allclose(x, [-2.0, *kinks, 4.0], atol=1e-9)
    np.testing.assert_allclose(y, network(x), atol=1e-5)


def test_a_curve_that_leaves_the_box_is_cut_exactly_at_its_edge():
    low = plane((-1.0, 1.0))
    curve = NetworkCurve(low)
    curve.show(moment(ReluNetwork(np.array([1.0]), np.array([0.0]))))  # y = x reaches 1 at x = 1
    x, y = unmapped(np.concatenate((curve.points[0::4], curve.points[-1:])), low)
    assert (x.min(), x.max()) == pytest.approx((-2.0, 1.0))
    assert y.max() == pytest.approx(1.0)


@settings(deadline=None, max_examples=60)
@given(networks, networks)
def test_the_error_s_corners_hold_its_zeros_and_its_exact_area(network, target):
    x, _, residual = residual_corners(network, target, 0.0, 4.0)
    assert (np.diff(x) >= 0).all()
    signed = (np.diff(x) * (residual[:-1] + residual[1:]) / 2).sum()  # exact for straight pieces
    mesh = np.union1d(np.linspace(0, 4, 2001), x)
    gap = target(mesh) - network(mesh)
    assert signed == pytest.approx((np.diff(mesh) * (gap[:-1] + gap[1:]) / 2).sum(), abs=1e-6)
    changes = residual[:-1] * residual[1:] < 0
    beside = np.minimum(np.abs(residual[:-1]), np.abs(residual[1:]))[changes]
    assert (beside < 1e-12).all(), "no sign change between corners, but of what rounding leaves of a zero"


def test_the_error_is_shaded_by_its_sign():
    area = ErrorArea(plane(), ReluNetwork(np.array([1.0]), np.array([-1.0])), 0.0, 4.0)
    area.show(moment(ReluNetwork(np.array([0.0]), np.array([0.0]))))  # the target is above, right of 1
    too_low, too_high = area.submobjects
    x, _ = unmapped(too_low.points, plane())
    assert (x.min(), x.max()) == pytest.approx((1.0, 4.0))
    assert len(too_high.points) == 0


def covers(area, x, y, on):
    """Which points (x, y) a filled outline covers: a ray to the right crosses its edges an odd number of times."""
    edge_x, edge_y = unmapped(area.points, on) if len(area.points) else (np.zeros(0), np.zeros(0))
    inside = np.zeros(len(x), dtype=bool)
    for x0, y0, x1, y1 in zip(edge_x[0::4], edge_y[0::4], edge_x[3::4], edge_y[3::4], strict=True):
        spans = (y0 > y) != (y1 > y)
        inside[spans] ^= x[spans] < x0 + (y[spans] - y0) / (y1 - y0) * (x1 - x0)
    return inside


@settings(deadline=None, max_examples=60)
@given(networks, networks, st.integers(0, 1000))
def test_the_error_s_area_is_cut_exactly_where_a_graph_leaves_the_plane(network, target, seed):
    on = Plane(DARK, (0.5, 3.0), (-1.0, 1.5), centre=(0.0, 0.0), width=6.0, height=4.0)
    area = ErrorArea(on, target, 0.0, 4.0)
    area.show(moment(network))
    x, y = np.random.default_rng(seed).uniform((-0.5, -4.0), (4.5, 4.0), (400, 2)).T
    reached, wanted = network(x), target(x)
    shown = (x > 0.5) & (x < 3.0) & (y > -1.0) & (y < 1.5)
    clear = np.minimum(np.abs(y - reached), np.abs(y - wanted)) > 1e-6
    teeth = 0.1 * 2.5 / 4.0  # where the edge is jagged
    clear &= ((y > -1.0 + teeth) & (y < 1.5 - teeth)) | ~shown
    for part, there in zip(area.submobjects, ((reached < y) & (y < wanted), (wanted < y) & (y < reached)), strict=True):
        np.testing.assert_array_equal(covers(part, x, y, on)[clear], (there & shown)[clear])


def test_the_error_s_area_reaches_the_frame_where_the_target_does():
    on = Plane(DARK, (0.0, 4.0), (-1.0, 4.0), centre=(0.0, 0.0), width=6.0, height=4.0)
    area = ErrorArea(on, ReluNetwork(np.array([2.5]), np.array([0.0])), 0.0, 4.0)
    area.show(moment(ReluNetwork(np.array([0.0]), np.array([0.0]))))
    x, y = unmapped(area.submobjects[0].points, on)
    assert x[y > 4.0 - 1e-6].min() == pytest.approx(1.6)


def test_an_edge_at_which_an_area_was_cut_off_is_jagged_and_no_other():
    outline = np.array([[0, 0, 0], [2, 0, 0], [2, 1, 0], [0, 1, 0], [0, 0, 0]], dtype=float)
    jagged = broken(outline, (-1.0, 1.0))
    assert (jagged[:, 1] <= 1.0).all() and ((jagged[:, 1] > 0.8) & (jagged[:, 1] < 1.0)).sum() > 5
    assert (jagged[:3] == outline[:3]).all()


def test_corners_that_are_held_have_their_neuron_s_colour_and_the_others_the_accent():
    target = ReluNetwork(np.array([2.0, -1.0, -2.0]), np.array([0.0, -1.0, -2.0]))
    rings = CornerRings(plane(), target).held_by(0, 2)
    colours = [ring.get_stroke_color().to_hex() for ring in rings]
    assert colours == [colour.upper() for colour in (DARK.neuron(0), DARK.neuron(2), DARK.accent)]


def test_corners_are_straight():
    path = corners(np.array([[0, 0, 0], [3, 3, 0], [6, 0, 0]], dtype=float))
    np.testing.assert_allclose(path[:4, 0], [0, 1, 2, 3])
    assert len(path) == 8


@given(st.floats(1e-6, 1e6), st.integers(2, 8))
def test_nice_steps_are_round_and_few(span, most):
    step = nice_step(span, most)
    mantissa = step / 10 ** np.floor(np.log10(step) + 1e-9)
    assert min(abs(mantissa - m) for m in (1, 2, 5, 10)) < 1e-6
    assert span / step <= most + 1e-6
