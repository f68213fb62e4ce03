"""The compiled loops of training one run; `one` is the way in.

Compiled by Numba without fast-math, so that the order of every float64 operation is the one written here, and
cached on disk beside this file (or in the user's cache directory where that is read-only). What an update is made of
is inlined into the loop: calls would take as long as the update itself.

`state` is all parameters of n neurons: weights, biases, output bias; (2n + 1,). `memory`, (2, 2n + 1), is what an
optimiser keeps of each of them, `settings` its momentum, beta1, beta2 and epsilon, `powers`, (2,), those of the betas.
"""

from __future__ import annotations

from functools import cache
from typing import Any

import numpy as np
from numba import njit

from reluviz.core.optimizer import OPTIMIZERS

PLAIN, NESTEROV, ADAM = (OPTIMIZERS.index(name) for name in ("sgd", "nesterov", "adam"))
WENT_ON, STOPPED, OVERFLOWED = range(3)


@cache
def training(kind: int, single: bool) -> Any:
    """The compiled f for optimiser number `kind` and batches of one sample (`single`) or of several.

    It makes `updates` updates from the beginning of an epoch on, by batches in `order`, again and again, and records
    those in `record_at`: record k holds the state before update record_at[k] and the means over that update's batch
    of the input and the residual. Ends early after an epoch with every residual below `stop_below` (0: never).
    Returns (next record, finite updates made, how it ended): OVERFLOWED for the next update, STOPPED, or WENT_ON.
    """

    @njit(cache=True, nogil=True, error_model="numpy")
    def run(  # type: ignore[no-untyped-def]
        state, train_output_bias, rate, settings, memory, powers, xs, targets, order, batch_size, stop_below, updates,
        first, record_at, next_record, out_weights, out_biases, out_output_biases, out_inputs, out_residuals,
    ):  # fmt: skip
        n = len(state) // 2
        sums = np.empty(2 * n + 1)
        place = 0
        for k in range(updates):
            recording = record_at[next_record] == first + k
            if recording:
                for i in range(n):
                    out_weights[next_record, i] = state[i]
                    out_biases[next_record, i] = state[n + i]
                out_output_biases[next_record] = state[2 * n]
            if single:
                end = place + 1
                sample, residual, finite = _by_sample(
                    kind, state, train_output_bias, rate, settings, memory, powers, xs[order[place]],
                    targets[order[place]],
                )  # fmt: skip
            else:
                end = min(place + batch_size, order.size)
                sample, residual, finite = _by_batch(
                    kind, state, train_output_bias, rate, settings, memory, powers, xs, targets, order[place:end], sums
                )  # fmt: skip
            if not finite:
                return next_record, k, OVERFLOWED
            if recording:
                out_inputs[next_record] = sample
                out_residuals[next_record] = residual
                next_record += 1
            place = end
            if place == order.size:
                place = 0
                if stop_below > 0.0 and _largest_residual(state, xs, targets) < stop_below:
                    return next_record, k + 1, STOPPED
        return next_record, updates, WENT_ON

    return run


@njit(inline="always")
def _value(state, x):  # type: ignore[no-untyped-def]
    """NN(x), summed neuron by neuron as ReluNetwork does."""
    n = len(state) // 2
    value = state[2 * n]
    for i in range(n):
        value += state[i] * max(x + state[n + i], 0.0)
    return value


@njit(inline="always")
def _largest_residual(state, xs, targets):  # type: ignore[no-untyped-def]
    """max |ref(x) - NN(x)| over all data; infinite where a value leaves the range of float64."""
    largest = 0.0
    for k in range(xs.size):
        residual = abs(targets[k] - _value(state, xs[k]))
        if not np.isfinite(residual):
            return np.inf
        largest = max(largest, residual)
    return largest


@njit(inline="always", error_model="numpy")
def _by_sample(  # type: ignore[no-untyped-def]
    kind, state, train_output_bias, rate, settings, memory, powers, x, target
):  # fmt: skip
    """One update by one sample, in place; returns the sample, its residual, and whether all numbers are finite.

    As `_by_batch` of one, but quicker: what a neuron is pushed by is used where it is found. Plain steps are those of
    equations 1-3: the residual first meets the step, then the distance, and a neuron that sleeps is left as it is.
    """
    n = len(state) // 2
    residual = target - _value(state, x)
    finite = np.isfinite(residual)
    if kind == PLAIN:
        push = 2.0 * rate * residual
        for i in range(n):
            distance, weight = x + state[n + i], state[i]
            if distance > 0.0:
                state[i] = weight + push * distance
                state[n + i] += push * weight
                finite &= np.isfinite(state[i]) & np.isfinite(state[n + i])
        if train_output_bias:
            state[2 * n] += push
        return x, residual, finite & np.isfinite(state[2 * n])
    scaled, grow = _scale(kind, rate, settings, powers)
    for i in range(n):
        distance, weight = x + state[n + i], state[i]
        share = residual if distance > 0.0 else 0.0
        finite &= _move(kind, state, memory, i, 0.0 + share * distance, 1, scaled, grow, settings)
        finite &= _move(kind, state, memory, n + i, 0.0 + share * weight, 1, scaled, grow, settings)
    if train_output_bias:
        finite &= _move(kind, state, memory, 2 * n, 0.0 + residual, 1, scaled, grow, settings)
    return 0.0 + x, 0.0 + residual, finite


@njit(inline="always", error_model="numpy")
def _by_batch(  # type: ignore[no-untyped-def]
    kind, state, train_output_bias, rate, settings, memory, powers, xs, targets, batch, sums
):  # fmt: skip
    """One update by the mean over the samples that `batch` names; as `_by_sample`, of the means. sums: (2n + 1,)."""
    n = len(state) // 2
    sums[:] = 0.0
    total_x = 0.0
    for k in batch:
        residual = targets[k] - _value(state, xs[k])
        total_x += xs[k]
        sums[2 * n] += residual
        for i in range(n):
            distance = xs[k] + state[n + i]
            if distance > 0.0:
                sums[i] += residual * distance
                sums[n + i] += residual * state[i]
    finite = np.isfinite(sums[2 * n])
    scaled, grow = _scale(kind, rate, settings, powers)
    for p in range(2 * n + train_output_bias):
        finite &= _move(kind, state, memory, p, sums[p], batch.size, scaled, grow, settings)
    return total_x / batch.size, sums[2 * n] / batch.size, finite


@njit(inline="always", error_model="numpy")
def _scale(kind, rate, settings, powers):  # type: ignore[no-untyped-def]
    """What means are multiplied by, and Adam's correction of roots; moves the powers on."""
    if kind == PLAIN:
        return 2.0 * rate, 1.0
    if kind != ADAM:
        return rate, 1.0
    powers[0] *= settings[1]
    powers[1] *= settings[2]
    return rate * (1.0 / (1.0 - powers[0])), 1.0 / np.sqrt(1.0 - powers[1])


@njit(inline="always", error_model="numpy")
def _move(kind, state, memory, p, total, count, scaled, grow, settings):  # type: ignore[no-untyped-def]
    """Moves parameter p by its total over `count` samples; returns whether its numbers are finite.

    A velocity or first moment that is not finite makes the parameter so; a second moment alone does not.
    """
    momentum, beta1, beta2, epsilon = settings
    if kind == PLAIN:
        state[p] += scaled * total / count
        return np.isfinite(state[p])
    pull = 2.0 * total / count
    if kind == ADAM:
        mean = beta1 * memory[0, p] + (1.0 - beta1) * pull
        square = beta2 * memory[1, p] + (1.0 - beta2) * (pull * pull)
        memory[0, p], memory[1, p] = mean, square
        state[p] += scaled * mean / (np.sqrt(square) * grow + epsilon)
        return np.isfinite(state[p]) & np.isfinite(square)
    velocity = momentum * memory[0, p] + pull
    memory[0, p] = velocity
    if kind == NESTEROV:
        velocity = pull + momentum * velocity
    state[p] += scaled * velocity
    return np.isfinite(state[p])
