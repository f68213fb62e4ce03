"""All that the analysis says of one run."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property

from reluviz.analysis.merging import Merging, merging
from reluviz.analysis.optimum.verdict import Optimum, optimum
from reluviz.analysis.phases import Phases, phases
from reluviz.analysis.rules import Rules, rules
from reluviz.core import Trajectory


@dataclass(frozen=True)
class Analysis:
    """The analysis of `trajectory`; each part is computed when it is first asked for, and kept."""

    trajectory: Trajectory

    @cached_property
    def rules(self) -> Rules:
        """Which of the article's rules each update followed."""
        return rules(self.trajectory)

    @cached_property
    def phases(self) -> Phases:
        """Reversals, sign changes, passages, crossings, and the phases between them."""
        return phases(self.trajectory)

    @cached_property
    def merging(self) -> Merging:
        """Which neurons became one, and what is left."""
        return merging(self.trajectory)

    @cached_property
    def optimum(self) -> Optimum:
        """Where the run has come to rest. The costly part: some tenths of a second."""
        return optimum(self.trajectory, self.merging)


def analyse(trajectory: Trajectory) -> Analysis:
    """Analyses a run. Nothing is computed yet; see `Analysis`."""
    return Analysis(trajectory)
