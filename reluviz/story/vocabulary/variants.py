"""The words of scripts for other ways to train that were tried on a run: what would have helped."""

from __future__ import annotations

from functools import cached_property
from typing import TYPE_CHECKING

from reluviz.core.measure import diverged
from reluviz.story.expressions import NoEvent
from reluviz.story.vocabulary.words import Group, fact, word

if TYPE_CHECKING:
    from reluviz.analysis.remedies import Remedy


class Variants(Group):
    """What others like the run come to."""

    @word
    def remedy_rms(self, kind: str) -> float:
        """The typical error at the end of the run when trained "longer", with "spread" origins, one more "neuron"
        or another "step" size."""
        return self._remedy(kind).rms

    @word
    def remedy_diverges(self, kind: str) -> bool:
        """Whether the run diverges with that remedy, named as in `remedy_rms`."""
        return self._remedy(kind).rms == float("inf")

    @fact
    def remedy_rate(self) -> float:
        """The learning rate of the other step size that ends best."""
        return self._remedy("step").experiment.learning_rate

    @fact
    def remedy_factor(self) -> int:
        """How many times as many updates the longer run makes."""
        return self._remedy("longer").experiment.iterations // self.trajectory.experiment.iterations

    @cached_property
    def remedies(self) -> tuple[Remedy, ...]:
        """What was tried, trained when first asked for."""
        from reluviz.analysis import Verdict
        from reluviz.analysis.remedies import remedies

        wild = diverged(self.trajectory.whole or self.trajectory)
        early = not wild and self.analysis.optimum.verdict in (Verdict.GLOBAL_OPTIMUM, Verdict.STILL_MOVING)
        return remedies(self.trajectory, gentler=wild, longer=early)

    def _remedy(self, kind: str) -> Remedy:
        for remedy in self.remedies:
            if remedy.kind == kind:
                return remedy
        raise NoEvent(f'"{kind}" was not tried for this run')
