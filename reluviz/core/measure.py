"""What runs are measured by. Each of these quantities and bounds has its one definition here."""

from __future__ import annotations

import numpy as np
from numpy.typing import ArrayLike, NDArray

from reluviz.core.network import Array, ReluNetwork
from reluviz.core.trajectory import Trajectory

FITS = 0.02
"""A network fits where its RMS error is below this part of the error's unit: two percent of the target's height."""

DIVERGED = 10.0
"""A run has diverged where its error ends above so many times that of its start."""


def rms(values: ArrayLike) -> Array:
    """The root mean square over the last axis; (..., k) to (...). Infinite where a square leaves float64."""
    with np.errstate(over="ignore"):
        return np.sqrt(np.mean(np.square(values), axis=-1))


def rms_error(trajectory: Trajectory, iteration: int) -> float:
    """The typical error after `iteration` updates: the root of the mean squared delta over the data.

    With noise in the data it cannot fall to 0; how far the graph is from its target says rms_to_target.
    """
    return float(rms(residuals(trajectory, trajectory.network_at(iteration))))


def rms_to_target(trajectory: Trajectory, iteration: int) -> float:
    """As rms_error, against the target without the data's noise."""
    x = trajectory.experiment.samples()
    with np.errstate(over="ignore", invalid="ignore"):
        return float(rms(trajectory.target(x) - trajectory.network_at(iteration)(x)))


def residuals(trajectory: Trajectory, network: ReluNetwork) -> Array:
    """delta of `network` at each sample of the run's data, noise included; (samples,)."""
    experiment = trajectory.experiment
    with np.errstate(over="ignore", invalid="ignore"):  # the last state of a run that overflowed
        return experiment.targets() - network(experiment.samples())


def height(network: ReluNetwork, low: float, high: float) -> float:
    """From the lowest to the highest point of the graph on [low, high]."""
    return float(np.ptp(network.polyline(low, high)[:, 1]))


def error_unit(target: ReluNetwork, low: float, high: float) -> float:
    """What errors are compared with: the target's height, or 1 where it is level."""
    return height(target, low, high) or 1.0


def grown(start: ArrayLike, end: ArrayLike) -> NDArray[np.bool_]:
    """Whether an error that was `start` and ends as `end`, of equal shapes, has diverged; so has one beyond float64."""
    return ~(np.asarray(end) <= DIVERGED * np.asarray(start)) | ~np.isfinite(end)


def diverged(trajectory: Trajectory) -> bool:
    """Whether a run has diverged; one that overflowed has."""
    if trajectory.overflowed_at is not None:
        return True
    return bool(grown(rms_error(trajectory, 0), rms_error(trajectory, trajectory.last)))
