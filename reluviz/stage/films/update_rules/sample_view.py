"""How a sample moves a neuron, in pictures: a view of one sample, poses by hand, and what the four rules do.

A pose is a state that no run has, such as a line pushed to the left alone: only then is it seen what that does.
"""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from manim import LEFT, Dot, FadeOut, VGroup, VMobject, linear, smooth

from reluviz.core import Trajectory
from reluviz.stage.looks import Look, Range
from reluviz.stage.network_view import NetworkView
from reluviz.stage.parts.gestures.change import Change
from reluviz.stage.parts.gestures.look import Turn
from reluviz.stage.parts.gestures.square import DeltaSquare
from reluviz.stage.parts.gestures.turning import between
from reluviz.stage.parts.moment import State
from reluviz.stage.parts.network.arrows import arrow
from reluviz.stage.parts.replay import Rig
from reluviz.stage.plane import Plane
from reluviz.stage.typesetting import words
from reluviz.theme import HEADLINE, SAFE_X, Theme

TOP, BOTTOM = 2.75, -3.6

def box(left: float, right: float, bottom: float, top: float, x_range: Range, y_range: Range) -> Look:
    """A look with these edges in the frame."""
    centre = ((left + right) / 2, (bottom + top) / 2)
    return Look(x_range, y_range, centre, right - left, top - bottom)


WIDE = box(-SAFE_X, SAFE_X, BOTTOM, TOP, (-1.9, 4.4), (-0.9, 5.6))
OPENING = box(-SAFE_X, 4.4, -1.2, TOP, (-1.9, 4.15), (-0.7, 5.6))
"""Above the opening card."""
RISING = box(-SAFE_X, 4.4, BOTTOM, TOP, (-1.9, 4.15), (-0.9, 5.6))
FALLING = box(-SAFE_X, 2.05, BOTTOM, TOP, (-1.9, 4.15), (-2.7, 5.6))
"""With room below the axis for a falling line, and on the right for its square."""
ABOVE_FORMULAS = box(-SAFE_X, 4.3, -1.0, TOP, (-0.9, 4.3), (-1.1, 5.6))

ONE_NEURON = ((-0.4, 4.24), (-1.9, 6.36))
"""The ranges of the next film's first picture."""


class SampleView(NetworkView):
    """A run at one update: its sample, and the square of its delta; no other samples, and no wake."""

    def __init__(self, theme: Theme, run: Trajectory, update: int, look: Look) -> None:
        super().__init__(theme, run, look=look, pushes=False, counter=None, ticks=False, at=update)
        x = float(run.inputs[update])
        self.square = DeltaSquare(self.plane, x, float(run.target(x)))
        self.rig = Rig(run, self.target, self.square, self.network, self.marks, self.slow_motion, at=update)
        self.state: State = self.rig.moment
        """What is shown: of the run, or posed."""

    def compare(self, xs: Sequence[float] = (), gain: float = 1.0) -> Change:
        """From now on line and square are seen against those of the present state, at some x too, until `forget`."""
        self.square.kept = self.state
        self.change = Change(self.plane, self.state, xs, neuron=self.run.neurons - 1, gain=gain)
        self.change.show(self.state)
        self.rig.submobjects.insert(self.rig.submobjects.index(self.marks), self.change)  # it strikes no number
        return self.change

    def forget(self) -> FadeOut:
        """The comparison goes."""
        self.square.kept = None
        self.rig.remove(self.change)
        return FadeOut(self.change)

    def rise(self, index: int, run_time: float = 1.0) -> Turn:
        """The arrow at the index-th x of the comparison grows."""

        def show(part: float) -> None:
            self.change.grown[index] = part
            self.change.show(self.state)

        return Turn(self.rig, show, run_time)

    def pose(self, state: State, run_time: float = 1.5, look: Look | None = None) -> Pose:
        """Goes from what is shown to `state`, and to another look of the plane."""
        return Pose(self, state, look or self.plane.look, run_time)

    def nudge(self, state: State, run_time: float = 1.2) -> Turn:
        """Goes a little towards `state`, and back."""
        here = self.state

        def show(part: float) -> None:
            for one in self.rig.submobjects:
                one.show(between(here, state, part))

        return Turn(self.rig, show, run_time, rate_func=lambda t: float(np.sin(np.pi * t) ** 2))

    def open(self, run_time: float = 1.4) -> Turn:
        """The sample flashes, its bar grows, the square opens."""

        def show(part: float) -> None:
            square = self.square
            square.seen, square.grown, square.opened = (smooth(min(max(3 * part - k, 0.0), 1.0)) for k in range(3))
            square.show(self.state)

        return Turn(self.rig, show, run_time, rate_func=linear)

    def close(self, run_time: float = 0.6) -> Turn:
        """Square, bar and sample go."""

        def show(part: float) -> None:
            self.square.seen = self.square.grown = self.square.opened = 1.0 - part
            self.square.show(self.state)

        return Turn(self.rig, show, run_time)

    def grow(self, part: str, run_time: float = 1.0, to: float = 1.0) -> Turn:
        """The square's `seen`, `grown` or `opened` goes to `to`."""
        first = getattr(self.square, part)

        def show(way: float) -> None:
            setattr(self.square, part, first + way * (to - first))
            self.square.show(self.state)

        return Turn(self.rig, show, run_time)


class Pose(Turn):
    """Takes a view to a posed state and a look, both at once."""

    def __init__(self, view: SampleView, state: State, look: Look, run_time: float) -> None:
        self.view, self.after, self.look = view, state, look
        super().__init__(VGroup(view.still, view.rig), self._show, run_time)

    def begin(self) -> None:
        """Starts from what is shown then."""
        self.before, self.looked = self.view.state, self.view.plane.look
        super().begin()

    def _show(self, part: float) -> None:
        view = self.view
        view.plane.travel(self.looked, self.look, part)
        view.state = between(self.before, self.after, part) if part < 1.0 else self.after
        for one in view.rig.submobjects:
            one.show(view.state)


class SecondNeuron(Turn):
    """One neuron and its target become two and theirs, or back: `view` is that of the two, `one` the single one.

    The second neuron grows out of one with the weight 0, which draws nothing; back, it fades from how it is shown.
    """

    def __init__(self, view: SampleView, one: State, target: Trajectory, look: Look, *, back: bool = False) -> None:
        moment = view.rig.moment
        alone = State(np.append(one.weights, 0.0), np.append(one.biases, moment.biases[1]))
        plane, run = view.plane, view.run
        low, high = run.experiment.low, run.experiment.high
        targets = target.target.polyline(low, high), run.target.polyline(low, high)
        before = plane.look
        strength = float(view.strength[1])

        def show(part: float) -> None:
            plane.travel(before, look, part)
            there = 1.0 - part if back else part
            view.strength[1] = strength * there
            view.state = between(alone, moment, there)
            for one in view.rig.submobjects:
                one.show(view.state)
            view.target.points = plane.path(targets[0] + there * (targets[1] - targets[0]))

        super().__init__(VGroup(view.still, view.rig), show, 1.8)


class PushAsked(VGroup):
    """The push of a slide that is yet to come, as an empty arrow below the disc, and a question mark."""

    def __init__(self, plane: Plane, state: State, by: float) -> None:
        theme = plane.theme
        start, end = plane.on_floor((-state.biases[0], by - state.biases[0])) - (0.0, 0.53, 0.0)
        outline = VMobject(stroke_color=theme.accent, stroke_width=4)
        outline.points = arrow(start, float(end[0] - start[0]), 0.09)
        mark = words("?", theme.accent, HEADLINE, strong=True)
        super().__init__(outline, mark.next_to(end, LEFT, buff=0.25))


class SampleDots(VGroup):
    """The first `count` samples of a run, where they lie on the target."""

    def __init__(self, plane: Plane, run: Trajectory, count: int) -> None:
        x = run.inputs[:count]
        super().__init__(*(Dot(place, 0.07, color=plane.theme.ink) for place in plane.at(x, run.target(x))))


def lifted(state: State, by: float) -> State:
    """All of the line higher by so much."""
    return State(state.weights, state.biases, state.output_bias + by)


def turned(state: State, weight: float) -> State:
    """The one neuron of the state with this weight."""
    return State(np.array([weight]), state.biases, state.output_bias)


def slid(state: State, by: float) -> State:
    """The one neuron of the state with its origin moved by so much."""
    return State(state.weights, state.biases - by, state.output_bias)


def weight_that_meets(state: State, x: float, wanted: float) -> float:
    """The weight with which the one neuron's line goes through (x, wanted)."""
    return wanted / float(x + state.biases[0])
