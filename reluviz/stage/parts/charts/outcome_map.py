"""A map of outcomes: two numbers of the start are its axes, and each of its cells is one whole training."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from manim import DOWN, LEFT, UP, Circle, VGroup, VMobject
from numpy.typing import NDArray

from reluviz.stage.plane import Plane, Points, corners, round_ticks
from reluviz.stage.typesetting import words
from reluviz.theme import SMALL, Theme

_OVERLAP = 0.004
"""Cells reach so far over their neighbours, or the background would shine through the seams."""


class OutcomeMap(VGroup):
    """The cells, one mobject an outcome, equal neighbours in a column joined. `show(part)` draws that part of them,
    in the order in which they are trained: column by column.

    xs, ys: the values on the axes, evenly spaced. outcomes: (len(xs), len(ys)), numbers of Outcome.
    plane: its axes, around the cells; add it to the scene before the map.
    """

    def __init__(
        self,
        theme: Theme,
        xs: Sequence[float],
        ys: Sequence[float],
        outcomes: NDArray[np.uint8],
        *,
        centre: tuple[float, float],
        size: float,
        names: tuple[str, str] = ("", ""),
    ) -> None:
        half_x, half_y = (0.5 * (values[1] - values[0]) for values in (xs, ys))
        x_range, y_range = (xs[0] - half_x, xs[-1] + half_x), (ys[0] - half_y, ys[-1] + half_y)
        box = {"centre": centre, "width": size, "height": size, "grid": False}
        box |= {"x_ticks": round_ticks((xs[0], xs[-1]), 5), "y_ticks": round_ticks((ys[0], ys[-1]), 5)}
        self.plane = Plane(theme, x_range, y_range, **box)  # type: ignore[arg-type]
        across, up = (words(name, theme.muted, SMALL) for name in names)
        middle = self.plane.at(sum(x_range) / 2, y_range[0])
        self.names = VGroup(
            across.next_to(middle, DOWN, buff=0.62),
            up.rotate(np.pi / 2).next_to(self.plane.at(x_range[0], sum(y_range) / 2), LEFT, buff=0.55),
        )
        self._columns = len(xs)
        self._points, self._until = [], []
        for kind in range(len(theme.outcomes)):
            pieces = [
                self._column(x - half_x, x + half_x, column == kind, ys, half_y)
                for x, column in zip(xs, outcomes, strict=True)
            ]
            self._points.append(np.concatenate(pieces))
            self._until.append(np.cumsum([0, *(len(piece) for piece in pieces)]))
        super().__init__(
            *(VMobject(fill_color=colour, fill_opacity=1, stroke_width=0) for colour in theme.outcomes)
        )
        self.show(1.0)

    def show(self, part: float) -> None:
        """Draws this part (0 to 1) of the columns."""
        columns = round(part * self._columns)
        for cells, points, until in zip(self.submobjects, self._points, self._until, strict=True):
            cells.points = points[: until[columns]]

    def pin(self, x: float, y: float, label: str = "", side: Sequence[float] = UP) -> VGroup:
        """A start marked on the map: a ring that stands out from every colour, and a label beside it."""
        theme = self.plane.theme
        here = self.plane.at(x, y)
        mark = VGroup(
            Circle(radius=0.13, color=theme.background, stroke_width=9).move_to(here),
            Circle(radius=0.13, color=theme.ink, stroke_width=4).move_to(here),
        )
        if label:
            name = words(label, theme.ink, SMALL, strong=True).next_to(here, np.array(side), buff=0.32)
            plate = VMobject(fill_color=theme.background, fill_opacity=0.9, stroke_width=0)
            low, high = name.get_corner(DOWN + LEFT) - (0.1, 0.08, 0), name.get_corner(-(DOWN + LEFT)) + (0.1, 0.08, 0)
            plate.points = _box(low[0], high[0], low[1], high[1])
            tag = VGroup(plate, name)
            inside = self.plane.left_edge + 0.1 - low[0]
            mark.add(tag.shift((max(inside, 0.0), 0.0, 0.0)))
        return mark

    def _column(
        self, left: float, right: float, chosen: NDArray[np.bool_], ys: Sequence[float], half: float
    ) -> Points:
        """The boxes of the chosen cells of a column, neighbours joined."""
        edges = np.flatnonzero(np.diff(np.concatenate(([0], chosen.astype(np.int8), [0]))))
        boxes = [np.zeros((0, 3))]
        for first, after in zip(edges[::2], edges[1::2], strict=True):
            low = self.plane.at(left, ys[first] - half) - _OVERLAP
            high = self.plane.at(right, ys[after - 1] + half) + _OVERLAP
            boxes.append(_box(low[0], high[0], low[1], high[1]))
        return np.concatenate(boxes)


def _box(left: float, right: float, bottom: float, top: float) -> Points:
    turns = [(left, bottom, 0), (right, bottom, 0), (right, top, 0), (left, top, 0), (left, bottom, 0)]
    return corners(np.array(turns, dtype=float))
