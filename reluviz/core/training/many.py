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
from reluviz.core.optimizer import OPTIMIZERS


@dataclass(eq=False)
class Abreast:
    """Runs side by side, LANES to a tile.

    runs: (tiles, LANES), which run a lane holds; -1 where it holds none, or one that has ended.
    weights, biases: (tiles, n, LANES). output_biases, rates (learning rates): (tiles, LANES).
    offenders: (tiles, LANES), the sample that last kept a run from fitting.
    memory: (tiles, numbers, LANES), what the optimiser keeps of each run. powers: (2,), of Adam's betas.
    """

    runs: NDArray[np.int64]
    weights: Array
    biases: Array
    output_biases: Array
    rates: Array
    offenders: NDArray[np.int64]
    memory: Array
    powers: Array

    @classmethod
    def of(
        cls, runs: NDArray[np.int64], weights: Array, biases: Array, *numbers: NDArray[Any],
        memory: Array | None = None, powers: Array | None = None,
    ) -> Abreast:  # fmt: skip
        """Packs k runs: weights and biases (k, n), memory (k, numbers), the others (k,)."""
        from reluviz.core.training.lanes import LANES

        tiles = -(-len(runs) // LANES)
        idle = (0, tiles * LANES - len(runs))
        if memory is None:
            memory = np.empty((len(runs), 0))
        weights, biases, memory = (
            np.ascontiguousarray(np.pad(a, (idle, (0, 0))).reshape(tiles, LANES, a.shape[1]).transpose(0, 2, 1))
            for a in (weights, biases, memory)
        )
        runs = np.pad(runs, idle, constant_values=-1).reshape(tiles, LANES)
        output_biases, rates, offenders = (np.pad(a, idle).reshape(tiles, LANES) for a in numbers)
        powers = np.ones(2) if powers is None else powers.copy()
        return cls(runs, weights, biases, output_biases, rates, offenders, memory, powers)

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
        numbers = (*self.states(lanes), self.rates[lanes], self.offenders[lanes])
        memory = self.memory.transpose(0, 2, 1)[lanes]
        return Abreast.of(self.runs[lanes], *numbers, memory=memory, powers=self.powers)

    def copy(self) -> Abreast:
        """The same runs in the same lanes, in memory of their own."""
        return Abreast(*(getattr(self, field.name).copy() for field in fields(self)))

    def finite(self) -> NDArray[np.bool_]:
        """The lanes with nothing but finite numbers, (tiles, LANES). What has left float64 once never comes back."""
        parts = (self.weights, self.biases, self.output_biases[:, None], self.memory)
        return np.logical_and.reduce([np.isfinite(part).all(axis=1) for part in parts])


@dataclass(frozen=True, eq=False)
class Ends:
    """How k runs ended.

    iterations: (k,), updates made. overflowed: (k,), whether the next one would have left the range of float64.
    weights, biases: (k, n), output_biases: (k,), the state after those updates.
    """

    iterations: NDArray[np.int64]
    overflowed: NDArray[np.bool_]
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
    numbers = (np.full(k, experiment.start.output_bias), learning_rates, np.zeros(k, np.int64))
    memory = np.zeros((k, experiment.optimizer.numbers_kept * (2 * n + 1)))
    abreast = Abreast.of(np.arange(k), weights, biases, *numbers, memory=memory)
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
        self.targets = experiment.targets()
        self.epoch = experiment.epoch_updates
        # Whether updates go on from epoch to epoch without a pause, by batches that all epochs take alike.
        self.across = experiment.order == "cycle" and experiment.batch_size > 1

    def pauses(self, looks: Collection[int]) -> Iterator[int]:
        """The iterations to pause at, rising: those of `looks`, the ends of epochs, and the run's end.

        Where runs go on across epochs and cannot end there, they pause at each hundredth of the run.
        """
        last = self.experiment.iterations
        every = max(1, last // 100) if self.across and self.experiment.stop_below is None else self.epoch
        wanted = sorted(t for t in looks if 0 < t < last)
        done = 0
        while done < last:
            if wanted and wanted[0] <= done:
                wanted.pop(0)
            done = min((done // every + 1) * every, last, *wanted[:1])
            yield done

    def advance(self, abreast: Abreast, done: int, until: int) -> None:
        """The updates done, done + 1, ... until - 1; all within one epoch, unless they go on across."""
        from reluviz.core.training import lanes  # here, since Numba takes half a second to wake
        from reluviz.core.training.lanes_by_sample import most_neurons, sample_updates

        state = (abreast.weights, abreast.biases, abreast.output_biases)
        own, data = self.experiment, (self.data, self.targets)
        epoch, place = divmod(done, self.epoch)
        order = own.epoch_order(epoch)
        rule = (abreast.rates, own.optimizer.numbers, abreast.memory, abreast.powers)
        kind, samples = OPTIMIZERS.index(own.optimizer.name), order[place : place + until - done]
        if own.batch_size == 1 and self.n <= most_neurons(kind):
            sample_updates(self.n, own.train_output_bias, kind)(*state, *rule, *data, samples)
            return
        if own.takes_plain_steps:
            lanes.plain_updates(*state, own.train_output_bias, 2.0 * abreast.rates, *data, samples)
            return
        pieces = (order, own.batch_size, place * own.batch_size, until - done)
        lanes.batch_updates(kind, *state, own.train_output_bias, *rule, *data, *pieces)

    def lose(self, abreast: Abreast, done: int, until: int, ends: Ends) -> None:
        """Takes runs that overflow between `done` and `until` there step by step, each to its last finite state."""
        for t in range(done, until):
            before = abreast.only(abreast.busy)
            self.advance(abreast, t, t + 1)
            lost = abreast.busy & ~abreast.finite()
            if lost.any():
                runs = abreast.runs[lost]
                ends.fill(before, np.isin(before.runs, runs), t)
                ends.overflowed[runs] = True
                abreast.runs[lost] = -1

    def stopped(self, abreast: Abreast, until: int) -> NDArray[np.bool_]:
        """The lanes with runs that `stop_below` ends here, (tiles, LANES)."""
        bound = self.experiment.stop_below
        if bound is None or until % self.epoch:
            return np.zeros_like(abreast.busy)
        from reluviz.core.training import lanes

        state = (abreast.weights, abreast.biases, abreast.output_biases)
        return abreast.busy & lanes.fits(*state, self.data, self.targets, bound, abreast.offenders)
