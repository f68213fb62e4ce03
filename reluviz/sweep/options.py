"""Sweeps in a few words: what --vary and --grid say, read and checked."""

from __future__ import annotations

import math
import re
from collections.abc import Mapping, Sequence
from typing import Any

import numpy as np

from reluviz.core import Experiment
from reluviz.core.table import nearest
from reluviz.sweep.description import MOST_NEURONS, Even, Number, Random, Sweep, SweepError, Way

MOST_RUNS = 10**9
MOST_POINTS = 10**7

_KEYS = ("learning_rate", "neurons", "data.seed", "start.weights", "start.biases", "start.origins")
_WHOLE = ("neurons", "data.seed")
_NUMBER = r"[-+]?(?:\d+\.?\d*|\.\d+)(?:[eE][-+]?\d+)?"
_RANGE = re.compile(rf"(?:(random|even):)?({_NUMBER})\.\.({_NUMBER})(?::(\d+))?")


def read_sweep(
    experiment: Experiment, runs: int, vary: Sequence[str] = (), grid: Sequence[str] = (), seed: int = 0
) -> Sweep:
    """A sweep of `experiment`, checked. Raises SweepError for whatever is wrong.

    vary: KEY=WAY each, where WAY is a number, random:LOW..HIGH, or even:LOW..HIGH. grid: KEY=WAY,WAY,... each, or
    KEY=LOW..HIGH:COUNT for COUNT numbers. For the keys see Sweep.
    """
    if not 1 <= runs <= MOST_RUNS:
        raise SweepError(f"--runs {runs}: expected a whole number from 1 to {MOST_RUNS:,}")
    ways: dict[str, Way] = {}
    for text in vary:
        key, values = _read("--vary", text)
        if len(values) != 1:
            raise SweepError(f"--vary {text}: {len(values)} values; expected one, or --grid {text}")
        ways[key] = values[0]
    axes = dict(_read("--grid", text) for text in grid)
    for key in axes:
        if key in ways:
            raise SweepError(f"--grid {key}: it is given by --vary too; expected one of them")
    if len(axes) < len(grid) or len(ways) < len(vary):
        raise SweepError("a key is given twice; expected one --vary or --grid for each")
    sweep = Sweep(experiment, runs, ways, axes, seed)
    _check(sweep)
    return sweep


def sweep_from_dict(description: Mapping[str, Any], source: str) -> Sweep:
    """The sweep that `Sweep.to_dict` describes; `source` names it in messages. Raises SweepError."""
    try:
        name, grid = description["name"], description["grid"]
        experiment = Experiment.from_dict(description["experiment"], name=name, source=source)
        vary = [f"{key}={way}" for key, way in description["vary"].items()]
        axes = [f"{key}={','.join(ways)}" for key, ways in grid.items()]
        return read_sweep(experiment, description["runs"], vary, axes, description["seed"])
    except (KeyError, TypeError, AttributeError) as error:
        raise SweepError(f"{source}: holds no sweep's description") from error


def _read(option: str, text: str) -> tuple[str, tuple[Way, ...]]:
    key, sign, values = text.partition("=")
    if not sign or not values:
        raise SweepError(f"{option} {text}: expected KEY=VALUE, as in learning_rate=0.02 or start.origins=random:0..3")
    base = key.rsplit(".", 1)[0] if key.count(".") == 2 else key
    number = key[len(base) + 1 :]
    if base not in _KEYS or (number and not (base.startswith("start.") and number.isdigit() and int(number) > 0)):
        raise SweepError(f"{option} {key}: no such key; expected {nearest(key, _KEYS)}")
    ways = tuple(way for value in values.split(",") for way in _ways(option, key, value.strip()))
    for way in ways:
        _check_way(option, key, way)
    if len(set(ways)) < len(ways):
        raise SweepError(f"{option} {key}: a value is given twice; expected each once")
    return key, ways


def _ways(option: str, key: str, value: str) -> list[Way]:
    if re.fullmatch(_NUMBER, value):
        return [Number(float(value))]
    match = _RANGE.fullmatch(value)
    if not match or bool(match[1]) == bool(match[4]):
        many = "LOW..HIGH:COUNT, " if option == "--grid" else ""
        expected = f"a number, {many}random:LOW..HIGH or even:LOW..HIGH"
        raise SweepError(f"{option} {key}: {value!r} does not fit; expected {expected}")
    low, high = float(match[2]), float(match[3])
    if match[4]:
        if not 1 <= int(match[4]) <= MOST_POINTS:
            raise SweepError(f"{option} {key}: {match[4]} values; expected 1 to {MOST_POINTS:,}")
        return [Number(float(f"{x:.12g}")) for x in np.linspace(low, high, int(match[4]))]  # 0.02, not 0.0199...97
    return [Random(low, high) if match[1] == "random" else Even(low, high)]


def _check_way(option: str, key: str, way: Way) -> None:
    ends = (way.value,) if isinstance(way, Number) else (way.low, way.high)
    if not all(math.isfinite(end) for end in ends):
        raise SweepError(f"{option} {key}: {way} is not finite; expected finite numbers")
    if key == "learning_rate" and (isinstance(way, Even) or not min(ends) > 0.0):
        raise SweepError(f"{option} {key}: {way} does not fit; expected numbers above 0, or random:LOW..HIGH of such")
    if isinstance(way, Random) and not way.low < way.high:
        raise SweepError(f"{option} {key}: {way} is no range; expected random:LOW..HIGH with LOW below HIGH")
    if isinstance(way, Even) and key.count(".") == 2:
        raise SweepError(f"{option} {key}: {way} is for all neurons; expected a number or random:LOW..HIGH")
    if key in _WHOLE:
        most = MOST_NEURONS if key == "neurons" else 2**32 - 1
        if not isinstance(way, Number) or way.value % 1 or not (key == "neurons") <= way.value <= most:
            raise SweepError(f"{option} {key}: {way} does not fit; expected whole numbers up to {most:,}")


def _check(sweep: Sweep) -> None:
    """What only the whole shows: sizes, and starts for as many neurons as there are to be."""
    if sweep.total > MOST_RUNS:
        raise SweepError(f"{sweep.total:,} runs in all; expected {MOST_RUNS:,} at most")
    if not 0 <= sweep.seed < 2**32:
        raise SweepError(f"--seed {sweep.seed}: expected a whole number from 0 to {2**32 - 1:,}")
    keys = {*sweep.vary, *sweep.grid}
    if {"start.biases", "start.origins"} <= {".".join(key.split(".")[:2]) for key in keys}:
        raise SweepError("start.biases and start.origins are the same, but for the sign; expected one of them")
    own, fewest = len(sweep.experiment.start), sweep.neurons
    for ways in (sweep.grid.get("neurons", ()), (sweep.vary.get("neurons"),)):
        fewest = min([fewest, *(int(way.value) for way in ways if isinstance(way, Number))])
    if sweep.neurons > MOST_NEURONS:
        raise SweepError(f"{sweep.neurons} neurons; expected {MOST_NEURONS} at most in a sweep")
    for key in keys:
        if key.count(".") == 2 and int(key.rsplit(".", 1)[1]) > fewest:
            raise SweepError(f"{key}: there is no such neuron in a run of {fewest}; expected one from 1 to {fewest}")
    if "neurons" in keys and not (fewest == sweep.neurons == own):
        for kind, choices in (("weights", {"start.weights"}), ("biases", {"start.biases", "start.origins"})):
            if not keys & choices:
                raise SweepError(
                    f"neurons: {sweep.experiment.name} has start {kind} for {own}; "
                    f"expected --vary {sorted(choices)[-1]}=random:LOW..HIGH or even:LOW..HIGH as well"
                )
