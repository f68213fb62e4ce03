"""When two neurons become one.

Neurons of one sign are *merged* where a single neuron in their place would draw the same graph on the data's
range to within `TOLERANCE` of the target's height: for the article's target 0.1, the residual below which its
training counts as finished. The single neuron has their summed weight, and its origin at their weighted mean.
Two simpler definitions fail: "no sample between the origins" (a few always stay between), and the distance of
the origins as such (a neuron that sits left of all the data may be far away, and yet draws the same line).
The margin is wide: over many data seeds merged pairs end below 0.06, and all others above 0.4.
"""

from __future__ import annotations

from dataclasses import dataclass
from itertools import combinations

import numpy as np

from reluviz.analysis.smoothing import Smoothed, smooth
from reluviz.core import ReluNetwork, Trajectory
from reluviz.core.network import Array

TOLERANCE = 1.0 / 30.0
"""The largest change of the graph that counts as none, as a fraction of the target's height on the range."""


@dataclass(frozen=True)
class Merge:
    """Neurons (from 0, left to right) that act as one from `iteration` to the end of the run.

    weight, origin: those of the one neuron in their place at the end. error: how far the graph on the data's
    range moves at most when it takes their place.
    """

    neurons: tuple[int, ...]
    iteration: int
    weight: float
    origin: float
    error: float


@dataclass(frozen=True)
class Merging:
    """What merged, what is left, and where each neuron of the end stands relative to the data.

    reduced: the end with every merged group as one neuron and without the idle and dead ones.
    reduced_error: how far its graph is from the end's on the data's range, at most.
    standing: for each neuron "inside"; "active on all" (left of all data); "dead" (right of all data: active on
    none, so that no update moves it again); or "idle" (its whole graph stays within the tolerance).
    """

    merges: tuple[Merge, ...]
    reduced: ReluNetwork
    reduced_error: float
    standing: tuple[str, ...]

    def merged(self, first: int, second: int) -> Merge | None:
        """The merge that holds both neurons, if there is one."""
        return next((m for m in self.merges if first in m.neurons and second in m.neurons), None)


def tolerance(trajectory: Trajectory) -> float:
    """The largest change of the graph that counts as none, in units of the graph."""
    low, high = _range(trajectory)
    return TOLERANCE * float(np.ptp(trajectory.target.polyline(low, high)[:, 1]))


def replacement_error(weights: Array, origins: Array, low: float, high: float) -> Array:
    """How far the graph on [low, high] moves at most if one neuron takes a group's place; shape (...).

    weights, origins: shape (..., k), weights of one sign in each group. The one neuron has their summed weight
    at their weighted mean origin, so that both draw the same line right of all of them. For two neurons well
    inside the range it is |w1 w2 / (w1 + w2)| times the distance of the origins.
    """
    total = weights.sum(axis=-1, keepdims=True)
    origin = (weights * origins).sum(axis=-1, keepdims=True) / np.where(total == 0, 1.0, total)
    corners = np.clip(np.concatenate((origins, origin), axis=-1), low, high)
    ends = np.broadcast_to([low, high], (*corners.shape[:-1], 2))
    x = np.concatenate((corners, ends), axis=-1)
    group = (weights[..., None, :] * np.maximum(x[..., :, None] - origins[..., None, :], 0.0)).sum(axis=-1)
    return np.abs(group - total * np.maximum(x - origin, 0.0)).max(axis=-1)


def standing(network: ReluNetwork, low: float, high: float, small: float) -> tuple[str, ...]:
    """Where each neuron stands relative to data from `low` to `high`; see `Merging.standing`."""
    found = []
    for weight, origin in zip(network.weights, network.origins, strict=True):
        if origin >= high:
            found.append("dead")
        elif abs(weight) * (high - origin) <= small:
            found.append("idle")
        else:
            found.append("active on all" if origin < low else "inside")
    return tuple(found)


def merging(trajectory: Trajectory) -> Merging:
    """Finds the merges of a run that last to its end."""
    low, high = _range(trajectory)
    small = tolerance(trajectory)
    path = smooth(trajectory)
    end = trajectory.end
    stands = standing(end, low, high, small)
    working = [i for i, where in enumerate(stands) if where in ("inside", "active on all")]
    since = {pair: _merged_since(path, pair, low, high, small) for pair in combinations(working, 2)}
    groups = _groups(working, [pair for pair, start in since.items() if start is not None])
    merges, weights, origins = [], [], []
    for group in groups:
        weight = float(end.weights[group].sum())
        origin = float(end.weights[group] @ end.origins[group]) / weight
        weights.append(weight)
        origins.append(origin)
        if len(group) > 1:
            start = max(start for pair in combinations(sorted(group), 2) if (start := since[pair]) is not None)
            error = float(replacement_error(end.weights[group], end.origins[group], low, high))
            merges.append(Merge(tuple(group), start, weight, origin, error))
    reduced = ReluNetwork(np.array(weights), -np.array(origins), end.output_bias)
    error = _largest_difference(end, reduced, low, high)
    return Merging(tuple(merges), reduced, error, stands)


def _range(trajectory: Trajectory) -> tuple[float, float]:
    x = trajectory.experiment.samples()
    return float(x.min()), float(x.max())


def _merged_since(
    path: Smoothed, pair: tuple[int, int], low: float, high: float, small: float
) -> int | None:
    """The iteration from which a pair is merged to the end of the smoothed path; None if it is not."""
    weights, origins = path.weights[:, pair], path.origins[:, pair]
    one_sign = weights[:, 0] * weights[:, 1] > 0
    apart = np.flatnonzero(~one_sign | (replacement_error(weights, origins, low, high) > small))
    if not len(apart):
        return 0
    return int(path.iterations[apart[-1] + 1]) if apart[-1] + 1 < len(path.iterations) else None


def _groups(members: list[int], pairs: list[tuple[int, int]]) -> list[list[int]]:
    """The members in groups, so that merged ones share a group."""
    groups = [[i] for i in members]
    for pair in pairs:
        first, second = (next(group for group in groups if i in group) for i in pair)
        if first is not second:
            groups.remove(second)
            first.extend(second)
    return [sorted(group) for group in groups]


def _largest_difference(one: ReluNetwork, other: ReluNetwork, low: float, high: float) -> float:
    corners = np.concatenate((one.origins, other.origins, (low, high)))
    x = np.clip(corners, low, high)
    return float(np.abs(one(x) - other(x)).max())
