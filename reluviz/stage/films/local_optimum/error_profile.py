"""The typical error along a way through states, as the ground a ball rolls on."""

from __future__ import annotations

import numpy as np
from manim import LEFT, RIGHT, Circle, VGroup, VMobject

from reluviz.core.network import Array
from reluviz.stage.plane import Plane, Points, corners
from reluviz.stage.typesetting import words
from reluviz.theme import SMALL, Theme

BALL = 0.16
_ARROW = 0.75
"""Frame units of the pull where the ground is steepest."""


class Ball(VGroup):
    """The state that is looked at, in the colour of the neuron that is moved."""

    def __init__(self, theme: Theme, neuron: int) -> None:
        self.halo = VMobject(fill_color=theme.background, fill_opacity=1, stroke_width=0)
        self.dot = VMobject(fill_color=theme.neuron(neuron), fill_opacity=1, stroke_width=0)
        self._circle: Points = Circle(radius=BALL).points
        super().__init__(self.halo, self.dot)

    def place(self, point: Points) -> None:
        """Moves it to this point of the frame."""
        self.halo.points, self.dot.points = 1.35 * self._circle + point, self._circle + point


class ErrorProfile(VGroup):
    """The errors (k,) over the lengths (k,) along a way. level: its line up to `bend`; down: its line from there on.

    The parts are to be brought in one by one; `axes` has the plane and its names.
    """

    def __init__(
        self, theme: Theme, lengths: Array, errors: Array, bend: float, centre: tuple[float, float], width: float,
        height: float,
    ) -> None:  # fmt: skip
        self.lengths, self.errors, self.bend = lengths, errors, bend
        top = 1.75 * float(errors[0])
        ticks = [(0.0, "0"), (0.05, "0.05"), (0.1, "0.10")]
        self.plane = Plane(
            theme, (-0.03 * lengths[-1], 1.03 * lengths[-1]), (0.0, top), centre=centre, width=width, height=height,
            x_ticks=[], y_ticks=[tick for tick in ticks if tick[0] < top],
        )  # fmt: skip
        across = words("way gone", theme.muted, SMALL)
        across.move_to(self.plane.at(self.plane.x_range[1], 0.0) - (0.0, 0.32, 0.0), aligned_edge=RIGHT)
        up = words("typical error", theme.muted, SMALL)
        up.move_to(self.plane.at(self.plane.x_range[0], top), aligned_edge=LEFT)
        self.axes = VGroup(self.plane, across, up)
        way = np.column_stack((lengths, errors))
        self.level = self.plane.curve(way[lengths <= bend], theme.accent, width=8)
        self.down = self.plane.curve(way[lengths >= bend], theme.accent, width=8)
        super().__init__(self.axes, self.level, self.down)

    def on(self, length: float) -> Points:
        """The point of the ground there."""
        return self.plane.at(length, np.interp(length, self.lengths, self.errors))

    def ball_at(self, length: float) -> Points:
        """Where a ball's centre is that lies on the ground there."""
        near = 0.01 * self.lengths[-1]
        along = self.on(length + near) - self.on(length - near)
        across = np.array([-along[1], along[0], 0.0]) / max(float(np.linalg.norm(along)), 1e-9)
        return self.on(length) + (BALL + 0.04) * across

    def pulls(self, count: int) -> VGroup:
        """What pulls a ball at so many places along the way: nothing but a dot where the ground is level, else an arrow
        along it, as long as it is steep."""
        theme, found = self.plane.theme, VGroup()
        places = np.linspace(0.02, 0.96, count) * self.lengths[-1]
        near = 0.01 * self.lengths[-1]
        ways = np.array([self.on(place + near) - self.on(place - near) for place in places])
        steep = np.maximum(-ways[:, 1], 0.0)
        for place, way, strength in zip(places, ways, steep / steep.max(), strict=True):
            start = self.ball_at(place) + (0.0, 0.2, 0.0)
            mark = VMobject(fill_color=theme.ink, fill_opacity=1, stroke_width=0)
            if strength < 0.02:
                mark.points = Circle(radius=0.06).points + start
            else:
                mark.points = _arrow(start, way / np.linalg.norm(way) * _ARROW * strength)
            found.add(mark)
        return found


def _arrow(start: Points, way: Points) -> Points:
    length = float(np.linalg.norm(way))
    along = way / length
    across = np.array([-along[1], along[0], 0.0])
    head = min(0.22, 0.6 * length)
    outline = [(0, 0.035), (length - head, 0.035), (length - head, 0.12), (length, 0), (length - head, -0.12)]
    outline += [(length - head, -0.035), (0, -0.035), (0, 0.035)]
    return corners(np.array([start + a * along + b * across for a, b in outline]))
