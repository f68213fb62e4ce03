"""Descriptions: what is read back, from files and from tables."""

from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from reluviz.core import Experiment, ExperimentError, library_names
from tests.core.described import GOOD, changed, read


def test_a_good_description() -> None:
    experiment = read(GOOD)
    assert experiment.target.weights.tolist() == [2.0, -1.5]
    assert experiment.target([1, 2]).tolist() == [2.0, 2.5]
    assert (experiment.order, experiment.stop_below, experiment.train_output_bias) == ("cycle", None, False)
    assert experiment.start.output_bias == 0.0


def test_the_data_are_those_of_random_state() -> None:
    """NumPy's RandomState(1952): its first numbers, as the article's runs take them, and an independent stream."""
    experiment = Experiment.open("one-neuron")
    assert experiment.samples().tolist() == np.random.RandomState(1952).uniform(0.0, 4.0, 400).tolist()
    with pytest.raises(ValueError):
        experiment.samples()[0] = 1.0
    assert not np.array_equal(replace(experiment, seed=1).samples(), experiment.samples())


def test_points_may_be_given_for_the_target() -> None:
    experiment = read(changed("target", {"points": [[0, 1], [1, 3], [4, 0]]}))
    assert experiment.target([0, 1, 4]).tolist() == [1, 3, 0]


@pytest.mark.parametrize(
    ("contents", "message"),
    [
        (b"title = ", "not valid TOML: "),
        (b"\xff\xfe", "not a text file in UTF-8"),
        (b"iterations = " + b"9" * 5000, "not valid TOML: "),
        (b"target = " + b"[" * 20000, "not valid TOML: "),
        (b"iterations = 0x" + b"f" * 5000 + b"\ntitle='x'", "iterations: this int does not fit"),
        (b"", "learning_rate: missing"),
        (b"\x00", "not valid TOML: "),
    ],
)
def test_files_that_are_no_description(tmp_path: Path, contents: bytes, message: str) -> None:
    path = tmp_path / "mine.toml"
    path.write_bytes(contents)
    with pytest.raises(ExperimentError) as caught:
        Experiment.open(str(path))
    assert message in str(caught.value)
    assert all(line.startswith(f"{path}: ") for line in str(caught.value).splitlines())


def test_files_that_are_not_there(tmp_path: Path) -> None:
    with pytest.raises(ExperimentError, match=r"none\.toml: cannot be read \(No such file or directory\)"):
        Experiment.open(str(tmp_path / "none.toml"))
    with pytest.raises(ExperimentError, match=r"cannot be read \(Is a directory\)"):
        Experiment.open(f"{tmp_path}/")
    with pytest.raises(ExperimentError, match="one-neuro: no such experiment; expected one-neuron"):
        Experiment.open("one-neuro")
    with pytest.raises(ExperimentError, match="xyz: no such experiment; expected one of teaser, four-slopes, one-neu"):
        Experiment.open("xyz")


def test_an_experiment_is_named_after_its_file(tmp_path: Path) -> None:
    path = tmp_path / "my-run.toml"
    path.write_text("[target]\npoints=[[0,0],[1,1]]\n[start]\nweights=[1]\nbiases=[0]\n", encoding="utf-8")
    path.write_text(
        "learning_rate=1\niterations=3\n" + path.read_text("utf-8") + "[data]\nlow=0\nhigh=1\nsamples=2\nseed=0\n",
        encoding="utf-8",
    )
    assert Experiment.open(str(path)).name == Experiment.open(str(path)).title == "my-run"


def test_the_library_is_complete() -> None:
    library = Path(__file__).parents[2] / "reluviz" / "core" / "library"
    files = {path.stem for path in library.glob("*.toml")}
    assert files == set(library_names()) and len(files) == 8


finite = st.floats(-1e30, 1e30)
pairs = st.lists(st.tuples(finite, finite), min_size=1, max_size=4)


@settings(max_examples=100, deadline=None)
@given(
    pairs, pairs, finite, st.floats(1e-9, 1e9), st.none() | st.floats(1e-12, 1e3), st.integers(0, 2**32 - 1),
    st.sampled_from(["cycle", "shuffle"]), st.booleans(), st.text("abc äöüß ₁δ→", min_size=1).filter(str.strip),
)  # fmt: skip
def test_a_description_reads_back_as_itself(
    target: list, start: list, low: float, width: float, stop: float | None, seed: int, order: str, c: bool, title: str
) -> None:
    if not low < low + width or width < 1e-8 * abs(low):
        return
    network = {"weights": [w for w, _ in target], "biases": [b for _, b in target], "output_bias": low}
    description = {
        "title": title,
        "target": network,
        "start": {"weights": [w for w, _ in start], "biases": [b for _, b in start]},
        "data": {"low": low, "high": low + width, "samples": 3, "seed": seed},
        "learning_rate": width,
        "iterations": seed % 1000,
        "order": order,
        "train_output_bias": c,
    }
    if stop is not None:
        description["stop_below"] = stop
    experiment = read(description)
    again = Experiment.from_dict(experiment.to_dict(), name="other", source="x")
    assert again.same_run(experiment) and replace(again, name="mine") == experiment
    assert not replace(experiment, seed=(seed + 1) % 2**32).same_run(experiment)
