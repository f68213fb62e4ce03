"""Merges and their drive: closed forms, states made by hand, the article's runs and the same with other data."""

from __future__ import annotations

import numpy as np
import pytest

from reluviz.analysis.merging import merging, standing
from reluviz.analysis.pushes import drive
from reluviz.core import ReluNetwork
from tests.analysis.runs import SEEDS, article, by_hand, on_other_data


def resting(weights, origins, target=None):
    """A run that stays where it is."""
    return by_hand(np.tile(weights, (50, 1)), np.tile(origins, (50, 1)), target)


def test_a_merged_pair_by_hand():
    found = merging(resting([1.0, 3.0, -2.0], [1.0, 1.08, 2.0]))
    assert len(found.merges) == 1
    merge = found.merges[0]
    assert merge.neurons == (0, 1) and merge.iteration == 0
    assert merge.weight == pytest.approx(4.0) and merge.origin == pytest.approx(1.06)
    assert merge.error == pytest.approx(0.75 * 0.08)
    assert len(found.reduced) == 2
    assert found.reduced_error == pytest.approx(0.75 * 0.08)
    assert found.merged(1, 0) is merge and found.merged(0, 2) is None


def test_what_is_no_merge():
    assert merging(resting([1.0, -3.0], [1.0, 1.0])).merges == ()  # opposite signs
    assert merging(resting([1.0, 3.0], [1.0, 1.2])).merges == ()  # 5 % of the range apart
    assert merging(resting([0.01, 3.0], [1.0, 1.0])).merges == ()  # an idle neuron


def test_neurons_left_of_the_data_are_merged_wherever_they_are():
    found = merging(resting([1.0, 1.0], [-5.0, -0.1]))
    assert found.merges[0].neurons == (0, 1) and found.merges[0].error == pytest.approx(0.0)
    assert found.standing == ("active on all", "active on all")


def test_three_in_one():
    found = merging(resting([1.0, 1.0, 1.0], [1.2, 1.0, 1.1]))
    assert found.merges[0].neurons == (1, 2, 0)  # in a chain, from left to right
    assert found.reduced.weights == pytest.approx([3.0])


def test_a_merge_counts_from_when_it_holds_to_the_end():
    distance = np.concatenate((np.zeros(200), np.ones(200), np.zeros(600)))
    run = by_hand(np.ones((1000, 2)), np.stack((1.0 - distance / 2, 1.0 + distance / 2), 1))
    # Smoothing reaches a tenth of the time elapsed: 400 / 0.9.
    assert merging(run).merges[0].iteration == pytest.approx(400 / 0.9, rel=0.03)


def test_standing():
    network = ReluNetwork([1.0, 1.0, 1.0, 0.001], [-5.0, 1.0, -2.0, -2.0])
    assert standing(network, 0.0, 4.0, 0.1) == ("dead", "active on all", "inside", "idle")


@pytest.mark.parametrize(("name", "pair"), [("merging-neurons", (0, 1)), ("five-neurons", (0, 1))])
def test_the_article_s_merges(name, pair):
    """Figures 6b and 8b: neurons 1 and 2 coalesce at 0; the combined slope of example 4 is 1.92."""
    run = article(name)
    found = merging(run)
    assert [m.neurons for m in found.merges] == [pair]
    merge = found.merges[0]
    assert merge.weight == pytest.approx(1.92, abs=0.12) and merge.origin == pytest.approx(0.0, abs=0.05)
    assert 1000 < merge.iteration < 6000
    x = run.experiment.samples()
    assert np.abs(found.reduced(x) - run.end(x)).max() <= found.reduced_error + 1e-12
    assert found.reduced_error < 0.03
    assert len(found.reduced) == run.neurons - 1


def test_solution_1_and_the_small_examples_do_not_merge():
    for name in ("one-neuron", "two-neurons", "spread-biases"):
        assert merging(article(name)).merges == ()


@pytest.mark.parametrize("seed", SEEDS)
def test_merges_hold_on_other_data(seed):
    for name in ("merging-neurons", "five-neurons"):
        found = merging(on_other_data(name, seed))
        assert [m.neurons for m in found.merges] == [(0, 1)]
        assert found.merges[0].error < 0.06
    assert merging(on_other_data("spread-biases", seed)).merges == ()


def test_only_samples_between_the_origins_change_their_normalised_distance():
    """The identity in drive's docstring, on every update of example 4 while both weights are not tiny."""
    run = article("merging-neurons")
    w, b = run.weights[:, :2], run.biases[:, :2]
    change = np.diff(b, axis=0) / w[:-1]
    distance = change[:, 0] - change[:, 1]
    x = run.inputs
    between = (x + b[:-1, 0] > 0) & (x + b[:-1, 1] <= 0)
    expected = 2 * run.experiment.learning_rate * run.residuals * between
    assert distance == pytest.approx(expected, abs=1e-12)


def test_the_drive_adds_up_to_the_motion():
    run = article("merging-neurons")
    edges = np.array([0, 1000, 5000, 20000])
    found = drive(run, 0, 1, edges)
    moved = -np.diff(run.biases[edges][:, :2], axis=0) / np.diff(edges)[:, None]
    assert found.total == pytest.approx(moved, abs=1e-12)
    assert found.total == pytest.approx(found.only_one + found.both, abs=1e-15)


def test_why_neurons_1_and_2_approach():
    """The article's account of example 4: samples left of neuron 2 push neuron 1 alone, and to the right;
    and what it leaves out: those right of both, above and below, nearly cancel, with a small rest to the left."""
    found = drive(article("merging-neurons"), 0, 1, [2000, 5000, 10000])
    assert (found.only_one[:, 0] > 0).all() and (found.only_one[:, 1] == 0).all()
    assert (found.both < 0).all()
    assert (found.total[:, 0] > 0).all() and (found.total[:, 1] < 0).all()
    below, above = found.pushes[:, 0, 1, 0], found.pushes[:, 0, 1, 1]
    assert (np.abs(below + above) < 0.2 * np.abs(above)).all()


def test_drive_refuses_edges_it_cannot_use():
    for edges in ([5, 5], [10, 5], [3], [0.2, 0.4]):
        with pytest.raises(ValueError, match="edges"):
            drive(article("one-neuron"), 0, 0, edges)
