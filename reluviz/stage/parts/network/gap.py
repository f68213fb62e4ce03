"""How far two origins are apart, told by a bracket below the axis that closes in as they do."""

from __future__ import annotations

import numpy as np
from manim import VGroup, VMobject

from reluviz.stage.parts.moment import State
from reluviz.stage.parts.network.marks import DISC_RADIUS
from reluviz.stage.plane import Plane, corners, segments
from reluviz.stage.typesetting import Labels, figure_points, figures, outlines
from reluviz.theme import LABEL

_DEPTH = DISC_RADIUS + 0.3
"""How far below the axis it lies, in frame units."""

_END = 0.14


class GapBracket(VGroup):
    """A bracket from one origin to another (neurons from 0, the left one first), and the gap: "0.93 apart".

    The words stand below it, on a plate that keeps them clear of the wake's lines; beside the streams where these are
    too close. decimals: of the number.
    """

    def __init__(self, plane: Plane, left: int, right: int, decimals: int = 2) -> None:
        theme = plane.theme
        self.plane, self.pair, self.decimals = plane, (left, right), decimals
        self.plate = VMobject(fill_color=theme.background, fill_opacity=0.9, stroke_width=0)
        self.line = VMobject(stroke_color=theme.accent, stroke_width=4)
        self.text = Labels(theme.accent)
        super().__init__(self.plate, self.line, self.text)

    def show(self, moment: State) -> None:
        """Sets the bracket and its number for this moment."""
        left, right = (-moment.biases[i] for i in self.pair)
        ends = self.plane.on_floor(np.clip((left, right), *self.plane.x_range)) - (0.0, _DEPTH, 0.0)
        up = np.array([0.0, _END, 0.0])
        self.line.points = np.concatenate((segments(ends - up, ends + up), corners(ends)))
        number = figures(abs(right - left), self.decimals)
        digits = figure_points(number, LABEL, True, np.zeros(3))
        unit, width, height = outlines("apart", LABEL)
        room = float(digits[:, 0].max()) + 0.2 + width
        middle = ends.mean(axis=0) - (0.0, 0.42, 0.0)
        if ends[1, 0] - ends[0, 0] < room + 0.7:
            middle[0] = max(ends[0, 0] - 1.0 - room / 2, self.plane.left_edge + room / 2 + 0.1)
        start = middle - (room / 2, 0.145, 0.0)
        descent = height - outlines("at", LABEL)[2]
        word = unit + start + (room - width / 2, height / 2 - descent, 0.0)
        self.text.put((f"{number} apart", np.concatenate((digits + start, word))))
        box = np.array([(-1, -1), (1, -1), (1, 1), (-1, 1), (-1, -1)]) * (room / 2 + 0.12, 0.28)
        self.plate.points = corners(np.column_stack((box, np.zeros(5))) + middle)
