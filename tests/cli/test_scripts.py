"""words and new-film: a film to start from is true, renders at once far from any checkout, and finds its script."""

from __future__ import annotations

import json

import pytest
from click.testing import CliRunner
from manim import tempconfig

from reluviz.cli import main
from reluviz.core import Experiment, library_names
from reluviz.stage import render
from reluviz.stage.render import scene_class


@pytest.fixture(autouse=True)
def in_a_folder_of_its_own(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("RELUVIZ_VOICE", "silent")


def run(*arguments):
    result = CliRunner().invoke(main, arguments)
    assert result.exception is None or isinstance(result.exception, SystemExit), result.exception
    return result


def test_words_prints_a_line_a_word():
    assert run("words", "one-neuron").stdout.count("\n") > 90
    told = run("words", "merging-neurons", "merge").stdout
    assert "run.merge(1, 2) → 3671" in told and len([x for x in told.splitlines() if x.startswith("merge(")]) == 1
    assert run("words", "merging-neurons", "qqq").stderr == "reluviz: qqq: no word of scripts has this\n"


def test_a_film_to_start_from_is_rendered(monkeypatch, tmp_path):
    monkeypatch.setitem(render.QUALITIES, "l", (160, 90, 2))
    folder = tmp_path / "films"
    folder.mkdir()
    assert run("new", "films/mine.toml", "--like", "two-neurons").exit_code == 0
    made = run("new-film", "films/two_again.py", "--like", "films/mine.toml")
    assert made.exit_code == 0, made.stderr
    assert "reluviz render films/two_again.py" in made.stdout and "films/two_again.py TwoAgain" in made.stdout
    film = run("render", "films/two_again.py", "-q", "l", "--output", "made")
    assert film.stdout == "made/two-again.mp4\n", film.stderr
    contents = json.loads((tmp_path / "made/two-again.json").read_text())
    assert (contents["title"], [beat["name"] for beat in contents["beats"]]) == (
        "Two again", ["question", "learn", "result"],
    )  # fmt: skip
    assert contents["runs"]["run"]["experiment"] == "mine"


@pytest.mark.parametrize("name", library_names())
def test_it_is_true_of_every_run_of_the_article_that_is_trained(name):
    assert run("new-film", "my.py", "--like", name).exit_code == (2 if name == "four-slopes" else 0)


def test_the_script_beside_the_scene_comes_first(tmp_path):
    """Also one that is called as one that comes with reluviz; and as Manim loads it, from elsewhere."""
    assert run("new-film", "one_neuron.py").exit_code == 0
    (tmp_path / "elsewhere").mkdir()
    scene = scene_class(tmp_path / "one_neuron.py")
    assert scene.read_script().title == "One neuron"
    (tmp_path / "one-neuron.toml").unlink()
    assert scene.read_script().title == "One neuron finds its place"


def test_mistakes_are_a_line(tmp_path):
    assert run("new-film", "my_film.py").exit_code == 0
    again = run("new-film", "my_film.py")
    assert (again.exit_code, again.stderr) == (
        2, "reluviz: my_film.py: there is such a file already; expected a new name\n",
    )  # fmt: skip
    assert run("new-film", "mine.txt").stderr == "reluviz: mine.txt: expected a name such as my_film.py\n"
    assert run("new-film", "none.py").exit_code == 2 and run("new-film", "3.py").exit_code == 2
    false = run("new-film", "wild.py", "--like", "too-large-a-step")
    assert false.exit_code == 2 and false.stderr.count("\n") == 1 and "not true of it" in false.stderr
    assert not list(tmp_path.glob("wild*"))
    (tmp_path / "my-film.toml").write_text((tmp_path / "my-film.toml").read_text().replace("run.settles}", "run.sets}"))
    wrong = run("render", "my_film.py", "-q", "l")
    assert wrong.exit_code == 2 and wrong.stderr.count("\n") == 1 and "did you mean settles?" in wrong.stderr
    (tmp_path / "my-film.toml").unlink()
    missing = run("render", "my_film.py", "-q", "l")
    assert missing.exit_code == 2 and "my-film: no such script; there are" in missing.stderr
    (tmp_path / "two.py").write_text("class A: pass\nclass B: pass\n")
    assert "two.py: names no script; expected script" in run("render", "two.py").stderr
    (tmp_path / "two.py").write_text('class A: script = "one-neuron"\nclass B: pass\n')
    assert "two.py: 2 classes; expected the film's scene" in run("render", "two.py").stderr
    assert run("render", "gone.py").stderr == "reluviz: gone.py: no such file\n"


def test_manim_finds_it_too(tmp_path):
    """As `manim -ql FILE SCENE` would: the scene class, from its file, without a story."""
    assert run("new-film", "my_film.py").exit_code == 0
    with tempconfig({"media_dir": str(tmp_path / "manim"), "dry_run": True}):
        told = scene_class(tmp_path / "my_film.py")().tell({})
    assert told.trajectory("run").experiment.same_run(Experiment.open("one-neuron"))
