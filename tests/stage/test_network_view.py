"""The picture of the films: it zooms, goes on with another run and stands beside another, and its colours stand out."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest
from manim import Camera

from reluviz.core import train
from reluviz.stage.network_view import NetworkView, caption_of, half, pair
from reluviz.stage.parts.gestures.look import Fuse
from reluviz.story.pacing import Pace
from reluviz.theme import DARK, LIGHT, SMALL
from tests.analysis.runs import article
from tests.stage.slopes import slope_of
from tests.test_theme import contrast


@pytest.fixture
def view():
    run = article("merging-neurons")
    view = NetworkView(DARK, run, groups=[(0, 1)])
    view.rig.extend(Pace(run, 0, run.last, 20.0))
    view.rig.show(9.0)
    return view


def finish(animation):
    animation.begin()
    for alpha in (0.0, 0.3, 0.7, 1.0):
        animation.interpolate(alpha)


def test_a_zoom_changes_ranges_and_no_sizes(view):
    width, arm = view.marks.discs[1].width, np.linalg.norm(np.ptp(view.marks.arms[1].points, axis=0))
    finish(view.zoom_to((-1.0, 1.0), (-0.1, 1.2)))
    assert view.plane.x_range == (-1.0, 1.0) and view.plane.y_range == (-0.1, 1.2)
    assert view.marks.discs[1].width == pytest.approx(width)
    assert np.linalg.norm(np.ptp(view.marks.arms[1].points, axis=0)) == pytest.approx(arm)
    centre = view.plane.at(-view.rig.moment.biases[1], 0.0)
    np.testing.assert_allclose(view.marks.discs[1].get_center(), centre, atol=1e-9)
    finish(view.zoom_to())
    assert view.plane.look == view.look


def test_a_plane_goes_to_half_of_the_frame_and_all_in_it_follows(view):
    finish(view.go_to(half(-1, view.look.x_range, view.look.y_range)))
    inked = [part for part in view.rig.submobjects if part is not view.counter and len(part.get_all_points())]
    assert max(part.get_right()[0] for part in inked) < 0.3


def test_the_wake_goes_on_with_a_run_that_goes_on(view):
    run = view.run
    view.rig.show(20.0)
    before = view.wake.streams(view.rig.moment)
    rest = train(replace(run.experiment, start=run.end, batch_size=run.experiment.samples_count, iterations=500))
    view.go_on(rest)
    after = view.wake.streams(view.rig.moment)
    for one, other in zip(before, after, strict=True):
        np.testing.assert_allclose(other[-len(one) :], one, atol=1e-12)
    assert view.counter.number.shown == "20,000"
    view.rig.extend(Pace(rest, 0, 500, 2.0))
    view.rig.show(2.0)
    depths, origins, _ = view.wake.streams(view.rig.moment)
    assert view.counter.number.shown == "20,500"
    np.testing.assert_allclose(origins[0], -rest.end.biases)
    np.testing.assert_allclose(origins[np.argmin(np.abs(depths - 2.0))], -run.end.biases, atol=1e-3)


def test_fused_discs_are_one_of_two_halves_and_their_arms_stack(view):
    view.rig.show(20.0)
    finish(Fuse(view, (0, 1)))
    end = view.run.end
    place = view.plane.at(end.weights[:2] @ end.origins[:2] / end.weights[:2].sum(), 0.0)
    one, two = view.marks.discs[:2]
    gap = np.array([one.get_right()[0], two.get_left()[0]]) - place[0]
    np.testing.assert_allclose(gap, (-0.035, 0.035), atol=1e-6)  # a slit between the halves
    assert one.width == pytest.approx(two.width, abs=1e-3)
    arm = view.marks.arms[1].points
    assert slope_of(view.plane, arm[-1] - arm[0]) == pytest.approx(end.weights[:2].sum())


def test_two_runs_side_by_side_compare():
    left, right = pair(DARK, article("merging-neurons"), article("five-spread-neurons"), ("four", "five"))
    assert left.plane.x_range == right.plane.x_range and left.plane.y_range == right.plane.y_range
    assert left.plane.box_width == pytest.approx(right.plane.box_width)
    assert left.wake.width_of_one == right.wake.width_of_one


@pytest.mark.parametrize("theme", [DARK, LIGHT], ids=lambda theme: theme.name)
def test_what_is_drawn_stands_out_from_the_background(theme):
    run = article("merging-neurons")
    view = NetworkView(theme, run)
    camera = Camera(pixel_width=1280, pixel_height=720, background_color=theme.background)
    camera.capture_mobjects([view.still, view.rig])

    def seen(point):
        column, row = (point[0] + 64 / 9) * 90, (4.0 - point[1]) * 90
        return "#" + "".join(f"{channel:02x}" for channel in camera.pixel_array[int(row), int(column), :3])

    plane = view.plane
    assert contrast(seen(plane.at(2.5, 1.3)), theme.background) >= 2.0, "too low"
    assert contrast(seen(plane.at(3.97, 0.3)), theme.background) >= 2.0, "too high"
    assert contrast(seen(plane.at(1.5, 2.5)), theme.background) >= 3.0, "the target"
    assert contrast(seen(plane.at(-0.8, 1.0)), theme.background) >= 1.5, "a grid line, its edges softened"
    assert contrast(seen(plane.at(-0.3, 0.0)), theme.background) >= 4.5, "the line"


@pytest.mark.parametrize("title", ["Two neurons", "A learning rate that is too large", "Supercalifragilistic " * 4])
def test_a_caption_is_no_wider_than_its_plane_and_no_smaller_than_ticks(title):
    look = half(-1, (0.0, 4.0), (0.0, 3.0))
    caption = caption_of(DARK, title.strip(), look)
    assert caption.width <= look.width and caption.font_size >= SMALL
    assert title.startswith(caption.original_text.removesuffix("…"))
