"""The ways of many runs: their states at chosen iterations, side by side."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from reluviz.core.network import Array
from reluviz.core.training.many import Abreast, train_many
from reluviz.sweep.description import Sweep
from reluviz.sweep.runs import blocks


@dataclass(frozen=True, eq=False)
class Paths:
    """Where k runs of n neurons were: iterations (m,), rising; weights and biases (m, k, n).

    A run that has ended stays where it was last seen; a neuron that a run does not have is NaN.
    """

    iterations: NDArray[np.int64]
    weights: Array
    biases: Array

    def at(self, iteration: float) -> tuple[Array, Array]:
        """Weights and biases, (k, n), at `iteration`; between two records, on the straight line between them."""
        after = int(np.clip(np.searchsorted(self.iterations, iteration), 1, len(self.iterations) - 1))
        first, last = self.iterations[after - 1], self.iterations[after]
        part = float(np.clip((iteration - first) / (last - first), 0.0, 1.0))
        now = [(1.0 - part) * a[after - 1] + part * a[after] for a in (self.weights, self.biases)]
        return now[0], now[1]


def record_paths(sweep: Sweep, looks: NDArray[np.int64]) -> Paths:
    """The states of all runs of `sweep` after so many updates, for each of `looks` (rising, the first is 0).

    The runs are those of the sweep to the bit. It takes 16 bytes for each look, run and neuron: for hundreds of runs.
    """
    shape = (len(looks), sweep.total, sweep.neurons)
    weights, biases = np.full(shape, np.nan), np.full(shape, np.nan)
    for block in blocks(sweep, range(sweep.total)):
        n = block.weights.shape[1]

        def look(iteration: int, abreast: Abreast, rows: NDArray[np.int64] = block.rows, n: int = n) -> None:
            k = int(np.searchsorted(looks, iteration))  # a run that ends is seen then, and stands in the next record
            if k < len(looks):
                there = rows[abreast.runs[abreast.busy]]
                weights[k, there, :n], biases[k, there, :n], _ = abreast.states(abreast.busy)

        train_many(block.experiment, block.weights, block.biases, block.learning_rates, looks.tolist(), look)
    for k in range(1, len(looks)):
        ended = np.isnan(weights[k, :, 0])
        weights[k, ended], biases[k, ended] = weights[k - 1, ended], biases[k - 1, ended]
    return Paths(np.asarray(looks), weights, biases)
