"""Many runs of one experiment at once, from different starts and with different learning rates.

Bit for bit what `train` would give for each of them, at a fraction of the time: the update rule of `kernel` in
the layout of `lanes`. Nothing is recorded; whoever wants to know more looks at the runs on their way.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterator
from dataclasses import dataclass, fields
from typing import Any

import numpy as np
from numpy.typing import NDArray

from reluviz.core.experiment import Experiment
from reluviz.core.network import Array


@dataclass(eq=False)
class Abreast:
    """Runs side by side, LANES to a tile.

    runs: (tiles, LANES), which run a lane holds; -1 where it holds none, or one that has ended.
    weights, biases: (tiles, n, LANES). output_biases, steps (twice the learning rates): (tiles, LANES).
    offenders: (tiles, LANES), the sample that last kept a run from fitting.
    """

    runs: NDArray[np.int64]
    weights: Array
    biases: Array
    output_biases: Array
    steps: Array
    offenders: NDArray[np.int64]

    @classmethod
    def of(cls, runs: NDArray[np.int64], weights: Array, biases: Array, *numbers: NDArray[Any]) -> Abreast:
        """Packs k runs: weights and biases (k, n), the others (k,)."""
        from reluviz.core.training.lanes import LANES

        tiles, n = -(-len(runs) // LANES), weights.shape[1]
        idle = (0, tiles * LANES - len(runs))
        weights, biases = (
            np.ascontiguousarray(np.pad(a, (idle, (0, 0))).reshape(tiles, LANES, n).transpose(0, 2, 1))
            for a in (weights, biases)
        )
        runs = np.pad(runs, idle, constant_values=-1).reshape(tiles, LANES)
        return cls(runs, weights, biases, *(np.pad(a, idle).reshape(tiles, LANES) for a in numbers))

    @property
    def busy(self) -> NDArray[np.bool_]:
        """The lanes that hold a run, (tiles, LANES)."""
        return self.runs >= 0

    def states(self, lanes: NDArray[np.bool_]) -> tuple[Array, Array, Array]:
        """Weights and biases, (k, n), and output biases, (k,), in the k `lanes`."""
        weights, biases = (a.transpose(0, 2, 1)[lanes] for a in (self.weights, self.biases))
        return weights, biases, self.output_biases[lanes]

    def only(self, lanes: NDArray[np.bool_]) -> Abreast:
        """A copy of the runs in these lanes alone, closed up."""
        return Abreast.of(self.runs[lanes], *self.states(lanes), self.steps[lanes], self.offenders[lanes])

    def copy(self) -> Abreast:
        """The same runs in the same lanes, in memory of their own."""
        return Abreast(*(getattr(self, field.name).copy() for field in fields(self)))

    def finite(self) -> NDArray[np.bool_]:
        """The lanes with nothing but finite numbers, (tiles, LANES). What has left float64 once never comes back."""
        parts = (self.weights, self.biases, self.output_biases[:, None])
        return np.logical_and.reduce([np.isfinite(part).all(axis=1) for part in parts])


@dataclass(frozen=True, eq=False)
class Ends:
    """How k runs ended.

    iterations: (k,), updates made. diverged: (k,), whether the next one would have left the range of float64.
    weights, biases: (k, n), output_biases: (k,), the state after those updates.
    """

    iterations: NDArray[np.int64]
    diverged: NDArray[np.bool_]
    weights: Array
    biases: Array
    output_biases: Array

    @classmethod
    def unknown(cls, k: int, n: int) -> Ends:
        """Of k runs of n neurons, to be filled in."""
        return cls(np.zeros(k, np.int64), np.zeros(k, np.bool_), np.empty((k, n)), np.empty((k, n)), np.empty(k))

    def fill(self, abreast: Abreast, lanes: NDArray[np.bool_], iterations: int) -> None:
        """Notes the runs in `lanes` as they are."""
        runs = abreast.runs[lanes]
        self.iterations[runs] = iterations
        self.weights[runs], self.biases[runs], self.output_biases[runs] = abreast.states(lanes)


def train_many(
    experiment: Experiment,
    weights: Array,
    biases: Array,
    learning_rates: Array,
    looks: Collection[int] = (),
    look: Callable[[int, Abreast], None] | None = None,
) -> Ends:
    """Trains `experiment` from each start in `weights` and `biases`, (k, n), at its own rate in `learning_rates`, (k,).

    Deterministic to the bit, whichever runs are trained together. Of the experiment's own start only the output
    bias counts. look: called with an iteration and the runs after so many updates, for each of `looks` that runs
    live to see, and for those that `stop_below` ends, at their end.
    """
    k, n = weights.shape
    ends, course = Ends.unknown(k, n), _Course(experiment, n)
    output_biases = np.full(k, experiment.start.output_bias)
    abreast = Abreast.of(np.arange(k), weights, biases, output_biases, 2.0 * learning_rates, np.zeros(k, np.int64))
    if look is not None and 0 in looks:
        look(0, abreast)
    done = 0
    for until in course.pauses(looks):
        before = abreast.copy()
        course.advance(abreast, done, until)
        lost = abreast.busy & ~abreast.finite()
        if lost.any():
            course.lose(before.only(np.isin(before.runs, abreast.runs[lost])), done, until, ends)
            abreast.runs[lost] = -1
        stopped = course.stopped(abreast, until)
        if look is not None and until in looks:
            look(until, abreast)
        elif look is not None and stopped.any():
            look(until, abreast.only(stopped))
        ends.fill(abreast, stopped, until)
        abreast.runs[stopped] = -1
        done = until
        if abreast.busy.sum() <= abreast.runs.size // 2:
            abreast = abreast.only(abreast.busy)
        if not abreast.runs.size:
            break
    ends.fill(abreast, abreast.busy, done)
    return ends


class _Course:
    """The updates of an experiment, made on runs abreast."""

    def __init__(self, experiment: Experiment, n: int) -> None:
        self.experiment, self.n = experiment, n
        self.data = experiment.samples()
        self.targets = experiment.target(self.data)
        self.full_batch = experiment.order == "full-batch"
        self.epoch = 1 if self.full_batch else len(self.data)

    def pauses(self, looks: Collection[int]) -> Iterator[int]:
        """The iterations to pause at, rising: those of `looks`, the ends of epochs, and the run's end.

        Where full-batch runs cannot end after each update, they pause at each hundredth of the run.
        """
        last = self.experiment.iterations
        every = max(1, last // 100) if self.full_batch and self.experiment.stop_below is None else self.epoch
        wanted = sorted(t for t in looks if 0 < t < last)
        done = 0
        while done < last:
            if wanted and wanted[0] <= done:
                wanted.pop(0)
            done = min((done // every + 1) * every, last, *wanted[:1])
            yield done

    def advance(self, abreast: Abreast, done: int, until: int) -> None:
        """The updates done, done + 1, ... until - 1; of single samples, all within one epoch."""
        from reluviz.core.training import lanes  # here, since Numba takes half a second to wake

        state = (abreast.weights, abreast.biases, abreast.output_biases)
        with_c = self.experiment.train_output_bias
        if self.full_batch:
            lanes.full_batch_updates(*state, with_c, abreast.steps, self.data, self.targets, until - done)
            return
        first = done - done % self.epoch
        order = self.experiment.epoch_order(done // self.epoch)[done - first : until - first]
        lanes.sample_updates(self.n, with_c)(*state, abreast.steps, self.data, self.targets, order)

    def lose(self, abreast: Abreast, done: int, until: int, ends: Ends) -> None:
        """Takes runs that diverge between `done` and `until` there step by step, each to its last finite state."""
        for t in range(done, until):
            before = abreast.only(abreast.busy)
            self.advance(abreast, t, t + 1)
            lost = abreast.busy & ~abreast.finite()
            if lost.any():
                runs = abreast.runs[lost]
                ends.fill(before, np.isin(before.runs, runs), t)
                ends.diverged[runs] = True
                abreast.runs[lost] = -1

    def stopped(self, abreast: Abreast, until: int) -> NDArray[np.bool_]:
        """The lanes with runs that `stop_below` ends here, (tiles, LANES)."""
        bound = self.experiment.stop_below
        if bound is None or until % self.epoch:
            return np.zeros_like(abreast.busy)
        from reluviz.core.training import lanes

        state = (abreast.weights, abreast.biases, abreast.output_biases)
        return abreast.busy & lanes.fits(*state, self.data, self.targets, bound, abreast.offenders)
