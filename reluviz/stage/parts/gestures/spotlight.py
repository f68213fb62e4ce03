"""A ring around one neuron's disc: the one to watch while everything moves."""

from __future__ import annotations

from manim import Circle, VMobject

from reluviz.stage.parts.moment import State
from reluviz.stage.parts.network.marks import DISC_RADIUS, NeuronMarks


class Spotlight(VMobject):
    """A ring in the accent around the disc of the neuron with this index (from 0).

    It goes where the disc is, so it belongs into the same rig as `marks`, after it.
    """

    def __init__(self, marks: NeuronMarks, index: int) -> None:
        theme = marks.plane.theme
        super().__init__(stroke_color=theme.accent, stroke_width=5)
        self._disc = marks.discs[index]
        self._ring = Circle(radius=DISC_RADIUS + 0.1).points

    def show(self, moment: State) -> None:
        """Moves the ring to where `marks` has just put the disc for this moment."""
        self.points = self._ring + self._disc.get_center()
