"""The merged network's surroundings: a ball on a map of errors, the network it stands for below, and the way out.

The map's horizontal axis is the origin of the freed neuron, and the plane below it has the same: so the ball is right
above that neuron's disc. The way out leaves the map; then a profile of the errors along it takes the map's place.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from typing import Any

import numpy as np
from manim import LEFT, Arrow, BackgroundRectangle, Line, Triangle, VGroup, VMobject, linear, smooth

from reluviz.analysis.optimum.loss import network_of, parameters
from reluviz.analysis.optimum.valley import crossroads
from reluviz.analysis.optimum.verdict import Optimum
from reluviz.core import ReluNetwork, Trajectory
from reluviz.core.network import Array
from reluviz.stage.films.local_optimum.error_map import ErrorMap, ErrorScale
from reluviz.stage.films.local_optimum.error_profile import Ball, ErrorProfile
from reluviz.stage.looks import Look
from reluviz.stage.network_view import full, graph_ranges
from reluviz.stage.parts.gestures.look import Turn
from reluviz.stage.parts.moment import State
from reluviz.stage.parts.network.graph import CornerRings, ErrorArea, NetworkCurve, TargetCurve
from reluviz.stage.parts.network.marks import DISC_RADIUS, NeuronMarks
from reluviz.stage.parts.network.strip import SampleStrip
from reluviz.stage.plane import Plane, corners
from reluviz.stage.typesetting import Number, figures, words
from reluviz.theme import LABEL, SMALL, Theme

_LEFT, _WIDTH, _PROFILE = -5.5, 9.1, 10.7
_MAP_Y, _MAP_HEIGHT = 1.1, 2.7
_BELOW_Y, _BELOW_HEIGHT = -2.0, 2.3
_SCALE = (5.4, -0.25)
_STATES = 240


def state_of(vector: Array, output_bias: float = 0.0) -> State:
    """The picture of parameters, shape (m,) as in analysis.optimum.loss, at no iteration."""
    network = network_of(vector, output_bias)
    return State(network.weights, network.biases, network.output_bias)


class Valley:
    """The network at rest, and what can be done to it by hand: `still` and `rig`, as any view has them.

    map, scale, profile: to bring in when they are spoken of. ball, route, pointer and number move once they are in
    `rig`; `walk` and what is made of it move everything that is there. way: the states of the whole way out, (k, m);
    lengths: how far along it each is, (k,).
    """

    def __init__(self, theme: Theme, run: Trajectory, optimum: Optimum) -> None:
        low, high = run.experiment.low, run.experiment.high
        self.roads = roads = crossroads(run, optimum)
        x_range, y_range = graph_ranges(run)
        self.wide = replace(full(x_range, y_range), below=0.0)
        self.plane = plane = Plane(
            theme, x_range, y_range, centre=self.wide.centre, width=self.wide.width, height=self.wide.height, y_ticks=[]
        )
        middle = _LEFT + _WIDTH / 2
        heights = (-0.5, y_range[1])
        self.low_look = Look((low - 0.6, high + 0.2), heights, (middle, _BELOW_Y), _WIDTH, _BELOW_HEIGHT)
        self.rings = CornerRings(plane, run.target)
        for ring, neuron in zip(self.rings, (0, 2, 3), strict=False):
            ring.set_stroke(theme.neuron(neuron))
        self.marks = NeuronMarks(plane, run.neurons)
        self.marks.fused[(0, 1)] = 1.0
        self.parts: list[Any] = [
            ErrorArea(plane, run.target, low, high), TargetCurve(plane, run.target, low, high), SampleStrip(plane, run),
            NetworkCurve(plane), self.marks, self.rings,
        ]  # fmt: skip
        self.still, self.rig = VGroup(plane), VGroup(*self.parts)
        total = float(roads.crossing[roads.keeps])
        box = {"centre": (middle, _MAP_Y), "width": _WIDTH, "height": _MAP_HEIGHT}
        self.map = ErrorMap(theme, roads, self.low_look.x_range, (-0.55 * total, 1.05 * total), **box)  # type: ignore[arg-type]
        self.map_names = self._names_of_the_map()
        self.scale = ErrorScale(theme, _SCALE, 0.35, _MAP_HEIGHT)
        self.ball = Ball(theme, roads.freed)
        self.pointer = VMobject(fill_color=theme.ink, fill_opacity=1, stroke_width=0)
        self.number = Number(theme.ink, LABEL, strong=True, align="right")
        self._tip = Triangle(radius=0.13).rotate(-np.pi / 2).points
        self.rest = roads.states(roads.weight, roads.origin)[0]
        self.way, self.lengths = self._way_out()
        box |= {"centre": (_LEFT + _PROFILE / 2, _MAP_Y), "width": _PROFILE}
        self.profile = ErrorProfile(theme, self.lengths, roads.rms(self.way), self.level, **box)  # type: ignore[arg-type]
        self.route = VGroup(*(VMobject(stroke_color=theme.accent, stroke_width=8) for _ in range(2)))
        self.with_ball = True
        self.drawn = [0.0, 0.0]
        """How much of each leg of the level way is drawn on the map, 0 to 1: to the crossing, and on to the exit."""
        self.unfolded = 0.0
        """How far the map has become the profile, 0 to 1."""
        self.show(self.rest)

    def _names_of_the_map(self) -> VGroup:
        theme, plane, neuron = self.plane.theme, self.map.plane, self.roads.freed + 1
        across, up = (words(f"{what} of neuron {neuron}", theme.ink, SMALL) for what in ("origin", "weight"))
        middle = (plane.left_edge + plane.right_edge) / 2
        across.move_to((middle, plane.bottom_edge - 0.3, 0.0))
        up.rotate(np.pi / 2).move_to((plane.left_edge - 0.95, _MAP_Y, 0.0))
        return VGroup(across, up)

    @property
    def level(self) -> float:
        """How long the level part of the way out is."""
        return float(self.lengths[2 * _STATES - 1])

    def _way_out(self) -> tuple[Array, Array]:
        roads, even = self.roads, np.linspace(0.0, 1.0, _STATES)
        trade = roads.states(roads.weight * (1.0 - even), roads.origin)
        slide = roads.states(0.0, roads.origin + (roads.exit - roads.origin) * even)
        way = np.concatenate((trade, slide, roads.descent(_STATES)))
        steps = np.linalg.norm(np.diff(way, axis=0), axis=1)
        return way, np.concatenate(([0.0], np.cumsum(steps)))

    def show(self, vector: Array, gone: float | None = None) -> None:
        """Sets all that moves to a state; `gone` along the way out, where it lies on that."""
        self.vector, roads = vector, self.roads
        moment = state_of(vector, roads.loss.output_bias)
        for part in self.parts:
            part.show(moment)
        if not self.with_ball:
            return
        error = float(roads.rms(vector[None])[0])
        on_map = self.map.plane.at(-moment.biases[roads.freed], moment.weights[roads.freed])
        on_profile = self.profile.ball_at(self.level if gone is None else gone)
        self._draw_the_route()
        self.ball.place(on_map + self.unfolded * (on_profile - on_map))
        tip = np.array([_SCALE[0] - 0.16, self.scale.height_of(error), 0.0])
        self.pointer.points = self._tip + tip
        beside = (tip - (0.25, 0.14, 0.0), self.ball.get_center() + (1.5, 0.2, 0.0))
        self.number.put(figures(error, 3), beside[0] + self.unfolded * (beside[1] - beside[0]))

    def bring_the_rings(self) -> None:
        """Rings around the target's corners again, all yet to be served, under the discs."""
        self.rings.set_stroke(self.plane.theme.accent)
        self.rig.add_to_back(self.rings)

    def _draw_the_route(self) -> None:
        roads, at = self.roads, self.map.plane.at
        turns = (at(roads.origin, roads.weight), at(roads.origin, 0.0), at(roads.exit, 0.0))
        for leg, part, start, end in zip(self.route, self.drawn, turns[:-1], turns[1:], strict=True):
            leg.points = corners(np.array([start, start + part * (end - start)]))

    def tilt(self) -> VGroup:
        """A step of the freed neuron to a negative weight, enlarged: on the map an arrow, below the arm; and a note."""
        theme, foot = self.plane.theme, self.plane.on_floor(-self.vector[len(self.vector) // 2 + self.roads.freed])
        edge, tip = (foot + self.plane.direction(-0.6, length) for length in (DISC_RADIUS, 1.3))
        arm = Line(edge, tip, color=theme.neuron(self.roads.freed), stroke_width=8)
        ball = self.ball.get_center()
        way = Arrow(ball - (0.0, 0.2, 0.0), ball - (0.0, 0.9, 0.0), buff=0, color=theme.accent, stroke_width=7)
        note = words("drawn larger", theme.ink, SMALL).next_to(way, LEFT, buff=0.2)
        return VGroup(way, arm, BackgroundRectangle(note, color=theme.background, fill_opacity=0.85, buff=0.06), note)

    def take_the_ball_away(self) -> None:
        """From now on it stays where it is, for the film to fade it out."""
        self.with_ball = False
        self.rig.remove(self.ball, self.number)

    # --- what moves it -----------------------------------------------------------------------------------

    def look_at(self, look: Look, seconds: float) -> Turn:
        """The plane goes there."""
        before = self.plane.look

        def show(part: float) -> None:
            self.plane.travel(before, look, part)
            self.marks.fused[(0, 1)] = min(self.marks.fused[(0, 1)], 1.0 - part)  # two again, to be moved apart
            self.show(self.vector)

        return Turn(VGroup(self.still, self.rig), show, seconds)

    def walk(self, weights: Any, origins: Any, seconds: float) -> Turn:
        """Through states on the map, evenly in their order: the freed neuron's weights and origins, (k,) or one."""
        return Turn(self.rig, along(self.roads.states(weights, origins), self.show), seconds, linear)

    def trade(self, *shares: float, seconds: float) -> Turn:
        """Up and down the floor: the freed neuron goes from one share of the pair's slope to the next."""
        total = float(self.roads.crossing[self.roads.keeps])
        return self.walk(total * swing(*shares), self.roads.origin, seconds)

    def pull(self, *ways: float, seconds: float) -> Turn:
        """Up the walls: the freed neuron's origin goes from one distance from the common one to the next."""
        return self.walk(self.vector[self.roads.freed], self.roads.origin + swing(*ways), seconds)

    def slide(self, *origins: float, seconds: float) -> Turn:
        """Along the second floor, at weight 0."""
        return self.walk(0.0, swing(*origins), seconds)

    def draw(self, leg: int, seconds: float) -> Turn:
        """Draws a leg (0 or 1) of the level way on the map."""

        def show(part: float) -> None:
            self.drawn[leg] = part
            self.show(self.vector)

        return Turn(self.rig, show, seconds)

    def unfold(self, seconds: float) -> Turn:
        """The ball goes from the map to its place on the profile."""

        def show(part: float) -> None:
            self.unfolded = part
            self.show(self.vector)

        return Turn(self.rig, show, seconds)

    def roll(self, first: float, last: float, seconds: float, rate_func: Callable[[float], float] = smooth) -> Turn:
        """Along the way out, from one length to another."""

        def show(part: float) -> None:
            gone = first + part * (last - first)
            self.show(np.array([np.interp(gone, self.lengths, column) for column in self.way.T]), gone)

        return Turn(self.rig, show, seconds, rate_func)

    def become(self, network: ReluNetwork, seconds: float) -> Turn:
        """Straight to another network's parameters."""
        return Turn(self.rig, along(np.stack((self.vector, parameters(network))), self.show), seconds)

    @property
    def share(self) -> float:
        """The freed neuron's share of the pair's slope at rest."""
        return self.roads.weight / float(self.roads.crossing[self.roads.keeps])


def swing(*places: float) -> Array:
    """Numbers from each of these to the next, slower at each of them; (k,)."""
    eased = np.array([smooth(part) for part in np.linspace(0.0, 1.0, 41)])
    return np.concatenate([first + eased * (last - first) for first, last in zip(places[:-1], places[1:], strict=True)])


def along(states: Array, show: Callable[[Array], Any]) -> Callable[[float], None]:
    """A function of the part (0 to 1) that shows the state there, on straight lines between the given ones."""
    numbers = np.arange(len(states), dtype=float)

    def at(part: float) -> None:
        where = part * (len(states) - 1)
        show(np.array([np.interp(where, numbers, column) for column in np.asarray(states).T]))

    return at
