"""The rules against the signs of the updates that the training kernel makes."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from reluviz.analysis.rules import Rule, classify, rules
from reluviz.core import Experiment, ReluNetwork, train
from tests.analysis.runs import article

NUMBER = st.floats(-3, 3).map(lambda v: round(v, 2))

SIGNS = {  # sign of the change of the weight and of the origin
    Rule.INACTIVE: (0, 0),
    Rule.RULE_1: (1, -1),
    Rule.RULE_2: (1, 1),
    Rule.RULE_3: (-1, 1),
    Rule.RULE_4: (-1, -1),
    Rule.NO_RESIDUAL: (0, 0),
}


@settings(max_examples=200, deadline=None)
@given(st.lists(st.tuples(NUMBER, NUMBER), min_size=1, max_size=4), NUMBER, st.integers(0, 1000))
def test_the_rules_are_the_signs_of_the_update(neurons, height, seed):
    """On random networks: the article's rules say which way the kernel moves each weight and origin."""
    weights, biases = np.array(neurons).T
    run = replace(
        Experiment.from_library("one-neuron"),
        start=ReluNetwork(weights, biases),
        target=ReluNetwork([height], [-1.0]),
        seed=seed,
        iterations=1,
    )
    made = train(run)
    change_of_weight = np.sign(made.weights[1] - made.weights[0])
    change_of_origin = np.sign(made.biases[0] - made.biases[1])
    for i, code in enumerate(rules(made).codes[0]):
        if code == Rule.WEIGHT_ONLY:
            assert weights[i] == 0 and change_of_origin[i] == 0
            assert change_of_weight[i] == np.sign(made.residuals[0])
        else:
            assert (change_of_weight[i], change_of_origin[i]) == SIGNS[Rule(code)]


def test_each_case_by_hand():
    assert classify(2.0, 0.0, 1.0, 0.5) == Rule.RULE_1
    assert classify(-2.0, 0.0, 1.0, 0.5) == Rule.RULE_2
    assert classify(2.0, 0.0, 1.0, -0.5) == Rule.RULE_3
    assert classify(-2.0, 0.0, 1.0, -0.5) == Rule.RULE_4
    assert classify(0.0, 0.0, 1.0, -0.5) == Rule.WEIGHT_ONLY
    assert classify(2.0, 0.0, 1.0, 0.0) == Rule.NO_RESIDUAL
    assert classify(2.0, -1.0, 1.0, 0.5) == Rule.INACTIVE  # x + b = 0 is not active
    assert classify([1.0, -1.0], 0.0, [[1.0], [2.0]], 1.0).shape == (2, 2)


def test_no_exception_in_the_article_s_runs():
    for name in ("one-neuron", "two-neurons", "merging-neurons"):
        run = article(name)
        found = rules(run)
        weight, origin = np.diff(run.weights, axis=0), -np.diff(run.biases, axis=0)
        for rule, (up, right) in SIGNS.items():
            at = found.codes == rule
            # Near the end an update can be too small to change a float; it never goes the other way.
            assert np.isin(np.sign(weight[at]), (up, 0)).all()
            assert np.isin(np.sign(origin[at]), (right, 0)).all()


def test_motion_adds_up_to_what_the_run_did():
    run = article("two-neurons")
    found = rules(run)
    motion = found.motion(1, 100, 900).values()
    assert sum(motion) == pytest.approx(run.biases[100, 1] - run.biases[900, 1], abs=1e-12)


def test_one_neuron_follows_rule_2_and_then_rule_1():
    """The article's first phase of example 2: four updates by rule 2, then rule 1 (and some rule 3) to 16."""
    found = rules(article("one-neuron"))
    early = found.counts(0, 0, 4)
    assert early[Rule.RULE_2] == 4 and sum(early.values()) == 4
    assert found.at(0, 0) is Rule.RULE_2 and found.at(4, 0) is Rule.RULE_1
    later = found.counts(0, 4, 16)
    assert later[Rule.RULE_1] > 6 and later[Rule.RULE_2] == later[Rule.RULE_4] == 0
    with pytest.raises(IndexError):
        found.at(800, 0)
