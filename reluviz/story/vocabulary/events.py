"""The words of scripts for what happens in a run, as the analysis finds it: rules at work, turns, phases, merges.

Kept apart from facts.py, which asks the trajectory alone. The analysis is made when a word first needs it.
"""

from __future__ import annotations

from collections.abc import Iterable
from functools import cached_property
from typing import TYPE_CHECKING, TypeVar

from reluviz.story.expressions import NoEvent
from reluviz.story.vocabulary.path import Course

if TYPE_CHECKING:
    from reluviz.analysis import Analysis, Rule
    from reluviz.analysis.events import Reversal
    from reluviz.analysis.merging import Merge
    from reluviz.analysis.phases import Phase

_RULES = (1, 2, 3, 4)
T = TypeVar("T")


class Events(Course):
    """What happens in a run, and when. Neurons from 1; see facts.py for the rest of the vocabulary."""

    @cached_property
    def analysis(self) -> Analysis:
        """The whole analysis, each part computed when first asked for; not a word of scripts."""
        from reluviz.analysis import analyse  # here, since scipy takes its time to load and many scripts do not ask

        return analyse(self.trajectory)

    # Rules 1 to 4 of the article.

    def rule(self, neuron: int, at: int) -> int:
        """The number, 1 to 4, of the rule that the update made from that iteration followed."""
        rule = int(self.analysis.rules.at(self._time(at), self._index(neuron)))
        if rule not in _RULES:
            raise NoEvent(f"neuron {neuron} follows none of the rules at iteration {at:,}")
        return rule

    def first_rule(self, rule: int, neuron: int, after: int = 0) -> int:
        """The first iteration from `after` on whose update follows that rule."""
        start = self._record(after)
        found = (self.analysis.rules.codes[start:, self._index(neuron)] == self._rule(rule)).nonzero()[0]
        if not len(found):
            raise NoEvent(f"neuron {neuron} does not follow rule {rule} after iteration {after:,}")
        return int(self.trajectory.iterations[start + found[0]])

    def rule_count(self, rule: int, neuron: int, first: int = 0, last: int | None = None) -> int:
        """How many updates of the stretch followed that rule."""
        return self.analysis.rules.counts(first, last, self._index(neuron))[self._rule(rule)]

    def rule_share(self, rule: int, neuron: int, first: int = 0, last: int | None = None) -> float:
        """The share of that rule among the stretch's updates that followed any of the four."""
        followed = sum(self.rule_count(one, neuron, first, last) for one in _RULES)
        if not followed:
            raise NoEvent(f"neuron {neuron} follows no rule in that stretch")
        return self.rule_count(rule, neuron, first, last) / followed

    def rule_motion(self, rule: int, neuron: int, first: int = 0, last: int | None = None) -> float:
        """How far that rule alone moved the origin in the stretch; to the right is positive."""
        motions = self.analysis.rules.motion(first, last, self._index(neuron))
        return float(motions[self._rule(rule)].origin)

    # Turns and phases.

    def reverses(self, neuron: int, toward: str, after: int = 0, quantity: str = "origin") -> int:
        """When an origin turns "left" or "right", or a weight "up" or "down": the first time from `after`."""
        return self._reversal(neuron, toward, after, quantity).iteration

    def reversal_cause(self, neuron: int, toward: str, after: int = 0, quantity: str = "origin") -> str:
        """Why it turns: "weight changed sign", "residual changed sign", "both" or "unclear"."""
        return str(self._reversal(neuron, toward, after, quantity).cause)

    def reversals(self, neuron: int, quantity: str = "origin") -> int:
        """How many times an origin (or a weight) turns."""
        return sum(
            turn.neuron == self._index(neuron) and turn.quantity == quantity for turn in self.analysis.phases.reversals
        )

    def changes_sign(self, neuron: int, after: int = 0) -> int:
        """When a weight changes its sign: the first time from `after` on."""
        changes = self.analysis.phases.sign_changes
        return _first(
            (change for change in changes if change.neuron == self._index(neuron) and change.iteration >= after),
            f"the weight of neuron {neuron} does not change its sign after iteration {after:,}",
        ).iteration

    def sign_changes(self, neuron: int) -> int:
        """How many times a weight changes its sign."""
        return sum(change.neuron == self._index(neuron) for change in self.analysis.phases.sign_changes)

    def leaves(self, neuron: int, edge: str, after: int = 0) -> int:
        """When an origin leaves the data's range at its "low" or "high" edge."""
        return self._passage(neuron, edge, after, inward=False)

    def enters(self, neuron: int, edge: str, after: int = 0) -> int:
        """When an origin enters the data's range at its "low" or "high" edge."""
        return self._passage(neuron, edge, after, inward=True)

    def overtakes(self, left: int, right: int, after: int = 0) -> int:
        """When the origin of `left` comes to lie left of that of `right`, having been right of it."""
        pair = (self._index(left), self._index(right))
        crossings = self.analysis.phases.crossings
        return _first(
            (one for one in crossings if (one.left, one.right) == pair and one.iteration >= after),
            f"neuron {left} does not pass to the left of neuron {right} after iteration {after:,}",
        ).iteration

    @property
    def phases(self) -> int:
        """How many phases the run has."""
        return len(self.analysis.phases.phases)

    def phase_first(self, number: int) -> int:
        """The iteration at which that phase, from 1, begins."""
        return self._phase(number).first

    def phase_last(self, number: int) -> int:
        """The iteration at which it ends, where the next one begins."""
        return self._phase(number).last

    @property
    def settles(self) -> int:
        """From here on every origin stays within a tenth of its own range of its end."""
        return int(self.analysis.phases.settling)

    @property
    def slow_from(self) -> int:
        """From here on the graph moves at less than a hundredth of its highest speed."""
        return int(self.analysis.phases.slow_from)

    # Merges.

    @property
    def merges(self) -> int:
        """How many groups of merged neurons the run ends with."""
        return len(self.analysis.merging.merges)

    def merged(self, one: int, other: int) -> bool:
        """Whether two neurons end as one."""
        return self.analysis.merging.merged(self._index(one), self._index(other)) is not None

    def merge(self, one: int, other: int) -> int:
        """From when on they are one."""
        return int(self._merge(one, other).iteration)

    def merge_weight(self, one: int, other: int) -> float:
        """The slope of the one neuron they make: the sum of theirs."""
        return float(self._merge(one, other).weight)

    def merge_origin(self, one: int, other: int) -> float:
        """Where that one neuron has its origin."""
        return float(self._merge(one, other).origin)

    def merge_error(self, one: int, other: int) -> float:
        """The largest change of the graph on the data's range, if one neuron took their place."""
        return float(self._merge(one, other).error)

    def pushed(self, neuron: int, other: int, where: str, first: int = 0, last: int | None = None) -> float:
        """How far samples "between" the two origins, or "right" of both, moved that of `neuron`; right is positive."""
        from reluviz.analysis.pushes import drive

        pair = self._index(neuron), self._index(other)
        last = self.trajectory.last if last is None else last
        moved = drive(self.trajectory, min(pair), max(pair), (first, last))
        if where not in ("between", "right"):
            raise ValueError(f"'{where}' is no place: 'between' the origins and 'right' of them are")
        speeds = moved.only_one if where == "between" else moved.both
        return float(speeds[0, int(pair[0] > pair[1])] * (last - first))

    def standing(self, neuron: int) -> str:
        """What a neuron ends as, relative to the data: "inside", "active on all", "dead" or "idle"."""
        return str(self.analysis.merging.standing[self._index(neuron)])

    # How it is found.

    def _rule(self, number: int) -> Rule:
        from reluviz.analysis import Rule

        if number not in _RULES:
            raise ValueError(f"there is no rule {number!r}: they are numbered from 1 to 4")
        return Rule(number)

    def _reversal(self, neuron: int, toward: str, after: int, quantity: str) -> Reversal:
        wanted = (self._index(neuron), quantity, toward)
        turns = self.analysis.phases.reversals
        return _first(
            (t for t in turns if (t.neuron, t.quantity, t.toward) == wanted and t.iteration >= after),
            f"the {quantity} of neuron {neuron} does not turn {toward} after iteration {after:,}",
        )

    def _passage(self, neuron: int, edge: str, after: int, inward: bool) -> int:
        wanted = (self._index(neuron), edge, inward)
        passages = self.analysis.phases.passages
        return _first(
            (p for p in passages if (p.neuron, p.edge, p.inward) == wanted and p.iteration >= after),
            f"neuron {neuron} does not {'enter' if inward else 'leave'} the range at its {edge} edge",
        ).iteration

    def _phase(self, number: int) -> Phase:
        return _first(
            (phase for phase in self.analysis.phases.phases if phase.number == number),
            f"the run has no phase {number}",
        )

    def _merge(self, one: int, other: int) -> Merge:
        merge = self.analysis.merging.merged(self._index(one), self._index(other))
        if merge is None:
            raise NoEvent(f"neurons {one} and {other} do not merge")
        return merge


def _first(events: Iterable[T], missing: str) -> T:
    for event in events:
        return event
    raise NoEvent(missing)
