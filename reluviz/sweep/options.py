"""Sweeps in a few words: what --vary and --grid say, read."""

from __future__ import annotations

import re
from collections.abc import Sequence
from math import isfinite

import numpy as np

from reluviz.core import Experiment
from reluviz.sweep.description import Sweep
from reluviz.sweep.keys import split
from reluviz.sweep.ways import Even, Name, Number, Random, SweepError, Way

MOST_POINTS = 10**7

_NUMBER = r"[-+]?(?:\d+\.?\d*|\.\d+)(?:[eE][-+]?\d+)?"
_RANGE = re.compile(rf"(?:(random|even):)?({_NUMBER})\.\.({_NUMBER})(?::(\d{{1,9}}))?", re.ASCII)
_NAME = re.compile(r"[a-z][a-z-]*")


def read_sweep(
    experiment: Experiment, runs: int, vary: Sequence[str] = (), grid: Sequence[str] = (), seed: int = 0
) -> Sweep:
    """A sweep of `experiment`. Raises SweepError for whatever is wrong.

    vary: KEY=WAY each, where WAY is a number, a name, random:LOW..HIGH, or even:LOW..HIGH. grid: KEY=WAY,WAY,... each,
    or KEY=LOW..HIGH:COUNT for COUNT numbers. For the keys see `keys.KEYS`.
    """
    chosen, axes = dict(_read("--vary", text) for text in vary), dict(_read("--grid", text) for text in grid)
    for text, ways in zip(vary, chosen.values(), strict=False):
        if len(ways) != 1:
            raise SweepError(f"--vary {text}: {len(ways)} values; expected one, or --grid {text}")
    if len(axes) < len(grid) or len(chosen) < len(vary):
        raise SweepError("a key is given twice; expected one --vary or --grid for each")
    return Sweep(experiment, runs, {key: ways[0] for key, ways in chosen.items()}, axes, seed)


def _read(option: str, text: str) -> tuple[str, tuple[Way, ...]]:
    key, sign, values = text.partition("=")
    if not sign or not values:
        raise SweepError(f"{option} {text}: expected KEY=VALUE, as in learning_rate=0.02 or start.origins=random:0..3")
    split(key)
    return key, tuple(way for value in values.split(",") for way in _ways(option, key, value.strip()))


def _ways(option: str, key: str, value: str) -> list[Way]:
    if re.fullmatch(_NUMBER, value, re.ASCII):
        return [Number(float(value))]
    if _NAME.fullmatch(value):
        return [Name(value)]
    match = _RANGE.fullmatch(value)
    if not match or bool(match[1]) == bool(match[4]):
        many = "LOW..HIGH:COUNT, " if option == "--grid" else ""
        expected = f"a number, a name, {many}random:LOW..HIGH or even:LOW..HIGH"
        raise SweepError(f"{option} {key}: {value!r} does not fit; expected {expected}")
    low, high = float(match[2]), float(match[3])
    if not isfinite(high - low):
        raise SweepError(f"{option} {key}: {value} is not finite; expected finite numbers")
    if match[4]:
        if not 1 <= int(match[4]) <= MOST_POINTS:
            raise SweepError(f"{option} {key}: {match[4]} values; expected 1 to {MOST_POINTS:,}")
        return [Number(float(f"{x:.12g}")) for x in np.linspace(low, high, int(match[4]))]  # 0.02, not 0.0199...97
    return [Random(low, high) if match[1] == "random" else Even(low, high)]
