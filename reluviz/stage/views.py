"""The composition most films share: the run's graph on the left, its charts on the right, the count below."""

from __future__ import annotations

from typing import Any

from manim import DOWN, VGroup

from reluviz.core import Trajectory
from reluviz.stage.network_view import graph_ranges as graph_ranges
from reluviz.stage.parts.charts.charts import ParameterChart, parameter_plane
from reluviz.stage.parts.counter import Counter as Counter
from reluviz.stage.parts.network.graph import ErrorArea, NetworkCurve, target_curve
from reluviz.stage.parts.network.marks import NeuronMarks
from reluviz.stage.parts.replay import Rig
from reluviz.stage.plane import Plane, round_ticks
from reluviz.stage.typesetting import words
from reluviz.theme import BODY, SAFE_X, SMALL, Theme

GRAPH_BOX: dict[str, Any] = {"centre": (-2.62, 0.08), "width": 7.3, "height": 5.1}
CHART_LEFT, CHART_WIDTH, CHART_HEIGHT = 2.55, 4.0, 1.8


def roomy_box(run: Trajectory) -> dict[str, Any]:
    """The graph's box, narrower on the left where the labels of its heights are too wide for the safe area."""
    labels = [words(label, "#ffffff", SMALL).width for _, label in round_ticks(graph_ranges(run)[1], 5)]
    (x, y), width = GRAPH_BOX["centre"], GRAPH_BOX["width"]
    room = max(max(labels, default=0.0) + 0.2 - (SAFE_X - (width / 2 - x)), 0.0)
    return {**GRAPH_BOX, "centre": (x + room / 2, y), "width": width - room}


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
        self.counter = Counter(theme, (self.plane.right_edge, corner[1]), run.last)
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
