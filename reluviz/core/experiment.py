"""An experiment: everything that determines a training run, read from TOML and checked."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property
from importlib.resources import files
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from reluviz.core.network import Array, ReluNetwork
from reluviz.core.table import ExperimentError, Table, nearest, parse_toml
from reluviz.core.targets import SHAPES, shape

ORDERS = ("cycle", "shuffle", "full-batch")
MOST_ITERATIONS = 10**9
MOST_SAMPLES = 10**7

_KEYS = (
    "title", "learning_rate", "iterations", "stop_below", "order", "train_output_bias", "target", "start", "data",
)  # fmt: skip
_NETWORK_KEYS = ("weights", "biases", "output_bias")
_DATA_KEYS = ("low", "high", "samples", "seed")


@dataclass(frozen=True)
class Experiment:
    """A target, a starting network, data and a way to train: all that a run depends on.

    target: the reference function, as a network. start: the network before training.
    low, high, samples_count, seed: the data, uniform random numbers in [low, high).
    learning_rate: lr of the article's equations 1-3 (the factor 2 is theirs, not in it).
    iterations: updates at most. stop_below: an epoch that ends with max |residual| below it is the last.
    order: "cycle" takes the data in the order drawn, again and again, as the article; "shuffle" anew
    each epoch; "full-batch" follows, in each update, the mean gradient over all data (an epoch is one update).

    The checks are made where a description is read (from_dict). Variants: dataclasses.replace.
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
    stop_below: float | None = None
    order: str = "cycle"
    train_output_bias: bool = False

    @classmethod
    def open(cls, name_or_file: str) -> Experiment:
        """The library's experiment of that name, or the one in that TOML file. Raises ExperimentError."""
        if name_or_file.endswith(".toml") or "/" in name_or_file or "\\" in name_or_file:
            return cls.from_toml(Path(name_or_file))
        return cls.from_library(name_or_file)

    @classmethod
    def from_toml(cls, path: Path) -> Experiment:
        """Reads an experiment; its name is the file's stem. Raises ExperimentError for whatever is wrong."""
        return cls.from_dict(parse_toml(path), name=path.stem, source=str(path))

    @classmethod
    def from_library(cls, name: str) -> Experiment:
        """One of the article's experiments by name. Raises ExperimentError, naming those there are."""
        if name not in library_names():
            raise ExperimentError(f"{name}: no such experiment; expected {nearest(name, library_names())}")
        return cls.from_toml(Path(str(_LIBRARY / f"{name}.toml")))

    @classmethod
    def from_dict(cls, description: Mapping[str, Any], *, name: str, source: str) -> Experiment:
        """Checks a parsed description. `source` names the file in messages. Raises ExperimentError."""
        root = Table(description, source, "", _KEYS)
        title = root.text("title")
        start = _read_network(root.table("start", _NETWORK_KEYS))
        data = root.table("data", _DATA_KEYS)
        low, high = data.number("low"), data.number("high")
        if not 0.0 < high - low < float("inf"):
            raise data.error("high", f"{high:g} is not above low", f"a number above {low:g}")
        target = _read_target(root.table("target", (*_NETWORK_KEYS, "points", "shape")), low, high)
        return cls(
            name=name,
            title=title,
            target=target,
            start=start,
            low=low,
            high=high,
            samples_count=data.integer("samples", 1, MOST_SAMPLES),
            seed=data.integer("seed", 0, 2**32 - 1),
            learning_rate=root.number("learning_rate", above=0.0),
            iterations=root.integer("iterations", 0, MOST_ITERATIONS),
            stop_below=root.number("stop_below", above=0.0) if "stop_below" in root else None,
            order=root.choice("order", ORDERS),
            train_output_bias=root.flag("train_output_bias"),
        )

    def to_dict(self) -> dict[str, Any]:
        """The description that from_dict reads back as this very experiment, all defaults spelled out."""
        description: dict[str, Any] = {
            "title": self.title,
            "target": _network_to_dict(self.target),
            "start": _network_to_dict(self.start),
            "data": {
                "low": float(self.low),
                "high": float(self.high),
                "samples": int(self.samples_count),
                "seed": int(self.seed),
            },
            "learning_rate": float(self.learning_rate),
            "iterations": int(self.iterations),
            "order": self.order,
            "train_output_bias": bool(self.train_output_bias),
        }
        if self.stop_below is not None:
            description["stop_below"] = float(self.stop_below)
        return description

    def to_json(self) -> str:
        """The description in canonical JSON: equal experiments have equal text, whatever their names."""
        return json.dumps(self.to_dict(), sort_keys=True, separators=(",", ":"), ensure_ascii=False)

    def same_run(self, other: Experiment) -> bool:
        """Whether both are the same experiment, whatever their names."""
        return self.to_json() == other.to_json()

    def samples(self) -> Array:
        """The data's inputs x, in the order drawn; shape (samples_count,), read-only."""
        return self._samples

    @cached_property
    def _samples(self) -> Array:
        # NumPy promises that RandomState's stream never changes, unlike that of default_rng.
        drawn = np.random.RandomState(self.seed).uniform(self.low, self.high, self.samples_count)
        drawn.flags.writeable = False
        return drawn

    def epoch_order(self, epoch: int) -> NDArray[np.int64]:
        """Indices of the samples as epoch (from 0) takes them; depends on seed and epoch alone."""
        if self.order == "shuffle":
            return np.random.RandomState([self.seed, epoch]).permutation(self.samples_count)
        return np.arange(self.samples_count)


_LIBRARY = files("reluviz.core") / "library"
_ARTICLE_ORDER = (
    "teaser", "four-slopes", "one-neuron", "two-neurons", "merging-neurons", "spread-biases",
    "five-neurons", "five-spread-neurons",
)  # fmt: skip


def library_names() -> tuple[str, ...]:
    """The names of the article's experiments, in the article's order."""
    return _ARTICLE_ORDER


def _read_network(table: Table) -> ReluNetwork:
    weights, biases = table.numbers("weights"), table.numbers("biases")
    if len(weights) != len(biases):
        wrong = f"{len(biases)} numbers for {len(weights)} weights"
        raise table.error("biases", wrong, "one bias for each weight")
    output_bias = table.number("output_bias") if "output_bias" in table else 0.0
    return ReluNetwork(np.array(weights), np.array(biases), output_bias)


def _read_target(table: Table, low: float, high: float) -> ReluNetwork:
    if "shape" in table:
        for key in (*_NETWORK_KEYS, "points"):
            if key in table:
                raise table.error(key, "given beside shape", "either a shape or the target's own numbers")
        return shape(table.choice("shape", SHAPES), low, high)
    if "points" not in table:
        if not table.values:
            raise table.error("weights", "missing", "weights and biases, or points = [[x, y], ...]")
        return _read_network(table)
    for key in _NETWORK_KEYS:
        if key in table:
            raise table.error(key, "given beside points", "either points or weights and biases")
    try:
        return ReluNetwork.through(table.points("points"))
    except ValueError as error:
        raise table.error("points", str(error), "a list of points [x, y] with increasing x") from error


def _network_to_dict(network: ReluNetwork) -> dict[str, Any]:
    return {
        "weights": network.weights.tolist(),
        "biases": network.biases.tolist(),
        "output_bias": network.output_bias,
    }
