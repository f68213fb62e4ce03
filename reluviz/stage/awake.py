"""Where an origin lies relative to the data decides which samples wake its neuron."""

from __future__ import annotations

import numpy as np
from manim import DOWN, UP, Circle, Dot, VGroup, VMobject

from reluviz.core import Trajectory
from reluviz.stage.closeup import BetweenBand
from reluviz.stage.graph import DISC_RADIUS, NeuronCurves, NeuronMarks
from reluviz.stage.moment import Moment
from reluviz.stage.plane import Plane, corners
from reluviz.stage.theme import LABEL, SMALL, Theme
from reluviz.stage.typesetting import words

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
        moment = Moment(0.0, np.full(3, _SLOPE), -self.origins, 0.0)
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
