"""new, explain: what they write, and the one line for what is wrong. Rendering itself is replaced or tiny."""

from __future__ import annotations

import pytest
from click.testing import CliRunner
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from reluviz.cli import main
from reluviz.core import Experiment, library_names
from reluviz.core.starter import commented_toml
from reluviz.stage import render


@pytest.fixture(autouse=True)
def in_a_folder_of_its_own(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("RELUVIZ_VOICE", "silent")
    monkeypatch.setenv("RELUVIZ_THEME", "dark")


def run(*arguments):
    result = CliRunner().invoke(main, arguments)
    assert result.exception is None or isinstance(result.exception, SystemExit), result.exception
    return result


@pytest.mark.parametrize("name", library_names())
def test_new_writes_what_reads_back_as_the_very_same_run(name, tmp_path):
    assert run("new", "mine.toml", "--like", name).exit_code == 0
    assert Experiment.open("mine.toml").same_run(Experiment.open(name))
    assert [path.name for path in tmp_path.iterdir()] == ["mine.toml"]


def test_new_has_a_comment_for_every_key():
    lines = commented_toml(Experiment.open("merging-neurons")).splitlines()
    for number, line in enumerate(lines):
        told_above = ("weights", "biases", "output_bias", "low", "high", "samples", "seed", "noise")
        if line and not line.startswith(("#", *told_above)):
            assert lines[number - 1].startswith("#"), line


def test_new_overwrites_nothing(tmp_path):
    (tmp_path / "mine.toml").write_text("precious")
    result = run("new", "mine.toml")
    assert (result.exit_code, (tmp_path / "mine.toml").read_text()) == (2, "precious")


GOOD = """title = "Mine"
learning_rate = 0.02
iterations = 40
[target]
points = [[0, 0], [1, 1]]
[start]
weights = [0.5]
biases = [0]
[data]
low = 0
high = 1
samples = 20
seed = 1
"""

MISTAKES = [
    (GOOD.replace("title", "titel"), "titel: unknown key; expected title"),
    (GOOD.replace("biases = [0]", "biases = [0, 1]"), "start.biases: 2 numbers for 1 weights"),
    (GOOD.replace("0.02", "-1"), "learning_rate: -1 is too small"),
    (GOOD.replace("[data]", "[data"), "not valid TOML"),
    (GOOD.replace("[0.5]", str([0.5] * 9)).replace("biases = [0]", f"biases = {[0] * 9}"), "9 neurons"),
    (GOOD.replace("iterations = 40", "iterations = 0"), "iterations: 0 makes no film"),
    ("\0", "not valid TOML"),
]


@pytest.mark.parametrize(("text", "said"), MISTAKES, ids=[said for _, said in MISTAKES])
def test_a_mistake_gets_one_line_and_leaves_nothing(text, said, tmp_path):
    (tmp_path / "mine.toml").write_text(text)
    result = run("explain", "mine.toml")
    assert result.exit_code == 2
    assert said in result.stderr and len(result.stderr.splitlines()) == 1
    assert [path.name for path in tmp_path.iterdir()] == ["mine.toml"]


def test_unknown_theme_voice_and_file_get_one_line():
    for arguments in (["no.toml"], ["one-neuron", "--theme", "pink"], ["one-neuron", "--voice", "loud"]):
        result = run("explain", *arguments)
        assert result.exit_code == 2 and len(result.stderr.splitlines()) == 1, result.stderr


@given(st.text(max_size=400))
@settings(max_examples=40, deadline=None, suppress_health_check=list(HealthCheck))
def test_no_file_gives_a_traceback(text):
    with CliRunner().isolated_filesystem():
        with open("mine.toml", "w", encoding="utf-8", errors="surrogatepass") as file:
            file.write(text)
        result = CliRunner().invoke(main, ["explain", "mine.toml"])
    assert result.exit_code == 2 and isinstance(result.exception, SystemExit)
    assert len(result.stderr.splitlines()) == 1


def test_explain_makes_the_film_and_nothing_else(tmp_path, monkeypatch):
    monkeypatch.setitem(render.QUALITIES, "l", (160, 90, 5))
    (tmp_path / "mine.toml").write_text(GOOD)
    result = run("explain", "mine.toml", "-q", "l")
    assert result.exit_code == 0, result.stderr
    film = tmp_path / "media" / "explained" / "mine.mp4"
    assert result.stdout.strip().endswith("media/explained/mine.mp4")
    assert film.stat().st_size > 10_000
    assert sorted(path.name for path in film.parent.iterdir()) == ["mine.json", "mine.mp4", "mine.srt"]
