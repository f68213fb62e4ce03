"""Both remedies: one neuron in the place of two, how far each had to go, and four small planes in a row."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from manim import LEFT, RIGHT, UP, Circle, Dot, Line, Text, VGroup, VMobject

from reluviz.core import ReluNetwork, Trajectory
from reluviz.core.network import Array
from reluviz.stage.looks import Look, Range
from reluviz.stage.network_view import COUNTER_Y
from reluviz.stage.parts.moment import State
from reluviz.stage.parts.network.arrows import LANE, arrow
from reluviz.stage.parts.network.marks import DISC_RADIUS
from reluviz.stage.plane import Plane, corners, segments
from reluviz.stage.typesetting import Labels, figures, outlines, words
from reluviz.theme import LABEL, SAFE_X, SMALL, Theme

_GAP, _TOP, _BOTTOM, _FOOT = 0.4, -1.1, -2.3, -3.65
"""Between the planes of a row; the frame's y of their edges and of their wakes' foot."""

_NUMBERED = 0.7
"""From this part of its growth on, the longest arrow has its length beside it."""


_LEVELS = (0.1, 0.3, 1.0, 3.0)
_BASE, _HIGHEST, _AXIS_X, _HALF = -0.2, 2.3, -6.1, 0.4
"""Of the race: the frame's y of its lowest and its highest level, where they start, and half a bar's width."""


def row(place: int, x_range: Range, y_range: Range) -> Look:
    """The look of one of four small planes in a row along the frame's foot; place: 0 to 3."""
    width = (2 * SAFE_X - 3 * _GAP) / 4
    centre = (-SAFE_X + (place + 0.5) * width + place * _GAP, (_TOP + _BOTTOM) / 2)
    return Look(x_range, y_range, centre, width, _TOP - _BOTTOM, _BOTTOM - _FOOT, size=0.7)


def row_name(theme: Theme, text: str, look: Look) -> Text:
    """The name above a plane of the row."""
    name = words(text, theme.ink, LABEL, strong=True)
    return name.move_to((look.centre[0] - look.width / 2, _TOP + 0.3, 0.0), aligned_edge=LEFT)


class OneForTwo(VGroup):
    """The graph with one neuron in the place of the first two, that neuron's place, and how far the graph moves."""

    def __init__(self, plane: Plane, run: Trajectory) -> None:
        accent, end = plane.theme.accent, run.end
        weight = float(end.weights[:2].sum())
        origin = float(end.weights[:2] @ end.origins[:2]) / weight
        one = ReluNetwork(np.array([weight, *end.weights[2:]]), np.array([-origin, *end.biases[2:]]), end.output_bias)
        self.line = plane.curve(one.polyline(*plane.x_range), accent, 4.0)
        self.disc = Circle(1.3 * DISC_RADIUS, color=accent, stroke_width=5).move_to(plane.on_floor(origin))
        x = max(origin, run.experiment.low)
        ends = plane.at(x, (float(one(x)), float(end(x))))
        self.gap = VGroup(Line(*ends, color=accent, stroke_width=8))
        number = words(figures(float(end(x)) - float(one(x))), accent, LABEL, strong=True)
        self.gap.add(number.next_to(ends.mean(axis=0), UP + LEFT, buff=0.35))
        super().__init__(self.line, self.disc, self.gap)


class Ways(VGroup):
    """An arrow from each origin of a start to where it is in the end, above its disc; the longest one's length.

    only: the neuron (from 0) whose arrow alone is drawn, `lane` frame units higher. grown: how far (0 to 1) they are.
    """

    def __init__(self, plane: Plane, run: Trajectory, only: int | None = None, lane: float = 0.0) -> None:
        theme = plane.theme
        neurons = range(run.neurons) if only is None else (only,)
        self.grown = 0.0
        self._from = plane.on_floor(run.start.origins[list(neurons)]) + (0.0, LANE + lane, 0.0)
        self._way = plane.on_floor(run.end.origins[list(neurons)])[:, 0] - self._from[:, 0]
        self.arrows = [VMobject(fill_color=theme.neuron(i), fill_opacity=1, stroke_width=0) for i in neurons]
        longest = int(np.abs(self._way).argmax())
        i = list(neurons)[longest]
        length = abs(float(run.end.origins[i] - run.start.origins[i]))
        number = words(figures(length), theme.neuron(i), LABEL, strong=True)
        behind = LEFT if self._way[longest] > 0 else RIGHT
        super().__init__(*self.arrows, number.next_to(self._from[longest], behind, buff=0.15))

    def grow(self, part: float) -> None:
        """Draws this part of every arrow."""
        for shape, start, way in zip(self.arrows, self._from, self._way, strict=True):
            shape.points = arrow(start, part * float(way), 0.07)
        self.submobjects[-1].set_opacity(float(part > _NUMBERED))


class Race(VGroup):
    """Above each small plane a bar: how far its run's farthest sample is from the target, as it is looked at after each
    epoch, down to the tenth at which training stops; then the count of updates stands there. Logarithmic.

    bars: one a run, for a film to let grow: `grown`, 0 to 1.
    """

    def __init__(self, theme: Theme, runs: Sequence[Trajectory], middles: Sequence[float]) -> None:
        self.runs, self.middles, self.grown = runs, middles, 0.0
        self._epochs = [np.arange(0.0, run.last + 1, run.experiment.samples_count) for run in runs]
        self._farthest = [farthest(run, epochs) for run, epochs in zip(runs, self._epochs, strict=True)]
        self.bars = [VMobject(fill_color=theme.ink, fill_opacity=0.85, stroke_width=0) for _ in runs]
        self.counts = Labels(theme.accent)
        levels = [_bar_top(value) for value in _LEVELS]
        lines = VMobject(stroke_color=theme.faint, stroke_width=1.5)
        lines.points = segments(*(np.array([(x, y, 0.0) for y in levels[1:]]) for x in (_AXIS_X, SAFE_X)))
        goal = Line((_AXIS_X, _BASE, 0.0), (SAFE_X, _BASE, 0.0), color=theme.muted, stroke_width=3)
        numbers = [
            words(f"{value:g}", theme.muted, SMALL).move_to((_AXIS_X - 0.12, y, 0.0), aligned_edge=RIGHT)
            for value, y in zip(_LEVELS, levels, strict=True)
        ]
        name = words("farthest sample, logarithmic", theme.muted, SMALL)
        self.still = VGroup(lines, goal, *numbers, name.move_to((-SAFE_X, COUNTER_Y, 0.0), aligned_edge=LEFT))
        super().__init__(*self.bars, self.counts)

    def show(self, moment: State) -> None:
        """Sets the bars for this moment's iteration, in every run."""
        counts = []
        for bar, run, epochs, values, x in zip(
            self.bars, self.runs, self._epochs, self._farthest, self.middles, strict=True
        ):
            top = float(np.interp(moment.iteration, epochs, [_bar_top(value) for value in values]))
            height = self.grown * max(top - _BASE, 0.0)
            sides = (x - _HALF, _BASE), (x + _HALF, _BASE), (x + _HALF, _BASE + height), (x - _HALF, _BASE + height)
            bar.points = corners(np.array([(*point, 0.0) for point in (*sides, sides[0])]))
            if moment.iteration >= run.last and top <= _BASE:
                count = f"{run.last:,}"
                counts.append((count, outlines(count, LABEL, True)[0] + (x, _BASE + 0.32, 0.0)))
        self.counts.put(*counts)


def farthest(run: Trajectory, iterations: Array) -> list[float]:
    """How far the farthest of all samples is from the target at these iterations."""
    x = run.experiment.samples()
    return [float(np.abs(run.target(x) - run.network_at(int(k))(x)).max()) for k in iterations]


def _bar_top(value: float) -> float:
    return _BASE + (_HIGHEST - _BASE) * float(np.log(value / _LEVELS[0]) / np.log(_LEVELS[-1] / _LEVELS[0]))


def crowd(theme: Theme, places: Sequence[tuple[float, float]], count: int = 200) -> VGroup:
    """A dot at each of these places of the frame, and `count` more among and above them."""
    scattered = np.random.default_rng(1).uniform((-SAFE_X, _FOOT), (SAFE_X, -_FOOT - 1.0), (count, 2))
    return VGroup(*(VGroup(*(Dot((*place, 0.0), 0.09, color=theme.ink) for place in at)) for at in (places, scattered)))
