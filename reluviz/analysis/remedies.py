"""What would have helped a run that ended badly: each remedy is trained, not guessed.

The article's remedies: starting origins spread over the data (its solution 1) and one more neuron (solution 2);
another step size, since the noise of single samples grows with it; and, where steps are others than the article's,
plain ones, or one for each sample. (Momentum is no remedy of its own: 0.9 acts as a step ten times as large.)
"""

from __future__ import annotations

from dataclasses import dataclass, replace

import numpy as np

from reluviz.core import Experiment, ReluNetwork, Trajectory, train
from reluviz.core.measure import diverged, rms_to_target
from reluviz.core.optimizer import Optimizer

SPREAD = 0.75
"""The part of the data's range that spread origins cover: one at its right edge would hardly get any samples."""

LONGER = 10
"""How many times as many updates a run is given that was stopped on its way."""

_FACTORS = (2.0, 4.0, 0.5, 0.25)
_GENTLER = (0.5, 0.25, 0.1, 0.05, 0.02)
_LONGEST = 500_000


@dataclass(frozen=True)
class Remedy:
    """A variant of an experiment, trained. kind: "longer", "spread", "neuron", "step", "plain" or "single".

    rms: the typical error over the data at its end, without their noise; infinite where it diverged.
    """

    kind: str
    experiment: Experiment
    rms: float


def remedies(trajectory: Trajectory, gentler: bool = False, longer: bool = False) -> tuple[Remedy, ...]:
    """The remedies for a run, each trained for as many iterations; of step sizes the one that ends best.

    gentler: smaller steps only, for a run that diverged. longer: ten times as many updates too, for a run that was on
    its way. None are tried for runs of more than 500,000 iterations.
    """
    experiment = trajectory.experiment
    if experiment.iterations > _LONGEST:
        return ()
    steps = [
        _tried("step", replace(experiment, learning_rate=factor * experiment.learning_rate))
        for factor in (_GENTLER if gentler else _FACTORS)
    ]
    best = min(steps, key=lambda remedy: remedy.rms)
    if gentler:
        return (best,)
    found = [_tried("neuron", one_more_neuron(experiment)), best]
    if len(experiment.start) > 1:
        found.insert(0, _tried("spread", spread_origins(experiment)))
    if longer:
        found.insert(0, _tried("longer", replace(experiment, iterations=LONGER * experiment.iterations)))
    if experiment.optimizer != Optimizer():
        found.append(_tried("plain", replace(experiment, optimizer=Optimizer())))
    if experiment.batch_size > 1:
        found.append(_tried("single", replace(experiment, batch_size=1)))
    return tuple(found)


def spread_origins(experiment: Experiment) -> Experiment:
    """`experiment` with its starting origins evenly over three quarters of the data's range, in their order."""
    start, width = experiment.start, experiment.high - experiment.low
    origins = np.empty(len(start))
    origins[np.argsort(start.origins, kind="stable")] = experiment.low + np.linspace(0.0, SPREAD * width, len(start))
    return replace(experiment, start=ReluNetwork(start.weights, -origins, start.output_bias))


def one_more_neuron(experiment: Experiment) -> Experiment:
    """`experiment` with another neuron in the middle of the widest stretch of the range without an origin.

    Its weight is the mean size of the others', with the sign of the first of them.
    """
    start = experiment.start
    inside = start.origins[(start.origins > experiment.low) & (start.origins < experiment.high)]
    edges = np.concatenate(([experiment.low], np.sort(inside), [experiment.high]))
    widest = int(np.diff(edges).argmax())
    weight = float(np.abs(start.weights).mean()) * (-1.0 if start.weights[0] < 0 else 1.0)
    origin = (edges[widest] + edges[widest + 1]) / 2
    weights, biases = np.append(start.weights, weight), np.append(start.biases, -origin)
    return replace(experiment, start=ReluNetwork(weights, biases, start.output_bias))


def _tried(kind: str, experiment: Experiment) -> Remedy:
    run = train(experiment)
    return Remedy(kind, experiment, float("inf") if diverged(run) else rms_to_target(run, run.last))
