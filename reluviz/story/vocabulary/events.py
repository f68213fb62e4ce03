"""The words of scripts for what happens in a run, as the analysis finds it: turns, passages, phases, merges."""

from __future__ import annotations

from typing import TYPE_CHECKING

from reluviz.story.expressions import NoEvent
from reluviz.story.vocabulary.words import Group, earliest, fact_of, word

if TYPE_CHECKING:
    from reluviz.analysis.events import Reversal, SignChange
    from reluviz.analysis.merging import Merge
    from reluviz.analysis.phases import Phase, Phases

_TOGETHER = 1.3


def goes_with_a_turn(change: SignChange, phases: Phases) -> bool:
    """Whether a weight's change of sign turns its neuron within this factor of time: then they are one event."""
    return any(
        turn.quantity == "origin"
        and turn.neuron == change.neuron
        and turn.cause == "weight changed sign"
        and change.iteration / _TOGETHER - 3 <= turn.iteration <= change.iteration * _TOGETHER + 3
        for turn in phases.reversals
    )


class Events(Group):
    """What happens in a run, and when."""

    # Turns and phases.

    @word
    def reverses(self, neuron: int, toward: str, after: int = 0, quantity: str = "origin") -> int:
        """When an origin turns "left" or "right", or a weight "up" or "down": the first time from `after`."""
        return self._reversal(neuron, toward, after, quantity).iteration

    @word
    def reversal_cause(self, neuron: int, toward: str, after: int = 0, quantity: str = "origin") -> str:
        """Why an origin (or a weight) turns, found as in `reverses`:
        "weight changed sign", "residual changed sign", "both" or "unclear"."""
        return str(self._reversal(neuron, toward, after, quantity).cause)

    @word
    def reversals(self, neuron: int, quantity: str = "origin") -> int:
        """How many times an origin (or a weight) turns."""
        return sum(
            turn.neuron == self.index(neuron) and turn.quantity == quantity for turn in self.analysis.phases.reversals
        )

    @word
    def changes_sign(self, neuron: int, after: int = 0) -> int:
        """When a weight changes its sign: the first time from `after` on."""
        changes = self.analysis.phases.sign_changes
        return earliest(
            (change for change in changes if change.neuron == self.index(neuron) and change.iteration >= after),
            f"the weight of neuron {neuron} does not change its sign after iteration {after:,}",
        ).iteration

    @word
    def sign_changes(self, neuron: int) -> int:
        """How many times a weight changes its sign."""
        return sum(change.neuron == self.index(neuron) for change in self.analysis.phases.sign_changes)

    @word
    def leaves(self, neuron: int, edge: str, after: int = 0) -> int:
        """When an origin leaves the data's range at its "low" or "high" edge."""
        return self._passage(neuron, edge, after, inward=False)

    @word
    def enters(self, neuron: int, edge: str, after: int = 0) -> int:
        """When an origin enters the data's range at its "low" or "high" edge."""
        return self._passage(neuron, edge, after, inward=True)

    @word
    def overtakes(self, left: int, right: int, after: int = 0) -> int:
        """When the origin of `left` comes to lie left of that of `right`, having been right of it."""
        pair = (self.index(left), self.index(right))
        crossings = self.analysis.phases.crossings
        return earliest(
            (one for one in crossings if (one.left, one.right) == pair and one.iteration >= after),
            f"neuron {left} does not pass to the left of neuron {right} after iteration {after:,}",
        ).iteration

    phases = fact_of("How many phases the run has.", lambda own: len(own.analysis.phases.phases))

    @word
    def phase_first(self, number: int) -> int:
        """The iteration at which that phase, from 1, begins."""
        return self._phase(number).first

    @word
    def phase_last(self, number: int) -> int:
        """The iteration at which that phase, from 1, ends, where the next one begins."""
        return self._phase(number).last

    settles = fact_of(
        "From here on every origin stays within a tenth of its own range of its end.",
        lambda own: own.analysis.phases.settling,
    )
    slow_from = fact_of(
        "From here on the graph moves at less than a hundredth of its highest speed.",
        lambda own: own.analysis.phases.slow_from,
    )

    @word
    def events(self, first: int = 0, last: int | None = None) -> int:
        """How many turns, sign changes (but for those that only turn their neuron), passages, crossings and merges lie
        in first <= t < last (or at the end)."""
        found, end, until = self.analysis.phases, self.trajectory.last, self.time(last)
        changes = [change for change in found.sign_changes if not goes_with_a_turn(change, found)]
        kinds = (found.reversals, changes, found.passages, found.crossings, self.analysis.merging.merges)
        times = [event.iteration for kind in kinds for event in kind]
        return sum(first <= t < until or t == until == end for t in times)

    # Merges.

    merges = fact_of(
        "How many groups of merged neurons the run ends with.", lambda own: len(own.analysis.merging.merges)
    )

    @word
    def merged(self, one: int, other: int) -> bool:
        """Whether two neurons end as one."""
        return self.analysis.merging.merged(self.index(one), self.index(other)) is not None

    @word
    def merge(self, one: int, other: int) -> int:
        """From when on two neurons that end as one are one."""
        return int(self._merge(one, other).iteration)

    @word
    def merge_weight(self, one: int, other: int) -> float:
        """The slope of the one neuron that two merged ones make: the sum of theirs."""
        return float(self._merge(one, other).weight)

    @word
    def merge_origin(self, one: int, other: int) -> float:
        """Where the one neuron that two merged ones make has its origin."""
        return float(self._merge(one, other).origin)

    @word
    def merge_error(self, one: int, other: int) -> float:
        """The largest change of the graph on the data's range, if one neuron took the place of two merged ones."""
        return float(self._merge(one, other).error)

    @word
    def standing(self, neuron: int) -> str:
        """What a neuron ends as, relative to the data: "inside", "active on all", "dead" or "idle"."""
        return str(self.analysis.merging.standing[self.index(neuron)])

    # How it is found.

    def _reversal(self, neuron: int, toward: str, after: int, quantity: str) -> Reversal:
        wanted = (self.index(neuron), quantity, toward)
        turns = self.analysis.phases.reversals
        return earliest(
            (t for t in turns if (t.neuron, t.quantity, t.toward) == wanted and t.iteration >= after),
            f"the {quantity} of neuron {neuron} does not turn {toward} after iteration {after:,}",
        )

    def _passage(self, neuron: int, edge: str, after: int, inward: bool) -> int:
        wanted = (self.index(neuron), edge, inward)
        passages = self.analysis.phases.passages
        return earliest(
            (p for p in passages if (p.neuron, p.edge, p.inward) == wanted and p.iteration >= after),
            f"neuron {neuron} does not {'enter' if inward else 'leave'} the range at its {edge} edge",
        ).iteration

    def _phase(self, number: int) -> Phase:
        return earliest(
            (phase for phase in self.analysis.phases.phases if phase.number == number),
            f"the run has no phase {number}",
        )

    def _merge(self, one: int, other: int) -> Merge:
        merge = self.analysis.merging.merged(self.index(one), self.index(other))
        if merge is None:
            raise NoEvent(f"neurons {one} and {other} do not merge")
        return merge
