"""The typical error over two parameters, as a map: the ground on which a network stands."""

from __future__ import annotations

import numpy as np
from manim import LEFT, RIGHT, ManimColor, Rectangle, VGroup, VMobject, interpolate_color

from reluviz.analysis.optimum.valley import Crossroads
from reluviz.stage.looks import Range
from reluviz.stage.plane import Plane, Points, corners
from reluviz.stage.ticks import round_ticks
from reluviz.stage.typesetting import figures, words
from reluviz.theme import SAFE_X, SMALL, Theme

LEVELS = (0.1, 0.15, 0.2, 0.3, 0.5, 0.7, 1.0)
"""Typical errors at which one colour ends and the next begins."""

_NUMBERED = (0.1, 0.2, 0.5, 1.0)
_BRIGHT, _DIM = 0.62, 0.06
"""How much of the ink is in the colours of the lowest and of the highest ground."""

_NODES = 160


def ground(theme: Theme) -> list[ManimColor]:
    """The colours from the lowest ground to what is above the last level."""
    paper, ink = ManimColor(theme.background), ManimColor(theme.ink)
    return [interpolate_color(paper, ink, share) for share in np.linspace(_BRIGHT, _DIM, len(LEVELS) + 1)]


class ErrorMap(VGroup):
    """The typical error over (origin, weight) of the freed neuron. plane: its axes, without numbers across.

    areas: one for each level, from high to low, over what is higher still; exact between their nodes.
    """

    def __init__(
        self, theme: Theme, roads: Crossroads, origins: Range, weights: Range, centre: tuple[float, float],
        width: float, height: float,
    ) -> None:  # fmt: skip
        self.plane = Plane(
            theme, origins, weights, centre=centre, width=width, height=height, grid=False,
            x_ticks=[], y_ticks=round_ticks(weights, 4),
        )  # fmt: skip
        near = np.geomspace(1e-4, 1.0, _NODES)
        x = np.concatenate((np.linspace(*origins, _NODES), roads.origin + near, roads.origin - near))
        x = np.unique(np.clip(x, *origins))
        colours = ground(theme)
        self.areas = VGroup(self._area(x, np.full_like(x, weights[0]), np.full_like(x, weights[1]), colours[-1]))
        for level, colour in zip(reversed(LEVELS), reversed(colours[:-1]), strict=True):
            low, high = np.clip(roads.within(level, x), *weights)
            self.areas.add(self._area(x, low, high, colour))
        super().__init__(self.areas, self.plane)

    def _area(self, x: Points, low: Points, high: Points, colour: ManimColor) -> VMobject:
        area = VMobject(fill_color=colour, fill_opacity=1, stroke_width=0)
        outline = self.plane.at(np.concatenate((x, x[::-1], x[:1])), np.concatenate((low, high[::-1], low[:1])))
        area.points = corners(outline)
        return area


class ErrorScale(VGroup):
    """The colours of an ErrorMap with their errors, low at the bottom; `height_of` an error along it."""

    def __init__(self, theme: Theme, corner: tuple[float, float], width: float, height: float) -> None:
        self.left, self.bottom = corner
        colours = ground(theme)
        self.step = height / len(colours)
        super().__init__()
        for k, colour in enumerate(colours):
            swatch = Rectangle(width=width, height=self.step, stroke_width=0).set_fill(colour, opacity=1)
            self.add(swatch.move_to((self.left + width / 2, self.bottom + (k + 0.5) * self.step, 0.0)))
        for level in _NUMBERED:
            number = words(figures(level, 0 if level >= 1 else 1), theme.ink, SMALL)
            place = (self.left + width + 0.15, self.height_of(level), 0.0)
            self.add(number.move_to(place, aligned_edge=LEFT))
        name = words("typical error", theme.ink, SMALL)
        self.add(name.move_to((SAFE_X, self.bottom + height + 0.3, 0.0), aligned_edge=RIGHT))

    def height_of(self, error: float) -> float:
        """The frame's y of an error: straight between the levels, from 0 at the foot, never above the top."""
        levels = np.array((0.08, *LEVELS, 2.0))
        return self.bottom + self.step * float(np.interp(error, levels, np.arange(len(levels), dtype=float)))
