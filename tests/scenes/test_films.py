"""Every film builds, is well laid out in the middle of each replay and at the end of each beat, shows what the run's
numbers say, and calls no LaTeX."""

import ast
import subprocess
from dataclasses import dataclass
from functools import cache
from pathlib import Path

import pytest

from reluviz.stage.network_view import NetworkView
from reluviz.story.script import Beat
from reluviz.theme import DARK, LIGHT
from reluviz.voice.speech import voice
from tests.scenes.conftest import SCENES, built, film_classes
from tests.scenes.drawn import disagreements
from tests.scenes.layout import problems
from tests.story.test_scripts import has_sweeps, told_by, trained

FILMS = sorted(film_classes(), key=lambda film: not has_sweeps(getattr(film, "script", None)))
"""Those with sweeps first: the tests of scripts, in another process, find them stored then."""


@pytest.fixture(autouse=True)
def no_latex(monkeypatch):
    """Manim finds LaTeX through subprocess: any call of it fails the test."""
    real = subprocess.run

    def refuse(command, *args, **kwargs):
        assert "tex" not in str(command), f"LaTeX was called: {command}"
        return real(command, *args, **kwargs)

    monkeypatch.setattr(subprocess, "run", refuse)


@dataclass(frozen=True)
class Looked:
    """A film as built: its beats and those shown, what is wrong with its pictures and what they show that the runs do
    not say, in how many of its replays; marks used and late."""

    beats: tuple[Beat, ...]
    seen: list[str]
    problems: list[str]
    untrue: list[str]
    replays: tuple[int, int]
    late: dict[tuple[str, str], float]


@cache
def look_at(film, theme, name):
    seen, found, untrue, replays = [], [], [], []

    def look(scene, beat):
        seen.append(beat.name)
        found.extend(f"{beat.name}: {problem}" for problem in problems(scene.mobjects))

    def look_within(scene, beat, rigs):
        at = f"{beat.name}, in its replay that ends at iteration {rigs[0].timeline.iteration(1e9):.0f}"
        replays.append(beat.name)
        found.extend(f"{at}: {problem}" for problem in problems(scene.mobjects))
        untrue.extend(f"{at}: {line}" for rig in rigs for line in disagreements(rig))

    with built(film, voice=voice(name), theme=theme, on_beat_end=look, on_mid_replay=look_within) as scene:
        told = {segment["start"] for segment in scene.contents()["segments"]}
        return Looked(scene.story.beats, seen, found, untrue, (len(replays), len(told)), scene.record.late)


@pytest.fixture(params=[(DARK, "silent"), (LIGHT, "hibari")], ids=["dark-silent", "light-hibari"])
def looked(request, film):
    return look_at(film, *request.param)


@pytest.mark.parametrize("film", FILMS, ids=lambda film: film.__name__)
def test_every_beat_is_shown_in_order_and_well_laid_out(looked):
    assert looked.seen == [beat.name for beat in looked.beats]
    assert looked.problems == []


@pytest.mark.parametrize("film", FILMS, ids=lambda film: film.__name__)
def test_what_is_drawn_within_each_replay_is_the_run(looked):
    seen, told = looked.replays
    assert seen == told
    assert looked.untrue == []


@pytest.mark.parametrize("film", FILMS, ids=lambda film: film.__name__)
def test_every_mark_is_there_is_used_and_is_reached_in_time(looked):
    assert looked.late.keys() == {(beat.name, mark) for beat in looked.beats for mark in beat.said.marks}
    assert {mark: seconds for mark, seconds in looked.late.items() if seconds > 0.3} == {}


def test_a_script_put_into_another_language_needs_no_python():
    """One neuron in German, under the silent voice: the same scene, its pictures where the German words are."""
    film = next(film for film in FILMS if film.__name__ == "OneNeuron")
    german = told_by(Path(__file__).parents[1] / "data" / "ein-neuron.toml", trained)
    with built(film, story=german) as scene:
        late = scene.record.late
    assert late.keys() == {(beat.name, mark) for beat in german.beats for mark in beat.said.marks}
    assert late and max(late.values()) <= 0.3


def times_of(call):
    """All that a call's arguments are made of, but for iterations (`span`)."""
    for given in [*call.args, *(one.value for one in call.keywords if one.arg != "span")]:
        yield from ast.walk(given)


@pytest.mark.parametrize("path", sorted(SCENES.glob("*.py")), ids=lambda path: path.stem)
def test_scenes_hold_no_times(path):
    """No number reaches what waits for words or replays: times are marks of the script."""
    waits = {"at", "until", "wait", "wait_until_second", "replay", "rewind", "glide"}
    found = [
        f"line {call.lineno}: {call.func.attr}"
        for call in ast.walk(ast.parse(path.read_text()))
        if isinstance(call, ast.Call) and isinstance(call.func, ast.Attribute) and call.func.attr in waits
        if any(isinstance(node, ast.Constant) and isinstance(node.value, (int, float)) for node in times_of(call))
    ]
    assert found == []


@pytest.mark.parametrize("path", sorted(SCENES.glob("*.py")), ids=lambda path: path.stem)
def test_one_file_one_film_and_a_short_construct(path):
    tree = ast.parse(path.read_text())
    classes = [node for node in tree.body if isinstance(node, ast.ClassDef)]
    assert len(classes) == 1
    assert classes[0].name == path.stem.title().replace("_", "")
    construct = next(n for n in classes[0].body if isinstance(n, ast.FunctionDef) and n.name == "construct")
    assert construct.end_lineno - construct.lineno <= 40
    assert len(path.read_text().splitlines()) <= 260


def test_the_layout_check_sees_what_is_wrong():
    from manim import RIGHT, UP, Line, Rectangle, VGroup

    from reluviz.stage.typesetting import Number, words
    from reluviz.theme import DARK

    one = words("one", DARK.ink)
    assert problems([one, words("two", DARK.ink).shift(5 * RIGHT)]) == []
    assert any("over" in line for line in problems([one, VGroup(Number(DARK.ink).put("12"))]))
    assert any("safe area" in line for line in problems([words("far", DARK.ink).shift(6.7 * RIGHT)]))
    assert problems([one, words("hidden", DARK.ink).set_opacity(0)]) == []
    through = Line((-2, 0, 0), (2, 0, 0))
    assert any("struck" in line for line in problems([through, one]))
    assert problems([through.copy().shift(0.5 * UP), one]) == []
    plate = Rectangle(width=3, height=1, stroke_width=0).set_fill(DARK.background, opacity=1.0)
    assert problems([through, plate, one]) == []
    assert any("size 20.0" in line for line in problems([words("tiny", DARK.ink, 20)]))


@pytest.mark.parametrize("part", ["network", "marks", "strip", "counter"])
def test_the_check_of_what_is_drawn_sees_what_is_not_the_run(part):
    view = NetworkView(DARK, trained("merging-neurons"))
    assert list(disagreements(view.rig.jump(40.0))) == []
    stays = getattr(view, part)
    view.rig.remove(stays)
    view.rig.jump(400.0)
    view.rig.submobjects.append(stays)
    assert len(list(disagreements(view.rig))) == 1
