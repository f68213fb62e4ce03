"""The update rule against an independent oracle, finite differences and symmetries; its limits."""

import subprocess
import sys
import tracemalloc
from dataclasses import replace

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from reluviz.core import Experiment, ReluNetwork, library_names, train
from reluviz.core.optimizer import Optimizer
from reluviz.core.trajectory import DENSE_UP_TO, recorded_iterations
from tests.core.oracle import plain_run

ONE = Experiment.open("one-neuron")
FOUR = Experiment.open("merging-neurons")


WAYS = [(1, "momentum"), (1, "nesterov"), (1, "adam"), (7, "sgd"), (7, "momentum"), (64, "nesterov"), (7, "adam"),
        (400, "sgd"), (400, "adam")]  # fmt: skip


@pytest.mark.parametrize("train_output_bias", [False, True])
@pytest.mark.parametrize(("batch", "optimizer"), WAYS)
@pytest.mark.parametrize("order", ["cycle", "shuffle"])
def test_bit_equal_to_the_update_rule(batch: int, optimizer: str, order: str, train_output_bias: bool) -> None:
    """Batches, the last of an epoch shorter, and optimisers, against docs/update-rule.md in plain Python."""
    way = replace(FOUR, batch_size=batch, optimizer=Optimizer(optimizer), order=order, noise=0.05, iterations=150)
    run = train(replace(way, stop_below=None, train_output_bias=train_output_bias, learning_rate=0.003))
    expected = plain_run(run.experiment, 150)
    assert run.last == 150
    assert run.weights.tolist() == [weights for weights, _, _ in expected]
    assert run.biases.tolist() == [biases for _, biases, _ in expected]
    assert run.output_biases.tolist() == [output_bias for _, _, output_bias in expected]
    x, delta = FOUR.samples(), run.experiment.targets()
    for k in (0, 1, 57, 58, 149):
        piece = run.experiment.batch(k)
        assert run.inputs[k] == pytest.approx(x[piece].mean(), rel=1e-12)
        assert run.residuals[k] == pytest.approx((delta - run.network_at(k)(x))[piece].mean(), rel=1e-9, abs=1e-12)


@pytest.mark.parametrize(("batch", "optimizer"), [(1, "sgd"), *WAYS])
@pytest.mark.parametrize("rate", [0.6, 3.0, 1e155, 1e305])
def test_it_overflows_where_the_update_rule_does(batch: int, optimizer: str, rate: float) -> None:
    way = replace(FOUR, batch_size=batch, optimizer=Optimizer(optimizer), train_output_bias=True, learning_rate=rate)
    run = train(replace(way, iterations=2_000, stop_below=None))
    expected = plain_run(run.experiment, 2_000)
    assert run.last == len(expected) - 1 and (run.overflowed_at is None) == (run.last == 2_000)
    assert run.weights[-1].tolist() == expected[-1][0] and run.biases[-1].tolist() == expected[-1][1]


@pytest.mark.parametrize("name", library_names())
@pytest.mark.parametrize("train_output_bias", [False, True])
def test_bit_equal_to_the_equations(name: str, train_output_bias: bool) -> None:
    experiment = Experiment.open(name)
    iterations = min(experiment.iterations, 2500)
    experiment = replace(experiment, iterations=iterations, stop_below=None, train_output_bias=train_output_bias)
    run, expected = train(experiment), plain_run(experiment, iterations)
    assert run.is_dense and run.last == iterations
    assert run.weights.tolist() == [weights for weights, _, _ in expected]
    assert run.biases.tolist() == [biases for _, biases, _ in expected]
    assert run.output_biases.tolist() == [output_bias for _, _, output_bias in expected]


def test_what_is_recorded_with_each_update() -> None:
    """Record k's input is the k-th sample of the cycle, its residual ref(x) - NN(x) of the state before it."""
    run = train(replace(FOUR, iterations=900, stop_below=None))
    assert run.inputs.tolist() == [FOUR.samples()[k % 400] for k in range(900)]
    for k in (0, 1, 399, 400, 899):
        assert run.residuals[k] == run.target(run.inputs[k]) - run.network_at(k)(run.inputs[k])


@settings(max_examples=60, deadline=None)
@given(
    st.lists(st.tuples(st.floats(-3, 3), st.floats(-3, 3)), min_size=1, max_size=5),
    st.integers(0, 2**32 - 1),
    st.booleans(),
)
def test_an_update_is_minus_the_gradient(neurons: list[tuple[float, float]], seed: int, output_bias: bool) -> None:
    """One update moves every parameter by -lr * d(delta^2)/dp, by central differences of delta^2 = (ref - NN)^2."""
    start = ReluNetwork(np.array([w for w, _ in neurons]), np.array([b for _, b in neurons]), 0.25)
    experiment = replace(
        FOUR, start=start, seed=seed, iterations=1, stop_below=None, train_output_bias=output_bias, learning_rate=0.01
    )
    x = experiment.samples()[0]
    h = 1e-6
    if np.abs(x + start.biases).min() < 2 * h:
        return  # on a kink the error has no derivative

    def error(parameters: np.ndarray) -> float:
        n = len(start)
        network = ReluNetwork(parameters[:n], parameters[n : 2 * n], parameters[-1])
        return float(experiment.target(x) - network(x)) ** 2

    at = np.concatenate((start.weights, start.biases, [start.output_bias]))
    gradient = np.array([(error(at + h * e) - error(at - h * e)) / (2 * h) for e in np.eye(len(at))])
    if not output_bias:
        gradient[-1] = 0.0
    end = train(experiment).end
    moved = np.concatenate((end.weights, end.biases, [end.output_bias])) - at
    np.testing.assert_allclose(moved, -0.01 * gradient, rtol=1e-5, atol=1e-8)


def test_permuting_neurons_permutes_the_trajectory() -> None:
    """The sum over neurons may round differently in another order, so equal to a few units in the last place."""
    order = np.array([2, 0, 3, 1])
    permuted = replace(FOUR, start=ReluNetwork(FOUR.start.weights[order], FOUR.start.biases[order]), iterations=2000)
    run, other = train(replace(FOUR, iterations=2000)), train(permuted)
    np.testing.assert_allclose(other.weights, run.weights[:, order], rtol=0, atol=1e-10)
    np.testing.assert_allclose(other.biases, run.biases[:, order], rtol=0, atol=1e-10)


def test_permuting_two_neurons_changes_no_bit() -> None:
    """Of two terms the sum is the same in either order."""
    two = Experiment.open("two-neurons")
    run = train(two)
    other = train(replace(two, start=ReluNetwork(two.start.weights[::-1], two.start.biases[::-1])))
    assert np.array_equal(other.weights, run.weights[:, ::-1]) and np.array_equal(other.biases, run.biases[:, ::-1])


def test_a_solved_target_stays_solved() -> None:
    run = train(replace(FOUR, start=FOUR.target, iterations=1000, stop_below=None))
    assert run.end == FOUR.target and not run.residuals.any()


def test_same_bits_again_and_in_a_fresh_process() -> None:
    names = ("merging-neurons", "five-neurons")
    script = f"from reluviz.core import *; print(*(train(Experiment.open(n)).digest() for n in {names}))"
    fresh = subprocess.run([sys.executable, "-c", script], capture_output=True, text=True, check=True).stdout.split()
    assert fresh == [train(Experiment.open(n)).digest() for n in names]
    assert fresh == [train(Experiment.open(n)).digest() for n in names]


def test_stops_after_the_epoch_that_gets_there() -> None:
    run = train(ONE)
    x = ONE.samples()

    def largest(iteration: int) -> float:
        return float(np.abs(run.target(x) - run.network_at(iteration)(x)).max())

    assert run.last == 800 and largest(800) < 0.1 <= largest(400)
    assert train(replace(ONE, stop_below=None, iterations=1234)).last == 1234
    assert train(replace(ONE, iterations=799)).last == 799  # looked at after whole epochs only


def test_shuffled_epochs_take_every_sample_once() -> None:
    shuffled = replace(ONE, order="shuffle", iterations=1200, stop_below=None)
    first, second, third = train(shuffled).inputs.reshape(3, 400)
    for epoch in (first, second, third):
        assert sorted(epoch) == sorted(ONE.samples())
    assert not np.array_equal(first, second) and not np.array_equal(first, ONE.samples())
    assert train(shuffled).digest() == train(shuffled).digest()


def test_nothing_to_train() -> None:
    run = train(Experiment.open("four-slopes"))
    assert run.last == 0 and run.weights.shape == (1, 4) and run.inputs.shape == (0,)
    assert run.start == run.end == run.target


def diverging(factor: float, iterations: int) -> Experiment:
    """A neuron that never acts and a target of 0: each update turns the output bias c, from 1, into -factor * c."""
    idle = ReluNetwork(np.zeros(1), np.array([-5.0]))
    base = replace(ONE, target=idle, start=replace(idle, output_bias=1.0), stop_below=None, train_output_bias=True)
    return replace(base, learning_rate=(1.0 + factor) / 2.0, iterations=iterations)


def test_divergence_in_a_dense_run() -> None:
    """From 1 by doubling, 2^1023 is the last power of two in float64."""
    run = train(diverging(2.0, 3000))
    assert run.overflowed_at == run.last == 1023 and run.is_dense
    assert run.end.output_bias == -(2.0**1023)
    assert run.output_biases.tolist() == [(-2.0) ** k for k in range(1024)]
    assert run.residuals.tolist() == [-((-2.0) ** k) for k in range(1023)]


def test_divergence_at_the_first_update() -> None:
    run = train(replace(diverging(2.0, 10), start=ReluNetwork(np.zeros(1), np.zeros(1), 1e308)))
    assert (run.overflowed_at, run.last, len(run.inputs)) == (0, 0, 0)
    assert run.end.output_bias == 1e308


@pytest.mark.parametrize("denominator", [500, 512, 530])
def test_divergence_after_thinning_began(denominator: int) -> None:
    factor = 1.0 + 1.0 / denominator
    run = train(diverging(factor, 400_000))
    last_safe = np.finfo(float).max / (1.0 + factor)  # beyond it the step (1 + factor) * c overflows
    assert run.overflowed_at == pytest.approx(np.log(last_safe) / np.log(factor), abs=1.5)
    assert 0 <= run.overflowed_at - run.last < 3 and not run.is_dense, "every third is kept"
    assert len(run.inputs) == len(run.iterations) - 1


@pytest.mark.parametrize("iterations", [0, 1, 399, DENSE_UP_TO])
def test_short_runs_are_dense(iterations: int) -> None:
    assert recorded_iterations(iterations).tolist() == list(range(iterations + 1))


@given(st.integers(DENSE_UP_TO + 1, 10**9))
@settings(max_examples=25, deadline=None)
def test_long_runs_are_thinned_in_bounded_memory(iterations: int) -> None:
    kept = recorded_iterations(iterations)
    assert DENSE_UP_TO // 2 < len(kept) <= DENSE_UP_TO + 1
    assert kept[: DENSE_UP_TO // 2].tolist() == list(range(DENSE_UP_TO // 2))
    assert kept[-1] == iterations and (np.diff(kept) > 0).all()
    steps = np.diff(kept[DENSE_UP_TO // 2 : -1])
    assert len(np.unique(steps)) <= 1


def test_two_million_iterations() -> None:
    """Memory stays that of a dense run of 200,000; what is kept equals what a dense run keeps."""
    long = replace(FOUR, iterations=2_000_000, stop_below=None)
    train(ONE)  # compiled code out of the way
    tracemalloc.start()
    run = train(long)
    peak = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    bytes_a_record = 8 * (4 + 4 + 1 + 1 + 1 + 1)
    assert peak < 1.5 * DENSE_UP_TO * bytes_a_record
    assert run.last == 2_000_000 and not run.is_dense and len(run.iterations) <= DENSE_UP_TO + 1
    dense = train(replace(long, iterations=150_000))
    assert dense.is_dense
    same = run.iterations[run.iterations <= 150_000]
    assert len(same) > DENSE_UP_TO // 2 + 100
    assert np.array_equal(run.weights[: len(same)], dense.weights[same])
    assert run.network_at(140_001) == dense.network_at(int(run.iterations[run.record_at(140_001)]))


def test_progress_is_told_about_a_hundred_times() -> None:
    told: list[int] = []
    train(replace(ONE, iterations=400_000, stop_below=None), told.append)
    assert told == sorted(told) and 50 <= len(told) <= 250 and told[-1] == 400_000
