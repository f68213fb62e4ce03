"""An experiment: everything that determines a training run, read from TOML and checked."""

from __future__ import annotations

import json
import math
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property
from importlib.resources import files
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from reluviz.core.network import Array, ReluNetwork

ORDERS = ("cycle", "shuffle")


class ExperimentError(Exception):
    """A mistake in an experiment's description; the message is one line: file, key, what is wrong, what fits."""


@dataclass(frozen=True)
class Experiment:
    """A target, a starting network, data and a way to train: all that a run depends on.

    target: the reference function, as a network. start: the network before training.
    low, high, samples, seed: the data, `samples` uniform random numbers in [low, high).
    learning_rate: lr of the article's equations 1-3 (the factor 2 is theirs, not in it).
    iterations: updates at most. stop_below: an epoch that ends with max |residual| below it is the last.
    order: "cycle" takes the data in the order drawn, again and again, as the article; "shuffle" anew each epoch.
    """

    name: str
    title: str
    target: ReluNetwork
    start: ReluNetwork
    low: float
    high: float
    samples_count: int
    seed: int
    learning_rate: float
    iterations: int
    stop_below: float | None
    order: str
    train_output_bias: bool
    description: Mapping[str, Any]
    """The description it was read from, as plain JSON values."""

    @classmethod
    def open(cls, name_or_file: str) -> Experiment:
        """The experiment in the TOML file of that path, or the library's of that name. Raises ExperimentError."""
        if name_or_file.endswith(".toml") or "/" in name_or_file or "\\" in name_or_file:
            return cls.from_toml(Path(name_or_file))
        return cls.from_library(name_or_file)

    @classmethod
    def from_toml(cls, path: Path) -> Experiment:
        """Reads an experiment; its name is the file's stem. Raises ExperimentError for anything wrong in it."""
        try:
            description = tomllib.loads(path.read_text(encoding="utf-8"))
        except OSError as error:
            raise ExperimentError(f"{path}: cannot be read ({error.strerror})") from error
        except UnicodeDecodeError as error:
            raise ExperimentError(f"{path}: not a text file in UTF-8") from error
        except tomllib.TOMLDecodeError as error:
            raise ExperimentError(f"{path}: not valid TOML: {error}") from error
        return cls.from_dict(description, name=path.stem, source=str(path))

    @classmethod
    def from_library(cls, name: str) -> Experiment:
        """One of the article's experiments by name. Raises ExperimentError, naming those there are."""
        if name not in library_names():
            raise ExperimentError(f"{name}: no such experiment; there are: {', '.join(library_names())}")
        text = (files("reluviz.core") / "library" / f"{name}.toml").read_text(encoding="utf-8")
        return cls.from_dict(tomllib.loads(text), name=name, source=f"{name}.toml")

    @classmethod
    def from_dict(cls, description: Mapping[str, Any], *, name: str, source: str) -> Experiment:
        """Checks a parsed description. `source` names the file in error messages."""
        root = _Table(description, source, "")
        title = root.text("title")
        data, target, start = root.table("data"), root.table("target"), root.table("start")
        low, high = data.number("low"), data.number("high")
        if not low < high:
            raise data.error("high", f"{high:g} is not above low", f"a number above {low:g}")
        experiment = cls(
            name=name,
            title=title,
            target=_read_target(target),
            start=_read_network(start),
            low=low,
            high=high,
            samples_count=data.integer("samples", at_least=1),
            seed=data.integer("seed", at_least=0, at_most=2**32 - 1),
            learning_rate=root.number("learning_rate", above=0.0),
            iterations=root.integer("iterations", at_least=0),
            stop_below=root.number("stop_below", above=0.0) if "stop_below" in root.values else None,
            order=root.choice("order", ORDERS, default="cycle"),
            train_output_bias=root.flag("train_output_bias", default=False),
            description=json.loads(json.dumps(description)),
        )
        for table in (root, data, target, start):
            table.refuse_unknown()
        if len(experiment.start) == 0:
            raise start.error("weights", "no neuron", "at least one weight")
        return experiment

    def to_json(self) -> str:
        """The description in canonical JSON: equal experiments have equal text."""
        return json.dumps(self.description, sort_keys=True, separators=(",", ":"), ensure_ascii=False)

    def same_run(self, other: Experiment) -> bool:
        """Whether both are the same experiment, whatever their names."""
        return self.to_json() == other.to_json()

    @cached_property
    def _samples(self) -> Array:
        # NumPy promises that RandomState's stream never changes, unlike that of default_rng.
        drawn = np.random.RandomState(self.seed).uniform(self.low, self.high, self.samples_count)
        drawn.flags.writeable = False
        return drawn

    def samples(self) -> Array:
        """The data's inputs x, in the order drawn; shape (samples_count,)."""
        return self._samples

    def epoch_order(self, epoch: int) -> NDArray[np.int64]:
        """Indices of the samples in the order that epoch (from 0) takes them; a pure function of seed and epoch."""
        if self.order == "shuffle":
            return np.random.RandomState([self.seed, epoch]).permutation(self.samples_count)
        return np.arange(self.samples_count)


def library_names() -> tuple[str, ...]:
    """The names of the article's experiments, in the article's order."""
    order = ("teaser", "four-slopes", "one-neuron", "two-neurons", "merging-neurons", "spread-biases")
    names = {f.name.removesuffix(".toml") for f in (files("reluviz.core") / "library").iterdir()}
    rest = sorted(name for name in names - set(order) if not name.startswith("_"))
    return tuple(name for name in order if name in names) + tuple(rest)


def _read_network(table: _Table) -> ReluNetwork:
    weights, biases = table.numbers("weights"), table.numbers("biases")
    if len(weights) != len(biases):
        raise table.error(
            "biases", f"{len(biases)} numbers for {len(weights)} weights", "one bias for each weight"
        )
    output_bias = table.number("output_bias") if "output_bias" in table.values else 0.0
    return ReluNetwork(np.array(weights), np.array(biases), output_bias)


def _read_target(table: _Table) -> ReluNetwork:
    if "points" not in table.values:
        return _read_network(table)
    for key in ("weights", "biases", "output_bias"):
        if key in table.values:
            raise table.error(key, "given beside points", "either points or weights and biases")
    points = table.points("points")
    try:
        return ReluNetwork.through(points)
    except ValueError as error:
        raise table.error("points", str(error), "points [x, y] with increasing x") from error


class _Table:
    """One TOML table that is read key by key; every complaint names the file, the key and what fits."""

    def __init__(self, values: Any, source: str, path: str) -> None:
        self.source, self.path, self.values = source, path, values
        self.known: set[str] = set()

    def error(self, key: str, wrong: str, expected: str) -> ExperimentError:
        return ExperimentError(f"{self.source}: {self.path}{key}: {wrong}; expected {expected}")

    def get(self, key: str, expected: str) -> Any:
        self.known.add(key)
        if key not in self.values:
            raise self.error(key, "missing", expected)
        return self.values[key]

    def table(self, key: str) -> _Table:
        value = self.get(key, "a table")
        if not isinstance(value, Mapping):
            raise self.error(key, f"{value!r} is no table", f"a table [{key}]")
        return _Table(value, self.source, f"{self.path}{key}.")

    def text(self, key: str) -> str:
        value = self.get(key, "a line of text")
        if not isinstance(value, str) or not value.strip() or "\n" in value:
            raise self.error(key, f"{value!r} is no line of text", "a line of text")
        return value

    def number(self, key: str, above: float = -math.inf) -> float:
        expected = "a finite number" if above == -math.inf else f"a finite number above {above:g}"
        value = self._finite(key, self.get(key, expected), expected)
        if not value > above:
            raise self.error(key, f"{value:g} is too small", expected)
        return value

    def integer(self, key: str, at_least: int, at_most: int = 10**9) -> int:
        expected = f"a whole number from {at_least:,} to {at_most:,}"
        value = self.get(key, expected)
        if isinstance(value, bool) or not isinstance(value, int) or not at_least <= value <= at_most:
            raise self.error(key, f"{value!r} does not fit", expected)
        return value

    def choice(self, key: str, choices: tuple[str, ...], default: str) -> str:
        self.known.add(key)
        value = self.values.get(key, default)
        if value not in choices:
            raise self.error(key, f"{value!r} is unknown", " or ".join(f'"{c}"' for c in choices))
        return str(value)

    def flag(self, key: str, default: bool) -> bool:
        self.known.add(key)
        value = self.values.get(key, default)
        if not isinstance(value, bool):
            raise self.error(key, f"{value!r} does not fit", "true or false")
        return value

    def numbers(self, key: str) -> list[float]:
        expected = "a list of finite numbers"
        return self._number_list(key, self.get(key, expected), expected)

    def points(self, key: str) -> list[list[float]]:
        expected = "a list of points [x, y]"
        value = self.get(key, expected)
        if not isinstance(value, list):
            raise self.error(key, f"{value!r} is no list", expected)
        table = [self._number_list(key, point, expected) for point in value]
        if any(len(point) != 2 for point in table):
            raise self.error(key, "a point that is no pair", expected)
        return table

    def _number_list(self, key: str, value: Any, expected: str) -> list[float]:
        if not isinstance(value, list):
            raise self.error(key, f"{value!r} is no list", expected)
        return [self._finite(key, item, expected) for item in value]

    def _finite(self, key: str, value: Any, expected: str) -> float:
        if isinstance(value, bool) or not isinstance(value, (int, float)):
            raise self.error(key, f"{value!r} is no number", expected)
        if not math.isfinite(value):
            raise self.error(key, f"{value} is not finite", expected)
        return float(value)

    def refuse_unknown(self) -> None:
        for key in self.values:
            if key not in self.known | {"points"}:
                known = sorted(self.known)
                raise self.error(key, "unknown key", f"one of {', '.join(known)}")
