"""The output bias: what lifts or lowers the whole line, and moves no disc."""

from __future__ import annotations

import numpy as np
from manim import VMobject

from reluviz.stage.parts.moment import State
from reluviz.stage.plane import Plane, corners

_WIDTH, _HEIGHT = 0.2, 0.34


class OutputBiasMark(VMobject):
    """A wedge at the plane's left edge that points at the height of the output bias."""

    def __init__(self, plane: Plane) -> None:
        super().__init__(fill_color=plane.theme.ink, fill_opacity=1.0, stroke_width=0)
        self.plane = plane

    def show(self, moment: State) -> None:
        """Sets it to the moment's output bias; at the edge where that leaves the plane."""
        tip = (0.05, 0.0, 0.0) + self.plane.at(self.plane.x_range[0], np.clip(moment.output_bias, *self.plane.y_range))
        away = np.array([[0, 0, 0], [-_WIDTH, _HEIGHT / 2, 0], [-_WIDTH, -_HEIGHT / 2, 0], [0, 0, 0]])
        self.points = corners(tip + away)
