"""Many runs of few neurons side by side, one sample an update: as the loops of lanes, but quicker.

All numbers of a tile are copied into one buffer with a row for each of them, at places that the compiler knows: so it
sees that no two rows overlap, keeps a lane's whole update in registers, and turns the loop over runs into vector
instructions.
"""

from __future__ import annotations

from functools import cache
from typing import Any

import numpy as np
from numba import njit

from reluviz.core.training.kernel import ADAM, NESTEROV, PLAIN
from reluviz.core.training.lanes import LANES


def most_neurons(kind: int) -> int:
    """Up to so many neurons of a run this is quicker; beyond, the compiler makes no vector instructions of it."""
    return 6 if kind in (PLAIN, ADAM) else 8


@cache
def sample_updates(n: int, train_output_bias: bool, kind: int) -> Any:
    """The compiled f(weights, biases, output_biases, rates, settings, memory, powers, xs, targets, order).

    Updates in place, one for each sample that `order` names; arguments as those of lanes.batch_updates.
    """
    count = 2 * n + 1
    kept = 0 if kind == PLAIN else 2 if kind == ADAM else 1
    b, c, rates_at = n * LANES, 2 * n * LANES, (1 + kept) * count * LANES

    @njit(cache=True, nogil=True, error_model="numpy")
    def updates(  # type: ignore[no-untyped-def]
        weights, biases, output_biases, rates, settings, memory, powers, xs, targets, order
    ):  # fmt: skip
        begin1, begin2 = powers
        buffer = np.empty(rates_at + LANES)
        rows = buffer.reshape(-1, LANES)
        for tile in range(weights.shape[0]):
            rows[:n], rows[n : 2 * n] = weights[tile], biases[tile]
            rows[2 * n], rows[-1] = output_biases[tile], rates[tile]
            rows[count:-1] = memory[tile]
            power1, power2 = begin1, begin2
            for k in range(order.size):
                x, target = xs[order[k]], targets[order[k]]
                power1 *= settings[1]
                power2 *= settings[2]
                factor, grow = 2.0 if kind == PLAIN else 1.0, 1.0
                if kind == ADAM:
                    factor, grow = 1.0 / (1.0 - power1), 1.0 / np.sqrt(1.0 - power2)
                for r in range(LANES):
                    value = buffer[c + r]
                    for i in range(n):  # n, b and so on are constants here, so that these loops unroll
                        distance = x + buffer[b + i * LANES + r]
                        value += buffer[i * LANES + r] * (distance if distance > 0.0 else 0.0)
                    residual = target - value
                    rate = factor * buffer[rates_at + r]
                    push = rate * residual
                    for i in range(n):
                        at = i * LANES + r
                        distance, weight, bias = x + buffer[b + at], buffer[at], buffer[b + at]
                        if kind == PLAIN:
                            new_weight, new_bias = weight + push * distance, bias + push * weight
                            buffer[at] = new_weight if distance > 0.0 else weight
                            buffer[b + at] = new_bias if distance > 0.0 else bias
                            continue
                        share = residual if distance > 0.0 else 0.0
                        _move(kind, buffer, at, count * LANES, share * distance, rate, grow, settings)
                        _move(kind, buffer, b + at, count * LANES, share * weight, rate, grow, settings)
                    if train_output_bias and kind == PLAIN:
                        buffer[c + r] += push
                    elif train_output_bias:
                        _move(kind, buffer, c + r, count * LANES, residual, rate, grow, settings)
            weights[tile], biases[tile] = rows[:n], rows[n : 2 * n]
            output_biases[tile], memory[tile] = rows[2 * n], rows[count:-1]
            powers[0], powers[1] = power1, power2

    return updates


@njit(cache=True, nogil=True, error_model="numpy")
def _move(kind, buffer, at, onwards, part, rate, grow, settings):  # type: ignore[no-untyped-def]
    """Moves the parameter at `at`; what is kept for it lies `onwards`, and once more. part: of the sum of the batch."""
    momentum, beta1, beta2, epsilon = settings
    pull = 2.0 * (0.0 + part)
    if kind == ADAM:
        mean = beta1 * buffer[at + onwards] + (1.0 - beta1) * pull
        square = beta2 * buffer[at + 2 * onwards] + (1.0 - beta2) * (pull * pull)
        buffer[at + onwards], buffer[at + 2 * onwards] = mean, square
        buffer[at] += rate * mean / (np.sqrt(square) * grow + epsilon)
    else:
        velocity = momentum * buffer[at + onwards] + pull
        buffer[at + onwards] = velocity
        if kind == NESTEROV:
            velocity = pull + momentum * velocity
        buffer[at] += rate * velocity
