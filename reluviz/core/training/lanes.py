"""The compiled inner loops of training many runs side by side; `many` is the way in.

A tile holds LANES runs as a structure of arrays, weights and biases of shape (n, LANES), so that the inner loop
goes over runs and the compiler turns it into vector instructions. Each run gets the same float64 operations in
the same order as in `kernel`, and so the same bits: the order of the sum, the old weight in the bias update, no
fast-math and no fused multiply-add. An inactive neuron is left as it is by a selection: adding push * 0 instead
would lose the sign of a zero and make NaN of an infinite push.

Every function here takes weights and biases of shape (tiles, n, LANES) and output biases of (tiles, LANES).
"""

from __future__ import annotations

import numpy as np
from numba import njit

from reluviz.core.training.kernel import ADAM, NESTEROV, PLAIN

LANES = 128
"""Runs in a tile: one of four neurons takes 8 KiB, so that it stays in the first-level cache for an epoch."""


@njit(cache=True, nogil=True)
def plain_updates(  # type: ignore[no-untyped-def]
    weights, biases, output_biases, train_output_bias, steps, xs, targets, order
):  # fmt: skip
    """Plain updates in place, one for each sample that `order` names. steps: (tiles, LANES), twice the rates."""
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
def batch_updates(  # type: ignore[no-untyped-def]
    kind, weights, biases, output_biases, train_output_bias, rates, settings, memory, powers, xs, targets, order,
    batch_size, place, count,
):  # fmt: skip
    """`count` updates in place, each along the mean gradient over a batch, as optimiser number `kind` makes them.

    Batches are taken from `order`, again and again, the first from its `place` on. rates: (tiles, LANES), learning
    rates. settings: as kernel.move. memory: (tiles, kept * (2n + 1), LANES), for weights, biases and output bias what
    is kept first, then what is kept second. powers: (2,), of the betas, moved on.
    """
    n = weights.shape[1]
    sums, begin, p = np.empty((2 * n + 1, LANES)), powers.copy(), np.empty(2)
    scaled, residual = np.empty(LANES), np.empty(LANES)
    kept = memory.shape[1] // (2 * n + 1)
    for tile in range(weights.shape[0]):
        w, b, c, rate = weights[tile], biases[tile], output_biases[tile], rates[tile]
        p[:] = begin
        at = place
        for _ in range(count):
            piece = order[at : at + batch_size]
            at = at + batch_size if at + batch_size < order.size else 0
            sums[:] = 0.0
            for k in piece:
                _add_sample(w, b, c, xs[k], targets[k], residual, sums)
            grow = _scale(kind, rate, settings, p, scaled)
            for i in range(2 * n + train_output_bias):
                first = memory[tile, i] if kept > 0 else residual
                second = memory[tile, 2 * n + 1 + i] if kept > 1 else residual
                parameter = w[i] if i < n else b[i - n] if i < 2 * n else c
                _move(kind, parameter, sums[i], piece.size, scaled, grow, settings, first, second)
        powers[:] = p


@njit(cache=True, nogil=True)
def _add_sample(w, b, c, x, target, residual, sums):  # type: ignore[no-untyped-def]
    """Adds a sample's share of each run's gradient to `sums`, (2n + 1, LANES)."""
    n = w.shape[0]
    _values(w, b, c, x, residual)
    for r in range(LANES):
        residual[r] = target - residual[r]
        sums[2 * n, r] += residual[r]
    for i in range(n):
        for r in range(LANES):
            distance, for_weight, for_bias = x + b[i, r], sums[i, r], sums[n + i, r]
            more_weight, more_bias = for_weight + residual[r] * distance, for_bias + residual[r] * w[i, r]
            sums[i, r] = more_weight if distance > 0.0 else for_weight
            sums[n + i, r] = more_bias if distance > 0.0 else for_bias


@njit(cache=True, nogil=True, error_model="numpy")
def _scale(kind, rate, settings, powers, scaled):  # type: ignore[no-untyped-def]
    """What each run's means are multiplied by, into `scaled`, (LANES,); returns Adam's correction of roots."""
    factor, grow = 1.0, 1.0
    if kind == PLAIN:
        factor = 2.0
    elif kind == ADAM:
        powers[0] *= settings[1]
        powers[1] *= settings[2]
        factor, grow = 1.0 / (1.0 - powers[0]), 1.0 / np.sqrt(1.0 - powers[1])
    for r in range(LANES):
        scaled[r] = factor * rate[r]
    return grow


@njit(cache=True, nogil=True, error_model="numpy")
def _move(kind, parameter, sums, count, scaled, grow, settings, first, second):  # type: ignore[no-untyped-def]
    """Moves one parameter of each run, (LANES,), by the mean of `sums` over `count`; first, second: what is kept.

    `sums` is used up.
    """
    momentum, beta1, beta2, epsilon = settings
    if kind == PLAIN:
        for r in range(LANES):
            parameter[r] += scaled[r] * sums[r] / count
        return
    for r in range(LANES):
        sums[r] *= 2.0
    if count > 1:  # nothing is divided by 1: it would take as long as all the rest
        for r in range(LANES):
            sums[r] /= count
    if kind == ADAM:
        for r in range(LANES):
            pull = sums[r]
            mean = beta1 * first[r] + (1.0 - beta1) * pull
            square = beta2 * second[r] + (1.0 - beta2) * (pull * pull)
            first[r], second[r] = mean, square
            parameter[r] += scaled[r] * mean / (np.sqrt(square) * grow + epsilon)
    elif kind == NESTEROV:
        for r in range(LANES):
            velocity = momentum * first[r] + sums[r]
            first[r] = velocity
            parameter[r] += scaled[r] * (sums[r] + momentum * velocity)
    else:
        for r in range(LANES):
            velocity = momentum * first[r] + sums[r]
            first[r] = velocity
            parameter[r] += scaled[r] * velocity


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
