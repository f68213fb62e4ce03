"""Each neuron's own graph beside their sum, the network (figures 5b, 6c)."""

from __future__ import annotations

import numpy as np
from manim import DOWN, LEFT, RIGHT, UP, Circle, Dot, Line, VGroup, VMobject

from reluviz.core import ReluNetwork, Trajectory
from reluviz.core.network import Array
from reluviz.stage.parts.charts.charts import chart_records, padded_range
from reluviz.stage.parts.gestures.single_update import OriginArrows, step_formulas
from reluviz.stage.parts.gestures.turning import between
from reluviz.stage.parts.moment import Moment, State
from reluviz.stage.parts.network.band import BetweenBand
from reluviz.stage.parts.network.graph import NetworkCurve, NeuronCurves, target_curve
from reluviz.stage.parts.network.marks import DISC_RADIUS, NeuronMarks
from reluviz.stage.plane import Plane, Points, corners, round_ticks
from reluviz.stage.typesetting import figures, formula, words
from reluviz.stage.views import CHART_LEFT, Workbench
from reluviz.theme import BODY, LABEL, SMALL, Theme

_SUM_BOX = {"centre": (-2.62, 1.25), "width": 7.3, "height": 3.0}
_OWN_BOX = {"centre": (-2.62, -1.95), "width": 7.3, "height": 2.3}
_WIDE_BOX = {"centre": (-0.7, -0.25), "width": 10.6, "height": 5.7}
_BESIDE = 0.14
"""How far beside one another, in frame units, the bars of a sum stand."""


class SumBench(Workbench):
    """A workbench in two storeys: the sum and its error above, below it, on the same x axis, each neuron's own graph.

    Everything is in `still` and `rig`; the charts come as in any workbench. own, curves: the lower storey.
    """

    def __init__(self, theme: Theme, run: Trajectory, *, at: float = 0.0) -> None:
        super().__init__(theme, run, graph_box=_SUM_BOX, at=at)
        y_range = own_range(run)
        self.own = Plane(theme, self.plane.x_range, y_range, **_OWN_BOX, x_ticks=[], y_ticks=round_ticks(y_range, 3))  # type: ignore[arg-type]
        self.curves = NeuronCurves(self.own, run.neurons)
        self.names = VGroup()
        for plane, name in ((self.plane, "their sum"), (self.own, "each alone")):
            corner = plane.at(plane.x_range[0], plane.y_range[1]) + np.array((0.12, -0.12, 0.0))
            self.names.add(words(name, theme.muted, LABEL).move_to(corner, aligned_edge=UP + LEFT))
        self.still.add(self.own, self.names)
        self.rig.include(self.curves)


def own_range(run: Trajectory) -> tuple[float, float]:
    """The y range that holds every neuron's own graph, over the data, throughout the run."""
    records = chart_records(run)
    ends = run.weights[records] * np.maximum(run.experiment.high + run.biases[records], 0.0)
    return padded_range(np.append(ends.ravel(), 0.0), pad=0.05)


class SumProbe(VGroup):
    """At one x, the neurons' values end to end: each bar starts where the one before it ends, the last at the network.

    A dot runs along the network's graph; a neuron that sleeps at x has no bar.
    """

    def __init__(self, plane: Plane, network: ReluNetwork) -> None:
        theme = plane.theme
        self.plane, self.network = plane, network
        self._dot = Circle(radius=0.11).points
        count = len(network)
        self.bars = [VMobject(stroke_color=theme.neuron(i), stroke_width=9) for i in range(count)]
        self.links = [VMobject(stroke_color=theme.muted, stroke_width=2) for _ in range(count)]
        self.dot = VMobject(fill_color=theme.accent, fill_opacity=1, stroke_width=0)
        super().__init__(*self.links, *self.bars, self.dot)

    def show(self, x: float) -> None:
        """Moves the probe to x."""
        values = self.network.contributions(np.array(x)) + np.zeros(len(self.network))
        level = self.network.output_bias
        middle = (len(values) - 1) / 2
        for k, (bar, link, value) in enumerate(zip(self.bars, self.links, values, strict=True)):
            here = self.plane.at(x, (level, level + float(value))) + ((k - middle) * _BESIDE, 0.0, 0.0)
            bar.points = corners(here) if value else np.zeros((0, 3))
            link.points = corners(here[1] + np.array(((0.0, 0.0, 0.0), (_BESIDE, 0.0, 0.0)))) if value else bar.points
            level += float(value)
        self.links[-1].points = np.zeros((0, 3))
        self.dot.points = self._dot + self.plane.at(x, level)


class SumPlane:
    """The end of a run, its neurons' own graphs and the target in one wide plane, and a `probe` to run along it.

    low, high: the data's range. corner: the origin furthest right.
    """

    def __init__(self, theme: Theme, run: Trajectory) -> None:
        self.low, self.high = run.experiment.low, run.experiment.high
        self.corner = float(run.end.origins.max())
        network, room = run.end, 0.06 * (self.high - self.low)
        y_range = own_range(run)
        self.plane = Plane(theme, (self.low - room, self.high), y_range, **_WIDE_BOX)  # type: ignore[arg-type]
        end = Moment.of(run, run.last)
        self.own, self.sum = NeuronCurves(self.plane, run.neurons), NetworkCurve(self.plane)
        self.own.show(end)
        self.sum.show(end)
        self.probe = SumProbe(self.plane, network)
        self.probe.show(self.low)
        values = (float(network(self.high)), *network.contributions(np.array(self.high)))
        named = [("sum", theme.ink), *((f"neuron {i + 1}", theme.neuron(i)) for i in range(run.neurons))]
        self.names = VGroup()
        for value, (name, colour) in zip(values, named, strict=True):
            label = words(name, colour, LABEL, strong=name == "sum")
            self.names.add(label.next_to(self.plane.at(self.high, value), RIGHT, buff=0.4))
        self.still = VGroup(self.plane, target_curve(self.plane, run.target, self.low, self.high))

_BOX = {"centre": (-2.45, 0.0), "width": 7.0, "height": 5.3}
_FADED = 0.35
_LEVER_STEP = 0.42


class SharedUpdate:
    """The update made from iteration `update`, close to its sample and to all origins.

    still: axes, target, the network before the update, the neurons' faded selves. sample: it and its bar delta.
    levers: the distance from each active neuron's origin to the sample. asleep: the strip where the sample does not
    reach the rightmost neuron. moving: the neurons; `show(part)` takes them along `part` (0 to 1) of their step, its
    turn `turn` times and its slide `slide` times as large (0 leaves it out). turns, slides: each neuron's step of
    slope or origin in figures, right of the plane.
    """

    def __init__(self, theme: Theme, run: Trajectory, update: int, *, turn: int = 0, slide: int = 0) -> None:
        self.theme, self.run, self.update = theme, run, update
        self.x, self.delta = float(run.inputs[update]), float(run.residuals[update])
        self._before, self._after = _enlarged(run, update, 0, 0), _enlarged(run, update, turn, slide)
        self.plane = plane = self._make_plane()
        self.levers = self._measure_levers()
        before = NeuronMarks(plane, run.neurons, bends=False)
        before.show(self._before)
        before.set_opacity(_FADED)
        network = NetworkCurve(plane, width=4.0)
        network.show(self._before)
        note = words(f"iteration {update:,}; steps drawn {max(turn, slide)} times as large", theme.muted, SMALL)
        note.move_to((plane.left_edge, -3.55, 0.0), aligned_edge=LEFT)
        target = target_curve(plane, run.target, run.experiment.low, plane.x_range[1])
        self.still = VGroup(plane, target, network, before, note)
        self.sample = self._draw_sample()
        self._marks = NeuronMarks(plane, run.neurons, bends=False)
        self._arrows = OriginArrows(plane, run.biases[update], gain=1.0)
        self.moving = VGroup(self._marks, self._arrows)
        self.asleep = BetweenBand(plane, run.experiment.low)
        self.asleep.cover(run.experiment.low, float(-run.biases[update].min()))
        self.turns, self.slides = (self._steps(row) for row in (0, 1))
        self.show(0.0)

    def show(self, part: float) -> None:
        """Moves the neurons to this part of their enlarged steps."""
        now = between(self._before, self._after, part)
        self._marks.show(now)
        self._arrows.show(now)

    def _make_plane(self) -> Plane:
        origins = -np.concatenate((self._before.biases, self._after.biases))
        left, right = float(min(origins.min(), 0.0)), float(max(origins.max(), self.x))
        width = right - left
        x_range = (left - 0.15 * width, min(right + 0.3 * width, self.run.experiment.high))
        value = float(self._before.network(self.x))
        top = 1.25 * max(value, value + self.delta)
        y_range = (-0.32 * top, top)
        ticks = {"x_ticks": round_ticks(x_range, 5), "y_ticks": round_ticks((0.0, top), 4)}
        return Plane(self.theme, x_range, y_range, **_BOX, **ticks)  # type: ignore[arg-type]

    def _draw_sample(self) -> VGroup:
        theme, plane = self.theme, self.plane
        value = float(self._before.network(self.x))
        foot, low, high = plane.at(self.x, (0.0, value, value + self.delta))
        label = formula(f"delta = {figures(self.delta)}", theme.ink, 36)
        return VGroup(
            Line(foot, low, color=theme.accent, stroke_width=2, stroke_opacity=0.6),
            Line(low, high, color=theme.too_low if self.delta > 0 else theme.too_high, stroke_width=9),
            Dot(foot, radius=0.09, color=theme.accent),
            self._beside_the_bar(label, low),
        )

    def _beside_the_bar(self, label: VMobject, network_end: Points) -> VMobject:
        """Where the label of delta crosses neither line: above the network, or midway between the two lines."""
        if self.delta < 0:
            return label.next_to(network_end, UP + LEFT, buff=0.1)
        label.next_to(network_end, RIGHT, buff=0.2)
        x = self.x + (label.get_right()[0] - network_end[0]) / (self.plane.at(1.0, 0.0) - self.plane.at(0.0, 0.0))[0]
        middle = (float(self._before.network(x)) + float(self.run.target(x))) / 2
        return label.set_y(self.plane.at(x, middle)[1])

    def _measure_levers(self) -> VGroup:
        levers = VGroup()
        for i, bias in enumerate(self._before.biases):
            if self.x + bias <= 0:
                continue
            drop = (DISC_RADIUS + 0.22 + i * _LEVER_STEP) * DOWN
            ends = [self.plane.at(x, 0.0) + drop for x in (-bias, self.x)]
            colour = self.theme.neuron(i)
            bar = Line(*ends, color=colour, stroke_width=6)
            stops = [Line(end + 0.1 * UP, end + 0.1 * DOWN, color=colour, stroke_width=4) for end in ends]
            number = words(figures(self.x + bias), colour, LABEL, strong=True)
            levers.add(VGroup(bar, *stops, number.next_to(ends[1], RIGHT, buff=0.15)))
        return levers

    def _steps(self, row: int) -> VGroup:
        blocks = VGroup()
        for i, bias in enumerate(self._before.biases):
            name = words(f"neuron {i + 1}", self.theme.neuron(i), BODY, strong=True)
            if self.x + bias > 0:
                step = step_formulas(self.theme, self.run, self.update, i)[row]
            else:
                step = words("asleep: no step", self.theme.muted, LABEL)
            blocks.add(VGroup(name, step).arrange(DOWN, buff=0.25, aligned_edge=LEFT))
        blocks.arrange(DOWN, buff=0.8, aligned_edge=LEFT)
        return blocks.move_to((CHART_LEFT - 0.2, 0.5, 0.0), aligned_edge=LEFT)


def _enlarged(run: Trajectory, update: int, turn: int, slide: int) -> State:
    def stepped(table: Array, gain: int) -> Array:
        return table[update] + gain * (table[update + 1] - table[update])

    weights, biases = stepped(run.weights, turn), stepped(run.biases, slide)
    return State(weights, biases, float(run.output_biases[update]), float(update))
