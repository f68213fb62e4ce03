"""The story of two runs: what differs, where they part and why, each to its own end."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest

from reluviz.core import Experiment, ReluNetwork, train
from reluviz.core.optimizer import Optimizer
from reluviz.story.script import Script, tell
from reluviz.story.template import FalseClaim
from reluviz.story.unscripted.differences import differences
from reluviz.story.unscripted.two_runs import beats_of_two, tell_two
from reluviz.story.vocabulary.facts import Facts
from tests.analysis.runs import article
from tests.examples.test_examples import run as example

ONE = Experiment.open("merging-neurons")


@pytest.mark.parametrize(
    ("change", "named", "said"),
    [
        ({"learning_rate": 0.02}, ["the learning rate"], "On the left a learning rate of 0.01, on the right 0.02."),
        ({"batch_size": 10}, ["the batch"], "On the left 1 sample for each update, on the right 10 samples."),
        ({"optimizer": Optimizer("adam")}, ["the optimiser"], "On the left plain steps, on the right Adam."),
        ({"noise": 0.1}, ["the noise"], "On the left a noise of 0, on the right 0.1."),
        ({"seed": 7}, ["the samples"], "On the left 400 samples, on the right 400 others."),
        ({"order": "shuffle"}, ["the samples' order"],
         "on the right in a new order each time."),
        ({"train_output_bias": True}, ["the output bias"], "Only on the right the output bias is trained."),
        ({"start": ReluNetwork([0.1, 0.1], [0.0, -1.0])}, ["the number of neurons"],
         "On the left four neurons, on the right two neurons."),
        ({"start": ReluNetwork([0.1] * 4, [0.0, -1.0, -2.0, -3.0])}, ["the start"],
         "On the left origins start between 0.002 and 1.5, on the right between 0 and 3."),
        ({"target": ReluNetwork([1.0], [0.0])}, ["the target"],
         "On the left a target of four pieces, on the right one of one piece."),
        ({"learning_rate": 0.02, "batch_size": 4}, ["the learning rate", "the batch"], "On the right 4 samples"),
    ],
)  # fmt: skip
def test_what_differs_is_named_and_said(change, named, said):
    short = replace(ONE, iterations=60)
    left, right = train(short), train(replace(short, **change))
    found = differences({"left": Facts(left), "right": Facts(right)})
    assert [one.name for one in found] == named
    told = tell_two(left, right)["starts"]
    assert said.lower() in told.narration.lower()
    assert ("All else is the same" in told.narration) == (len(named) == 1)


def test_where_and_why_two_of_the_article_part():
    """Neuron 2 of example 4 and of solution 1: there its weight becomes negative, and it goes right."""
    left, right = article("merging-neurons"), article("spread-biases")
    story = tell_two(left, right)
    beat = story["apart"]
    assert "Neuron 2" in beat.headline
    assert "its weight is positive on the left, negative on the right" in beat.narration
    gaps = np.abs(left.biases[: right.last, 1] - right.biases[: right.last, 1])
    assert (gaps[beat.first + 200 :] > 0.05 * 4 * 0.8).all()
    assert story["alone"].first == right.last and story["alone"].last == left.last
    assert story["errors"].headline == "The right one comes closer"


def test_runs_that_cannot_be_matched_neuron_by_neuron_go_at_one_pace():
    story = tell_two(article("two-neurons"), example("my-data"))
    names = [beat.name for beat in story.beats]
    assert "course" in names and "apart" not in names
    assert max(beat.last for beat in story.beats) == example("my-data").last


def test_what_is_said_of_the_course_does_not_fit_two_other_runs():
    runs = {"left": Facts(article("merging-neurons")), "right": Facts(article("spread-biases"))}
    beats = beats_of_two(runs)
    swapped = {"left": runs["right"], "right": runs["left"]}
    for beat in beats[3:]:
        with pytest.raises(FalseClaim):
            tell(Script("film", "A test", "a test", [beat.description() | {"of": "right"}]), swapped)
            pytest.fail(beat.name)


def test_runs_that_stay_alike_are_said_to():
    """The same task, its samples in another order: the pair merges all the same, and no origin parts for good."""
    left = article("merging-neurons")
    right = train(replace(left.experiment, name="shuffled", order="shuffle"))
    width = left.experiment.high - left.experiment.low
    assert (np.abs(left.end.biases - right.end.biases) < 0.05 * width).all()
    story = tell_two(left, right)
    assert story["course"].headline == "They never part for good"
    assert "On the left, neurons 1 and 2 become one, from iteration 3,671 on." in story["course"].narration
    assert "Neurons 1 and 2 have merged." in story["ends"].narration


def test_one_way_but_further_is_not_called_two_ways():
    """Adam carries neuron 3 to the right as well, but not as far."""
    left = article("merging-neurons")
    right = train(replace(left.experiment, name="adam", optimizer=Optimizer("adam"), learning_rate=0.005))
    ways = [run.end.origins[2] - run.start.origins[2] for run in (left, right)]
    assert ways[0] > ways[1] > 0
    assert tell_two(left, right)["apart"].headline == "Neuron 3 goes further on the left"
