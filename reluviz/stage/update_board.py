"""Real single updates beside each other: the four rules as a two-by-two, and three steps of unequal size."""

from __future__ import annotations

import numpy as np
from manim import DOWN, LEFT, RIGHT, UP, Line, VGroup

from reluviz.stage.rulebook import RuleTable, level_arrow, turning_arm
from reluviz.stage.single_update import GAIN, SingleUpdate, step_formulas
from reluviz.stage.theme import BODY, LABEL, SMALL, Theme
from reluviz.stage.typesetting import formula, lines, words
from reluviz.story.beats import Story

# (column, what happens to the slope and to the origin)
_RULES = {
    1: (0, "slope grows\nmoves left"),
    2: (1, "slope grows\nmoves right"),
    3: (0, "slope falls\nmoves right"),
    4: (1, "slope falls\nmoves left"),
}
_COLUMNS, _ROWS = (-4.95, 1.0), (1.05, -1.6)
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
            left, y = _COLUMNS[column], _ROWS[rule > 2]
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
        for y, (source, name, colour) in zip(_ROWS, signs, strict=True):
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
