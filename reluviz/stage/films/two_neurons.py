"""What one update does to two neurons at once, and the four reasons, each named as it is found."""

from __future__ import annotations

from abc import abstractmethod

import numpy as np
from manim import LEFT, RIGHT, BackgroundRectangle, Circle, Line, VGroup, VMobject

from reluviz.core import ReluNetwork, Trajectory
from reluviz.stage.looks import Look
from reluviz.stage.network_view import full, graph_ranges
from reluviz.stage.parts.moment import State
from reluviz.stage.parts.network.arrows import LANE, arrow
from reluviz.stage.parts.network.marks import ARM_LENGTH, DISC_RADIUS
from reluviz.stage.parts.network.slow import MEASURED, MOVED, PULLED, eased, plate, update_shown
from reluviz.stage.plane import Plane, corners, segments
from reluviz.stage.typesetting import Labels, figure_points, figures, outlines, words
from reluviz.theme import HEADLINE, LABEL, SMALL

_LONG_ARM = 2.2
"""Of arms whose turn is drawn enlarged, against others."""

_ROOM = 0.05
"""The part of the width that is added at the left."""

_NOTHING = np.zeros((0, 3))
_DEPTH, _APART = DISC_RADIUS + 0.33, 0.62
"""Frame units from the axis down to what is told of the first neuron, and from that to the next neuron's."""


class _OfOneUpdate(VGroup):
    """Something told of every neuron that wakes for one update, in its own colour, as the update is shown: `tell`
    sets it. Nothing at any other time."""

    def __init__(self, plane: Plane, run: Trajectory, update: int) -> None:
        self.plane, self.made_from = plane, update
        self.before, self.after = run.network_at(update), run.network_at(update + 1)
        self.x = float(run.inputs[update])
        colours = [plane.theme.neuron(i) for i in range(run.neurons)]
        self.shapes = [VMobject(fill_color=c, fill_opacity=1, stroke_width=0) for c in colours]
        self.lines = [VMobject(stroke_color=c, stroke_width=6) for c in colours]
        self.plates = VMobject(fill_color=plane.theme.background, fill_opacity=0.85, stroke_width=0)
        self.texts = [Labels(c) for c in colours]
        self.note = Labels(plane.theme.muted)
        super().__init__(*self.shapes, self.plates, *self.lines, *self.texts, self.note)

    def show(self, moment: State) -> None:
        """Sets all of it for this moment."""
        shown = update_shown(moment)
        for part in (*self.shapes, *self.lines, self.plates):
            part.points = _NOTHING
        for text in (*self.texts, self.note):
            text.put()
        if shown is not None and shown[0] == self.made_from and MEASURED < shown[1] < 0.5 * (1.0 + MOVED):
            told, moved = eased(shown[1], MEASURED, PULLED), eased(shown[1], PULLED, MOVED)
            awake = np.flatnonzero(self.x + self.before.biases > 0)
            for row, i in enumerate(awake):
                self.tell(int(i), -(_DEPTH + _APART * row), told, moved)
            texts = [points for text in (*self.texts, self.note) for _, points in text.shown]
            self.plates.points = np.concatenate([_NOTHING, *(plate(points) for points in texts)])

    @abstractmethod
    def tell(self, i: int, down: float, told: float, moved: float) -> None:
        """Sets what is told of neuron i (from 0), `down` frame units from the axis. told, moved: how far, 0 to 1."""


class Levers(_OfOneUpdate):
    """From each origin to the sample a bracket with its length, and how far the arm turns, `gain` times enlarged."""

    def __init__(self, plane: Plane, run: Trajectory, update: int, gain: int) -> None:
        self.gain = gain
        super().__init__(plane, run, update)
        for shape in self.shapes:
            shape.set_fill(opacity=0.7)

    def tell(self, i: int, down: float, told: float, moved: float) -> None:
        plane, origin = self.plane, -float(self.before.biases[i])
        foot = plane.on_floor(origin)
        ends = plane.on_floor((origin, origin + told * (self.x - origin))) + (0.0, down, 0.0)
        up = np.array([0.0, 0.13, 0.0])
        number = figures(self.x - origin)
        self.lines[i].points = np.concatenate((segments(ends - up, ends + up), corners(ends)))
        self.texts[i].put((number, figure_points(number, LABEL, True, ends[1] + (0.22, -0.13, 0.0))))
        weights = self.before.weights[i], self.after.weights[i]
        slopes = weights[0] + np.linspace(0.0, moved, 9) * self.gain * (weights[1] - weights[0])
        tips = [foot + plane.direction(slope, _LONG_ARM * ARM_LENGTH) for slope in slopes]
        self.shapes[i].points = corners(np.array([foot, *tips, foot])) if moved > 0 else _NOTHING
        if moved > 0:
            note = f"turns drawn {self.gain} times as large"
            glyphs, width, _ = outlines(note, SMALL)
            self.note.put((note, glyphs + plane.on_floor(0.0) + (width / 2 + 0.2, -(_DEPTH + 2 * _APART), 0.0)))


class Slides(_OfOneUpdate):
    """Below each other: delta times each weight, and how far each origin slides for it, in true proportion."""

    longest = 3.4
    """Frame units of the longest slide."""

    def tell(self, i: int, down: float, told: float, moved: float) -> None:
        moves = self.before.biases - self.after.biases
        start = self.plane.on_floor(max(self.before.origins.max(), 0.0)) + (0.9, down - 0.1, 0.0)
        text = "δ × weight"
        glyphs, width, _ = outlines(text, SMALL)
        number = figures(float(self.before.weights[i]))
        value = figure_points(number, LABEL, True, start + (width + 0.15, -0.1, 0.0))
        self.texts[i].put((f"{text} {number}", np.concatenate((glyphs + start + (width / 2, 0.0, 0.0), value))))
        way = moved * self.longest * moves[i] / np.abs(moves).max()
        tail = start[0] + width + 1.35 + self.longest
        self.shapes[i].points = arrow(np.array([tail, start[1], 0.0]), float(way), 0.08)


class WaitingSample(VGroup):
    """A sample and its delta before anything moves: the first neuron's way is known, of the second's it is asked.

    sample, delta, push, question: these, in the order in which they are spoken of.
    """

    def __init__(self, plane: Plane, network: ReluNetwork, target: ReluNetwork, x: float) -> None:
        theme = plane.theme
        ends = plane.at(x, (float(network(x)), float(target(x))))
        colour = theme.too_low if ends[1, 1] > ends[0, 1] else theme.too_high
        foot = plane.on_floor(x)
        dot = Circle(radius=0.13, fill_color=theme.accent, fill_opacity=1, stroke_width=0).move_to(foot)
        self.sample = VGroup(Line(foot, ends[0], color=theme.accent, stroke_width=2.5), dot)
        self.delta = Line(*ends, color=colour, stroke_width=10)
        one, two = (plane.on_floor(origin) + (0.0, LANE, 0.0) for origin in network.origins)
        self.push = VMobject(fill_color=colour, fill_opacity=1, stroke_width=0)
        self.push.points = arrow(one, -0.9 * float(np.sign(network.weights[0])), 0.07)
        self.question = words("?", theme.accent, HEADLINE, strong=True).move_to(two + (0.0, 0.5, 0.0))
        super().__init__(self.sample, self.delta, self.push, self.question)


class Overshoot(VGroup):
    """Where a corner of the target lies, as an upright line, and beside the disc that has gone past it its origin."""

    def __init__(self, plane: Plane, corner: tuple[float, float], origin: float) -> None:
        accent = plane.theme.accent
        line = Line(plane.at(*corner), plane.on_floor(corner[0]), color=accent, stroke_width=3)
        number = words(figures(origin), accent, LABEL, strong=True)
        super().__init__(line, number.next_to(plane.on_floor(origin) + (0.0, LANE + 0.5, 0.0), RIGHT, buff=0.2))


def way_to(plane: Plane, origin: float, corner: float) -> VMobject:
    """An arrow below the axis from an origin to where it is wanted."""
    start, end = plane.on_floor((origin, corner)) - (0.0, _DEPTH, 0.0)
    way = VMobject(fill_color=plane.theme.accent, fill_opacity=1, stroke_width=0)
    way.points = arrow(start, float(end[0] - start[0]), 0.04)
    return way


def with_room_left(run: Trajectory) -> Look:
    """The look of a run whose origins go far left: room there for the names of rules above the discs."""
    (low, high), heights = graph_ranges(run)
    return full((low - _ROOM * (high - low), high), heights)


class Reasons(VGroup):
    """The reasons in the order they are found, one below the other at the plane's upper left.

    places: their numbers, on a plate that keeps the grid's lines off.
    """

    def __init__(self, plane: Plane, *names: str) -> None:
        theme = plane.theme
        top = np.array([plane.left_edge + 1.1, plane.top_edge - 0.15, 0.0])
        numbers, texts = VGroup(), VGroup()
        for k, name in enumerate(names):
            at = top + (0.0, -0.2 - 0.5 * k, 0.0)
            number = words(f"{k + 1}.", theme.muted, LABEL, strong=True).move_to(at, aligned_edge=RIGHT)
            text = words(name, theme.ink, LABEL, strong=True).move_to(at + 0.18 * RIGHT, aligned_edge=LEFT)
            numbers.add(number)
            texts.add(text.shift((0.0, number[0].get_bottom()[1] - text[0].get_bottom()[1], 0.0)))  # on one line
        plate = BackgroundRectangle(VGroup(numbers, texts), color=theme.background, fill_opacity=0.9, buff=0.12)
        self.places = VGroup(plate, *numbers)
        super().__init__(*texts)
