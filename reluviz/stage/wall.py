"""Several runs at once, each in a small picture of its own, and a clock that runs backwards."""

from __future__ import annotations

from collections.abc import Mapping

import numpy as np
from manim import DOWN, LEFT, Circle, Rectangle, VGroup, VMobject

from reluviz.core import Trajectory
from reluviz.stage.graph import ErrorArea, NetworkCurve, disc_drops, target_curve
from reluviz.stage.moment import Moment
from reluviz.stage.plane import Plane, Points, corners
from reluviz.stage.replay import Clock, Rig
from reluviz.stage.theme import LABEL, Theme
from reluviz.stage.typesetting import Number, figures, words
from reluviz.stage.workbench import graph_ranges

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
        super().__init__(theme.ink, LABEL, cells=7, strong=True, align="right")
        self._foot = foot

    def show(self, moment: Moment) -> None:
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

    def show(self, moment: Moment) -> None:
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


class Rewound:
    """A clock that goes through another one's stretch backwards, in the same time."""

    def __init__(self, clock: Clock, seconds: float) -> None:
        self._clock, self._seconds = clock, seconds

    def iteration(self, second: float) -> float:
        """The iteration shown at `second`."""
        return self._clock.iteration(self._seconds - second)

    def label(self, second: float) -> str:
        """No speed is shown on the way back."""
        return ""
