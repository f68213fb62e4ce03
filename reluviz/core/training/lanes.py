"""The compiled inner loops of training many runs side by side; `many` is the way in.

A tile holds LANES runs as a structure of arrays, weights and biases of shape (n, LANES), so that the inner loop
goes over runs and the compiler turns it into vector instructions. Each run gets the same float64 operations in
the same order as in `kernel`, and so the same bits: the order of the sum, the old weight in the bias update, no
fast-math and no fused multiply-add. An inactive neuron is left as it is by a selection: adding push * 0 instead
would lose the sign of a zero and make NaN of an infinite push.

Every function here takes weights and biases of shape (tiles, n, LANES) and output biases of (tiles, LANES).
"""

from __future__ import annotations

from functools import cache
from typing import Any

import numpy as np
from numba import njit

LANES = 128
"""Runs in a tile: one of four neurons takes 8 KiB, so that it stays in the first-level cache for an epoch."""

_UNROLLED = 6
"""Up to so many neurons the compiler keeps a lane's whole update in registers; beyond, it would not vectorise."""


@cache
def sample_updates(n: int, train_output_bias: bool) -> Any:
    """The compiled f(weights, biases, output_biases, steps, xs, targets, order): single-sample updates in place.

    One update for each sample that `order` names, in that order. steps: twice the learning rates, (tiles, LANES).
    """

    @njit(cache=True, nogil=True)
    def few(weights, biases, output_biases, steps, xs, targets, order):  # type: ignore[no-untyped-def]
        for tile in range(weights.shape[0]):
            w, b, c, step = weights[tile], biases[tile], output_biases[tile], steps[tile]
            for k in range(order.size):
                x, target = xs[order[k]], targets[order[k]]
                for r in range(LANES):
                    value = c[r]
                    for i in range(n):  # n is a constant here, so that these loops unroll
                        distance = x + b[i, r]
                        value += w[i, r] * (distance if distance > 0.0 else 0.0)
                    push = step[r] * (target - value)
                    for i in range(n):
                        distance, old_weight, old_bias = x + b[i, r], w[i, r], b[i, r]
                        new_weight, new_bias = old_weight + push * distance, old_bias + push * old_weight
                        w[i, r] = new_weight if distance > 0.0 else old_weight
                        b[i, r] = new_bias if distance > 0.0 else old_bias
                    if train_output_bias:
                        c[r] += push

    @njit(cache=True, nogil=True)
    def many(weights, biases, output_biases, steps, xs, targets, order):  # type: ignore[no-untyped-def]
        push = np.empty(LANES)
        for tile in range(weights.shape[0]):
            w, b, c, step = weights[tile], biases[tile], output_biases[tile], steps[tile]
            for k in range(order.size):
                x = xs[order[k]]
                _values(w, b, c, x, push)
                for r in range(LANES):
                    push[r] = step[r] * (targets[order[k]] - push[r])
                for i in range(w.shape[0]):
                    for r in range(LANES):
                        distance, old_weight, old_bias = x + b[i, r], w[i, r], b[i, r]
                        new_weight, new_bias = old_weight + push[r] * distance, old_bias + push[r] * old_weight
                        w[i, r] = new_weight if distance > 0.0 else old_weight
                        b[i, r] = new_bias if distance > 0.0 else old_bias
                if train_output_bias:
                    for r in range(LANES):
                        c[r] += push[r]

    return few if n <= _UNROLLED else many


@njit(cache=True, nogil=True)
def _values(w, b, c, x, out):  # type: ignore[no-untyped-def]
    """NN(x) of each run of a tile into `out`, shape (LANES,)."""
    for r in range(LANES):
        out[r] = c[r]
    for i in range(w.shape[0]):
        for r in range(LANES):
            distance = x + b[i, r]
            out[r] += w[i, r] * (distance if distance > 0.0 else 0.0)


@njit(cache=True, nogil=True)
def full_batch_updates(  # type: ignore[no-untyped-def]
    weights, biases, output_biases, train_output_bias, steps, xs, targets, count
):  # fmt: skip
    """`count` updates in place along the mean gradient over all data; otherwise as sample_updates."""
    n, samples = weights.shape[1], xs.size
    weight_pushes, bias_pushes = np.empty((n, LANES)), np.empty((n, LANES))
    residual, total_residual = np.empty(LANES), np.empty(LANES)
    for tile in range(weights.shape[0]):
        w, b, c, step = weights[tile], biases[tile], output_biases[tile], steps[tile]
        for _ in range(count):
            weight_pushes[:], bias_pushes[:], total_residual[:] = 0.0, 0.0, 0.0
            for k in range(samples):
                x = xs[k]
                _values(w, b, c, x, residual)
                for r in range(LANES):
                    residual[r] = targets[k] - residual[r]
                    total_residual[r] += residual[r]
                for i in range(n):
                    for r in range(LANES):
                        distance, weight_push, bias_push = x + b[i, r], weight_pushes[i, r], bias_pushes[i, r]
                        more_weight, more_bias = weight_push + residual[r] * distance, bias_push + residual[r] * w[i, r]
                        weight_pushes[i, r] = more_weight if distance > 0.0 else weight_push
                        bias_pushes[i, r] = more_bias if distance > 0.0 else bias_push
            for i in range(n):
                for r in range(LANES):
                    w[i, r] += step[r] * weight_pushes[i, r] / samples
                    b[i, r] += step[r] * bias_pushes[i, r] / samples
            if train_output_bias:
                for r in range(LANES):
                    c[r] += step[r] * total_residual[r] / samples


@njit(cache=True, nogil=True)
def mean_squares(weights, biases, output_biases, xs, targets):  # type: ignore[no-untyped-def]
    """The mean squared residual of each run over the points `xs`, shape (tiles, LANES)."""
    found = np.zeros(output_biases.shape)
    values = np.empty(LANES)
    for tile in range(weights.shape[0]):
        for k in range(xs.size):
            _values(weights[tile], biases[tile], output_biases[tile], xs[k], values)
            for r in range(LANES):
                residual = targets[k] - values[r]
                found[tile, r] += residual * residual
    return found / xs.size


@njit(cache=True, nogil=True)
def fits(weights, biases, output_biases, xs, targets, bound, offenders):  # type: ignore[no-untyped-def]
    """Whether each run's largest |residual| over `xs` is below `bound`, shape (tiles, LANES).

    offenders: (tiles, LANES), for each run the sample to look at first; left at the one that decided, which most
    often decides the next time too, so that a run far from fitting costs one sample.
    """
    found = np.zeros(output_biases.shape, dtype=np.bool_)
    for tile in range(weights.shape[0]):
        for r in range(LANES):
            found[tile, r] = True
            for step in range(xs.size):
                k = (offenders[tile, r] + step) % xs.size
                value = output_biases[tile, r]
                for i in range(weights.shape[1]):
                    value += weights[tile, i, r] * max(xs[k] + biases[tile, i, r], 0.0)
                if not abs(targets[k] - value) < bound:
                    offenders[tile, r] = k
                    found[tile, r] = False
                    break
    return found
