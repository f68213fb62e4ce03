"""What is drawn more quickly than by Manim is drawn alike."""

import numpy as np
import pytest
from manim import Camera, VMobject

from reluviz.stage.manim_adapter import QuickCamera
from reluviz.stage.network_view import NetworkView
from reluviz.stage.typesetting import words
from reluviz.story.pacing import Pace
from reluviz.theme import DARK
from tests.analysis.runs import article


def drawn(camera_class, mobjects):
    camera = camera_class(pixel_width=854, pixel_height=480)
    camera.capture_mobjects(mobjects)
    return camera.pixel_array.copy()


@pytest.mark.parametrize("second", [0.0, 2.5, 9.0])
def test_the_quick_camera_draws_each_pixel_as_manim_s_does(second):
    run = article("merging-neurons")
    view = NetworkView(DARK, run, groups=[(0, 1)])
    view.rig.extend(Pace(run, 0, run.last, 10.0))
    view.rig.show(second)
    mobjects = [view.still, view.rig, words("Closed and open", DARK.ink)]
    picture = drawn(QuickCamera, mobjects)
    assert len(np.unique(picture.reshape(-1, 4), axis=0)) > 100
    np.testing.assert_array_equal(picture, drawn(Camera, mobjects))


def test_a_path_that_is_not_finite_is_not_drawn():
    line = VMobject(stroke_color=DARK.ink, stroke_width=5)
    line.points = np.full((4, 3), np.nan)
    np.testing.assert_array_equal(drawn(QuickCamera, [line]), drawn(Camera, [line]))
