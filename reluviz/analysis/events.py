"""What happens along a run: reversals with their causes, sign changes, passages of the data's ends, crossings."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import combinations

import numpy as np
from numpy.typing import NDArray

from reluviz.analysis.smoothing import Smoothed
from reluviz.core import Trajectory
from reluviz.core.measure import rms
from reluviz.core.network import Array

ORIGIN_REVERSAL = 0.015
"""Prominence that makes a turn of an origin a reversal, as a fraction of the domain."""

WEIGHT_REVERSAL = 0.1
"""The same for a weight, as a fraction of the largest |weight| of the run: single samples move weights more."""

_BEYOND = 0.02
"""How far past a line an origin must get for a passage or crossing to count, as a fraction of the domain."""

_BEYOND_ZERO = 0.1
"""How far past zero a weight must get for a sign change to count, as a fraction of its own largest size."""

_CAUSE_WITHIN, _FEW = 1.3, 3
"""A cause is looked for within this factor of the reversal's time, both counted from a few updates before 0."""


@dataclass(frozen=True)
class Reversal:
    """An origin or a weight that turns round; neurons count from 0."""

    neuron: int
    quantity: str
    """"origin" or "weight"."""
    iteration: int
    toward: str
    """Where it goes from here on: "left" or "right", "up" or "down"."""
    value: float
    """The (smoothed) origin or weight where it turns."""
    prominence: float
    """How far it had come, or goes on, whichever is less: in units of x, or of the weight."""
    cause: str
    """"weight changed sign", "residual changed sign" (its mean right of the origin), "both" or "unclear"."""


@dataclass(frozen=True)
class SignChange:
    """A weight that changes its sign: +1 or -1 from `iteration` on. Flickers about zero are one change."""

    neuron: int
    iteration: int
    sign: int


@dataclass(frozen=True)
class Passage:
    """An origin that passes the "low" or "high" end of the data's range, inward or outward."""

    neuron: int
    iteration: int
    edge: str
    inward: bool


@dataclass(frozen=True)
class Crossing:
    """Two origins that change places: from `iteration` on, that of `left` is the left one."""

    left: int
    right: int
    iteration: int


def lasting_changes(values: Array, margin: float) -> list[tuple[int, int]]:
    """Where a path changes sign for good: pairs (index from which the new sign holds, the sign).

    A change counts once the path is more than `margin` beyond zero on the other side; values: (k,).
    """
    clear = np.flatnonzero(np.abs(values) > margin)
    signs = np.sign(values[clear])
    found = []
    for j in np.flatnonzero(signs[1:] != signs[:-1]):
        start, end, sign = clear[j], clear[j + 1], int(signs[j + 1])
        wrong = np.flatnonzero(np.sign(values[start : end + 1]) != sign)
        found.append((int(start + wrong[-1] + 1), sign))
    return found


def turns(values: Array, prominence: float) -> list[tuple[int, int, float]]:
    """The turning points of a path: (index, direction +1 or -1 from there on, prominence); values: (k,)."""
    from scipy.signal import find_peaks  # here, since it takes a quarter of a second

    found = []
    for direction in (1, -1):
        peaks, facts = find_peaks(-direction * values, prominence=prominence)
        found += [(int(k), direction, float(p)) for k, p in zip(peaks, facts["prominences"], strict=True)]
    return sorted(found)


def residuals_right_of(trajectory: Trajectory, path: Smoothed) -> Array:
    """The mean over the data of residual * [x right of the origin] along the smoothed path; shape (m, n).

    Times the weight this is what moves an origin (equation 2, averaged): positive with w > 0 to the left. Momentum
    and Adam follow it too, some updates later: far less than the window of the path.
    """
    x = trajectory.experiment.samples()
    residuals = trajectory.experiment.targets() - path.graphs(x)
    pairs = zip(path.origins, residuals, strict=True)
    return np.array([(x > origins[:, None]) @ residual / len(x) for origins, residual in pairs])


def _cause(grid: NDArray[np.int64], at: int, weight: Array, residual: Array) -> str:
    """Which factor of the origin's speed changed its sign nearest to the turn, in log time."""

    def distance(factor: Array) -> float:
        changes = np.flatnonzero(np.diff(np.sign(factor)) != 0) + 1
        if not len(changes):
            return np.inf
        return float(np.abs(np.log((grid[changes] + _FEW) / (grid[at] + _FEW))).min())

    by_weight, by_residual = distance(weight), distance(residual)
    if min(by_weight, by_residual) > np.log(_CAUSE_WITHIN):
        return "unclear"
    if by_weight == by_residual:
        return "both"
    return "weight changed sign" if by_weight < by_residual else "residual changed sign"


def reversals(trajectory: Trajectory, path: Smoothed) -> tuple[Reversal, ...]:
    """The turns of every origin and weight, in order of iteration."""
    found = []
    run = trajectory.experiment
    largest = float(np.abs(path.weights).max())
    pushing = residuals_right_of(trajectory, path)
    for i in range(trajectory.neurons):
        for k, direction, prominence in turns(path.origins[:, i], ORIGIN_REVERSAL * (run.high - run.low)):
            cause = _cause(path.iterations, k, path.weights[:, i], pushing[:, i])
            toward, value = ("right" if direction > 0 else "left"), float(path.origins[k, i])
            found.append(Reversal(i, "origin", int(path.iterations[k]), toward, value, prominence, cause))
        # A weight's speed is the residual times a distance, which is never negative: only one cause is possible.
        for k, direction, prominence in turns(path.weights[:, i], WEIGHT_REVERSAL * largest):
            toward, value = ("up" if direction > 0 else "down"), float(path.weights[k, i])
            cause = "residual changed sign"
            found.append(Reversal(i, "weight", int(path.iterations[k]), toward, value, prominence, cause))
    return tuple(sorted(found, key=lambda event: event.iteration))


def sign_changes(trajectory: Trajectory) -> tuple[SignChange, ...]:
    """The lasting sign changes of every weight, to the very update."""
    found = []
    for i, weight in enumerate(trajectory.weights.T):
        for k, sign in lasting_changes(weight, _BEYOND_ZERO * float(np.abs(weight).max())):
            found.append(SignChange(i, int(trajectory.iterations[k]), sign))
    return tuple(sorted(found, key=lambda event: event.iteration))


def passages(trajectory: Trajectory, path: Smoothed) -> tuple[Passage, ...]:
    """Every origin's ways into and out of the range of the data."""
    x = trajectory.experiment.samples()
    margin = _BEYOND * float(np.ptp(x))
    found = []
    for edge, at, inside in (("low", x.min(), 1), ("high", x.max(), -1)):
        for i, origin in enumerate(path.origins.T):
            for k, sign in lasting_changes(origin - at, margin):
                found.append(Passage(i, int(path.iterations[k]), edge, sign == inside))
    return tuple(sorted(found, key=lambda event: event.iteration))


def crossings(trajectory: Trajectory, path: Smoothed) -> tuple[Crossing, ...]:
    """Every time that one origin passes another."""
    margin = _BEYOND * (trajectory.experiment.high - trajectory.experiment.low)
    found = []
    for i, j in combinations(range(trajectory.neurons), 2):
        for k, sign in lasting_changes(path.origins[:, j] - path.origins[:, i], margin):
            left, right = (i, j) if sign > 0 else (j, i)
            found.append(Crossing(left, right, int(path.iterations[k])))
    return tuple(sorted(found, key=lambda event: event.iteration))


def speed_of_graph(path: Smoothed, x: Array) -> Array:
    """How fast the graph moves between neighbouring points of the path: RMS over x, each iteration; (m - 1,)."""
    return rms(np.diff(path.graphs(x), axis=0)) / np.diff(path.iterations)
