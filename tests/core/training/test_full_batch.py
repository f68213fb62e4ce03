"""Full-batch steps and targets by name, against plain NumPy and closed forms."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest

from reluviz.core import Experiment, ExperimentError, train
from reluviz.core.summary import outcome
from reluviz.core.targets import SHAPES, shape

BASE = replace(Experiment.open("merging-neurons"), stop_below=None)
BASE = replace(BASE, batch_size=BASE.samples_count)


def plain(experiment):
    """The same steps by NumPy's means over the data: w, b, c after each update."""
    x = experiment.samples()
    w, b, c = experiment.start.weights.copy(), experiment.start.biases.copy(), experiment.start.output_bias
    states, means = [(w, b, c)], []
    for _ in range(experiment.iterations):
        hidden = np.maximum(x[:, None] + b, 0.0)
        delta = experiment.target(x) - hidden @ w - c
        step = 2 * experiment.learning_rate
        means.append(delta.mean())
        w, b = (
            w + step * (delta[:, None] * hidden).mean(axis=0),
            b + step * w * (delta[:, None] * (x[:, None] + b > 0)).mean(axis=0),
        )
        c += step * delta.mean() if experiment.train_output_bias else 0.0
        states.append((w, b, c))
    return states, means


@pytest.mark.parametrize("with_c", [False, True])
def test_steps_are_those_of_the_mean_gradient(with_c):
    experiment = replace(BASE, iterations=250, train_output_bias=with_c)
    run = train(experiment)
    states, means = plain(experiment)
    assert run.last == 250
    np.testing.assert_allclose(run.weights, [w for w, _, _ in states], rtol=1e-9, atol=1e-12)
    np.testing.assert_allclose(run.biases, [b for _, b, _ in states], rtol=1e-9, atol=1e-12)
    np.testing.assert_allclose(run.output_biases, [c for _, _, c in states], rtol=1e-9, atol=1e-12)
    np.testing.assert_allclose(run.residuals, means, rtol=1e-9, atol=1e-12)
    np.testing.assert_allclose(run.inputs, experiment.samples().mean(), rtol=1e-12)


def test_the_error_falls_with_every_small_step():
    experiment = replace(BASE, iterations=300, learning_rate=0.003)
    run, x = train(experiment), experiment.samples()
    errors = [np.mean((run.target(x) - run.network_at(t)(x)) ** 2) for t in range(301)]
    assert np.all(np.diff(errors) < 0)


def test_it_stops_where_it_should_and_diverges_where_it_must():
    one = replace(Experiment.open("one-neuron"), batch_size=400, iterations=30_000, stop_below=0.1)
    run, x = train(one), one.samples()
    assert run.last < 30_000
    assert np.abs(run.target(x) - run.end(x)).max() < 0.1
    assert np.abs(run.target(x) - run.network_at(run.last - 1)(x)).max() >= 0.1
    assert outcome(run) == "converged"
    wild = train(replace(BASE, learning_rate=50.0, train_output_bias=True))
    assert wild.overflowed_at == wild.last > 0 and outcome(wild) == "overflowed"
    assert abs(wild.end.output_bias) > 1e303, "an update takes it to -99 times itself, and a sum of 400 leaves float64"


@pytest.mark.parametrize("name", SHAPES)
@pytest.mark.parametrize(("low", "high"), [(0, 4), (-3, 1)])
def test_shapes_fit_the_range(name, low, high):
    x = np.linspace(low, high, 401)
    part = (x - low) / (high - low)
    unit = (high - low) / 4
    closed = {
        "abs": np.abs(part - 0.5) * 2,
        "tent": 1 - np.abs(part - 0.5) * 2,
        "sine": np.sin(2 * np.pi * part),
        "staircase": np.clip((part - 0.2) * 10, 0, 1) + np.clip((part - 0.5) * 10, 0, 1)
        + np.clip((part - 0.8) * 10, 0, 1),
    }  # fmt: skip
    away = {"sine": 1 - np.cos(np.pi / 12)}.get(name, 1e-9)  # a chord's distance from its arc
    assert np.abs(shape(name, low, high)(x) / unit - closed[name]).max() <= away + 1e-9


def described(target):
    return {
        "title": "Mine", "learning_rate": 0.01, "iterations": 10, "target": target,
        "start": {"weights": [0.1], "biases": [0]}, "data": {"low": -1, "high": 1, "samples": 5, "seed": 0},
    }  # fmt: skip


def test_a_shape_is_read_for_the_data_s_range():
    experiment = Experiment.from_dict(described({"shape": "tent"}), name="mine", source="mine.toml")
    np.testing.assert_allclose(experiment.target([-1, 0, 1]), [0, 0.5, 0], atol=1e-12)


@pytest.mark.parametrize(
    ("target", "message"),
    [
        ({"shape": "cube"}, 'target.shape: \'cube\' does not fit; expected "abs" or "tent" or "staircase" or "sine"'),
        ({"shape": "abs", "weights": [1]}, "target.weights: given beside shape; expected either a shape or the "
         "target's own numbers"),
    ],
)  # fmt: skip
def test_mistakes_in_shapes(target, message):
    with pytest.raises(ExperimentError) as caught:
        Experiment.from_dict(described(target), name="mine", source="mine.toml")
    assert str(caught.value) == f"mine.toml: {message}"


def test_a_run_of_batches_that_reached_its_bound_has_converged():
    """Where all data are a batch an epoch is one update: looked at after each, at whatever iteration it comes."""
    one = replace(Experiment.open("one-neuron"), batch_size=400, iterations=30_000, stop_below=0.1)
    run = train(one)
    assert run.last % 400 and outcome(run) == "converged"
    assert outcome(train(replace(one, iterations=run.last - 1))) == "out of iterations"
    some = train(replace(one, batch_size=30))
    assert some.last % 14 == 0 and outcome(some) == "converged"
