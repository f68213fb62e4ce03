"""render, where: the films of the series by name. Rendering itself is replaced by what it would leave."""

from __future__ import annotations

import sys
from pathlib import Path

import pytest
from click.testing import CliRunner

from reluviz.cli import main, series
from reluviz.stage import made_from, render
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
    assert result.stderr == "rendering 3 films\nreluviz: not rendered: two-neurons\n"
    lines = sorted(line.split(" ", 1)[1].split(";")[0] for line in result.stdout.splitlines())
    options = "--quality=l --theme=dark --voice=hibari --output=here"
    assert lines == [f"made conclusion {options}", f"made teaser {options}", "two-neurons: reluviz: no room"]
    heads = [line.split(" ")[0] for line in result.stdout.splitlines()]
    assert heads == ["1/3", "2/3", "3/3"] and "2 left, about " in result.stdout.splitlines()[0]


def test_no_name_means_all(monkeypatch):
    asked = []
    monkeypatch.setattr(series, "_render_many", lambda names, options, jobs: asked.extend(names))
    assert run("render").exit_code == 0 and asked == list(render.series())


SMALL = """from reluviz.stage.scene import ExplainerScene


class MyFilm(ExplainerScene):
    script = "my-film"

    def construct(self):
        for beat in self.story.beats:
            with self.beat(beat.name):
                pass
"""


def test_a_film_is_rendered_only_when_something_that_it_is_made_from_has_changed(tmp_path, monkeypatch):
    """Really rendered, tiny: its contents are what is asked."""
    monkeypatch.setitem(render.QUALITIES, "l", (160, 90, 2))
    monkeypatch.setitem(render.QUALITIES, "m", (160, 90, 2))
    monkeypatch.chdir(tmp_path)
    assert run("new", "mine.toml", "--like", "one-neuron").exit_code == 0
    assert run("new-film", "my_film.py", "--like", "mine.toml").exit_code == 0
    Path("my_film.py").write_text(SMALL)

    def rendered(*options):
        made_from._digest.cache_clear()
        result = run("render", "my_film.py", "-q", "l", "--voice", "silent", *options)
        assert (result.exit_code, result.stdout) == (0, "media/videos/my-film.mp4\n"), result.stderr
        return "rendering" in result.stderr

    assert [rendered(), rendered()] == [True, False]
    Path("my_film.py").write_text(SMALL + "# edited\n")
    assert [rendered(), rendered()] == [True, False]
    edits = ("my-film.toml", "Grey is", "Broad is"), ("mine.toml", "learning_rate = 0.01", "learning_rate = 0.011")
    for name, old, new in edits:
        text = Path(name).read_text()
        assert old in text
        Path(name).write_text(text.replace(old, new))
        assert [rendered(), rendered()] == [True, False], name
    assert [rendered("--theme", "light"), rendered("-q", "m"), rendered("-q", "m")] == [True, True, False]
    Path("media/videos/my-film.mp4").write_bytes(b"half a film")
    assert [rendered("-q", "m"), rendered("-q", "m")] == [True, False]
    Path("media/videos/my-film.json").unlink()
    assert rendered("-q", "m")
    both = run("render", "my_film.py", "my_film.py", "-q", "m", "--voice", "silent")
    assert both.stdout == "media/videos/my-film.mp4\n"
