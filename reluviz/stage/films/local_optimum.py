"""The loss as a landscape: a map of errors over two parameters, and a walk through states that no run has.

The map's horizontal axis is the origin of the freed neuron: below it, the graph's axis is the same, so that the
walker on the map stands right above that neuron's disc.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import numpy as np
from manim import DOWN, LEFT, RIGHT, UP, Circle, ManimColor, Rectangle, VGroup, VMobject, interpolate_color

from reluviz.analysis.optimum.loss import network_of
from reluviz.analysis.optimum.valley import Crossroads, crossroads
from reluviz.analysis.optimum.verdict import Optimum
from reluviz.core import Trajectory
from reluviz.core.network import Array
from reluviz.stage.parts.gestures.look import Turn
from reluviz.stage.parts.moment import State
from reluviz.stage.parts.network.graph import ErrorArea, NetworkCurve, target_curve
from reluviz.stage.parts.network.marks import NeuronMarks
from reluviz.stage.plane import Plane, corners, round_ticks
from reluviz.stage.typesetting import Number, figures, words
from reluviz.theme import LABEL, SMALL, Theme

_LEFT, _WIDTH = -5.75, 8.3
_MAP_HEIGHT, _GRAPH_HEIGHT = 2.75, 2.65
_MAP_Y, _GRAPH_Y = 1.2, -1.85
_NODES = 160
_STATES_DOWN = 120
_STEPS = 12
"""Height steps of the map: where one ends and the next begins is a contour."""


def state_moment(state: Array, output_bias: float = 0.0) -> State:
    """The moment of parameters, shape (m,) as in analysis.loss, as a picture of no iteration."""
    network = network_of(state, output_bias)
    return State(network.weights, network.biases, network.output_bias)


class ErrorMap(VGroup):
    """The typical error over (origin, weight) of the freed neuron, as coloured heights: bright is low.

    plane: its axes. The colours run from the accent at the floor to the faint colour at `ceiling` and above,
    even in the square root of the height above the floor, so that the floor stands out.
    """

    def __init__(
        self,
        theme: Theme,
        roads: Crossroads,
        origins: tuple[float, float],
        weights: tuple[float, float],
        ceiling: float,
    ) -> None:
        self.plane = Plane(
            theme,
            origins,
            weights,
            centre=(_LEFT + _WIDTH / 2, _MAP_Y),
            width=_WIDTH,
            height=_MAP_HEIGHT,
            x_ticks=[],
            y_ticks=round_ticks(weights, 4),
            grid=False,
        )
        floor = float(roads.rms(roads.states(0.0, roads.origin))[0])
        near = np.geomspace(1e-4, 1.0, _NODES)
        x = np.concatenate((np.linspace(*origins, _NODES), roads.origin + near, roads.origin - near))
        x = np.unique(np.clip(x, *origins))
        self.areas = VGroup()
        for k in range(_STEPS, 0, -1):
            share = k / _STEPS
            low, high = np.clip(roads.within(floor + (ceiling - floor) * share**2, x), *weights)
            outline = self.plane.at(np.concatenate((x, x[::-1], x[:1])), np.concatenate((low, high[::-1], low[:1])))
            area = VMobject(fill_opacity=1, stroke_width=0)
            area.points = corners(outline)
            share = (k - 1) / (_STEPS - 1)
            self.areas.add(area.set_fill(interpolate_color(ManimColor(theme.accent), ManimColor(theme.faint), share)))
        super().__init__(self.areas, self.plane)

    def scale(self, left: float, top: float) -> VGroup:
        """The map's colours from low to high errors, with their names."""
        theme = self.plane.theme
        swatches = VGroup(*(Rectangle(width=0.2, height=0.3, stroke_width=0) for _ in self.areas))
        for swatch, area in zip(swatches, reversed(self.areas), strict=True):
            swatch.set_fill(area.get_fill_color(), opacity=1)
        swatches.arrange(RIGHT, buff=0).move_to((left, top, 0.0), aligned_edge=LEFT + UP)
        low, high = words("low error", theme.muted, SMALL), words("high", theme.muted, SMALL)
        low.next_to(swatches, DOWN, buff=0.15).align_to(swatches, LEFT)
        high.next_to(swatches, DOWN, buff=0.15).align_to(swatches, RIGHT).align_to(low, UP)
        return VGroup(swatches, low, high)


class Walker(VGroup):
    """The present state as a dot on the map."""

    def __init__(self, plane: Plane, neuron: int) -> None:
        theme = plane.theme
        self.plane, self.neuron = plane, neuron
        self.halo = VMobject(fill_color=theme.background, fill_opacity=1, stroke_width=0)
        self.dot = VMobject(fill_color=theme.neuron(neuron), fill_opacity=1, stroke_width=0)
        self._circle = Circle(radius=0.15).points
        super().__init__(self.halo, self.dot)

    def show(self, moment: State) -> None:
        here = self.plane.at(-moment.biases[self.neuron], moment.weights[self.neuron])
        self.halo.points = self._circle * 1.35 + here
        self.dot.points = self._circle + here


class ErrorReading(VGroup):
    """The typical error of the present state as a number and an upright bar; height: of the bar at `most`."""

    def __init__(
        self, theme: Theme, roads: Crossroads, corner: tuple[float, float], most: float, height: float
    ) -> None:
        self._roads, self._unit = roads, height / most
        self._most = most
        self._corner = np.array((*corner, 0.0))
        name = words("typical error", theme.muted, LABEL).move_to(self._corner + 0.35 * DOWN, aligned_edge=LEFT)
        self.bar = VMobject(fill_color=theme.accent, fill_opacity=1, stroke_width=0)
        self.number = Number(theme.ink, LABEL, strong=True)
        super().__init__(name, self.bar, self.number)

    def show(self, moment: State) -> None:
        error = float(self._roads.rms(np.concatenate((moment.weights, moment.biases))[None])[0])
        height = max(min(error, self._most) * self._unit, 0.02)
        outline = [(0, 0, 0), (0.7, 0, 0), (0.7, height, 0), (0, height, 0), (0, 0, 0)]
        self.bar.points = corners(np.array(outline) + self._corner)
        self.number.put(figures(error, 3), self._corner + (0.95, height - 0.1 if height > 0.3 else 0.05, 0.0))


class Valley:
    """A map above, the graph below on the same horizontal axis, and the error beside them.

    still: map, axes and names. moving: all that follows the walker; `walk` animates it.
    """

    def __init__(self, theme: Theme, run: Trajectory, optimum: Optimum) -> None:
        target, low, high = run.target, run.experiment.low, run.experiment.high
        self.roads = roads = crossroads(run, optimum)
        room = 0.12 * (high - low)
        x_range = (low - room, high + 0.3 * room)
        total = float(roads.crossing[roads.keeps])
        reach = sorted((-0.55 * total, 1.05 * total))
        self.map = ErrorMap(theme, roads, x_range, (reach[0], reach[1]), ceiling=1.2)
        top = 1.12 * float(target.polyline(low, high)[:, 1].max())
        self.plane = Plane(
            theme,
            x_range,
            (-0.42 * top, top),
            centre=(_LEFT + _WIDTH / 2, _GRAPH_Y),
            width=_WIDTH,
            height=_GRAPH_HEIGHT,
            x_ticks=round_ticks((low, high), 5),
            y_ticks=[],
        )
        neuron = roads.freed + 1
        side = words(f"weight of neuron {neuron}", theme.muted, SMALL).rotate(np.pi / 2)
        side.next_to(self.map.plane.at(x_range[0], (reach[0] + reach[1]) / 2), LEFT, buff=0.5)
        foot = words(f"origin of neuron {neuron}", theme.muted, SMALL)
        foot.next_to(self.map.plane.at(low, reach[0]), DOWN, buff=0.08).align_to(self.map.plane.at(low, 0.0), LEFT)
        self.target = target_curve(self.plane, target, low, high)
        self.walker = Walker(self.map.plane, roads.freed)
        self.marks = NeuronMarks(self.plane, len(roads.crossing) // 2, bends=False)
        self.network = NetworkCurve(self.plane)
        self.error = ErrorArea(self.plane, target, low, high)
        self.column = _LEFT + _WIDTH + 0.7
        self.reading = ErrorReading(theme, roads, (self.column, -2.9), most=0.3, height=2.4)
        self.scale = self.map.scale(self.column, _MAP_Y + _MAP_HEIGHT / 2)
        self.still_map = VGroup(self.map, side, foot)
        self.still_graph = VGroup(self.plane, self.target)
        self.graph_parts = (self.error, self.network, self.marks)
        self.parts = (*self.graph_parts, self.walker, self.reading)
        self.moving = VGroup(*self.parts)
        self.rest = roads.states(roads.weight, roads.origin)[0]
        self.show(self.rest)

    def show(self, state: Array) -> Valley:
        """Sets all that moves to a state."""
        moment = state_moment(state, self.roads.loss.output_bias)
        for part in self.parts:
            part.show(moment)
        return self

    def route(self) -> VMobject:
        """The level way on the map, from rest to the crossing and on to the exit."""
        roads, plane = self.roads, self.map.plane
        turns = np.array([(roads.origin, roads.weight), (roads.origin, 0.0), (roads.exit, 0.0)])
        route = plane.curve(turns, plane.theme.background, width=7)
        corner = plane.at(*turns[1])
        start = plane.at(*turns[0])
        start += (corner - start) * min(1.0, 0.2 / float(np.linalg.norm(corner - start)))  # clear of the walker
        route.points = corners(np.array([start, corner, plane.at(*turns[2])]))
        return route

    def trade(self, start: float, end: float, seconds: float) -> Turn:
        """A walk up or down the floor: the freed neuron goes from one share of the pair's slope to another."""
        total = float(self.roads.crossing[self.roads.keeps])
        return self.walk(self.roads.states((start * total, end * total), self.roads.origin), seconds)

    def nudge(self, way: float, seconds: float) -> Turn:
        """Up the wall and back: the freed neuron's origin moves by `way` from rest, and returns."""
        there = way * np.sin(np.linspace(0.0, np.pi, 41))
        return self.walk(self.roads.states(self.roads.weight, self.roads.origin + there), seconds)

    def slide(self, start: float, end: float, seconds: float) -> Turn:
        """A walk along the second floor, at weight 0, between two parts of the way from crossing to exit."""
        way = self.roads.origin + np.array((start, end)) * (self.roads.exit - self.roads.origin)
        return self.walk(self.roads.states(0.0, way), seconds)

    def fall(self, seconds: float) -> Turn:
        """The way down from the exit, without noise."""
        return self.walk(self.roads.descent(_STATES_DOWN), seconds)

    @property
    def share(self) -> float:
        """The freed neuron's share of the pair's slope at rest."""
        return self.roads.weight / float(self.roads.crossing[self.roads.keeps])

    def walk(self, states: Array, seconds: float) -> Turn:
        """An animation through these states, shape (k, m), evenly in their order."""
        return Turn(self.moving, along(states, self.show), seconds)


def along(states: Array, show: Callable[[Array], Any]) -> Callable[[float], None]:
    """A function of the part (0 to 1) that shows the state there, on straight lines between the given ones."""
    numbers = np.arange(len(states), dtype=float)

    def at(part: float) -> None:
        where = part * (len(states) - 1)
        show(np.array([np.interp(where, numbers, column) for column in np.asarray(states).T]))

    return at
