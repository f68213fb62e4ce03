"""A sweep: very many runs of one experiment, over a grid of settings and from starts drawn at random.

A sweep is a description and nothing else: which run is run k follows from it alone (runs.py), whichever machine
trains it, alone or beside others.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property
from itertools import product
from math import prod
from typing import Any

from reluviz.core import Experiment
from reluviz.sweep.keys import KEYS, MOST_NEURONS, check_fits, split
from reluviz.sweep.ways import Name, Number, SweepError, Way, way_from_json, way_to_json

PART = 4096
"""Runs in a part at most; a part is trained by one core and kept in one file."""

MOST_RUNS = 10**9
FORMAT = 2
"""Of the description and of the rules that judge: results of another are not read as if of this one."""

_FEWEST_PARTS, _SMALLEST_PART = 32, 128


@dataclass(frozen=True)
class Sweep:
    """`runs` runs of `experiment` at each point of a grid.

    vary: what all runs have in place of the experiment's own, by key. grid: the axes by key, each with its values;
    the last axis runs fastest. seed: of the draws. Keys are those of `keys.KEYS`, the start's also of one neuron.
    Raises SweepError where a key, a way, or the whole does not fit.
    """

    experiment: Experiment
    runs: int
    vary: Mapping[str, Way]
    grid: Mapping[str, tuple[Way, ...]]
    seed: int = 0

    def __post_init__(self) -> None:
        if not 1 <= self.runs <= MOST_RUNS:
            raise SweepError(f"--runs {self.runs}: expected a whole number from 1 to {MOST_RUNS:,}")
        if not 0 <= self.seed < 2**32:
            raise SweepError(f"--seed {self.seed}: expected a whole number from 0 to {2**32 - 1:,}")
        for key, ways in self._choices.items():
            for way in ways:
                check_fits(key, way)
            if len(set(ways)) < len(ways):
                raise SweepError(f"{key}: a value is given twice; expected each once")
        if both := [key for key in self.grid if key in self.vary]:
            raise SweepError(f"{both[0]}: for all runs and on the grid; expected one of --vary and --grid")
        if self.total > MOST_RUNS:
            raise SweepError(f"{self.total:,} runs in all; expected {MOST_RUNS:,} at most")
        self._check_training()
        self._check_starts()

    def _check_training(self) -> None:
        """Batches and optimisers that are to be had, wherever on the grid."""
        keys = [key for key in KEYS if key in self._choices and key.startswith(("batch_size", "optimizer"))]
        for ways in product(*(self._choices[key] for key in keys)):
            experiment = self.experiment
            for key, way in zip(keys, ways, strict=True):
                assert isinstance(way, Number | Name) and (given := KEYS[key].given)
                experiment = given(experiment, way.value)

    def _check_starts(self) -> None:
        """Starts are there for as many neurons as there are to be."""
        names = {split(key)[0] for key in self._choices}
        if {"start.biases", "start.origins"} <= names:
            raise SweepError("start.biases and start.origins are the same, but for the sign; expected one of them")
        counts, own = self._counts, len(self.experiment.start)
        if max(counts) > MOST_NEURONS:
            raise SweepError(f"{max(counts)} neurons; expected {MOST_NEURONS} at most in a sweep")
        for key in self._choices:
            if (split(key)[1] or 0) > min(counts):
                raise SweepError(
                    f"{key}: there is no such neuron in a run of {min(counts)}; expected one from 1 to {min(counts)}"
                )
        for kind, wanted in (("weights", {"start.weights"}), ("biases", {"start.biases", "start.origins"})):
            if set(counts) != {own} and not self._choices.keys() & wanted:
                raise SweepError(
                    f"neurons: {self.experiment.name} has start {kind} for {own}; "
                    f"expected --vary {max(wanted)}=random:LOW..HIGH or even:LOW..HIGH as well"
                )

    @classmethod
    def from_dict(cls, description: Mapping[str, Any], source: str) -> Sweep:
        """The sweep that `to_dict` describes; `source` names it in messages. Raises SweepError, ExperimentError."""
        try:
            if description["format"] != FORMAT:
                raise SweepError(f"{source}: is of another version of reluviz; expected format {FORMAT}")
            experiment = Experiment.from_dict(description["experiment"], name=description["name"], source=source)
            vary = {key: way_from_json(way) for key, way in description["vary"].items()}
            grid = {key: tuple(way_from_json(way) for way in ways) for key, ways in description["grid"].items()}
            return cls(experiment, description["runs"], vary, grid, description["seed"])
        except (KeyError, TypeError, ValueError, AttributeError) as error:
            raise SweepError(f"{source}: holds no sweep's description") from error

    def to_dict(self) -> dict[str, Any]:
        """The whole description, as it is kept with the results."""
        return {
            "format": FORMAT,
            "name": self.experiment.name,
            "experiment": self.experiment.to_dict(),
            "runs": self.runs,
            "seed": self.seed,
            "vary": {key: way_to_json(way) for key, way in sorted(self.vary.items())},
            "grid": {key: [way_to_json(way) for way in ways] for key, ways in self.grid.items()},
        }

    @cached_property
    def text(self) -> str:
        """The description as one line of JSON."""
        return json.dumps(self.to_dict())

    @cached_property
    def digest(self) -> str:
        """Eight hexadecimal digits that tell this sweep from others."""
        return hashlib.sha256(self.text.encode()).hexdigest()[:8]

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
        return max(self._counts)

    @property
    def part_size(self) -> int:
        """Runs in a part, a multiple of a tile: small enough that a short sweep has work for several cores."""
        wanted = -(-self.total // (_FEWEST_PARTS * _SMALLEST_PART)) * _SMALLEST_PART
        return min(PART, max(_SMALLEST_PART, wanted))

    @property
    def parts(self) -> int:
        """The number of parts that the runs are trained in."""
        return -(-self.total // self.part_size)

    def part(self, index: int) -> range:
        """The numbers of the runs in a part."""
        return range(index * self.part_size, min((index + 1) * self.part_size, self.total))

    @cached_property
    def _choices(self) -> dict[str, tuple[Way, ...]]:
        return {**{key: (way,) for key, way in self.vary.items()}, **self.grid}

    @cached_property
    def _counts(self) -> list[int]:
        """The numbers of neurons that its runs have."""
        ways = self._choices.get("neurons", (Number(len(self.experiment.start)),))
        return [int(way.value) for way in ways if isinstance(way, Number)]
