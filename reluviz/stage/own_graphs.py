"""Each neuron's own graph beside their sum, the network (figures 5b, 6c)."""

from __future__ import annotations

import numpy as np
from manim import LEFT, RIGHT, UP, Circle, VGroup, VMobject

from reluviz.core import ReluNetwork, Trajectory
from reluviz.stage.charts import chart_records, padded_range
from reluviz.stage.graph import NetworkCurve, NeuronCurves, target_curve
from reluviz.stage.moment import Moment
from reluviz.stage.plane import Plane, corners, round_ticks
from reluviz.stage.theme import LABEL, Theme
from reluviz.stage.typesetting import words
from reluviz.stage.workbench import Workbench

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
