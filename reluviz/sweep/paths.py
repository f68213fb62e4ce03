"""The ways of a sweep's runs: their states at chosen iterations, side by side, and single ones recorded whole."""

from __future__ import annotations

import hashlib
import sys
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from reluviz.core import Experiment, Trajectory, load_or_train
from reluviz.core.network import Array
from reluviz.core.training.many import Abreast, train_many
from reluviz.sweep.archive import read_columns, write_columns
from reluviz.sweep.description import Sweep
from reluviz.sweep.runs import blocks, experiment_of
from reluviz.sweep.store import DIRECTORY, sweep_path


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


def even_looks(experiment: Experiment, count: int) -> NDArray[np.int64]:
    """About `count` iterations, even on an axis of log(1 + t/10); after the first epoch only the ends of whole ones,
    where the same noise is left each time."""
    wanted = 10.0 * np.expm1(np.linspace(0.0, np.log1p(experiment.iterations / 10.0), count))
    epoch = experiment.epoch_updates
    looks = np.where(wanted < epoch, np.round(wanted), np.round(wanted / epoch) * epoch)
    return np.unique(np.append(looks, (0, experiment.iterations))).astype(np.int64)


def load_or_record(
    sweep: Sweep,
    looks: NDArray[np.int64],
    directory: Path = DIRECTORY,
    report: Callable[[str], None] = lambda line: print(line, file=sys.stderr),
) -> Paths:
    """The states of all runs of `sweep` after so many updates, for each of `looks` (rising, the first is 0).

    Read from `directory` where they are there and whole, otherwise trained and written there. The runs are those of
    the sweep to the bit. It takes 16 bytes for each look, run and neuron: for hundreds of runs.
    """
    label = f"{sweep.text} at {looks.tolist()}"
    mark = hashlib.sha256(label.encode()).hexdigest()[:8]
    path = sweep_path(sweep, directory).with_suffix(f".paths-{mark}.npz")
    pattern = ((len(looks), sweep.total, sweep.neurons), np.dtype(np.float64))
    columns = read_columns(path, label, {"weights": pattern, "biases": pattern}, report)
    if columns is not None:
        return Paths(looks, columns["weights"], columns["biases"])
    found = record_paths(sweep, looks)
    write_columns(path, label, {"weights": found.weights, "biases": found.biases})
    return found


def record_paths(sweep: Sweep, looks: NDArray[np.int64]) -> Paths:
    """The same, trained."""
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
    return Paths(looks, weights, biases)


def load_or_train_run(sweep: Sweep, run: int, directory: Path = DIRECTORY) -> Trajectory:
    """Run 0 <= run < sweep.total, recorded whole; read from a folder beside the sweep's file, or trained."""
    return load_or_train(experiment_of(sweep, run), sweep_path(sweep, directory).with_suffix(".runs") / str(run))
