"""Runs for the tests: the article's, the same on other data, and paths made by hand."""

from __future__ import annotations

from dataclasses import replace
from functools import cache

import numpy as np

from reluviz.core import Experiment, ReluNetwork, Trajectory, train

SEEDS = tuple(range(1, 21))


@cache
def article(name: str) -> Trajectory:
    return train(Experiment.from_library(name))


@cache
def on_other_data(name: str, seed: int) -> Trajectory:
    return train(replace(Experiment.from_library(name), seed=seed))


def by_hand(weights, origins, target: ReluNetwork | None = None, samples: int = 400) -> Trajectory:
    """A run with the given path, shapes (K + 1, n), on data in [0, 4]; its inputs and residuals are all one."""
    weights, origins = np.array(weights, dtype=float), np.array(origins, dtype=float)
    run = replace(
        Experiment.from_library("one-neuron"),
        name="by-hand",
        target=target or ReluNetwork([2.0], [-1.0]),
        start=ReluNetwork(weights[0], -origins[0]),
        samples_count=samples,
    )
    records = len(weights)
    return Trajectory(
        experiment=run,
        iterations=np.arange(records),
        weights=weights,
        biases=-origins,
        output_biases=np.zeros(records),
        inputs=np.ones(records - 1),
        residuals=np.ones(records - 1),
    )
