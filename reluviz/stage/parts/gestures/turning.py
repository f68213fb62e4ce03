"""Turning and sliding neurons by hand: pictures of states that no run has, such as a weight half turned."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any

import numpy as np
from manim import LEFT, RIGHT, Circle, VGroup, VMobject

from reluviz.core import ReluNetwork
from reluviz.stage.parts.gestures.look import Turn
from reluviz.stage.parts.moment import State
from reluviz.stage.plane import Plane, corners
from reluviz.stage.typesetting import Number, figures, formula, words
from reluviz.theme import BODY, LABEL, Theme


class Morph(Turn):
    """Shows `parts` at the states between two moments that have the same number of neurons."""

    def __init__(self, parts: Sequence[Any], start: State, end: State, run_time: float = 1.5) -> None:
        def show(part: float) -> None:
            moment = between(start, end, part)
            for one in parts:
                one.show(moment)

        super().__init__(VGroup(*parts), show, run_time)


def between(start: State, end: State, part: float) -> State:
    """The state at `part` (0 to 1) of the straight way from `start` to `end`."""
    pairs = ((start.weights, end.weights), (start.biases, end.biases))
    weights, biases = (a + part * (b - a) for a, b in pairs)
    return State(weights, biases, start.output_bias + part * (end.output_bias - start.output_bias))


def one_neuron(weight: float, bias: float) -> State:
    """The state of a network that is this one neuron."""
    return State(np.array([weight]), np.array([bias]))


def first_neurons(network: ReluNetwork, count: int, *, last_weight: float | None = None) -> State:
    """The state of the network made of the first `count` neurons; the last of them may have another weight."""
    weights = network.weights[:count].copy()
    if last_weight is not None:
        weights[-1] = last_weight
    return State(weights, network.biases[:count], network.output_bias)


class ReadoutRow(VGroup):
    """A symbol, its name below it, and its value as a moving number. corner: (x, y) left of its first line."""

    def __init__(
        self, theme: Theme, symbol: str, name: str, value: Callable[[State], float], corner: tuple[float, float]
    ) -> None:
        self._value = value
        x, y = corner
        sign = formula(f"{symbol} =", theme.neuron(0), 44).move_to((x + 0.9, y, 0.0), aligned_edge=RIGHT)
        self._number = Number(theme.ink, BODY, strong=True)
        self._foot = np.array([x + 1.05, y - 0.14, 0.0])
        label = words(name, theme.muted, LABEL).move_to((x + 1.05, y - 0.48, 0.0), aligned_edge=LEFT)
        super().__init__(sign, self._number, label)

    def show(self, moment: State) -> None:
        """Sets the number."""
        self._number.put(figures(self._value(moment), 1), self._foot)


class NeuronReadout:
    """One neuron's formula and, to bring in one at a time, the rows `weight`, `bias` and `origin` below it."""

    def __init__(self, theme: Theme, corner: tuple[float, float]) -> None:
        self.formula = formula("N(x) = {{ w : w }} thin relu(x + {{ b : b }})", theme.ink, 48)
        for part in ("w", "b"):
            self.formula.select(part).set_color(theme.neuron(0))
        self.formula.move_to((*corner, 0.0), aligned_edge=LEFT)
        x, y = corner
        self.weight = ReadoutRow(theme, "w", "the weight, its slope", lambda m: float(m.weights[0]), (x, y - 1.3))
        self.bias = ReadoutRow(theme, "b", "the bias", lambda m: float(m.biases[0]), (x, y - 2.45))
        self.origin = ReadoutRow(theme, "-b", "the origin", lambda m: -float(m.biases[0]), (x, y - 3.6))


class Probe(VGroup):
    """An input on the axis, the network's output above it, and the graph it has drawn so far."""

    def __init__(self, plane: Plane, network: ReluNetwork, colour: str, width: float) -> None:
        accent = plane.theme.accent
        self.plane, self.network = plane, network
        self._dot = Circle(radius=0.1).points
        self.trail = VMobject(stroke_color=colour, stroke_width=width)
        self.guide = VMobject(stroke_color=accent, stroke_width=3, stroke_opacity=0.7)
        self.dots = [VMobject(fill_color=accent, fill_opacity=1, stroke_width=0) for _ in range(2)]
        super().__init__(self.trail, self.guide, *self.dots)

    def show(self, x: float) -> None:
        """Moves the input to x."""
        low = self.plane.x_range[0]
        ends = self.plane.at(x, (0.0, float(self.network(x))))
        self.trail.points = self.plane.path(self.network.polyline(low, x)) if x > low else np.zeros((0, 3))
        self.guide.points = corners(ends)
        for dot, end in zip(self.dots, ends, strict=True):
            dot.points = self._dot + end
