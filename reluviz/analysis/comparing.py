"""Two runs side by side: where their paths part."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from reluviz.analysis.smoothing import since, smooth
from reluviz.core import Trajectory
from reluviz.core.measure import FITS, error_unit, rms

ORIGINS_PARTED = 0.05
"""Origins have parted when they are further apart than this fraction of the domain; graphs when their RMS distance is
so large that, if one of them fits exactly, the other does not fit."""


@dataclass(frozen=True)
class Comparison:
    """Where two runs toward one target part, along their smoothed paths up to the end of the shorter.

    graphs_part: from here on the graphs stay further apart than 2 % of the target's height, or None.
    signs_part: for each neuron that both have, from where to the end its weights differ in sign, or None.
    origins_part: the same for origins that stay more than 5 % of the domain apart.
    """

    graphs_part: int | None
    signs_part: tuple[int | None, ...]
    origins_part: tuple[int | None, ...]


def compare(first: Trajectory, second: Trajectory) -> Comparison:
    """Compares two runs. Raises ValueError where their targets or ranges differ."""
    run = first.experiment
    if first.target != second.target or (run.low, run.high) != (second.experiment.low, second.experiment.high):
        raise ValueError(f"{first.name} and {second.name} have different targets or ranges")
    one, other = smooth(first), smooth(second)
    until = min(first.last, second.last)
    grid = np.intersect1d(one.iterations[one.iterations <= until], other.iterations[other.iterations <= until])
    a, b = np.searchsorted(one.iterations, grid), np.searchsorted(other.iterations, grid)
    x = run.samples()
    distance = rms(one.graphs(x)[a] - other.graphs(x)[b])
    n = min(first.neurons, second.neurons)
    signs = one.weights[a, :n] * other.weights[b, :n] < 0
    origins = np.abs(one.origins[a, :n] - other.origins[b, :n]) > ORIGINS_PARTED * (run.high - run.low)
    return Comparison(
        graphs_part=since(grid, distance > FITS * error_unit(first.target, run.low, run.high)),
        signs_part=tuple(since(grid, column) for column in signs.T),
        origins_part=tuple(since(grid, column) for column in origins.T),
    )
