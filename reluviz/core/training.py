"""Online backpropagation, one sample an update, every update recorded (the article's equations 1-3).

For a sample x with residual delta = ref(x) - NN(x), and each active neuron (x + b_i > 0):

    w_i <- w_i + 2 * lr * delta * (x + b_i)         equation 1
    b_i <- b_i + 2 * lr * delta * w_i               equation 2, with the old w_i
    c   <- c   + 2 * lr * delta                     equation 3, only where the output bias is trained
"""

from __future__ import annotations

from collections.abc import Callable

import numpy as np
from numba import njit

from reluviz.core.experiment import Experiment
from reluviz.core.network import Array
from reluviz.core.trajectory import Trajectory, recorded_iterations


@njit(cache=True, nogil=True)
def _update(weights, biases, output_bias, train_output_bias, step, x, target):  # type: ignore[no-untyped-def]
    """One update in place; returns (residual, new output bias). step = 2 * learning rate."""
    value = output_bias
    for i in range(weights.size):
        value += weights[i] * max(x + biases[i], 0.0)
    residual = target - value
    push = step * residual
    for i in range(weights.size):
        distance = x + biases[i]
        if distance > 0.0:
            old_weight = weights[i]
            weights[i] += push * distance
            biases[i] += push * old_weight
    if train_output_bias:
        output_bias += push
    return residual, output_bias


@njit(cache=True, nogil=True)
def _run(  # type: ignore[no-untyped-def]
    weights, biases, output_bias, train_output_bias, step, xs, targets, order, first, record_at, next_record,
    out_weights, out_biases, out_output_biases, out_inputs, out_residuals,
):  # fmt: skip
    """Updates `first`, first + 1, ... for the samples named by `order`, recording those in `record_at`.

    Record k holds the state before update record_at[k] and that update's input and residual.
    Returns (output bias, next record, number of finite updates made).
    """
    for k in range(order.size):
        x = xs[order[k]]
        recording = record_at[next_record] == first + k
        if recording:
            out_weights[next_record] = weights
            out_biases[next_record] = biases
            out_output_biases[next_record] = output_bias
        residual, output_bias = _update(
            weights, biases, output_bias, train_output_bias, step, x, targets[order[k]]
        )
        finite = np.isfinite(residual) and np.isfinite(output_bias)
        for i in range(weights.size):
            finite = finite and np.isfinite(weights[i]) and np.isfinite(biases[i])
        if not finite:
            return output_bias, next_record, k
        if recording:
            out_inputs[next_record] = x
            out_residuals[next_record] = residual
            next_record += 1
    return output_bias, next_record, order.size


def train(experiment: Experiment, progress: Callable[[int], None] | None = None) -> Trajectory:
    """Trains `experiment` from its start and records the run. Deterministic to the bit.

    Stops at `experiment.iterations`; earlier, after an epoch in which the largest |residual| over all data
    falls below `stop_below`; or at the update that makes a parameter non-finite (`diverged_at`).
    progress: called with the number of iterations done, about a hundred times a run.
    """
    data = experiment.samples()
    targets = experiment.target(data)
    record_at = recorded_iterations(experiment.iterations)
    size = len(record_at)
    n = len(experiment.start)
    out_weights, out_biases = np.empty((size, n)), np.empty((size, n))
    out_output_biases, inputs, residuals = np.empty(size), np.empty(size), np.empty(size)

    weights, biases = experiment.start.weights.copy(), experiment.start.biases.copy()
    output_bias = experiment.start.output_bias
    done, records, epoch = 0, 0, 0
    diverged_at = None
    report_every = max(1, experiment.iterations // (100 * len(data)))
    while done < experiment.iterations and diverged_at is None:
        order = experiment.epoch_order(epoch)[: experiment.iterations - done]
        output_bias, records, made = _run(
            weights, biases, output_bias, experiment.train_output_bias, 2.0 * experiment.learning_rate,
            data, targets, order, done, record_at, records,
            out_weights, out_biases, out_output_biases, inputs, residuals,
        )  # fmt: skip
        done += made
        epoch += 1
        if made < len(order):
            diverged_at = done
        elif experiment.stop_below is not None and len(order) == len(data):
            if _largest_residual(weights, biases, output_bias, data, targets) < experiment.stop_below:
                break
        if progress is not None and epoch % report_every == 0:
            progress(done)

    if diverged_at is None:
        last = records
        out_weights[last], out_biases[last], out_output_biases[last] = weights, biases, output_bias
    elif record_at[records] == diverged_at:
        last = records  # recorded just before the fatal update: the last finite state
    else:
        last = records - 1  # a thinned run: the fatal update lies between two records
    iterations = record_at[: last + 1].copy()
    if diverged_at is None:
        iterations[last] = done
    return Trajectory(
        experiment=experiment,
        iterations=iterations,
        weights=out_weights[: last + 1].copy(),
        biases=out_biases[: last + 1].copy(),
        output_biases=out_output_biases[: last + 1].copy(),
        inputs=inputs[:last].copy(),
        residuals=residuals[:last].copy(),
        diverged_at=diverged_at,
    )


def _largest_residual(
    weights: Array, biases: Array, output_bias: float, data: Array, targets: Array
) -> float:
    values = np.full(data.shape, output_bias)
    for weight, bias in zip(weights, biases, strict=True):
        values += weight * np.maximum(data + bias, 0.0)
    return float(np.abs(targets - values).max())
