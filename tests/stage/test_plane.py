"""A plane cuts exactly, and its looks change without a jump."""

from dataclasses import replace

import numpy as np
import pytest

from reluviz.stage.looks import Look
from reluviz.stage.plane import Plane
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
    other = replace(one, x_range=(0.0, 1.0))
    assert one.towards(other, 0.0) == one
    assert one.towards(other, 1.0).x_range == pytest.approx((0.0, 1.0))
    for part in (0.2, 0.5, 0.9):
        assert one.towards(other, part).x_range == pytest.approx((0.0, 4.0 * 0.25**part))


def test_text_keeps_its_size_through_a_zoom_and_ticks_follow_their_place():
    on = plane()
    size = on.numbers.height
    before = on.look
    after = replace(before, x_range=(0.0, 2.0))
    told = {text for text, _ in on.numbers.shown}
    for part in np.linspace(0.0, 1.0, 21):
        on.travel(before, after, float(part))
        texts = [points for labels in (on.numbers, on.passing) for _, points in labels.shown]
        for i, one in enumerate(texts):
            for other in texts[:i]:
                apart = np.maximum(one.min(axis=0) - other.max(axis=0), other.min(axis=0) - one.max(axis=0))
                assert apart.max() > 0.0
    assert {text for text, _ in on.numbers.shown} != told and not on.passing.shown
    assert on.at(1.0, 0.0)[0] == pytest.approx(0.0)
    assert on.numbers.height == pytest.approx(size)
