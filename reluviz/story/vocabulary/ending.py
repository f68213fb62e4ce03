"""The words of scripts for how a run ends, as the analysis judges it: the verdict, the yardsticks, the ways out.

Typical errors are roots of mean squared residuals.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from reluviz.core.measure import FITS, diverged, error_unit, rms_to_target
from reluviz.story.expressions import NoEvent
from reluviz.story.vocabulary.words import Group, fact, fact_of, word

if TYPE_CHECKING:
    from reluviz.analysis.optimum.landscape import SplitTest
    from reluviz.analysis.optimum.verdict import Exit


class Ending(Group):
    """How a run ends."""

    @fact
    def diverged(self) -> bool:
        """Whether the error ends above ten times that of the start, or the run overflowed."""
        return diverged(self.trajectory.whole or self.trajectory)

    @fact
    def overflowed_at(self) -> int:
        """How many updates were made before the first that left the range of float64."""
        if self.trajectory.overflowed_at is None:
            raise NoEvent("the run does not overflow")
        return self.trajectory.overflowed_at

    @fact
    def verdict(self) -> str:
        """What the run comes to rest in: "global optimum", "strict local optimum", "degenerate valley", "saddle" or
        "still moving"."""
        return str(self.analysis.optimum.verdict)

    rms_polished = fact_of(
        "The typical error, for x anywhere in the range, at the bottom below the end, by descent without noise.",
        lambda own: own.analysis.optimum.rms_polished,
    )
    polish_moved = fact_of(
        "The largest change of a weight or bias from the end of the run to that bottom.",
        lambda own: own.analysis.optimum.moved,
    )
    flat_directions = fact_of(
        "How many directions from the bottom below the end cost nothing.",
        lambda own: len(own.analysis.optimum.rest.flat),
    )
    best_rms = fact_of(
        "The smallest typical error known with as many neurons.", lambda own: own.analysis.optimum.yardsticks.same.rms
    )
    best_rms_fewer = fact_of(
        "The smallest typical error known with one neuron fewer.", lambda own: own.analysis.optimum.yardsticks.fewer.rms
    )

    @fact
    def fits(self) -> bool:
        """Whether the typical error ends within 2 % of the target's height of the smallest known."""
        run = self.trajectory.experiment
        bound = self.best_rms + FITS * error_unit(run.target, run.low, run.high)
        return rms_to_target(self.trajectory, self.trajectory.last) < bound

    @fact
    def fits_from(self) -> int:
        """From here on the typical error stays below 2 % of the target's height."""
        return self._found(self.analysis.optimum.fits_from, "the run never comes to fit its target")

    @word
    def split_gap(self, one: int, other: int) -> float:
        """The residual at a merged pair's common origin: its sign against their weight's says whether they can part."""
        return float(self._split(one, other).residual)

    exit_neuron = fact_of(
        "The neuron of a merged pair that can give its weight away and leave the valley at no cost.",
        lambda own: own._exit().neuron + 1,
    )
    exit_origin = fact_of(
        "Where the origin of that neuron (`exit_neuron`) then has to go.", lambda own: own._exit().origin
    )
    exit_rms = fact_of("The typical error in which descent from that way out ends.", lambda own: own._exit().rms)

    @word
    def rms_downhill(self, at: int) -> float:
        """The typical error, for x anywhere in the range, in which descent without noise from an iteration ends."""
        from reluviz.analysis.optimum.descent import polish
        from reluviz.analysis.optimum.loss import UniformLoss, parameters

        loss, trained = UniformLoss.of(self.trajectory), self.trajectory.experiment.train_output_bias
        vector = parameters(self.trajectory.network_at(self.time(at)), trained)
        return float(loss.value(polish(loss, vector)) ** 0.5)

    @word
    def rms_traded(self, weight: float, origin: float) -> float:
        """The typical error if `exit_neuron` had this weight and origin, and its partner the rest of their slope."""
        from reluviz.analysis.optimum.valley import crossroads

        self._exit()
        found = crossroads(self.trajectory, self.analysis.optimum)
        return float(found.rms(found.states(weight, origin))[0])

    # How it is found.

    def _split(self, one: int, other: int) -> SplitTest:
        pair = {self.index(one), self.index(other)}
        for test in self.analysis.optimum.splits:
            if set(test.neurons) == pair:
                return test
        raise NoEvent(f"neurons {one} and {other} do not end as a pair of one sign")

    def _exit(self) -> Exit:
        found = self.analysis.optimum.exit
        if found is None:
            raise NoEvent("no way out of the end at no cost was found")
        return found

    @staticmethod
    def _found(iteration: int | None, missing: str) -> int:
        if iteration is None:
            raise NoEvent(missing)
        return int(iteration)
