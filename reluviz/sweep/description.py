"""A sweep: very many runs of one experiment, over a grid of settings and from starts drawn at random.

A sweep is a description and nothing else: run k at a point of the grid follows from it alone, whichever machine
trains it, alone or beside others. Draws are made by a counter-based generator (Philox): the numbers of run k are
those at place k of a stream, so that each part of the runs can be drawn by itself. At every point of the grid the
same numbers are drawn: settings are compared on the same starts.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cached_property
from itertools import product
from math import prod
from typing import Any

import numpy as np
from numpy.typing import NDArray

from reluviz.core import Experiment
from reluviz.core.network import Array
from reluviz.errors import UserError
from reluviz.sweep.judge import Outcomes, judge

MOST_NEURONS = 64
"""Neurons of a run in a sweep at most: so many numbers of a stream belong to each run."""

PART = 4096
"""Runs in a part at most; a part is trained by one core and kept in one file."""

_FORMAT = 1  # of the description and of the rules that judge: results of another are not read as if of this one
_STREAMS = {"weights": 0, "biases": 1, "learning_rate": 2}
_KINDS = ("weights", "biases", "origins")
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

    @property
    def neurons(self) -> int:
        """The most neurons of any run."""
        ways = self.grid.get("neurons") or (self.vary.get("neurons", Number(len(self.experiment.start))),)
        return max(int(way.value) for way in ways if isinstance(way, Number))

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
        points, places = np.divmod(np.arange(first, end), self.runs)
        at = dict(zip(self.grid, np.unravel_index(points, self.shape[:-1]), strict=True)) if self.grid else {}
        neurons = self._whole("neurons", at, points, len(self.experiment.start))
        seeds = self._whole("data.seed", at, points, self.experiment.seed)
        for n, seed in np.unique(np.stack((neurons, seeds)), axis=1).T.tolist():
            rows = np.flatnonzero((neurons == n) & (seeds == seed))
            yield self._block(rows, n, seed, places[rows], {key: index[rows] for key, index in at.items()})

    def _whole(self, key: str, at: Mapping[str, NDArray[np.int64]], points: Array, own: int) -> NDArray[np.int64]:
        """The whole number that each run has for `key`, (k,): of the grid, of all runs, or the experiment's own."""
        ways = self.grid.get(key) or (self.vary.get(key, Number(own)),)
        numbers = np.array([int(way.value) for way in ways if isinstance(way, Number)])
        return numbers[at[key]] if key in at else np.full(len(points), numbers[0])

    def _block(
        self, rows: NDArray[np.int64], n: int, seed: int, places: NDArray[np.int64], at: Mapping[str, NDArray[np.int64]]
    ) -> Block:
        """Runs of n neurons, with the draws of their `places`; at: where they are on each axis of the grid."""
        own, k = self.experiment.start, len(rows)
        weights, biases = (np.tile(np.resize(a, n), (k, 1)) for a in (own.weights, own.biases))
        rates = np.full(k, self.experiment.learning_rate)
        nowhere = np.zeros(k, np.int64)
        choices = {**{key: ((way,), nowhere) for key, way in self.vary.items()},
                   **{key: (ways, at[key]) for key, ways in self.grid.items()}}  # fmt: skip
        for key in sorted(choices, key=lambda key: key.count(".")):  # all neurons', then a single one's
            kind, _, neuron = key.removeprefix("start.").partition(".")
            chosen = slice(int(neuron) - 1, int(neuron)) if kind in _KINDS and neuron else slice(None)
            if kind == "weights":
                weights[:, chosen] = self._values(*choices[key], "weights", places, n)[:, chosen]
            elif kind in ("biases", "origins"):
                values = self._values(*choices[key], "biases", places, n)[:, chosen]
                biases[:, chosen] = values if kind == "biases" else -values
            elif kind == "learning_rate":
                rates = self._values(*choices[key], "learning_rate", places, 1)[:, 0]
        return Block(rows, replace(self.experiment, seed=seed), weights, biases, rates)

    def _values(
        self, ways: Sequence[Way], index: NDArray[np.int64], stream: str, places: NDArray[np.int64], n: int
    ) -> Array:
        """What ways[index] gives each of the runs at `places`; (k, n)."""
        numbers = np.array([way.value if isinstance(way, Number) else np.nan for way in ways])
        values = np.tile(numbers[index][:, None], (1, n))
        for k in np.unique(index[np.isnan(numbers[index])]):
            way, here = ways[k], index == k
            if isinstance(way, Even):
                values[here] = np.linspace(way.low, way.high, n)
            elif isinstance(way, Random):
                values[here] = way.low + (way.high - way.low) * self._draws(stream, places[here])[:, :n]
        return values

    def _draws(self, stream: str, places: NDArray[np.int64]) -> Array:
        """The MOST_NEURONS numbers, uniform on [0, 1), of each of the runs at `places`; drawn once for each place."""
        wanted, back = np.unique(places, return_inverse=True)
        stretches = np.split(wanted, np.flatnonzero(np.diff(wanted) > 1) + 1)
        drawn = [self._stretch(stream, int(stretch[0]), len(stretch)) for stretch in stretches]
        return np.concatenate(drawn)[back]

    def _stretch(self, stream: str, first: int, count: int) -> Array:
        """The numbers at `count` neighbouring places."""
        counter = [first * (MOST_NEURONS // 4), 0, 0, 0]  # four numbers to a count
        generator = np.random.Generator(np.random.Philox(key=[self.seed, _STREAMS[stream]], counter=counter))
        return generator.random((count, MOST_NEURONS))
