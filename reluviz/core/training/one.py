"""Online backpropagation, one sample an update, every update recorded (the article's equations 1-3).

With order = "full-batch" an update takes the mean of these over all data, and what is recorded as its sample and
residual are their means.

For a sample x with residual delta = ref(x) - NN(x), and each active neuron (x + b_i > 0):

    w_i <- w_i + 2 * lr * delta * (x + b_i)         equation 1
    b_i <- b_i + 2 * lr * delta * w_i               equation 2, with the old w_i
    c   <- c   + 2 * lr * delta                     equation 3, only where the output bias is trained
"""

from __future__ import annotations

from collections.abc import Callable

import numpy as np

from reluviz.core.experiment import Experiment
from reluviz.core.trajectory import Trajectory, recorded_iterations


def train(experiment: Experiment, progress: Callable[[int], None] | None = None) -> Trajectory:
    """Trains `experiment` from its start and records the run. Deterministic to the bit.

    Stops at `experiment.iterations`; earlier, after an epoch in which the largest |residual| over all data
    falls below `stop_below`; or at the update that makes a parameter non-finite (`overflowed_at`).
    progress: called with the number of iterations done, about a hundred times a run.
    """
    from reluviz.core.training import kernel  # here, since Numba takes half a second to wake: readers never need it

    data = experiment.samples()
    targets = experiment.target(data)
    record_at = recorded_iterations(experiment.iterations)
    size, n = len(record_at), len(experiment.start)
    out_weights, out_biases = np.empty((size, n)), np.empty((size, n))
    out_output_biases, inputs, residuals = np.empty(size), np.empty(size), np.empty(size)

    weights, biases = experiment.start.weights.copy(), experiment.start.biases.copy()
    output_bias = experiment.start.output_bias
    step = 2.0 * experiment.learning_rate
    done, records, epoch, diverged = 0, 0, 0, False
    full_batch = experiment.order == "full-batch"
    # Full-batch updates are made a hundredth of the run at a time; one by one where each may be the last.
    batch = max(1, experiment.iterations // 100) if experiment.stop_below is None else 1
    report_every = max(1, experiment.iterations // (100 * (batch if full_batch else len(data))))
    while done < experiment.iterations and not diverged:
        state = (weights, biases, output_bias, experiment.train_output_bias, step, data, targets)
        into = (done, record_at, records, out_weights, out_biases, out_output_biases, inputs, residuals)
        if full_batch:
            wanted = whole = min(batch, experiment.iterations - done)
            output_bias, records, made = kernel.run_full_batch(*state, wanted, *into)
        else:
            order, whole = experiment.epoch_order(epoch)[: experiment.iterations - done], len(data)
            wanted = len(order)
            output_bias, records, made = kernel.run_epoch(*state, order, *into)
        done += made
        epoch += 1
        diverged = made < wanted
        if experiment.stop_below is not None and wanted == whole and not diverged:
            largest = kernel.largest_residual(weights, biases, output_bias, data, targets)
            if largest < experiment.stop_below:
                break
        if progress is not None and epoch % report_every == 0:
            progress(done)

    last = records  # the record after the last complete one: holds the last state
    if not diverged:
        record_at[last] = done
        out_weights[last], out_biases[last], out_output_biases[last] = weights, biases, output_bias
    elif record_at[last] != done:
        last -= 1  # a thinned run: the fatal update lies after the last recorded state
    return Trajectory(
        experiment=experiment,
        iterations=_first(last + 1, record_at),
        weights=_first(last + 1, out_weights),
        biases=_first(last + 1, out_biases),
        output_biases=_first(last + 1, out_output_biases),
        inputs=_first(last, inputs),
        residuals=_first(last, residuals),
        overflowed_at=done if diverged else None,
    )


def _first(count: int, array: np.ndarray) -> np.ndarray:
    """The first `count` rows; copied where that frees most of the array."""
    return array[:count].copy() if count < len(array) // 2 else array[:count]
