"""One update as the page tells it: its formulas come out at the next state, its rules are the signs of the pushes."""

import json
import re

import numpy as np
import pytest
from simpleeval import simple_eval

from reluviz.core import Experiment
from reluviz.core.training.one import train
from reluviz.lab.link import write_link
from tests.lab.conftest import node

UPDATES = [0, 1, 57, 983, 1999]


def told(experiment):
    return json.loads(node("update.mjs", {"link": write_link(experiment), "updates": UPDATES}))


def experiment(**changes):
    description = Experiment.from_library("merging-neurons").to_dict() | {"iterations": 2000} | changes
    return Experiment.from_dict(description, name="changed", source="here")


def value(formula):
    """What comes out of "w₁ ← 1.13 + 2·0.01·(−0.42)·0.83", words apart."""
    right = formula.split("←")[1].replace("−", "-").replace("·", "*").replace("now", "").replace("of before", "")
    assert re.fullmatch(r"[\d\s().e*+-]+", right), right
    return simple_eval(right)


def test_formulas_of_plain_steps_come_out_at_the_next_state():
    run = train(experiment())
    for k, update in zip(UPDATES, told(experiment()), strict=True):
        awake = run.inputs[k] + run.biases[k] > 0
        assert [part["awake"] for part in update["parts"]] == awake.tolist()
        assert update["sample"]["x"] == run.inputs[k]
        assert update["sample"]["y"] == pytest.approx(run.target(run.inputs[k]), abs=1e-12)
        for i, part in enumerate(update["parts"]):
            if not awake[i]:
                assert part["note"] == "asleep" and part["formulas"] == [] and part["rule"] is None
                continue
            after = run.weights[k + 1, i], run.biases[k + 1, i]
            assert [value(formula) for formula in part["formulas"]] == pytest.approx(after, abs=2e-3)
            number = {(1, 1): 1, (1, -1): 2, (-1, 1): 3, (-1, -1): 4}
            assert part["rule"] == number[np.sign(run.residuals[k]), np.sign(run.weights[k, i])]
            moved = run.biases[k, i] - run.biases[k + 1, i]
            assert part["note"].endswith("right" if moved > 0 else "left")


@pytest.mark.parametrize("name", ["momentum", "nesterov"])
def test_memory_is_the_step_less_todays_push(name):
    made = experiment(optimizer={"name": name, "momentum": 0.9}, learning_rate=0.002)
    run = train(made)
    for k, update in zip(UPDATES, told(made), strict=True):
        for i, part in enumerate(update["parts"]):
            after = run.weights[k + 1, i], run.biases[k + 1, i]
            assert [value(formula) for formula in part["formulas"]] == pytest.approx(after, abs=2e-3)
    first = told(made)[0]["parts"][0]["formulas"][0]
    assert (name == "nesterov") != first.endswith("+ 0.000 of before"), "momentum remembers nothing at first"


def test_samples_of_a_batch_vote_by_their_rules():
    made = experiment(batch_size=30, order="shuffle")
    run = train(made)
    for k, update in zip(UPDATES, told(made), strict=True):
        batch = made.batch(k)
        x = made.samples()[batch]
        deltas = made.targets()[batch] - run.network_at(k)(x)
        for i, part in enumerate(update["parts"]):
            awake = x + run.biases[k, i] > 0
            low = int((awake & (deltas > 0)).sum())
            high = int((awake & (deltas < 0)).sum())
            rules = (1, 3) if run.weights[k, i] > 0 else (2, 4)
            votes = [f"rule {rule}: {count}" for rule, count in zip(rules, (low, high), strict=True) if count]
            assert part["note"] == (", ".join(votes) or "asleep")
            after = run.weights[k + 1, i], run.biases[k + 1, i]
            assert [value(formula) for formula in part["formulas"]] == pytest.approx(after if votes else [], abs=2e-3)
