"""What moves on the main axes: the network, its error, its neurons' origins and slopes.

Every part has `show(moment)`, which sets its points from that one moment and keeps nothing from the one before.
Straight pieces are drawn by their ends alone, so each drawn corner is a kink of the network and nothing else.
"""

from __future__ import annotations

import math

import numpy as np
from manim import Circle, VGroup, VMobject

from reluviz.core import ReluNetwork
from reluviz.core.network import Array
from reluviz.stage.parts.moment import State
from reluviz.stage.plane import Plane, Points, corners
from reluviz.stage.typesetting import words
from reluviz.theme import SMALL, Theme

DISC_RADIUS = 0.19
ARM_LENGTH = 0.95

_ROOMY, _SMALLER = 5, 0.68
"""Up to so many neurons the discs have their full size, else this part of it."""

_NOTHING = np.zeros((0, 3))


def target_curve(plane: Plane, target: ReluNetwork, low: float, high: float) -> VMobject:
    """The reference function over the data's range: a broad pale groove for the network to fill."""
    return plane.curve(target.polyline(low, high), plane.theme.target, width=13)


class NetworkCurve(VMobject):
    """The network's graph, exactly, over the whole width of the plane."""

    def __init__(self, plane: Plane, colour: str | None = None, width: float = 5.0) -> None:
        super().__init__(stroke_color=colour or plane.theme.ink, stroke_width=width)
        self.plane = plane

    def show(self, moment: State) -> None:
        self.points = self.plane.path(moment.network.polyline(*self.plane.x_range))


class NeuronCurves(VGroup):
    """Each neuron's own graph w_i * relu(x + b_i) from its origin on, in its colour (figures 5b and 6c)."""

    def __init__(self, plane: Plane, neurons: int, width: float = 4.0) -> None:
        theme = plane.theme
        super().__init__(
            *(VMobject(stroke_color=theme.neuron(i), stroke_width=width) for i in range(neurons))
        )
        self.plane = plane

    def show(self, moment: State) -> None:
        for curve, weight, bias in zip(self.submobjects, moment.weights, moment.biases, strict=True):
            left, right = self.plane.x_range
            start = min(max(-bias, left), right)
            ends = np.array([start, right])
            ray = np.column_stack((ends, weight * (ends + bias)))
            curve.points = self.plane.path(ray) if start < right else _NOTHING


class ErrorArea(VGroup):
    """The area between network and target over the data's range, coloured by the sign of the residual."""

    def __init__(self, plane: Plane, target: ReluNetwork, low: float, high: float) -> None:
        theme = plane.theme
        super().__init__(
            *(
                VMobject(fill_color=colour, fill_opacity=theme.error_opacity, stroke_width=0)
                for colour in (theme.too_low, theme.too_high)
            )
        )
        self.plane, self.target, self.low, self.high = plane, target, low, high

    def show(self, moment: State) -> None:
        low, high = np.clip((self.low, self.high), *self.plane.x_range)
        corner_x, reached, residual = residual_corners(moment.network, self.target, low, high)
        graphs = (reached, reached + residual)
        frame = [_zeros(corner_x, graph - level) for graph in graphs for level in self.plane.y_range]
        x = np.unique(np.concatenate((corner_x, *frame)))
        # With a corner wherever a graph meets the frame, cutting off the heights cuts the area exactly.
        reached, wanted = (np.clip(np.interp(x, corner_x, graph), *self.plane.y_range) for graph in graphs)
        for area, sign in zip(self.submobjects, (1.0, -1.0), strict=True):
            pieces = []
            for first, last in _runs(sign * (wanted - reached)):
                there = slice(first, last + 1)
                outline_x = np.concatenate((x[there], x[there][::-1], x[first : first + 1]))
                outline_y = np.concatenate((reached[there], wanted[there][::-1], reached[first : first + 1]))
                pieces.append(corners(self.plane.at(outline_x, outline_y)))
            area.points = np.concatenate(pieces) if pieces else _NOTHING


def residual_corners(
    network: ReluNetwork, target: ReluNetwork, low: float, high: float
) -> tuple[Array, Array, Array]:
    """(x, NN(x), delta(x)) at the ends, every kink of either and every zero of delta; each of shape (k,)."""
    kinks = np.concatenate((network.origins, target.origins))
    x = np.concatenate(([low], np.unique(kinks[(kinks > low) & (kinks < high)]), [high]))
    residual = target(x) - network(x)
    zeros = _zeros(x, residual)
    place = np.searchsorted(x, zeros)
    residual = np.insert(residual, place, 0.0)  # exactly zero, whatever rounding says
    x = np.insert(x, place, zeros)
    return x, network(x), residual


def _zeros(x: Array, y: Array) -> Array:
    """Where the straight pieces from corner to corner pass through zero, between corners; shape (k,)."""
    left, right = y[:-1], y[1:]
    through = left * right < 0
    return x[:-1][through] + np.diff(x)[through] * left[through] / (left - right)[through]


def _runs(signed: Array) -> list[tuple[int, int]]:
    """Stretches of corners between which `signed`, of one sign between any two, is positive."""
    positive = signed[:-1] + signed[1:] > 0
    edges = np.flatnonzero(np.diff(np.concatenate(([0], positive.astype(np.int8), [0]))))
    return list(zip(edges[::2].tolist(), edges[1::2].tolist(), strict=True))


class NeuronMarks(VGroup):
    """The neurons on the x axis: a numbered disc at each origin -b_i, an arm that has its slope w_i, and a dot
    where the network's graph bends.

    Discs that would overlap roll over one another downwards, so that two neurons at one place stay two discs.
    An origin outside the plane is shown at its edge, faded, without its arm. More than five neurons get smaller
    discs, and piles are pressed together where they would leave the plane.
    """

    def __init__(self, plane: Plane, neurons: int, *, bends: bool = True, arms: bool = True) -> None:
        super().__init__()
        theme = plane.theme
        self.plane, self.with_bends, self.with_arms = plane, bends, arms
        self._size = 1.0 if neurons <= _ROOMY else _SMALLER
        self.stems = [VMobject(stroke_color=theme.neuron(i), stroke_width=2.5) for i in range(neurons)]
        self.arms = [VMobject(stroke_color=theme.neuron(i), stroke_width=7) for i in range(neurons)]
        self.bends = [_filled(theme.neuron(i)) for i in range(neurons)]
        self.discs = [_filled(theme.neuron(i)) for i in range(neurons)]
        self.figures = [_filled(theme.background) for _ in range(neurons)]
        self._figure_points = [self._size * _figure_points(i + 1, theme) for i in range(neurons)]
        self._circle = Circle(radius=DISC_RADIUS).points
        for i in range(neurons):
            self.add(self.stems[i])
        for i in range(neurons):
            self.add(self.arms[i])
        for i in range(neurons):
            self.add(self.bends[i], self.discs[i], self.figures[i])

    def of_neuron(self, index: int) -> tuple[VMobject, ...]:
        """What belongs to the neuron with this index (from 0)."""
        kinds = (self.stems, self.arms, self.bends, self.discs, self.figures)
        return tuple(kind[index] for kind in kinds)

    def show(self, moment: State) -> None:
        plane = self.plane
        left, right = plane.x_range
        origins = -moment.biases
        feet = plane.at(np.clip(origins, left, right), 0.0)
        drops = disc_drops(feet[:, 0] / self._size) * self._size
        deepest = feet[0, 1] - plane.bottom_edge
        if self._size < 1.0 and drops.max() > deepest > 0.0:
            drops *= deepest / drops.max()
        heights = np.clip(moment.network(origins), *plane.y_range)
        tops = plane.at(np.clip(origins, left, right), heights)
        for i, (origin, weight) in enumerate(zip(origins, moment.weights, strict=True)):
            inside = left <= origin <= right
            centre = feet[i] - (0.0, drops[i], 0.0)
            bends = inside and self.with_bends
            self.stems[i].points = (
                corners(np.array([centre, tops[i] if bends else feet[i]])) if inside else _NOTHING
            )
            self.arms[i].points = (
                corners(np.array([feet[i], feet[i] + plane.direction(weight, ARM_LENGTH)]))
                if inside and self.with_arms
                else _NOTHING
            )
            self.bends[i].points = self._circle * 0.42 + tops[i] if bends else _NOTHING
            self.discs[i].points = self._size * self._circle + centre
            self.figures[i].points = self._figure_points[i] + centre
            self.discs[i].set_fill(opacity=1.0 if inside else 0.45)


def disc_drops(x: Array, radius: float = DISC_RADIUS) -> Array:
    """How far below the axis each disc sits so that no two overlap: each rests on those of smaller number."""
    width = 2 * radius + 0.03
    drops = np.zeros(len(x))
    for i in range(len(x)):
        for j in range(i):
            gap = abs(x[i] - x[j])
            if gap < width:
                drops[i] = max(drops[i], drops[j] + math.sqrt(width * width - gap * gap))
    return drops


def _filled(colour: str) -> VMobject:
    return VMobject(fill_color=colour, fill_opacity=1, stroke_width=0)


def _figure_points(number: int, theme: Theme) -> Points:
    figure = words(str(number), theme.background, SMALL, strong=True)
    return np.concatenate([part.points for part in figure.family_members_with_points()]) - figure.get_center()
