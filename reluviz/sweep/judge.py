"""How each of many runs ended, told by rules cheap enough for a million of them.

The rules are those of `merging` and `optimum`, taken without smoothing and without polishing:

* diverged: the error ends above DIVERGED times that of the start, or overflowed
* global optimum: the RMS error over the data, without their noise, is below FITS of the target's height, above that
  of the best fit known with so many neurons
* still moving: neither, and in the last fifth of the run, as long as it was, the error fell by more than MOVING of it
* merged and stuck: none of these, and two working neurons or more are merged
* stuck otherwise: none of these

A run is looked at after whole epochs, where a cycle of samples leaves the same noise each time; about fifty to a
hundred times. So "since" is exact to that: the first look from which something holds at all later ones.
A run that still creeps towards an optimum is called by the error it has, where `optimum` would follow descent
without noise to its end: of 120 runs from random starts, 20,000 to 60,000 iterations long, 4 called stuck were such;
the other outcomes, and the merges of all, were those of the whole analysis.
"""

from __future__ import annotations

from dataclasses import dataclass, fields
from enum import IntEnum
from functools import lru_cache

import numpy as np
from numpy.typing import NDArray

from reluviz.analysis.merging import CLOSE, IDLE
from reluviz.analysis.optimum.descent import best_fit
from reluviz.analysis.optimum.loss import UniformLoss
from reluviz.core import Experiment, ReluNetwork
from reluviz.core.measure import FITS, error_unit, grown
from reluviz.core.network import Array
from reluviz.core.training.many import Abreast, Ends, train_many

MOVING = 0.05
"""A run whose error falls by more than this part of it during its last fifth is still moving. The article's example 4,
stuck in its own words, loses 3.2 % there; runs on their way to the optimum mostly a third or more."""

_POINTS = 64
_LOOKS = 100
_FEW_EPOCHS = 50


class Outcome(IntEnum):
    """How a run ended; the thresholds are this module's."""

    GLOBAL_OPTIMUM = 0
    MERGED_AND_STUCK = 1
    STUCK_OTHERWISE = 2
    STILL_MOVING = 3
    DIVERGED = 4

    @property
    def words(self) -> str:
        """In plain English: "merged and stuck"."""
        return self.name.lower().replace("_", " ")


@dataclass(frozen=True, eq=False)
class Outcomes:
    """How k runs of at most n neurons ended.

    outcome: (k,), numbers of Outcome. iterations: (k,), updates made. fits_from: (k,), the first look from which the
    error stayed below the bound of a global optimum; -1 where it is not below it at the end. error: (k,), RMS over
    the data at the end, in units of the graph; infinite for numbers beyond float64. groups: (k, n), for each neuron
    the number, from 1, of the first neuron that it is one with, its own where it is alone, 0 where it is idle, dead
    or not there. merged_from: (k, n), since when its group is together; -1 where it is alone.
    """

    outcome: NDArray[np.uint8]
    iterations: NDArray[np.int32]
    fits_from: NDArray[np.int32]
    error: Array
    groups: NDArray[np.uint8]
    merged_from: NDArray[np.int32]

    @property
    def distinct(self) -> NDArray[np.int64]:
        """How many different neurons are at work at the end, merged ones counting as one; (k,)."""
        return (self.groups == np.arange(1, self.groups.shape[1] + 1)).sum(axis=1)

    @classmethod
    def unknown(cls, k: int, n: int) -> Outcomes:
        """Of k runs, to be filled in."""
        return cls(
            np.zeros(k, np.uint8), np.zeros(k, np.int32), np.full(k, -1, np.int32), np.full(k, np.inf),
            np.zeros((k, n), np.uint8), np.full((k, n), -1, np.int32),
        )  # fmt: skip

    def put(self, rows: NDArray[np.int64], others: Outcomes) -> None:
        """Fills in `rows` with runs of as many neurons or fewer."""
        for field in fields(self):
            mine, theirs = getattr(self, field.name), getattr(others, field.name)
            mine[(rows, slice(theirs.shape[1])) if theirs.ndim == 2 else rows] = theirs


def look_times(experiment: Experiment) -> NDArray[np.int64]:
    """When runs are looked at: about a hundred times at most, after whole epochs where there are fifty or more."""
    last, epoch = experiment.iterations, experiment.epoch_updates
    every = epoch * -(-last // (epoch * _LOOKS)) if last >= _FEW_EPOCHS * epoch else max(1, last // _FEW_EPOCHS)
    return np.unique(np.append(np.arange(0, last + 1, max(1, every)), last))


def judge(experiment: Experiment, weights: Array, biases: Array, learning_rates: Array) -> Outcomes:
    """Trains `experiment` from each start, (k, n), at each rate, (k,), as train_many does, and judges how it ends."""
    k, n = weights.shape
    watch = _Watch(experiment, k, n)
    ends = train_many(experiment, weights, biases, learning_rates, watch.times, watch)
    first = watch.error_over_data(weights, biases, np.full(k, experiment.start.output_bias))
    last = np.where(ends.overflowed, np.inf, watch.error_over_data(ends.weights, ends.biases, ends.output_biases))
    diverged = grown(first, last)
    away = watch.error_over_data(ends.weights, ends.biases, ends.output_biases, noise=False)
    optimal = ~diverged & (away < watch.bound)
    moving = ~(last >= (1.0 - MOVING) * watch.late_error(ends.iterations))
    groups, merged_from = watch.merges(ends)
    groups[diverged], merged_from[diverged] = 0, -1
    outcome = np.select(
        [diverged, optimal, moving, (merged_from >= 0).any(axis=1)],
        [Outcome.DIVERGED, Outcome.GLOBAL_OPTIMUM, Outcome.STILL_MOVING, Outcome.MERGED_AND_STUCK],
        Outcome.STUCK_OTHERWISE,
    )
    since = np.where(optimal, np.where(watch.fits_from >= 0, watch.fits_from, ends.iterations), -1)
    return Outcomes(
        outcome.astype(np.uint8), ends.iterations.astype(np.int32), since.astype(np.int32), last, groups, merged_from
    )


class _Watch:
    """Looks at k runs of n neurons on their way, and keeps for each what the rules ask for."""

    def __init__(self, experiment: Experiment, k: int, n: int) -> None:
        self.data = experiment.samples()
        self.targets, self.clean = experiment.targets(), experiment.target(self.data)
        self.low, self.high = float(self.data.min()), float(self.data.max())
        width = experiment.high - experiment.low
        self.points = experiment.low + (np.arange(_POINTS) + 0.5) / _POINTS * width
        self.heights = experiment.target(self.points)
        self.height = error_unit(experiment.target, experiment.low, experiment.high)
        fixed = None if experiment.train_output_bias else experiment.start.output_bias
        best = _best_rms(experiment.target, experiment.low, experiment.high, n, fixed)
        self.bound = best + FITS * self.height
        self.times = look_times(experiment).tolist()
        # Where a run's last fifth begins is known beforehand, unless it may end early.
        late = min(self.times, key=lambda t: abs(t - 0.8 * experiment.iterations))
        self.noted = [late] if experiment.stop_below is None else self.times
        self.errors = np.full((len(self.noted), k), np.inf)
        self.fits_from = np.full(k, -1)
        self.merged_since = np.full((k, n * (n - 1) // 2), -1, np.int32)

    def __call__(self, iteration: int, abreast: Abreast) -> None:
        """Notes which of the runs fit, which neurons are merged, and late in the run the error."""
        from reluviz.sweep import watch as lookout

        runs = abreast.runs[abreast.busy]
        fits = _rms(abreast, self.points, self.heights) < self.bound
        since = self.fits_from[runs]
        self.fits_from[runs] = np.where(fits, np.where(since < 0, iteration, since), -1)
        close = CLOSE * (self.high - self.low)
        state = (abreast.runs, abreast.weights, abreast.biases)
        lookout.note_merges(*state, self.low, self.high, close, iteration, self.merged_since)
        if iteration in self.noted:
            self.errors[self.noted.index(iteration), runs] = _rms(abreast, self.data, self.targets)

    def late_error(self, iterations: NDArray[np.int64]) -> Array:
        """The error that each run of so many iterations had at the look nearest to where its last fifth began, (k,)."""
        noted = np.array(self.noted)[:, None]
        away = np.where((noted < iterations) | (noted == 0), np.abs(noted - 0.8 * iterations), np.inf)
        return self.errors[away.argmin(axis=0), np.arange(len(iterations))]

    def error_over_data(self, weights: Array, biases: Array, output_biases: Array, noise: bool = True) -> Array:
        """The RMS error of k states, (k,), with the data's noise or against the target without it."""
        k = len(weights)
        idle = np.zeros(k)
        abreast = Abreast.of(np.arange(k), weights, biases, output_biases, idle, idle.astype(np.int64))
        return _rms(abreast, self.data, self.targets if noise else self.clean)

    def merges(self, ends: Ends) -> tuple[NDArray[np.uint8], NDArray[np.int32]]:
        """`groups` and `merged_from` as in Outcomes."""
        from reluviz.sweep import watch as lookout

        groups, merged_from = np.zeros(ends.weights.shape, np.uint8), np.full(ends.weights.shape, -1, np.int32)
        small = IDLE * self.height
        state = (ends.weights, ends.biases, self.merged_since)
        lookout.group_neurons(*state, self.low, self.high, small, groups, merged_from)
        return groups, merged_from


def _rms(abreast: Abreast, xs: Array, targets: Array) -> Array:
    """The RMS error over `xs` of the runs abreast, in the order of their lanes; (k,)."""
    from reluviz.core.training import lanes

    found = lanes.mean_squares(abreast.weights, abreast.biases, abreast.output_biases, xs, targets)
    return np.sqrt(found[abreast.busy])


@lru_cache(maxsize=256)
def _best_rms(target: ReluNetwork, low: float, high: float, n: int, fixed_output_bias: float | None) -> float:
    """The RMS error of the best fit known with n neurons, for x uniform on the range."""
    loss = UniformLoss(target, low, high, fixed_output_bias or 0.0)
    return best_fit(loss, n, fixed_output_bias is None).rms
