"""What the film on four slopes shows alone: one neuron by hand, four side by side, and a line that grows from left
to right."""

from __future__ import annotations

import numpy as np
from manim import DR, UR, Animation, Circle, DashedLine, VGroup, VMobject, linear, smooth

from reluviz.core import ReluNetwork, Trajectory
from reluviz.core.network import Array
from reluviz.stage.looks import Look
from reluviz.stage.network_view import full
from reluviz.stage.parts.gestures.glances import Glances
from reluviz.stage.parts.gestures.look import Turn
from reluviz.stage.parts.gestures.turning import one_neuron
from reluviz.stage.parts.moment import State
from reluviz.stage.parts.network.graph import NetworkCurve
from reluviz.stage.parts.network.marks import NeuronMarks
from reluviz.stage.plane import Plane, Points, corners
from reluviz.stage.typesetting import Number, figures, formula, words
from reluviz.theme import LABEL, Theme

X = (-1.0, 4.25)
LARGE = Look(X, (-2.6, 3.4), (0.71, -0.42), full(X, (0.0, 1.0)).width, 5.6)
"""The film's plane: with room below the axis for lines that fall, and no wake."""

SUM = Look(X, (-0.6, 8.2), (3.75, -0.42), 6.0, 5.6)
_SMALL_Y = (-4.3, 8.2)
_COLUMNS, _ROWS = (-5.3, -1.75), (1.05, -1.95)


def small(index: int) -> Look:
    """The small plane of neuron `index` (from 0): one of four in the frame's left half."""
    return Look(X, _SMALL_Y, (_COLUMNS[index % 2], _ROWS[index // 2]), 2.9, 2.6, size=0.75)


def plane_with(theme: Theme, look: Look) -> Plane:
    """A plane that shows this look."""
    plane = Plane(theme, look.x_range, look.y_range, centre=look.centre, width=look.width, height=look.height)
    plane.look_at(look)
    return plane


def inputs(plane: Plane, run: Trajectory) -> Glances:
    """The first inputs, that flash on the axis while nothing is drawn yet."""
    return Glances(plane, run.experiment.samples()[:20], State(np.zeros(1), np.zeros(1)).network, None)


class Formula(VGroup):
    """w relu(x + b), and under w and b their values as moving numbers, `weight` and `bias`."""

    def __init__(self, theme: Theme, corner: tuple[float, float]) -> None:
        self.text = formula("{{ w : w }} thick relu(x + {{ b : b }})", theme.ink, 56)
        self.letters = [self.text.select(part).set_color(theme.neuron(0)) for part in ("w", "b")]
        self.text.move_to((*corner, 0.0), aligned_edge=(-1.0, 0.0, 0.0))
        foot = self.text.get_bottom()[1] - 0.55
        self.weight, self.bias = (Number(theme.neuron(0), LABEL, strong=True, align="middle") for _ in range(2))
        for number, letter in zip((self.weight, self.bias), self.letters, strict=True):
            number.anchor = np.array([letter.get_center()[0], foot, 0.0])
        super().__init__(self.text, self.weight, self.bias)

    def show(self, moment: State) -> None:
        """Sets both numbers."""
        self.weight.put(figures(float(moment.weights[0]), 1))
        self.bias.put(figures(float(moment.biases[0]), 1))


def what_relu_is(plane: Plane, state: State) -> VGroup:
    """Above the flat part of one neuron's line "zero", below the other part "then a line"."""
    origin, colour = -float(state.biases[0]), plane.theme.neuron(0)
    zero, rising = (words(text, colour, LABEL, strong=True) for text in ("zero", "then a line"))
    zero.move_to(plane.at(origin - 1.1, 0.0) + (0.0, 0.32, 0.0))
    x = origin + 1.6
    rising.next_to(plane.at(x, float(state.network(x))), DR, buff=0.15)
    return VGroup(zero, rising)


class Trace(VGroup):
    """An input on the axis, the output above it, and the line drawn so far, in `colour`."""

    def __init__(self, plane: Plane, network: ReluNetwork, colour: str) -> None:
        accent = plane.theme.accent
        self.plane, self.network, self.x = plane, network, plane.x_range[0]
        self._dot: Points = Circle(radius=0.12).points
        self.line = VMobject(stroke_color=colour, stroke_width=6)
        self.guide = VMobject(stroke_color=accent, stroke_width=4)
        self.dots = [VMobject(fill_color=accent, fill_opacity=1, stroke_width=0) for _ in range(2)]
        super().__init__(self.line, self.guide, *self.dots)
        self.show(self.x)

    def show(self, x: float) -> None:
        """The input stands at x. An output outside the plane is not shown."""
        self.x, plane = x, self.plane
        low, high = plane.y_range
        y = float(self.network(x))
        ends = plane.at(x, (0.0, np.clip(y, low, high)))
        left = plane.x_range[0]
        self.line.points = plane.path(self.network.polyline(left, x)) if x > left else np.zeros((0, 3))
        self.guide.points = corners(ends)
        for dot, end, seen in zip(self.dots, ends, (True, low <= y <= high), strict=True):
            dot.points = self._dot + end if seen else np.zeros((0, 3))

    def to(self, x: float, run_time: float) -> Animation:
        """The input runs on to x, evenly."""
        start = self.x
        return Turn(self, lambda part: self.show(start + part * (x - start)), run_time, linear)


_DEEP, _FALL = 5.0, 1.9
"""Seconds of film that a wake made by hand goes back, and how far it falls meanwhile, in frame units."""


class HandWake(VMobject):
    """Where one neuron's origin was while a hand slid it: a stream below its disc. `parts` go with it."""

    def __init__(self, plane: Plane, start: State, *parts: NetworkCurve | NeuronMarks | Formula) -> None:
        colour = plane.theme.neuron(0)
        super().__init__(fill_color=colour, fill_opacity=1.0, stroke_color=colour, stroke_width=3)
        self.plane, self.parts, self.weight = plane, parts, float(start.weights[0])
        self._seconds, self._biases = [0.0], [float(start.biases[0])]

    def to(self, bias: float, run_time: float) -> Animation:
        """The bias goes on to `bias`."""
        begin = self._seconds[-1]
        self._seconds.append(begin + run_time)
        self._biases.append(bias)
        return Turn(VGroup(self, *self.parts), lambda part: self.show(begin + part * run_time), run_time, linear)

    def biases(self, seconds: Array) -> Array:
        """The bias at these seconds since the first slide began (k,)."""
        at = np.clip(np.searchsorted(self._seconds, seconds, side="right") - 1, 0, len(self._seconds) - 2)
        starts, ends = np.array(self._seconds)[at], np.array(self._seconds)[at + 1]
        eased = np.array([smooth(part) for part in np.clip((seconds - starts) / (ends - starts), 0.0, 1.0)])
        before, after = np.array(self._biases)[at], np.array(self._biases)[at + 1]
        return np.asarray(before + eased * (after - before))

    def show(self, second: float) -> None:
        """All of it at this second."""
        depths = np.linspace(0.0, min(second, _DEEP), 80)
        past = self.biases(second - depths)
        path = self.plane.on_floor(-past) - np.outer(depths * _FALL / _DEEP, (0.0, 1.0, 0.0))
        side = np.array([0.09, 0.0, 0.0])
        self.points = corners(np.concatenate((path - side, (path + side)[::-1], path[:1] - side)))
        state = one_neuron(self.weight, float(past[0]))
        for part in self.parts:
            part.show(state)


class Solo(VGroup):
    """One neuron of a network on a small plane of its own: its line, its disc, and at x a bar, its output."""

    def __init__(self, plane: Plane, network: ReluNetwork, index: int) -> None:
        colour = plane.theme.neuron(index)
        self.plane, self.index = plane, index
        self.network = ReluNetwork(network.weights[index : index + 1], network.biases[index : index + 1])
        self.line = NetworkCurve(plane, colour, 4.0)
        self.line.show(State(self.network.weights, self.network.biases))
        self.marks = NeuronMarks(plane, len(network), bends=False)
        self.marks.strength[:] = np.arange(len(network)) == index
        self.marks.show(State(network.weights, network.biases))
        self.bar = VMobject(stroke_color=plane.theme.accent, stroke_width=5)
        super().__init__(plane, self.line, self.marks, self.bar)

    def show(self, x: float) -> None:
        """The bar stands at x."""
        self.bar.points = corners(self.plane.at(x, (0.0, float(self.network(x)))))


_APART = 0.13
"""Between neighbouring bars, in frame units."""


class Stack(VGroup):
    """The outputs of all neurons at x, each bar from where the one before it ended, and the line their sum draws."""

    def __init__(self, plane: Plane, network: ReluNetwork, solos: VGroup) -> None:
        theme = plane.theme
        self.plane, self.network, self.solos = plane, network, solos
        self._dot: Points = Circle(radius=0.12).points
        self.line = VMobject(stroke_color=theme.ink, stroke_width=6)
        self.bars = [VMobject(stroke_color=theme.neuron(i), stroke_width=9) for i in range(len(network))]
        self.dot = VMobject(fill_color=theme.accent, fill_opacity=1, stroke_width=0)
        super().__init__(self.line, *self.bars, self.dot)

    def show(self, x: float) -> None:
        """All bars stand at x; in the small planes, too."""
        plane, network = self.plane, self.network
        ends = np.concatenate(([0.0], np.cumsum(network.weights * np.maximum(x + network.biases, 0.0))))
        for i, bar in enumerate(self.bars):
            shift = (_APART * (i - len(self.bars) + 1), 0.0, 0.0)
            bar.points = corners(plane.at(x, ends[i : i + 2]) + shift) if ends[i] != ends[i + 1] else np.zeros((0, 3))
        self.line.points = plane.path(network.polyline(plane.x_range[0], x))
        self.dot.points = self._dot + plane.at(x, ends[-1])
        for solo in self.solos:
            solo.show(x)

    def run(self, first: float, last: float, run_time: float) -> Animation:
        """x runs from `first` to `last`, evenly."""
        return Turn(
            VGroup(self, self.solos), lambda part: self.show(first + part * (last - first)), run_time, linear
        )


class GrowingLine(VMobject):
    """The network's line, drawn up to `end`, where it waits for the next neuron."""

    def __init__(self, plane: Plane, network: ReluNetwork) -> None:
        super().__init__(stroke_color=plane.theme.ink, stroke_width=7)
        self.plane, self.network = plane, network
        self.end = plane.x_range[0]

    def to(self, x: float, run_time: float) -> Animation:
        """It runs on to x."""
        start = self.end

        def show(part: float) -> None:
            self.end = start + part * (x - start)
            self.points = self.plane.path(self.network.polyline(self.plane.x_range[0], max(self.end, start + 1e-3)))

        return Turn(self, show, run_time, linear)


def weights_at_the_arms(marks: NeuronMarks, network: ReluNetwork) -> VGroup:
    """Each neuron's weight beside the end of its arm: above a falling one, below a rising one."""
    labels = VGroup()
    for i, weight in enumerate(network.weights):
        label = words(figures(float(weight), 0), marks.plane.theme.neuron(i), LABEL, strong=True)
        labels.add(label.next_to(marks.arms[i].get_end(), UR if weight < 0 else DR, buff=0.1))
    return labels


def own_line(plane: Plane, network: ReluNetwork, index: int) -> VMobject:
    """What neuron `index` (from 0) draws alone, from its origin on, thin."""
    origin, weight = float(network.origins[index]), float(network.weights[index])
    right = plane.x_range[1]
    path = np.array([(origin, 0.0), (right, weight * (right - origin))])
    return plane.curve(path, plane.theme.neuron(index), 3.5, 0.75)


def two_ways(plane: Plane, network: ReluNetwork, index: int) -> VGroup:
    """How the line may go on from neuron `index` (from 0): as the sum of slopes does, and as the neuron alone would."""
    start = float(network.origins[index])
    foot = plane.at(start, float(network(start)))
    slopes = (network.slope(start), float(network.weights[index]))
    ways = [
        DashedLine(foot, foot + plane.direction(slope, 2.2), color=plane.theme.accent, stroke_width=7)
        for slope in slopes
    ]
    return VGroup(*ways)


def rain(plane: Plane, network: ReluNetwork, xs: Array) -> VGroup:
    """A dot on the network's line at each x."""
    dot: Points = Circle(radius=0.075).points
    drops = VGroup()
    for x in xs:
        drop = VMobject(fill_color=plane.theme.ink, fill_opacity=1, stroke_width=0)
        drop.points = dot + plane.at(float(x), float(network(float(x))))
        drops.add(drop)
    return drops
