"""The arrows at the discs: the pushes that the films draw, of one update and of many."""

import json

import numpy as np
import pytest

from reluviz.core import Experiment
from reluviz.core.training.one import train
from reluviz.lab.link import write_link
from reluviz.stage.parts.network.net_pushes import push_of_state, summed_pushes
from reluviz.stage.parts.network.slow_steps import pushes_and_memory
from tests.lab.conftest import node

STRETCHES = [(0, 1), (57, 58), (3, 40), (500, 1500), (1200, 2000)]


def experiment(**changes):
    description = Experiment.from_library("merging-neurons").to_dict() | {"iterations": 2000} | changes
    return Experiment.from_dict(description, name="changed", source="here")


def told(made):
    return json.loads(node("pushes.mjs", {"link": write_link(made), "stretches": STRETCHES}))


def test_of_single_samples_they_are_the_mean_of_what_was_done():
    run = train(experiment())
    summed = summed_pushes(run)
    for (first, last), found in zip(STRETCHES, told(experiment()), strict=True):
        means = (summed[last] - summed[first]) / (last - first)
        assert [found["low"], found["high"]] == [pytest.approx(side, abs=1e-12) for side in means]
        made = (run.biases[first] - run.biases[last]) / (last - first)
        assert found["made"] == pytest.approx(made, abs=1e-12)
        assert np.add(found["low"], found["high"]) == pytest.approx(made, abs=1e-9), "both together are the step"


def test_of_a_batch_they_are_those_of_its_samples_then_of_all():
    made = experiment(batch_size=30, order="shuffle")
    run = train(made)
    for (first, last), found in zip(STRETCHES, told(made), strict=True):
        k, of = (first, made.batch(first)) if last - first == 1 else (last, np.arange(400))
        x = made.samples()[of]
        deltas = made.targets()[of] - run.network_at(k)(x)
        wanted = push_of_state(run.weights[k], run.biases[k], deltas, x, made.learning_rate)
        assert [found["low"], found["high"]] == [pytest.approx(side, abs=1e-12) for side in wanted]


@pytest.mark.parametrize("name", ["sgd", "momentum", "adam"])
def test_arrows_point_where_the_pushes_do_and_are_seldom_too_long(name):
    optimizer = {"name": name} | ({"momentum": 0.9} if name == "momentum" else {})
    made = experiment(optimizer=optimizer, learning_rate=0.002)
    run = train(made)
    for (first, _), found in zip(STRETCHES, told(made), strict=True):
        for arrows in (found["between"], found["one"]):
            assert np.abs([*arrows["low"], *arrows["high"], *(arrows["step"] or [])]).max() <= 1.6001
        assert np.sign(found["between"]["low"]).tolist() == np.sign(found["low"]).tolist()
        if name == "momentum":
            x, delta = run.inputs[[first]], run.residuals[[first]]
            pushes = pushes_and_memory(run, first, x, delta)
            gain = 0.9 / np.abs([*pushes[:2], run.biases[first] - run.biases[first + 1]]).max()
            assert found["one"]["memory"] == pytest.approx(gain * pushes[2], abs=1e-9)
        assert (found["one"]["step"] is None) == (name == "sgd"), "one push is the whole step of plain training"
