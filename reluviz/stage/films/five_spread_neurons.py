"""Both remedies: one neuron in the place of two, how far each had to go, and four small planes in a row."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from manim import DOWN, LEFT, RIGHT, UP, Circle, Dot, Line, Text, VGroup, VMobject

from reluviz.core import ReluNetwork, Trajectory
from reluviz.stage.looks import Look, Range
from reluviz.stage.parts.charts.error_chart import dashed
from reluviz.stage.parts.network.arrows import LANE, arrow
from reluviz.stage.parts.network.marks import DISC_RADIUS
from reluviz.stage.plane import Plane
from reluviz.stage.typesetting import figures, words
from reluviz.theme import LABEL, SAFE_X, SMALL, Theme

_GAP, _TOP, _BOTTOM, _FOOT = 0.4, -1.1, -2.3, -3.65
"""Between the planes of a row; the frame's y of their edges and of their wakes' foot."""

_NUMBERED = 0.7
"""From this part of its growth on, the longest arrow has its length beside it."""


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


class Level(VGroup):
    """A dashed level across a chart at `height`, with what it is."""

    def __init__(self, plane: Plane, height: float, text: str) -> None:
        left, right = plane.x_range
        colour = plane.theme.muted
        line = VMobject(stroke_color=colour, stroke_width=3)
        line.points = dashed(plane.at((left, right), height), 0.1)
        name = words(text, colour, SMALL).next_to(plane.at(left, height), DOWN + RIGHT, buff=0.1)
        super().__init__(line, name)


def crowd(theme: Theme, places: Sequence[tuple[float, float]], count: int = 200) -> VGroup:
    """A dot at each of these places of the frame, and `count` more among and above them."""
    scattered = np.random.default_rng(1).uniform((-SAFE_X, _FOOT), (SAFE_X, -_FOOT - 1.0), (count, 2))
    return VGroup(*(VGroup(*(Dot((*place, 0.0), 0.09, color=theme.ink) for place in at)) for at in (places, scattered)))
