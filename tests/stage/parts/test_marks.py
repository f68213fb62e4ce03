"""Discs, arms and stems stand where the run says, and none hides another."""

from dataclasses import replace

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from reluviz.stage.parts.moment import State
from reluviz.stage.parts.network.marks import DISC_RADIUS, NeuronMarks, sectors
from reluviz.stage.plane import Plane
from reluviz.theme import DARK, SMALL, SUBSCRIPT
from tests.stage.slopes import slope_of

WEIGHTS, BIASES = np.array([1.5, -0.5, 2.0]), np.array([-1.0, 0.5, -1.05])


def marks_of(plane):
    marks = NeuronMarks(plane, 3)
    marks.show(State(WEIGHTS, BIASES))
    return marks


@pytest.mark.parametrize(("y_range", "floor"), [((-1.0, 6.0), 0.0), ((-4.0, 6.0), -4.0)], ids=["axis", "rail"])
def test_each_arm_has_its_neuron_s_slope_and_each_stem_leads_to_its_bend(y_range, floor):
    plane = Plane(DARK, (-2.0, 4.0), y_range, centre=(0.0, 0.0), width=6.0, height=4.0, below=1.0)
    marks = marks_of(plane)
    for i, (weight, bias) in enumerate(zip(WEIGHTS, BIASES, strict=True)):
        arm, stem = marks.arms[i].points, marks.stems[i].points
        assert slope_of(plane, arm[-1] - arm[0]) == pytest.approx(weight)
        np.testing.assert_allclose(arm[0], plane.at(-bias, floor))
        height = sum(w * max(-bias + b, 0.0) for w, b in zip(WEIGHTS, BIASES, strict=True))
        np.testing.assert_allclose(stem[-1], plane.at(-bias, height), atol=1e-9)


def test_an_origin_outside_the_plane_is_a_faded_disc_at_its_edge():
    plane = Plane(DARK, (-0.4, 4.0), (-0.5, 6.0), centre=(0.0, 0.0), width=6.0, height=4.0)
    marks = marks_of(plane)
    assert marks.discs[1].get_center()[0] == pytest.approx(plane.left_edge)
    assert marks.discs[1].get_fill_opacity() < 0.5 and not len(marks.arms[1].points)


@given(st.lists(st.floats(-3, 3), min_size=1, max_size=8))
def test_discs_share_the_axis_and_none_lies_over_another(places):
    x = np.array(places)
    cuts = sectors(x, DISC_RADIUS)
    order = np.argsort(x, kind="stable")
    shown = [(max(cuts[i, 0], x[i] - DISC_RADIUS), min(cuts[i, 1], x[i] + DISC_RADIUS)) for i in order]
    for (_, end), (begin, _) in zip(shown[:-1], shown[1:], strict=True):
        assert end <= begin + 1e-9
    for i in range(len(x)):
        alone = np.delete(np.abs(x - x[i]), i) >= 2 * DISC_RADIUS
        if alone.all():
            np.testing.assert_allclose(cuts[i], (x[i] - DISC_RADIUS, x[i] + DISC_RADIUS))


@pytest.mark.parametrize("count", [2, 3, 5])
def test_discs_in_one_place_are_equal_slices(count):
    cuts = sectors(np.zeros(count), 1.0)
    np.testing.assert_allclose(cuts[:, 0], np.linspace(-1, 1, count + 1)[:-1], atol=1e-9)
    np.testing.assert_allclose(cuts[:, 1], np.linspace(-1, 1, count + 1)[1:], atol=1e-9)


def test_two_that_touch_are_cut_halfway():
    np.testing.assert_allclose(sectors(np.array([1.0, 0.4]), 0.5), [[0.7, 1.5], [-0.1, 0.7]])


def test_in_a_small_plane_discs_and_arms_are_small_and_nothing_is_numbered():
    plane = Plane(DARK, (-2.0, 4.0), (-1.0, 6.0), centre=(0.0, 0.0), width=6.0, height=4.0, below=1.0)
    full = marks_of(plane)
    wide, long = full.discs[1].width, np.linalg.norm(np.ptp(full.arms[1].points, axis=0))
    assert plane.numbers.shown
    plane.look_at(replace(plane.look, size=0.5))
    small = marks_of(plane)
    assert small.discs[1].width == pytest.approx(wide * SUBSCRIPT / SMALL)  # their numbers can still be read
    assert np.linalg.norm(np.ptp(small.arms[1].points, axis=0)) == pytest.approx(long / 2)
    assert not plane.numbers.shown


def test_an_arm_at_the_end_of_a_wide_plane_stays_in_the_frame_and_keeps_its_slope():
    plane = Plane(DARK, (0.0, 0.5), (-8.0, 4.0), centre=(0.0, 0.0), width=13.4, height=5.0)
    for place, slope in ((0.5, -0.8), (0.0, 0.8), (0.0, -300.0)):
        marks = NeuronMarks(plane, 1)
        marks.show(State(np.array([slope]), np.array([-place])))
        arm = marks.arms[0].points
        assert slope_of(plane, arm[-1] - arm[0]) == pytest.approx(slope)
        assert np.abs(arm[:, 0]).max() < 7.11 and np.linalg.norm(arm[-1] - arm[0]) > 0.3
