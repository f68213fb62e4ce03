"""Every optimiser and several batch sizes against PyTorch's own, from states that tools/torch_oracle.py wrote."""

from __future__ import annotations

import json
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest

from reluviz.core import Experiment, train
from reluviz.core.optimizer import OPTIMIZERS, Optimizer

FOUND = json.loads((Path(__file__).parents[2] / "data" / "torch_states.json").read_text(encoding="utf-8"))
BASE = Experiment.from_dict(FOUND["experiment"], name="torch", source="torch_states.json")


def states(experiment: Experiment, *updates: int) -> list[np.ndarray]:
    run = train(experiment)
    return [np.concatenate((run.weights[k], run.biases[k], [run.output_biases[k]])) for k in updates]


def test_all_optimisers_are_there() -> None:
    assert set(FOUND["states"]) == set(OPTIMIZERS) and FOUND["torch"]


@pytest.mark.parametrize("size", ["1", "7", "100"])
@pytest.mark.parametrize("name", OPTIMIZERS)
def test_states_are_those_of_torch(name: str, size: str) -> None:
    theirs = FOUND["states"][name][size]
    mine = states(replace(BASE, optimizer=Optimizer(name), batch_size=int(size)), 1, 2, 50, 2000)
    for updates, found in zip(("1", "2", "50", "2000"), mine, strict=True):
        bound = 1e-12 if int(updates) <= 50 else 1e-9
        np.testing.assert_allclose(found, theirs[updates], rtol=bound, atol=bound)


def gradient(experiment: Experiment, at: np.ndarray, samples: np.ndarray) -> np.ndarray:
    """Of the mean delta^2 over these samples, by central differences."""
    n, x, y = len(experiment.start), experiment.samples()[samples], experiment.targets()[samples]

    def error(parameters: np.ndarray) -> float:
        hidden = np.maximum(x[:, None] + parameters[n : 2 * n], 0.0)
        return float(np.mean((y - hidden @ parameters[:n] - parameters[-1]) ** 2))

    h = 1e-6
    return np.array([(error(at + h * e) - error(at - h * e)) / (2 * h) for e in np.eye(len(at))])


@pytest.mark.parametrize("batch", [1, 7, 100])
def test_the_first_steps_by_hand(batch: int) -> None:
    """Momentum's first step is the gradient's, its second that of 0.9 of it and the next; Nesterov looks one ahead;
    Adam's first moves each parameter by its rate, whatever the size of its gradient: the bias is corrected."""
    ways = {name: replace(BASE, optimizer=Optimizer(name), batch_size=batch, noise=0.1) for name in OPTIMIZERS}
    for name in ("momentum", "nesterov"):
        start, one, two = states(ways[name], 0, 1, 2)
        g1, g2 = (gradient(ways[name], at, ways[name].batch(k)) for k, at in enumerate((start, one)))
        v1, v2 = g1, 0.9 * g1 + g2
        first, second = (v1, v2) if name == "momentum" else (g1 + 0.9 * v1, g2 + 0.9 * v2)
        np.testing.assert_allclose(one - start, -0.003 * first, rtol=1e-6, atol=1e-10)
        np.testing.assert_allclose(two - one, -0.003 * second, rtol=1e-6, atol=1e-10)
    start, one, two = states(ways["adam"], 0, 1, 2)
    g1, g2 = (gradient(ways["adam"], at, ways["adam"].batch(k)) for k, at in enumerate((start, one)))
    felt = np.abs(g1) > 1e-4
    np.testing.assert_allclose((one - start)[felt], -0.003 * np.sign(g1[felt]), rtol=1e-3)
    assert not (one - start)[np.abs(g1) == 0.0].any()
    mean, square = (0.09 * g1 + 0.1 * g2) / 0.19, (0.000999 * g1**2 + 0.001 * g2**2) / 0.001999
    np.testing.assert_allclose(two - one, -0.003 * mean / (np.sqrt(square) + 1e-8), rtol=1e-5, atol=1e-9)


def test_a_sleeping_neuron_goes_on_under_momentum_alone() -> None:
    """The one sample lies left of its origin from the second update on."""
    asleep = replace(BASE.start, weights=np.array([2.0]), biases=np.array([-0.999]), output_bias=0.0)
    one = replace(
        BASE, start=asleep, points=((1.0, -9.0), (0.5, 0.0)), samples_count=2, iterations=4, learning_rate=0.1
    )
    plain, pushed = (train(replace(one, optimizer=Optimizer(name))).biases[:, 0] for name in ("sgd", "momentum"))
    assert plain[1] < -1.0 and (plain[1:] == plain[1]).all()
    assert (np.diff(pushed) < 0).all()
