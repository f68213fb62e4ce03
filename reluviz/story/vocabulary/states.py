"""The vocabulary of scripts: what can be asked about a run in a span, a field or a claim.

Here are the experiment, single states and single updates; course.py asks how a
quantity goes along the run, events.py and endings.py what the analysis finds, outlook.py what another run would do.

Neurons are numbered from 1, as they are read. Times are iterations, numbers of updates made; where one is
left out it is the end of the run. The update made from iteration t is the one that leads to t + 1. A quantity
is "weight", "bias" or "origin" (minus the bias). Of a thinned run the nearest earlier record answers.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property

from reluviz.core import Trajectory
from reluviz.core.measure import rms_error
from reluviz.core.network import Array
from reluviz.story.vocabulary.variants import Outlook


@dataclass(frozen=True, eq=False)
class Facts(Outlook):
    """All that a script may ask about one run; `run` in expressions. Deterministic and cheap to build.

    Every word raises ValueError for a neuron or an iteration the run does not have, and NoEvent for an
    event that does not happen in it.
    """

    trajectory: Trajectory

    # The experiment.

    @property
    def neurons(self) -> int:
        """How many neurons are trained."""
        return self.trajectory.neurons

    @property
    def target_neurons(self) -> int:
        """How many kinks the target has, its own neurons."""
        return len(self.trajectory.target)

    @property
    def end(self) -> int:
        """The number of updates made in all."""
        return self.trajectory.last

    @property
    def samples(self) -> int:
        """How many numbers the data has."""
        return self.trajectory.experiment.samples_count

    @property
    def epochs(self) -> float:
        """How many times the run went through the data."""
        return self.end / self.samples

    @property
    def learning_rate(self) -> float:
        """lr of the article's equations 1-3."""
        return self.trajectory.experiment.learning_rate

    @property
    def low(self) -> float:
        """The lower end of the data's range."""
        return self.trajectory.experiment.low

    @property
    def high(self) -> float:
        """The upper end of the data's range."""
        return self.trajectory.experiment.high

    # The state at an iteration.

    def w(self, neuron: int, at: int | None = None) -> float:
        """The weight of a neuron: the slope it adds right of its origin."""
        return float(self._values(neuron, "weight")[self._record(at)])

    def b(self, neuron: int, at: int | None = None) -> float:
        """The bias of a neuron."""
        return float(self._values(neuron, "bias")[self._record(at)])

    def origin(self, neuron: int, at: int | None = None) -> float:
        """Where a neuron starts to act: minus its bias."""
        return -self.b(neuron, at)

    def value(self, x: float, at: int | None = None) -> float:
        """NN(x)."""
        return float(self.trajectory.network_at(self._time(at))(x))

    def slope(self, x: float, at: int | None = None) -> float:
        """The slope of the network's graph just right of x."""
        return self.trajectory.network_at(self._time(at)).slope(x)

    def gap(self, x: float, at: int | None = None) -> float:
        """The residual at x: target minus network. Above 0 the network is too low."""
        return self.target(x) - self.value(x, at)

    def distance(self, left: int, right: int, at: int | None = None) -> float:
        """How far the origin of `right` lies right of that of `left`."""
        return self.origin(right, at) - self.origin(left, at)

    def rms(self, at: int | None = None) -> float:
        """The typical error: the root of the mean squared residual over the data."""
        return rms_error(self.trajectory, self._time(at))

    def largest_gap(self, at: int | None = None, low: float | None = None, high: float | None = None) -> float:
        """The largest residual, with its sign, over the data (between low and high)."""
        return float(self._gaps(at, low, high).max())

    def smallest_gap(self, at: int | None = None, low: float | None = None, high: float | None = None) -> float:
        """The smallest residual, with its sign, over the data: >= 0 where the network is nowhere too high."""
        return float(self._gaps(at, low, high).min())

    def mean_gap(self, at: int | None = None, low: float | None = None, high: float | None = None) -> float:
        """The mean residual over the data (between low and high)."""
        return float(self._gaps(at, low, high).mean())

    # The target.

    def target(self, x: float) -> float:
        """The target's value at x."""
        return float(self.trajectory.target(x))

    def target_slope(self, x: float) -> float:
        """The target's slope just right of x."""
        return self.trajectory.target.slope(x)

    def target_w(self, neuron: int) -> float:
        """The weight of the target's own neuron: by how much its slope changes at that kink."""
        return float(self.trajectory.target.weights[self._index(neuron, self.target_neurons)])

    def target_origin(self, neuron: int) -> float:
        """Where the target has that kink."""
        return float(self.trajectory.target.origins[self._index(neuron, self.target_neurons)])

    # Single updates.

    def sample(self, at: int) -> float:
        """The sample x of the update made from that iteration."""
        return float(self.trajectory.inputs[self._update(at)])

    def delta(self, at: int) -> float:
        """Its residual, target minus network at the sample."""
        return float(self.trajectory.residuals[self._update(at)])

    def active(self, neuron: int, at: int) -> bool:
        """Whether the neuron acts on that sample, which lies right of its origin."""
        return self.sample(at) > self.origin(neuron, at)

    # How it is found.

    @cached_property
    def _data(self) -> tuple[Array, Array]:
        x = self.trajectory.experiment.samples()
        return x, self.trajectory.target(x)

    def _gaps(self, at: int | None, low: float | None = None, high: float | None = None) -> Array:
        x, y = self._data
        among = (x >= (self.low if low is None else low)) & (x <= (self.high if high is None else high))
        if not among.any():
            raise ValueError(f"no sample lies between {low} and {high}")
        return y[among] - self.trajectory.network_at(self._time(at))(x[among])

    def _update(self, at: int) -> int:
        if self._time(at) == self.end:
            raise ValueError(f"iteration {at:,} is the end: no update is made from it")
        return self._record(at)


WORDS = frozenset(word for word in dir(Facts) if not word.startswith("_")) - {"trajectory", "analysis", "remedies"}
"""The words of `Facts` that a script may use: all its public ones but the objects behind them."""
