"""Links and TOML cross over between page and Python, and mean the same experiment on both sides."""

import json
import tomllib

import numpy as np
import pytest
from hypothesis import Phase, given, settings
from hypothesis import strategies as st

from reluviz.core import Experiment
from reluviz.core.table import ExperimentError
from reluviz.lab.link import is_link, open_experiment, read_iteration, read_kept, read_link, write_link
from tests.lab.conftest import drawn, node, shipped

NUMBERS = st.floats(-1e30, 1e30, allow_nan=False).filter(lambda x: x == 0 or abs(x) > 1e-300)
SMALL = st.floats(-9, 9, allow_nan=False)


@st.composite
def experiments(draw):
    """Any experiment that the lab can show."""
    n, corners = draw(st.integers(1, 8)), draw(st.integers(1, 5))
    low = draw(SMALL)
    data = {"low": low, "high": low + draw(st.floats(0.1, 9)), "samples": draw(st.integers(1, 10_000))}
    if draw(st.booleans()):
        xs = draw(st.lists(SMALL, min_size=2, max_size=9, unique=True))
        if max(xs) - min(xs) > 1e-3:
            data = {"points": [[x, draw(NUMBERS.filter(lambda y: abs(y) < 1e20))] for x in xs]}
    data |= {"seed": draw(st.integers(0, 2**32 - 1)), "noise": draw(st.floats(0, 1e9))}
    name = draw(st.sampled_from(["sgd", "momentum", "nesterov", "adam"]))
    own = {"sgd": (), "momentum": ("momentum",), "nesterov": ("momentum",), "adam": ("beta1", "beta2", "epsilon")}[name]

    def numbers(count):
        return draw(st.lists(NUMBERS, min_size=count, max_size=count))

    samples = len(data.get("points", ())) or data["samples"]
    iterations = draw(st.integers(0, 200_000))
    description = {
        "title": draw(st.text(st.characters(codec="utf-8", categories=("L", "N", "P", "S")), min_size=1, max_size=20)),
        "learning_rate": draw(st.floats(1e-300, 1e30)),
        "iterations": iterations,
        "order": draw(st.sampled_from(["cycle", "shuffle"])),
        "batch_size": draw(st.integers(1, min(samples, 10**8 // max(iterations, 1)))),
        "train_output_bias": draw(st.booleans()),
        "optimizer": {"name": name} | {key: draw(st.floats(1e-9, 0.999)) for key in own},
        "target": {"weights": numbers(corners), "biases": numbers(corners), "output_bias": draw(NUMBERS)},
        "start": {"weights": numbers(n), "biases": numbers(n), "output_bias": draw(NUMBERS)},
        "data": data,
    }
    if draw(st.booleans()):
        description["stop_below"] = draw(st.floats(1e-300, 1e30))
    return Experiment.from_dict(description, name="any", source="here")


def same(one: Experiment, other: Experiment) -> bool:
    """To the bit, −0 too: the text tells them apart."""
    return json.dumps(one.to_dict()) == json.dumps(other.to_dict())


def there_and_back(many):
    """Python writes a link, the page reads and writes it, as link and as TOML, and Python reads both."""
    answers = json.loads(node("states.mjs", [write_link(one, iteration=min(one.iterations, 7)) for one in many]))
    for one, answer in zip(many, answers, strict=True):
        assert "error" not in answer, answer
        assert answer["iteration"] == min(one.iterations, 7) == read_iteration(answer["link"])
        for again in (read_link("file:///lab.html#" + answer["link"]),
                      Experiment.from_dict(tomllib.loads(answer["toml"]), name="toml", source="toml")):  # fmt: skip
            assert same(again, one), answer


def test_every_experiment_crosses_over():
    there_and_back(shipped() + drawn(100))


# Node would be slow to shrink by.
@settings(max_examples=20, deadline=None, phases=[Phase.explicit, Phase.reuse, Phase.generate])
@given(st.lists(experiments(), min_size=25, max_size=25))
def test_any_state_goes_there_and_back(many):
    there_and_back(many)


def test_kept_runs_and_the_film_travel_too():
    first, second, third = (Experiment.from_library(name) for name in ("one-neuron", "two-neurons", "merging-neurons"))
    link = write_link(first, kept=[second, third], iteration=12, film="one-neuron", second=37.25)
    (answer,) = json.loads(node("states.mjs", [link]))
    parts = dict(part.split("=", 1) for part in answer["link"].split("&"))
    assert (parts["film"], parts["second"], parts["iteration"]) == ("one-neuron", "37.25", "12")
    again = node("states.mjs", [answer["link"]])
    assert json.loads(again) == [answer]
    assert same(read_link(answer["link"]), first)
    assert all(map(same, read_kept(answer["link"]), [second, third])) and read_kept(write_link(first)) == []


@pytest.mark.parametrize("change, told", [
    ({"learning_rate": "-1"}, "learning_rate"),
    ({"learning_rate": "fast"}, "learning_rate"),
    ({"iterations": "1.5"}, "iterations"),
    ({"iterations": "200001"}, "at most 200,000 iterations"),
    ({"data.samples": "10001"}, "at most 10,000 samples"),
    ({"start.weights": "1,2,3,4,5,6,7,8,9"}, "eight neurons"),
    ({"start.biases": "1,2"}, "biases"),
    ({"data.high": "-5"}, "data.high"),
    ({"order": "sorted"}, "order"),
    ({"batch_size": "401"}, "batch_size"),
    ({"title": "%ZZ"}, "damaged"),
    ({"iterations": "200000", "data.samples": "10000", "batch_size": "501"}, "100 million samples"),
    ({"target.weights": ""}, "target.weights"),
])  # fmt: skip
def test_a_bad_link_is_told_in_a_sentence(change, told):
    parts = dict(part.split("=", 1) for part in write_link(Experiment.from_library("one-neuron")).split("&"))
    link = "&".join(f"{key}={value}" for key, value in (parts | change).items())
    (answer,) = json.loads(node("states.mjs", [link]))
    assert told in answer["error"]


def test_python_names_the_mistakes_of_a_link():
    link = write_link(Experiment.from_library("one-neuron"))
    with pytest.raises(ExperimentError, match="the link: learning_rate"):
        read_link(link.replace("learning_rate=0.01", "learning_rate=fast"))
    assert is_link(link) and not is_link("merging-neurons") and not is_link("a/b.toml")
    assert same(open_experiment("https://course.example/lab.html#" + link), Experiment.from_library("one-neuron"))
    assert open_experiment("one-neuron").name == "one-neuron"
    for empty in ("https://course.example/lab.html#", "#", "lab.html#title=x&a=1"):
        with pytest.raises(ExperimentError, match="^the link: "):
            open_experiment(empty)


def test_what_the_lab_cannot_hold_is_said():
    large = Experiment.from_library("one-neuron").to_dict() | {"iterations": 200_001}
    with pytest.raises(ExperimentError, match="at most 200,000 iterations"):
        write_link(Experiment.from_dict(large, name="large", source="here"))
    slow = Experiment.from_library("one-neuron").to_dict() | {"iterations": 200_000}
    slow["data"] |= {"samples": 501}
    slow |= {"batch_size": 501}
    with pytest.raises(ExperimentError, match="100 million samples at most"):
        write_link(Experiment.from_dict(slow, name="slow", source="here"))
    start = {"weights": np.ones(9).tolist(), "biases": np.ones(9).tolist()}
    many = Experiment.from_library("one-neuron").to_dict() | {"start": start}
    with pytest.raises(ExperimentError, match="eight neurons"):
        write_link(Experiment.from_dict(many, name="many", source="here"))
