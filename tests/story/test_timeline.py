"""Timelines: pauses add nothing, a rewind shortens, a jump starts a new one; against clocks written by hand."""

import numpy as np
import pytest

from reluviz.story.pacing import Glide
from reluviz.story.timeline import Timeline


class Even:
    """From `first` at an even rate."""

    def __init__(self, first, last, seconds):
        self.first, self.last, self.seconds = first, last, seconds

    def iteration(self, second):
        return self.first + (self.last - self.first) * second / self.seconds

    def label(self, second):
        return f"{(self.last - self.first) / self.seconds:g}"


@pytest.fixture
def timeline():
    return Timeline().then(Even(0, 10, 2.0)).then(Even(10, 110, 4.0))


def test_pieces_follow_one_another(timeline):
    seconds = np.array([-1.0, 0.0, 1.0, 2.0, 3.0, 6.0, 9.0])
    assert timeline.seconds == 6.0
    np.testing.assert_allclose(timeline.iteration(seconds), [0, 0, 5, 10, 35, 110, 110])
    np.testing.assert_allclose(timeline.iteration(seconds.reshape(7, 1))[:, 0], timeline.iteration(seconds))
    assert [timeline.iteration(float(s)) for s in seconds] == list(timeline.iteration(seconds))


def test_the_speed_is_shown_within_a_piece_and_not_where_it_stands(timeline):
    assert [timeline.label(s) for s in (0.0, 1.0, 2.0, 3.0, 6.0)] == ["", "5", "", "25", ""]


def test_a_rewind_shortens_it_and_it_goes_on_from_there(timeline):
    back = timeline.rewound(4.0)
    assert back.seconds == 4.0 and back.iteration(9.0) == 60
    seconds = np.linspace(0, 4, 41)
    np.testing.assert_array_equal(back.iteration(seconds), timeline.iteration(seconds))
    assert back.label(4.0) == ""
    on = back.then(Even(60, 61, 1.0))
    assert on.seconds == 5.0 and on.iteration(4.5) == 60.5
    assert timeline.rewound(0.0).pieces == () and timeline.rewound(0.0).iteration(0.0) == 0
    assert timeline.rewound(2.0).pieces == timeline.pieces[:1]


def test_a_jump_starts_a_new_one(timeline):
    there = Timeline.jumped(500)
    assert there.seconds == 0 and there.iteration(3.0) == 500
    assert there.then(Even(500, 600, 1.0)).iteration(0.5) == 550
    jumped = timeline.then(Even(5000, 6000, 1.0))
    assert jumped.seconds == 1.0 and jumped.iteration(0.0) == 5000
    assert timeline.then(Even(111, 200, 1.0)).seconds == 7.0, "the update after the last is no jump"


def test_a_glide_starts_and_ends_at_rest_halfway_in_the_middle():
    glide = Glide(4, 5, 2.0)
    np.testing.assert_allclose(glide.iteration(np.array([0, 1.0, 2.0, 3.0])), [4, 4.5, 5, 5])
    assert glide.iteration(np.array(0.01)) - 4 < 1e-3
