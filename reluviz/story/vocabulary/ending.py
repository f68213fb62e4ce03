"""The words of scripts for how a run ends, as the analysis judges it: the verdict, the yardsticks, the ways out.

Also where two runs of one target part. Typical errors are roots of mean squared residuals.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from reluviz.story.expressions import NoEvent
from reluviz.story.vocabulary.events import Events

if TYPE_CHECKING:
    from reluviz.analysis import Comparison
    from reluviz.analysis.optimum.landscape import SplitTest
    from reluviz.analysis.optimum.verdict import Exit


class Endings(Events):
    """How a run ends. Neurons from 1; see facts.py for the rest of the vocabulary."""

    @property
    def verdict(self) -> str:
        """What it comes to rest in: "global optimum", "strict local optimum", "degenerate valley", "saddle" or
        "still moving"."""
        return str(self.analysis.optimum.verdict)

    @property
    def rms_polished(self) -> float:
        """The typical error, for x anywhere in the range, at the bottom that descent without noise leads to."""
        return float(self.analysis.optimum.rms_polished)

    @property
    def polish_moved(self) -> float:
        """The largest change of a weight or bias from the end of the run to that bottom."""
        return float(self.analysis.optimum.moved)

    @property
    def flat_directions(self) -> int:
        """How many directions from that bottom cost nothing."""
        return len(self.analysis.optimum.rest.flat)

    @property
    def best_rms(self) -> float:
        """The smallest typical error known with as many neurons."""
        return float(self.analysis.optimum.yardsticks.same.rms)

    @property
    def best_rms_fewer(self) -> float:
        """The smallest typical error known with one neuron fewer."""
        return float(self.analysis.optimum.yardsticks.fewer.rms)

    @property
    def fits_from(self) -> int:
        """From here on the typical error stays below 2 % of the target's height."""
        return self._found(self.analysis.optimum.fits_from, "the run never comes to fit its target")

    @property
    def reaches_basin(self) -> int:
        """From here on, as far as looked at, descent without noise ends in the global optimum."""
        found = self.analysis.optimum.reaches_basin
        return self._found(found, "the run never reaches the basin of the global optimum")

    def split(self, one: int, other: int) -> str:
        """What parting a merged pair does, by the sign test: "stable" (it costs), "escape" (it pays) or "free"."""
        return str(self._split(one, other).outcome)

    def split_gap(self, one: int, other: int) -> float:
        """The residual at their common origin, whose sign against the weight's decides that test."""
        return float(self._split(one, other).residual)

    @property
    def exit_neuron(self) -> int:
        """The neuron of a merged pair that can give its weight away and leave the valley at no cost."""
        return self._exit().neuron + 1

    @property
    def exit_origin(self) -> float:
        """Where its origin then has to go."""
        return float(self._exit().origin)

    @property
    def exit_rms(self) -> float:
        """The typical error in which descent from there ends."""
        return float(self._exit().rms)

    def rms_downhill(self, at: int) -> float:
        """The typical error, for x anywhere in the range, in which descent without noise from that state ends."""
        from reluviz.analysis.optimum.descent import polish
        from reluviz.analysis.optimum.loss import UniformLoss, parameters

        loss, trained = UniformLoss.of(self.trajectory), self.trajectory.experiment.train_output_bias
        vector = parameters(self.trajectory.network_at(self._time(at)), trained)
        return float(loss.value(polish(loss, vector)) ** 0.5)

    def rms_traded(self, weight: float, origin: float) -> float:
        """The typical error if that neuron had this weight and origin, and its partner the rest of their slope."""
        from reluviz.analysis.optimum.valley import crossroads

        self._exit()
        found = crossroads(self.trajectory, self.analysis.optimum)
        return float(found.rms(found.states(weight, origin))[0])

    def graphs_part(self, other: Endings) -> int:
        """From when on the graphs of two runs of one target stay apart, by 2 % of its height."""
        return self._found(self._comparison(other).graphs_part, "the graphs of the two runs do not part")

    def signs_part(self, other: Endings, neuron: int) -> int:
        """From when on the weights of that neuron differ in sign."""
        found = self._comparison(other).signs_part[self._index(neuron)]
        return self._found(found, f"the weights of neuron {neuron} have one sign in the end")

    def origins_part(self, other: Endings, neuron: int) -> int:
        """From when on the origins of that neuron stay apart, by 5 % of the data's range."""
        found = self._comparison(other).origins_part[self._index(neuron)]
        return self._found(found, f"the origins of neuron {neuron} do not part")

    # How it is found.

    def _comparison(self, other: Endings) -> Comparison:
        from reluviz.analysis import compare

        if not isinstance(other, Endings):
            raise ValueError("a run is compared with another run")
        return compare(self.trajectory, other.trajectory)

    def _split(self, one: int, other: int) -> SplitTest:
        pair = {self._index(one), self._index(other)}
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
