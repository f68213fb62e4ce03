"""Online backpropagation, every update recorded (the article's equations 1-3), and the steps that build on it.

For a sample x with residual delta = ref(x) - NN(x), and each active neuron (x + b_i > 0):

    w_i <- w_i + 2 * lr * delta * (x + b_i)         equation 1
    b_i <- b_i + 2 * lr * delta * w_i               equation 2, with the old w_i
    c   <- c   + 2 * lr * delta                     equation 3, only where the output bias is trained

Larger batches take the mean of these over their samples; the optimisers are in docs/update-rule.md, to the bit. What
is recorded as sample and residual of a batch are their means.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from reluviz.core.experiment import Experiment
from reluviz.core.network import Array
from reluviz.core.optimizer import OPTIMIZERS
from reluviz.core.trajectory import Trajectory, recorded_iterations


def train(experiment: Experiment, progress: Callable[[int], None] | None = None) -> Trajectory:
    """Trains `experiment` from its start and records the run. Deterministic to the bit.

    Stops at `experiment.iterations`; earlier, after an epoch in which the largest |residual| over all data
    falls below `stop_below`; or at the update that makes a parameter non-finite (`overflowed_at`).
    progress: called with the number of iterations done, about a hundred times a run.
    """
    record_at = recorded_iterations(experiment.iterations)
    out = _Records.empty(len(record_at), len(experiment.start))
    done, overflowed, state = (_plain if experiment.takes_plain_steps else _batches)(
        experiment, record_at, out, progress or (lambda done: None)
    )
    last = int(np.searchsorted(record_at, done))  # after the last complete record: this one holds the last state
    n = len(experiment.start)
    if not overflowed:
        record_at[last] = done
        out.weights[last], out.biases[last], out.output_biases[last] = state[:n], state[n : 2 * n], state[2 * n]
    elif record_at[last] != done:
        last -= 1  # a thinned run: the fatal update lies after the last recorded state
    return Trajectory(
        experiment=experiment,
        iterations=_first(last + 1, record_at),
        weights=_first(last + 1, out.weights),
        biases=_first(last + 1, out.biases),
        output_biases=_first(last + 1, out.output_biases),
        inputs=_first(last, out.inputs),
        residuals=_first(last, out.residuals),
        overflowed_at=done if overflowed else None,
    )


class _Records(NamedTuple):
    """Room for what is recorded."""

    weights: Array
    biases: Array
    output_biases: Array
    inputs: Array
    residuals: Array

    @classmethod
    def empty(cls, size: int, n: int) -> _Records:
        """For `size` states of n neurons."""
        return cls(np.empty((size, n)), np.empty((size, n)), np.empty(size), np.empty(size), np.empty(size))


def _plain(
    experiment: Experiment, record_at: NDArray[np.int64], out: _Records, progress: Callable[[int], None]
) -> tuple[int, bool, Array]:
    """Single samples, an epoch at a time; returns (finite updates, whether the next overflowed, last state)."""
    from reluviz.core.training import kernel  # here, since Numba takes half a second to wake: readers never need it

    data, targets = experiment.samples(), experiment.targets()
    weights, biases = experiment.start.weights.copy(), experiment.start.biases.copy()
    output_bias, step = experiment.start.output_bias, 2.0 * experiment.learning_rate
    done, records, epoch, overflowed = 0, 0, 0, False
    report_every = max(1, experiment.iterations // (100 * len(data)))
    while done < experiment.iterations and not overflowed:
        order = experiment.epoch_order(epoch)[: experiment.iterations - done]
        state = (weights, biases, output_bias, experiment.train_output_bias, step, data, targets)
        output_bias, records, made = kernel.run_epoch(*state, order, done, record_at, records, *out)
        done += made
        epoch += 1
        overflowed = made < len(order)
        if experiment.stop_below is not None and made == len(data):
            largest = kernel.largest_residual(weights, biases, output_bias, data, targets)
            if largest < experiment.stop_below:
                break
        if epoch % report_every == 0:
            progress(done)
    return done, overflowed, np.concatenate((weights, biases, [output_bias]))


def _batches(
    experiment: Experiment, record_at: NDArray[np.int64], out: _Records, progress: Callable[[int], None]
) -> tuple[int, bool, Array]:
    """As _plain, for all else: some epochs at a time where all have one order."""
    from reluviz.core.training import kernel
    from reluviz.core.training.kernel_with_memory import remembering_run

    start, optimizer = experiment.start, experiment.optimizer
    state = np.concatenate((start.weights, start.biases, [start.output_bias]))
    kind = OPTIMIZERS.index(optimizer.name)
    rule = (state, experiment.train_output_bias, experiment.learning_rate)
    kept = (optimizer.numbers, np.zeros((2, len(state))), np.ones(2))
    data = (experiment.samples(), experiment.targets())
    hundredth = max(1, experiment.iterations // (100 * experiment.epoch_updates))
    epochs = hundredth if experiment.order == "cycle" else 1
    done, records, epoch, ending = 0, 0, 0, kernel.WENT_ON
    while done < experiment.iterations and ending == kernel.WENT_ON:
        updates = min(epochs * experiment.epoch_updates, experiment.iterations - done)
        order, until = experiment.epoch_order(epoch), (experiment.stop_below or 0.0, updates, done)
        if experiment.batch_size == 1:
            run = remembering_run(kind)
            records, made, ending = run(*rule, *kept, *data, order, *until, record_at, records, *out)
        else:
            pieces = (order, experiment.batch_size, *until)
            records, made, ending = kernel.run_batches(kind, *rule, *kept, *data, *pieces, record_at, records, *out)
        done += made
        epoch += epochs
        if epoch % hundredth == 0:
            progress(done)
    return done, ending == kernel.OVERFLOWED, state


def _first(count: int, array: np.ndarray) -> np.ndarray:
    """The first `count` rows; copied where that frees most of the array."""
    return array[:count].copy() if count < len(array) // 2 else array[:count]
