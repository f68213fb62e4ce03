"""An experiment: everything that determines a training run, read from TOML and checked."""

from __future__ import annotations

import json
import os
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property
from importlib.resources import files
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from reluviz.core import keys
from reluviz.core.network import Array, ReluNetwork
from reluviz.core.optimizer import Optimizer
from reluviz.core.own_data import Points
from reluviz.core.reading import read_fields
from reluviz.core.table import ExperimentError, nearest, parse_toml
from reluviz.installed import folder

_NOISE_STREAM = 2**32 - 1
_UNIFORMS = 12  # their sum has the variance 1; no logarithm, whose last bit differs between platforms


@dataclass(frozen=True)
class Experiment:
    """A target, a starting network, data and a way to train: all that a run depends on.

    target: the reference function, as a network. start: the network before training.
    low, high, samples_count, seed: the data, uniform random numbers in [low, high). points: samples of one's own
    [x, y], in place of drawn ones. noise: the standard deviation of what is added to the target's values there.
    learning_rate: lr of the article's equations 1-3 (the factor 2 is theirs, not in it).
    iterations: updates at most. stop_below: an epoch that ends with max |residual| below it is the last.
    order: "cycle" takes the data in the order drawn, again and again, as the article; "shuffle" anew each epoch.
    batch_size: samples whose mean gradient an update follows; as many as there are ("all"): an epoch is one update.

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
    batch_size: int = 1
    optimizer: Optimizer = Optimizer()
    noise: float = 0.0
    points: Points | None = None

    @classmethod
    def open(cls, name_or_file: str) -> Experiment:
        """The library's experiment of that name, or the one in that TOML file. Raises ExperimentError."""
        if name_or_file.endswith(".toml") or "/" in name_or_file or "\\" in name_or_file:
            return cls.from_toml(Path(name_or_file))
        return cls.from_library(name_or_file)

    @classmethod
    def from_toml(cls, path: Path) -> Experiment:
        """Reads an experiment; its name is the file's stem. Raises ExperimentError for whatever is wrong."""
        name = os.fsencode(path.stem).decode("utf-8", "replace")  # a name on disk may be no text
        return cls(**read_fields(parse_toml(path), name, str(path), path.parent))

    @classmethod
    def from_library(cls, name: str) -> Experiment:
        """One of the article's experiments or of the examples, by name.

        Raises ExperimentError, naming those there are.
        """
        if name not in (known := (*library_names(), *example_names())):
            raise ExperimentError(f"{name}: no such experiment; expected {nearest(name, known)}")
        where = _LIBRARY if name in library_names() else folder("examples")
        return cls.from_toml(Path(str(where / f"{name}.toml")))

    @classmethod
    def from_dict(cls, description: Mapping[str, Any], *, name: str, source: str) -> Experiment:
        """Checks a parsed description of numbers only (no file of data). `source` names it in messages.

        Raises ExperimentError, with a line for each mistake.
        """
        return cls(**read_fields(description, name, source, None))

    def to_dict(self) -> dict[str, Any]:
        """The description that from_dict reads back as this very experiment, all defaults spelled out."""
        data: dict[str, Any] = {key: float(getattr(self, key)) for key in ("low", "high", "noise")}
        data["seed"] = int(self.seed)
        if self.points is None:
            data["samples"] = int(self.samples_count)
        else:
            data["points"] = [list(point) for point in self.points]
        training = {key.name: getattr(self, key.name) for key in keys.TRAINING}
        optimizer = {"name": self.optimizer.name}
        return {
            "title": self.title,
            "target": self.target.to_dict(),
            "start": self.start.to_dict(),
            "data": data,
            "optimizer": optimizer | {name: getattr(self.optimizer, name) for name in self.optimizer.settings},
            **{name: _plain(value) for name, value in training.items() if value is not None},
        }

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
        if self.points is None:
            drawn = np.random.RandomState(self.seed).uniform(self.low, self.high, self.samples_count)
        else:
            drawn = np.array([x for x, _ in self.points])
        drawn.flags.writeable = False
        return drawn

    def targets(self) -> Array:
        """What the network is to say at the samples, noise included: every residual is against this; read-only.

        `target` is what it is without noise (and without what own points say beside it).
        """
        return self._targets

    @cached_property
    def _targets(self) -> Array:
        values = self.target(self.samples()) if self.points is None else np.array([y for _, y in self.points])
        if self.noise > 0.0:
            values = values + self.noise * self._deviations()
        values.flags.writeable = False
        return values

    def _deviations(self) -> Array:
        """Random numbers of mean 0 and standard deviation 1, nearly normal; from a stream of their own."""
        stream, total = np.random.RandomState([self.seed, _NOISE_STREAM]), np.zeros(self.samples_count)
        for _ in range(_UNIFORMS):
            total += stream.random_sample(self.samples_count)
        return total - _UNIFORMS / 2

    @property
    def epoch_updates(self) -> int:
        """Updates in an epoch."""
        return -(-self.samples_count // self.batch_size)

    @property
    def takes_plain_steps(self) -> bool:
        """Whether each update is the article's: plain descent for one sample, as the four rules speak of."""
        return self.batch_size == 1 and self.optimizer.name == "sgd"

    def epoch_order(self, epoch: int) -> NDArray[np.int64]:
        """Indices of the samples as epoch (from 0) takes them; depends on seed and epoch alone."""
        if self.order == "shuffle":
            return np.random.RandomState([self.seed, epoch]).permutation(self.samples_count)
        return np.arange(self.samples_count)

    def batch(self, update: int) -> NDArray[np.int64]:
        """Indices of the samples that this update (from 0) follows, in their order."""
        epoch, place = divmod(update, self.epoch_updates)
        return self.epoch_order(epoch)[place * self.batch_size : (place + 1) * self.batch_size]


_LIBRARY = files("reluviz.core") / "library"
_ARTICLE_ORDER = (
    "teaser", "four-slopes", "one-neuron", "two-neurons", "merging-neurons", "spread-biases",
    "five-neurons", "five-spread-neurons",
)  # fmt: skip


def library_names() -> tuple[str, ...]:
    """The names of the article's experiments, in the article's order."""
    return _ARTICLE_ORDER


def example_names() -> tuple[str, ...]:
    """The names of the examples, sorted; none where they were not installed."""
    return tuple(sorted(path.stem for path in folder("examples").glob("*.toml")))


def _plain(value: Any) -> Any:
    """A value as Python's own type: sweeps and tests hand in NumPy's."""
    return value.item() if isinstance(value, np.generic) else value
