"""A sweep: very many runs of one experiment, over a grid of settings and from starts drawn at random.

A sweep is a description and nothing else: run k at a point of the grid follows from it alone, whichever machine
trains it, alone or beside others. Draws are made by a counter-based generator (Philox): the numbers of run k are
those at place k of a stream, so that each part of the runs can be drawn by itself. At every point of the grid the
same numbers are drawn: settings are compared on the same starts.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from functools import cached_property
from itertools import product
from math import prod
from typing import Any

import numpy as np
from numpy.typing import NDArray

from reluviz.analysis.outcomes import Outcomes, judge
from reluviz.core import Experiment
from reluviz.core.network import Array
from reluviz.errors import UserError

MOST_NEURONS = 64
"""Neurons of a run in a sweep at most: so many numbers of a stream belong to each run."""

PART = 4096
"""Runs in a part at most; a part is trained by one core and kept in one file."""

_FORMAT = 1
_STREAMS = {"weights": 0, "biases": 1, "learning_rate": 2}
_FEWEST_PARTS, _SMALLEST_PART = 32, 128


class SweepError(UserError):
    """A mistake in a sweep's description, or a file that holds none; the message is one line."""


@dataclass(frozen=True)
class Number:
    """A fixed value."""

    value: float

    def __str__(self) -> str:
        return _digits(self.value)


@dataclass(frozen=True)
class Random:
    """Uniform on [low, high), anew for each run, and each neuron on its own."""

    low: float
    high: float

    def __str__(self) -> str:
        return f"random:{_digits(self.low)}..{_digits(self.high)}"


@dataclass(frozen=True)
class Even:
    """Evenly spaced over the neurons, from the first's `low` to the last's `high`; one alone has `low`."""

    low: float
    high: float

    def __str__(self) -> str:
        return f"even:{_digits(self.low)}..{_digits(self.high)}"


Way = Number | Random | Even


def _digits(value: float) -> str:
    """As many digits as tell the value from all others, so that a description is read back to the bit."""
    return repr(float(value)).removesuffix(".0")


@dataclass(frozen=True)
class Block:
    """Runs that can be trained abreast: rows, (k,), their places in the part; experiment, what they share; weights
    and biases, (k, n), and learning_rates, (k,), where they differ."""

    rows: NDArray[np.int64]
    experiment: Experiment
    weights: Array
    biases: Array
    learning_rates: Array


@dataclass(frozen=True)
class Sweep:
    """`runs` runs of `experiment` at each point of a grid.

    vary: what all runs have in place of the experiment's own, by key. grid: the axes by key, each with its values;
    the last axis runs fastest. seed: of the draws. Keys: learning_rate; neurons; data.seed; start.weights and
    start.biases, or start.origins (biases with the other sign), of all neurons; and the same with ".3" at the end,
    of neuron 3 alone. Made and checked by `sweep_options.read_sweep`.
    """

    experiment: Experiment
    runs: int
    vary: Mapping[str, Way]
    grid: Mapping[str, tuple[Way, ...]]
    seed: int = 0

    def to_dict(self) -> dict[str, Any]:
        """The whole description, as it is kept with the results; ways as --vary writes them."""
        return {
            "format": _FORMAT,
            "name": self.experiment.name,
            "experiment": self.experiment.to_dict(),
            "runs": self.runs,
            "seed": self.seed,
            "vary": {key: str(way) for key, way in self.vary.items()},
            "grid": {key: [str(way) for way in ways] for key, ways in self.grid.items()},
        }

    @cached_property
    def digest(self) -> str:
        """Eight hexadecimal digits that tell this sweep from others."""
        return hashlib.sha256(json.dumps(self.to_dict(), sort_keys=True).encode()).hexdigest()[:8]

    @property
    def shape(self) -> tuple[int, ...]:
        """The number of values on each axis of the grid, and the runs at each point."""
        return (*(len(ways) for ways in self.grid.values()), self.runs)

    @property
    def total(self) -> int:
        """All runs."""
        return prod(self.shape)

    @cached_property
    def points(self) -> tuple[dict[str, Way], ...]:
        """The settings at each point of the grid, in order."""
        return tuple(dict(zip(self.grid, ways, strict=True)) for ways in product(*self.grid.values()))

    @cached_property
    def neurons(self) -> int:
        """The most neurons of any run."""
        return max(self._neurons({**self.vary, **point}) for point in self.points)

    @property
    def part_size(self) -> int:
        """Runs in a part, a multiple of a tile: small enough that a short sweep has work for several cores."""
        wanted = -(-self.total // (_FEWEST_PARTS * _SMALLEST_PART)) * _SMALLEST_PART
        return min(PART, max(_SMALLEST_PART, wanted))

    @property
    def parts(self) -> int:
        """The number of parts that the runs are trained in."""
        return -(-self.total // self.part_size)

    def part(self, index: int) -> tuple[int, int]:
        """The first run of a part, and the first after it."""
        return index * self.part_size, min((index + 1) * self.part_size, self.total)

    def train_part(self, index: int) -> Outcomes:
        """Trains and judges the runs of a part: the same to the bit whenever and wherever it is done."""
        first, end = self.part(index)
        found = Outcomes.unknown(end - first, self.neurons)
        for block in self.blocks(first, end):
            found.put(block.rows, judge(block.experiment, block.weights, block.biases, block.learning_rates))
        return found

    def experiment_of(self, run: int) -> Experiment:
        """The experiment of a single run, 0 <= run < total, that `core.train` gives the same end."""
        (block,) = self.blocks(run, run + 1)
        start = type(block.experiment.start)(block.weights[0], block.biases[0], block.experiment.start.output_bias)
        return replace(block.experiment, start=start, learning_rate=float(block.learning_rates[0]))

    def blocks(self, first: int, end: int) -> Iterator[Block]:
        """The runs first, first + 1, ... end - 1, those of one data set and one number of neurons together."""
        run = np.arange(first, end)
        points, places = run // self.runs, run % self.runs
        pieces: dict[tuple[int, int], list[Block]] = {}
        for point in range(int(points[0]), int(points[-1]) + 1):
            rows = np.flatnonzero(points == point)
            block = self._block({**self.vary, **self.points[point]}, rows, places[rows])
            pieces.setdefault((block.weights.shape[1], block.experiment.seed), []).append(block)
        for blocks in pieces.values():
            columns = zip(*((b.rows, b.weights, b.biases, b.learning_rates) for b in blocks), strict=True)
            rows, *starts = (np.concatenate(column) for column in columns)
            yield Block(rows, blocks[0].experiment, *starts)

    def _neurons(self, ways: Mapping[str, Way]) -> int:
        way = ways.get("neurons")
        return int(way.value) if isinstance(way, Number) else len(self.experiment.start)

    def _block(self, ways: Mapping[str, Way], rows: NDArray[np.int64], places: NDArray[np.int64]) -> Block:
        """Runs at one point of the grid, with the draws of their `places`."""
        n, k, experiment = self._neurons(ways), len(rows), self.experiment
        own = experiment.start
        weights, biases = (np.tile(np.resize(a, n), (k, 1)) for a in (own.weights, own.biases))
        rates = np.full(k, experiment.learning_rate)
        for key, way in sorted(ways.items(), key=lambda item: item[0].count(".")):  # all neurons', then a single one's
            if key == "data.seed" and isinstance(way, Number):
                experiment = replace(experiment, seed=int(way.value))
                continue
            kind, _, neuron = key.removeprefix("start.").partition(".")
            chosen = slice(int(neuron) - 1, int(neuron)) if neuron else slice(None)
            if kind == "weights":
                weights[:, chosen] = self._values(way, "weights", places, n)[:, chosen]
            elif kind == "biases":
                biases[:, chosen] = self._values(way, "biases", places, n)[:, chosen]
            elif kind == "origins":
                biases[:, chosen] = -self._values(way, "biases", places, n)[:, chosen]
            elif kind == "learning_rate":
                rates = self._values(way, "learning_rate", places, 1)[:, 0]
        return Block(rows, experiment, weights, biases, rates)

    def _values(self, way: Way, stream: str, places: NDArray[np.int64], n: int) -> Array:
        """What `way` gives the runs at `places`; (k, n)."""
        shape = (len(places), n)
        if isinstance(way, Number):
            return np.full(shape, way.value)
        if isinstance(way, Even):
            return np.broadcast_to(np.linspace(way.low, way.high, n), shape)
        return way.low + (way.high - way.low) * self._draws(stream, places)[:, :n]

    def _draws(self, stream: str, places: NDArray[np.int64]) -> Array:
        """The MOST_NEURONS numbers, uniform on [0, 1), of each of the runs at rising, neighbouring `places`."""
        counter = [int(places[0]) * (MOST_NEURONS // 4), 0, 0, 0]  # four numbers to a count
        generator = np.random.Generator(np.random.Philox(key=[self.seed, _STREAMS[stream]], counter=counter))
        return generator.random((len(places), MOST_NEURONS))
