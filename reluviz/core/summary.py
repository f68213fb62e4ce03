"""A run in plain facts: start, end, target, error over the data, and where each neuron went."""

from __future__ import annotations

import hashlib
import math
from typing import Any

import numpy as np

from reluviz.core.measure import diverged, residuals, rms_error, rms_to_target
from reluviz.core.network import Array
from reluviz.core.trajectory import Trajectory


def outcome(trajectory: Trajectory) -> str:
    """How the run ended: "nothing to train", "overflowed", "converged" (to stop_below), "diverged" or
    "out of iterations"; with ", every neuron dead" where no sample reaches any of them any more."""
    experiment = trajectory.experiment
    if trajectory.overflowed_at is not None:
        return "overflowed"
    if experiment.iterations == 0:
        return "nothing to train"
    limit = experiment.stop_below
    whole_epochs = trajectory.last % experiment.epoch_updates == 0
    if limit is not None and whole_epochs and _largest(residuals(trajectory, trajectory.end)) < limit:
        return "converged"
    dead = bool((trajectory.end.origins >= experiment.samples().max()).all())
    return ("diverged" if diverged(trajectory) else "out of iterations") + ", every neuron dead" * dead


def recording(trajectory: Trajectory) -> str:
    """Which updates are kept, in words."""
    if trajectory.is_dense:
        return "every update recorded"
    steps = np.diff(trajectory.iterations)
    dense = int(np.argmax(steps > 1))
    return f"thinned: the first {dense:,} updates recorded, then one in {steps.max():,}"


def as_dict(trajectory: Trajectory) -> dict[str, Any]:
    """The run's facts as plain JSON values; a number beyond float64 is None. Neurons are numbered from 1."""
    start, end = trajectory.start, trajectory.end
    before, after = residuals(trajectory, start), residuals(trajectory, end)
    return {
        "name": trajectory.name,
        "experiment": trajectory.experiment.to_dict(),
        "iterations": trajectory.last,
        "outcome": outcome(trajectory),
        "overflowed_at": trajectory.overflowed_at,
        "recording": recording(trajectory),
        "digest": trajectory.digest(),
        "state_hash": state_hash(trajectory),
        "rms_error": {
            "start": _finite(rms_error(trajectory, 0)),
            "end": _finite(rms_error(trajectory, trajectory.last)),
        },
        "rms_to_target": {
            "start": _finite(rms_to_target(trajectory, 0)),
            "end": _finite(rms_to_target(trajectory, trajectory.last)),
        },
        "largest_residual": {"start": _finite(_largest(before)), "end": _finite(_largest(after))},
        "output_bias": {"start": start.output_bias, "end": end.output_bias},
        "neurons": [
            {
                "neuron": i + 1,
                "weight": _course(trajectory.weights[:, i]),
                "bias": _course(trajectory.biases[:, i]),
                "origin": _course(-trajectory.biases[:, i]),
            }
            for i in range(trajectory.neurons)
        ],
    }


def state_hash(trajectory: Trajectory) -> str:
    """SHA-256 over all recorded states in order: of each its weights, biases, output bias, as little-endian float64.

    The lab's page shows the same for the same run, whatever the title: states alone count.
    """
    states = np.column_stack((trajectory.weights, trajectory.biases, trajectory.output_biases))
    return hashlib.sha256(states.astype("<f8").tobytes()).hexdigest()


def _course(values: Array) -> dict[str, float]:
    return {
        "start": float(values[0]) + 0.0,  # + 0.0: no minus before a zero
        "end": float(values[-1]) + 0.0,
        "lowest": float(values.min()) + 0.0,
        "highest": float(values.max()) + 0.0,
    }


def _largest(residuals: Array) -> float:
    return float(np.abs(residuals).max())


def _finite(value: float) -> float | None:
    return value if math.isfinite(value) else None
