"""The level ways around a merged pair, against the definition of the loss and the target at their end."""

from __future__ import annotations

import numpy as np
import pytest

from reluviz.analysis import analyse
from reluviz.analysis.optimum.valley import crossroads
from reluviz.core import ReluNetwork
from tests.analysis.runs import article


@pytest.fixture(scope="module")
def roads():
    run = article("merging-neurons")
    return crossroads(run, analyse(run).optimum)


def rms_on_a_grid(state, target: ReluNetwork) -> float:
    x = np.linspace(0.0, 4.0, 40_001)
    w, b = np.split(state, 2)
    network = (w[:, None] * np.maximum(x + b[:, None], 0.0)).sum(axis=0)
    return float(np.sqrt(np.mean((target(x) - network) ** 2)))


def test_trading_slope_and_moving_the_idle_neuron_cost_nothing(roads):
    target = article("merging-neurons").target
    level = np.concatenate(
        (roads.states(np.linspace(-0.5, 2.0, 6), roads.origin), roads.states(0.0, np.linspace(-0.5, 4.0, 6)))
    )
    expected = rms_on_a_grid(roads.crossing, target)
    assert [rms_on_a_grid(state, target) for state in level] == pytest.approx([expected] * 12, abs=1e-6)
    assert roads.rms(level) == pytest.approx(expected, abs=1e-5)


def test_freed_neuron_has_the_weight_and_origin_asked_for(roads):
    state = roads.states(0.3, 1.7)[0]
    n = len(state) // 2
    assert (state[roads.freed], -state[n + roads.freed]) == pytest.approx((0.3, 1.7))
    assert state[roads.freed] + state[roads.keeps] == pytest.approx(roads.crossing[roads.keeps])


def test_edges_of_a_level_have_just_that_error(roads):
    target = article("merging-neurons").target
    origins = np.array([-0.4, 0.3, 1.5, 3.0])
    for edge in roads.within(0.3, origins):
        errors = [rms_on_a_grid(roads.states(w, o)[0], target) for w, o in zip(edge, origins, strict=True)]
        assert errors == pytest.approx([0.3] * 4, abs=1e-4)
    low, high = roads.within(0.3, np.array([roads.origin]))
    assert np.isinf(low).all() and np.isinf(high).all()


def test_way_down_falls_all_the_way_to_the_target(roads):
    path = roads.descent(60)
    errors = roads.rms(path)
    assert errors[0] == pytest.approx(roads.rms(roads.crossing[None])[0])
    assert (np.diff(errors) < 0).all() and errors[-1] < 1e-4
    steps = np.linalg.norm(np.diff(path, axis=0), axis=1)
    assert steps.max() < 1.5 * steps.mean()
    order = np.argsort(-path[-1][4:])
    assert path[-1][:4][order] == pytest.approx([2, -1, -2, -1], abs=1e-3)


def test_run_without_a_merge_has_no_crossroads():
    run = article("spread-biases")
    with pytest.raises(ValueError, match="no merged pair"):
        crossroads(run, analyse(run).optimum)
