"""Verdicts: on states whose kind is known by hand, on the article's runs, and on example 4 with other data."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest

from reluviz.analysis import Verdict, analyse
from reluviz.analysis.optimum.descent import best_fit, flow, polish
from reluviz.analysis.optimum.landscape import split_test, survey
from reluviz.analysis.optimum.loss import UniformLoss, parameters
from reluviz.core import Experiment, ReluNetwork, train
from tests.analysis.runs import SEEDS, article, on_other_data

TWO_HILLS = ReluNetwork.through([[0, 0], [1, 2], [2, 0], [3, 0], [4, 3]])
CONVEX = ReluNetwork([1.0, 1.0], [-1.0, -3.0])


def test_global_optimum_by_hand():
    loss = UniformLoss(CONVEX, 0.0, 4.0)
    rest = survey(loss, parameters(CONVEX), 0.0)
    assert rest.verdict is Verdict.GLOBAL_OPTIMUM and len(rest.flat) == 0


def test_strict_local_optimum_by_hand():
    """One neuron and two hills: on the far one it meets it exactly and leaves the near one, of mean square 2/3,
    to itself. Lying nearly level under both is better, but every way there leads up first."""
    loss = UniformLoss(TWO_HILLS, 0.0, 4.0)
    far = np.array([3.0, -3.0])
    assert loss.value(far) == pytest.approx(2 / 3)
    level = polish(loss, np.array([0.3, 1.0]))
    assert loss.value(level) < loss.value(far) - 0.02
    rest = survey(loss, far, np.sqrt(loss.value(level)))
    assert rest.verdict is Verdict.STRICT_LOCAL_OPTIMUM
    assert rest.lowest_nearby > 0 and rest.eigenvalues[0] > 0 and rest.escape is None
    assert survey(loss, level, np.sqrt(loss.value(level))).verdict is Verdict.GLOBAL_OPTIMUM
    assert polish(loss, np.array([2.0, -2.8])) == pytest.approx(far, abs=1e-5)


def test_saddle_by_hand():
    """Two equal neurons in place of the best one, below a convex target: apart, they can follow its bends.

    Descent keeps equals equal, so this is where it ends from an equal start.
    """
    loss = UniformLoss(CONVEX, 0.0, 4.0)
    equal = polish(loss, np.array([0.5, 0.5, -1.5, -1.5]))
    assert equal[0] == pytest.approx(equal[1]) and equal[2] == pytest.approx(equal[3])
    rest = survey(loss, equal, 0.0)
    assert rest.verdict is Verdict.SADDLE
    down = equal + 0.01 * rest.escape
    assert loss.value(down) < loss.value(equal)
    assert np.sqrt(loss.value(polish(loss, down))) == pytest.approx(0.0, abs=1e-6)
    assert rest.escape[2] * rest.escape[3] < 0  # the way down pulls the origins apart
    assert split_test(loss, equal, 0, 1).outcome == "escape"


def test_valley_by_hand():
    """Two neurons left of the data in place of one: any shares of the line are as good."""
    target = ReluNetwork.through([[0, 0.5], [2, 2.5], [4, 2.5]])  # needs a bend that the pair cannot make
    loss = UniformLoss(target, 0.0, 4.0)
    state = polish(loss, np.array([0.5, 0.5, 3.0, 3.0]))
    assert (state[2:] > 0).all()
    rest = survey(loss, state, 0.0)
    assert rest.verdict is Verdict.DEGENERATE_VALLEY and len(rest.flat) == 2
    for way in rest.flat:
        assert loss.value(state + 0.01 * way) == pytest.approx(loss.value(state), abs=1e-7)


def test_still_moving_by_hand():
    loss = UniformLoss(CONVEX, 0.0, 4.0)
    assert survey(loss, np.array([0.5, 0.5, -1.5, -2.0]), 0.0).verdict is Verdict.STILL_MOVING


def test_dead_neurons_lie_in_a_valley():
    loss = UniformLoss(CONVEX, 0.0, 4.0)
    assert survey(loss, np.array([1.0, 1.0, -5.0, -6.0]), 0.0).verdict is Verdict.DEGENERATE_VALLEY


@pytest.mark.parametrize(("level", "outcome"), [(-0.5, "escape"), (0.5, "stable")])
@pytest.mark.parametrize(("w1", "w2"), [(1.0, 1.0), (0.3, 1.1)])
def test_the_sign_test_agrees_with_the_loss(level, outcome, w1, w2):
    """A pair at 2 whose graph lies `level` above the target there: split it, and see whether the loss falls."""
    loss = UniformLoss(ReluNetwork([1.0], [-2.5]), 0.0, 4.0, output_bias=level)
    state = np.array([w1, w2, -2.0, -2.0])
    test = split_test(loss, state, 0, 1)
    assert test.outcome == outcome and test.residual == pytest.approx(-level)
    way = np.array([0.0, 0.0, w2, -w1]) / np.hypot(w1, w2)
    step = 1e-3
    values = [loss.value(state + s * way) for s in (-step, 0.0, step)]
    assert test.curvature == pytest.approx((values[0] - 2 * values[1] + values[2]) / step**2, rel=1e-2)
    assert test.curvature * level > 0
    assert test.curvature == pytest.approx(2 * level / 4 * w1 * w2 * (w1 + w2) / (w1**2 + w2**2))


def test_flow_does_not_leap():
    """It stays on its side of the ridge and comes to rest in the local optimum, though there is a better one."""
    loss = UniformLoss(TWO_HILLS, 0.0, 4.0)
    assert flow(loss, np.array([1.5, -2.7]))[-1] == pytest.approx(np.array([3.0, -3.0]), abs=1e-3)


def test_best_fit():
    loss = UniformLoss.of(article("merging-neurons"))
    assert best_fit(loss, 4, False).rms == best_fit(loss, 6, False).rms == 0.0
    assert best_fit(loss, 0, False).rms == pytest.approx(np.sqrt(loss.value(np.zeros(0))))
    # What scipy's differential_evolution over the three origins finds, the best weights for them by lstsq.
    assert best_fit(loss, 3, False).rms == pytest.approx(0.0937164, abs=1e-6)


def test_example_4_is_a_valley_and_no_point():
    """The article's "local optimum" holds: nothing nearby is lower. But it is a valley floor, with a way out."""
    found = analyse(article("merging-neurons")).optimum
    assert found.verdict is Verdict.DEGENERATE_VALLEY
    assert found.rest.lowest_nearby >= 0 and len(found.rest.flat) == 2
    assert found.rms_end == pytest.approx(0.128, abs=0.001)
    # It is exactly the best that three neurons can do, though four could do without any error.
    assert found.rms_polished == pytest.approx(found.yardsticks.fewer.rms, abs=1e-6)
    assert found.yardsticks.same.rms == 0.0
    assert found.rms_polished_on_data == pytest.approx(found.rms_polished, rel=0.05)
    assert found.splits[0].neurons == (0, 1) and found.splits[0].outcome == "free"
    assert found.splits[0].weight * found.splits[0].residual < 0  # at the edge of the data splitting would cost
    assert found.exit is not None and found.exit.rms < 1e-6
    assert found.fits_from is None and found.reaches_basin is None


def test_the_way_out_is_level():
    """Giving all the weight of the merged pair to one neuron, and leading the other about, costs nothing."""
    found = analyse(article("merging-neurons")).optimum
    loss = UniformLoss.of(article("merging-neurons"))
    floor = parameters(found.polished)
    w1, w2, b1, b2 = floor[[0, 1, 4, 5]]
    for part in np.linspace(0.0, 1.0, 11):
        state = floor.copy()
        state[1] = (1 - part) * w2
        state[0] = w1 + part * w2
        state[4] = (w1 * b1 + w2 * b2 - state[1] * b2) / state[0]
        assert loss.value(state) == pytest.approx(loss.value(floor), abs=1e-8)
    for b2 in np.linspace(0.0, -found.exit.origin, 11):
        state[5] = b2
        assert loss.value(state) == pytest.approx(loss.value(floor), abs=1e-8)


def test_a_million_iterations_do_not_leave_the_valley():
    longer = train(replace(article("merging-neurons").experiment, iterations=1_000_000))
    state = polish(UniformLoss.of(longer), parameters(longer.end))
    assert np.sqrt(UniformLoss.of(longer).value(state)) == pytest.approx(0.0937164, abs=1e-6)


@pytest.mark.parametrize("name", ["one-neuron", "two-neurons", "spread-biases", "five-neurons"])
def test_the_others_reach_the_global_optimum(name):
    found = analyse(article(name)).optimum
    assert found.verdict is Verdict.GLOBAL_OPTIMUM
    assert found.rms_polished < 1e-6 and found.rms_polished_on_data < 1e-6
    assert found.reaches_basin == 0
    assert found.fits_from is not None


def test_since_when_a_run_is_in_the_basin():
    """Example 4 at a learning rate of 0.03: its start lies in the trap's basin, and noise carries it across."""
    run = train(replace(article("merging-neurons").experiment, learning_rate=0.03))
    found = analyse(run).optimum
    assert found.verdict is Verdict.GLOBAL_OPTIMUM and found.reaches_basin is not None
    assert 0 < found.reaches_basin < run.last
    loss = UniformLoss.of(run)
    errors = [
        np.sqrt(loss.value(polish(loss, parameters(run.network_at(at))))) for at in (0, found.reaches_basin)
    ]
    assert errors == pytest.approx([0.0937164, 0.0], abs=1e-5)


@pytest.mark.parametrize("seed", SEEDS)
def test_example_4_on_other_data(seed):
    run = on_other_data("merging-neurons", seed)
    loss = UniformLoss.of(run)
    rest = survey(loss, polish(loss, parameters(run.end)), 0.0)
    assert rest.verdict is Verdict.DEGENERATE_VALLEY and len(rest.flat) >= 1


def test_an_output_bias_that_is_trained_is_polished_too():
    experiment = replace(Experiment.from_library("two-neurons"), train_output_bias=True)
    found = analyse(train(experiment)).optimum
    assert found.verdict is Verdict.GLOBAL_OPTIMUM and len(found.rest.eigenvalues) == 5
    assert found.rms_polished < 1e-6 and found.polished.output_bias == pytest.approx(0.0, abs=1e-4)


def test_a_run_that_overflowed_has_no_place_of_rest():
    run = article("two-neurons")
    with pytest.raises(ValueError, match="overflowed"):
        _ = analyse(replace(run, overflowed_at=run.last)).optimum
