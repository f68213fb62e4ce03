"""Two processes at once on the same files: both end well, with the same result, and no false word is said."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

from tests.attacks.conftest import ROOT, held, share
from tests.attacks.test_kills import kit_state, published, short, unfinished  # noqa: F401

START = "from reluviz.cli import main; print('ready', flush=True); input(); main({arguments!r}, prog_name='reluviz')"


def both(folder: Path, *commands: list[str]) -> list[tuple[str, str]]:
    """What each of the commands prints, where all start at one moment."""
    processes = [
        subprocess.Popen(
            [sys.executable, "-c", START.format(arguments=command)], cwd=folder, text=True,
            stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.PIPE,
            env=os.environ | {"PYTHONPATH": str(ROOT)},
        )
        for command in commands
    ]  # fmt: skip
    for process in processes:
        assert process.stdout is not None and process.stdout.readline() == "ready\n"
    for process in processes:
        assert process.stdin is not None
        process.stdin.write("\n")
        process.stdin.flush()
    said = [process.communicate(timeout=120) for process in processes]
    assert [process.returncode for process in processes] == [0] * len(processes), said
    return said


@pytest.mark.parametrize("number", range(share(1, 8)))
def test_one_sweep_twice(number, folder):
    short(folder, seed=number, iterations=200)
    command = ["sweep", "short.toml", "--runs", "1500", "--vary", "start.origins=random:0..2", "--output", "found"]
    one, other = both(folder, command, command)
    assert one == other and one[1] == "", "the same table, and nothing said of damage"
    assert [path.suffix for path in (folder / "found").iterdir()] == [".npz"]
    held("two at once", "sweep")


@pytest.mark.parametrize("number", range(share(1, 8)))
def test_one_run_twice(number, folder):
    short(folder, seed=number)
    for stdout, stderr in both(folder, *[["train", "short.toml", "--output", "runs"]] * 2):
        assert stdout.startswith("runs/short.npz: ") and stderr == ""
    assert [path.name for path in (folder / "runs").iterdir()] == ["short.npz"]
    held("two at once", "train")


@pytest.mark.parametrize("number", range(share(1, 8)))
def test_one_kit_twice(number, published):  # noqa: F811
    """Of the same films and of others: the kit is one of the two, whole."""
    films = ["videos", "one"][: 1 + number % 2] * 2
    both(published, *(["publish", "--videos", name, "--output", "twice", "--figures", "none"] for name in films[:2]))
    (published / "twice" / "notes.txt").write_text("the lecturer's own")
    assert kit_state(published / "twice") in ("one", "two")
    assert json.loads((published / "twice" / "manifest.json").read_text())["films"]
    assert unfinished(published) == []
    held("two at once", "publish")
