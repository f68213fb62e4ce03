"""The words of scripts for where a run parts from another: `left.origin_parts(right, 2)`."""

from __future__ import annotations

from typing import Any

from reluviz.story.expressions import NoEvent
from reluviz.story.vocabulary.words import Group, word


class Apart(Group):
    """Two runs toward one target, of the same neurons."""

    @word
    def origin_parts(self, other: Any, neuron: int) -> int:
        """From here on, to the end of the shorter run, the neuron's origins stay 5 % of the range apart."""
        return self._parting(other, neuron, "origins_part")

    @word
    def sign_parts(self, other: Any, neuron: int) -> int:
        """From here on, to the end of the shorter run, the neuron's weights differ in sign."""
        return self._parting(other, neuron, "signs_part")

    @word
    def parts(self, other: Any) -> bool:
        """Whether the origins of any neuron stay 5 % of the range apart from somewhere on, to the shorter run's end."""
        from reluviz.analysis.comparing import compare

        return any(at is not None for at in compare(self.trajectory, other.trajectory).origins_part)

    @word
    def moved(self, neuron: int, at: int) -> float:
        """How far right of its start the origin of a neuron is at an iteration."""
        values = self.values(neuron, "origin")
        return float(values[self.record(at)] - values[0])

    def _parting(self, other: Any, neuron: int, kind: str) -> int:
        from reluviz.analysis.comparing import compare

        found = getattr(compare(self.trajectory, other.trajectory), kind)[self.index(neuron)]
        if found is None:
            raise NoEvent(f"neuron {neuron} does not part for good")
        return int(found)
