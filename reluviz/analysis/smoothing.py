"""A run without the noise of single samples: every path averaged over a window that widens with time.

Half-width 0.1 t, centred at t: the first updates, where single samples matter, stay sharp, and late training,
where they cancel, is averaged over an epoch or more. Windows of a fixed width either blur the start or keep
the noise of the end.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from reluviz.analysis.averages import PathMeans
from reluviz.core import ReluNetwork, Trajectory
from reluviz.core.network import Array

HALF_WIDTH = 0.1
"""Half of the window, as a fraction of the time elapsed."""

_POINTS_PER_FACTOR = 48
"""Points of the grid for each factor e of time: ten to a window."""


@dataclass(frozen=True)
class Smoothed:
    """A run's averaged path: iterations (m,) from 0 to the last, weights and origins (m, n), output biases (m,)."""

    iterations: NDArray[np.int64]
    weights: Array
    origins: Array
    output_biases: Array

    def graphs(self, x: Array) -> Array:
        """The values at `x`, shape (k,), of the network at each point of the path; shape (m, k)."""
        parts = zip(self.weights, self.origins, self.output_biases, strict=True)
        return np.array([ReluNetwork(w, -o, float(c))(x) for w, o, c in parts])


def time_grid(last: int) -> NDArray[np.int64]:
    """Whole iterations from 0 to `last`, every one at first and then evenly spaced in log time.

    But for `last` itself the grids of a long and of a short run are the same, so that runs can be compared.
    """
    count = int(_POINTS_PER_FACTOR * np.log(max(last, 1))) + 1
    spaced = np.round(np.exp(np.arange(count) / _POINTS_PER_FACTOR)).astype(np.int64)
    return np.unique(np.concatenate(([0], spaced[spaced <= last], [last])))


def window_means(iterations: NDArray[np.int64], values: Array, grid: NDArray[np.int64]) -> Array:
    """The mean of a path over the window of each time in `grid`; values (k, ...) at `iterations` (k,).

    The path runs straight between records. At the end of the run the window is cut off, so that the last mean
    is that of the last tenth.
    """
    half = HALF_WIDTH * grid
    return PathMeans(iterations, values).over(grid - half, np.minimum(grid + half, iterations[-1]))


def since(iterations: NDArray[np.int64], holds: NDArray[np.bool_]) -> int | None:
    """From which of `iterations` on something holds to the last; None where it does not hold there. Both (m,)."""
    if not holds[-1]:
        return None
    fails = np.flatnonzero(~holds)
    return int(iterations[fails[-1] + 1 if len(fails) else 0])


def smooth(trajectory: Trajectory) -> Smoothed:
    """The averaged parameters of a run on `time_grid`."""
    grid = time_grid(trajectory.last)
    weights = window_means(trajectory.iterations, trajectory.weights, grid)
    origins = -window_means(trajectory.iterations, trajectory.biases, grid)
    output_biases = window_means(trajectory.iterations, trajectory.output_biases, grid)
    return Smoothed(grid, weights, origins, output_biases)
