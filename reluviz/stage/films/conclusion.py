"""Where an origin lies relative to the data decides which samples wake its neuron."""

from __future__ import annotations

from collections.abc import Mapping

import numpy as np
from manim import DOWN, LEFT, UP, Circle, Dot, Rectangle, VGroup, VMobject

from reluviz.core import Trajectory
from reluviz.core.network import Array
from reluviz.stage.parts.moment import State
from reluviz.stage.parts.network.band import BetweenBand
from reluviz.stage.parts.network.graph import ErrorArea, NetworkCurve, NeuronCurves, target_curve
from reluviz.stage.parts.network.marks import DISC_RADIUS, NeuronMarks
from reluviz.stage.parts.replay import Rig
from reluviz.stage.plane import Plane, Points, corners
from reluviz.stage.typesetting import Number, figures, words
from reluviz.stage.views import graph_ranges
from reluviz.theme import LABEL, SMALL, Theme

_BOX = {"centre": (0.0, -0.1), "width": 12.6, "height": 5.4}
_NAMES = ("always awake", "wakes inside", "never awake")
_SLOPE = 0.5
_FADED = 0.3


class AwakePicture:
    """Three neurons, left of all samples, among them and right of them, each with its own graph.

    still: the axis, the data's range and some of its samples. neurons, names: of all three, by index from 0.
    `probe` is a sample that runs along the axis: `show(x)` moves it, and every neuron it wakes lights up.
    """

    def __init__(self, theme: Theme, run: Trajectory) -> None:
        low, high = run.experiment.low, run.experiment.high
        width = high - low
        self.low, self.high = low, high
        self.origins = np.array((low - 0.14 * width, low + 0.5 * width, high + 0.1 * width))
        x_range = (low - 0.24 * width, high + 0.24 * width)
        top = 1.2 * _SLOPE * (x_range[1] - self.origins[0])
        self.plane = plane = Plane(
            theme, x_range, (-0.4 * top, top), **_BOX, x_ticks=[(low, f"{low:g}"), (high, f"{high:g}")], y_ticks=[]  # type: ignore[arg-type]
        )
        moment = State(np.full(3, _SLOPE), -self.origins)
        self._curves, self._marks = NeuronCurves(plane, 3, width=5), NeuronMarks(plane, 3, bends=False, arms=False)
        self._curves.show(moment)
        self._marks.show(moment)
        self.neurons = [VGroup(self._curves[i], *self._marks.of_neuron(i)) for i in range(3)]
        self.names = VGroup()
        for i, (origin, name) in enumerate(zip(self.origins, _NAMES, strict=True)):
            label = words(name, theme.neuron(i), LABEL)
            self.names.add(label.next_to(plane.at(origin, 0.0) + DISC_RADIUS * DOWN, DOWN, buff=0.2))
        dots = [Dot(plane.at(x, 0.0), radius=0.05, color=theme.ink) for x in run.experiment.samples()[:60]]
        data = BetweenBand(plane, low).cover(low, high)
        title = words("the data", theme.muted, SMALL).next_to(plane.at((low + high) / 2, top), DOWN, buff=0.15)
        self.still = VGroup(data, plane, title, *dots)
        self.probe = VGroup(
            VMobject(stroke_color=theme.accent, stroke_width=3, stroke_opacity=0.7),
            VMobject(fill_color=theme.accent, fill_opacity=1, stroke_width=0),
        )
        self.moving = VGroup(*self.neurons, self.probe)
        self._dot = Circle(radius=0.11).points

    def show(self, x: float) -> None:
        """Moves the sample to x, and lights the neurons whose origin lies left of it."""
        foot, head = self.plane.at(x, (0.0, self.plane.y_range[1]))
        self.probe[0].points = corners(np.array((foot, head - 0.5 * UP)))
        self.probe[1].points = self._dot + foot
        for i, origin in enumerate(self.origins):
            light = 1.0 if x > origin else _FADED
            self._curves[i].set_stroke(opacity=light)
            self._marks.discs[i].set_fill(opacity=light)

_COLUMNS = 3
_WIDTH, _HEIGHT = 3.85, 2.15
_PITCH_X, _PITCH_Y = 4.6, 3.2
_TOP = 1.5
_ROOM_BELOW = 0.3
"""How far the picture reaches below the axis, as a part of its height above: dots may rest on one another."""
_DOT = 0.1


class IterationNumber(Number):
    """The count of iterations alone, right-aligned at `foot`."""

    def __init__(self, theme: Theme, foot: Points) -> None:
        super().__init__(theme.ink, LABEL, strong=True, align="right")
        self._foot = foot

    def show(self, moment: State) -> None:
        """Sets the count."""
        self.put(figures(round(moment.iteration), 0), self._foot)


class SmallMarks(VGroup):
    """Each neuron as a small dot at its origin, a stem and a dot where the graph bends; no figures, no arms."""

    def __init__(self, plane: Plane, neurons: int) -> None:
        colours = [plane.theme.neuron(i) for i in range(neurons)]
        self.plane = plane
        self.stems = [VMobject(stroke_color=c, stroke_width=2) for c in colours]
        self.bends, self.dots = (
            [VMobject(fill_color=c, fill_opacity=1, stroke_width=0) for c in colours] for _ in ("bends", "dots")
        )
        self._circle = Circle(radius=_DOT).points
        super().__init__(*self.stems, *self.bends, *self.dots)

    def show(self, moment: State) -> None:
        """Sets every point for this moment."""
        origins = np.clip(-moment.biases, *self.plane.x_range)
        feet = self.plane.at(origins, 0.0)
        tops = self.plane.at(origins, np.clip(moment.network(origins), *self.plane.y_range))
        centres = feet - np.outer(disc_drops(feet[:, 0], _DOT), (0.0, 1.0, 0.0))
        for stem, bend, dot, centre, top in zip(self.stems, self.bends, self.dots, centres, tops, strict=True):
            stem.points = corners(np.array((centre, top)))
            bend.points = 0.6 * self._circle + top
            dot.points = self._circle + centre


class Cell:
    """One run's graph, small and without numbers on its axes: `still` and `rig`, with its name and count below."""

    def __init__(self, theme: Theme, run: Trajectory, name: str, centre: tuple[float, float], at: float) -> None:
        low, high = run.experiment.low, run.experiment.high
        x_range, (_, top) = graph_ranges(run)
        box = {"centre": centre, "width": _WIDTH, "height": _HEIGHT}
        y_range = (-_ROOM_BELOW * top, top)
        self.plane = Plane(theme, x_range, y_range, **box, x_ticks=[], y_ticks=[], grid=False)  # type: ignore[arg-type]
        left, right = (self.plane.at(x, y_range[0]) + 0.3 * DOWN for x in x_range)
        self.name = words(name, theme.muted, LABEL).move_to(left, aligned_edge=LEFT)
        count = IterationNumber(theme, right - (0.0, 0.12, 0.0))
        network, marks = NetworkCurve(self.plane, width=4.0), SmallMarks(self.plane, run.neurons)
        target = target_curve(self.plane, run.target, low, high)
        self.still = VGroup(self.plane, target, self.name)
        self.rig = Rig(run, ErrorArea(self.plane, run.target, low, high), network, marks, count, at=at)
        self.frame = Rectangle(width=_WIDTH + 0.3, height=_HEIGHT + 0.85, color=theme.accent, stroke_width=4)
        self.frame.move_to((centre[0], centre[1] - 0.25, 0.0))


class Wall:
    """Runs in rows of three, by name: `cells`; `still` and `rigs` of all of them."""

    def __init__(self, theme: Theme, runs: Mapping[str, Trajectory], *, at_end: bool = False) -> None:
        self.cells: dict[str, Cell] = {}
        for k, (name, run) in enumerate(runs.items()):
            row, column = divmod(k, _COLUMNS)
            centre = ((column - (_COLUMNS - 1) / 2) * _PITCH_X, _TOP - row * _PITCH_Y)
            self.cells[name] = Cell(theme, run, name, centre, run.last if at_end else 0.0)
        self.still = VGroup(*(cell.still for cell in self.cells.values()))
        self.rigs = [cell.rig for cell in self.cells.values()]


def disc_drops(x: Array, radius: float) -> Array:
    """How far below the axis each disc sits so that no two overlap: each rests on those of smaller number."""
    width = 2 * radius + 0.03
    drops = np.zeros(len(x))
    for i in range(len(x)):
        for j in range(i):
            gap = abs(x[i] - x[j])
            if gap < width:
                drops[i] = max(drops[i], drops[j] + float(np.sqrt(width * width - gap * gap)))
    return drops
