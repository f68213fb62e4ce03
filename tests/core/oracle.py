"""Training written anew from docs/update-rule.md, in plain Python floats: slow and plain."""

from __future__ import annotations

import math
from itertools import chain

from reluviz.core import Experiment

State = tuple[list[float], list[float], float]


def plain_run(experiment: Experiment, iterations: int) -> list[State]:
    """The states (weights, biases, output bias) before and after each of at most `iterations` updates.

    They end with the last before a number is not finite. `stop_below` does not count.
    """
    weights, biases = experiment.start.weights.tolist(), experiment.start.biases.tolist()
    c, n, train_c = experiment.start.output_bias, len(experiment.start), experiment.train_output_bias
    xs, ys = experiment.samples().tolist(), targets(experiment)
    optimizer, lr, kept = experiment.optimizer, experiment.learning_rate, [[0.0, 0.0] for _ in range(2 * n + 1)]
    p1 = p2 = 1.0
    states: list[State] = [(list(weights), list(biases), c)]
    pieces = _pieces(experiment, iterations)
    for piece in pieces:
        if optimizer.name == "sgd" and experiment.batch_size == 1:
            (k,) = piece
            delta = ys[k] - value(weights, biases, c, xs[k])
            push = 2.0 * lr * delta
            for i, (w, b) in enumerate(zip(weights, biases, strict=True)):
                if xs[k] + b > 0.0:
                    weights[i] = w + push * (xs[k] + b)
                    biases[i] = b + push * w
            c += push if train_c else 0.0
            total = delta
        else:
            sums = [0.0] * (2 * n + 1)
            for k in piece:
                delta = ys[k] - value(weights, biases, c, xs[k])
                sums[2 * n] += delta
                for i in range(n):
                    if xs[k] + biases[i] > 0.0:
                        sums[i] += delta * (xs[k] + biases[i])
                        sums[n + i] += delta * weights[i]
            total = sums[2 * n]
            p1, p2 = p1 * optimizer.beta1, p2 * optimizer.beta2
            moved = [*weights, *biases, c]
            for p in range(2 * n + train_c):
                moved[p] = _moved(experiment, moved[p], sums[p], len(piece), kept[p], p1, p2)
            weights, biases, c = moved[:n], moved[n : 2 * n], moved[2 * n]
        if not all(map(math.isfinite, chain(weights, biases, [c, total], *kept))):
            break
        states.append((list(weights), list(biases), c))
    return states


def _moved(
    experiment: Experiment, q: float, total: float, count: int, kept: list[float], p1: float, p2: float
) -> float:  # fmt: skip
    o, lr = experiment.optimizer, experiment.learning_rate
    if o.name == "sgd":
        return q + 2.0 * lr * total / count
    h = 2.0 * total / count
    if o.name == "adam":
        kept[0] = o.beta1 * kept[0] + (1.0 - o.beta1) * h
        kept[1] = o.beta2 * kept[1] + (1.0 - o.beta2) * (h * h)
        rate, grow = lr * (1.0 / (1.0 - p1)), 1.0 / math.sqrt(1.0 - p2)
        return q + rate * kept[0] / (math.sqrt(kept[1]) * grow + o.epsilon)
    kept[0] = o.momentum * kept[0] + h
    return q + lr * (kept[0] if o.name == "momentum" else h + o.momentum * kept[0])


def _pieces(experiment: Experiment, iterations: int) -> list[list[int]]:
    """The samples of each update."""
    pieces: list[list[int]] = []
    epoch = 0
    while len(pieces) < iterations:
        order = experiment.epoch_order(epoch).tolist()
        pieces += [order[k : k + experiment.batch_size] for k in range(0, len(order), experiment.batch_size)]
        epoch += 1
    return pieces[:iterations]


def targets(experiment: Experiment) -> list[float]:
    """What is to be learned at each sample; noise is tested against its own oracle."""
    if experiment.noise or experiment.points:
        return experiment.targets().tolist()
    target = experiment.target
    weights, biases = target.weights.tolist(), target.biases.tolist()
    return [value(weights, biases, target.output_bias, x) for x in experiment.samples().tolist()]


def value(weights: list[float], biases: list[float], c: float, x: float) -> float:
    """NN(x)."""
    for w, b in zip(weights, biases, strict=True):
        c += w * relu(x + b)
    return c


def relu(x: float) -> float:
    return x if x > 0.0 else 0.0
