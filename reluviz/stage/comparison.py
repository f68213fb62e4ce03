"""Two states or two runs beside each other (figures 2a, 4c, 5d, 6a, 7a, 8a, 9a)."""

from __future__ import annotations

from manim import DOWN, VGroup

from reluviz.core import Trajectory
from reluviz.stage.graph import ErrorArea, NetworkCurve, NeuronMarks, target_curve
from reluviz.stage.plane import Plane, round_ticks
from reluviz.stage.replay import Rig
from reluviz.stage.theme import BODY, Theme
from reluviz.stage.typesetting import words
from reluviz.stage.workbench import graph_ranges

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
