"""What would have helped: each remedy against the very run it names, and against the article's own solutions."""

from dataclasses import replace

import numpy as np
import pytest

from reluviz.analysis.remedies import one_more_neuron, remedies, spread_origins
from reluviz.core import Experiment, train
from reluviz.core.optimizer import Optimizer

MERGING = replace(Experiment.from_library("merging-neurons"), stop_below=None)


def by_kind(experiment, **how):
    return {remedy.kind: remedy for remedy in remedies(train(experiment), **how)}


def typical_error(experiment):
    run, x = train(experiment), experiment.samples()
    return float(np.sqrt(np.mean((experiment.target(x) - run.end(x)) ** 2)))


def test_the_article_s_remedies_and_a_larger_step_free_the_merged_pair():
    found = by_kind(MERGING)
    assert found.keys() == {"spread", "neuron", "step"}
    own = typical_error(MERGING)
    assert own == pytest.approx(0.128, abs=0.001)
    for kind, rms in {"spread": 0.0039, "neuron": 0.0100, "step": 0.0004}.items():
        assert found[kind].rms == pytest.approx(rms, abs=1e-4)
        assert found[kind].rms == pytest.approx(typical_error(found[kind].experiment), rel=1e-12)
    assert found["step"].experiment == replace(MERGING, learning_rate=found["step"].experiment.learning_rate)
    tried = [typical_error(replace(MERGING, learning_rate=0.01 * factor)) for factor in (2, 4, 0.5, 0.25)]
    assert found["step"].rms == min(tried)


def test_what_a_remedy_changes():
    spread, more = spread_origins(MERGING), one_more_neuron(MERGING)
    assert spread.start.origins == pytest.approx([0, 1, 2, 3]) and (spread.start.weights == MERGING.start.weights).all()
    assert more.start.origins[:4].tolist() == MERGING.start.origins.tolist()
    assert more.start.origins[4] == pytest.approx((1.5 + 4) / 2), "the middle of the widest gap"
    assert more.start.weights[4] == pytest.approx(np.mean([0.001, 0.04, 0.07, 0.1]))


def test_other_steps_than_the_article_s_are_tried_as_its():
    other = replace(MERGING, optimizer=Optimizer("adam"), batch_size=10, iterations=3_000, noise=0.3)
    found = by_kind(other)
    assert found.keys() == {"spread", "neuron", "step", "plain", "single"}
    assert found["plain"].experiment == replace(other, optimizer=Optimizer())
    assert found["single"].experiment == replace(other, batch_size=1)
    assert found["spread"].experiment.optimizer == Optimizer("adam")
    for remedy in found.values():
        assert remedy.rms == pytest.approx(typical_error(remedy.experiment), rel=1e-12)


def test_a_run_that_diverged_gets_smaller_steps_and_a_remedy_that_diverges_says_so():
    wild = replace(MERGING, learning_rate=1.2, train_output_bias=True, iterations=2_000)
    (step,) = remedies(train(wild), gentler=True)
    assert step.kind == "step" and step.experiment.learning_rate < 1.2 and np.isfinite(step.rms)
    assert by_kind(wild)["neuron"].rms == np.inf


def test_none_are_tried_for_very_long_runs():
    assert remedies(replace(train(replace(MERGING, iterations=1)), experiment=replace(MERGING, iterations=10**6))) == ()
