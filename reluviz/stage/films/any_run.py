"""What the film of any run shows alone: whom a mark points at, and the rows of its bars."""

from __future__ import annotations

from reluviz.story.vocabulary.facts import Facts
from reluviz.theme import Theme

Rows = list[tuple[str, float, str]]

_REMEDIES = {
    "longer": "{factor} times the updates",
    "spread": "origins spread out",
    "neuron": "one more neuron",
    "step": "learning rate {rate:g}",
    "plain": "plain steps",
    "single": "single samples",
}


def neurons_named(mark: str) -> tuple[int, ...]:
    """The neurons (from 0) of a mark such as "first_1_2": neurons 1 and 2, as they are read."""
    return tuple(int(part) - 1 for part in mark.split("_")[1:])


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
