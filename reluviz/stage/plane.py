"""A pair of axes in a box of the frame, and exact straight-line drawing in it."""

from __future__ import annotations

import math
from collections.abc import Callable, Iterable

import numpy as np
from manim import DOWN, LEFT, Line, VGroup, VMobject
from numpy.typing import ArrayLike, NDArray

from reluviz.stage.typesetting import figures, words
from reluviz.theme import SMALL, Theme

Points = NDArray[np.float64]


def corners(points: Points) -> Points:
    """Bezier points of the straight path through `points` (k, 3): what Manim's Cairo camera draws exactly."""
    if len(points) < 2:
        return np.zeros((0, 3))
    start, end = points[:-1], points[1:]
    path = np.empty((4 * len(start), 3))
    path[0::4], path[3::4] = start, end
    path[1::4] = start + (end - start) / 3
    path[2::4] = end - (end - start) / 3
    return path


def nice_step(span: float, most: int = 6) -> float:
    """The smallest step of 1, 2 or 5 times a power of ten that divides `span` into at most `most` parts."""
    power = 10.0 ** math.floor(math.log10(span / most))
    return next(power * factor for factor in (1, 2, 5, 10) if span / (power * factor) <= most + 1e-9)


class Plane(VGroup):
    """Axes for x in [x_low, x_high] and y in [y_low, y_high], filling a box of the frame.

    centre: of the box, (x, y). Ticks stand at round numbers, drawn without LaTeX; the axis y = 0 is a line where
    it lies inside. Everything in it stands still, so add it to a scene before what moves.
    """

    def __init__(
        self,
        theme: Theme,
        x_range: tuple[float, float],
        y_range: tuple[float, float],
        *,
        centre: tuple[float, float],
        width: float,
        height: float,
        x_ticks: Iterable[tuple[float, str]] | None = None,
        y_ticks: Iterable[tuple[float, str]] | None = None,
        x_map: Callable[[NDArray[np.float64]], NDArray[np.float64]] | None = None,
        grid: bool = True,
        tick_size: float = SMALL,
    ) -> None:
        super().__init__()
        self.theme = theme
        self.x_range, self.y_range = x_range, y_range
        self.box_width, self.box_height = width, height
        self.left_edge, self.bottom_edge = centre[0] - width / 2, centre[1] - height / 2
        self._x_map = x_map
        low, high = (float(v) for v in self._mapped(np.array(x_range)))
        self._x_low, self._x_scale = low, width / (high - low)
        self._y_scale = height / (y_range[1] - y_range[0])
        self._draw(x_ticks, y_ticks, grid, tick_size)

    def _mapped(self, x: NDArray[np.float64]) -> NDArray[np.float64]:
        return x if self._x_map is None else self._x_map(x)

    def at(self, x: ArrayLike, y: ArrayLike) -> Points:
        """The frame points of (x, y); shape (k, 3), or (3,) for two numbers."""
        x, y = np.broadcast_arrays(np.asarray(x, dtype=float), np.asarray(y, dtype=float))
        point = np.zeros((*x.shape, 3))
        point[..., 0] = self.left_edge + (self._mapped(x) - self._x_low) * self._x_scale
        point[..., 1] = self.bottom_edge + (y - self.y_range[0]) * self._y_scale
        return point

    def direction(self, slope: float, length: float) -> Points:
        """A vector of `length` frame units along a line of this slope (where x is not remapped)."""
        vector = np.array([self._x_scale, slope * self._y_scale, 0.0])
        return vector * (length / math.hypot(*vector[:2]))

    def slope_of(self, vector: Points) -> float:
        """The slope, in this plane's units, of a direction in the frame."""
        return float(vector[1] / vector[0] * self._x_scale / self._y_scale)

    def path(self, polyline: Points) -> Points:
        """Bezier points of a polyline (k, 2) in this plane, cut off exactly where it leaves the box's height."""
        low, high = self.y_range
        y = polyline[:, 1]
        if y.size and y.min() >= low and y.max() <= high:
            return corners(self.at(polyline[:, 0], y))
        pieces = []
        for (x0, y0), (x1, y1) in zip(polyline[:-1], polyline[1:], strict=True):
            cuts = [0.0, 1.0]
            if y1 != y0:
                cuts = sorted(min(max((level - y0) / (y1 - y0), 0.0), 1.0) for level in (low, high))
            elif not low <= y0 <= high:
                continue
            if cuts[0] < cuts[1]:
                part = np.array(cuts)
                pieces.append(corners(self.at(x0 + part * (x1 - x0), y0 + part * (y1 - y0))))
        return np.concatenate(pieces) if pieces else np.zeros((0, 3))

    def curve(self, polyline: Points, colour: str, width: float = 4.0, opacity: float = 1.0) -> VMobject:
        """A still polyline (k, 2) in this plane."""
        line = VMobject(stroke_color=colour, stroke_width=width, stroke_opacity=opacity)
        line.points = self.path(polyline)
        return line

    def _draw(
        self,
        x_ticks: Iterable[tuple[float, str]] | None,
        y_ticks: Iterable[tuple[float, str]] | None,
        grid: bool,
        tick_size: float,
    ) -> None:
        theme = self.theme
        x_ticks = list(round_ticks(self.x_range, 6) if x_ticks is None else x_ticks)
        y_ticks = list(round_ticks(self.y_range, 5) if y_ticks is None else y_ticks)
        floor = 0.0 if self.y_range[0] <= 0 <= self.y_range[1] else self.y_range[0]
        for y, label in y_ticks:
            if grid and y != floor:
                self.add(Line(*self.at(self.x_range, (y, y)), color=theme.faint, stroke_width=1.5))
            mark = words(label, theme.muted, tick_size)
            self.add(mark.next_to(self.at(self.x_range[0], y), LEFT, buff=0.16))
        self.add(Line(*self.at(self.x_range, (floor, floor)), color=theme.muted, stroke_width=2.5))
        for x, label in x_ticks:
            foot = self.at(x, self.y_range[0])
            self.add(Line(foot, foot + 0.1 * DOWN, color=theme.muted, stroke_width=2))
            mark = words(label, theme.muted, tick_size)
            mark.move_to(foot + 0.32 * DOWN).align_to(foot + 0.2 * DOWN, np.array([0.0, 1.0, 0.0]))
            self.add(mark)
        bottom = self.at(self.x_range, (self.y_range[0], self.y_range[0]))
        if floor != self.y_range[0]:
            self.add(Line(*bottom, color=theme.faint, stroke_width=2))


def round_ticks(span: tuple[float, float], most: int) -> list[tuple[float, str]]:
    """At most about `most` round numbers in `span`, each with its label."""
    step = nice_step(span[1] - span[0], most)
    decimals = max(0, -math.floor(math.log10(step) + 1e-9))
    first = math.ceil(span[0] / step - 1e-9)
    last = math.floor(span[1] / step + 1e-9)
    return [(k * step, figures(k * step, decimals)) for k in range(first, last + 1)]
