"""Pictures of FourSlopes against the network's own numbers."""

import numpy as np
import pytest
from manim import VGroup

from reluviz.core import Experiment
from reluviz.stage.films.four_slopes import (
    LARGE,
    SUM,
    GrowingLine,
    HandWake,
    Solo,
    Stack,
    Trace,
    plane_with,
    small,
    two_ways,
)
from reluviz.stage.parts.gestures.turning import one_neuron
from reluviz.theme import DARK
from tests.stage.slopes import slope_of


@pytest.fixture(scope="module")
def slopes():
    return Experiment.from_library("four-slopes").start


def plane(look=LARGE):
    return plane_with(DARK, look)


def test_the_trace_stands_on_the_line_and_draws_it(slopes):
    there = plane()
    trace = Trace(there, slopes, DARK.ink)
    trace.show(1.5)
    np.testing.assert_allclose(trace.dots[1].get_center(), there.at(1.5, 2.5), atol=1e-6)
    np.testing.assert_allclose(trace.line.get_end(), there.at(1.5, 2.5), atol=1e-6)


def test_a_wake_made_by_hand_was_where_the_origin_was():
    there = plane()
    wake = HandWake(there, one_neuron(1.0, -1.0))
    for bias, seconds in ((0.0, 2.0), (-3.0, 3.0)):
        wake.to(bias, seconds)
    np.testing.assert_allclose(wake.biases(np.array([0.0, 1.0, 2.0, 5.0])), (-1.0, -0.5, 0.0, -3.0))
    wake.show(4.0)
    origin = -float(wake.biases(np.array([4.0]))[0])
    np.testing.assert_allclose(wake.points[0] + (0.09, 0.0, 0.0), there.at(origin, 0.0), atol=1e-6)
    assert wake.points[:, 1].min() == pytest.approx(there.at(0.0, 0.0)[1] - 1.9 * 4.0 / 5.0)


@pytest.mark.parametrize("x", [0.5, 1.7, 3.4])
def test_the_stack_s_bars_are_the_neurons_outputs_and_end_on_the_line(slopes, x):
    there = plane(SUM)
    solos = VGroup(*(Solo(plane(small(i)), slopes, i) for i in range(4)))
    stack = Stack(there, slopes, solos)
    stack.show(x)
    np.testing.assert_allclose(stack.dot.get_center(), there.at(x, float(slopes(x))), atol=1e-6)
    outputs = slopes.weights * np.maximum(x + slopes.biases, 0.0)
    for bar, solo, output in zip(stack.bars, solos, outputs, strict=True):
        drawn = bar.points[-1] - bar.points[0] if len(bar.points) else np.zeros(3)
        assert drawn[1] == pytest.approx(there.at(0, output)[1] - there.at(0, 0)[1])
        own = solo.bar.points[-1] - solo.bar.points[0]
        assert own[1] == pytest.approx(solo.plane.at(0, output)[1] - solo.plane.at(0, 0)[1])


def test_the_line_grows_to_where_the_next_neuron_wakes_and_one_way_on_is_its_own(slopes):
    there = plane()
    line = GrowingLine(there, slopes)
    growing = line.to(1.0, 1.0)
    growing.interpolate_mobject(1.0)
    np.testing.assert_allclose(line.points[-1], there.at(1.0, 2.0), atol=1e-6)
    true, alone = (slope_of(there, way.get_end() - way.get_start()) for way in two_ways(there, slopes, 1))
    assert (true, alone) == (pytest.approx(1.0), pytest.approx(-1.0))
