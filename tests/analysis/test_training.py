"""What each analysis says of batches, momentum, Adam and noise."""

from dataclasses import replace

import numpy as np
import pytest

from reluviz.analysis import analyse, compare, drive
from reluviz.analysis.events import residuals_right_of
from reluviz.analysis.printout import as_dict, as_tables
from reluviz.analysis.smoothing import smooth
from reluviz.analysis.training import NotForThisTraining, steps_in_words
from reluviz.core import Experiment, train
from reluviz.core.optimizer import OPTIMIZERS, Optimizer

MERGING = replace(Experiment.from_library("merging-neurons"), stop_below=None, iterations=5_000)


@pytest.mark.parametrize(
    ("change", "words"),
    [
        ({}, "plain steps for single samples"),
        ({"batch_size": 10}, "plain steps for batches of 10 samples"),
        ({"batch_size": 400}, "plain steps for all samples together"),
        ({"optimizer": Optimizer("momentum", 0.8)}, "steps with a momentum of 0.8 for single samples"),
        ({"optimizer": Optimizer("adam"), "batch_size": 20}, "Adam's steps for batches of 20 samples"),
    ],
)
def test_rules_and_pushes_decline_in_a_sentence_what_they_cannot_read(change, words):
    run = train(replace(MERGING, **change, iterations=50))
    assert steps_in_words(run.experiment) == words
    found = analyse(run)
    tables = {table.title: table for table in as_tables(found)}
    if not change:
        assert len(as_dict(found)["rules"]) == 4 and drive(run, 0, 1, [0, 50]).total.shape == (1, 2)
        return
    told = f"speak of plain steps, each for one sample; this run takes {words}."
    with pytest.raises(NotForThisTraining, match=told):
        _ = found.rules
    with pytest.raises(NotForThisTraining, match=told):
        drive(run, 0, 1, [0, 50])
    assert as_dict(found)["rules"] == []
    assert tables["Rules"].rows == ((f"The four rules {told}",),)


@pytest.mark.parametrize("name", OPTIMIZERS)
@pytest.mark.parametrize("batch_size", [1, 400])
def test_paths_and_places_are_read_however_steps_are_made(name, batch_size):
    """Each way merges its first two neurons from example 4's start, or not, as their last origins say."""
    rate = {"momentum": 0.001, "nesterov": 0.001}.get(name, 0.01)
    changes = {"optimizer": Optimizer(name), "batch_size": batch_size, "learning_rate": rate}
    run = train(replace(MERGING, **changes, iterations=20_000))
    found = analyse(run)
    near = abs(np.diff(np.clip(run.end.origins[:2], 0, 4))[0]) < 0.1 and run.end.weights[0] * run.end.weights[1] > 0
    assert (found.merging.merged(0, 1) is not None) == near
    assert found.phases.phases[-1].last == 20_000
    for change in found.phases.sign_changes:
        before, after = run.weights[change.iteration - 1 : change.iteration + 1, change.neuron]
        assert np.sign(after) == change.sign != np.sign(before)
    settled = run.biases[found.phases.settling :]
    assert (np.abs(settled - run.biases[-1]).max(axis=0) <= 0.25 * np.ptp(run.biases, axis=0)).all()
    assert found.optimum.rms_polished <= found.optimum.rms_end + 1e-9
    assert compare(run, train(MERGING)).graphs_part != 0


def test_noise_is_in_the_pushes_and_in_the_error_not_in_the_fit():
    run = train(replace(MERGING, noise=0.3, iterations=400))
    x, noisy = run.experiment.samples(), run.experiment.targets()
    path = smooth(run)
    first = np.mean((noisy - run.start(x)) * (x > run.start.origins[2]))
    assert residuals_right_of(run, path)[0, 2] == pytest.approx(first, rel=1e-12)
    found = analyse(run).optimum
    assert found.rms_end == pytest.approx(np.sqrt(np.mean((run.target(x) - run.end(x)) ** 2)))
    assert found.rms_polished_on_data > 0.2 > found.rms_polished, "the best fit of noisy data keeps their noise"
