"""The one line that each mistake in a description gets."""

from typing import Any

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from reluviz.core import ExperimentError
from reluviz.core.keys import MOST_ITERATIONS, MOST_SAMPLES
from tests.core.described import DRAWN, GOOD, REMOVED, changed, read

MISTAKES = [
    ("title", "", "title: '' does not fit; expected a line of text"),
    ("title", "two\nlines", r"title: 'two\nlines' does not fit; expected a line of text"),
    ("title", 3, "title: 3 does not fit; expected a line of text"),
    ("titel", "Mine", "titel: unknown key; expected title"),
    ("colour", "red", "colour: unknown key; expected one of title, learning_rate, iterations, stop_below, order, "
     "batch_size, train_output_bias, optimizer, target, start, data"),
    ("a\nb", 1, "'a\\nb': unknown key; expected one of title, learning_rate, iterations, stop_below, order, "
     "batch_size, train_output_bias, optimizer, target, start, data"),
    ("learning_rate", REMOVED, "learning_rate: missing; expected a finite number above 0"),
    ("learning_rate", 0, "learning_rate: 0 is too small; expected a finite number above 0"),
    ("learning_rate", -0.01, "learning_rate: -0.01 is too small; expected a finite number above 0"),
    ("learning_rate", True, "learning_rate: True is no number; expected a finite number above 0"),
    ("learning_rate", "0.01", "learning_rate: '0.01' is no number; expected a finite number above 0"),
    ("learning_rate", float("nan"), "learning_rate: nan is not finite; expected a finite number above 0"),
    ("learning_rate", float("inf"), "learning_rate: inf is not finite; expected a finite number above 0"),
    ("learning_rate", 10**400, f"learning_rate: 1{'0' * 56}... is not finite; expected a finite number above 0"),
    ("iterations", -1, "iterations: -1 does not fit; expected a whole number from 0 to 1,000,000,000"),
    ("iterations", 10.0, "iterations: 10.0 does not fit; expected a whole number from 0 to 1,000,000,000"),
    ("iterations", True, "iterations: True does not fit; expected a whole number from 0 to 1,000,000,000"),
    ("iterations", MOST_ITERATIONS + 1, "iterations: 1000000001 does not fit; expected a whole number from 0 to "
     "1,000,000,000"),
    ("stop_below", 0.0, "stop_below: 0 is too small; expected a finite number above 0"),
    ("order", "random", """order: 'random' does not fit; expected "cycle" or "shuffle\""""),
    ("order", [], """order: [] does not fit; expected "cycle" or "shuffle\""""),
    ("order", "full-batch", """order: 'full-batch' is now a batch of its own size; expected batch_size = "all" """
     "in place of it"),
    ("batch_size", 11, """batch_size: 11 of 10 samples; expected a whole number from 1 to 10, or "all\""""),
    ("batch_size", 0, "batch_size: 0 does not fit; expected a whole number from 1 to 10,000,000"),
    ("batch_size", "some", """batch_size: 'some' does not fit; expected a whole number from 1, or "all\""""),
    ("batch_size", 2.0, "batch_size: 2.0 does not fit; expected a whole number from 1 to 10,000,000"),
    ("optimizer", "adam", "optimizer: 'adam' is no table; expected a table [optimizer]"),
    ("optimizer", {"name": "rmsprop"}, """optimizer.name: 'rmsprop' does not fit; expected "sgd" or "momentum" or """
     """"nesterov" or "adam\""""),
    ("optimizer", {"name": "momentum", "momentum": 1.0}, "optimizer.momentum: 1 is too large; expected a finite number "
     "from 0 and below 1"),
    ("optimizer", {"name": "adam", "momentum": 0.5}, """optimizer.momentum: given beside name = "adam"; expected """
     "nothing but name, beta1, beta2, epsilon"),
    ("optimizer", {"beta1": 0.5}, """optimizer.beta1: given beside name = "sgd"; expected nothing but name"""),
    ("optimizer", {"name": "adam", "epsilon": 0}, "optimizer.epsilon: 0 is too small; expected a finite number "
     "above 0"),
    ("optimizer", {"name": "adam", "beta2": -0.1}, "optimizer.beta2: -0.1 is too small; expected a finite number from "
     "0 and below 1"),
    ("optimizer", {"nome": "adam"}, "optimizer.nome: unknown key; expected name"),
    ("momentum", 0.9, "momentum: cannot be had, since it has another place; expected [optimizer] with name and the "
     "rest"),
    ("activation", "tanh", "activation: cannot be had, since every neuron is relu(x + b), whose bends can be seen; "
     'expected a target that straight pieces come close to, such as shape = "sine"'),
    ("hidden_layers", 2, "hidden_layers: cannot be had, since a network has one hidden layer here; expected more "
     "neurons in it: more weights and biases in [start]"),
    ("inputs", 2, "inputs: cannot be had, since a network has one input x and one output here, so that all of it can "
     "be drawn; expected pairs [x, y] as points of [data]"),
    ("train_output_bias", 1, "train_output_bias: 1 does not fit; expected true or false"),
    ("target", REMOVED, "target: missing; expected a table [target] with weights, biases, output_bias, points, shape"),
    ("target", 1, "target: 1 is no table; expected a table [target]"),
    ("target", {}, "target.weights: missing; expected weights and biases, or points = [[x, y], ...]"),
    ("target.wieghts", [1], "target.wieghts: unknown key; expected weights"),
    ("target.point", [[0, 1]], "target.point: unknown key; expected points"),
    ("target.weights", REMOVED, "target.weights: missing; expected a list of finite numbers, at least one"),
    ("target.weights", 1, "target.weights: 1 is no list; expected a list of finite numbers, at least one"),
    ("target.weights", [1, "x"], "target.weights: 'x' is no number; expected a list of finite numbers, at least one"),
    ("target.weights", [1.0], "target.biases: 2 numbers for 1 weights; expected one bias for each weight"),
    ("target.output_bias", float("nan"), "target.output_bias: nan is not finite; expected a finite number"),
    ("target.points", [[0, 0], [1, 1]], "target.weights: given beside points; expected either points or weights and "
     "biases"),
    ("target", {"points": 3}, "target.points: 3 is no list; expected a list of points [x, y] with increasing x"),
    ("target", {"points": [[0, 0], [1]]}, "target.points: [1.0] is no pair; expected a list of points [x, y] with "
     "increasing x"),
    ("target", {"points": [[0, 0], 1]}, "target.points: 1 is no list; expected a list of points [x, y] with "
     "increasing x"),
    ("target", {"points": [[1, 0], [0, 1]]}, "target.points: the points of a polyline need increasing x; expected a "
     "list of points [x, y] with increasing x"),
    ("target", {"points": [[0, 0]]}, "target.points: a polyline needs at least two points [x, y]; expected a list of "
     "points [x, y] with increasing x"),
    ("start.weights", [], "start.weights: empty; expected a list of finite numbers, at least one"),
    ("start.biases", [0.0, 1.0], "start.biases: 2 numbers for 1 weights; expected one bias for each weight"),
    ("start.biases", [None], "start.biases: None is no number; expected a list of finite numbers, at least one"),
    ("start.points", [[0, 0], [1, 1]], "start.points: unknown key; expected one of weights, biases, output_bias, "
     "random"),
    ("start.random", DRAWN, "start.weights: given beside random; expected either random or weights and biases"),
    ("start", {"random": 3}, "start.random: 3 is no table; expected a table [random]"),
    ("start", {"random": DRAWN | {"neurons": 65}}, "start.random.neurons: 65 does not fit; expected a whole number "
     "from 1 to 64"),
    ("start", {"random": DRAWN | {"origins": [4, 0]}}, "start.random.origins: [4.0, 0.0] is no range; expected "
     "[low, high], low not above high"),
    ("start", {"random": DRAWN | {"weights": [0, "x"]}}, "start.random.weights: 'x' is no number; expected "
     "[low, high], low not above high"),
    ("start", {"random": DRAWN | {"seed": -1}}, "start.random.seed: -1 does not fit; expected a whole number from 0 to "
     "4,294,967,295"),
    ("start", {"random": DRAWN | {"sead": 1}}, "start.random.sead: unknown key; expected seed"),
    ("data.noise", -0.1, "data.noise: -0.1 is too small; expected a finite number from 0"),
    ("data.noise", "loud", "data.noise: 'loud' is no number; expected a finite number from 0"),
    ("data", {"points": [[0, 1]]}, "data.points: 1 points; expected 2 to 10,000"),
    ("data", {"points": [[0, 1], [0, 2]]}, "data.points: all points at one x; expected at least two different x"),
    ("data", {"points": [[0, 1], [1]]}, "data.points: [1.0] is no pair; expected a list of points [x, y]"),
    ("data", {"points": [[0, 1], [1, 2]], "samples": 2}, "data.samples: given beside points of your own; expected no "
     "such key: there are as many as points"),
    ("data", {"points": [[0, 1], [3, 2]], "low": 1}, "data.low: 1 leaves points out; expected a range that holds all "
     "points"),
    ("data", {"file": "mine.csv"}, "data.file: a description without a folder names no files; expected points"),
    ("data", {"file": "mine.csv", "points": [[0, 1], [3, 2]]}, "data.file: given beside points; expected either points "
     "or a file"),
    ("target.weights", [1e200, 1e200], "target.weights: 1e+200 is too large; expected a number between -1e+30 "
     "and 1e+30"),
    ("start.output_bias", 9.2e158, "start.output_bias: 9.2e+158 is too large; expected a number between -1e+30 and "
     "1e+30"),
    ("data.high", 1e31, "data.high: 1e+31 is too large; expected a number between -1e+30 and 1e+30"),
    ("data", {"low": 1.0, "high": 1.0000000000000002, "samples": 3, "seed": 1}, "data.high: 1.0000000000000002 is too "
     "close to low; expected a number clearly above 1.0"),
    ("data.low", REMOVED, "data.low: missing; expected a finite number"),
    ("data.high", 0, "data.high: 0 is not above low; expected a number above 0"),
    ("data.samples", 0, "data.samples: 0 does not fit; expected a whole number from 1 to 10,000,000"),
    ("data.samples", MOST_SAMPLES + 1, "data.samples: 10000001 does not fit; expected a whole number from 1 to "
     "10,000,000"),
    ("data.seed", -1, "data.seed: -1 does not fit; expected a whole number from 0 to 4,294,967,295"),
    ("data.seed", 2**32, "data.seed: 4294967296 does not fit; expected a whole number from 0 to 4,294,967,295"),
    ("data.sample", 10, "data.sample: unknown key; expected samples"),
]  # fmt: skip


@pytest.mark.parametrize(("path", "value", "message"), MISTAKES, ids=[f"{p}={v!r:.20}" for p, v, _ in MISTAKES])
def test_a_mistake_gets_one_line(path: str, value: Any, message: str) -> None:
    with pytest.raises(ExperimentError) as caught:
        read(changed(path, value))
    assert str(caught.value) == f"mine.toml: {message}"


def test_all_mistakes_are_told_at_once_a_line_each() -> None:
    description = changed("data", {"low": 3, "high": 2, "samples": 0.5, "sed": 1}) | {"learning_rate": "x", "mine": 1}
    description["optimizer"] = {"name": "adam", "beta1": 2}
    with pytest.raises(ExperimentError) as caught:
        read(description)
    told = [line.removeprefix("mine.toml: ").split(": ")[0] for line in str(caught.value).splitlines()]
    assert sorted(told) == ["data.high", "data.samples", "data.sed", "learning_rate", "mine",
                            "optimizer.beta1"]  # fmt: skip


json_values: st.SearchStrategy[Any] = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(),
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(st.text(), inner, max_size=4),
    max_leaves=8,
)
PATHS = [key for key in GOOD] + [f"{key}.{inner}" for key in ("target", "start", "data") for inner in GOOD[key]]


NEW = [
    "target.points", "stop_below", "order", "train_output_bias", "more", "batch_size", "optimizer", "data.noise",
    "data.points", "data.file", "start.random", "activation",
]  # fmt: skip


@settings(max_examples=300, deadline=None)
@given(st.sampled_from([*PATHS, *NEW]), json_values)
def test_whatever_is_in_a_description_there_is_an_experiment_or_one_line(path: str, value: Any) -> None:
    try:
        experiment = read(changed(path, value))
    except ExperimentError as error:
        lines = str(error).splitlines()
        assert lines and all(line.startswith("mine.toml: ") and "; expected " in line for line in lines)
    else:
        assert np.isfinite(experiment.samples()).all() and np.isfinite(experiment.targets()).all()
        assert read(experiment.to_dict()) == experiment
