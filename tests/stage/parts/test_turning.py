"""Pictures of turned neurons, against finite differences."""

import numpy as np
import pytest
from manim import VGroup

from reluviz.core import Experiment
from reluviz.stage.films.four_slopes import Stretches
from reluviz.stage.parts.gestures.turning import Morph, Probe, between, first_neurons, one_neuron
from reluviz.stage.plane import Plane
from reluviz.theme import DARK


@pytest.fixture(scope="module")
def slopes():
    return Experiment.from_library("four-slopes").start


def plane():
    return Plane(DARK, (-1.0, 4.2), (-2.0, 4.0), centre=(0.0, 0.0), width=7.0, height=4.0)


def test_a_state_between_two_lies_on_the_straight_way():
    middle = between(one_neuron(2.0, -1.0), one_neuron(-1.0, 1.0), 1 / 3)
    np.testing.assert_allclose((middle.weights[0], middle.biases[0]), (1.0, -1 / 3))


def test_adding_neurons_from_the_left_leaves_what_lies_left_of_them(slopes):
    x = np.linspace(-1, 4, 101)
    for count in range(1, 4):
        fewer, more = (first_neurons(slopes, k).network(x) for k in (count, count + 1))
        left = x <= -slopes.biases[count]
        np.testing.assert_array_equal(fewer[left], more[left])
        assert (fewer[~left] != more[~left]).all()
    np.testing.assert_array_equal(first_neurons(slopes, 4).network(x), slopes(x))
    np.testing.assert_array_equal(first_neurons(slopes, 2, last_weight=0.0).network(x), 2 * np.maximum(x, 0))


def test_each_stretch_tells_the_graph_s_own_slope(slopes):
    stretches = Stretches(plane(), slopes, 4.0, drop=0.7)
    for k, x in enumerate((0.5, 1.5, 2.5, 3.5)):
        slope = (slopes(x + 0.1) - slopes(x - 0.1)) / 0.2
        assert stretches.slope(k).original_text == f"slope {round(float(slope))}".replace("-", "−")
    # Neuron i is named on every stretch from its origin on: 4, 3, 2 and 1 of them.
    assert [len(stretches.band(i)) - 1 for i in range(4)] == [4, 3, 2, 1]


def test_the_probe_stands_on_the_graph_and_draws_it(slopes):
    there = plane()
    probe = Probe(there, slopes, DARK.ink, 5)
    probe.show(1.5)
    np.testing.assert_allclose(probe.dots[1].get_center(), there.at(1.5, 2.5), atol=1e-6)
    np.testing.assert_allclose(probe.trail.get_end(), there.at(1.5, 2.5), atol=1e-6)


def test_a_morph_shows_its_parts_and_ends_where_it_should():
    seen = []

    class Recorder(VGroup):
        def show(self, moment):
            seen.append(float(moment.weights[0]))

    morph = Morph([Recorder()], one_neuron(1.0, 0.0), one_neuron(3.0, 0.0))
    for alpha in (0.0, 0.5, 1.0):
        morph.interpolate_mobject(alpha)
    np.testing.assert_allclose(seen, (1.0, 2.0, 3.0))
