"""Slow motion of batches, momentum and Adam: its arrows are the run's own steps, by sums written out here."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest

from reluviz.core import Experiment, train
from reluviz.core.optimizer import Optimizer
from reluviz.stage.network_view import NetworkView
from reluviz.stage.parts.network.slow import SlowUpdates, samples_of
from reluviz.stage.parts.network.slow_steps import pushes_and_memory
from reluviz.story.pacing import Pace
from reluviz.theme import DARK

BASE = replace(Experiment.open("merging-neurons"), iterations=400)
RUNS = {
    "batch": replace(BASE, batch_size=10),
    "shuffled": replace(BASE, batch_size=7, order="shuffle", noise=0.1),
    "momentum": replace(BASE, learning_rate=0.002, optimizer=Optimizer("momentum")),
    "adam": replace(BASE, batch_size=4, optimizer=Optimizer("adam")),
}


@pytest.fixture(scope="module", params=RUNS)
def run(request):
    return train(RUNS[request.param])


def gradient(run, update):
    """What one plain step by the update's batch would move each origin, sample by sample."""
    experiment, moves = run.experiment, np.zeros((2, run.neurons))
    weights, biases, c = run.weights[update], run.biases[update], run.output_biases[update]
    batch = experiment.batch(update)
    for k in batch:
        x, y = experiment.samples()[k], experiment.targets()[k]
        delta = y - c - sum(w * max(x + b, 0.0) for w, b in zip(weights, biases, strict=True))
        for i in range(run.neurons):
            if x + biases[i] > 0:
                moves[int(delta < 0), i] -= 2 * experiment.learning_rate * delta * weights[i] / len(batch)
    return moves


@pytest.mark.parametrize("update", [0, 1, 57, 301])
def test_pushes_and_memory_make_the_recorded_step(run, update):
    pushes = pushes_and_memory(run, update, *samples_of(run, update))
    np.testing.assert_allclose(pushes[:2], gradient(run, update), atol=1e-12)
    step = run.biases[update] - run.biases[update + 1]
    optimizer = run.experiment.optimizer
    if optimizer.name != "adam":
        np.testing.assert_allclose(pushes.sum(axis=0), step, atol=1e-12)
    if optimizer.name == "momentum" and update:
        before = run.biases[update - 1] - run.biases[update]
        np.testing.assert_allclose(pushes[2], optimizer.momentum * before, atol=1e-12)
    if optimizer.name == "sgd":
        np.testing.assert_allclose(pushes[2], 0.0, atol=1e-12)


def test_what_is_drawn_points_where_the_origins_go(run):
    update = 40
    view = NetworkView(DARK, run, at=update)
    view.rig.extend(SlowUpdates(update, (2.0,)))
    view.rig.show(1.2)
    shown = view.slow_motion
    x, _ = samples_of(run, update)
    assert len(shown.sample.points) == 32 * len(x)
    step = run.biases[update] - run.biases[update + 1]
    largest = int(np.abs(step).argmax())
    here = view.plane.on_floor(-run.biases[update, largest])[0]
    (tip,) = [arrow[np.abs(arrow[:, 0] - here).argmax(), 0] for arrow in shown.step.points.reshape(-1, 28, 3)
              if arrow[0, 0] == pytest.approx(here)]  # fmt: skip
    assert np.sign(tip - here) == np.sign(step[largest])
    view.rig.extend(Pace(run, update + 1, 300, 4.0))
    view.rig.show(4.0)
    assert not len(shown.step.points) and not len(shown.sample.points)


def test_the_dark_arrow_of_fast_motion_is_the_mean_step(run):
    view = NetworkView(DARK, run)
    view.rig.extend(Pace(run, 0, 400, 8.0))
    view.rig.show(5.0)
    moment = view.rig.moment
    first, last = (moment.timeline.iteration(second) for second in (4.7, 5.0))
    if run.experiment.optimizer.name == "momentum":
        between = [run.state_at(float(t))[1] for t in (min(first, last - 400 / run.experiment.batch_size), last)]
        assert view.pushes.step(moment) == pytest.approx((run.state_at(float(first))[1] - between[1]) / (last - first))
    assert (np.abs(view.pushes._felt(view.pushes.mean(moment))) < 40 * view.pushes.strong).all()
