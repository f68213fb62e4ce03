"""What the film on starts further apart shows is what its runs say."""

from __future__ import annotations

import numpy as np
import pytest

from reluviz.stage.films.spread_biases import ENLARGED, ErrorSquare, Lever, SlopeNumber, lead
from reluviz.stage.network_view import NetworkView, pair
from reluviz.stage.parts.gestures.starts import Drop, SlideFrom
from reluviz.stage.parts.moment import Moment
from reluviz.story.vocabulary.facts import Facts
from reluviz.theme import DARK
from tests.analysis.runs import article

CLOSE, SPREAD = (article(name) for name in ("merging-neurons", "spread-biases"))


def test_a_lever_reaches_from_the_origin_to_its_sample_and_delta_from_the_line_to_the_target():
    view = NetworkView(DARK, SPREAD, at=31)
    lever = Lever(view.plane, SPREAD, 1, 1.5)
    view.rig.include(lever)
    lead(view, lever).show(1.0)
    origin = SPREAD.network_at(31).origins[1]
    ends = view.plane.at((origin, 1.5), 0.0)[:, 0]
    assert (lever.line.points[:, 0].min(), lever.line.points[:, 0].max()) == pytest.approx(tuple(ends))
    assert lever.text.shown[0][0] == f"{1.5 - origin:.2f}"
    low, high = view.plane.at(1.5, (float(SPREAD.network_at(31)(1.5)), float(SPREAD.target(1.5))))
    np.testing.assert_allclose(lever.delta[0].points[[0, -1]], [low, high])


def test_the_slope_s_number_is_the_run_s_with_a_real_minus_sign():
    number = SlopeNumber(NetworkView(DARK, SPREAD).plane, 1)
    number.show(Moment.of(SPREAD, 300))
    assert number.text.shown[0][0] == f"−{abs(SPREAD.weights[300, 1]):.2f}"


def test_squares_are_as_wide_as_the_errors_and_drawn_enlarged():
    plane = NetworkView(DARK, CLOSE).plane
    square = ErrorSquare(plane, CLOSE, 19_200)
    unit = plane.at(0.0, 1.0)[1] - plane.at(0.0, 0.0)[1]
    assert square[0].width == pytest.approx(ENLARGED * Facts(CLOSE).rms(19_200) * unit)
    assert square.number.original_text == f"{Facts(CLOSE).rms(19_200):.2f}"


def test_discs_slide_from_one_start_to_the_other_and_the_wake_does_not_know():
    _, right = pair(DARK, CLOSE, SPREAD, ("close", "spread"))
    slide, streams = SlideFrom(right, CLOSE.start), [stream.points.copy() for stream in right.wake.submobjects]
    for part, start in ((0.0, CLOSE.start), (1.0, SPREAD.start)):
        slide.show(part)
        centres = [disc.get_center()[0] for disc in right.marks.discs]
        assert centres == pytest.approx(list(right.plane.on_floor(start.origins)[:, 0]), abs=0.05)
    for stream, before in zip(right.wake.submobjects, streams, strict=True):
        assert np.array_equal(stream.points, before)


def test_a_disc_drops_onto_its_origin():
    view = NetworkView(DARK, article("five-neurons"))
    drop = Drop(view, 4)
    drop.show(0.0)
    above = view.marks.discs[4].get_center()[1]
    assert view.strength[4] == 0.0
    drop.show(1.0)
    foot = view.plane.on_floor(1.6)
    np.testing.assert_allclose(view.marks.discs[4].get_center(), foot, atol=1e-6)
    assert above > foot[1] + 1.0 and view.strength[4] == 1.0
