"""The words of scripts for a run as a whole: how much happens in it, whether it diverged, what would have helped."""

from __future__ import annotations

from functools import cached_property
from typing import TYPE_CHECKING

from reluviz.core.measure import diverged
from reluviz.story.expressions import NoEvent
from reluviz.story.vocabulary.ending import Endings

if TYPE_CHECKING:
    from reluviz.analysis.remedies import Remedy


class Outlook(Endings):
    """A run as a whole, and others like it. Neurons from 1; see facts.py for the rest of the vocabulary."""

    @property
    def target_pieces(self) -> int:
        """How many straight pieces the target has on the data's range."""
        experiment = self.trajectory.experiment
        return len(self.trajectory.target.polyline(experiment.low, experiment.high)) - 1

    @property
    def diverged(self) -> bool:
        """Whether the error ends above ten times that of the start, or the run overflowed."""
        return diverged(self.trajectory.whole or self.trajectory)

    @property
    def overflowed_at(self) -> int:
        """How many updates were made before that one."""
        if self.trajectory.overflowed_at is None:
            raise NoEvent("the run does not overflow")
        return self.trajectory.overflowed_at

    def events(self, first: int = 0, last: int | None = None) -> int:
        """How many turns, sign changes, passages, crossings and merges lie in first <= t < last (or at the end)."""
        found, end = self.analysis.phases, self.trajectory.last
        until = self._time(last)
        times = [
            event.iteration
            for kind in (found.reversals, found.sign_changes, found.passages, found.crossings)
            for event in kind
        ]
        times += [merge.iteration for merge in self.analysis.merging.merges]
        return sum(first <= t < until or t == until == end for t in times)

    def leading_rule(self, neuron: int, first: int = 0, last: int | None = None) -> int:
        """The rule, 1 to 4, that moved the origin furthest in the direction in which it went on the whole."""
        motions = self.analysis.rules.motion(first, last, self._index(neuron))
        rules = {rule: motions[self._rule(rule)].origin for rule in (1, 2, 3, 4)}
        total = sum(rules.values())
        if total == 0:
            raise NoEvent(f"neuron {neuron} does not move in that stretch")
        return max(rules, key=lambda rule: rules[rule] * (1 if total > 0 else -1))

    def remedy_rms(self, kind: str) -> float:
        """The typical error at the end of the run with "spread" origins, one more "neuron" or another "step" size."""
        return self._remedy(kind).rms

    def remedy_diverges(self, kind: str) -> bool:
        """Whether the run diverges with it."""
        return self._remedy(kind).rms == float("inf")

    @property
    def remedy_rate(self) -> float:
        """The learning rate of the other step size that ends best."""
        return self._remedy("step").experiment.learning_rate

    @cached_property
    def remedies(self) -> tuple[Remedy, ...]:
        """What was tried, trained when first asked for; not a word of scripts."""
        from reluviz.analysis.remedies import remedies

        return remedies(self.trajectory, gentler=self.diverged)

    def _remedy(self, kind: str) -> Remedy:
        for remedy in self.remedies:
            if remedy.kind == kind:
                return remedy
        raise NoEvent(f'"{kind}" was not tried for this run')
