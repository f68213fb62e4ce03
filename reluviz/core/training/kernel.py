"""The compiled inner loop of training; `training` is the way in.

Compiled by Numba without fast-math, so that the order of every float64 operation is the one written here, and
cached on disk beside this file (or in the user's cache directory where that is read-only).
"""

from __future__ import annotations

import numpy as np
from numba import njit


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
def update_by_all(weights, biases, output_bias, train_output_bias, step, xs, targets):  # type: ignore[no-untyped-def]
    """One update in place along the mean gradient over all data; returns (mean x, mean residual, new output bias)."""
    n, count = weights.size, xs.size
    weight_pushes, bias_pushes, total_x, total_residual = np.zeros(n), np.zeros(n), 0.0, 0.0
    for k in range(count):
        residual = targets[k] - value_at(weights, biases, output_bias, xs[k])
        total_x += xs[k]
        total_residual += residual
        for i in range(n):
            distance = xs[k] + biases[i]
            if distance > 0.0:
                weight_pushes[i] += residual * distance
                bias_pushes[i] += residual * weights[i]
    for i in range(n):
        weights[i] += step * weight_pushes[i] / count
        biases[i] += step * bias_pushes[i] / count
    if train_output_bias:
        output_bias += step * total_residual / count
    return total_x / count, total_residual / count, output_bias


@njit(cache=True, nogil=True)
def run_full_batch(  # type: ignore[no-untyped-def]
    weights, biases, output_bias, train_output_bias, step, xs, targets, count, first, record_at, next_record,
    out_weights, out_biases, out_output_biases, out_inputs, out_residuals,
):  # fmt: skip
    """`count` updates by all data; as run_epoch otherwise, but that input and residual are means over the data."""
    for k in range(count):
        recording = record_at[next_record] == first + k
        if recording:
            for i in range(weights.size):
                out_weights[next_record, i] = weights[i]
                out_biases[next_record, i] = biases[i]
            out_output_biases[next_record] = output_bias
        x, residual, output_bias = update_by_all(weights, biases, output_bias, train_output_bias, step, xs, targets)
        finite = np.isfinite(residual) and np.isfinite(output_bias)
        for i in range(weights.size):
            finite = finite and np.isfinite(weights[i]) and np.isfinite(biases[i])
        if not finite:
            return output_bias, next_record, k
        if recording:
            out_inputs[next_record] = x
            out_residuals[next_record] = residual
            next_record += 1
    return output_bias, next_record, count


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
