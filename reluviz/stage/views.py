"""The composition most films share: the run's graph on the left, its charts on the right, the count below."""

from __future__ import annotations

from typing import Any

import numpy as np
from manim import DOWN, LEFT, RIGHT, UP, VGroup, VMobject
from numpy.typing import NDArray

from reluviz.core import Trajectory
from reluviz.core.network import Array
from reluviz.stage.parts.charts.charts import ParameterChart, chart_records, padded_range, parameter_plane
from reluviz.stage.parts.moment import State
from reluviz.stage.parts.network.graph import ErrorArea, NetworkCurve, NeuronMarks, target_curve
from reluviz.stage.parts.replay import Rig
from reluviz.stage.plane import Plane, round_ticks
from reluviz.stage.typesetting import Number, figures, words
from reluviz.theme import BODY, LABEL, SAFE_X, SMALL, Theme

GRAPH_BOX: dict[str, Any] = {"centre": (-2.62, 0.08), "width": 7.3, "height": 5.1}
CHART_LEFT, CHART_WIDTH, CHART_HEIGHT = 2.55, 4.0, 1.8


class Counter(VGroup):
    """"The count of iterations, and while the film runs, how fast."""

    def __init__(self, theme: Theme, corner: tuple[float, float]) -> None:
        name = words("iteration", theme.muted, LABEL)
        name.move_to((corner[0], corner[1], 0.0), aligned_edge=LEFT)
        self._foot = np.array([name.get_right()[0] + 0.18, name.get_bottom()[1], 0.0])
        self._speed_foot = self._foot + 3.0 * RIGHT
        self.number = Number(theme.ink, LABEL, cells=9, strong=True)
        self.speed = Number(theme.muted, SMALL, cells=8, align="right")
        # Set on the baseline of "iteration": the descender of its p hangs below.
        self._unit = words("per second", theme.muted, SMALL)
        baseline = self._unit.submobjects[1].get_bottom()[1]
        self._unit.shift(self._speed_foot + 0.12 * RIGHT - (self._unit.get_left()[0], baseline, 0.0))
        super().__init__(name, self.number, self.speed, self._unit)
        self._unit_points = [part.points.copy() for part in self._unit.submobjects]

    def show(self, moment: State) -> None:
        """Sets the count; at rest no speed is shown."""
        self.number.put(figures(round(moment.iteration), 0), self._foot)
        self.speed.put(moment.rate, self._speed_foot)
        for part, points in zip(self._unit.submobjects, self._unit_points, strict=True):
            part.points = points if moment.rate else np.zeros((0, 3))


def graph_ranges(*trajectories: Trajectory) -> tuple[tuple[float, float], tuple[float, float]]:
    """(x range, y range) that hold the target, the network and the neurons' origins in all these runs.

    Some room is kept left of the data, where origins go, but never more than half the data's width.
    """
    lows, highs, values = [], [], [np.zeros(1)]
    for run in trajectories:
        low, high = run.experiment.low, run.experiment.high
        width = high - low
        records = chart_records(run)
        origins = -run.biases[records]
        lows.append(max(min(origins.min() - 0.06 * width, low - 0.12 * width), low - 0.5 * width))
        highs.append(min(max(origins.max() + 0.06 * width, high + 0.04 * width), high + 0.25 * width))
        for network in (run.target, run.start, run.end):
            values.append(network.polyline(low, high)[:, 1])
        values.append(np.quantile(_graph_values(run, records), (0.02, 0.98)))
    x_range = (min(lows), max(highs))
    # A single sample may fling the graph out for an instant: that is cut off at the edge, not given all the room.
    bottom, top = padded_range(np.concatenate(values), pad=0.06)
    # Room below the axis for the discs, which may rest on one another, and for arms that point down.
    return x_range, (min(bottom, -0.25 * top), max(top, -0.25 * bottom))


def roomy_box(run: Trajectory) -> dict[str, Any]:
    """The graph's box, narrower on the left where the labels of its heights are too wide for the safe area."""
    labels = [words(label, "#ffffff", SMALL).width for _, label in round_ticks(graph_ranges(run)[1], 5)]
    (x, y), width = GRAPH_BOX["centre"], GRAPH_BOX["width"]
    room = max(max(labels, default=0.0) + 0.2 - (SAFE_X - (width / 2 - x)), 0.0)
    return {**GRAPH_BOX, "centre": (x + room / 2, y), "width": width - room}


def _graph_values(run: Trajectory, records: NDArray[np.int64]) -> Array:
    low, high = run.experiment.low, run.experiment.high
    at = np.linspace(low, high, 9)
    weights, biases = run.weights[records], run.biases[records]
    active = np.maximum(at[None, None, :] + biases[:, :, None], 0.0)
    return ((weights[:, :, None] * active).sum(axis=1) + run.output_biases[records][:, None]).ravel()


class Workbench:
    """Everything for one run: `still` (axes, target, labels: add first) and `rig` (moves: add last).

    Parts by name, to bring in one at a time: plane, target; network, error, marks, counter. The charts come when they
    help: add `charts_still`, then `rig.include(*bench.charts)` (see `scene.bring_in_charts(bench)`).
    charts: which parameters to chart, at most two. y_range, x_range: where the fitting ones do not suit.
    """

    def __init__(
        self,
        theme: Theme,
        run: Trajectory,
        *,
        x_range: tuple[float, float] | None = None,
        y_range: tuple[float, float] | None = None,
        charts: tuple[str, ...] = ("bias", "weight"),
        graph_box: dict[str, Any] = GRAPH_BOX,
        at: float = 0.0,
    ) -> None:
        self.theme, self.run = theme, run
        fitting_x, fitting_y = graph_ranges(run)
        self.low, self.high = run.experiment.low, run.experiment.high
        self.plane = Plane(
            theme,
            x_range or fitting_x,
            y_range or fitting_y,
            **graph_box,
            x_ticks=[tick for tick in round_ticks((self.low, self.high), 5)],
        )
        self.target = target_curve(self.plane, run.target, self.low, self.high)
        self.error = ErrorArea(self.plane, run.target, self.low, self.high)
        self.network = NetworkCurve(self.plane)
        self.marks = NeuronMarks(self.plane, run.neurons)
        corner = (self.plane.left_edge, -3.55)
        self.counter = Counter(theme, corner)
        self.charts_still = VGroup()
        self.charts: list[ParameterChart] = []
        for row, parameter in enumerate(charts):
            plane, labels = parameter_plane(
                theme,
                run,
                parameter,
                centre=(CHART_LEFT + CHART_WIDTH / 2, (1.45, -1.6)[row]),
                width=CHART_WIDTH,
                height=CHART_HEIGHT,
                iterations_label=row == len(charts) - 1,
            )
            self.charts_still.add(VGroup(plane, labels))
            self.charts.append(ParameterChart(plane, run, parameter))
        self.still = VGroup(self.plane, self.target)
        self.rig = Rig(run, self.error, self.network, self.marks, self.counter, at=at)

    def label_at(self, text: str, x: float, y: float, colour: str, side: Any = UP) -> VMobject:
        """A word beside a point of the graph."""
        label = words(text, colour, LABEL)
        return label.next_to(self.plane.at(x, y), side, buff=0.2)

HALF_WIDTH, HALF_HEIGHT = 5.8, 4.6


class Panel:
    """One run's graph in half the frame: `still` (axes, target, caption) and `rig` (network, error, neurons).

    side: -1 for the left half, +1 for the right. Equal ranges make two panels comparable: pass both runs' to
    `graph_ranges`.
    """

    def __init__(
        self,
        theme: Theme,
        run: Trajectory,
        side: int,
        caption: str,
        *,
        ranges: tuple[tuple[float, float], tuple[float, float]],
        at: float = 0.0,
        arms: bool = True,
    ) -> None:
        low, high = run.experiment.low, run.experiment.high
        self.plane = Plane(
            theme,
            *ranges,
            centre=(3.5 * side + 0.25, 0.05),
            width=HALF_WIDTH,
            height=HALF_HEIGHT,
            x_ticks=round_ticks((low, high), 5),
        )
        self.caption = words(caption, theme.muted, BODY)
        self.caption.next_to(self.plane.at(sum(ranges[0]) / 2, ranges[1][0]), DOWN, buff=0.62)
        self.target = target_curve(self.plane, run.target, low, high)
        self.error = ErrorArea(self.plane, run.target, low, high)
        self.network = NetworkCurve(self.plane)
        self.marks = NeuronMarks(self.plane, run.neurons, arms=arms)
        self.still = VGroup(self.plane, self.target, self.caption)
        self.rig = Rig(run, self.error, self.network, self.marks, at=at)


class StartAndEnd:
    """A run's start and end against the target: `left`, `right` panels, and `all` of it as one group."""

    def __init__(self, theme: Theme, run: Trajectory) -> None:
        ranges = graph_ranges(run)
        self.left = Panel(theme, run, -1, "before", ranges=ranges)
        self.right = Panel(theme, run, +1, f"after {run.last:,} iterations", ranges=ranges, at=run.last)
        self.all = VGroup(self.left.still, self.left.rig, self.right.still, self.right.rig)
