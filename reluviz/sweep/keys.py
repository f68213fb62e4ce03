"""The settings that a sweep can vary: one line each in a table."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from typing import Any

from reluviz.core import Experiment
from reluviz.core.keys import ORDERS
from reluviz.core.table import nearest
from reluviz.sweep.ways import Even, Name, Number, Random, SweepError, Way, check_way

MOST_NEURONS = 64
"""Neurons of a run in a sweep at most: so many numbers of a stream belong to each run."""

_OF_A_NEURON = re.compile(r"(start\.(?:weights|biases|origins))\.([1-9][0-9]?)")


@dataclass(frozen=True)
class Key:
    """A setting. expected: the ways that fit it, in words; fits: whether a way does.

    given: the experiment with that value, for settings that runs trained side by side share; None for those that
    each of them may have of its own (starts, learning rates), and for the number of neurons.
    """

    expected: str
    fits: Callable[[Way], bool]
    given: Callable[[Experiment, Any], Experiment] | None = None


def _whole(least: int, most: int, given: Callable[[Experiment, Any], Experiment] | None = None) -> Key:
    def fits(way: Way) -> bool:
        return isinstance(way, Number) and way.value % 1 == 0 and least <= way.value <= most

    return Key(f"whole numbers from {least} to {most:,}", fits, given)


def _one_of(names: Sequence[str], given: Callable[[Experiment, Any], Experiment]) -> Key:
    return Key(" or ".join(names), lambda way: isinstance(way, Name) and way.value in names, given)


def _positive(way: Way) -> bool:
    return isinstance(way, Number) and way.value > 0 or isinstance(way, Random) and way.low > 0


_START = Key("a number, random:LOW..HIGH or even:LOW..HIGH", lambda way: not isinstance(way, Name))

KEYS: dict[str, Key] = {
    "learning_rate": Key("numbers above 0, or random:LOW..HIGH of such", _positive),
    "neurons": _whole(1, MOST_NEURONS),
    "order": _one_of(ORDERS, lambda experiment, name: replace(experiment, order=name)),
    "data.seed": _whole(0, 2**32 - 1, lambda experiment, seed: replace(experiment, seed=int(seed))),
    "start.weights": _START,
    "start.biases": _START,
    "start.origins": _START,
}
"""By name; the start's also with a neuron's number, start.origins.2."""


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
