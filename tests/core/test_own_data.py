"""Noise, samples of one's own and drawn starts: what they become when a description is read."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from reluviz.core import Experiment, ExperimentError, train
from reluviz.core.measure import rms_error, rms_to_target
from reluviz.core.own_data import MOST_POINTS
from reluviz.core.starter import commented_toml

FOUR = Experiment.open("merging-neurons")
REST = "learning_rate = 0.01\niterations = 50\n[start]\nweights = [0.1]\nbiases = [0.0]\n"


def written(folder: Path, text: str, csv: bytes = b"") -> Experiment:
    (folder / "mine.toml").write_text(REST + text, encoding="utf-8")
    (folder / "mine.csv").write_bytes(csv)
    return Experiment.from_toml(folder / "mine.toml")


def test_noise_is_twelve_numbers_less_six_from_a_stream_of_its_own() -> None:
    noisy = replace(FOUR, noise=0.25)
    stream = np.random.RandomState([1952, 2**32 - 1])
    drawn = [stream.random_sample(400).tolist() for _ in range(12)]
    expected = []
    for k, clean in enumerate(FOUR.targets().tolist()):
        z = 0.0
        for numbers in drawn:
            z += numbers[k]
        expected.append(clean + 0.25 * (z - 6.0))
    assert noisy.targets().tolist() == expected
    assert np.array_equal(noisy.samples(), FOUR.samples()) and np.array_equal(
        FOUR.targets(), FOUR.target(FOUR.samples())
    )
    off = (replace(FOUR, noise=1.0, samples_count=100_000).targets()
           - replace(FOUR, samples_count=100_000).targets())  # fmt: skip
    assert abs(off.mean()) < 0.01 and abs(off.std() - 1.0) < 0.01 and abs(np.mean(off**4) - 2.9) < 0.1


def test_every_delta_is_against_the_noisy_value_and_both_errors_have_names() -> None:
    noisy = replace(FOUR, noise=0.25, iterations=400, stop_below=None)
    run = train(noisy)
    assert run.residuals[7] == noisy.targets()[7] - run.network_at(7)(noisy.samples()[7])
    solved = train(replace(noisy, start=FOUR.target, iterations=0))
    assert rms_to_target(solved, 0) == 0.0 and rms_error(solved, 0) == pytest.approx(0.25, rel=0.1)


@pytest.mark.parametrize(
    "csv", [b"x,y\n0,1\n1.5,3\n4,0\n", b"0;1\r\n1.5;3\r\n\r\n4;0", b"\xef\xbb\xbf0\t1\n1.5\t3\n4\t0\n"]
)
def test_a_file_is_read_as_its_numbers(tmp_path: Path, csv: bytes) -> None:
    mine = written(tmp_path, '[data]\nfile = "mine.csv"\n', csv)
    assert mine.samples().tolist() == [0.0, 1.5, 4.0] and mine.targets().tolist() == [1.0, 3.0, 0.0]
    assert mine.target([0.0, 0.75, 1.5, 4.0]) == pytest.approx([1.0, 2.0, 3.0, 0.0], abs=1e-12)
    assert (mine.low, mine.high, mine.samples_count, mine.seed) == (0.0, 4.0, 3, 0)
    assert mine.to_dict()["data"] == {"low": 0.0, "high": 4.0, "noise": 0.0, "seed": 0,
                                      "points": [[0.0, 1.0], [1.5, 3.0], [4.0, 0.0]]}  # fmt: skip
    again = Experiment.from_dict(mine.to_dict(), name="mine", source="x")
    assert again == mine and again.to_json() == mine.to_json()


def test_samples_of_one_place_and_a_target_beside_them(tmp_path: Path) -> None:
    points = "[data]\npoints = [[1, 5], [0, 1], [1, 3]]\n"
    mine = written(tmp_path, points)
    assert mine.target([0.0, 1.0]).tolist() == [1.0, 4.0], "the mean where several have the same x"
    given = written(tmp_path, f"{points}[target]\nweights = [2]\nbiases = [0]\n")
    assert given.targets().tolist() == [5.0, 1.0, 3.0] and given.target([1.0]).tolist() == [2.0]


@pytest.mark.parametrize(
    ("csv", "wrong"),
    [
        (b"0,1\n1,x\n2,3\n", "line 2: 'x' is no number; expected two numbers x, y"),
        (b"0,1\n1\n2,3\n", "line 2: 1 column, not two; expected two numbers x, y"),
        (b"0,1\n1,2,3\n2,3\n", "line 2: 3 columns, not two; expected two numbers x, y"),
        (b"0,1\n1,nan\n", "line 2: 'nan' is not between -1e+30 and 1e+30; expected two numbers x, y"),
    ],
)
def test_a_bad_line_is_named(tmp_path: Path, csv: bytes, wrong: str) -> None:
    with pytest.raises(ExperimentError) as caught:
        written(tmp_path, '[data]\nfile = "mine.csv"\n', csv)
    assert str(caught.value) == f"{tmp_path}/mine.toml: data.file: {tmp_path}/mine.csv, {wrong}"


@pytest.mark.parametrize(
    ("csv", "wrong"),
    [
        (b"", "data.file: 0 points; expected 2 to 10,000"),
        (b"x,y\n", "data.file: 0 points; expected 2 to 10,000"),
        (b"1,1\n" * (MOST_POINTS + 1), "data.file: 10,001 points; expected 2 to 10,000"),
        (b"1,1\n1,2\n", "data.file: all points at one x; expected at least two different x"),
        (b"\xff\xfe", "not a text file in UTF-8"),
        (b"1" * 2_000_001, "more than 2,000,000 bytes"),
        (b"0,0\n1e-5,1e30\n1,0\n", "data.file: too steep; expected slopes up to 1e+30"),
    ],
)
def test_files_that_are_no_data_get_a_line(tmp_path: Path, csv: bytes, wrong: str) -> None:
    with pytest.raises(ExperimentError) as caught:
        written(tmp_path, '[data]\nfile = "mine.csv"\n', csv)
    assert wrong in str(caught.value) and "\n" not in str(caught.value)
    with pytest.raises(ExperimentError, match="none.csv: no such file"):
        written(tmp_path, '[data]\nfile = "none.csv"\n')
    with pytest.raises(ExperimentError, match="no such file"):
        written(tmp_path, '[data]\nfile = "."\n')


@settings(max_examples=100, deadline=None)
@given(csv=st.binary(max_size=60) | st.text("0123456789.,;-e\n\tx ", max_size=60).map(str.encode))
def test_any_file_is_data_or_lines_that_name_it(tmp_path_factory: pytest.TempPathFactory, csv: bytes) -> None:
    folder = tmp_path_factory.mktemp("csv")
    try:
        mine = written(folder, '[data]\nfile = "mine.csv"\n', csv)
    except ExperimentError as error:
        assert all(line.startswith(f"{folder}/mine.toml: data.") for line in str(error).splitlines())
    else:
        assert np.isfinite(mine.targets()).all() and train(mine).last >= 0


def test_a_start_is_drawn_once_for_all(tmp_path: Path) -> None:
    head, data = "learning_rate = 0.01\niterations = 5\n", "[data]\npoints = [[0, 1], [4, 2]]\n"
    drawn = "[start]\nrandom = { neurons = 4, origins = [0, 4], weights = [0, 0.1], seed = 3 }\n"
    (tmp_path / "mine.toml").write_text(head + drawn + data, encoding="utf-8")
    mine = Experiment.from_toml(tmp_path / "mine.toml")
    stream = np.random.RandomState(3)
    assert mine.start.weights.tolist() == stream.uniform(0.0, 0.1, 4).tolist()
    assert mine.start.origins.tolist() == stream.uniform(0.0, 4.0, 4).tolist()
    assert set(mine.to_dict()["start"]) == {"weights", "biases", "output_bias"}


@pytest.mark.parametrize("name", ["mini-batch", "momentum-frees", "adam-merges", "noisy", "my-data", "one-neuron"])
def test_a_file_to_start_from_has_a_comment_for_every_key(tmp_path: Path, name: str) -> None:
    own = Experiment.open(name)
    text = commented_toml(own)
    (tmp_path / "new.toml").write_text(text, encoding="utf-8")
    assert Experiment.from_toml(tmp_path / "new.toml").same_run(own)
    lines = text.splitlines()
    for k, line in enumerate(lines):
        if line.startswith(("learning_rate", "iterations", "order", "batch_size", "train_output", "beta", "momentum")):
            assert lines[k - 1].startswith("# ") and len(lines[k - 1]) <= 120
