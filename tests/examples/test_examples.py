"""The experiments of examples/: each shows what its comment says."""

from __future__ import annotations

import tomllib
from dataclasses import replace
from functools import cache
from pathlib import Path

import numpy as np
import pytest

from reluviz.analysis import analyse
from reluviz.core import Experiment, example_names, train
from reluviz.core.measure import rms_error, rms_to_target
from reluviz.core.reading import read_fields
from reluviz.story.unscripted.one_run import check_can_be_filmed

FOLDER = Path(__file__).parents[2] / "examples"
FILES = sorted(FOLDER.glob("*.toml"))


@cache
def run(name):
    return train(Experiment.open(str(FOLDER / f"{name}.toml")))


def test_they_are_found_by_their_names():
    assert [path.stem for path in FILES] == list(example_names())
    assert Experiment.open("my-data").same_run(Experiment.open(str(FOLDER / "my-data.toml")))


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.stem)
def test_it_says_why_and_can_be_filmed(path):
    lines = path.read_text(encoding="utf-8").splitlines()
    comment = " ".join(line.removeprefix("# ") for line in lines[: lines.index(next(x for x in lines if x[0] != "#"))])
    assert comment.count(". ") + comment.count(".") >= 2
    check_can_be_filmed(Experiment.open(str(path)), path.name)


def rms(one, at=None):
    x = one.experiment.samples()
    return float(np.sqrt(np.mean((one.target(x) - one.network_at(one.last if at is None else at)(x)) ** 2)))


def test_noise_keeps_a_pair_from_merging_and_full_batch_does_not():
    noisy, whole = run("noise-frees"), run("full-batch")
    assert noisy.experiment.start == whole.experiment.start and noisy.experiment.target == whole.experiment.target
    assert noisy.end.weights[0] > 0 > noisy.end.weights[1]
    assert (whole.end.weights[:2] > 0).all()
    assert np.ptp(np.clip(whole.end.origins[:2], 0, 4)) < 0.02
    assert rms(noisy) < 0.04 and rms(whole) > 0.09


def test_a_neuron_dies():
    one = run("dead-neuron")
    origin, last_sample = -one.biases[:, 2], one.experiment.samples().max()
    assert origin[0] < last_sample < origin[-1]
    gone = int(np.flatnonzero(origin > last_sample)[0])
    assert np.ptp(origin[gone:]) == 0, "once out it never moves again"


def test_too_large_a_step_diverges():
    assert run("too-large-a-step").overflowed_at is not None


def test_five_neurons_cannot_draw_a_sine_exactly():
    one = run("more-pieces-than-neurons")
    assert len(one.target.polyline(-3, 3)) == 13
    assert analyse(one).optimum.yardsticks.same.rms > 0.03
    assert rms(one) < 0.1 * rms(one, 0)


def test_a_pair_is_trapped():
    found = analyse(run("trapped"))
    assert found.merging.merged(0, 1) is not None
    assert "optimum" in found.optimum.sentence
    assert found.optimum.yardsticks.same.rms < 0.9 * found.optimum.rms_polished


def test_ten_samples_at_a_time_are_too_little_noise():
    one, ten = run("noise-frees"), run("mini-batch")
    assert replace(one.experiment, batch_size=10, title="", stop_below=None) == replace(
        ten.experiment, title="", name="noise-frees"
    )
    assert (ten.end.weights[:2] > 0).all() and np.ptp(np.clip(ten.end.origins[:2], 0, 4)) < 0.1
    assert rms(one) < 0.04 and rms(ten) > 0.09


def test_momentum_frees_the_pair_that_plain_steps_merge():
    pushed = run("momentum-frees")
    trap = Experiment.open("merging-neurons")
    assert pushed.experiment.start == trap.start and pushed.experiment.target == trap.target
    np.testing.assert_allclose(pushed.end.origins, [0, 1, 2, 3], atol=0.01)
    assert rms(pushed) < 0.001 < 0.09 < rms(train(trap))


def test_adam_merges_the_pair_that_plain_steps_keep_apart():
    merged = run("adam-merges")
    spread = Experiment.open("spread-biases")
    assert merged.experiment.start == spread.start and merged.experiment.target == spread.target
    assert (merged.end.weights[:2] > 0).all() and np.ptp(np.clip(merged.end.origins[:2], 0, 4)) < 0.1
    assert rms(merged) > 0.09 and rms(train(spread)) < 0.04


def test_a_graph_comes_closer_than_its_noisy_samples():
    noisy = run("noisy")
    assert 0.29 < rms_error(noisy, noisy.last) < 0.35
    assert rms_to_target(noisy, noisy.last) < 0.15


def test_a_kettle_is_fitted_but_not_from_every_start():
    kettle = run("my-data")
    assert np.ptp(kettle.experiment.samples()) == 8.0 and len(kettle.experiment.samples()) == 13
    assert rms(kettle) < 0.06
    assert sorted(kettle.end.origins)[1:] == pytest.approx([4.0, 5.6], abs=0.1)
    text = (FOLDER / "my-data.toml").read_text(encoding="utf-8").replace("seed = 7", "seed = 1")
    other = train(Experiment(**read_fields(tomllib.loads(text), "kettle", "kettle", FOLDER)))
    assert rms(other) > 0.15
