"""The settings that a sweep can vary: one line each in a table."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from typing import Any

from reluviz.core import Experiment
from reluviz.core.keys import MOST_SAMPLES, ORDERS
from reluviz.core.optimizer import OPTIMIZERS, SETTINGS, Optimizer
from reluviz.core.table import nearest
from reluviz.sweep.ways import Even, Name, Number, Random, SweepError, Way, check_way

MOST_NEURONS = 64
"""Neurons of a run in a sweep at most: so many numbers of a stream belong to each run."""

_OF_A_NEURON = re.compile(r"(start\.(?:weights|biases|origins))\.([1-9][0-9]?)")


@dataclass(frozen=True)
class Key:
    """A setting. words: as people say it. expected: the ways that fit it, in words; fits: whether a way does.

    given: the experiment with that value, for settings that runs trained side by side share, or SweepError where it
    does not fit the experiment; None for those that each of them may have of its own (starts, learning rates), and
    for the number of neurons.
    """

    words: str
    expected: str
    fits: Callable[[Way], bool]
    given: Callable[[Experiment, Any], Experiment] | None = None


def _whole(words: str, least: int, most: int, given: Callable[[Experiment, Any], Experiment] | None = None) -> Key:
    return Key(words, f"whole numbers from {least} to {most:,}", lambda way: _is_whole(way, least, most), given)


def _is_whole(way: Way, least: int, most: int) -> bool:
    return isinstance(way, Number) and way.value % 1 == 0 and least <= way.value <= most


def _one_of(words: str, names: Sequence[str], given: Callable[[Experiment, Any], Experiment]) -> Key:
    expected = f"{', '.join(names[:-1])} or {names[-1]}"
    return Key(words, expected, lambda way: isinstance(way, Name) and way.value in names, given)


def _positive(way: Way) -> bool:
    return isinstance(way, Number) and way.value > 0 or isinstance(way, Random) and way.low > 0


def _batches(experiment: Experiment, size: Any) -> Experiment:
    count = experiment.samples_count
    if size != "all" and size > count:
        raise SweepError(f"batch_size: {size:g} of {count:,} samples; expected whole numbers up to {count:,}, or all")
    return replace(experiment, batch_size=count if size == "all" else int(size))


def _optimizer(experiment: Experiment, name: Any) -> Experiment:
    """With what it has of the settings that belong to that optimiser, and else its defaults."""
    own = {setting: getattr(experiment.optimizer, setting) for setting in SETTINGS[name]}
    return replace(experiment, optimizer=Optimizer(name, **own))


def _part(setting: str, words: str) -> Key:
    """A setting of the optimiser, a part of what was before."""

    def given(experiment: Experiment, value: Any) -> Experiment:
        own = experiment.optimizer
        if setting not in own.settings:
            able = " or ".join(name for name, settings in SETTINGS.items() if setting in settings)
            raise SweepError(f"optimizer.{setting}: not of {own.name}; expected optimizer.name={able} with it")
        values = {name: getattr(own, name) for name in own.settings} | {setting: float(value)}
        return replace(experiment, optimizer=Optimizer(own.name, **values))

    def fits(way: Way) -> bool:
        return isinstance(way, Number) and 0 <= way.value < 1

    return Key(words, "numbers from 0 and below 1", fits, given)


def _start(words: str) -> Key:
    return Key(words, "a number, random:LOW..HIGH or even:LOW..HIGH", lambda way: not isinstance(way, Name))


KEYS: dict[str, Key] = {
    "learning_rate": Key("learning rate", "numbers above 0, or random:LOW..HIGH of such", _positive),
    "neurons": _whole("neurons", 1, MOST_NEURONS),
    "order": _one_of("order of the data", ORDERS, lambda experiment, name: replace(experiment, order=name)),
    "batch_size": Key(
        "samples in a batch",
        f"whole numbers from 1 to {MOST_SAMPLES:,}, or all",
        lambda way: way == Name("all") or _is_whole(way, 1, MOST_SAMPLES),
        _batches,
    ),
    "optimizer.name": _one_of("optimiser", OPTIMIZERS, _optimizer),
    "optimizer.momentum": _part("momentum", "momentum"),
    "optimizer.beta1": _part("beta1", "Adam’s beta 1"),
    "optimizer.beta2": _part("beta2", "Adam’s beta 2"),
    "data.noise": Key(
        "noise in the data",
        "numbers from 0",
        lambda way: isinstance(way, Number) and way.value >= 0,
        lambda experiment, noise: replace(experiment, noise=float(noise)),
    ),
    "data.seed": _whole(
        "seed of the data", 0, 2**32 - 1, lambda experiment, seed: replace(experiment, seed=int(seed))
    ),
    "start.weights": _start("all weights at the start"),
    "start.biases": _start("all biases at the start"),
    "start.origins": _start("all origins at the start"),
}
"""By name, in the order in which they are given to an experiment; the start's also of one neuron, start.origins.2."""

_ONE = {"start.weights": "weight", "start.biases": "bias", "start.origins": "origin"}


def spoken(key: str) -> str:
    """A key as people say it: "neuron 2's origin at the start"."""
    name, neuron = split(key)
    return KEYS[name].words if neuron is None else f"neuron {neuron}’s {_ONE[name]} at the start"


def split(key: str) -> tuple[str, int | None]:
    """The name in KEYS, and the neuron that it is about (from 1), or None for all. Raises SweepError."""
    match = _OF_A_NEURON.fullmatch(key)
    if match:
        return match[1], int(match[2])
    if key not in KEYS:
        raise SweepError(f"{key}: no such key; expected {nearest(key, tuple(KEYS))}")
    return key, None


def check_fits(key: str, way: Way) -> None:
    """Raises SweepError unless `key` can have that way."""
    name, neuron = split(key)
    check_way(key, way)
    if not KEYS[name].fits(way):
        raise SweepError(f"{key}: {way} does not fit; expected {KEYS[name].expected}")
    if neuron is not None and isinstance(way, Even):
        raise SweepError(f"{key}: {way} is for all neurons; expected a number or random:LOW..HIGH")
