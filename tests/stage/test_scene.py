"""A scene and its words: marks are waited for, replays arrive at their stops, and the record says what was shown."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest
from manim import Dot, FadeOut, Group, tempconfig

from reluviz.stage.network_view import NetworkView
from reluviz.stage.parts.replay import Replay, Rig
from reluviz.stage.record import Record
from reluviz.stage.scene import ExplainerScene
from reluviz.story.pacing import Pace
from reluviz.story.script import Script, tell
from reluviz.theme import LIGHT
from reluviz.voice.speech import SilentVoice
from tests.analysis.runs import article

BEATS = [
    {
        "name": "ask",
        "headline": "One",
        "narration": "This is the start, [look] and now look here. Which way will it go? [pause] [go] Up it goes.",
        "question": True,
        "answer": "Up.",
    },
    {
        "name": "move",
        "headline": "Two",
        "span": ["0", "run.end"],
        "narration": "It begins, and here [stop] it stops for a while, and [on] goes on, until all [half] is over.",
        "stops": {"stop": "100", "on": "100", "half": "400"},
    },
    {"name": "back", "headline": "Three", "narration": "And all of it is taken [back] back. It is as it was at first."},
]


class Film(ExplainerScene):
    """Waits where it is told; `late` seconds are lost in the first beat."""

    late = 0.0

    def construct(self):
        self.at_marks = {}
        rig = Rig(self.story.trajectory())
        with self.beat("ask"):
            if self.late:
                self.wait(self.late)
            self.at("look")
            self.at_marks["look"] = self.renderer.time
            self.play_until("go", Dot().animate.shift([1, 0, 0]))
            self.at_marks["go"] = self.renderer.time
        with self.beat("move"):
            self.replay(rig, until="stop")
            self.stopped = rig.iteration
            self.replay(rig)
        with self.beat("back"):
            self.full = rig.timeline
            self.rewind(rig, until="back")
            self.rig = rig


def played(folder: Path, scene: type[Film] = Film, **settings) -> Film:
    story = tell(Script("a-test", "A test", "nowhere", BEATS), {"run": article("two-neurons")})
    basic = {"media_dir": str(folder), "format": "png", "frame_rate": 30, "pixel_width": 160, "pixel_height": 90,
             "progress_bar": "none", "verbosity": "ERROR"}
    with tempconfig(basic | settings):
        made = scene(theme=LIGHT, voice=SilentVoice(), story=story)
        made.render()
        return made


@pytest.fixture(scope="module")
def film(tmp_path_factory) -> Film:
    return played(tmp_path_factory.mktemp("film"))


def second_of(film: Film, beat: str, word: str) -> float:
    """When a word is said, from the voice alone: 0.6 s after its beat begins the narration does."""
    narration = film.story[beat].narration
    parts = [narration] if beat != "ask" else list(film.story[beat].said.parts)
    now = film.record.starts[[b.name for b in film.record.beats].index(beat)] + 0.6
    for part in parts:
        said = SilentVoice().speak(part)
        for one in said.words:
            if one.text == word:
                return now + one.start
        now += said.seconds + 3.0
    raise AssertionError(word)


def test_what_is_given_is_used_and_no_environment_read(film, monkeypatch, tmp_path):
    for name in ("RELUVIZ_THEME", "RELUVIZ_VOICE"):
        monkeypatch.setenv(name, "nonsense")
    assert played(tmp_path).theme is LIGHT is film.theme


def test_marks_are_reached_when_their_words_are_said(film):
    assert film.at_marks["look"] == pytest.approx(second_of(film, "ask", "and"), abs=1 / 60 + 1e-6)
    assert film.at_marks["go"] == pytest.approx(second_of(film, "ask", "Up"), abs=1 / 60 + 1e-6)
    assert set(film.record.late) == {(beat.name, mark) for beat in film.story.beats for mark in beat.said.marks}
    assert max(film.record.late.values()) < 0.05


def test_lateness_is_noted(tmp_path):
    class Late(Film):
        late = 4.0

    film = played(tmp_path, Late)
    assert film.record.late["ask", "look"] == pytest.approx(4.0 - second_of(film, "ask", "and"), abs=0.05)


def test_a_replay_stands_at_its_stops_when_their_marks_are_said(film):
    assert film.stopped == 100
    segments = film.contents()["segments"][:-1]
    ends = [(one["end"], one["iterations"]["run"][-1]) for one in segments]
    assert [iteration for _, iteration in ends] == [100, 400, article("two-neurons").last]
    assert ends[0][0] == pytest.approx(second_of(film, "move", "it"), abs=0.05)
    assert ends[1][0] == pytest.approx(second_of(film, "move", "is"), abs=0.05)
    assert segments[1]["start"] == pytest.approx(second_of(film, "move", "goes"), abs=0.05), "it holds from stop to on"
    assert [one["iterations"]["run"][0] for one in segments] == [0, 100, 400]


def test_a_rewind_is_seen_and_leaves_the_start(film):
    back = film.contents()["segments"][-1]
    assert back["iterations"]["run"][0] == article("two-neurons").last and back["iterations"]["run"][-1] == 0
    assert (np.diff(back["iterations"]["run"]) <= 0).all()
    assert film.rig.iteration == 0 and film.rig.timeline.seconds == 0


def test_a_segment_keeps_its_run_where_the_rig_goes_on_with_another(film, monkeypatch):
    before = film.contents()["segments"]
    monkeypatch.setattr(film.rig, "trajectory", article("one-neuron"))
    assert film.contents()["segments"] == before and {*before[0]["iterations"]} == {"run"}


def test_a_ghost_that_is_replayed_is_a_segment_of_the_picture_it_is_in(film):
    held = Rig(article("one-neuron"), at=7.0)
    ghost = Rig(article("two-neurons"), beside=held)
    record = Record()
    record.begin(film.story.beats[0], 0.0)
    record.played((Replay([ghost], [Pace(ghost.trajectory, 0, 40, 1.0)]),), 0.0, 1.0)
    (segment,) = record.contents(film.story, 1.0, 10.0)["segments"]
    first, second = (segment["iterations"][name] for name in segment["runs"])
    assert set(first) == {7.0} and len(first) == len(second) and (second[0], second[-1]) == (0.0, 40.0)


def test_contents_say_what_the_timeline_showed(film):
    told = film.contents()
    assert [beat["name"] for beat in told["beats"]] == ["ask", "move", "back"]
    (question,) = told["questions"]
    assert question["answer"] == "Up."
    assert question["text"] == "Which way will it go?" and question["end"] - question["start"] == pytest.approx(3.0)
    assert question["end"] == pytest.approx(second_of(film, "ask", "Up"))
    shown = [one for one in told["segments"]][:-1]
    begun = 0.0
    for one in shown:
        assert np.diff(one["second"]).max() <= 0.2 + 1e-3
        into = begun + np.clip(np.array(one["second"]) - one["start"], 0, None)
        expected = film.full.iteration(into)
        assert np.abs(np.log1p(one["iterations"]["run"]) - np.log1p(expected)).max() < 0.02
        begun += one["end"] - one["start"]


def test_headlines_stand_when_said(film):
    starts = film.record.starts
    assert film.record.headlines == pytest.approx([0.0, starts[1] + 0.5, starts[2] + 0.5], abs=0.04)


def test_a_part_that_fades_out_leaves_its_rig_though_the_rest_moves_on(tmp_path):
    class Fading(ExplainerScene):
        def construct(self):
            with self.beat("move"):
                view = self.view = NetworkView(self.theme, self.story.trajectory())
                self.add(view.still, view.rig)
                self.play(view.slow(2, 0.6))
                self.play(FadeOut(view.wake), view.zoom_to((0.0, 1.0)), run_time=0.4)
                self.play(FadeOut(Group(view.counter, view.lines)), view.zoom_to(), run_time=0.4)

    scene = played(tmp_path, Fading)
    left = scene.view.rig.submobjects
    assert not {scene.view.wake, scene.view.counter, scene.view.lines} & set(left) and scene.view.marks in left
