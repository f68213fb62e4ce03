"""What has changed since a state: the line as it was, how far points on it have risen, the turn, and the slide."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from manim import VGroup, VMobject

from reluviz.stage.parts.moment import State
from reluviz.stage.parts.network.arrows import arrow
from reluviz.stage.parts.network.marks import ARM_LENGTH, DISC_RADIUS
from reluviz.stage.plane import Plane, Points, corners, segments

_BELOW = DISC_RADIUS + 0.28
"""How far below the axis, in frame units, the arrow of a slide lies."""

_REACH = ARM_LENGTH + 0.2
_NOTHING = np.zeros((0, 3))


class Change(VGroup):
    """Since `before`: its line, faint; at each of `xs` an arrow up or down from it; an arc for the turn of neuron
    `neuron`'s arm (from 0), and below its disc an arrow for its slide, `gain` times as long as the way.

    grown: how far (0 to 1) each of the arrows at `xs` is drawn.
    """

    def __init__(
        self, plane: Plane, before: State, xs: Sequence[float] = (), *, neuron: int = 0, gain: float = 1.0
    ) -> None:
        theme = plane.theme
        self.plane, self.before, self.xs, self.neuron, self.gain = plane, before, xs, neuron, gain
        self.grown = np.ones(len(xs))
        self.line = VMobject(stroke_color=theme.muted, stroke_width=3)
        self.rises = VMobject(stroke_color=theme.accent, stroke_width=5)
        self.heads = VMobject(fill_color=theme.accent, fill_opacity=1, stroke_width=0)
        self.arc = VMobject(stroke_color=theme.ink, stroke_width=4)
        self.arrows = VMobject(fill_color=theme.ink, fill_opacity=1, stroke_width=0)
        super().__init__(self.line, self.rises, self.heads, self.arc, self.arrows)

    def show(self, moment: State) -> None:
        """Sets all of it for this moment."""
        plane = self.plane
        self.line.points = plane.path(self.before.network.polyline(*plane.x_range))
        shafts, heads = [_NOTHING], [_NOTHING]
        for x, grown in zip(self.xs, self.grown, strict=True):
            start = plane.at(x, float(self.before.network(x)))
            way = grown * (plane.at(x, float(moment.network(x))) - start)[1]
            shaft, head = _upright(start, float(way))
            shafts.append(shaft)
            heads.append(head)
        self.rises.points, self.heads.points = np.concatenate(shafts), np.concatenate(heads)
        self._turn_and_slide(moment)

    def _turn_and_slide(self, moment: State) -> None:
        plane, i = self.plane, self.neuron
        old, new = -self.before.biases[i], -moment.biases[i]
        feet = plane.on_floor((old, new))
        way = self.gain * float(feet[1, 0] - feet[0, 0])
        slide = arrow(feet[0] - (0.0, _BELOW, 0.0), way, 0.06)
        first, last = (self._angle(float(state.weights[i])) for state in (self.before, moment))
        if abs(last - first) < 0.06:
            self.arc.points, self.arrows.points = _NOTHING, slide
            return
        sweep = np.linspace(first, last, 24)
        path = feet[1] + _REACH * np.column_stack((np.cos(sweep), np.sin(sweep), np.zeros(24)))
        self.arc.points = corners(path)
        ahead = np.sign(last - first) * np.array([-np.sin(sweep[-1]), np.cos(sweep[-1]), 0.0])
        size = min(0.2, _REACH * abs(last - first))
        self.arrows.points = np.concatenate((slide, _head(path[-1], ahead, size)))

    def _angle(self, weight: float) -> float:
        x, y, _ = self.plane.direction(weight, 1.0)
        return float(np.arctan2(y, x))


def _upright(start: Points, way: float) -> tuple[Points, Points]:
    """The shaft and the head of an arrow straight up (down where negative)."""
    if abs(way) < 0.04:
        return _NOTHING, _NOTHING
    size = min(0.2, 0.6 * abs(way))
    up = np.array([0.0, np.sign(way), 0.0])
    end = start + abs(way) * up
    return segments(start[None], (end - size * up)[None]), _head(end - 0.5 * size * up, up, size)


def _head(middle: Points, way: Points, size: float) -> Points:
    across = np.array([-way[1], way[0], 0.0])
    tip, back = middle + 0.5 * size * way, middle - 0.5 * size * way
    return corners(np.array([tip, back + 0.6 * size * across, back - 0.6 * size * across, tip]))
