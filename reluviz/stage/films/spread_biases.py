"""Why a start further apart helps: the lever from a disc to a sample, a slope as it goes, and the errors left."""

from __future__ import annotations

from typing import Any

import numpy as np
from manim import DOWN, LEFT, UP, Circle, Square, Text, VGroup, VMobject

from reluviz.core import Trajectory
from reluviz.core.measure import rms_error
from reluviz.stage.network_view import COUNTER_Y
from reluviz.stage.parts.gestures.look import Turn
from reluviz.stage.parts.moment import State
from reluviz.stage.parts.network.arrows import LANE
from reluviz.stage.parts.network.marks import DISC_RADIUS
from reluviz.stage.parts.network.slow import plate
from reluviz.stage.plane import Plane, Points, corners, segments
from reluviz.stage.typesetting import Labels, figure_points, figures, words
from reluviz.theme import LABEL, SAFE_X, SMALL, Theme

ENLARGED = 12
"""How many times as long as they are the sides of squares are drawn."""

_DEPTH = DISC_RADIUS + 0.4
_DOT: Points = Circle(radius=0.11).points


class Lever(VGroup):
    """From the origin of a neuron (from 0) to a sample at `x`: a bracket below the axis with its length, and the way
    from the sample up to the line and on to the target. grown: how far (0 to 1) it is drawn."""

    def __init__(self, plane: Plane, run: Trajectory, neuron: int, x: float) -> None:
        theme = plane.theme
        self.plane, self.wanted, self.neuron, self.x, self.grown = plane, run.target, neuron, x, 0.0
        self.plate = VMobject(fill_color=theme.background, fill_opacity=0.9, stroke_width=0)
        self.line = VMobject(stroke_color=theme.ink, stroke_width=4)
        self.dot = VMobject(fill_color=theme.accent, fill_opacity=1, stroke_width=0)
        self.delta = [VMobject(stroke_color=c, stroke_width=9) for c in (theme.too_low, theme.too_high)]
        self.text = Labels(theme.ink)
        super().__init__(self.plate, *self.delta, self.line, self.dot, self.text)

    def show(self, moment: State) -> None:
        """Sets it for where the origin and the line are."""
        plane, origin = self.plane, -float(moment.biases[self.neuron])
        ends = plane.on_floor((origin, origin + self.grown * (self.x - origin))) - (0.0, _DEPTH, 0.0)
        up = np.array([0.0, 0.14, 0.0])
        self.line.points = np.concatenate((segments(ends - up, ends + up), corners(ends)))
        here = float(self.grown == 1.0)
        self.dot.points = (_DOT * (here + 1e-3)) + plane.on_floor(self.x)
        low, high = plane.at(self.x, (float(moment.network(self.x)), float(self.wanted(self.x))))
        for bar, sign in zip(self.delta, (1, -1), strict=True):
            there = here and sign * (high - low)[1] > 0
            bar.points = segments(low[None], high[None]) if there else np.zeros((0, 3))
        number = figures(self.x - origin)
        middle = ends.mean(axis=0) - (0.0, 0.5, 0.0)
        digits = figure_points(number, LABEL, True, middle, "middle")
        self.text.put(*([(number, digits)] if here else []))
        box = np.array([(-0.5, -0.1), (0.5, -0.1), (0.5, 0.4), (-0.5, 0.4), (-0.5, -0.1)]) * here
        self.plate.points = corners(np.column_stack((box, np.zeros(5))) + middle)


class SlopeNumber(VGroup):
    """The slope of a neuron (from 0), above its disc."""

    def __init__(self, plane: Plane, neuron: int) -> None:
        self.plane, self.neuron = plane, neuron
        self.plate = VMobject(fill_color=plane.theme.background, fill_opacity=0.85, stroke_width=0)
        self.text = Labels(plane.theme.neuron(neuron))
        super().__init__(self.plate, self.text)

    def show(self, moment: State) -> None:
        """Sets the number for this moment."""
        slope, origin = float(moment.weights[self.neuron]), -float(moment.biases[self.neuron])
        number = figures(slope)
        digits = figure_points(number, LABEL, True, self.plane.on_floor(origin) + (0.0, LANE + 0.32, 0.0), "middle")
        self.text.put((number, digits))
        self.plate.points = plate(digits)


def lead(view: Any, lever: Lever) -> Turn:
    """The lever grows to its sample."""

    def show(part: float) -> None:
        lever.grown = part
        view.rig.show(view.rig.moment.second)

    return Turn(view.rig, show, 1.0)


def new_disc(plane: Plane, index: int, x: float) -> VGroup:
    """The disc of a neuron (from 0) that this film has not had, on the axis at `x`."""
    disc = Circle(DISC_RADIUS, fill_color=plane.theme.neuron(index), fill_opacity=1, stroke_width=0)
    number = words(str(index + 1), plane.theme.background, SMALL, strong=True)
    return VGroup(disc, number).move_to(plane.on_floor(x))


class ErrorSquare(VGroup):
    """The typical error of a state as a square of that side, ENLARGED, in the plane's scale, with its number."""

    def __init__(self, plane: Plane, run: Trajectory, iteration: int) -> None:
        theme, error = plane.theme, rms_error(run, iteration)
        side = ENLARGED * error * float(plane.at(0.0, 1.0)[1] - plane.at(0.0, 0.0)[1])
        square = Square(side, stroke_color=theme.ink, stroke_width=3)
        square.set_fill(theme.muted, opacity=0.6)
        square.move_to((plane.left_edge + 0.15, plane.top_edge - 0.1, 0.0), aligned_edge=UP + LEFT)
        self.number = words(figures(error), theme.ink, LABEL, strong=True)
        self.number.next_to(square, DOWN, buff=0.15).align_to(square, LEFT)
        super().__init__(square, self.number)


def enlarged_note(theme: Theme) -> Text:
    """That the squares are drawn enlarged."""
    note = words(f"typical error, sides drawn {ENLARGED} times as long", theme.muted, SMALL)
    return note.move_to((-SAFE_X, COUNTER_Y, 0.0), aligned_edge=LEFT)
