"""The error of several runs against iterations, in one chart: which remedy helps, and from when on."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from manim import LEFT, RIGHT, UP, Circle, VGroup, VMobject, linear

from reluviz.core import Trajectory
from reluviz.core.measure import rms, rms_to_target
from reluviz.core.network import Array
from reluviz.stage.parts.apart import apart
from reluviz.stage.parts.charts.charts import ROUND, iteration_ticks, log_iteration
from reluviz.stage.parts.gestures.look import Turn
from reluviz.stage.parts.moment import State
from reluviz.stage.plane import Plane, Points, corners, segments
from reluviz.stage.typesetting import words
from reluviz.theme import LABEL, SMALL, Theme

_PLACES = 60
_WINDOW = 0.1
_STATES = 7
"""Each point is the root mean square over so many states within 10 % of its iteration: single samples are noise."""

_PITCH = 0.42
"""The least distance between the names at the right."""

_STYLES = ((5.0, 0.0), (5.0, 0.14), (2.5, 0.0), (9.0, 0.0))
"""Stroke width and length of dashes (0: none) of the lines, in order: the ways of runs have no colours to tell them."""

_TINY = 1e-9
"""Heights are the decades above this error: no error is as small, so the line y = 0 stays outside the picture."""

_DOT: Points = Circle(radius=0.09).points
_RING: Points = Circle(radius=0.17).points
_ROUND_ERRORS = [float(f"{m}e{p}") for p in range(-6, 4) for m in (1, 3)]


def typical_errors(run: Trajectory, first: int) -> Array:
    """(iteration, typical error over the data) from `first` to the run's end; shape (k, 2)."""
    places = ROUND * np.expm1(np.linspace(log_iteration(np.array(first)), log_iteration(np.array(run.last)), _PLACES))
    rows = []
    for place in places:
        half = max(min(_WINDOW * place, run.last - place), 0.0)
        around = np.linspace(place - half, place + half, _STATES)
        rows.append((place, rms([rms_to_target(run, round(float(at))) for at in around])))
    return np.array(rows)


def spaced(heights: Array, gap: float) -> Array:
    """The heights, in any order, moved as little as possible so that neighbours differ by `gap`."""
    order, placed = np.argsort(heights, kind="stable"), np.empty(len(heights))
    placed[order] = apart(heights[order], np.full(len(heights) - 1, gap))
    return placed


class ErrorChart(VGroup):
    """A line a run on logarithmic axes, all up to the same iteration, its name at the right.

    runs: (name, run), four at most. `still`: axes and names. The chart itself moves: the lines, a dot at the present
    end of each and, once training has stopped because all of it fits, a ring there and the count of iterations
    beside the name; a part of the rig of any run that goes as far.
    """

    def __init__(
        self,
        theme: Theme,
        runs: Sequence[tuple[str, Trajectory]],
        *,
        centre: tuple[float, float],
        width: float,
        height: float,
        first: int = 10,
    ) -> None:
        self.theme, self.first = theme, first
        self.last = max(run.last for _, run in runs)
        self._stopped = [run.last < run.experiment.iterations for _, run in runs]
        self._tables = [typical_errors(run, first) for _, run in runs]
        for table in self._tables:
            table[:, 1] = np.log10(table[:, 1] / _TINY)
        errors = np.concatenate([table[:, 1] for table in self._tables])
        low, high = float(errors.min()) - 0.15, float(errors.max()) + 0.1
        self.plane = Plane(
            theme,
            (float(first), float(self.last)),
            (low, high),
            centre=centre,
            width=width,
            height=height,
            x_ticks=[tick for tick in iteration_ticks(self.last) if tick[0] >= first],
            y_ticks=[(y, f"{v:g}") for v in _ROUND_ERRORS if low < (y := float(np.log10(v / _TINY))) < high],
            x_map=log_iteration,
        )
        widths, self._dashes = zip(*_STYLES[: len(runs)], strict=True)
        self._lines = [VMobject(stroke_color=theme.ink, stroke_width=width) for width in widths]
        self._dots = VMobject(fill_color=theme.ink, fill_opacity=1, stroke_width=0)
        self._ends = VMobject(stroke_color=theme.accent, stroke_width=4)
        self.names, self._counts = self._names_at_the_ends(runs)
        self.still = VGroup(self.plane, self._axis_names(), *self.names)
        super().__init__(*self._lines, self._dots, self._ends, *self._counts)
        self.draw(first)

    def show(self, moment: State) -> None:
        """Draws every run up to the moment's iteration."""
        self.draw(moment.iteration)

    def draw(self, iteration: float) -> None:
        """Draws every run up to `iteration`, or to its end where that comes first."""
        now = max(iteration, self.first)
        dots, rings = [], [np.zeros((0, 3))]
        each = zip(self._tables, self._lines, self._dashes, self._counts, self._stopped, strict=True)
        for table, line, dash, count, stopped in each:
            until = min(now, table[-1, 0])
            so_far = table[table[:, 0] <= until]
            end = self._end_of(table, until)
            path = np.concatenate((self.plane.at(so_far[:, 0], so_far[:, 1]), end[None]))
            line.points = dashed(path, dash) if dash else corners(path)
            dots.append(_DOT + end)
            over = stopped and now >= table[-1, 0]
            rings += [_RING + end] if over else []
            count.set_opacity(1.0 if over else 0.0)
        self._dots.points, self._ends.points = np.concatenate(dots), np.concatenate(rings)

    def height(self, error: float) -> float:
        """The plane's y of a typical error."""
        return float(np.log10(error / _TINY))

    def sweep(self) -> Turn:
        """Draws all of it, evenly along the axis."""
        ends = log_iteration(np.array((self.first, self.last)))

        def show(part: float) -> None:
            self.draw(ROUND * float(np.expm1(ends[0] + part * (ends[1] - ends[0]))))

        return Turn(self, show, rate_func=linear)

    def _end_of(self, table: Array, iteration: float) -> Array:
        """The frame point of a run's line at an iteration; on the straight line between two points."""
        x = log_iteration(table[:, 0])
        return self.plane.at(iteration, np.interp(log_iteration(np.array(iteration)), x, table[:, 1]))

    def _names_at_the_ends(self, runs: Sequence[tuple[str, Trajectory]]) -> tuple[list[VMobject], list[VMobject]]:
        left = self.plane.at(self.last, 0.0)[0] + 0.3
        heights = spaced(np.array([self.plane.at(self.last, table[-1, 1])[1] for table in self._tables]), _PITCH)
        names, counts = [], []
        for (name, run), height in zip(runs, heights, strict=True):
            title = words(name, self.theme.ink, LABEL, strong=True).move_to((left, height, 0.0), aligned_edge=LEFT)
            names.append(title)
            counts.append(words(f"{run.last:,}", self.theme.accent, SMALL).next_to(title, RIGHT, buff=0.2))
        return names, counts

    def _axis_names(self) -> VGroup:
        corner = self.plane.at(self.plane.x_range[0], self.plane.y_range[1])
        error = words("typical error, logarithmic", self.theme.muted, SMALL)
        time = words("iterations, logarithmic", self.theme.muted, SMALL)
        error.next_to(corner, UP, buff=0.14).align_to(corner, LEFT)
        return VGroup(error, time.move_to((corner[0], self.plane.bottom_edge - 0.72, 0.0), aligned_edge=LEFT))


def dashed(path: Points, length: float) -> Points:
    """The path (k, 3) in dashes and gaps of this length, in frame units."""
    along = np.concatenate(([0.0], np.cumsum(np.linalg.norm(np.diff(path, axis=0), axis=1))))
    starts = np.arange(0.0, max(along[-1], 1e-9), 2 * length)
    ends = np.minimum(starts + length, along[-1])
    at = [np.column_stack([np.interp(s, along, path[:, k]) for k in range(3)]) for s in (starts, ends)]
    return segments(*at)
