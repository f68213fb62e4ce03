"""Events and phases: on paths made by hand, on the article's runs, and on the same runs with other data."""

from __future__ import annotations

import numpy as np
import pytest

from reluviz.analysis.events import lasting_changes, turns
from reluviz.analysis.phases import phases
from reluviz.analysis.smoothing import smooth, time_grid, window_means
from tests.analysis.runs import SEEDS, article, by_hand, on_other_data

T = np.arange(1001.0)


def test_smoothing_leaves_a_straight_path_alone():
    grid = time_grid(1000)
    means = window_means(np.arange(1001), 3.0 - 0.5 * T, grid)
    inside = grid <= 900
    assert means[inside] == pytest.approx(3.0 - 0.5 * grid[inside])
    # The window is cut at the end: the last mean is that of the last tenth.
    assert means[-1] == pytest.approx(3.0 - 0.5 * 950)


def test_smoothing_takes_noise_away_and_keeps_the_start():
    noise = np.random.RandomState(0).normal(size=1001)
    means = window_means(np.arange(1001), noise, time_grid(1000))
    assert means[:4] == pytest.approx(noise[:4], abs=0.2)
    assert np.abs(means[-20:]).max() < 0.35


def test_grids_of_long_and_short_runs_agree():
    short, long = time_grid(1000), time_grid(20_000)
    assert np.isin(short[:-1], long).all()
    assert short[0] == 0 and short[-1] == 1000


def test_lasting_changes_ignore_flicker():
    values = np.array([-5, -1, 1, -1, 1, 5, 5, 0, 5, -1, 5], dtype=float)
    assert lasting_changes(values, 2.0) == [(4, 1)]
    assert lasting_changes(-values, 2.0) == [(4, -1)]


def test_turns_need_prominence():
    path = np.array([0.0, 1.0, 0.9, 2.0, 0.0])
    assert turns(path, 0.5) == [(3, -1, 2.0)]
    assert [(k, way) for k, way, _ in turns(path, 0.05)] == [(1, -1), (2, 1), (3, -1)]


def test_events_of_a_path_made_by_hand():
    """One neuron goes left out of the range and back; another crosses it; a weight changes its sign."""
    first = 1.0 - 2.0 * np.sin(np.pi * T / 1000)
    second = np.full_like(T, 0.3)
    weight = 1.0 - T / 400
    found = phases(by_hand(np.stack((weight, np.ones_like(T)), 1), np.stack((first, second), 1)))
    turn = next(e for e in found.reversals if e.quantity == "origin")
    assert (turn.neuron, turn.toward) == (0, "right")
    assert turn.iteration == pytest.approx(500, rel=0.05)
    assert [(e.neuron, e.sign) for e in found.sign_changes] == [(0, -1)]
    assert found.sign_changes[0].iteration == 401
    ways = [(e.neuron, e.edge, e.inward, e.iteration) for e in found.passages]
    assert [w[:3] for w in ways] == [(0, "low", False), (0, "low", True)]
    assert ways[0][3] == pytest.approx(1000 / 6, rel=0.05)
    assert [(e.left, e.right) for e in found.crossings] == [(0, 1), (1, 0)]
    assert {*found.events} == {*found.reversals, *found.sign_changes, *found.passages, *found.crossings}
    assert len(found.events) == 6 and found.events == tuple(sorted(found.events, key=lambda one: one.iteration))


def test_a_run_without_updates_has_no_phases():
    found = phases(article("four-slopes"))
    assert found.phases == () and found.reversals == () and found.settling == 0


def test_phases_of_one_neuron_are_the_article_s():
    """Example 2: to iteration 16 right and then left; to about 316 right to 0.9; then slowly to the end."""
    run = article("one-neuron")
    found = phases(run)
    assert [p.first for p in found.phases] == pytest.approx([0, 16, 316], abs=40)
    turns_ = [e for e in found.reversals if e.quantity == "origin"]
    assert [(e.iteration, e.toward) for e in turns_] == [(4, "left"), (13, "right")]
    assert turns_[0].cause == "weight changed sign"
    assert found.sign_changes[0].iteration == 4 and found.sign_changes[0].sign == 1
    assert run.network_at(found.settling).origins[0] == pytest.approx(0.9, abs=0.02)
    assert [p.number for p in found.phases] == [1, 2, 3]
    assert found.phases[-1].last == run.last


def test_phases_of_two_neurons_are_the_article_s():
    """Example 3: both left; neuron 2 right and neuron 1 left; both to their places. Then they settle."""
    found = phases(article("two-neurons"))
    assert [p.directions for p in found.phases[:2]] == [("left", "left"), ("left", "right")]
    assert [p.opened_by for p in found.phases] == [
        "training begins",
        "neuron 2 turns right",
        "neuron 1 turns right",
        "the origins settle",
    ]
    peak = next(e for e in found.reversals if e.neuron == 0 and e.quantity == "origin")
    assert peak.value == pytest.approx(-1.25, abs=0.1)  # the article's b1 = 1.25
    peak = next(e for e in found.reversals if e.neuron == 1 and e.quantity == "origin")
    assert peak.value == pytest.approx(-0.14, abs=0.02)  # the article's b2 = 0.14


@pytest.mark.parametrize("seed", SEEDS)
def test_phases_hold_on_other_data(seed):
    one = phases(on_other_data("one-neuron", seed)).phases
    assert len(one) in (2, 3)
    assert one[-1].opened_by == "the origins settle" and 300 < one[-1].first < 420
    two = phases(on_other_data("two-neurons", seed)).phases
    assert [p.opened_by for p in two[:3]] == ["training begins", "neuron 2 turns right", "neuron 1 turns right"]
    assert 100 < two[1].first < 300 and 400 < two[2].first < 750
    assert two[-1].opened_by == "the origins settle" and 2000 < two[-1].first < 2800
    four = phases(on_other_data("merging-neurons", seed)).phases
    assert four[1].opened_by == "neuron 1 turns right" and 200 < four[1].first < 450
    assert four[2].opened_by == "neuron 3 turns left" and 900 < four[2].first < 1500


def test_smooth_path_is_near_the_run():
    run = article("merging-neurons")
    path = smooth(run)
    assert path.origins[0] == pytest.approx(run.start.origins)
    assert path.origins[-1] == pytest.approx(run.end.origins, abs=0.05)
