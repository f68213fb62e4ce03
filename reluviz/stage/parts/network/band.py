"""A strip of the data, above the axis: between two origins, or any other."""

from __future__ import annotations

import numpy as np
from manim import VMobject

from reluviz.stage.parts.moment import State
from reluviz.stage.plane import Plane, corners


class BetweenBand(VMobject):
    """The strip of the data between two origins: samples there reach only the left one."""

    def __init__(self, plane: Plane, low: float) -> None:
        accent = plane.theme.accent
        super().__init__(fill_color=accent, fill_opacity=0.07, stroke_color=accent, stroke_width=2)
        self.plane, self.low = plane, low

    def show(self, moment: State) -> None:
        self.cover(*np.maximum(-moment.biases[:2], self.low))

    def cover(self, left: float, right: float) -> BetweenBand:
        """Sets it to any strip above the axis."""
        top = self.plane.y_range[1]
        outline = self.plane.at((left, right, right, left, left), (0.0, 0.0, top, top, 0.0))
        self.points = corners(outline) if right > left else np.zeros((0, 3))
        return self
