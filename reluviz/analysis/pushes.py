"""Why two neurons approach: how samples in different places push their origins.

Each update moves the origin of an active neuron by -2 lr residual w (equation 2). A sample between the origins
moves only the left neuron; one right of both moves both. For one update, exactly:

    change of b1 / w1  -  change of b2 / w2  =  2 lr residual [sample between the origins]

so that, measured in units of its own weight, only residuals *between* two origins change their distance.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike

from reluviz.analysis.rules import origin_steps
from reluviz.analysis.training import needs_plain_steps
from reluviz.core import Trajectory
from reluviz.core.network import Array


@dataclass(frozen=True, eq=False)
class Drive:
    """The mean push on two origins along a run, split by the samples it came from.

    edges: (m + 1,), iterations that bound the stretches. pushes: (m, 2, 2, 2): stretch; left or right neuron;
    samples that reach only the left neuron, or both; residual < 0, or > 0. In units of x each iteration,
    + is to the right. (A sample that reaches only the right neuron, after a crossing, counts as the first kind.)
    """

    edges: Array
    pushes: Array

    @property
    def only_one(self) -> Array:
        """The push by samples that reach only one of the two, normally the left; (m, 2)."""
        return self.pushes[:, :, 0].sum(axis=-1)

    @property
    def both(self) -> Array:
        """The push by samples right of both origins; (m, 2)."""
        return self.pushes[:, :, 1].sum(axis=-1)

    @property
    def total(self) -> Array:
        """The mean speed of the two origins; (m, 2)."""
        return self.pushes.sum(axis=(2, 3))


def drive(trajectory: Trajectory, left: int, right: int, edges: ArrayLike) -> Drive:
    """The drive of neurons `left` and `right` (from 0) in the stretches between `edges`, from actual updates.

    Raises ValueError for edges that do not increase, or that leave a stretch without a recorded update, and
    NotForThisTraining unless the run's steps are plain.
    """
    needs_plain_steps(trajectory.experiment, "Pushes by where the sample is")
    edges = np.asarray(edges, dtype=np.float64)
    pair = [left, right]
    weights, biases = trajectory.weights[:-1, pair], trajectory.biases[:-1, pair]
    x, delta = trajectory.inputs[:, None], trajectory.residuals[:, None]
    moves, active = origin_steps(trajectory.experiment.learning_rate, weights, biases, x, delta), x + biases > 0
    bounds = np.searchsorted(trajectory.iterations[:-1], edges)
    if len(edges) < 2 or (np.diff(edges) <= 0).any() or (np.diff(bounds) < 1).any():
        raise ValueError("the edges must increase, with an update between neighbours")
    pushes = np.empty((len(edges) - 1, 2, 2, 2))
    for reach, reached in enumerate((active.sum(axis=1) == 1, active.all(axis=1))):
        for sign, signed in enumerate((trajectory.residuals < 0, trajectory.residuals > 0)):
            sums = np.cumsum(np.vstack((np.zeros(2), moves * (reached & signed)[:, None])), axis=0)
            pushes[:, :, reach, sign] = np.diff(sums[bounds], axis=0)
    return Drive(edges, pushes / np.diff(bounds)[:, None, None, None])
