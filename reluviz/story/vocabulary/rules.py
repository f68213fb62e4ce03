"""The words of scripts for the article's rules at work: which an update followed, and what they moved."""

from __future__ import annotations

from typing import TYPE_CHECKING

from reluviz.story.expressions import NoEvent
from reluviz.story.vocabulary.words import Group, word

if TYPE_CHECKING:
    from reluviz.analysis import Rule

_RULES = (1, 2, 3, 4)


class Rules(Group):
    """Rules 1 to 4 of the article."""

    @word
    def rule(self, neuron: int, at: int) -> int:
        """The number, 1 to 4, of the rule that the update made from that iteration followed."""
        rule = int(self.analysis.rules.at(self.time(at), self.index(neuron)))
        if rule not in _RULES:
            raise NoEvent(f"neuron {neuron} follows none of the rules at iteration {at:,}")
        return rule

    @word
    def first_rule(self, rule: int, neuron: int, after: int = 0) -> int:
        """The first iteration from `after` on whose update follows that rule."""
        start = self.record(after)
        found = (self.analysis.rules.codes[start:, self.index(neuron)] == self._rule(rule)).nonzero()[0]
        if not len(found):
            raise NoEvent(f"neuron {neuron} does not follow rule {rule} after iteration {after:,}")
        return int(self.trajectory.iterations[start + found[0]])

    @word
    def rule_count(self, rule: int, neuron: int, first: int = 0, last: int | None = None) -> int:
        """How many updates of the stretch followed that rule."""
        return self.analysis.rules.counts(self.index(neuron), first, last)[self._rule(rule)]

    @word
    def rule_share(self, rule: int, neuron: int, first: int = 0, last: int | None = None) -> float:
        """The share of that rule among the stretch's updates that followed any of the four."""
        followed = sum(self.rule_count(one, neuron, first, last) for one in _RULES)
        if not followed:
            raise NoEvent(f"neuron {neuron} follows no rule in that stretch")
        return self.rule_count(rule, neuron, first, last) / followed

    @word
    def rule_motion(self, rule: int, neuron: int, first: int = 0, last: int | None = None) -> float:
        """How far that rule alone moved the origin in the stretch; to the right is positive."""
        return self.analysis.rules.motion(self.index(neuron), first, last)[self._rule(rule)]

    @word
    def leading_rule(self, neuron: int, first: int = 0, last: int | None = None) -> int:
        """The rule, 1 to 4, that moved the origin furthest in the direction in which it went on the whole."""
        motions = self.analysis.rules.motion(self.index(neuron), first, last)
        rules = {rule: motions[self._rule(rule)] for rule in _RULES}
        total = sum(rules.values())
        if total == 0:
            raise NoEvent(f"neuron {neuron} does not move in that stretch")
        return max(rules, key=lambda rule: rules[rule] * (1 if total > 0 else -1))

    @word
    def pushed(self, neuron: int, other: int, where: str, first: int = 0, last: int | None = None) -> float:
        """How far samples "between" the two origins, or "right" of both, moved that of `neuron`; right is positive."""
        from reluviz.analysis.pushes import drive

        pair = self.index(neuron), self.index(other)
        last = self.trajectory.last if last is None else last
        moved = drive(self.trajectory, min(pair), max(pair), (first, last))
        if where not in ("between", "right"):
            raise ValueError(f"'{where}' is no place: 'between' the origins and 'right' of them are")
        speeds = moved.only_one if where == "between" else moved.both
        return float(speeds[0, int(pair[0] > pair[1])] * (last - first))

    # How it is found.

    def _rule(self, number: int) -> Rule:
        from reluviz.analysis import Rule

        if number not in _RULES:
            raise ValueError(f"there is no rule {number!r}: they are numbered from 1 to 4")
        return Rule(number)
