"""What moves on the main axes: the network and its error, against the target and its corners.

Every part has `show(moment)`, which sets its points from that one moment and keeps nothing from the one before.
Straight pieces are drawn by their ends alone, so each drawn corner is a kink of the network and nothing else.
"""

from __future__ import annotations

import numpy as np
from manim import Circle, VGroup, VMobject

from reluviz.core import ReluNetwork
from reluviz.core.network import Array
from reluviz.stage.parts.moment import State
from reluviz.stage.plane import Plane, Points, corners

_NOTHING = np.zeros((0, 3))
_RING: Points = Circle(radius=0.44).points


class TargetCurve(VMobject):
    """The reference function over the data's range: a broad pale groove for the line to fill."""

    def __init__(self, plane: Plane, target: ReluNetwork, low: float, high: float, width: float = 12.0) -> None:
        super().__init__(stroke_color=plane.theme.target, stroke_width=width)
        self.plane, self._corners = plane, target.polyline(low, high)
        self.points = plane.path(self._corners)

    def show(self, moment: State) -> None:
        """Follows its plane."""
        self.points = self.plane.path(self._corners)


class CornerRings(VGroup):
    """A ring around each corner of the target, from left to right; in a rig they follow their plane.

    Their colour is the film's: the accent as long as a corner is empty, a neuron's once it is there.
    """

    def __init__(self, plane: Plane, target: ReluNetwork) -> None:
        self.plane = plane
        self.corners = [(float(x), float(target(x))) for x in np.sort(target.origins)]
        accent = plane.theme.accent
        super().__init__(*(VMobject(stroke_color=accent, stroke_width=6) for _ in self.corners))
        self.place()

    def held_by(self, *neurons: int) -> CornerRings:
        """Itself, with the corners from the left in the colours of these neurons (from 0), which are there."""
        for ring, neuron in zip(self.submobjects, neurons, strict=False):
            ring.set_stroke(self.plane.theme.neuron(neuron))
        return self

    def show(self, moment: State) -> None:
        """Follows its plane, whatever the moment."""
        self.place()

    def place(self) -> None:
        """Sets the rings where the plane has the corners now; those outside of it vanish."""
        (left, right), (low, high) = self.plane.x_range, self.plane.y_range
        for ring, (x, y) in zip(self.submobjects, self.corners, strict=True):
            inside = left <= x <= right and low <= y <= high
            ring.points = _RING * self.plane.look.size + self.plane.at(x, y) if inside else _NOTHING


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
                outline = self.plane.at(outline_x, outline_y)
                pieces.append(corners(broken(outline, (self.plane.bottom_edge, self.plane.top_edge))))
            area.points = np.concatenate(pieces) if pieces else _NOTHING


_TOOTH, _BITE = 0.16, 0.09
"""The width and depth, in frame units, of the teeth of an edge at which a graph was cut off."""


def broken(outline: Points, levels: tuple[float, float]) -> Points:
    """An outline (k, 3) whose level edges at the lower and upper end of a plane are jagged: there it was cut off."""
    low, high = levels
    pieces = [outline[:1]]
    for start, end in zip(outline[:-1], outline[1:], strict=True):
        length = abs(end[0] - start[0])
        for level, inward in ((low, 1.0), (high, -1.0)):
            if max(abs(start[1] - level), abs(end[1] - level)) < 1e-6 and length > 2 * _TOOTH:
                parts = np.linspace(0.0, 1.0, 2 * int(length / _TOOTH) + 1)[1:-1, None]
                teeth = start + parts * (end - start)
                teeth[::2, 1] += inward * _BITE
                pieces.append(teeth)
        pieces.append(end[None])
    return np.concatenate(pieces)


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
