"""A pair of axes in a box of the frame, and exact straight-line drawing in it."""

from __future__ import annotations

import math
from collections.abc import Callable, Iterable

import numpy as np
from manim import VGroup, VMobject
from numpy.typing import ArrayLike, NDArray

from reluviz.stage.looks import Look, Range
from reluviz.stage.ticks import Ticks, round_ticks
from reluviz.stage.typesetting import Labels, outlines
from reluviz.theme import SAFE_X, SAFE_Y, SMALL, Theme

Points = NDArray[np.float64]

_FIRST = 0.4
"""In this part of a zoom the numbers go that will not stay, and in as much of its end the new ones come."""

_NOTHING: Points = np.zeros((0, 3))


def corners(points: Points) -> Points:
    """Bezier points of the straight path through `points` (k, 3): what Manim's Cairo camera draws exactly."""
    if len(points) < 2:
        return _NOTHING
    return segments(points[:-1], points[1:])


def segments(starts: Points, ends: Points) -> Points:
    """Bezier points of straight lines, one from each of `starts` (k, 3) to its end."""
    path = np.empty((4 * len(starts), 3))
    path[0::4], path[3::4] = starts, ends
    path[1::4] = starts + (ends - starts) / 3
    path[2::4] = ends - (ends - starts) / 3
    return path


class Plane(VGroup):
    """Axes for x in [x_low, x_high] and y in [y_low, y_high], filling a box of the frame.

    centre: of the box, (x, y). Ticks stand at round numbers, drawn without LaTeX; the axis y = 0 is a line where
    it lies inside. below: room under the box (for the wake); the x ticks' numbers stand under it, and faint lines
    lead down to them. Everything in it stands still but for `look_at`, so add it to a scene before what moves.
    """

    def __init__(
        self,
        theme: Theme,
        x_range: Range,
        y_range: Range,
        *,
        centre: tuple[float, float],
        width: float,
        height: float,
        below: float = 0.0,
        x_ticks: Iterable[tuple[float, str]] | None = None,
        y_ticks: Iterable[tuple[float, str]] | None = None,
        x_map: Callable[[NDArray[np.float64]], NDArray[np.float64]] | None = None,
        grid: bool = True,
    ) -> None:
        self.theme = theme
        self._x_map, self._grid = x_map, grid
        self._given = tuple(None if ticks is None else list(ticks) for ticks in (x_ticks, y_ticks))
        self.grid = VMobject(stroke_color=theme.faint, stroke_width=1.5)
        self.axis = VMobject(stroke_color=theme.muted, stroke_width=2.5)
        self.numbers, self.passing = Labels(theme.muted), Labels(theme.muted)
        super().__init__(self.grid, self.axis, self.numbers, self.passing)
        self.look_at(Look(x_range, y_range, centre, width, height, below))

    def look_at(self, look: Look) -> None:
        """Shows this look."""
        self._place(look)
        self._draw_lines(*self._ticks(look))
        self._name(self._ticks(look))

    def travel(self, before: Look, after: Look, part: float) -> None:
        """Is at `part` (0 to 1) of the way between two looks. The numbers that will not stay go first, then the new
        ones come: so none lies over another."""
        if part >= 1.0:
            self.look_at(after)
            return
        self._place(before.towards(after, part))
        ways = list(zip(self._ticks(before), self._ticks(after), strict=True))
        leaving, staying, coming = (
            tuple([tick for tick in ticks if (tick in others) == kept] for ticks, others in pairs)
            for pairs, kept in ((ways, False), (ways, True), ([way[::-1] for way in ways], False))
        )
        early, late = part < _FIRST, part > 1.0 - _FIRST
        passing = leaving if early else coming if late else ((), ())
        self._draw_lines(*([*stays, *passes] for stays, passes in zip(staying, passing, strict=True)))
        self._name(staying, passing, 1.0 - part / _FIRST if early else (part - 1.0) / _FIRST + 1.0)

    def _name(self, ticks: tuple[Ticks, ...], passing: tuple[Ticks, ...] = ((), ()), seen: float = 0.0) -> None:
        self.numbers.put(*self._numbers(*ticks))
        self.passing.put(*self._numbers(*passing))
        self.passing.set_fill(opacity=min(max(seen, 0.0), 1.0))

    def _place(self, look: Look) -> None:
        self.look = look
        self.x_range, self.y_range = look.x_range, look.y_range
        self.box_width, self.box_height = look.width, look.height
        self.left_edge, self.bottom_edge = look.centre[0] - look.width / 2, look.centre[1] - look.height / 2
        self.right_edge, self.top_edge = self.left_edge + look.width, self.bottom_edge + look.height
        low, high = (float(v) for v in self._mapped(np.array(look.x_range)))
        self._x_low, self._x_scale = low, look.width / (high - low)
        self._y_scale = look.height / (look.y_range[1] - look.y_range[0])

    @property
    def floor(self) -> float:
        """The y on which discs and samples stand: 0, or above a wake where graphs go below zero the foot, a rail."""
        low, high = self.y_range
        return 0.0 if low <= 0.0 <= high and (-low <= 0.3 * high or not self.look.below) else low

    @property
    def foot(self) -> float:
        """The frame's y where the wake ends."""
        return self.bottom_edge - self.look.below

    def _mapped(self, x: NDArray[np.float64]) -> NDArray[np.float64]:
        return x if self._x_map is None else self._x_map(x)

    def at(self, x: ArrayLike, y: ArrayLike) -> Points:
        """The frame points of (x, y); shape (k, 3), or (3,) for two numbers."""
        x, y = np.broadcast_arrays(np.asarray(x, dtype=float), np.asarray(y, dtype=float))
        point = np.zeros((*x.shape, 3))
        point[..., 0] = self.left_edge + (self._mapped(x) - self._x_low) * self._x_scale
        point[..., 1] = self.bottom_edge + (y - self.y_range[0]) * self._y_scale
        return point

    def on_floor(self, x: ArrayLike) -> Points:
        """The frame points on the line on which discs and samples stand."""
        return self.at(x, self.floor)

    def direction(self, slope: float, length: float) -> Points:
        """A vector of `length` frame units along a line of this slope (where x is not remapped)."""
        vector = np.array([self._x_scale, slope * self._y_scale, 0.0])
        return vector * (length / math.hypot(*vector[:2]))

    def path(self, polyline: Points) -> Points:
        """Bezier points of a polyline (k, 2), x not decreasing, in this plane, cut off exactly at the box's edges."""
        x, y = polyline[:, 0], polyline[:, 1]
        starts, ends = polyline[:-1], polyline[1:]
        if not x.size:
            return _NOTHING
        if x[0] >= self.x_range[0] and x[-1] <= self.x_range[1] and y.min() >= self.y_range[0] and (
            y.max() <= self.y_range[1]
        ):
            return corners(self.at(x, y))
        first, last = np.zeros(len(starts)), np.ones(len(starts))
        with np.errstate(divide="ignore", invalid="ignore"):
            for axis, (low, high) in enumerate((self.x_range, self.y_range)):
                start, way = starts[:, axis], ends[:, axis] - starts[:, axis]
                cuts = np.sort(np.array([(low - start) / way, (high - start) / way]), axis=0)
                level = way == 0
                inside = (low <= start) & (start <= high)
                first = np.maximum(first, np.where(level, np.where(inside, 0.0, 2.0), cuts[0]))
                last = np.minimum(last, np.where(level, np.where(inside, 1.0, -1.0), cuts[1]))
        seen = first < last
        way = (ends - starts)[seen]
        begin, end = (starts[seen] + part[seen, None] * way for part in (first, last))
        return segments(self.at(*begin.T), self.at(*end.T))

    def curve(self, polyline: Points, colour: str, width: float = 4.0, opacity: float = 1.0) -> VMobject:
        """A still polyline (k, 2) in this plane."""
        line = VMobject(stroke_color=colour, stroke_width=width, stroke_opacity=opacity)
        line.points = self.path(polyline)
        return line

    def _ticks(self, look: Look) -> tuple[Ticks, ...]:
        if look.size < 1.0:
            return (), ()
        x, y = self._given
        return round_ticks(look.x_range, 6) if x is None else x, round_ticks(look.y_range, 5) if y is None else y

    def _draw_lines(self, x_ticks: Ticks, y_ticks: Ticks) -> None:
        low, high = self.y_range
        zero = 0.0 if low <= 0 <= high else low
        levels = [y for y, _ in y_ticks if self._grid and y != zero and low <= y <= high]
        if zero != low and not self.look.below and self._grid:
            levels.append(low)
        left, right = self.x_range
        faint = [segments(self.at(left, levels), self.at(right, levels))]
        posts = self.at([x for x, _ in x_ticks if left <= x <= right], low)
        marks = [segments(self.at([left], zero), self.at([right], zero))]
        if self.look.below:
            tops = posts + (0.0, self.at(left, self.floor)[1] - self.bottom_edge, 0.0)
            faint.append(segments(tops, posts - (0.0, self.look.below, 0.0)))
            if self.floor != zero:
                marks.append(segments(self.at([left], low), self.at([right], low)))
        else:
            marks.append(segments(posts, posts - (0.0, 0.1, 0.0)))
        self.grid.points = np.concatenate(faint)
        self.axis.points = np.concatenate(marks)

    def _numbers(self, x_ticks: Ticks, y_ticks: Ticks) -> list[tuple[str, Points]]:
        (left, right), (low, high) = self.x_range, self.y_range
        parts = []
        for y, label in y_ticks:
            # Below zero the wake has its own numbers in this column: 0 is where it starts.
            if low <= y <= high and not (self.look.below and y == self.floor):
                glyphs, width, _ = outlines(label, SMALL)
                parts.append((label, glyphs + self.at(left, y) - (0.16 + width / 2, 0.0, 0.0)))
        for x, label in x_ticks:
            if left <= x <= right:
                glyphs, width, height = outlines(label, SMALL)
                under = self.at(x, low) - (0.0, self.look.below + 0.2 + height / 2, 0.0)
                inside = np.clip(under, (-SAFE_X, height / 2 - SAFE_Y, 0.0), (SAFE_X - width / 2, SAFE_Y, 0.0))
                parts.append((label, glyphs + inside))
        return parts
