"""What attacks need: how many of them, their children, and the table of what happened."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from collections import Counter
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest

ROOT = Path(__file__).parents[2]
WHOLE = os.environ.get("RELUVIZ_ATTACKS") == "whole"
"""Whether all attacks are made (make test-attacks), or the few that fit into make test."""
KINDS = {"kills", "failed writes", "damages", "two at once", "inputs"}
HELD: Counter[tuple[str, str]] = Counter()
"""(kind of attack, what was attacked) -> how many of them were withstood."""


def share(quick: int, whole: int) -> int:
    """How many attacks to make."""
    return whole if WHOLE else quick


def held(kind: str, what: str, count: int = 1) -> None:
    """Notes attacks that were withstood."""
    HELD[kind, what] += count


def pytest_sessionfinish(session: pytest.Session) -> None:
    """Writes the table, if all attacks were made and withstood, and not only some that were chosen."""
    if not WHOLE or session.testsfailed or {kind for kind, _ in HELD} != KINDS:
        return
    from tests.attacks.table import table

    (ROOT / "benchmarks" / "attacks.md").write_text(table(HELD), encoding="utf-8")


@dataclass(frozen=True)
class Ended:
    """How a child ended: its exit code (negative: the signal), its writes, what it said."""

    status: int
    writes: int
    stdout: str
    stderr: str


class Nursery:
    """Runs commands in children that can be killed (nursery.py)."""

    def __init__(self) -> None:
        self._process = subprocess.Popen(
            [sys.executable, "-m", "tests.attacks.nursery"], cwd=ROOT, stdin=subprocess.PIPE, stdout=subprocess.PIPE,
            text=True, env=os.environ | {"PYTHONPATH": str(ROOT), "RELUVIZ_VOICE": "silent", "RELUVIZ_DEBUG": "1"},
        )  # fmt: skip

    def run(self, folder: Path, *arguments: str, work: str = "reluviz", **attack: float) -> Ended:
        """A command in `folder`. attack: die_at, fail_at, largest or after, as nursery.py says."""
        return self._ask(folder, work, {"arguments": arguments} | attack)[0]

    def run_both(self, folder: Path, one: list[str], other: list[str]) -> list[Ended]:
        """Two commands of reluviz at once."""
        return self._ask(folder, "reluviz", {"arguments": one, "beside": other})

    def _ask(self, folder: Path, work: str, what: dict[str, Any]) -> list[Ended]:
        assert self._process.stdin is not None and self._process.stdout is not None
        self._process.stdin.write(json.dumps({"work": work, "folder": str(folder)} | what) + "\n")
        self._process.stdin.flush()
        ended = []
        for number, answer in enumerate(json.loads(self._process.stdout.readline())):
            said = ((folder.parent / f".{name}{number}").read_text(errors="replace") for name in ("stdout", "stderr"))
            ended.append(Ended(answer["status"], answer["writes"], *said))
        return ended

    def close(self) -> None:
        """Ends it."""
        self._process.communicate()


@pytest.fixture(scope="session")
def nursery():
    children = Nursery()
    yield children
    children.close()


@pytest.fixture
def folder(tmp_path) -> Path:
    """A folder to work in; what children say lies beside it."""
    place = tmp_path / "here"
    place.mkdir()
    return place


@pytest.fixture
def in_a_folder_of_its_own(tmp_path, monkeypatch) -> None:
    """Where a test works, and where reports of what was not foreseen go."""
    monkeypatch.chdir(tmp_path)
    monkeypatch.setattr("tempfile.tempdir", str(tmp_path))
