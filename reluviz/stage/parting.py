"""One real update as all neurons live it, its steps enlarged: why two paths part (example 3, reasons 1 to 3)."""

from __future__ import annotations

import numpy as np
from manim import DOWN, LEFT, RIGHT, UP, Dot, Line, VGroup, VMobject

from reluviz.core import Trajectory
from reluviz.core.network import Array
from reluviz.stage.closeup import BetweenBand
from reluviz.stage.graph import DISC_RADIUS, NetworkCurve, NeuronMarks, target_curve
from reluviz.stage.moment import Moment
from reluviz.stage.plane import Plane, Points, round_ticks
from reluviz.stage.single_update import OriginArrows, step_formulas
from reluviz.stage.theme import BODY, LABEL, SMALL, Theme
from reluviz.stage.turning import between
from reluviz.stage.typesetting import figures, formula, words
from reluviz.stage.workbench import CHART_LEFT

_BOX = {"centre": (-2.45, 0.0), "width": 7.0, "height": 5.3}
_FADED = 0.35
_LEVER_STEP = 0.42


class SharedUpdate:
    """The update made from iteration `update`, close to its sample and to all origins.

    still: axes, target, the network before the update, the neurons' faded selves. sample: it and its bar delta.
    levers: the distance from each active neuron's origin to the sample. asleep: the strip where the sample does not
    reach the rightmost neuron. moving: the neurons; `show(part)` takes them along `part` (0 to 1) of their step, its
    turn `turn` times and its slide `slide` times as large (0 leaves it out). turns, slides: each neuron's step of
    slope or origin in figures, right of the plane.
    """

    def __init__(self, theme: Theme, run: Trajectory, update: int, *, turn: int = 0, slide: int = 0) -> None:
        self.theme, self.run, self.update = theme, run, update
        self.x, self.delta = float(run.inputs[update]), float(run.residuals[update])
        self._before, self._after = _enlarged(run, update, 0, 0), _enlarged(run, update, turn, slide)
        self.plane = plane = self._make_plane()
        self.levers = self._measure_levers()
        before = NeuronMarks(plane, run.neurons, bends=False)
        before.show(self._before)
        before.set_opacity(_FADED)
        network = NetworkCurve(plane, width=4.0)
        network.show(self._before)
        note = words(f"iteration {update:,}; steps drawn {max(turn, slide)} times as large", theme.muted, SMALL)
        note.move_to((plane.left_edge, -3.55, 0.0), aligned_edge=LEFT)
        target = target_curve(plane, run.target, run.experiment.low, plane.x_range[1])
        self.still = VGroup(plane, target, network, before, note)
        self.sample = self._draw_sample()
        self._marks = NeuronMarks(plane, run.neurons, bends=False)
        self._arrows = OriginArrows(plane, run.biases[update], gain=1.0)
        self.moving = VGroup(self._marks, self._arrows)
        self.asleep = BetweenBand(plane, run.experiment.low)
        self.asleep.cover(run.experiment.low, float(-run.biases[update].min()))
        self.turns, self.slides = (self._steps(row) for row in (0, 1))
        self.show(0.0)

    def show(self, part: float) -> None:
        """Moves the neurons to this part of their enlarged steps."""
        now = between(self._before, self._after, part)
        self._marks.show(now)
        self._arrows.show(now)

    def _make_plane(self) -> Plane:
        origins = -np.concatenate((self._before.biases, self._after.biases))
        left, right = float(min(origins.min(), 0.0)), float(max(origins.max(), self.x))
        width = right - left
        x_range = (left - 0.15 * width, min(right + 0.3 * width, self.run.experiment.high))
        value = float(self._before.network(self.x))
        top = 1.25 * max(value, value + self.delta)
        y_range = (-0.32 * top, top)
        ticks = {"x_ticks": round_ticks(x_range, 5), "y_ticks": round_ticks((0.0, top), 4)}
        return Plane(self.theme, x_range, y_range, **_BOX, **ticks)  # type: ignore[arg-type]

    def _draw_sample(self) -> VGroup:
        theme, plane = self.theme, self.plane
        value = float(self._before.network(self.x))
        foot, low, high = plane.at(self.x, (0.0, value, value + self.delta))
        label = formula(f"delta = {figures(self.delta)}", theme.ink, 36)
        return VGroup(
            Line(foot, low, color=theme.accent, stroke_width=2, stroke_opacity=0.6),
            Line(low, high, color=theme.too_low if self.delta > 0 else theme.too_high, stroke_width=9),
            Dot(foot, radius=0.09, color=theme.accent),
            self._beside_the_bar(label, low),
        )

    def _beside_the_bar(self, label: VMobject, network_end: Points) -> VMobject:
        """Where the label of delta crosses neither line: above the network, or midway between the two lines."""
        if self.delta < 0:
            return label.next_to(network_end, UP + LEFT, buff=0.1)
        label.next_to(network_end, RIGHT, buff=0.2)
        x = self.x + (label.get_right()[0] - network_end[0]) / (self.plane.at(1.0, 0.0) - self.plane.at(0.0, 0.0))[0]
        middle = (float(self._before.network(x)) + float(self.run.target(x))) / 2
        return label.set_y(self.plane.at(x, middle)[1])

    def _measure_levers(self) -> VGroup:
        levers = VGroup()
        for i, bias in enumerate(self._before.biases):
            if self.x + bias <= 0:
                continue
            drop = (DISC_RADIUS + 0.22 + i * _LEVER_STEP) * DOWN
            ends = [self.plane.at(x, 0.0) + drop for x in (-bias, self.x)]
            colour = self.theme.neuron(i)
            bar = Line(*ends, color=colour, stroke_width=6)
            stops = [Line(end + 0.1 * UP, end + 0.1 * DOWN, color=colour, stroke_width=4) for end in ends]
            number = words(figures(self.x + bias), colour, LABEL, strong=True)
            levers.add(VGroup(bar, *stops, number.next_to(ends[1], RIGHT, buff=0.15)))
        return levers

    def _steps(self, row: int) -> VGroup:
        blocks = VGroup()
        for i, bias in enumerate(self._before.biases):
            name = words(f"neuron {i + 1}", self.theme.neuron(i), BODY, strong=True)
            if self.x + bias > 0:
                step = step_formulas(self.theme, self.run, self.update, i)[row]
            else:
                step = words("asleep: no step", self.theme.muted, LABEL)
            blocks.add(VGroup(name, step).arrange(DOWN, buff=0.25, aligned_edge=LEFT))
        blocks.arrange(DOWN, buff=0.8, aligned_edge=LEFT)
        return blocks.move_to((CHART_LEFT - 0.2, 0.5, 0.0), aligned_edge=LEFT)


def _enlarged(run: Trajectory, update: int, turn: int, slide: int) -> Moment:
    def stepped(table: Array, gain: int) -> Array:
        return table[update] + gain * (table[update + 1] - table[update])

    weights, biases = stepped(run.weights, turn), stepped(run.biases, slide)
    return Moment(float(update), weights, biases, float(run.output_biases[update]))
