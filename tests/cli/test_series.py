"""render, where: the films of the series by name. Rendering itself is replaced by what it would leave."""

from __future__ import annotations

import sys
from pathlib import Path

import pytest
from click.testing import CliRunner

from reluviz.cli import main, series
from reluviz.stage import render
from reluviz.stage.render import scene_class, scene_file
from reluviz.story.programme import programme


def run(*arguments):
    return CliRunner().invoke(main, arguments)


def test_every_film_of_the_series_is_found_in_its_order():
    names = render.series()
    assert [name for name in programme() if name in names] == [name for name in names if name in programme()]
    assert {"teaser", "one-neuron", "conclusion"} <= set(names) and not {"any-run", "any-two"} & set(names)
    for name in names:
        assert run("where", name).stdout.strip() == str(scene_file(name))


@pytest.mark.parametrize("name", ["one_neuron", "no-such", "../one-neuron", "One-Neuron", "programme"])
@pytest.mark.parametrize("command", ["where", "render"])
def test_an_unknown_film_is_one_line_that_names_those_there_are(command, name):
    result = run(command, name)
    assert result.exit_code == 2 and len(result.stderr.splitlines()) == 1
    assert "teaser" in result.stderr and "any-run" not in result.stderr


def test_one_film_is_rendered_here_and_says_how_far_it_is(tmp_path, monkeypatch):
    asked = {}

    def rendered(scene, name, output, *, on_beat, **how):
        asked.update(how, scene=scene, name=name)
        for beat in scene_class(scene)().tell({}).beats[:2]:
            on_beat(beat)
        return output / f"{name}.mp4"

    monkeypatch.setattr(render, "render", rendered)
    monkeypatch.chdir(tmp_path)
    result = run("render", "one-neuron", "-q", "l", "--voice", "silent", "--theme", "light", "--output", "films")
    assert result.exit_code == 0, result.stderr
    assert (asked["scene"], asked["name"], asked["quality"]) == (scene_file("one-neuron"), "one-neuron", "l")
    assert (asked["theme"].name, asked["voice"].name) == ("light", "silent")
    assert result.stdout.strip() == str(Path("films/one-neuron.mp4"))
    first, second = result.stderr.splitlines()
    assert first.startswith("rendering one-neuron 1/") and second.startswith("rendering one-neuron 2/")


STAND_IN = """import sys
if sys.argv[4] == "two-neurons":
    sys.exit("rendering two-neurons 1/9: x" + chr(10) + "reluviz: no room")
print("made " + " ".join(sys.argv[4:]))
"""


@pytest.mark.parametrize("jobs", ["1", "3"])
def test_many_get_a_line_each_and_one_that_fails_stops_no_other(jobs, tmp_path, monkeypatch):
    (tmp_path / "stand_in").write_text(f"#!{sys.executable}\n{STAND_IN}")
    (tmp_path / "stand_in").chmod(0o755)
    monkeypatch.setattr(series.sys, "executable", str(tmp_path / "stand_in"))
    films = ("teaser", "two-neurons", "conclusion")
    result = run("render", *films, "--jobs", jobs, "-q", "l", "--output", "here")
    assert result.exit_code == 2
    assert result.stderr == "reluviz: not rendered: two-neurons\n"
    lines = sorted(line.split(" ", 1)[1].split(";")[0] for line in result.stdout.splitlines())
    options = "-q l --theme dark --voice hibari --output here"
    assert lines == [f"made conclusion {options}", f"made teaser {options}", "two-neurons: reluviz: no room"]
    heads = [line.split(" ")[0] for line in result.stdout.splitlines()]
    assert heads == ["1/3", "2/3", "3/3"] and "2 left, about " in result.stdout.splitlines()[0]


def test_no_name_means_all(monkeypatch):
    asked = []
    monkeypatch.setattr(series, "_render_many", lambda names, options, jobs: asked.extend(names))
    assert run("render").exit_code == 0 and asked == list(render.series())
