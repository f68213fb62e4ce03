"""A plane cuts exactly, and its looks change without a jump."""

import numpy as np
import pytest

from reluviz.stage.plane import Look, Plane
from reluviz.theme import DARK


def plane():
    return Plane(DARK, (0.0, 4.0), (0.0, 2.0), centre=(0.0, 0.0), width=8.0, height=4.0)


def test_a_path_is_cut_off_exactly_on_every_side():
    path = plane().path(np.array([(-1.0, 1.0), (1.0, 1.0), (2.0, 3.0), (3.0, 1.0), (5.0, 1.0)]))
    starts, ends = path[0::4], path[3::4]
    np.testing.assert_allclose(starts[:, 0], (-4.0, -2.0, 1.0, 2.0))
    np.testing.assert_allclose(ends[:, 0], (-2.0, -1.0, 2.0, 4.0))
    assert ends[1, 1] == pytest.approx(2.0) and starts[2, 1] == pytest.approx(2.0)


def test_a_zoom_starts_and_ends_where_it_says_and_keeps_a_common_point_in_place():
    one = Look((0.0, 4.0), (0.0, 2.0), (0.0, 0.0), 8.0, 4.0)
    other = one.at_x((0.0, 1.0))
    assert one.towards(other, 0.0) == one
    assert one.towards(other, 1.0).x_range == pytest.approx((0.0, 1.0))
    for part in (0.2, 0.5, 0.9):
        assert one.towards(other, part).x_range == pytest.approx((0.0, 4.0 * 0.25**part))


def test_text_keeps_its_size_through_a_zoom_and_ticks_follow_their_place():
    on = plane()
    size = on.numbers.height
    before = on.look
    after = before.at_x((0.0, 2.0))
    on.look_at(before.towards(after, 0.5), before, 0.5)
    assert on.numbers.get_fill_opacity() == pytest.approx(0.5) == on.coming.get_fill_opacity()
    on.look_at(after)
    assert on.at(1.0, 0.0)[0] == pytest.approx(0.0)
    assert on.numbers.height == pytest.approx(size)
