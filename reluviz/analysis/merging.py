"""When two neurons become one.

Neurons of one sign are *merged* while their origins, clipped to the data's range, are within `CLOSE` of that
range of each other. Left of all the data an origin is clipped to its end: there the graph is a straight line to
the data wherever the origin is. The tolerance lies in a wide gap: at the end of the article's runs and of many
others like them, merged pairs are within 2.2 % of the range, and no other pair of one sign within 15 %.
Two other definitions fail. "No sample between the origins" is too strict, since a few samples always stay
between. "One neuron would draw nearly the same graph" is too loose: it holds for any two neurons as long as one
of them has a small weight, and so for the whole early run. That change of the graph is reported as `error`.
"""

from __future__ import annotations

from dataclasses import dataclass
from itertools import combinations

import numpy as np

from reluviz.analysis.smoothing import Smoothed, since, smooth
from reluviz.core import ReluNetwork, Trajectory
from reluviz.core.measure import error_unit

CLOSE = 0.03
"""The largest distance of merged origins, clipped to the data's range, as a fraction of that range."""

IDLE = 1.0 / 30.0
"""A neuron whose graph stays within this fraction of the target's height is idle: for the article's target
0.1, the residual below which its training counts as finished."""


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
    none, so that no update moves it again); or "idle" (its own graph stays within 1/30 of the target's height).
    """

    merges: tuple[Merge, ...]
    reduced: ReluNetwork
    reduced_error: float
    standing: tuple[str, ...]

    def merged(self, first: int, second: int) -> Merge | None:
        """The merge that holds both neurons, if there is one."""
        return next((m for m in self.merges if first in m.neurons and second in m.neurons), None)


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
    from scipy.cluster.hierarchy import DisjointSet  # here, since it takes a tenth of a second

    low, high = _range(trajectory)
    small = IDLE * error_unit(trajectory.target, low, high)
    path = smooth(trajectory)
    end = trajectory.end
    stands = standing(end, low, high, small)
    working = [i for i, where in enumerate(stands) if where in ("inside", "active on all")]
    since = {pair: _merged_since(path, pair, low, high) for pair in combinations(working, 2)}
    sets = DisjointSet(working)
    for pair, start in since.items():
        if start is not None:
            sets.merge(*pair)
    groups = [sorted(group, key=lambda i: end.origins[i]) for group in sets.subsets()]
    merges, weights, origins = [], [], []
    for group in groups:
        weight = float(end.weights[group].sum())
        origin = float(end.weights[group] @ end.origins[group]) / weight
        weights.append(weight)
        origins.append(origin)
        if len(group) > 1:
            start = max(start for pair in combinations(sorted(group), 2) if (start := since[pair]) is not None)
            parts = ReluNetwork(end.weights[group], end.biases[group])
            error = _largest_difference(parts, ReluNetwork(np.array([weight]), np.array([-origin])), low, high)
            merges.append(Merge(tuple(group), start, weight, origin, error))
    reduced = ReluNetwork(np.array(weights), -np.array(origins), end.output_bias)
    return Merging(tuple(merges), reduced, _largest_difference(end, reduced, low, high), stands)


def _range(trajectory: Trajectory) -> tuple[float, float]:
    x = trajectory.experiment.samples()
    return float(x.min()), float(x.max())


def _merged_since(path: Smoothed, pair: tuple[int, int], low: float, high: float) -> int | None:
    """The iteration from which a pair is merged to the end of the smoothed path; None if it is not."""
    weights, origins = path.weights[:, pair], np.clip(path.origins[:, pair], low, high)
    one_sign = weights[:, 0] * weights[:, 1] > 0
    return since(path.iterations, one_sign & (np.abs(origins[:, 1] - origins[:, 0]) <= CLOSE * (high - low)))


def _largest_difference(one: ReluNetwork, other: ReluNetwork, low: float, high: float) -> float:
    """How far two graphs are apart on [low, high], at most: at an end of it, or where one of them bends."""
    corners = np.concatenate((one.origins, other.origins, (low, high)))
    x = np.clip(corners, low, high)
    return float(np.abs(one(x) - other(x)).max())
