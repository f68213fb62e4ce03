"""One real update of one neuron in a small picture, its step enlarged: which way it slides and turns, and how far."""

from __future__ import annotations

from typing import Any

import numpy as np
from manim import DOWN, LEFT, UP, Dot, Line, VGroup, VMobject

from reluviz.core import ReluNetwork, Trajectory
from reluviz.core.network import Array
from reluviz.stage.parts.gestures.turning import between
from reluviz.stage.parts.moment import State
from reluviz.stage.parts.network.graph import NetworkCurve, target_curve
from reluviz.stage.parts.network.marks import DISC_RADIUS, NeuronMarks
from reluviz.stage.parts.network.rulebook import level_arrow
from reluviz.stage.plane import Plane, corners
from reluviz.stage.typesetting import figures, formula, words
from reluviz.theme import LABEL, Theme

Range = tuple[float, float]

GAIN = 10
"""A step at the article's learning rate of 0.01 is too small to see: pictures show it ten times as large."""

_FADED = 0.35


class SingleUpdate:
    """The update made from iteration `update`, as neuron `neuron` (from 0) lives it.

    still: axis, target and the network before the update, its other neurons faded. sample: the sample and the
    bar delta. moving: the neuron, which leaves a faded self behind; `show(part)` takes it along `part` (0 to 1)
    of GAIN times its step.
    """

    def __init__(
        self,
        theme: Theme,
        run: Trajectory,
        update: int,
        neuron: int,
        *,
        centre: tuple[float, float],
        width: float,
        height: float,
    ) -> None:
        low, high = run.experiment.low, run.experiment.high
        self._before, self._after = (_enlarged(run, update, neuron, gain) for gain in (0.0, float(GAIN)))
        before = self._before
        box: dict[str, Any] = {"centre": centre, "width": width, "height": height}
        ranges = _ranges(before.network, run.target, low, high)
        self.plane = plane = Plane(theme, *ranges, **box, x_ticks=[], y_ticks=[])
        network, marks = NetworkCurve(plane, width=4.0), NeuronMarks(plane, run.neurons, bends=False)
        network.show(before)
        marks.show(before)
        marks.set_opacity(_FADED)
        self.still = VGroup(plane, target_curve(plane, run.target, low, high), network, marks)
        self.sample = _sample(plane, float(run.inputs[update]), before, float(run.residuals[update]))
        self._marks = NeuronMarks(plane, run.neurons, bends=False)
        self._arrow = OriginArrows(plane, before.biases, gain=1.0)
        own = (part[neuron] for part in (self._marks.arms, self._marks.discs, self._marks.figures))
        self.moving = VGroup(*own, self._arrow)
        self.show(0.0)

    def show(self, part: float) -> None:
        """Moves the neuron to this part of its enlarged step; the arrow tells the way it has come."""
        now = between(self._before, self._after, part)
        self._marks.show(now)
        self._arrow.show(now)


class OriginArrows(VGroup):
    """At each disc an arrow from where its origin was towards where it is now, `gain` times as long as the way.

    It lies on the side where the neuron's arm is not.
    """

    def __init__(self, plane: Plane, biases: Array, gain: float = GAIN) -> None:
        colour = plane.theme.ink
        super().__init__(*(VMobject(fill_color=colour, fill_opacity=1, stroke_width=0) for _ in biases))
        self.plane, self.biases, self.gain = plane, biases, gain

    def show(self, moment: State) -> None:
        feet = self.plane.at(-self.biases, 0.0)
        ways = self.gain * (self.plane.at(-moment.biases, 0.0) - feet)
        sides = np.where(moment.weights < 0, 1.0, -1.0) * (DISC_RADIUS + 0.2)
        for arrow, foot, way, side in zip(self.submobjects, feet, ways, sides, strict=True):
            length = float(abs(way[0]))
            if length < 0.02:
                arrow.points = np.zeros((0, 3))
                continue
            shape = level_arrow(self.plane.theme.ink, way / length, length).points
            slim = np.array([1.0, min(1.0, length / 0.3), 1.0])  # a short arrow keeps the shape of one
            arrow.points = shape * slim + foot + way / 2 + side * UP


class ResidualBar(VMobject):
    """The bar from the network to the target at one sample."""

    def __init__(self, plane: Plane, x: float, wanted: float) -> None:
        super().__init__(stroke_width=9)
        self.plane, self.x, self.wanted = plane, x, wanted

    def show(self, moment: State) -> None:
        value = float(moment.network(self.x))
        theme = self.plane.theme
        self.set_stroke(theme.too_low if value < self.wanted else theme.too_high)
        self.points = corners(self.plane.at(self.x, (value, self.wanted)))


def step_formulas(theme: Theme, run: Trajectory, update: int, neuron: int) -> VGroup:
    """Both steps of an update, and what they are made of: 2 lr delta (x + b) and, for the origin, -2 lr delta w."""
    delta, weight = float(run.residuals[update]), float(run.weights[update, neuron])
    lever = float(run.inputs[update] + run.biases[update, neuron])
    turn = float(run.weights[update + 1, neuron] - weight)
    slide = float(run.biases[update, neuron] - run.biases[update + 1, neuron])
    rows = VGroup()
    for name, step, sign, factor in (("slope", turn, "", lever), ("origin", slide, "−", weight)):
        title = words(f"{name}  {'+' if step > 0 else ''}{figures(step, 3)}", theme.ink, LABEL, strong=True)
        rate = f"{sign}2 dot {run.experiment.learning_rate:g}"
        product = formula(
            f"= {rate} dot {{{{ {_typst(delta)} : delta }}}} dot {{{{ {_typst(factor)} : own }}}}", theme.ink, 34
        )
        product.select("delta").set_color(theme.accent)
        product.select("own").set_color(theme.neuron(neuron))
        rows.add(VGroup(title, product).arrange(DOWN, buff=0.14, aligned_edge=LEFT))
    return rows.arrange(DOWN, buff=0.3, aligned_edge=LEFT)


def _ranges(network: ReluNetwork, target: ReluNetwork, low: float, high: float) -> tuple[Range, Range]:
    """(x range, y range) for one state: the data, the origins left of it, and room for arms and arrows."""
    left = min(float(network.origins.min()), low) - 0.14 * (high - low)
    right = high + 0.04 * (high - low)
    values = np.concatenate([n.polyline(low, high)[:, 1] for n in (network, target)])
    top = 1.06 * float(values.max())
    return (left, right), (min(1.1 * float(values.min()), -0.36 * top), top)


def _typst(value: float) -> str:
    text = figures(value)
    return f"({text})" if value < 0 else text


def _enlarged(run: Trajectory, update: int, neuron: int, gain: float) -> State:
    def stepped(table: Array) -> Array:
        values = table[update].copy()
        values[neuron] += gain * (table[update + 1, neuron] - table[update, neuron])
        return values

    return State(stepped(run.weights), stepped(run.biases), float(run.output_biases[update]), float(update))


def _sample(plane: Plane, x: float, before: State, delta: float) -> VGroup:
    theme = plane.theme
    value = float(before.network(x))
    foot, low, high = plane.at(x, (0.0, value, value + delta))
    return VGroup(
        Line(foot, low, color=theme.accent, stroke_width=2, stroke_opacity=0.6),
        Line(low, high, color=theme.too_low if delta > 0 else theme.too_high, stroke_width=9),
        Dot(foot, radius=0.09, color=theme.accent),
    )
