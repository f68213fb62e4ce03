"""The error of several runs against iterations, in one chart: which remedy helps, and from when on."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from manim import DOWN, LEFT, RIGHT, UP, Circle, VGroup, VMobject
from scipy.optimize import isotonic_regression

from reluviz.core import Trajectory
from reluviz.core.measure import rms, rms_error
from reluviz.core.network import Array
from reluviz.stage.parts.charts.charts import ROUND, iteration_ticks, log_iteration
from reluviz.stage.parts.gestures.look import Turn
from reluviz.stage.plane import Plane, corners
from reluviz.stage.typesetting import words
from reluviz.theme import BODY, LABEL, SMALL, Theme

_PLACES = 60
_WINDOW = 0.1
_STATES = 7
"""Each point is the root mean square over so many states within 10 % of its iteration: single samples are noise."""

_PITCH = 0.88
"""The least distance between the names at the right."""

_TINY = 1e-9
"""Heights are the decades above this error: no error is as small, so the line y = 0 stays outside the picture."""

_ROUND_ERRORS = [float(f"{m}e{p}") for p in range(-6, 4) for m in (1, 3)]


def typical_errors(run: Trajectory, first: int) -> Array:
    """(iteration, root mean squared residual over the data) from `first` to the run's end; shape (k, 2)."""
    places = ROUND * np.expm1(np.linspace(log_iteration(np.array(first)), log_iteration(np.array(run.last)), _PLACES))
    rows = []
    for place in places:
        half = max(min(_WINDOW * place, run.last - place), 0.0)
        around = np.linspace(place - half, place + half, _STATES)
        rows.append((place, rms([rms_error(run, round(float(at))) for at in around])))
    return np.array(rows)


def spaced(heights: Sequence[float], gap: float) -> list[float]:
    """The heights, moved as little as possible (in the sum of squares) so that neighbours differ by `gap`."""
    order = np.argsort(heights, kind="stable")
    steps = gap * np.arange(len(heights))
    placed = np.empty(len(heights))
    placed[order] = isotonic_regression(np.asarray(heights)[order] - steps).x + steps
    return [float(height) for height in placed]


class ErrorChart:
    """A line a run on logarithmic axes, all up to the same iteration; its name at the right, in its colour.

    runs: (name, colour, run). `still`: axes and names. `moving`: the lines, a dot at the present end of each and,
    from where a run has stopped, the count of its iterations below its name; set by `show(iteration)` alone.
    """

    def __init__(self, theme: Theme, runs: list[tuple[str, str, Trajectory]], first: int = 100) -> None:
        self.theme, self.first = theme, first
        self.last = max(run.last for _, _, run in runs)
        self._tables = [typical_errors(run, first) for _, _, run in runs]
        for table in self._tables:
            table[:, 1] = np.log10(table[:, 1] / _TINY)
        errors = np.concatenate([table[:, 1] for table in self._tables])
        low, high = float(errors.min()) - 0.15, float(errors.max()) + 0.1
        self.plane = Plane(
            theme,
            (float(first), float(self.last)),
            (low, high),
            centre=(-1.35, -0.3),
            width=9.2,
            height=4.9,
            x_ticks=[tick for tick in iteration_ticks(self.last) if tick[0] >= first],
            y_ticks=[(y, f"{v:g}") for v in _ROUND_ERRORS if low < (y := float(np.log10(v / _TINY))) < high],
            x_map=log_iteration,
        )
        self._lines = [VMobject(stroke_color=colour, stroke_width=5) for _, colour, _ in runs]
        self._dots = [VMobject(fill_color=colour, fill_opacity=1, stroke_width=0) for _, colour, _ in runs]
        self._dot = Circle(radius=0.09).points
        names, self._counts = self._names_at_the_ends(runs)
        self.still = VGroup(self.plane, self._axis_names(), *names)
        self.moving = VGroup(*self._lines, *self._dots, *self._counts)
        self.show(first)

    def show(self, iteration: float) -> None:
        """Draws every run up to `iteration`, or to its end where that comes first."""
        now = max(iteration, self.first)
        for table, line, dot, count in zip(self._tables, self._lines, self._dots, self._counts, strict=True):
            until = min(now, table[-1, 0])
            so_far = table[table[:, 0] <= until]
            end = self._end_of(table, until)
            line.points = corners(np.concatenate((self.plane.at(so_far[:, 0], so_far[:, 1]), end[None])))
            dot.points = self._dot + end
            count.set_opacity(1.0 if now >= table[-1, 0] else 0.0)

    def sweep(self, first: float, last: float, seconds: float) -> Turn:
        """Runs from one iteration to another, evenly along the axis."""
        start, end = (float(log_iteration(np.array(max(at, self.first)))) for at in (first, last))
        return Turn(
            self.moving, lambda part: self.show(ROUND * float(np.expm1(start + part * (end - start)))), seconds
        )

    def note(self, index: int, iteration: float, text: str) -> VGroup:
        """A remark above the line of the run with this index (from 0), at an iteration."""
        place = self._end_of(self._tables[index], iteration)
        ring = Circle(radius=0.17, color=self.theme.ink, stroke_width=4).move_to(place)
        return VGroup(ring, words(text, self.theme.ink, LABEL).next_to(ring, UP, buff=0.22))

    def _end_of(self, table: Array, iteration: float) -> Array:
        """The frame point of a run's line at an iteration; on the straight line between two points."""
        x = log_iteration(table[:, 0])
        return self.plane.at(iteration, np.interp(log_iteration(np.array(iteration)), x, table[:, 1]))

    def _names_at_the_ends(self, runs: list[tuple[str, str, Trajectory]]) -> tuple[list[VMobject], list[VMobject]]:
        left = self.plane.at(self.last, 0.0)[0] + 0.3
        heights = spaced([float(self.plane.at(self.last, table[-1, 1])[1]) for table in self._tables], _PITCH)
        names, counts = [], []
        for (name, colour, run), height in zip(runs, heights, strict=True):
            title = words(name, colour, BODY, strong=True).move_to((left, height + 0.12, 0.0), aligned_edge=LEFT)
            count = words(f"{run.last:,} iterations", self.theme.muted, SMALL)
            names.append(title)
            counts.append(count.next_to(title, DOWN, buff=0.07).align_to(title, LEFT))
        return names, counts

    def _axis_names(self) -> VGroup:
        (left, right), (bottom, top) = self.plane.x_range, self.plane.y_range
        height = words("typical error", self.theme.muted, LABEL).next_to(self.plane.at(left, top), UP, buff=0.14)
        foot = words("iterations", self.theme.muted, SMALL).move_to(self.plane.at(right, bottom) - (0, 0.62, 0))
        return VGroup(
            height.align_to(self.plane.at(left, top), LEFT),
            foot.align_to(self.plane.at(right, bottom), RIGHT),
        )

