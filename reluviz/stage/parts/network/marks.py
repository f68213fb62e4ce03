"""The neurons on the axis: discs, arms that have their slopes, and stems up to the bends they cause."""

from __future__ import annotations

import numpy as np
from manim import Circle, VGroup, VMobject

from reluviz.core.network import Array
from reluviz.stage.parts.apart import apart
from reluviz.stage.parts.moment import State
from reluviz.stage.parts.network.slow import awake
from reluviz.stage.plane import Plane, Points, corners
from reluviz.stage.typesetting import outlines
from reluviz.theme import SMALL, SUBSCRIPT

DISC_RADIUS = 0.25
ARM_LENGTH = 1.05

_ROOMY, _SMALLER = 5, 0.8
"""Up to so many neurons the discs have their full size, else this part of it."""

_SMALLEST = DISC_RADIUS * SUBSCRIPT / SMALL
"""The radius of discs in small planes, so that their numbers can be read."""

_SLIT = 0.022
"""Half the gap, in frame units, between two discs that share the axis."""

_SEAM, _WIDER, _RIM = 0.035, 1.45, 0.05
"""Of discs that have become one: half the gap between its parts, how many times as large it is, so that each part has
room for its number at full size, and how far outside it the ring runs that makes it one: two in one, never twelve."""

_CIRCLE: Points = Circle(radius=1.0).points
_NOTHING = np.zeros((0, 3))
_EDGE = 7.08
"""How far from the middle an arm may reach, in frame units: the frame ends at 7.11."""

_AWAY = 0.4
"""How strongly the disc of an origin outside the plane is shown, at the edge; one that was dimmed is not."""


class NeuronMarks(VGroup):
    """A numbered disc at each origin -b_i, an arm that has its slope w_i, and a stem up to where the graph bends.

    Discs that would overlap share the axis, cut like sectors. An origin outside the plane is shown at its edge,
    faded, without its arm. strength: how strongly each neuron is shown, 1 unless a film dims it; (n,).
    """

    def __init__(self, plane: Plane, neurons: int, *, bends: bool = True, arms: bool = True) -> None:
        theme = plane.theme
        self.plane, self.with_bends, self.with_arms = plane, bends, arms
        self.radius = DISC_RADIUS * (1.0 if neurons <= _ROOMY else _SMALLER)
        self.strength = np.ones(neurons)
        self.swell = np.ones(neurons)
        """How large each disc is drawn, 1 unless a film points at it."""
        self.fused: dict[tuple[int, ...], float] = {}
        """Neurons (from 0) that are shown as one, at the mean of their origins by weight, and how far (0 to 1)."""
        self._lit = np.full(neurons, np.nan)
        colours = [theme.neuron(i) for i in range(neurons)]
        self.stems = [VMobject(stroke_color=c, stroke_width=2.5) for c in colours]
        self.arms = [VMobject(stroke_color=c, stroke_width=7) for c in colours]
        self.bends = [_filled(c) for c in colours]
        self.discs = [_filled(c) for c in colours]
        self.figures = [_filled(theme.background) for _ in colours]
        self.rim = VMobject(fill_color=theme.background, fill_opacity=1, stroke_color=theme.ink, stroke_width=3)
        super().__init__(*self.stems, *self.arms, *self.bends, self.rim, *self.discs, *self.figures)

    def of_neuron(self, index: int) -> tuple[VMobject, ...]:
        """What belongs to the neuron with this index (from 0)."""
        kinds = (self.stems, self.arms, self.bends, self.discs, self.figures)
        return tuple(kind[index] for kind in kinds)

    def show(self, moment: State) -> None:
        """Sets every disc, arm and stem for this moment."""
        plane = self.plane
        left, right = plane.x_range
        origins = -moment.biases
        shown = np.clip(self._together(origins, moment.weights), left, right)
        feet = plane.on_floor(shown)
        tops = plane.at(shown, np.clip(moment.network(origins), *plane.y_range))
        slopes = self._stacked(moment.weights)
        size = plane.look.size
        radius, arm = max(self.radius * size, _SMALLEST), ARM_LENGTH * size
        cuts = sectors(feet[:, 0], radius)
        wider = self._widened(cuts, feet[:, 0], radius)
        strength = self.strength * awake(moment)
        for i, (origin, slope) in enumerate(zip(origins, slopes, strict=True)):
            inside = left <= origin <= right
            bends = inside and self.with_bends
            self.stems[i].points = corners(np.array([feet[i], tops[i]])) if bends else _NOTHING
            tip = _in_frame(feet[i], plane.direction(slope, arm))
            self.arms[i].points = corners(np.array([feet[i], tip])) if inside and self.with_arms else _NOTHING
            self.bends[i].points = _CIRCLE * (0.34 * radius) + tops[i] if bends else _NOTHING
            own = radius * float(wider[i])
            size = own * float(self.swell[i])
            shared = np.abs(cuts[i] - feet[i, 0]) < own - 1e-9  # with a neighbour; else it may swell
            slit = _slit(cuts[i], float(wider[i]))
            edges = np.where(shared, cuts[i] + slit, feet[i, 0] + (-size, size))
            self.discs[i].points = _cut_disc(feet[i], size, *edges)
            self.figures[i].points = _figure(i + 1, feet[i], own, *(cuts[i] + shared * slit))
            self._light(i, float(strength[i]) if inside else _AWAY * float(self.strength[i] == 1.0))

    def _together(self, origins: Array, weights: Array) -> Array:
        placed = origins.copy()
        for group, part in self.fused.items():
            members = list(group)
            mean = float(weights[members] @ origins[members] / weights[members].sum())
            placed[members] += part * (mean - origins[members])
        return placed

    def _widened(self, cuts: Array, x: Array, radius: float) -> Array:
        """How many times as large each disc is, (n,): of neurons that are one, which get equal parts of it."""
        wider, rims = np.ones(len(x)), [_NOTHING]
        for group, part in self.fused.items():
            members = np.array(group)[np.argsort(x[list(group)], kind="stable")]
            wider[members] = 1.0 + part * (_WIDER - 1.0)
            edges = x[members].mean() + wider[members[0]] * radius * np.linspace(-1.0, 1.0, len(members) + 1)
            cuts[members] += part * (np.column_stack((edges[:-1], edges[1:])) - cuts[members])
            middle = (x[members].mean(), self.plane.on_floor(0.0)[1], 0.0)
            rims.append(_CIRCLE * part * (wider[members[0]] * radius + _RIM) + middle)
        self.rim.points = np.concatenate(rims)
        return wider

    def _stacked(self, weights: Array) -> Array:
        """The slopes that the arms show: of neurons that are one, each on top of those before it."""
        slopes = weights.copy()
        for group, part in self.fused.items():
            members = list(group)
            slopes[members] += part * (np.cumsum(weights[members]) - weights[members])
        return slopes

    def _light(self, i: int, strength: float) -> None:
        if self._lit[i] == strength:
            return
        self._lit[i] = strength
        for part in (self.stems[i], self.arms[i]):
            part.set_stroke(opacity=strength)
        for part in (self.bends[i], self.discs[i], self.figures[i]):
            part.set_fill(opacity=strength)


def _in_frame(foot: Points, arm: Points) -> Points:
    """Where the tip of an arm lies, shape (3,): one that would leave the frame is shorter, in its direction."""
    room = _EDGE - foot[0] if arm[0] > 0 else _EDGE + foot[0]
    return np.asarray(foot + arm * min(1.0, room / abs(arm[0])))


def sectors(x: Array, radius: float) -> Array:
    """Between which x of the frame each disc at `x` (n,) is drawn, so that none lies over another; (n, 2).

    Neighbours are cut halfway between them; of those in one place each gets an equal part.
    """
    order = np.argsort(x, kind="stable")
    cuts = np.column_stack((x - radius, x + radius))
    placed = x[order]
    touching = np.diff(placed) < 2 * radius
    first = 0
    for last in range(len(x)):
        if last < len(touching) and touching[last]:
            continue
        if last > first:
            members = order[first : last + 1]
            middles = apart(x[members], np.full(last - first, 2 * radius / len(members)))
            edges = (middles[:-1] + middles[1:]) / 2
            cuts[members[:-1], 1] = cuts[members[1:], 0] = edges
        first = last + 1
    return cuts


def _cut_disc(centre: Points, radius: float, left: float, right: float) -> Points:
    """The part of a disc between two upright cuts."""
    low, high = (np.clip((cut - centre[0]) / radius, -1.0, 1.0) for cut in (left, right))
    if low == -1.0 and high == 1.0:
        return _CIRCLE * radius + centre
    if high <= low:
        return _NOTHING
    angles = np.linspace(np.arccos(low), np.arccos(high), 17)
    arc = np.column_stack((np.cos(angles), np.sin(angles), np.zeros_like(angles)))
    outline = np.concatenate((arc, arc[::-1] * (1.0, -1.0, 1.0), arc[:1]))
    return corners(outline * radius + centre)


def _slit(cut: Array, wider: float) -> Array:
    """How far a sector keeps from its cuts, so that 1 and 2 beside each other are never read as twelve."""
    slit = _SLIT + (wider - 1.0) / (_WIDER - 1.0) * (_SEAM - _SLIT)
    width = min(slit, 0.2 * float(cut[1] - cut[0]))
    return np.array([width, -width])


def _figure(number: int, centre: Points, radius: float, left: float, right: float) -> Points:
    """The neuron's number in the middle of what is seen of its disc, smaller where that is narrow."""
    left, right = max(left, centre[0] - radius), min(right, centre[0] + radius)
    if right - left < 0.1 * radius:
        return _NOTHING
    glyphs, width, _ = outlines(str(number), SMALL, True)
    scale = min(radius / DISC_RADIUS, 1.0, 0.9 * (right - left) / width)
    return glyphs * scale + ((left + right) / 2, centre[1], 0.0)


def _filled(colour: str) -> VMobject:
    return VMobject(fill_color=colour, fill_opacity=1, stroke_width=0)
