"""A map of outcomes: two numbers of the start are its axes, and each of its cells is one whole training."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from manim import DOWN, LEFT, UP, Circle, Polygon, Square, VGroup, VMobject
from numpy.typing import NDArray

from reluviz.stage.parts.gestures.look import Turn
from reluviz.stage.plane import Plane, Points, corners
from reluviz.stage.ticks import round_ticks
from reluviz.stage.typesetting import words
from reluviz.theme import LABEL, SMALL, Theme

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
        names: tuple[str, str] | None = None,
    ) -> None:
        half_x, half_y = (0.5 * (values[1] - values[0]) for values in (xs, ys))
        x_range, y_range = (xs[0] - half_x, xs[-1] + half_x), (ys[0] - half_y, ys[-1] + half_y)
        box = {"centre": centre, "width": size, "height": size, "grid": False}
        box |= {"x_ticks": round_ticks((xs[0], xs[-1]), 5), "y_ticks": round_ticks((ys[0], ys[-1]), 5)}
        self.plane = Plane(theme, x_range, y_range, **box)  # type: ignore[arg-type]
        self.names = VGroup()
        if names is not None:  # clear of tick labels of any length
            across, up = (words(name, theme.muted, SMALL) for name in names)
            across.next_to(self.plane, DOWN, buff=0.2).set_x(centre[0])
            up.rotate(np.pi / 2).next_to(self.plane, LEFT, buff=0.2).set_y(centre[1])
            self.names.add(across, up)
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


def near_the_first(chart: OutcomeMap, width: float) -> VGroup:
    """The part of a map where either start is within `width` of the lower end of its axis, framed."""
    plane = chart.plane
    (low, right), (bottom, top) = plane.x_range, plane.y_range
    turns = [(low, bottom), (right, bottom), (right, width), (width, width), (width, top), (low, top)]
    around = [plane.at(x, y) for x, y in turns]
    theme = plane.theme
    return VGroup(*(Polygon(*around, color=c, stroke_width=w) for c, w in ((theme.background, 11), (theme.ink, 6))))


def laid_down(chart: OutcomeMap, plane: Plane, run_time: float) -> Turn:
    """The map sinks to its axis, which becomes that of another plane."""
    own = chart.plane
    before = [cells.points for cells in chart]
    scale = (own.x_range[1] - own.x_range[0]) / own.box_width
    after = [plane.at(own.x_range[0] + (points[:, 0] - own.left_edge) * scale, plane.y_range[0]) for points in before]

    def show(part: float) -> None:
        for cells, here, there in zip(chart, before, after, strict=True):
            cells.points = here + part * (there - here)

    return Turn(chart, show, run_time)


def legend(theme: Theme, names: Sequence[tuple[int, str]], corner: tuple[float, float]) -> VGroup:
    """What the colours of outcomes mean: rows of a swatch and a name, the first one's left end at `corner`."""
    rows = VGroup()
    for k, (outcome, name) in enumerate(names):
        here = np.array((corner[0], corner[1] - 0.7 * k, 0.0))
        swatch = Square(0.34, fill_color=theme.outcomes[outcome], fill_opacity=1, stroke_width=0).move_to(here)
        text = words(name, theme.ink, LABEL)
        rows.add(VGroup(swatch, text.move_to(here + (0.4 + text.width / 2, 0.0, 0.0))))
    return rows


def _box(left: float, right: float, bottom: float, top: float) -> Points:
    turns = [(left, bottom, 0), (right, bottom, 0), (right, top, 0), (left, top, 0), (left, bottom, 0)]
    return corners(np.array(turns, dtype=float))
