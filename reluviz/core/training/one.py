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
    size, n = len(record_at), len(experiment.start)
    weights, biases, output_biases = np.empty((size, n)), np.empty((size, n)), np.empty(size)
    inputs, residuals = np.empty(size), np.empty(size)
    out = (weights, biases, output_biases, inputs, residuals)
    done, overflowed, state = _make_updates(experiment, record_at, out, progress or (lambda done: None))
    last = int(np.searchsorted(record_at, done))  # after the last complete record: this one holds the last state
    if not overflowed:
        record_at[last] = done
        weights[last], biases[last], output_biases[last] = state[:n], state[n : 2 * n], state[2 * n]
    elif record_at[last] != done:
        last -= 1  # a thinned run: the fatal update lies after the last recorded state
    return Trajectory(
        experiment=experiment,
        iterations=_first(last + 1, record_at),
        weights=_first(last + 1, weights),
        biases=_first(last + 1, biases),
        output_biases=_first(last + 1, output_biases),
        inputs=_first(last, inputs),
        residuals=_first(last, residuals),
        overflowed_at=done if overflowed else None,
    )


def _make_updates(
    experiment: Experiment, record_at: NDArray[np.int64], out: tuple[Array, ...], progress: Callable[[int], None]
) -> tuple[int, bool, Array]:
    """Trains, some epochs at a time where all have one order; returns (finite updates made, whether the next one
    overflowed, last state). out: room for what is recorded, in the order of `training`."""
    from reluviz.core.training import kernel  # here, since Numba takes half a second to wake: readers never need it

    start, optimizer = experiment.start, experiment.optimizer
    state = np.concatenate((start.weights, start.biases, [start.output_bias]))
    run = kernel.training(OPTIMIZERS.index(optimizer.name), experiment.batch_size == 1)
    rule = (state, experiment.train_output_bias, experiment.learning_rate, optimizer.numbers)
    kept = (np.zeros((2, len(state))), np.ones(2))
    data, stop_below = (experiment.samples(), experiment.targets()), experiment.stop_below or 0.0
    hundredth = max(1, experiment.iterations // (100 * experiment.epoch_updates))
    epochs = hundredth if experiment.order == "cycle" else 1
    done, records, epoch, ending = 0, 0, 0, kernel.WENT_ON
    while done < experiment.iterations and ending == kernel.WENT_ON:
        updates = min(epochs * experiment.epoch_updates, experiment.iterations - done)
        batches = (experiment.epoch_order(epoch), experiment.batch_size)
        records, made, ending = run(*rule, *kept, *data, *batches, stop_below, updates, done, record_at, records, *out)
        done += made
        epoch += epochs
        if epoch % hundredth == 0:
            progress(done)
    return done, ending == kernel.OVERFLOWED, state


def _first(count: int, array: np.ndarray) -> np.ndarray:
    """The first `count` rows; copied where that frees most of the array."""
    return array[:count].copy() if count < len(array) // 2 else array[:count]
