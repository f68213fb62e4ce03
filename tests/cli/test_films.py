"""new, explain, figures: what they write, and the one line for what is wrong; films are tiny."""

from __future__ import annotations

import json
from pathlib import Path

import numpy as np
import pytest
from click.testing import CliRunner
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from PIL import Image, ImageColor

from reluviz.cli import main
from reluviz.core import Experiment, library_names
from reluviz.core.starter import commented_toml
from reluviz.theme import LIGHT
from tests.cli.conftest import background
from tests.mine import MINE, mine


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


MISTAKES = [
    (MINE.replace("title", "titel"), "titel: unknown key; expected title"),
    (mine(biases=[0, 1]), "start.biases: 2 numbers for 1 weights"),
    (mine(learning_rate=-1), "learning_rate: -1 is too small"),
    (MINE.replace("[data]", "[data"), "not valid TOML"),
    (mine(weights=[0.5] * 9, biases=[0] * 9), "9 neurons"),
    (mine(iterations=0), "iterations: 0 makes no film"),
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
    Path("mine.toml").write_bytes(text.encode("utf-8", "surrogatepass"))
    result = CliRunner().invoke(main, ["explain", "mine.toml"])
    assert result.exit_code == 2 and isinstance(result.exception, SystemExit)
    assert all(line.startswith("reluviz: mine.toml: ") for line in result.stderr.split("\n")[:-1])


def test_explain_makes_the_film_and_nothing_else(tmp_path, tiny):
    """Under the name nearest to the file's, which it says; theme and voice as the options say."""
    (tmp_path / "My film #1.toml").write_text(MINE)
    result = run("explain", "My film #1.toml", "-q", "l", "--theme", "light", "--voice", "silent")
    assert result.exit_code == 0, result.stderr
    film = tmp_path / "media" / "explained" / "my-film-1.mp4"
    assert result.stdout.strip().endswith("media/explained/my-film-1.mp4")
    assert "the film is called my-film-1" in result.stderr and "rendering my-film-1 1/" in result.stderr
    assert sorted(path.name for path in film.parent.iterdir()) == [f"my-film-1.{e}" for e in ("json", "mp4", "srt")]
    told = json.loads(film.with_suffix(".json").read_text())
    assert (told["name"], told["theme"], told["voice"]) == ("my-film-1", "light", "silent")
    assert background(film) == pytest.approx(ImageColor.getrgb(LIGHT.background), abs=6)


def test_figures_of_a_run_and_of_an_untrained_one(tmp_path):
    result = run("figures", "four-slopes", "one-neuron", "--theme", "light", "--output", "stills")
    assert result.exit_code == 0, result.stderr
    kinds = ["biases", "end", "fit", "neurons", "start", "weights"]
    names = ["four-slopes-end.png", *(f"one-neuron-{kind}.png" for kind in kinds)]
    assert sorted(path.name for path in (tmp_path / "stills").iterdir()) == names
    assert sorted(result.stdout.split()) == [f"stills/{name}" for name in names]
    for name in names:
        picture = np.array(Image.open(tmp_path / "stills" / name))
        assert picture.shape == (1080, 1920, 3)
        assert tuple(picture[2, 2]) == ImageColor.getrgb(LIGHT.background)
        assert (picture == ImageColor.getrgb(LIGHT.ink)).all(axis=2).sum() > 500, name


def test_theme_is_taken_from_the_environment_unless_said(tmp_path, monkeypatch):
    monkeypatch.setenv("RELUVIZ_THEME", "pink")
    assert "pink" in run("figures", "four-slopes").stderr
    monkeypatch.setenv("RELUVIZ_THEME", "light")
    assert run("figures", "four-slopes", "--output", ".").exit_code == 0
    assert Image.open("four-slopes-end.png").getpixel((2, 2)) == ImageColor.getrgb(LIGHT.background)
