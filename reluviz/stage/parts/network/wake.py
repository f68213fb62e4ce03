"""The wake: where each origin was, flowing down below the axis as the film runs."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from manim import VGroup, VMobject
from numpy.typing import NDArray

from reluviz.analysis.averages import PathMeans
from reluviz.core import Trajectory
from reluviz.core.network import Array
from reluviz.stage.parts.apart import apart
from reluviz.stage.parts.moment import Moment
from reluviz.stage.parts.window import epoch_of, stretch
from reluviz.stage.plane import Plane, Points, corners, segments
from reluviz.stage.typesetting import Labels, outlines
from reluviz.theme import SMALL, SUBSCRIPT

WIDEST = 0.5
"""The width, in frame units, of the stream of the steepest slope."""

_POINTS = 180
"""Points, about, of a stream: thirty for each second of film where the wake is six deep."""

_THINNEST = 0.03
_FAINT = 0.22
_NOTHING = np.zeros((0, 3))


class Wake(VGroup):
    """For each neuron a stream of its averaged origins, as wide as its slope is steep.

    Filled where the slope is positive, an outline with a faint fill where it is negative. groups: neurons (from 0)
    that become one, each from left to right: where their streams would overlap they lie side by side, so that the
    widths add up. steepest: the slope whose stream is WIDEST wide (else the run's own), so that two runs compare.
    strength: how strongly each neuron is shown, 1 unless a film dims it; (n,).
    """

    def __init__(
        self,
        plane: Plane,
        run: Trajectory,
        *,
        groups: Sequence[Sequence[int]] = (),
        steepest: float | None = None,
    ) -> None:
        theme = plane.theme
        self.plane, self.groups = plane, groups
        self._means, self._epoch = _means(run), epoch_of(run)
        self._past: tuple[PathMeans, Moment, float] | None = None
        self.width_of_one = WIDEST / (steepest or steepest_slope(run))
        colours = [theme.neuron(i) for i in range(run.neurons)]
        self.filled = [VMobject(fill_color=c, fill_opacity=1.0, stroke_width=0) for c in colours]
        self.hollow = [
            VMobject(fill_color=c, fill_opacity=_FAINT, stroke_color=c, stroke_width=2.5) for c in colours
        ]
        self.strength = np.ones(run.neurons)
        self._lit = np.ones(run.neurons)
        super().__init__(*self.filled, *self.hollow)

    def show(self, moment: Moment) -> None:
        """Draws every stream down to the wake's foot, or to the film's first second."""
        depths, origins, weights = self.streams(moment)
        y = heights(self.plane, depths)
        x = self.plane.at(origins, 0.0)[..., 0]
        widest, one = np.array((2 * WIDEST, self.width_of_one)) * self.plane.look.size
        half = np.clip(np.abs(weights) * one, _THINNEST, widest) / 2
        for group in self.groups:
            members = list(group)
            x[:, members] = side_by_side(x[:, members], half[:, members])
        edges = (self.plane.left_edge, self.plane.right_edge)
        left, right = np.clip(x - half, *edges), np.clip(x + half, *edges)
        for i, (filled, hollow) in enumerate(zip(self.filled, self.hollow, strict=True)):
            self._light(i, float(self.strength[i]))
            seen = left[:, i] < right[:, i]
            for part, here in ((filled, seen & (weights[:, i] >= 0)), (hollow, seen & (weights[:, i] < 0))):
                part.points = _bands(left[:, i], right[:, i], y, here)

    def _light(self, i: int, strength: float) -> None:
        if self._lit[i] != strength:
            self._lit[i] = strength
            self.filled[i].set_fill(opacity=strength)
            self.hollow[i].set_fill(opacity=_FAINT * strength).set_stroke(opacity=strength)

    def streams(self, moment: Moment) -> tuple[Array, Array, Array]:
        """Depths in seconds of film (k,), and the averaged origins and weights there; (k, n)."""
        reach, every = self.plane.look.seconds, self.plane.look.seconds / _POINTS
        depths = _depths(moment.second, reach, every)
        means = _past_states(self._means, moment, depths, self._epoch)
        if self._past is not None and moment.second < reach:
            earlier, past, epoch = self._past
            before = _depths(past.second, reach - moment.second, every)
            depths = np.concatenate((depths, moment.second + before))
            means = np.concatenate((means, _past_states(earlier, past, before, epoch)))
        return depths, means[:, 0], means[:, 1]

    @property
    def earlier(self) -> float:
        """Seconds of film that an earlier run was shown, before `go_on`."""
        return 0.0 if self._past is None else self._past[1].second

    def go_on(self, run: Trajectory, left: Moment) -> None:
        """From now on shows `run`, which goes on from the moment at which the present run is left."""
        self._past = (self._means, left, self._epoch)
        self._means, self._epoch = _means(run), epoch_of(run)


def _means(run: Trajectory) -> PathMeans:
    return PathMeans(run.iterations, np.stack((-run.biases, run.weights), axis=1))


def _past_states(means: PathMeans, moment: Moment, depths: Array, epoch: float) -> Array:
    """Origins and weights (k, 2, n) at these depths; a run that has ended stays where it is."""
    first, last = stretch(moment.timeline, moment.second, depths, epoch)
    end = means.times[-1]
    return means.over(np.minimum(first, end), np.minimum(last, end))


def _depths(second: float, reach: float, every: float) -> Array:
    """Seconds of film back from `second`, from 0 to at most `reach`; (k,).

    Points stand at fixed seconds of the film, so that a stream flows and does not shimmer.
    """
    deepest = max(second - reach, 0.0)
    fixed = np.arange(np.floor(deepest / every) + 1, np.ceil(second / every)) * every
    return second - np.unique(np.concatenate(([deepest], fixed, [second])))[::-1]


def heights(plane: Plane, depths: Array) -> Array:
    """The frame's y at these seconds of film (k,) below the line that the discs stand on."""
    top = plane.on_floor(0.0)[1]
    return np.asarray(top - depths * (top - plane.foot) / plane.look.seconds)


def steepest_slope(*runs: Trajectory) -> float:
    """The steepest slope that a neuron keeps for a while in any of these runs: the scale of a wake's widths."""
    return max(max(float(np.quantile(np.abs(run.weights), 0.99, axis=0).max()) for run in runs), 1e-9)


def side_by_side(x: Array, half: Array) -> Array:
    """Middles (k, m) of streams of half-widths `half` (k, m) at `x`, moved apart where they would overlap.

    Those that touch make one block around their mean, each counting by its width: two streams become one without a
    jump, and lie where one neuron in place of the two would have its origin.
    """
    x = x.copy()
    if x.shape[1] == 2:  # the same at once, since most groups are pairs
        left, right = x.T
        mean = (x * half).sum(axis=1) / half.sum(axis=1)
        close = right - left < half.sum(axis=1)
        return np.column_stack((np.where(close, mean - half[:, 1], left), np.where(close, mean + half[:, 0], right)))
    for row in np.flatnonzero((np.diff(x, axis=1) < half[:, :-1] + half[:, 1:]).any(axis=1)):
        x[row] = apart(x[row], half[row, :-1] + half[row, 1:], half[row])
    return x


def _bands(left: Array, right: Array, y: Array, here: NDArray[np.bool_]) -> Points:
    """Closed outlines of the band between `left` and `right` over each unbroken stretch of `here`."""
    edges = np.flatnonzero(np.diff(np.concatenate(([0], here.astype(np.int8), [0]))))
    pieces = [_NOTHING]
    for first, end in zip(edges[::2], edges[1::2], strict=True):
        last = min(end, len(y) - 1)  # up to the next point, where the sign has changed: no hole between
        there = slice(first, last + 1)
        outline = np.zeros((2 * (last + 1 - first) + 1, 3))
        outline[:-1, 0] = np.concatenate((left[there], right[there][::-1]))
        outline[:-1, 1] = np.concatenate((y[there], y[there][::-1]))
        outline[-1] = outline[0]
        pieces.append(corners(outline))
    return np.concatenate(pieces)


class IterationLines(VGroup):
    """Level lines that flow down with the wake from where the film passed iterations 1, 10, 100, ..., numbered."""

    def __init__(self, plane: Plane) -> None:
        theme = plane.theme
        self.plane = plane
        self.offset = 0
        self._past: Moment | None = None
        self.lines = VMobject(stroke_color=theme.faint, stroke_width=2)
        self.numbers = Labels(theme.muted)
        super().__init__(self.lines, self.numbers)

    def show(self, moment: Moment) -> None:
        """Sets the lines down to the wake's foot; numbers that would touch the one above are left out."""
        plane = self.plane
        levels, numbers, free = [], [], float(heights(plane, np.zeros(1))[0])
        for passed, depth in self._passed(moment):
            y = float(heights(plane, np.array([depth]))[0])
            levels.append(y)
            text = f"{passed:,}"
            glyphs, width, height = outlines(text, SMALL)
            if plane.look.size == 1.0 and y < free - height / 2 and y - height / 2 > plane.foot:
                numbers.append((text, glyphs + (plane.left_edge - 0.16 - width / 2, y, 0.0)))
                free = y - height / 2 - 0.06
                if len(numbers) == 1 and free - 0.2 > plane.foot:  # what is counted, else it reads as one more y
                    glyphs, width, height = outlines("iteration", SUBSCRIPT)
                    numbers.append(("iteration", glyphs + (plane.left_edge - 0.16 - width / 2, free - height / 2, 0.0)))
                    free -= height + 0.06
        ends = [np.array([[x, y, 0.0] for y in levels]).reshape(-1, 3) for x in (plane.left_edge, plane.right_edge)]
        self.lines.points = segments(*ends)
        self.numbers.put(*numbers)

    def _passed(self, moment: Moment) -> list[tuple[int, float]]:
        reach = self.plane.look.seconds
        found = passages(moment, reach, self.offset)
        if self._past is not None and moment.second < reach:
            earlier = passages(self._past, reach - moment.second)
            found += [(value, moment.second + depth) for value, depth in earlier]
        return found

    def go_on(self, left: Moment) -> None:
        """From now on the run goes on from this moment of another."""
        self._past, self.offset = left, round(left.iteration)


def passages(moment: Moment, reach: float, offset: int = 0) -> list[tuple[int, float]]:
    """The powers of ten that the film passed in the last `reach` seconds, the latest first, each with how long ago.

    offset: what is added to the run's iterations, where it goes on from another.
    """
    seconds = moment.second - _depths(moment.second, reach, reach / _POINTS)[::-1]
    iterations = moment.timeline.iteration(seconds) + offset
    found = []
    for power in range(10):
        value = 10**power
        if iterations[0] < value <= iterations[-1]:
            found.append((value, moment.second - float(np.interp(value, iterations, seconds))))
    return found[::-1]
