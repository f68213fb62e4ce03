"""`reluviz sweep` as a user meets it."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
import time
from pathlib import Path

import numpy as np
import pytest
from click.testing import CliRunner
from PIL import Image

from reluviz.cli import main
from reluviz.core import Experiment
from reluviz.core.starter import write_new
from reluviz.sweep.judge import Outcome
from reluviz.sweep.store import SweepResult

STARTS = ("--vary", "start.origins=random:0..3")


@pytest.fixture(autouse=True)
def in_a_folder_of_its_own(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)


def run(*arguments: str):
    return CliRunner().invoke(main, ["sweep", *arguments])


@pytest.fixture
def short(tmp_path):
    """A file of one's own: example 4 with 400 iterations."""
    path = tmp_path / "short.toml"
    write_new(path, Experiment.open("merging-neurons"))
    path.write_text(path.read_text().replace("iterations = 20000", "iterations = 400"))
    assert Experiment.open(str(path)).iterations == 400
    return str(path)


def test_the_table_has_a_row_for_each_setting():
    result = run("merging-neurons", "--runs", "100", *STARTS, "--grid", "learning_rate=0.01,0.03")
    assert result.exit_code == 0, result.output
    lines = result.stdout.splitlines()
    assert lines[0].startswith("media/sweeps/merging-neurons-") and lines[0].endswith(".npz: 200 runs")
    assert lines[1].split()[:3] == ["learning_rate", "runs", "global"]
    assert [line.split()[0] for line in lines[2:]] == ["all", "0.01", "0.03"]
    found = SweepResult.load(Path(lines[0].split(":")[0]))
    for line, outcomes in zip(lines[3:], found.outcomes.outcome.reshape(2, 100), strict=True):
        assert float(line.split()[2]) == (outcomes == Outcome.GLOBAL_OPTIMUM).sum()


def test_json_is_one_object_with_the_same_numbers(short):
    result = run(short, "--runs", "20", *STARTS, "--json")
    found = json.loads(result.stdout)
    assert Path(found["file"]).is_file() and found["description"]["vary"] == {"start.origins": {"random": [0, 3]}}
    assert found["tallies"][0]["runs"] == 20 == sum(found["tallies"][0]["outcomes"].values())


def test_a_sweep_once_done_is_read(short):
    arguments = (short, "--runs", "300", *STARTS, "--output", "elsewhere")
    first = run(*arguments)
    (path,) = Path("elsewhere").iterdir()
    before = path.stat().st_mtime_ns
    assert run(*arguments).stdout == first.stdout and path.stat().st_mtime_ns == before
    assert run(*arguments, "--seed", "1").stdout != first.stdout and len(list(Path("elsewhere").iterdir())) == 2


def test_the_map_is_a_picture_of_the_outcomes(short):
    axes = ("--grid", "start.origins.2=0..3:6", "--grid", "start.origins.3=0..3:6")
    result = run("merging-neurons", "--runs", "1", *axes, "--map", "map.png")
    assert result.exit_code == 0, result.output
    assert result.stdout.splitlines()[-1] == "map.png"
    assert Image.open("map.png").size == (1920, 1080)


@pytest.mark.parametrize(
    ("arguments", "says"),
    [
        (("merging-neuron", "--runs", "1"), "merging-neuron: no such experiment; expected merging-neurons"),
        (("none.toml", "--runs", "1"), "none.toml: cannot be read"),
        (("merging-neurons", "--runs", "0"), "--runs 0: expected a whole number from 1"),
        (("merging-neurons", "--runs", "1", "--grid", "neurons=5"), "expected --vary start.weights="),
        (("merging-neurons", "--runs", "1", "--map", "map.png"), "a grid of 0 axes; expected two"),
        (("merging-neurons", "--runs", "1", "--map", "map.jpg"), "expected a name that ends in .png"),
        (("merging-neurons", "--runs", "1", "--grid", "learning_rate=0.01,0.02,0.05", "--grid", "neurons=4",
          "--map", "m.png"), "learning_rate has no evenly spaced, rising numbers"),
        (("merging-neurons", "--runs", "1", "--output", "file/sweeps"), "cannot be written"),
    ],
)  # fmt: skip
def test_a_mistake_gets_one_line(arguments, says):
    Path("file").write_text("")
    result = run(*arguments)
    assert result.exit_code == 2 and says in result.stderr
    assert result.stderr.count("\n") == 1 and result.stderr.startswith("reluviz: ")


def test_killed_in_the_middle_it_goes_on_and_ends_with_the_same_file():
    """The process is killed for good once some of its parts are there, while others are not."""
    arguments = ["merging-neurons", "--runs", "8000", *STARTS, "--output"]
    command = [sys.executable, "-c", "from reluviz.cli import main; main()", "sweep", *arguments, "killed"]
    process = subprocess.Popen(command, env=os.environ | {"NUMBA_NUM_THREADS": "1"}, stdout=subprocess.DEVNULL)
    deadline = time.monotonic() + 60
    while not (parts := [p for p in Path("killed").glob("*.parts/*.npz") if not p.name.startswith(".")]):
        assert process.poll() is None and time.monotonic() < deadline
        time.sleep(0.001)
    process.send_signal(signal.SIGKILL)
    process.wait()
    (folder,) = Path("killed").glob("*.parts")
    there = {p.name: p.stat().st_mtime_ns for p in folder.glob("0*.npz")}
    assert parts and len(there) < 32 and not list(Path("killed").glob("*.npz"))
    assert run(*arguments, "whole").exit_code == 0
    assert run(*arguments, "killed").exit_code == 0
    (one,), (other,) = Path("killed").glob("*.npz"), Path("whole").glob("*.npz")
    assert one.read_bytes() == other.read_bytes() and not list(Path("killed").glob("*.parts"))


def test_stopped_by_hand_it_says_where_it_stands(short, monkeypatch):
    from reluviz.sweep import execute

    def stopped(sweep, parts):
        yield parts[0], execute.train_part(sweep, parts[0])
        raise KeyboardInterrupt

    monkeypatch.setattr(execute, "on_all_cores", stopped)
    result = run(short, "--runs", "1000", *STARTS)
    assert result.exit_code == 130
    assert result.stderr == "stopped; the same command goes on where it was: 128 of 1,000 runs done\n"
    with np.load(next(Path("media/sweeps").glob("*.parts/*.npz"))) as part:
        assert len(part["error"]) == 128
