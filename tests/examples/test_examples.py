"""The experiments of examples/: each shows what its comment says."""

from __future__ import annotations

from functools import cache
from pathlib import Path

import numpy as np
import pytest

from reluviz.analysis import analyse
from reluviz.core import Experiment, train
from reluviz.story.unscripted.one_run import check_can_be_filmed

FOLDER = Path(__file__).parents[2] / "examples"
FILES = sorted(FOLDER.glob("*.toml"))


@cache
def run(name):
    return train(Experiment.open(str(FOLDER / f"{name}.toml")))


def test_there_are_six():
    assert len(FILES) == 6


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
