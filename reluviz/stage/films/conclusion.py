"""Six runs at once, as small planes from which one or two come forward; levers; states that no run has."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace

import numpy as np
from manim import RIGHT, UP, Rectangle, VGroup, VMobject

from reluviz.core import Trajectory
from reluviz.core.network import Array
from reluviz.stage.looks import Look
from reluviz.stage.network_view import COUNTER_Y, NetworkView, graph_ranges
from reluviz.stage.parts.moment import State
from reluviz.stage.parts.network.arrows import LANE, arrow
from reluviz.stage.parts.replay import Rig
from reluviz.stage.plane import Plane, corners, segments
from reluviz.stage.typesetting import figures, words
from reluviz.story.pacing import Pace
from reluviz.theme import LABEL, SAFE_X, SMALL, Theme

_COLUMNS = 3
_PITCH_X, _PITCH_Y = 4.55, 3.1
_TOP = 1.4
_BOX = {"width": 3.95, "height": 1.45, "below": 0.75, "size": 0.6}


class Wall:
    """Runs as small planes in rows of three, by name: `views`, `names` above them, each plane's place in `cells`.

    still, rig: all of it, as a view has them. The counter, of all runs, belongs to `longest`.
    """

    def __init__(self, theme: Theme, runs: Mapping[str, Trajectory], longest: str) -> None:
        self.views: dict[str, NetworkView] = {}
        self.names: dict[str, VMobject] = {}
        self.cells: dict[str, Look] = {}
        for k, (name, run) in enumerate(runs.items()):
            row, column = divmod(k, _COLUMNS)
            centre = ((column - (_COLUMNS - 1) / 2) * _PITCH_X, _TOP - row * _PITCH_Y)
            look = self.cells[name] = Look(*graph_ranges(run), centre=centre, **_BOX)  # type: ignore[arg-type]
            corner = (SAFE_X, COUNTER_Y) if name == longest else None
            self.views[name] = NetworkView(theme, run, look=look, counter=corner, pushes=False)
            left, top = centre[0] - look.width / 2, centre[1] + look.height / 2
            title = words(name, theme.ink, LABEL, strong=True)
            self.names[name] = title.move_to((left + title.width / 2, top + 0.27, 0.0))
        self.still = VGroup(*(view.still for view in self.views.values()), *self.names.values())
        self.rig = VGroup(*self.rigs)

    @property
    def rigs(self) -> list[Rig]:
        """The rigs of all runs."""
        return [view.rig for view in self.views.values()]

    def all_but(self, *names: str) -> VGroup:
        """What is seen of the other runs, and the names of these, which stand where their small planes are."""
        others = [name for name in self.views if name not in names]
        parts = [part for name in others for part in (self.views[name].still, self.views[name].rig)]
        return VGroup(*parts, *self.names.values())

    def frame(self, name: str) -> Rectangle:
        """A frame around one of them."""
        view, look = self.views[name], self.cells[name]
        frame = Rectangle(width=look.width + 0.3, height=look.height + look.below + 0.61, stroke_width=5)
        middle = (look.centre[0], look.centre[1] - look.below / 2 + 0.245, 0.0)
        return frame.set_stroke(view.theme.accent).move_to(middle)

    def put_back(self, *names: str, seconds: float = 6.0) -> None:
        """While they are not seen: these in their small planes, at their ends, as if replayed in `seconds`."""
        longest = max(view.run.last for view in self.views.values())
        for name in names:
            view = self.views[name]
            view.look = self.cells[name]
            view.plane.look_at(view.look)
            view.rig.jump(0).extend(Pace([one.run for one in self.views.values()], 0, longest, seconds))
            view.rig.show(seconds)


def second_of(rig: Rig, iteration: float) -> float:
    """The second of a rig's timeline at which it first stands at `iteration`."""
    seconds = np.linspace(0.0, rig.timeline.seconds, 4000)
    return float(np.interp(iteration, rig.timeline.iteration(seconds), seconds))


def levers(plane: Plane, origins: Array, sample: float) -> VGroup:
    """A bracket from each disc to the sample, one below another, under the axis."""
    rows = VGroup()
    for i, origin in enumerate(origins):
        ends = plane.on_floor(np.array((origin, sample))) - (0.0, 0.5 + 0.26 * i, 0.0)
        up = np.array((0.0, 0.09, 0.0))
        line = VMobject(stroke_color=plane.theme.neuron(i), stroke_width=5)
        line.points = np.concatenate((corners(ends), segments(ends - up, ends + up)))
        rows.add(line)
    return rows


def value_at(plane: Plane, x: float, value: float, side: int) -> VGroup:
    """The line's height at x in figures, above (1) or below (-1) the right end of a dash that marks it."""
    here = plane.at(x, value)
    dash = VMobject(stroke_color=plane.theme.accent, stroke_width=6)
    dash.points = segments((here - (0.2, 0.0, 0.0))[None], (here + (0.2, 0.0, 0.0))[None])
    number = words(figures(value, 1), plane.theme.accent, LABEL, strong=True)
    return VGroup(dash, number.next_to(dash, RIGHT, buff=0.1).shift(0.3 * side * UP))


def equal_arrows(plane: Plane, state: State, colour: str) -> VGroup:
    """Two equal arrows to the left, one above the other, at neurons that are in one place."""
    pulls = VGroup()
    for k in range(2):
        pull = VMobject(fill_color=colour, fill_opacity=1, stroke_width=0)
        pull.points = arrow(plane.on_floor(-state.biases[k]) + (0.0, LANE + 0.3 * k, 0.0), -1.1, 0.06)
        pulls.add(pull)
    return pulls


def changed(state: State, neuron: int, *, origin: float | None = None, slope: float | None = None) -> State:
    """The state with one neuron (from 0) moved or turned."""
    weights, biases = state.weights.copy(), state.biases.copy()
    if origin is not None:
        biases[neuron] = -origin
    if slope is not None:
        weights[neuron] = slope
    return State(weights, biases, state.output_bias)


def without_wake(look: Look) -> Look:
    """A look whose plane takes the room of the wake."""
    height = look.height + look.below
    return replace(look, centre=(look.centre[0], look.centre[1] - look.below / 2), height=height, below=0.0)


def note(plane: Plane, x: float, text: str, side: int) -> VMobject:
    """A word above the disc at x: right of its stem (1), or in the middle (0), clear of the line that rises there."""
    label = words(text, plane.theme.ink, SMALL, strong=True)
    return label.move_to(plane.on_floor(x) + (side * (label.width / 2 + 0.15), 0.75 if side else 1.65, 0.0))
