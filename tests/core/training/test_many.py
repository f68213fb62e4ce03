"""Runs side by side against the same runs one by one: the same bits, whatever the order, the number of neurons, the
company a run is in, and the way it ends."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from reluviz.core import Experiment, ReluNetwork, train
from reluviz.core.optimizer import OPTIMIZERS, Optimizer
from reluviz.core.training.many import train_many

BASE = replace(Experiment.open("merging-neurons"), iterations=1_000, stop_below=None, samples_count=90)


def starts(runs, neurons, seed=5):
    rng = np.random.default_rng(seed)
    return rng.uniform(-0.3, 0.3, (runs, neurons)), rng.uniform(-4.5, 1.0, (runs, neurons))


def check(experiment, weights, biases, rates):
    """Trains both ways and compares every bit; returns the ends."""
    ends = train_many(experiment, weights, biases, rates)
    for k in range(len(weights)):
        start = ReluNetwork(weights[k], biases[k], experiment.start.output_bias)
        run = train(replace(experiment, start=start, learning_rate=float(rates[k])))
        assert ends.overflowed[k] == (run.overflowed_at is not None)
        assert ends.iterations[k] == (run.last if run.overflowed_at is None else run.overflowed_at)
        assert ends.weights[k].tobytes() == run.end.weights.tobytes()
        assert ends.biases[k].tobytes() == run.end.biases.tobytes()
        assert ends.output_biases[k] == run.end.output_bias
    return ends


WAYS = [
    {"batch_size": batch, "order": order, "optimizer": Optimizer(name), "noise": noise}
    for batch, order, name, noise in (
        (1, "cycle", "sgd", 0.0), (1, "shuffle", "sgd", 0.1), (90, "cycle", "sgd", 0.0), (90, "shuffle", "sgd", 0.1),
        (7, "cycle", "sgd", 0.1), (7, "shuffle", "sgd", 0.0), (1, "cycle", "momentum", 0.1),
        (1, "shuffle", "momentum", 0.0), (8, "cycle", "momentum", 0.0), (90, "cycle", "momentum", 0.1),
        (1, "cycle", "nesterov", 0.0), (11, "shuffle", "nesterov", 0.1), (1, "cycle", "adam", 0.0),
        (1, "shuffle", "adam", 0.1), (7, "shuffle", "adam", 0.0), (90, "cycle", "adam", 0.1),
    )
]  # fmt: skip


@pytest.mark.parametrize("with_c", [False, True])
@pytest.mark.parametrize("way", WAYS, ids=lambda way: f"{way['optimizer'].name}-{way['batch_size']}-{way['order']}")
@pytest.mark.parametrize("neurons", [4, 9])
def test_same_bits_as_one_by_one(neurons, way, with_c):
    experiment = replace(BASE, train_output_bias=with_c, iterations=700, **way)
    weights, biases = starts(5, neurons)
    rates = np.geomspace(0.001, 0.05, 5)
    ends = check(experiment, weights, biases, rates)
    assert len(np.unique(ends.weights[:, 0])) == 5


@pytest.mark.parametrize("way", WAYS, ids=lambda way: f"{way['optimizer'].name}-{way['batch_size']}-{way['order']}")
def test_runs_that_overflow_do_so_at_the_same_update_and_leave_the_others_alone(way):
    weights, biases = starts(12, 4)
    adam = way["optimizer"].name == "adam"  # its steps are as long as its rate: it leaves float64 by a single one
    rates = np.geomspace(0.01, 1e200 if adam else 5.0, 12)
    iterations = 600 if way["batch_size"] == 90 and way["order"] == "shuffle" else 3_000
    experiment = replace(BASE, train_output_bias=True, iterations=iterations, **way)
    ends = check(experiment, weights, biases, rates)
    assert 0 < ends.overflowed.sum() < 12
    assert np.isfinite(ends.weights).all()


@pytest.mark.parametrize("way", WAYS, ids=lambda way: f"{way['optimizer'].name}-{way['batch_size']}-{way['order']}")
def test_runs_that_fit_stop_after_the_same_epoch(way):
    weights, biases = starts(12, 4)
    batch = min(way["batch_size"], 40)
    experiment = replace(BASE, iterations=3_000, samples_count=40, **way | {"batch_size": batch})
    experiment = replace(experiment, stop_below=1.5 + way["noise"])
    ends = check(experiment, weights, biases, np.geomspace(0.0005, 0.05, 12))
    assert len(np.unique(ends.iterations)) > 2
    assert (ends.iterations < 3_000).any()


def test_a_run_is_the_same_in_any_company():
    """More than a tile of runs, most of which stop early, so that lanes are closed up on the way."""
    weights, biases = starts(300, 3)
    experiment = replace(BASE, stop_below=1.0, iterations=2_000, train_output_bias=True)
    rates = np.geomspace(0.0005, 3.0, 300)
    together = train_many(experiment, weights, biases, rates)
    assert together.overflowed.any() and (together.iterations < 2_000).any() and (together.iterations == 2_000).any()
    for few in (slice(0, 1), slice(7, 150), slice(140, 300)):
        apart = train_many(experiment, weights[few], biases[few], rates[few])
        assert apart.weights.tobytes() == together.weights[few].tobytes()
        assert apart.iterations.tolist() == together.iterations[few].tolist()


def test_looks_see_each_run_as_it_is_then():
    weights, biases = starts(3, 4)
    experiment = replace(BASE, stop_below=1.2, iterations=500, train_output_bias=True)
    rates = np.array([0.02, 0.0002, 500.0])
    seen = {}

    def look(iteration, abreast):
        for lane in np.argwhere(abreast.busy):
            run = int(abreast.runs[tuple(lane)])
            seen[run, iteration] = abreast.weights[lane[0], :, lane[1]].copy()

    ends = train_many(experiment, weights, biases, rates, (0, 100, 137, 450), look)
    for (run, iteration), found in seen.items():
        one = replace(experiment, start=ReluNetwork(weights[run], biases[run]), learning_rate=float(rates[run]))
        assert found.tobytes() == train(one).network_at(iteration).weights.tobytes(), (run, iteration)
    assert {t for run, t in seen if run == 0} == {0, *(t for t in (100, 137, 450) if t < ends.iterations[0]),
                                                  int(ends.iterations[0])}  # fmt: skip
    assert {t for run, t in seen if run == 1} == {0, 100, 137, 450}
    assert ends.overflowed[2] and {t for run, t in seen if run == 2} == {0}


@pytest.mark.parametrize("name", OPTIMIZERS)
def test_a_neuron_alone(name):
    weights, biases = starts(5, 1)
    check(replace(BASE, iterations=500, optimizer=Optimizer(name)), weights, biases, np.geomspace(0.001, 0.05, 5))


@settings(max_examples=25, deadline=None)
@given(
    st.sampled_from(WAYS), st.booleans(), st.integers(0, 10**6), st.floats(-30, 30), st.floats(-30, 30),
    st.floats(-30, 30), st.floats(-30, 30),
)  # fmt: skip
def test_both_trainers_say_the_same_of_numbers_of_any_size(way, with_c, seed, weights, biases, rates, target):
    """Up to what a description may hold: whatever one of them calls overflowed the other does, at the same update."""
    w, b = starts(3, 2, seed)
    network = ReluNetwork(BASE.target.weights * 10.0**target / 2, BASE.target.biases)
    experiment = replace(BASE, target=network, train_output_bias=with_c, iterations=100, **way)
    check(experiment, w / 0.3 * 10.0**weights, b / 4.5 * 10.0**biases, np.geomspace(0.1, 1.0, 3) * 10.0**rates)


def test_no_iterations_leave_the_start():
    weights, biases = starts(2, 4)
    ends = train_many(replace(BASE, iterations=0), weights, biases, np.full(2, 0.01))
    assert np.array_equal(ends.weights, weights) and not ends.iterations.any() and not ends.overflowed.any()
