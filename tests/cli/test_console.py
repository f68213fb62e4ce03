"""How commands say that something went wrong: one line, whatever it was, and never a bare traceback."""

from __future__ import annotations

import os
import re
import subprocess
import sys
from pathlib import Path

import click
import pytest
from click.testing import CliRunner

from reluviz.cli import console, main
from reluviz.errors import UserError

ROOT = Path(__file__).parents[2]


@pytest.fixture(autouse=True)
def in_a_folder_of_its_own(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    monkeypatch.delenv("RELUVIZ_DEBUG", raising=False)


def reluviz(*arguments, stdout=subprocess.PIPE, **environment):
    """The command in a process of its own, with the environment changed."""
    command = [sys.executable, "-c", "from reluviz.cli import main; main(prog_name='reluviz')", *arguments]
    kept = os.environ | {"PYTHONPATH": str(ROOT)} | environment
    return subprocess.run(command, stdout=stdout, stderr=subprocess.PIPE, env=kept)


@pytest.fixture
def failing(monkeypatch):
    """A command that fails as told."""

    def fails_with(error):
        @click.command("fail")
        def fail():
            raise error

        monkeypatch.setitem(main.commands, "fail", fail)
        return CliRunner().invoke(main, ["fail"])

    return fails_with


def test_a_mistake_is_one_line_even_where_it_names_a_file_of_two(failing):
    result = failing(UserError("a\nb\u2028\x1b[31m.toml: \udcff does not fit"))
    assert result.exit_code == 2 and result.stdout == ""
    assert result.stderr == "reluviz: a\\nb\\u2028\\x1b[31m.toml: \\udcff does not fit\n"


def test_two_mistakes_are_two_lines(failing):
    result = failing(UserError("a.toml: x: missing", "a.toml: y: unknown"))
    assert (result.exit_code, result.stderr) == (2, "reluviz: a.toml: x: missing\nreluviz: a.toml: y: unknown\n")


def test_a_failure_of_the_system_is_one_line(failing):
    result = failing(PermissionError(13, "Permission denied", "media/x"))
    assert (result.exit_code, result.stderr) == (2, "reluviz: media/x: Permission denied\n")


def test_what_was_not_foreseen_leaves_a_file_to_report(failing, monkeypatch, tmp_path):
    monkeypatch.setattr("tempfile.tempdir", str(tmp_path))
    result = failing(RuntimeError("boom\nboom"))
    assert result.exit_code == console.UNFORESEEN == 70 and result.stderr.count("\n") == 1
    (report,) = tmp_path.glob("reluviz-*.txt")
    assert result.stderr.startswith(r"reluviz: a failure that was not foreseen (RuntimeError: boom\nboom)")
    assert str(report) in result.stderr and "Traceback" not in result.stderr
    assert "Traceback" in report.read_text() and "RuntimeError: boom" in report.read_text()
    monkeypatch.setenv("RELUVIZ_DEBUG", "1")
    result = failing(RuntimeError("boom"))
    assert result.exit_code == 70 and "Traceback (most recent call last)" in result.stderr


def test_where_no_report_can_be_written_it_is_one_line_still(failing, monkeypatch, tmp_path):
    monkeypatch.setattr("tempfile.tempdir", str(tmp_path / "missing"))
    assert failing(RuntimeError("boom")).stderr == "reluviz: a failure that was not foreseen (RuntimeError: boom)\n"


@pytest.mark.parametrize("arguments", [
    ["explian"], ["train", "--outptu", "x"], ["serve", "--port", "many"], ["serve", "--port", "70000"], ["inspect"],
    ["explain", "one-neuron", "-q", "x"], ["--nothing"], ["new", "a.toml", "b.toml"], ["train", "--output"],
])  # fmt: skip
def test_a_command_that_is_not_understood_is_one_line(arguments):
    result = CliRunner().invoke(main, arguments)
    assert result.exit_code == 2 and result.stdout == ""
    assert re.fullmatch(r"reluviz: .* --help says more\)\n", result.stderr)


def test_no_command_at_all_gets_the_help():
    assert "Commands:" in CliRunner().invoke(main, []).output


@pytest.mark.parametrize("environment", [{"PYTHONIOENCODING": "ascii"}, {"LC_ALL": "C", "PYTHONUTF8": "0"}],
                         ids=["ascii", "C"])  # fmt: skip
def test_what_a_terminal_cannot_show_is_replaced(environment, tmp_path):
    done = reluviz("inspect", "one-neuron", **environment)
    assert done.returncode == 0 and done.stderr == b"", done.stderr
    assert b"Neuron" in done.stdout
    (tmp_path / "größer.toml").write_text("[")
    done = reluviz("train", "größer.toml", **environment)
    assert done.returncode == 2 and done.stderr.count(b"\n") == 1 and b"Traceback" not in done.stderr


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="needs /dev/full")
def test_a_full_disk_behind_the_output_is_one_line():
    with open("/dev/full", "wb") as full:
        for arguments in (["list"], ["train", "teaser"]):
            done = reluviz(*arguments, stdout=full)
            assert (done.returncode, done.stderr) == (2, b"reluviz: output: No space left on device\n")
