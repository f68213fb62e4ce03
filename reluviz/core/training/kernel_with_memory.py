"""The compiled inner loop of a single run with an optimiser that remembers, one sample an update.

As kernel.run_batches with batches of one, but quicker: a neuron's sums are used where they are made.
"""

from __future__ import annotations

from functools import cache
from typing import Any

import numpy as np
from numba import njit

from reluviz.core.training.kernel import ADAM, NESTEROV, OVERFLOWED, STOPPED, WENT_ON, largest_residual


@cache
def remembering_run(kind: int) -> Any:
    """The compiled f for optimiser number `kind`; arguments and result as those of kernel.run_batches, without it."""

    @njit(cache=True, nogil=True, error_model="numpy")
    def run(  # type: ignore[no-untyped-def]
        state, train_output_bias, rate, settings, memory, powers, xs, targets, order, stop_below, updates,
        first, record_at, next_record, out_weights, out_biases, out_output_biases, out_inputs, out_residuals,
    ):  # fmt: skip
        n = len(state) // 2
        scaled, grow = rate, 1.0
        place = 0
        for k in range(updates):
            recording = record_at[next_record] == first + k
            if recording:
                for i in range(n):
                    out_weights[next_record, i] = state[i]
                    out_biases[next_record, i] = state[n + i]
                out_output_biases[next_record] = state[2 * n]
            x = xs[order[place]]
            value = state[2 * n]
            for i in range(n):
                value += state[i] * max(x + state[n + i], 0.0)
            residual = targets[order[place]] - value
            if kind == ADAM:
                powers[0] *= settings[1]
                powers[1] *= settings[2]
                scaled, grow = rate * (1.0 / (1.0 - powers[0])), 1.0 / np.sqrt(1.0 - powers[1])
            finite = np.isfinite(residual)
            for i in range(n):
                distance, weight = x + state[n + i], state[i]
                share = residual if distance > 0.0 else 0.0
                finite &= _move(kind, state, memory, i, share * distance, scaled, grow, settings)
                finite &= _move(kind, state, memory, n + i, share * weight, scaled, grow, settings)
            if train_output_bias:
                finite &= _move(kind, state, memory, 2 * n, residual, scaled, grow, settings)
            if not finite:
                return next_record, k, OVERFLOWED
            if recording:
                out_inputs[next_record] = 0.0 + x
                out_residuals[next_record] = 0.0 + residual
                next_record += 1
            place += 1
            if place == order.size:
                place = 0
                if stop_below > 0.0:
                    largest = largest_residual(state[:n], state[n : 2 * n], state[2 * n], xs, targets)
                    if largest < stop_below:
                        return next_record, k + 1, STOPPED
        return next_record, updates, WENT_ON

    return run


@njit(cache=True, nogil=True, error_model="numpy")
def _move(kind, state, memory, p, part, rate, grow, settings):  # type: ignore[no-untyped-def]
    """Moves parameter p by its part of the sum; returns whether its numbers are finite.

    A velocity or first moment that is not finite makes the parameter so; a second moment alone does not.
    """
    momentum, beta1, beta2, epsilon = settings
    pull = 2.0 * (0.0 + part)
    if kind == ADAM:
        mean = beta1 * memory[0, p] + (1.0 - beta1) * pull
        square = beta2 * memory[1, p] + (1.0 - beta2) * (pull * pull)
        memory[0, p], memory[1, p] = mean, square
        moved = state[p] + rate * mean / (np.sqrt(square) * grow + epsilon)
        state[p] = moved
        return np.isfinite(moved) & np.isfinite(square)
    velocity = momentum * memory[0, p] + pull
    memory[0, p] = velocity
    if kind == NESTEROV:
        velocity = pull + momentum * velocity
    moved = state[p] + rate * velocity
    state[p] = moved
    return np.isfinite(moved)
