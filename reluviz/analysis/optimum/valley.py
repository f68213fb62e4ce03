"""The level ways around a merged pair at rest, and the way down that one of them leads to.

Put both neurons of the pair at their common origin. Then they may trade slope, w1 + w2 staying as it is, and the
graph does not change: one level way. Where one of them has given all its slope away, its origin may go anywhere,
and the graph does not change either: a second level way, which crosses the first (compare Fukumizu and Amari 2000).
Both lie in one plane of the parameters: (weight, origin) of the neuron that is freed, its partner having the rest.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike

from reluviz.analysis.optimum.descent import descent_path
from reluviz.analysis.optimum.loss import UniformLoss, parameters
from reluviz.analysis.optimum.verdict import Optimum
from reluviz.core import Trajectory
from reluviz.core.network import Array


@dataclass(frozen=True, eq=False)
class Crossroads:
    """The plane of both level ways. freed, keeps: the neuron that gives its weight away, and its partner.

    crossing: the parameters, shape (m,), where the freed neuron has weight 0 and the common origin.
    weight, origin: the freed neuron's at rest (its origin moved to the common one, at no cost).
    exit: the origin from which descent leads furthest down.
    """

    loss: UniformLoss
    freed: int
    keeps: int
    crossing: Array
    weight: float
    origin: float
    exit: float

    @property
    def _trade(self) -> Array:
        direction = np.zeros(len(self.crossing))
        direction[[self.freed, self.keeps]] = 1.0, -1.0
        return direction

    @property
    def _slide(self) -> Array:
        direction = np.zeros(len(self.crossing))
        direction[len(self.crossing) // 2 + self.freed] = -1.0
        return direction

    def states(self, weight: ArrayLike, origin: ArrayLike) -> Array:
        """The parameters where the freed neuron has this weight and origin, shapes (k,) or (); shape (k, m)."""
        weight, origin = np.broadcast_arrays(np.atleast_1d(weight), np.atleast_1d(origin))
        return self.crossing + weight[:, None] * self._trade + (origin - self.origin)[:, None] * self._slide

    def within(self, rms: float, origins: Array) -> Array:
        """The lowest and the highest weight that keeps the root mean squared residual within `rms`; shape (2, k).

        origins: (k,). Exact: for a fixed origin the graph is linear in the weight, hence the loss a parabola, whose
        value at weight 0 is the same for all origins. Infinite where the weight does not matter.
        """
        below, at, above = (np.array([self.loss.value(s) for s in self.states(w, origins)]) for w in (-1.0, 0.0, 1.0))
        curvature, tilt = (above + below) / 2 - at, (above - below) / 2
        with np.errstate(divide="ignore", invalid="ignore"):
            root = np.sqrt(np.maximum(tilt**2 - 4 * curvature * (at - rms**2), 0.0))
            edges = np.stack((-tilt - root, -tilt + root)) / (2 * curvature)
        return np.where(curvature > 1e-12, edges, np.array([[-np.inf], [np.inf]]))

    def rms(self, states: Array) -> Array:
        """The root mean squared residual at each state; states (k, m), result (k,)."""
        return np.sqrt([self.loss.value(state) for state in states])

    def descent(self, count: int) -> Array:
        """The way that descent without noise takes from the exit, `count` states evenly spaced along it; (count, m)."""
        path = descent_path(self.loss, self.states(0.0, self.exit)[0])
        way = np.concatenate(([0.0], np.cumsum(np.linalg.norm(np.diff(path, axis=0), axis=1))))
        return np.array([np.interp(np.linspace(0.0, way[-1], count), way, column) for column in path.T]).T


def crossroads(trajectory: Trajectory, optimum: Optimum) -> Crossroads:
    """The crossroads of the pair that the run's end has merged. Raises ValueError where it has no exit."""
    if optimum.exit is None:
        raise ValueError(f"{trajectory.name}: no merged pair leads out of the end at no cost")
    split, freed = optimum.splits[0], optimum.exit.neuron
    keeps = next(i for i in split.neurons if i != freed)
    crossing = parameters(optimum.polished, trajectory.experiment.train_output_bias)
    weight, n = float(crossing[freed]), len(crossing) // 2
    crossing[[freed, keeps]] = 0.0, split.weight
    crossing[[n + freed, n + keeps]] = -split.origin
    loss = UniformLoss.of(trajectory)
    return Crossroads(loss, freed, keeps, crossing, weight, split.origin, optimum.exit.origin)
