"""MergingNeurons as a shadow behind five neurons, on its way."""

from __future__ import annotations

from manim import LEFT

from reluviz.core import Trajectory
from reluviz.stage.parts.moment import Moment, State
from reluviz.stage.parts.network.ghost import Ghost
from reluviz.stage.plane import Plane
from reluviz.stage.typesetting import words
from reluviz.theme import SMALL


class Shadow(Ghost):
    """Another run as a ghost, where that run is now, and its name: the part of a rig of its own."""

    def __init__(self, plane: Plane, run: Trajectory, name: str) -> None:
        super().__init__(plane, Moment.of(run, 0.0))
        self.line.set_stroke(width=6, opacity=1.0)
        for disc in self.discs:
            disc.set_stroke(width=5, opacity=0.9)
        text = words(name, plane.theme.muted, SMALL)
        self.add(text.move_to((plane.left_edge + 0.3, plane.top_edge - 0.3, 0.0), aligned_edge=LEFT))

    def show(self, moment: State) -> None:
        """Sets the ghost for this moment of its own run."""
        self.state = moment
        super().show(moment)
