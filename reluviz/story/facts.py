"""The vocabulary of scripts: what can be asked about a run in a span, a field or a claim.

Neurons are numbered from 1, as they are read. Times are iterations, numbers of updates made; where one is
left out it is the end of the run. The update made from iteration t is the one that leads to t + 1. A quantity
is "weight", "bias" or "origin" (minus the bias). Of a thinned run the nearest earlier record answers.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from typing import Any

import numpy as np
from numpy.typing import NDArray

from reluviz.core import Trajectory
from reluviz.core.network import Array
from reluviz.story.events import Events
from reluviz.story.expressions import NoEvent


@dataclass(frozen=True, eq=False)
class Facts(Events):
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
        return float(np.sqrt(np.mean(self._gaps(at) ** 2)))

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

    # Along the run.

    def lowest(self, neuron: int, quantity: str, first: int = 0, last: int | None = None) -> float:
        """The smallest value that a quantity has in the stretch."""
        return float(self._stretch(neuron, quantity, first, last)[1].min())

    def highest(self, neuron: int, quantity: str, first: int = 0, last: int | None = None) -> float:
        """The largest value that a quantity has in the stretch."""
        return float(self._stretch(neuron, quantity, first, last)[1].max())

    def lowest_at(self, neuron: int, quantity: str, first: int = 0, last: int | None = None) -> int:
        """The iteration of `lowest`."""
        times, values = self._stretch(neuron, quantity, first, last)
        return int(times[values.argmin()])

    def highest_at(self, neuron: int, quantity: str, first: int = 0, last: int | None = None) -> int:
        """The iteration of `highest`."""
        times, values = self._stretch(neuron, quantity, first, last)
        return int(times[values.argmax()])

    def crosses(self, neuron: int, quantity: str, level: float, after: int = 0) -> int:
        """The first iteration from `after` on that finds the quantity at or across a level."""
        times, values = self._stretch(neuron, quantity, after, None)
        sides = np.sign(values - level)
        away = np.flatnonzero(sides)
        if len(away):
            crossed = np.flatnonzero(sides[away[0] :] != sides[away[0]])
            if len(crossed):
                return int(times[away[0] + crossed[0]])
        raise NoEvent(f"the {quantity} of neuron {neuron} never crosses {level:g} after iteration {after:,}")

    def for_good(self, neuron: int, quantity: str, level: float) -> int:
        """The iteration from which the quantity stays on one side of a level to the end."""
        times, values = self._stretch(neuron, quantity, 0, None)
        return int(times[_last_run(np.sign(values - level))])

    def leads(self, neuron: int, other: int, quantity: str) -> int:
        """The iteration from which the quantity of `neuron` stays above that of `other` to the end."""
        ahead = self._values(neuron, quantity) > self._values(other, quantity)
        if not ahead[-1]:
            raise NoEvent(f"the {quantity} of neuron {neuron} does not end above that of neuron {other}")
        return int(self.trajectory.iterations[_last_run(ahead)])

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

    def _values(self, neuron: int, quantity: str) -> Array:
        column = self._index(neuron)
        if quantity == "weight":
            return self.trajectory.weights[:, column]
        if quantity == "bias":
            return self.trajectory.biases[:, column]
        if quantity == "origin":
            return -self.trajectory.biases[:, column]
        raise ValueError(f'"{quantity}" is no quantity: "weight", "bias" and "origin" are')

    def _stretch(self, neuron: int, quantity: str, first: int, last: int | None) -> tuple[NDArray[np.int64], Array]:
        part = slice(self._record(first), self._record(last) + 1)
        if part.start >= part.stop:
            raise ValueError(f"the stretch {first:,} to {last:,} runs backwards")
        return self.trajectory.iterations[part], self._values(neuron, quantity)[part]

    def _time(self, at: int | None) -> int:
        if at is None:
            return self.end
        if not isinstance(at, (int, np.integer)) or isinstance(at, bool):
            raise ValueError(f"{at!r} is no iteration: a whole number is")
        if not 0 <= at <= self.end:
            raise ValueError(f"iteration {at:,} lies outside the run, 0 to {self.end:,}")
        return int(at)

    def _record(self, at: int | None) -> int:
        return self.trajectory.record_at(self._time(at))

    def _update(self, at: int) -> int:
        if self._time(at) == self.end:
            raise ValueError(f"iteration {at:,} is the end: no update is made from it")
        return self._record(at)

    def _index(self, neuron: int, count: int | None = None) -> int:
        count = self.neurons if count is None else count
        if not isinstance(neuron, int) or isinstance(neuron, bool) or not 1 <= neuron <= count:
            raise ValueError(f"there is no neuron {neuron!r}: they are numbered from 1 to {count}")
        return neuron - 1


def _last_run(values: NDArray[Any]) -> int:
    """The index at which the last stretch of equal values starts."""
    changes = np.flatnonzero(values[1:] != values[:-1])
    return int(changes[-1]) + 1 if len(changes) else 0


WORDS = frozenset(word for word in dir(Facts) if not word.startswith("_")) - {"trajectory", "analysis"}
"""The words of `Facts` that a script may use: all its public ones but the objects behind them."""
