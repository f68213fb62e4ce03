"""Bad descriptions of experiments and of sweeps: a result, or a line for each mistake, and never anything else."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from tests.attacks.inputs import VALUE, described, run, tries

pytestmark = [
    pytest.mark.filterwarnings("error::RuntimeWarning"),
    pytest.mark.usefixtures("in_a_folder_of_its_own"),
]

KEYS = ["learning_rate", "stop_below", "order", "batch_size", "train_output_bias", "title", "optimizer",
    "target", "start", "data",
        "start.weights", "start.biases", "start.output_bias", "start.random", "target.weights", "target.biases",
        "target.output_bias", "target.points", "target.shape", "data.low", "data.high", "data.seed", "data.noise",
        "data.points", "data.file", "optimizer.name", "optimizer.momentum", "optimizer.beta1", "optimizer.epsilon",
        "unheard.of", "_"]  # fmt: skip


@tries("experiment's key", 60, 3000)
@given(st.lists(st.tuples(st.sampled_from(KEYS), VALUE), min_size=1, max_size=3))
@example([("target", {"weights": [1], "biases": [1.8e308]})])
@example([("target", {"weights": [1], "biases": [0], "output_bias": 9.2e158})])
@example([("data", {"low": 1, "high": 1.0000000000000002, "samples": 3, "seed": 1}), ("target", {"shape": "tent"})])
@example([("learning_rate", 1e60)])
def test_experiments(changes):
    Path("mine.toml").write_text(described(changes), encoding="utf-8")
    done = run("train", "mine.toml")
    if done.exit_code == 0:
        facts = json.loads(run("inspect", "mine.toml", "--json").stdout)
        assert facts["outcome"].split(",")[0] in ("converged", "out of iterations", "overflowed", "diverged")


@tries("experiment's text", 60, 1500)
@given(st.text(max_size=60), st.integers(0, 400), st.integers(0, 30))
def test_text_in_the_place_of_experiments(text, at, length):
    good = described([])
    Path("mine.toml").write_bytes((good[:at] + text + good[at + length :]).encode("utf-8", "surrogatepass"))
    run("train", "mine.toml")


PLACES = ["learning_rate", "neurons", "data.seed", "start.weights", "start.biases", "start.origins",
    "start.origins.2",
          "start.origins.²", "start.weights.0", "start.biases." + "9" * 5000, "order", "batch_size", "x",
          ""]  # fmt: skip
WAYS = ["0", "1", "4", "0.02", "random:0..2", "even:0..2", "0..2:3", "random:2..0", "0..1e309:2", "nan",
    "0..1:0", "0..1:1e9",
        "random:", "even:1..1", "1e60", "-1", "²", "0..1:" + "9" * 30, "random:0..1,even:0..2", ",", "..", "=",
        "1,1"]  # fmt: skip
OPTION = st.builds("{}={}".format, st.sampled_from(PLACES), st.sampled_from(WAYS)) | st.text(max_size=12)


@tries("sweep's option", 60, 1200)
@given(st.lists(OPTION, max_size=2), st.lists(OPTION, max_size=2), st.sampled_from(["1", "2", "0", "-1", "x",
    "9" * 30]),
       st.sampled_from(["0", "7", "-1", "9" * 30]))  # fmt: skip
def test_sweeps(vary, grid, runs, seed):
    Path("mine.toml").write_text(described([]))
    options = [f"--vary={one}" for one in vary] + [f"--grid={one}" for one in grid]
    run("sweep", "mine.toml", f"--runs={runs}", f"--seed={seed}", *options)
