"""The command line as a user meets it: what it prints, what it writes, and how it says no."""

import json
import subprocess
import sys
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from reluviz.cli import main
from reluviz.core import Trajectory, example_names, library_names
from tests.mine import MINE, mine


@pytest.fixture(autouse=True)
def in_an_empty_folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)


def run(*arguments: str) -> Result:
    return CliRunner().invoke(main, list(arguments))


def say_no(*arguments: str) -> str:
    """What a mistake gets: one line on stderr, nothing on stdout, exit code 2, no traceback."""
    result = run(*arguments)
    assert result.exit_code == 2 and result.stdout == ""
    assert result.stderr.startswith("reluviz: ") and result.stderr.count("\n") == 1
    return result.stderr.removeprefix("reluviz: ").strip()


def test_list() -> None:
    result = run("list")
    assert result.exit_code == 0
    lines = result.stdout.splitlines()
    assert [line.split()[0] for line in lines[1:]] == [*library_names(), *example_names()]
    assert "momentum-frees" in example_names() and "Two neurons become one" in result.stdout


def test_train_the_library_and_again() -> None:
    result = run("train")
    assert result.exit_code == 0 and result.stderr == ""
    assert result.stdout.splitlines()[0] == "media/trajectories/teaser.npz: trained (7,200 iterations; converged)"
    assert sorted(p.stem for p in Path("media/trajectories").iterdir()) == sorted(library_names())
    assert Trajectory.load(Path("media/trajectories/two-neurons.npz")).last == 3600

    again = run("train").stdout.splitlines()
    assert len(again) == len(library_names()) and all(": up to date (" in line for line in again)


def test_train_a_file_into_a_folder() -> None:
    Path("mine.toml").write_text(MINE)
    result = run("train", "mine.toml", "--output", "runs/here")
    assert result.stdout == "runs/here/mine.npz: trained (40 iterations; out of iterations)\n"
    Path("mine.toml").write_text(mine(seed=4))
    assert "trained" in run("train", "mine.toml", "--output", "runs/here").stdout
    assert Trajectory.load(Path("runs/here/mine.npz")).experiment.seed == 4


def test_train_says_that_a_long_run_is_thinned() -> None:
    Path("long.toml").write_text(mine(iterations=1_100_000))
    thinned = "thinned: the first 100,000 updates recorded, then one in 10"
    assert run("train", "long.toml").stdout.endswith(f"(1,100,000 iterations; out of iterations; {thinned})\n")
    assert thinned in run("inspect", "long.toml").stdout


def test_train_and_inspect_a_run_that_overflows() -> None:
    """An output bias that each update multiplies by -2, from 1: 1,023 updates fit into float64."""
    wild = mine(learning_rate=1.5, iterations=3000).replace("[target]", "train_output_bias = true\n[target]")
    wild = wild.replace("points = [[0, 0], [1, 1]]", "weights = [0]\nbiases = [-5]")
    wild = wild.replace("weights = [0.5]\nbiases = [0]", "weights = [0]\nbiases = [-5]\noutput_bias = 1")
    Path("wild.toml").write_text(wild)
    assert run("train", "wild.toml").stdout == "media/trajectories/wild.npz: trained (1,023 iterations; overflowed)\n"
    facts = json.loads(run("inspect", "wild.toml", "--json").stdout)
    assert (facts["outcome"], facts["overflowed_at"]) == ("overflowed", 1023)
    assert facts["largest_residual"]["end"] == 2.0**1023 and facts["rms_error"]["end"] is None
    shown = run("inspect", "wild.toml").stdout
    assert "overflowed at iteration 1,023: the next update left the range of float64" in shown
    assert "RMS error over the data: 1 → beyond float64" in shown and "Output bias: 1 → −8.988e+307" in shown


def test_nothing_is_trained_when_one_name_is_wrong() -> None:
    assert say_no("train", "one-neuron", "five-neuron").startswith("five-neuron: no such experiment; expected five-n")
    assert not Path("media").exists()


def test_mistakes() -> None:
    Path("mine.toml").write_text(MINE.replace("samples", "sample"))
    assert run("train", "mine.toml").stderr.splitlines() == [
        "reluviz: mine.toml: data.sample: unknown key; expected samples",
    ]
    assert say_no("inspect", "none.toml") == "none.toml: cannot be read (No such file or directory)"
    assert say_no("inspect", "none.npz") == "none.npz: no such file"
    Path("one-neuron.npz").write_bytes(b"half a file")
    assert say_no("inspect", "one-neuron.npz").endswith("; make it anew with: reluviz train one-neuron")
    Path("runs").write_text("a file in the way")
    assert run("train", "one-neuron", "--output", "runs").exit_code == 2
    assert say_no("train", "one-neuron", "--output", "runs/x").startswith("runs/x/one-neuron.npz: cannot be written (")


def test_inspect_as_json() -> None:
    """Example 2: from weight -0.6 and origin 0 to weight 2 and origin 1, near enough, in 800 iterations."""
    result = run("inspect", "one-neuron", "--json")
    facts = json.loads(result.stdout)
    assert (facts["name"], facts["iterations"], facts["outcome"]) == ("one-neuron", 800, "converged")
    assert facts["experiment"]["target"] == {"weights": [2.0], "biases": [-1.0], "output_bias": 0.0}
    (neuron,) = facts["neurons"]
    assert neuron["neuron"] == 1 and neuron["weight"]["start"] == -0.6 and neuron["origin"]["start"] == 0.0
    assert neuron["weight"]["end"] == pytest.approx(2, abs=0.01)
    assert neuron["origin"]["end"] == pytest.approx(1, abs=0.01)
    assert facts["rms_error"]["end"] < 0.01 < 1 < facts["rms_error"]["start"]
    assert json.loads(run("inspect", "media/trajectories/one-neuron.npz", "--json").stdout) == facts


def test_inspect_as_a_table() -> None:
    shown = run("inspect", "merging-neurons").stdout
    assert "20,000 iterations, out of iterations; every update recorded" in shown
    assert "−0.002 → 0.05677" in shown and "Slope change" in shown
    assert "--" not in shown and "nan" not in shown


def test_help_is_quick_and_has_examples() -> None:
    for command in ("list", "train", "inspect"):
        assert f"Example{'s' if command != 'list' else ''}:\n    reluviz {command}" in run(command, "--help").stdout
    loaded = "import sys, reluviz.cli.runs; print({'numpy', 'numba', 'manim', 'rich'} & set(sys.modules))"
    fresh = subprocess.run([sys.executable, "-c", loaded], capture_output=True, text=True, check=True)
    assert fresh.stdout.strip() == "set()"


def test_the_installed_command() -> None:
    command = Path(sys.executable).parent / "reluviz"
    done = subprocess.run([command, "inspect", "nothing-there"], capture_output=True, text=True)
    assert done.returncode == 2 and done.stderr.count("\n") == 1 and "Traceback" not in done.stderr
    assert subprocess.run([command, "--version"], capture_output=True, text=True).stdout.startswith("reluviz, version")
