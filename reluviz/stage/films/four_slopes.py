"""The network as circles and wires (figure 3a)."""

from __future__ import annotations

import numpy as np
from manim import RIGHT, UP, Circle, Rectangle, VGroup, VMobject

from reluviz.core import ReluNetwork
from reluviz.stage.parts.moment import State
from reluviz.stage.plane import Plane, corners
from reluviz.stage.typesetting import Number, figures, formula, subscript, words
from reluviz.theme import LABEL, SMALL, Theme

_RADIUS = 0.34
_LABEL, _DECIMAL = 1.16, 0.26
"""Length of the level piece of wire on either side of a neuron, over which its number stands; and for each decimal."""


class NetworkDiagram(VGroup):
    """Input x, one circle a neuron in its colour, and the sum NN(x); output wires as thick as their weights.

    Parts to bring in one at a time: `input`, `output`, `neuron(i)` (its circle, both wires and its numbers).
    Left of each circle stands its bias, right of it its weight, with so many `decimals`; `show(moment)` sets the
    numbers and the wires' widths. width: from the input's centre to the output's; NN(x) stands right of that.
    """

    def __init__(
        self,
        theme: Theme,
        network: ReluNetwork,
        *,
        centre: tuple[float, float],
        width: float,
        height: float,
        decimals: int = 1,
    ) -> None:
        self.theme, self.decimals = theme, decimals
        self._level = _LABEL + _DECIMAL * decimals
        n = len(network)
        left = np.array([centre[0] - width / 2, centre[1], 0.0])
        right = np.array([centre[0] + width / 2, centre[1], 0.0])
        step = min(height / max(n, 1), 1.35)
        self.input = VGroup(_node(theme, theme.ink, left), formula("x", theme.ink, 36).move_to(left))
        self.output = VGroup(_node(theme, theme.ink, right), formula("Sigma", theme.ink, 36).move_to(right))
        self.output.add(formula("NN(x)", theme.ink, 32).next_to(right + _RADIUS * RIGHT, RIGHT, buff=0.12))
        self._wires: list[VMobject] = []
        self._numbers: list[tuple[Number, np.ndarray, Number, np.ndarray]] = []
        self._groups: list[VGroup] = []
        for i in range(n):
            middle = np.array([centre[0], centre[1] + (0.5 * (n - 1) - i) * step, 0.0])
            self._add_neuron(i, left, middle, right)
        super().__init__(*self._groups, self.input, self.output)
        self.show(State(network.weights, network.biases, network.output_bias))

    def _add_neuron(self, i: int, left: np.ndarray, middle: np.ndarray, right: np.ndarray) -> None:
        theme = self.theme
        # Wires fan out and then run level, so that the numbers have a line of their own and no wire crosses them.
        near, far = (middle + way * (_RADIUS + self._level) * RIGHT for way in (-1, 1))
        arriving = VMobject(stroke_color=theme.muted, stroke_width=2.5)
        arriving.points = corners(np.array([_edge(left, near), near, middle - _RADIUS * RIGHT]))
        leaving = VMobject(stroke_color=theme.neuron(i))
        leaving.points = corners(np.array([middle + _RADIUS * RIGHT, far, _edge(right, far)]))
        bias_name = words(f"b{subscript(i + 1)} =", theme.muted, SMALL)
        weight_name = words(f"w{subscript(i + 1)} =", theme.ink, SMALL)
        feet = []
        for name, start in ((bias_name, near), (weight_name, middle + (_RADIUS + 0.08) * RIGHT)):
            corner = start + 0.2 * UP
            name.shift(corner - (name.get_left()[0], name[0].get_bottom()[1], 0.0))
            feet.append(np.array([name.get_right()[0] + 0.07, corner[1], 0.0]))
        bias, weight = Number(theme.muted, SMALL), Number(theme.ink, SMALL, strong=True)
        number = words(str(i + 1), theme.ink, LABEL, strong=True).move_to(middle)
        circle = _node(theme, theme.neuron(i), middle)
        self._wires.append(leaving)
        self._numbers.append((weight, feet[1], bias, feet[0]))
        self._groups.append(VGroup(arriving, leaving, circle, number, weight_name, weight, bias_name, bias))

    def neuron(self, index: int) -> VGroup:
        """All that belongs to the neuron with this index (from 0)."""
        return self._groups[index]

    def show(self, moment: State) -> None:
        """Sets each weight's and bias's number, and the width of each output wire."""
        for i, (weight, at_weight, bias, at_bias) in enumerate(self._numbers):
            weight.put(figures(float(moment.weights[i]), self.decimals), at_weight)
            bias.put(figures(float(moment.biases[i]), self.decimals), at_bias)
            self._wires[i].set_stroke(width=2.0 + 3.0 * min(abs(float(moment.weights[i])), 3.0))


def _node(theme: Theme, colour: str, centre: np.ndarray) -> Circle:
    circle = Circle(radius=_RADIUS, stroke_color=colour, stroke_width=4)
    return circle.set_fill(theme.background, opacity=1.0).move_to(centre)


def _edge(centre: np.ndarray, toward: np.ndarray) -> np.ndarray:
    """Where the line from a node's centre to a point leaves its circle."""
    way = toward - centre
    return centre + way * (_RADIUS / np.linalg.norm(way))

_BAND = 0.3
_STEP = 0.37


class Stretches(VGroup):
    """Below the axis a band for each neuron, from its origin on, with its weight on every stretch where it acts;
    on the graph each stretch's slope, the sum of the weights below it.

    Stretches lie between neighbouring origins, the last one up to `high`. Still; parts to bring in one at a time:
    `band(i)` and `slope(k)`, both from 0. Neurons are expected in the order of their origins.
    """

    def __init__(self, plane: Plane, network: ReluNetwork, high: float, *, drop: float) -> None:
        theme = plane.theme
        edges = np.append(network.origins, high)
        middles = (edges[:-1] + edges[1:]) / 2
        top = plane.at(0.0, plane.y_range[0])[1] - drop
        self._bands: list[VGroup] = []
        for i, weight in enumerate(network.weights):
            y = top - i * _STEP
            left, right = plane.at(edges[i], 0.0)[0], plane.at(high, 0.0)[0]
            bar = Rectangle(width=right - left, height=_BAND, stroke_width=0)
            bar.set_fill(theme.neuron(i), opacity=0.28).move_to(((left + right) / 2, y, 0.0))
            marks = [
                words(figures(float(weight), 0), theme.ink, SMALL, strong=True).move_to((plane.at(x, 0.0)[0], y, 0.0))
                for x in middles[i:]
            ]
            self._bands.append(VGroup(bar, *marks))
        self._slopes = [self._slope_label(plane, network, float(x)) for x in middles]
        super().__init__(*self._bands, *self._slopes)

    def band(self, index: int) -> VGroup:
        """The band of the neuron with this index (from 0)."""
        return self._bands[index]

    def slope(self, index: int) -> VMobject:
        """The slope's label on the stretch with this index (from 0)."""
        return self._slopes[index]

    def _slope_label(self, plane: Plane, network: ReluNetwork, x: float) -> VMobject:
        slope = network.slope(x)
        label = words(f"slope {figures(slope, 0)}", plane.theme.ink, LABEL, strong=True)
        # On the outer side of a bulge: left of a climbing stretch, right of a falling one.
        outward = UP if slope == 0 else UP + np.sign(-slope) * RIGHT
        label.next_to(plane.at(x, float(network(x))), outward, buff=0.12)
        return label
