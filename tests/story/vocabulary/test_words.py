"""The vocabulary. Oracles: the article's numbers for example 2, and sums done here straight from the arrays."""

import inspect
from dataclasses import replace
from functools import cache

import numpy as np
import pytest

from reluviz.core import Experiment, train
from reluviz.story.expressions import ExpressionError, Expressions, NoEvent
from reluviz.story.vocabulary.facts import GROUPS, Facts
from reluviz.story.vocabulary.words import words_of


@cache
def facts(name: str = "one-neuron") -> Facts:
    return Facts(train(Experiment.from_library(name)))


def test_the_experiment_is_told_as_it_is_set_up():
    run = facts()
    assert (run.neurons, run.target_neurons, run.end, run.samples) == (1, 1, 800, 400)
    assert (run.low, run.high, run.learning_rate) == (0.0, 4.0, 0.01)
    assert (run.target_w(1), run.target_origin(1)) == (2.0, 1.0)
    assert [run.target(x) for x in (0.5, 1.0, 3.0)] == [0.0, 0.0, 4.0]
    assert [run.target_slope(x) for x in (0.5, 1.0, 3.0)] == [0.0, 2.0, 2.0]


def test_example_2_has_the_articles_iterations():
    """The article: w from -0.6 to 0 in 4 iterations, to 1 in 12 more, to 1.84 in about 300 more."""
    run = facts()
    assert run.w(1, 0) == -0.6 and run.b(1, 0) == 0
    assert run.crosses(1, "weight", 0) == 4
    assert run.crosses(1, "weight", 1.0) == 16
    assert run.crosses(1, "weight", 1.84) == 316
    assert run.w(1) == pytest.approx(2.0, abs=0.01) and run.origin(1) == pytest.approx(1.0, abs=0.01)


def test_the_graph_is_the_sum_of_its_neurons():
    run, at = facts("merging-neurons"), 5000
    for x in (0.3, 1.7, 3.9):
        value = sum(run.w(i, at) * max(x - run.origin(i, at), 0.0) for i in range(1, 5))
        slope = sum(run.w(i, at) for i in range(1, 5) if run.origin(i, at) <= x)
        assert run.value(x, at) == pytest.approx(value) and run.slope(x, at) == pytest.approx(slope)
        assert run.gap(x, at) == pytest.approx(run.target(x) - value)
    assert run.distance(1, 2, at) == pytest.approx(run.b(1, at) - run.b(2, at))


def test_gaps_over_the_data():
    """Before training neural(x) = -0.6 x and the target is 2 relu(x - 1): all can be written down."""
    run = facts()
    x = np.random.RandomState(1952).uniform(0, 4, 400)
    gaps = 2 * np.maximum(x - 1, 0) + 0.6 * x
    assert run.rms(0) == pytest.approx(np.sqrt((gaps**2).mean()))
    assert run.largest_gap(0) == pytest.approx(gaps.max())
    assert run.smallest_gap(0) == pytest.approx(gaps.min())
    assert run.mean_gap(0, 1, 2) == pytest.approx(gaps[(x >= 1) & (x <= 2)].mean())
    with pytest.raises(ValueError):
        run.mean_gap(0, 2.0, 2.0)


def test_single_updates_follow_equations_1_and_2():
    run = facts()
    for at in (0, 3, 6, 500):
        x, delta = run.sample(at), run.delta(at)
        assert run.active(1, at) == (x + run.b(1, at) > 0)
        grown = 2 * 0.01 * delta * max(x + run.b(1, at), 0)
        assert run.w(1, at + 1) - run.w(1, at) == pytest.approx(grown, abs=1e-12)


def test_extremes_and_their_times():
    run, biases = facts("two-neurons"), facts("two-neurons").trajectory.biases
    assert run.highest(1, "bias") == biases[:, 0].max() == pytest.approx(1.219, abs=1e-3)
    assert run.b(1, run.highest_at(1, "bias")) == run.highest(1, "bias")
    assert run.lowest(2, "origin") == -biases[:, 1].max()
    assert run.lowest(2, "bias", 100, 200) == biases[100:201, 1].min()
    with pytest.raises(ValueError):
        run.lowest(1, "bias", 200, 100)


def test_crossings_of_a_level():
    run, weights = facts(), facts().trajectory.weights[:, 0]
    for level in (-0.5, 0.3, 1.0, 1.5):
        at = run.crosses(1, "weight", level)
        assert (weights[:at] < level).all() and weights[at] >= level
    # Starting exactly on the level is not yet a crossing: the origin leaves 0 to the right and stays there.
    with pytest.raises(NoEvent):
        run.crosses(1, "origin", 0.0)
    with pytest.raises(NoEvent, match="never crosses 5"):
        run.crosses(1, "weight", 5.0)


def test_who_leads_for_good():
    """The article's "neuron 1 has the larger weight" in example 3: false at first, true for good after a while."""
    run = facts("two-neurons")
    at = run.leads(1, 2, "weight")
    assert run.w(1, 0) < run.w(2, 0) and 0 < at < 200
    weights = run.trajectory.weights
    assert (weights[at:, 0] > weights[at:, 1]).all() and weights[at - 1, 0] <= weights[at - 1, 1]
    with pytest.raises(NoEvent):
        run.leads(2, 1, "weight")


def test_the_typical_error_is_that_of_the_line_that_is_drawn_not_of_the_noise():
    noisy = train(replace(Experiment.open("one-neuron"), noise=0.5, iterations=2_000, stop_below=None))
    run, x = Facts(noisy), noisy.experiment.samples()
    assert run.rms() == pytest.approx(np.sqrt(np.mean((noisy.target(x) - noisy.end(x)) ** 2)))
    assert run.rms() == run.analysis.optimum.rms_end, "as the bars of the verdict show it"
    assert run.rms() < 0.3 < np.sqrt(np.mean((noisy.experiment.targets() - noisy.end(x)) ** 2))


def test_rules_are_the_signs_of_residual_and_weight():
    run = facts()
    trajectory = run.trajectory
    w, delta = trajectory.weights[:-1, 0], trajectory.residuals
    active = trajectory.inputs + trajectory.biases[:-1, 0] > 0
    masks = {1: (delta > 0) & (w > 0), 2: (delta > 0) & (w < 0), 3: (delta < 0) & (w > 0), 4: (delta < 0) & (w < 0)}
    total = sum((mask & active).sum() for mask in masks.values())
    for rule, mask in masks.items():
        assert run.rule_count(rule, 1) == (mask & active).sum()
        assert run.rule_share(rule, 1) == pytest.approx((mask & active).sum() / total)
        moved = np.diff(-trajectory.biases[:, 0])[mask & active].sum()
        assert run.rule_motion(rule, 1) == pytest.approx(moved, abs=1e-12)
    assert [run.rule(1, at) for at in range(6)] == [2, 2, 2, 2, 1, 1]
    assert run.first_rule(1, 1) == 4 and run.first_rule(1, 1, 5) == 5
    assert run.first_rule(3, 1) == int(np.flatnonzero(masks[3] & active)[0])
    with pytest.raises(NoEvent):
        run.rule(1, 6)  # that sample meets the target exactly
    with pytest.raises(NoEvent):
        run.first_rule(4, 1)
    with pytest.raises(ValueError):
        run.rule_count(5, 1)


def test_example_2_has_three_phases_near_the_articles():
    run = facts()
    assert run.phases == 3
    assert (run.phase_first(1), run.phase_last(3)) == (0, run.end)
    assert run.phase_last(1) == run.phase_first(2) and run.phase_last(2) == run.phase_first(3)
    assert abs(run.phase_last(1) - 16) <= 10 and 200 <= run.phase_last(2) <= 420
    with pytest.raises(NoEvent):
        run.phase_first(4)


def test_turns_of_example_3():
    """b1 rises to 1.25 and comes back; b2 rises to 0.14 only, and comes back as its weight turns negative."""
    run = facts("two-neurons")
    turn = run.reverses(1, "right")
    assert run.origin(1, turn) == pytest.approx(run.lowest(1, "origin"), abs=0.1)
    assert run.reverses(2, "right") < turn
    assert run.reversals(1) >= 1
    assert isinstance(run.reversal_cause(2, "right"), str)
    change = run.changes_sign(2)
    assert run.w(2, 0) > 0 > run.w(2) and 0 < change < run.end
    with pytest.raises(NoEvent):
        run.reverses(1, "right", turn + 1)


def test_the_merge_of_example_4():
    """Figure 6: neurons 1 and 2 meet at 0, and their slopes add up to nearly 2."""
    run = facts("merging-neurons")
    assert run.merged(1, 2) and not run.merged(3, 4)
    at = run.merge(1, 2)
    assert 0 < at < run.end and run.merges == 1
    assert run.merge_weight(1, 2) == pytest.approx(run.w(1) + run.w(2), abs=1e-9)
    assert run.merge_origin(1, 2) == pytest.approx(0.0, abs=0.1)
    assert run.merge_error(1, 2) < 0.1
    with pytest.raises(NoEvent, match="neurons 3 and 4 do not merge"):
        run.merge(3, 4)
    assert run.standing(3) == "inside"


def test_the_verdict_is_told_with_its_numbers():
    run = facts()
    assert run.verdict == "global optimum"
    assert run.rms_polished < 1e-6 and run.best_rms < 1e-6 < run.best_rms_fewer
    assert 0 < run.polish_moved < 0.02
    height = run.target(run.high)
    assert run.rms(run.fits_from - 10) > 0.02 * height > run.rms(run.fits_from)
    assert 0 < run.slow_from < run.end and 0 < run.settles < run.end
    with pytest.raises(NoEvent):
        _ = run.exit_rms


def test_example_4_ends_in_a_valley_with_a_way_out():
    run = facts("merging-neurons")
    assert run.verdict == "degenerate valley" and run.flat_directions > 0
    assert run.best_rms < 1e-6 < run.best_rms_fewer == pytest.approx(run.rms_polished, rel=1e-3)
    # The line through the pair's origin fits well, so parting the pair hardly costs and does not pay.
    assert abs(run.split_gap(1, 2)) < 0.1 * run.best_rms_fewer
    assert run.exit_neuron in (1, 2) and run.exit_rms < run.rms_polished
    with pytest.raises(NoEvent):
        _ = run.fits_from
    with pytest.raises(NoEvent):
        run.split_gap(1, 3)


def test_the_analysis_is_made_only_when_asked_for():
    run = Facts(facts().trajectory)
    run.w(1), run.crosses(1, "weight", 0), run.rms(0)
    assert "analysis" not in vars(run)
    run.rule(1, 0)
    assert "analysis" in vars(run)


@pytest.mark.parametrize(
    "ask",
    [
        lambda run: run.w(0), lambda run: run.w(2), lambda run: run.w(1.0), lambda run: run.w(True),
        lambda run: run.w(1, -1), lambda run: run.w(1, 801), lambda run: run.w(1, 2.5),
        lambda run: run.sample(800), lambda run: run.lowest(1, "slope"), lambda run: run.target_w(2),
    ],
)  # fmt: skip
def test_a_neuron_or_iteration_that_is_not_there_is_refused(ask):
    with pytest.raises(ValueError) as refused:
        ask(facts())
    assert "\n" not in str(refused.value)


def test_every_word_of_the_vocabulary_is_explained_and_in_one_group_alone():
    groups = [words_of(group) for group in GROUPS]
    assert {"w", "crosses", "rule", "merge", "verdict", "remedy_rms"} <= Facts.words == frozenset().union(*groups)
    assert sum(map(len, groups)) == len(Facts.words)
    for group in GROUPS:
        for word in words_of(group):
            assert inspect.getdoc(getattr(group, word)), word


def test_only_what_is_marked_is_a_word():
    """Every public member of the groups and of what they share is looked at: helpers and objects are no words."""
    assert not {"trajectory", "analysis", "analyse", "remedies", "values", "time", "record", "index"} & Facts.words
    with pytest.raises(AttributeError):
        facts().values(1, "weight")
    expressions = Expressions({"run": facts()}, {Facts: Facts.words})
    for hidden in ("trajectory", "analysis", "remedies", "values(1, 'weight')"):
        with pytest.raises(ExpressionError, match="unknown word"):
            expressions.evaluate(f"run.{hidden}")


def test_a_change_of_sign_that_turns_its_neuron_is_one_event():
    """In example 2 the weight passes zero, and that turns the neuron: one event. In example 3 it does not turn it."""
    for name, alone in (("one-neuron", 0), ("teaser", 0), ("two-neurons", 1)):
        run = facts(name)
        phases, merging = run.analysis.phases, run.analysis.merging
        assert len(phases.sign_changes) == 1
        rest = len(phases.reversals) + len(phases.passages) + len(phases.crossings) + len(merging.merges)
        assert run.events() == rest + alone


def test_descent_without_noise_leads_from_the_start_into_the_valley_or_to_a_perfect_fit():
    trapped, free = facts("merging-neurons"), facts("spread-biases")
    assert trapped.rms_downhill(0) == pytest.approx(trapped.rms_polished, rel=1e-3)
    assert free.rms_downhill(0) < 1e-6 < free.rms()
