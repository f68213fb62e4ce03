"""The network as circles and wires (figure 3a)."""

from __future__ import annotations

import numpy as np
from manim import DOWN, LEFT, RIGHT, UP, Circle, Line, Rectangle, VGroup

from reluviz.core import ReluNetwork
from reluviz.stage.moment import Moment
from reluviz.stage.theme import LABEL, SMALL, Theme
from reluviz.stage.typesetting import Number, figures, formula, subscript, words

_RADIUS = 0.34


class NetworkDiagram(VGroup):
    """Input x, one circle a neuron in its colour, and the sum NN(x); output wires as thick as their weights.

    Parts to bring in one at a time: `input`, `output`, `neuron(i)` (its circle, both wires and its numbers).
    Left of each circle stands its bias, right of it its weight; `show(moment)` sets the numbers and the wires' widths.
    """

    def __init__(
        self, theme: Theme, network: ReluNetwork, *, centre: tuple[float, float], width: float, height: float
    ) -> None:
        self.theme = theme
        n = len(network)
        left = np.array([centre[0] - width / 2, centre[1], 0.0])
        right = np.array([centre[0] + width / 2, centre[1], 0.0])
        step = min(height / max(n, 1), 1.35)
        self.input = VGroup(*_node(theme, theme.ink, left), formula("x", theme.ink, 36).move_to(left))
        self.output = VGroup(*_node(theme, theme.ink, right), formula("sum", theme.ink, 34).move_to(right))
        self.output.add(formula("NN(x)", theme.ink, 34).next_to(right + _RADIUS * RIGHT, RIGHT, buff=0.15))
        self._wires: list[Line] = []
        self._weights: list[Number] = []
        self._biases: list[Number] = []
        self._groups: list[VGroup] = []
        self._anchors: list[tuple[np.ndarray, np.ndarray]] = []
        for i in range(n):
            colour = theme.neuron(i)
            middle = np.array([centre[0] - 0.05 * width, centre[1] + (0.5 * (n - 1) - i) * step, 0.0])
            arriving = Line(left, middle, buff=_RADIUS, color=theme.muted, stroke_width=2.5)
            leaving = Line(middle, right, buff=_RADIUS, color=colour)
            number = words(str(i + 1), theme.ink, LABEL, strong=True).move_to(middle)
            weight_name = words(f"w{subscript(i + 1)} =", theme.ink, SMALL)
            bias_name = words(f"b{subscript(i + 1)} =", theme.muted, SMALL)
            # Labels lie on the outer side of the wires, which run inwards.
            outer = 0.32 * (UP if middle[1] >= centre[1] - 1e-9 else DOWN)
            weight, bias = Number(theme.ink, SMALL, cells=6, strong=True), Number(theme.muted, SMALL, cells=6)
            weight_name.move_to(middle + (_RADIUS + 0.12) * RIGHT + outer, aligned_edge=LEFT)
            bias_name.move_to(middle + (_RADIUS + 0.8) * LEFT + outer, aligned_edge=RIGHT)
            for name in (weight_name, bias_name):
                name.shift((middle[1] + outer[1] - 0.1 - name[0].get_bottom()[1]) * UP)
            self._anchors.append(
                (
                    np.array([weight_name.get_right()[0] + 0.1, weight_name[0].get_bottom()[1], 0.0]),
                    np.array([bias_name.get_right()[0] + 0.1, bias_name[0].get_bottom()[1], 0.0]),
                )
            )
            # Wires of other neurons pass behind the labels.
            backs = [
                Rectangle(width=1.45, height=0.36, stroke_width=0)
                .set_fill(theme.background, opacity=0.85)
                .move_to(name.get_left() + 0.66 * RIGHT)
                for name in (weight_name, bias_name)
            ]
            self._wires.append(leaving)
            self._weights.append(weight)
            self._biases.append(bias)
            circle = _node(theme, colour, middle)
            self._groups.append(
                VGroup(arriving, leaving, *circle, number, *backs, weight_name, weight, bias_name, bias)
            )
        super().__init__(*self._groups, self.input, self.output)
        self.show(Moment(0.0, network.weights, network.biases, network.output_bias))

    def neuron(self, index: int) -> VGroup:
        """All that belongs to the neuron with this index (from 0)."""
        return self._groups[index]

    def show(self, moment: Moment) -> None:
        """Sets each weight's and bias's number, and the width of each output wire."""
        for i, (weight, bias) in enumerate(zip(moment.weights, moment.biases, strict=True)):
            at_weight, at_bias = self._anchors[i]
            self._weights[i].put(figures(float(weight), 1), at_weight)
            self._biases[i].put(figures(float(bias), 1), at_bias)
            self._wires[i].set_stroke(width=2.0 + 3.0 * min(abs(float(weight)), 3.0))


def _node(theme: Theme, colour: str, centre: np.ndarray) -> tuple[Circle]:
    circle = Circle(radius=_RADIUS, stroke_color=colour, stroke_width=4)
    return (circle.set_fill(theme.background, opacity=1.0).move_to(centre),)
