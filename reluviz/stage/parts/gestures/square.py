"""One sample's delta as a bar from the line to the target, and its error as a square with that side."""

from __future__ import annotations

import numpy as np
from manim import Circle, VGroup, VMobject

from reluviz.stage.parts.moment import State
from reluviz.stage.plane import Plane, Points, corners, segments
from reluviz.stage.typesetting import Labels, outlines
from reluviz.theme import LABEL

_DOT: Points = Circle(radius=0.12).points
_NOTHING = np.zeros((0, 3))


class DeltaSquare(VGroup):
    """A sample at `x` where `wanted` is the target: dots, a guide, delta as a bar, and delta squared to its right.

    seen, grown, opened: how far (0 to 1) the sample, its bar and the square are there. names: of bar and square.
    kept: a state whose square stays as an outline, for the present one to be seen against.
    """

    def __init__(self, plane: Plane, x: float, wanted: float, names: tuple[str, str] = ("δ", "δ²")) -> None:
        theme = plane.theme
        self.plane, self.x, self.wanted, self.names = plane, x, wanted, names
        self.seen = self.grown = self.opened = 0.0
        self.kept: State | None = None
        colours = (theme.too_low, theme.too_high)
        self.areas = [VMobject(fill_color=c, fill_opacity=0.4, stroke_color=c, stroke_width=3) for c in colours]
        self.outline = VMobject(stroke_width=3)
        self.bars = [VMobject(stroke_color=c, stroke_width=10) for c in colours]
        self.guide = VMobject(stroke_color=theme.accent, stroke_width=2.5)
        self.dots = VMobject(fill_color=theme.accent, fill_opacity=1, stroke_width=0)
        self.text = Labels(theme.ink)
        super().__init__(*self.areas, self.outline, self.guide, *self.bars, self.dots, self.text)

    def show(self, moment: State) -> None:
        """Sets all of it for this moment's line."""
        plane = self.plane
        value = float(moment.network(self.x))
        foot, low, high = plane.at(self.x, (plane.floor, value, self.wanted))
        delta = float(high[1] - low[1])
        self.dots.points = np.concatenate((_DOT + foot, _DOT + high)) if self.seen else _NOTHING
        self.guide.points = segments(foot[None], (foot + self.seen * (high - foot))[None])
        tip = low + (0.0, self.grown * delta, 0.0)
        right = np.array([self.opened * abs(delta), 0.0, 0.0])
        outline = _square(low, high, self.opened)
        self._keep(high)
        for mine, area, sign in zip(self.bars, self.areas, (1, -1), strict=True):
            mine.points = segments(low[None], tip[None]) if sign * delta > 0 and self.grown else _NOTHING
            area.points = outline if sign * delta > 0 and self.opened else _NOTHING
        texts, (side, square) = [], self.names
        if side and self.grown > 0.5 and abs(delta) > 1.2:
            glyphs, width, _ = outlines(side, LABEL, True)
            texts.append((side, glyphs + (low + high) / 2 - (0.25 + width / 2, 0.0, 0.0)))
        if square and self.opened > 0.9 and abs(delta) > 1.0:
            texts.append((square, outlines(square, LABEL, True)[0] + (low + high + right) / 2))
        self.text.put(*texts)

    def _keep(self, high: Points) -> None:
        self.outline.points = _NOTHING
        if self.kept is not None:
            low = self.plane.at(self.x, float(self.kept.network(self.x)))
            theme = self.plane.theme
            self.outline.points = _square(low, high, 1.0)
            self.outline.set_stroke(theme.too_low if low[1] < high[1] else theme.too_high)


def _square(low: Points, high: Points, opened: float) -> Points:
    """The outline of the square at the right of the bar from `low` to `high`, this part of its width."""
    right = np.array([opened * abs(high[1] - low[1]), 0.0, 0.0])
    return corners(np.array([low, low + right, high + right, high, low]))
