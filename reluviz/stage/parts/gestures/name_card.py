"""The series' name, under what a run has learned."""

from __future__ import annotations

from manim import DOWN, VGroup

from reluviz.core import Trajectory
from reluviz.stage.network_view import graph_ranges
from reluviz.stage.parts.network.graph import NetworkCurve, target_curve
from reluviz.stage.parts.network.marks import NeuronMarks
from reluviz.stage.parts.replay import Rig
from reluviz.stage.plane import Plane
from reluviz.stage.typesetting import words
from reluviz.theme import BODY, TITLE, Theme

BOX = {"centre": (0.0, 1.2), "width": 6.4, "height": 3.9}


class NameCard(VGroup):
    """reluviz, what it is, and above it a run's end without axes: `picture` and `title`."""

    def __init__(self, theme: Theme, run: Trajectory, line: str) -> None:
        plane = Plane(theme, *graph_ranges(run), **BOX, x_ticks=[], y_ticks=[], grid=False)  # type: ignore[arg-type]
        low, high = run.experiment.low, run.experiment.high
        self.picture = VGroup(
            target_curve(plane, run.target, low, high),
            Rig(run, NetworkCurve(plane), NeuronMarks(plane, run.neurons), at=run.last),
        )
        self.title = VGroup(words("reluviz", theme.ink, TITLE, strong=True), words(line, theme.muted, BODY))
        self.title.arrange(DOWN, buff=0.3).move_to((0.0, -2.3, 0.0))
        super().__init__(self.picture, self.title)
