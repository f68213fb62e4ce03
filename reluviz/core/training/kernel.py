"""The compiled inner loop of training; `training` is the way in.

Compiled by Numba without fast-math, so that the order of every float64 operation is the one written here, and
cached on disk beside this file (or in the user's cache directory where that is read-only).
"""

from __future__ import annotations

import numpy as np
from numba import njit

from reluviz.core.optimizer import OPTIMIZERS

PLAIN, NESTEROV, ADAM = (OPTIMIZERS.index(name) for name in ("sgd", "nesterov", "adam"))
WENT_ON, STOPPED, OVERFLOWED = range(3)


@njit(cache=True, nogil=True)
def value_at(weights, biases, output_bias, x):  # type: ignore[no-untyped-def]
    """NN(x), summed neuron by neuron as ReluNetwork does."""
    value = output_bias
    for i in range(weights.size):
        value += weights[i] * max(x + biases[i], 0.0)
    return value


@njit(cache=True, nogil=True)
def update(weights, biases, output_bias, train_output_bias, step, x, target):  # type: ignore[no-untyped-def]
    """One update in place (equations 1-3); returns (residual, new output bias). step = 2 * learning rate."""
    residual = target - value_at(weights, biases, output_bias, x)
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
def run_epoch(  # type: ignore[no-untyped-def]
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
            for i in range(weights.size):
                out_weights[next_record, i] = weights[i]
                out_biases[next_record, i] = biases[i]
            out_output_biases[next_record] = output_bias
        residual, output_bias = update(weights, biases, output_bias, train_output_bias, step, x, targets[order[k]])
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


@njit(cache=True, nogil=True)
def largest_residual(weights, biases, output_bias, xs, targets):  # type: ignore[no-untyped-def]
    """max |ref(x) - NN(x)| over all data; infinite where a value leaves the range of float64."""
    largest = 0.0
    for k in range(xs.size):
        residual = abs(targets[k] - value_at(weights, biases, output_bias, xs[k]))
        if not np.isfinite(residual):
            return np.inf
        largest = max(largest, residual)
    return largest


@njit(cache=True, nogil=True)
def sum_batch(state, n, xs, targets, order, place, end, sums):  # type: ignore[no-untyped-def]
    """The sums of a batch, the samples order[place:end], into `sums`, as `state`; returns the sum of the inputs.

    state: weights, biases, output bias, (2n + 1,). The last of the sums is that of the residuals.
    """
    for p in range(2 * n + 1):
        sums[p] = 0.0
    total_x = 0.0
    for k in range(place, end):
        x = xs[order[k]]
        value = state[2 * n]
        for i in range(n):
            value += state[i] * max(x + state[n + i], 0.0)
        residual = targets[order[k]] - value
        total_x += x
        sums[2 * n] += residual
        for i in range(n):
            distance = x + state[n + i]
            if distance > 0.0:
                sums[i] += residual * distance
                sums[n + i] += residual * state[i]
    return total_x


@njit(cache=True, nogil=True, error_model="numpy")
def move(kind, state, sums, count, moved, rate, settings, memory, powers):  # type: ignore[no-untyped-def]
    """Moves the first `moved` parameters of `state` by the mean over `count` samples, as optimiser number `kind`.

    settings: momentum, beta1, beta2, epsilon. memory: (2, 2n + 1), what is kept. powers: (2,), of the betas.
    """
    momentum, beta1, beta2, epsilon = settings
    if kind == PLAIN:
        step = 2.0 * rate
        for p in range(moved):
            state[p] += step * sums[p] / count
    elif kind == ADAM:
        powers[0] *= beta1
        powers[1] *= beta2
        scaled = rate * (1.0 / (1.0 - powers[0]))
        grow = 1.0 / np.sqrt(1.0 - powers[1])
        for p in range(moved):
            pull = 2.0 * sums[p] / count
            mean = beta1 * memory[0, p] + (1.0 - beta1) * pull
            square = beta2 * memory[1, p] + (1.0 - beta2) * (pull * pull)
            memory[0, p], memory[1, p] = mean, square
            state[p] += scaled * mean / (np.sqrt(square) * grow + epsilon)
    else:
        for p in range(moved):
            pull = 2.0 * sums[p] / count
            velocity = momentum * memory[0, p] + pull
            memory[0, p] = velocity
            if kind == NESTEROV:
                velocity = pull + momentum * velocity
            state[p] += rate * velocity


@njit(cache=True, nogil=True, error_model="numpy")
def run_batches(  # type: ignore[no-untyped-def]
    kind, state, train_output_bias, rate, settings, memory, powers, xs, targets, order, batch_size, stop_below, updates,
    first, record_at, next_record, out_weights, out_biases, out_output_biases, out_inputs, out_residuals,
):  # fmt: skip
    """`updates` updates from the beginning of an epoch on, by batches in `order`, again and again.

    As run_epoch otherwise, but that input and residual are means over the batch. Ends early after an epoch with every
    residual below `stop_below` (0: never). Returns (next record, finite updates made, how it ended): OVERFLOWED for
    the next update, STOPPED, or WENT_ON.
    """
    n = len(state) // 2
    moved = 2 * n + train_output_bias
    sums = np.empty(2 * n + 1)
    place = 0
    for k in range(updates):
        recording = record_at[next_record] == first + k
        if recording:
            for i in range(n):
                out_weights[next_record, i] = state[i]
                out_biases[next_record, i] = state[n + i]
            out_output_biases[next_record] = state[2 * n]
        end = min(place + batch_size, order.size)
        total_x = sum_batch(state, n, xs, targets, order, place, end, sums)
        move(kind, state, sums, end - place, moved, rate, settings, memory, powers)
        finite = np.isfinite(sums[2 * n])
        for p in range(2 * n + 1):
            finite &= np.isfinite(state[p]) & np.isfinite(memory[0, p]) & np.isfinite(memory[1, p])
        if not finite:
            return next_record, k, OVERFLOWED
        if recording:
            out_inputs[next_record] = total_x / (end - place)
            out_residuals[next_record] = sums[2 * n] / (end - place)
            next_record += 1
        place = end
        if place == order.size:
            place = 0
            network = (state[:n], state[n : 2 * n], state[2 * n])
            if stop_below > 0.0 and largest_residual(*network, xs, targets) < stop_below:
                return next_record, k + 1, STOPPED
    return next_record, updates, WENT_ON
