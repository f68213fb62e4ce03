"""The error of several runs against iterations, in one chart: which remedy helps how much."""

from __future__ import annotations

import numpy as np
from manim import LEFT, RIGHT, UP, Dot, VGroup, VMobject

from reluviz.analysis.loss import rms_error
from reluviz.core import Trajectory
from reluviz.core.network import Array
from reluviz.stage.charts import ROUND, iteration_ticks, log_iteration
from reluviz.stage.plane import Plane
from reluviz.stage.theme import BODY, LABEL, SMALL, Theme
from reluviz.stage.typesetting import words

_MARKS = (0.003, 0.01, 0.03, 0.1, 0.3, 1.0, 3.0)
_PLACES = 60
_WINDOW = 0.1
_STATES = 7
"""Each point is the root mean square over so many states within 10 % of its iteration: single samples are noise."""


def typical_errors(run: Trajectory, first: int) -> Array:
    """(iteration, root mean squared residual over the data) from `first` to the run's end; shape (k, 2)."""
    places = ROUND * np.expm1(np.linspace(np.log1p(first / ROUND), np.log1p(run.last / ROUND), _PLACES))
    rows = []
    for place in places:
        half = min(_WINDOW * place, run.last - place)
        around = np.linspace(place - half, place + half, _STATES)
        squares = [rms_error(run, round(float(at))) ** 2 for at in around]
        rows.append((place, np.sqrt(np.mean(squares))))
    return np.array(rows)


class ErrorChart(VGroup):
    """A line a run on logarithmic axes, its name and last iteration in its colour at its end.

    runs: (name, colour, run), the one to stand out last. Parts to bring in one at a time: `still` (axes) and
    `entry(k)` (line, end and label of the k-th run, from 0).
    """

    def __init__(self, theme: Theme, runs: list[tuple[str, str, Trajectory]], first: int = 100) -> None:
        tables = [typical_errors(run, first) for _, _, run in runs]
        last = max(run.last for _, _, run in runs)
        errors = np.concatenate([table[:, 1] for table in tables])
        least = 0.8 * float(errors.min())  # the bottom of the chart, height 0
        for table in tables:
            table[:, 1] = np.log10(table[:, 1] / least)
        self.plane = Plane(
            theme,
            (float(first), float(last)),
            (0.0, float(np.log10(errors.max() / least)) + 0.05),
            centre=(-1.3, -0.25),
            width=9.1,
            height=4.9,
            x_ticks=[tick for tick in iteration_ticks(last) if tick[0] >= first],
            y_ticks=[(float(np.log10(v / least)), f"{v:g}") for v in _MARKS if least < v <= errors.max()],
            x_map=log_iteration,
        )
        left, right = self.plane.x_range
        top, bottom = self.plane.y_range[1], self.plane.y_range[0]
        name = words("typical error", theme.muted, LABEL).next_to(self.plane.at(left, top), UP, buff=0.14)
        foot = words("iterations", theme.muted, SMALL).move_to(self.plane.at(right, bottom) - (0, 0.62, 0))
        name.align_to(self.plane.at(left, top), LEFT)
        self.still = VGroup(self.plane, name, foot.align_to(self.plane.at(right, bottom), RIGHT))
        heights = _apart([float(self.plane.at(right, table[-1, 1])[1]) for table in tables], 0.85)
        self._entries = []
        for (title, colour, run), table, height in zip(runs, tables, heights, strict=True):
            line = VMobject(stroke_color=colour, stroke_width=5)
            line.points = self.plane.path(table)
            end = Dot(self.plane.at(table[-1, 0], table[-1, 1]), radius=0.09, color=colour)
            label = words(title, colour, BODY, strong=True)
            count = words(f"{run.last:,} iterations", theme.muted, SMALL)
            block = VGroup(label, count.next_to(label, -UP, buff=0.1).align_to(label, LEFT))
            block.move_to((self.plane.at(right, 0.0)[0] + 0.35, height, 0.0), aligned_edge=LEFT)
            self._entries.append(VGroup(line, end, block))
        super().__init__(self.still, *self._entries)

    def entry(self, index: int) -> VGroup:
        """All that belongs to the run with this index (from 0): line, end, label."""
        return self._entries[index]


def _apart(heights: list[float], gap: float) -> list[float]:
    """The heights, moved apart as little as a sweep from the top needs, so that neighbours differ by `gap`."""
    placed: dict[int, float] = {}
    lowest = np.inf
    for k in sorted(range(len(heights)), key=lambda i: -heights[i]):
        lowest = min(heights[k], lowest - gap)
        placed[k] = lowest
    # A pile that sank below its members is lifted back over their middle.
    ranked = [placed[k] for k in range(len(heights))]
    sunk = min(ranked) - min(heights)
    return [height - 0.5 * sunk if sunk < 0 and height < max(heights) - 1e-9 else height for height in ranked]
