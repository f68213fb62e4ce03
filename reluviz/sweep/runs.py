"""The runs of a sweep: where each starts and how it is trained, in blocks that can be trained side by side.

At every point of the grid the same numbers are drawn: settings are compared on the same starts.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

import numpy as np
from numpy.typing import NDArray

from reluviz.core import Experiment
from reluviz.core.network import Array
from reluviz.sweep.description import Sweep
from reluviz.sweep.draws import draws
from reluviz.sweep.keys import KEYS, split
from reluviz.sweep.ways import Even, Name, Number, Random, Way

Numbers = NDArray[np.int64]


@dataclass(frozen=True)
class Block:
    """Runs that can be trained abreast: rows, (k,), their places in the part; experiment, what they share; weights
    and biases, (k, n), and learning_rates, (k,), where they differ."""

    rows: Numbers
    experiment: Experiment
    weights: Array
    biases: Array
    learning_rates: Array


def experiment_of(sweep: Sweep, run: int) -> Experiment:
    """The experiment of a single run, 0 <= run < sweep.total, that `core.train` gives the same end."""
    (block,) = blocks(sweep, range(run, run + 1))
    start = replace(block.experiment.start, weights=block.weights[0], biases=block.biases[0])
    return replace(block.experiment, start=start, learning_rate=float(block.learning_rates[0]))


def blocks(sweep: Sweep, runs: range) -> Iterator[Block]:
    """These runs, those with the same number of neurons and the same shared settings together."""
    points, places = np.divmod(np.arange(runs.start, runs.stop), sweep.runs)
    at = dict(zip(sweep.grid, np.unravel_index(points, sweep.shape[:-1]), strict=True)) if sweep.grid else {}
    axes = [key for key in sweep.grid if _shared(key)]
    values = np.stack([at[key] for key in axes]) if axes else np.zeros((1, len(points)), np.int64)
    for together in np.unique(values, axis=1).T:
        rows = np.flatnonzero((values == together[:, None]).all(axis=0))
        settings = {key: way for key, way in sweep.vary.items() if _shared(key)}
        settings |= {key: sweep.grid[key][k] for key, k in zip(axes, together, strict=False)}
        yield _block(sweep, settings, rows, places[rows], {key: index[rows] for key, index in at.items()})


def _shared(key: str) -> bool:
    """Whether runs that are trained abreast have it in common."""
    return key == "neurons" or KEYS[split(key)[0]].given is not None


def _block(sweep: Sweep, settings: dict[str, Way], rows: Numbers, places: Numbers, at: Mapping[str, Numbers]) -> Block:
    """Runs of these shared settings, with the draws of their `places`; at: where they are on each axis."""
    experiment, n = sweep.experiment, len(sweep.experiment.start)
    for key, way in sorted(settings.items(), key=lambda setting: list(KEYS).index(setting[0])):
        assert isinstance(way, Number | Name)  # what runs share is not drawn
        given = KEYS[key].given
        if given is None:
            n = int(float(way.value))
        else:
            experiment = given(experiment, way.value)
    start = experiment.start
    weights, biases = (np.tile(np.resize(a, n), (len(rows), 1)) for a in (start.weights, start.biases))
    rates = np.full((len(rows), 1), experiment.learning_rate)
    nowhere = np.zeros(len(rows), np.int64)
    choices = {**{key: ((way,), nowhere) for key, way in sweep.vary.items()},
               **{key: (ways, at[key]) for key, ways in sweep.grid.items()}}  # fmt: skip
    own = [key for key in choices if not _shared(key)]
    for key in sorted(own, key=lambda key: key.count(".")):  # all neurons', then a single one's
        name, neuron = split(key)
        stream = {"start.weights": "weights", "learning_rate": "learning_rate"}.get(name, "biases")
        into = {"weights": weights, "biases": biases, "learning_rate": rates}[stream]
        chosen = slice(None) if neuron is None else slice(neuron - 1, neuron)
        values = _values(*choices[key], sweep.seed, stream, places, into.shape[1])[:, chosen]
        into[:, chosen] = -values if name == "start.origins" else values
    return Block(rows, experiment, weights, biases, rates[:, 0])


def _values(ways: Sequence[Way], index: Numbers, seed: int, stream: str, places: Numbers, n: int) -> Array:
    """What ways[index] gives each of the runs at `places`; (k, n)."""
    numbers = np.array([way.value if isinstance(way, Number) else np.nan for way in ways])
    values = np.tile(numbers[index][:, None], (1, n))
    for number in np.unique(index[np.isnan(numbers[index])]):
        way, here = ways[number], index == number
        if isinstance(way, Even):
            values[here] = np.linspace(way.low, way.high, n)
        elif isinstance(way, Random):
            values[here] = way.low + (way.high - way.low) * draws(seed, stream, places[here])[:, :n]
    return values
