"""From the error to the updates, symbol by symbol: equations 1 to 3 beside the picture they speak of."""

from __future__ import annotations

import numpy as np
from manim import DOWN, LEFT, RIGHT, UP, Dot, Indicate, Line, MathTypst, VGroup, VMobject

from reluviz.core import Trajectory
from reluviz.stage.graph import ARM_LENGTH, DISC_RADIUS, NetworkCurve
from reluviz.stage.moment import Moment
from reluviz.stage.plane import Plane
from reluviz.stage.theme import LABEL, Theme
from reluviz.stage.typesetting import formula, words

_SIZE = 40
_LEVER = "x + {{ b_i : b }}"
_ROWS = {
    "residual": (2.3, "{{ delta : delta }} = {{ ref(x) : target }} - {{ NN(x) : network }}"),
    "error": (1.6, "e = {{ delta : delta }}^2"),
    "by_weight": (0.55, f"(partial e) / (partial w_i) = -2 thin {{{{ delta : delta }}}} thin ({_LEVER})"),
    "by_bias": (-0.65, "(partial e) / (partial b_i) = -2 thin {{ delta : delta }} thin {{ w_i : w }}"),
    "weight": (-1.85, f'w_i arrow.l w_i + 2 thin "lr" thin {{{{ delta : delta }}}} thin ({_LEVER})'),
    "bias": (-2.55, 'b_i arrow.l b_i + 2 thin "lr" thin {{ delta : delta }} thin {{ w_i : w }}'),
}


class Derivation:
    """The residual, the error, its two derivatives and the two updates, as rows to bring in one at a time.

    Residuals stand in the colour of what to look at, the neuron's own quantities in its colour.
    rows: by name: residual, error, by_weight, by_bias, weight, bias. Below them, in turn: `output`, the
    update of an output bias where there is one, and `active`, whom the updates concern.
    """

    def __init__(self, theme: Theme, left: float) -> None:
        self.theme = theme
        self.rows: dict[str, VMobject] = {}
        for name, (y, source) in _ROWS.items():
            row = formula(source, theme.ink, _SIZE).move_to((left, y, 0.0), aligned_edge=LEFT)
            for label, colour in (("delta", theme.accent), ("b", theme.neuron(0)), ("w", theme.neuron(0))):
                if f": {label} " in source:
                    row.select(label).set_color(colour)
            self.rows[name] = row
        notes = {
            "output": ("an output bias:", 'b arrow.l b + 2 thin "lr" thin delta'),
            "active": ("while active:", "x > -b_i"),
        }
        for name, (text, source) in notes.items():
            note = VGroup(words(text, theme.muted, LABEL), formula(source, theme.muted, 34)).arrange(RIGHT, buff=0.14)
            self.rows[name] = note.move_to((left, -3.3, 0.0), aligned_edge=LEFT)

    def __getitem__(self, name: str) -> VMobject:
        return self.rows[name]

    def point_out(self, row: str, part: str) -> Indicate:
        """A brief gesture at one symbol of a row."""
        formula_row = self.rows[row]
        assert isinstance(formula_row, MathTypst)
        return Indicate(formula_row.select(part), scale_factor=1.35, color=self.theme.accent)


class SamplePicture:
    """What the symbols mean on the graph, for the update made from `update` and one neuron; all still.

    samples: dots (x, ref(x)) of the first `count` samples. before: the network's graph, faint.
    chosen: the update's own sample. residual: the bar delta. lever: the distance x + b
    from the origin to the sample. weight: a name at the neuron's arm.
    """

    def __init__(self, plane: Plane, run: Trajectory, update: int, neuron: int = 0, count: int = 90) -> None:
        theme = plane.theme
        x, delta = float(run.inputs[update]), float(run.residuals[update])
        low, high = float(run.network_at(update)(x)), float(run.target(x))
        weight, bias = float(run.weights[update, neuron]), float(run.biases[update, neuron])
        colour = theme.neuron(neuron)
        inputs = run.inputs[:count]
        dots = plane.at(inputs, run.target(inputs))
        self.samples = VGroup(*(Dot(dot, radius=0.07, color=theme.muted) for dot in dots))
        self.chosen = VGroup(
            Line(*plane.at(x, (0.0, high)), color=theme.accent, stroke_width=2, stroke_opacity=0.6),
            Dot(plane.at(x, high), radius=0.13, color=theme.accent),
            Dot(plane.at(x, 0.0), radius=0.1, color=theme.accent),
        )
        bar = Line(*plane.at(x, (low, high)), stroke_width=9, color=theme.too_low if delta > 0 else theme.too_high)
        self.delta = formula("delta", theme.accent, 48).next_to(bar, RIGHT, buff=0.2)
        self.residual = VGroup(bar, self.delta)
        self.lever = self._lever(plane, -bias, x, neuron)
        tip = plane.at(-bias, 0.0) + plane.direction(weight, ARM_LENGTH)
        self.weight = formula(f"w_{neuron + 1}", colour, 44).next_to(tip, UP + 0.3 * LEFT, buff=0.16)
        self.network_name = formula("NN(x)", theme.ink, 36)
        self.network_name.next_to(plane.at(x, low), DOWN + RIGHT, buff=0.14)
        self.target_name = formula("ref(x)", theme.muted, 36).next_to(plane.at(x, high), LEFT, buff=0.3)

        self.before = NetworkCurve(plane, theme.muted, width=2.5)
        self.before.show(Moment.of(run, update))

    @staticmethod
    def _lever(plane: Plane, origin: float, x: float, neuron: int) -> VGroup:
        colour = plane.theme.neuron(neuron)
        drop = np.array([0.0, DISC_RADIUS + 0.22, 0.0])
        start, end = plane.at(origin, 0.0) - drop, plane.at(x, 0.0) - drop
        ends = (Line(p + 0.1 * UP, p + 0.1 * DOWN, color=colour, stroke_width=4) for p in (start, end))
        name = formula(f"x + b_{neuron + 1}", colour, 40).next_to((start + end) / 2, DOWN, buff=0.14)
        return VGroup(Line(start, end, color=colour, stroke_width=4), *ends, name)


def activity_labels(plane: Plane, run: Trajectory, update: int) -> VGroup:
    """Beside each neuron whether it is active at the sample of this update; off its arm and its arrow."""
    labels = VGroup()
    for i, (weight, bias) in enumerate(zip(run.weights[update], run.biases[update], strict=True)):
        active = run.inputs[update] + bias > 0
        label = words("active" if active else "not active", plane.theme.neuron(i), LABEL, strong=True)
        foot = plane.at(-bias, 0.0) + (DISC_RADIUS + 0.5) * DOWN
        labels.add(label.move_to(foot, aligned_edge=UP + (RIGHT if weight < 0 else LEFT)))
    return labels
