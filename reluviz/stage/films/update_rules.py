"""From the error to the updates, symbol by symbol: equations 1 to 3 beside the picture they speak of."""

from __future__ import annotations

import numpy as np
from manim import DOWN, LEFT, RIGHT, UP, Dot, Indicate, Line, MathTypst, VGroup, VMobject

from reluviz.core import Trajectory
from reluviz.stage.parts.gestures.single_update import GAIN, SingleUpdate, step_formulas
from reluviz.stage.parts.moment import Moment
from reluviz.stage.parts.network.graph import NetworkCurve
from reluviz.stage.parts.network.marks import ARM_LENGTH, DISC_RADIUS
from reluviz.stage.parts.network.rulebook import RuleTable, level_arrow, turning_arm
from reluviz.stage.plane import Plane
from reluviz.stage.typesetting import formula, lines, words
from reluviz.story.script import Story
from reluviz.theme import BODY, LABEL, SMALL, Theme

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


# (column, what happens to the slope and to the origin)
_RULES = {
    1: (0, "slope grows\nmoves left"),
    2: (1, "slope grows\nmoves right"),
    3: (0, "slope falls\nmoves right"),
    4: (1, "slope falls\nmoves left"),
}
_COLUMNS, _BOARD_ROWS = (-4.95, 1.0), (1.05, -1.6)
_NAME_WIDTH, _PLOT_WIDTH, _PLOT_HEIGHT = 2.2, 3.45, 2.45


class RuleBoard:
    """Rules 1 to 4, each by the update of the beat `rule_1` ... `rule_4`: cells and names by rule, and heads.

    Left the neuron of the script's run "one", right the last neuron of its run "two".
    """

    def __init__(self, theme: Theme, story: Story) -> None:
        self.cells: dict[int, SingleUpdate] = {}
        self.names: dict[int, VGroup] = {}
        for rule, (column, effect) in _RULES.items():
            beat = story[f"rule_{rule}"]
            run = story.trajectory(beat.run)
            left, y = _COLUMNS[column], _BOARD_ROWS[rule > 2]
            centre = (left + _NAME_WIDTH + _PLOT_WIDTH / 2, y)
            box = {"centre": centre, "width": _PLOT_WIDTH, "height": _PLOT_HEIGHT}
            self.cells[rule] = SingleUpdate(theme, run, beat.first, run.neurons - 1, **box)  # type: ignore[arg-type]
            name = VGroup(words(f"rule {rule}", theme.ink, BODY, strong=True), lines(effect, theme.muted, LABEL))
            name.arrange(DOWN, buff=0.2, aligned_edge=LEFT)
            self.names[rule] = name.move_to((left, y + 0.2, 0.0), aligned_edge=LEFT)
        self.heads = VGroup()
        for x, source in zip(_COLUMNS, ("w > 0", "w < 0"), strict=True):
            x += _NAME_WIDTH + _PLOT_WIDTH / 2
            self.heads.add(formula(source, theme.ink, 36).move_to((x, 2.6, 0.0)))
        signs = (("delta > 0", "too low", theme.too_low), ("delta < 0", "too high", theme.too_high))
        for y, (source, name, colour) in zip(_BOARD_ROWS, signs, strict=True):
            sign = VGroup(formula(source, theme.ink, 36), words(name, theme.muted, LABEL)).arrange(DOWN, buff=0.15)
            bar = Line(0.45 * DOWN, 0.45 * UP, color=colour, stroke_width=9).next_to(sign, LEFT, buff=0.14)
            self.heads.add(VGroup(bar, sign).move_to((-6.7, y, 0.0), aligned_edge=LEFT))
        self.heads.add(_footnote(theme, story, "rule_1", "rule_3", "rule_4", "rule_2"))


class StepRow:
    """Three updates of one neuron, of the beats in `names`: cells and sums by name, and heads."""

    names = ("small", "large", "light")

    def __init__(self, theme: Theme, story: Story) -> None:
        self.cells: dict[str, SingleUpdate] = {}
        self.sums: dict[str, VGroup] = {}
        for column, name in enumerate(self.names):
            beat = story[name]
            run = story.trajectory(beat.run)
            x = 4.55 * (column - 1)
            self.cells[name] = SingleUpdate(theme, run, beat.first, 0, centre=(x, 0.6), width=4.0, height=3.0)
            self.sums[name] = step_formulas(theme, run, beat.first, 0).move_to((x, -2.15, 0.0))
        self.heads = VGroup(_laws(theme).move_to((0.0, 2.5, 0.0)), _footnote(theme, story, *self.names))


class RuleSummary(VGroup):
    """The table that later films light up, large, and what its two signs mean."""

    def __init__(self, theme: Theme) -> None:
        slide, turn = level_arrow(theme.ink, RIGHT, 0.62), turning_arm(theme.ink, UP, 0.55)
        legend = VGroup(
            slide, words("the origin slides", theme.muted, LABEL), turn, words("the slope turns", theme.muted, LABEL)
        ).arrange(RIGHT, buff=0.3)
        turn.shift(0.35 * RIGHT)
        legend[3].shift(0.35 * RIGHT)
        table = RuleTable(theme, centre=(0.4, 0.15), width=8.0, height=4.4)
        super().__init__(table, legend.move_to((0.4, -2.9, 0.0)))


def _laws(theme: Theme) -> VGroup:
    """What slope and origin change by, in the colours of the sums below."""
    laws = VGroup()
    for name, sign, own in (("slope", "", "(x + b_1)"), ("origin", "-", "w_1")):
        source = f'"{name}" quad {sign}2 thin "lr" thin {{{{ delta : delta }}}} thin {{{{ {own} : own }}}}'
        law = formula(source, theme.ink, 38)
        law.select("delta").set_color(theme.accent)
        law.select("own").set_color(theme.neuron(0))
        laws.add(law)
    return laws.arrange(RIGHT, buff=1.4)


def _footnote(theme: Theme, story: Story, *beats: str) -> VGroup:
    """Which updates are shown, and that their steps are enlarged."""
    times: dict[str, list[str]] = {}
    for name in beats:
        run = story.trajectory(story[name].run)
        times.setdefault(run.name.replace("-", " "), []).append(f"{story[name].first}")
    sources = "; ".join(f"{name}, iterations {', '.join(at)}" for name, at in times.items())
    note = lines(f"{sources}; steps drawn {GAIN} times as large", theme.muted, SMALL)
    return note.move_to(np.array([-6.7, -3.6, 0.0]), aligned_edge=LEFT)
