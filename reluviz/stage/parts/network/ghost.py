"""The start as a ghost: where the line and the origins were, for the end to be seen against."""

from __future__ import annotations

import numpy as np
from manim import Circle, VGroup, VMobject

from reluviz.stage.parts.moment import State
from reluviz.stage.parts.network.marks import DISC_RADIUS
from reluviz.stage.plane import Plane, Points

_CIRCLE: Points = Circle(radius=0.8 * DISC_RADIUS).points
_OPACITY = 0.55


class Ghost(VGroup):
    """The line and the origins of another state, faint: hollow discs on the axis, a thin dimmed line."""

    def __init__(self, plane: Plane, state: State) -> None:
        theme = plane.theme
        self.plane, self.state = plane, state
        self.line = VMobject(stroke_color=theme.muted, stroke_width=3, stroke_opacity=0.9)
        self.discs = [
            VMobject(stroke_color=theme.neuron(i), stroke_width=3, stroke_opacity=_OPACITY)
            for i in range(len(state.weights))
        ]
        super().__init__(self.line, *self.discs)
        self.show(state)

    def show(self, moment: State) -> None:
        """Follows its plane, whatever the moment."""
        plane = self.plane
        self.line.points = plane.path(self.state.network.polyline(*plane.x_range))
        for disc, bias in zip(self.discs, self.state.biases, strict=True):
            inside = plane.x_range[0] <= -bias <= plane.x_range[1]
            disc.points = _CIRCLE + plane.on_floor(-bias) if inside else np.zeros((0, 3))
