"""Pictures of turned neurons, against finite differences."""

import numpy as np
from manim import VGroup

from reluviz.stage.parts.gestures.turning import Morph, between, one_neuron


def test_a_state_between_two_lies_on_the_straight_way():
    middle = between(one_neuron(2.0, -1.0), one_neuron(-1.0, 1.0), 1 / 3)
    np.testing.assert_allclose((middle.weights[0], middle.biases[0]), (1.0, -1 / 3))


def test_a_morph_shows_its_parts_and_ends_where_it_should():
    seen = []

    class Recorder(VGroup):
        def show(self, moment):
            seen.append(float(moment.weights[0]))

    morph = Morph([Recorder()], one_neuron(1.0, 0.0), one_neuron(3.0, 0.0))
    for alpha in (0.0, 0.5, 1.0):
        morph.interpolate_mobject(alpha)
    np.testing.assert_allclose(seen, (1.0, 2.0, 3.0))
