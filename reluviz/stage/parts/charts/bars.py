"""Typical errors side by side, as bars below their names: of a verdict, of what was tried."""

from __future__ import annotations

from collections.abc import Sequence
from math import isfinite, log10

import numpy as np
from manim import LEFT, RIGHT, AnimationGroup, FadeIn, GrowFromEdge, VGroup, VMobject

from reluviz.stage.plane import corners
from reluviz.stage.typesetting import figures, words
from reluviz.story.vocabulary.facts import Facts
from reluviz.theme import LABEL, Theme

_LEFT, _WIDTH, _GAP = 1.3, 5.3, 0.15
_TOP, _STEP, _ALL = 2.2, 1.3, 5.9
"""Frame units: where the rows begin, how wide they may be, from a bar to its number; the first name's y, from row to
row, for all rows."""


Rows = list[tuple[str, float, str]]

_REMEDIES = {
    "longer": "{factor} times the updates",
    "spread": "origins spread out",
    "neuron": "one more neuron",
    "step": "learning rate {rate:g}",
    "plain": "plain steps",
    "single": "single samples",
}


class ErrorBars(VGroup):
    """One row a (name, typical error, colour), seven at most, in the right half of the frame; the longest bar is the
    widest, and an infinite error has none. `grow(k)` brings in a row. A name is one line of at most 30 characters."""

    def __init__(self, theme: Theme, rows: Sequence[tuple[str, float, str]]) -> None:
        super().__init__()
        numbers = [words(short(value), theme.ink, LABEL, strong=True) for _, value, _ in rows if isfinite(value)]
        room = _WIDTH - _GAP - max((number.width for number in numbers), default=0.0)
        most = max((value for _, value, _ in rows if isfinite(value)), default=0.0)
        step = min(_STEP, _ALL / len(rows))
        for k, (name, value, colour) in enumerate(rows):
            corner = np.array((_LEFT, _TOP - step * k, 0.0))
            label = words(name, theme.ink, LABEL)
            label.scale_to_fit_width(min(label.width, _WIDTH)).move_to(corner, aligned_edge=LEFT)
            below = corner - (0.0, 0.44, 0.0)
            if not isfinite(value):
                verdict = words("diverges", theme.muted, LABEL)
                self.add(VGroup(label, verdict.move_to(below, aligned_edge=LEFT)))
                continue
            bar = VMobject(fill_color=colour, fill_opacity=1, stroke_width=0)
            long = max(value / most * room if most > 0 else 0.0, 0.04)
            bar.points = corners(np.array([(0, -1, 0), (long, -1, 0), (long, 1, 0), (0, 1, 0), (0, -1, 0)])
                                 * (1.0, 0.14, 0.0) + below)  # fmt: skip
            self.add(VGroup(label, bar, numbers.pop(0).next_to(bar, RIGHT, buff=_GAP)))

    def grow(self, row: int) -> AnimationGroup:
        """The row's name and number appear, its bar grows to its length."""
        label, bar, *number = self[row]
        growing = GrowFromEdge(bar, LEFT) if number else FadeIn(bar)
        return AnimationGroup(FadeIn(label), growing, *(FadeIn(one) for one in number), run_time=0.6)


def short(value: float) -> str:
    """About two digits; what is below a millionth is shown as 0."""
    if value < 1e-6:
        return "0"
    if value >= 1e6:
        return f"10^{round(log10(value))}"
    return figures(value, max(0, 1 - int(np.floor(log10(value)))))


def verdict_rows(theme: Theme, facts: Facts) -> Rows:
    """The errors against the target: at the end of training, once it has come to rest, and the best known."""
    optimum = facts.analysis.optimum
    return [
        ("end of training", optimum.rms_end, theme.ink),
        ("at rest, without noise", optimum.rms_polished, theme.accent),
        ("best fit known", optimum.yardsticks.same.rms, theme.target),
    ]


def remedy_rows(theme: Theme, facts: Facts) -> tuple[list[str], Rows]:
    """What was tried, by its kind, and the rows: the run itself, then each remedy's end."""
    own = float("inf") if facts.diverged else facts.rms()
    rows = [("this run", own, theme.ink)]
    for remedy in facts.remedies:
        factor = remedy.experiment.iterations // facts.trajectory.experiment.iterations
        name = _REMEDIES[remedy.kind].format(rate=remedy.experiment.learning_rate, factor=factor)
        rows.append((name, remedy.rms, theme.accent))
    return [remedy.kind for remedy in facts.remedies], rows
