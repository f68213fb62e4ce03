"""Every script that is there: it builds on its runs, its words are fit to be said, and it fails when they change."""

import json
import re
from dataclasses import replace
from functools import cache

import numpy as np
import pytest

from reluviz.core import Experiment, Trajectory, train
from reluviz.story.gather import gather
from reluviz.story.script import Story, read_script, script_names, tell
from reluviz.story.template import FalseClaim, ScriptError
from reluviz.story.vocabulary.facts import Facts

SECONDS_AT_MOST = 150.0
WORDS_PER_SECOND = 155 / 60


@cache
def trained(name: str) -> Trajectory:
    return train(Experiment.open(name))


@cache
def story(name: str) -> Story:
    return told_by(name, lambda run: trained(run) if isinstance(run, str) else train(run))


def told_by(name: str, runs) -> Story:
    script = read_script(name)
    return tell(script, *gather(script, runs))


def has_sweeps(name: str | None) -> bool:
    """Whether its sweeps have to be trained; they are stored, so whoever comes later finds them."""
    return name is not None and bool(read_script(name).sweeps)


@pytest.fixture(params=sorted(script_names(), key=has_sweeps))
def told(request) -> Story:
    return story(request.param)


def test_it_builds_and_every_claim_holds(told):
    assert told.beats and told.title and told.source


def test_it_is_of_a_films_length(told):
    words = sum(len(beat.narration.split()) for beat in told.beats)
    assert words / WORDS_PER_SECOND < SECONDS_AT_MOST


def test_what_is_said_of_a_stretch_of_training_rests_on_claims(told):
    for beat in told.beats:
        assert beat.claims or beat.first == beat.last or not beat.narration, beat.name


def test_every_question_has_an_answer_in_short(told):
    for beat in told.beats:
        assert bool(beat.answer) == beat.question, beat.name
        assert not beat.answer or (beat.answer.endswith(".") and len(beat.answer) < 200), beat.answer


def test_captions_are_in_typographic_form(told):
    for beat in told.beats:
        text = f"{beat.headline} {beat.narration} {beat.answer}"
        assert not re.search(r"(?<!\w)-\d|  |--|\.\.\.|[{}]", text), text
        assert not beat.narration or beat.narration[-1] in ".?!:…", beat.name
        assert len(re.findall(r"[.?!:;]", beat.narration)) >= len(beat.narration.split()) / 25, "long sentences"


def untrained(run: Trajectory) -> Trajectory:
    """A run in which no update changes anything."""
    parts = {key: np.repeat(getattr(run, key)[:1], len(run.iterations), axis=0)
             for key in ("weights", "biases", "output_biases")}  # fmt: skip
    return replace(run, **parts)


def test_no_beat_that_shows_training_fits_a_run_that_does_not_train(told):
    """Each by itself: one whose claims also hold for networks that never train says nothing about training."""
    script = read_script(told.name)
    runs = {name: Facts(untrained(facts.trajectory)) for name, facts in told.facts.items()}
    for beat, description in zip(told.beats, script.beats, strict=True):
        if beat.last - beat.first > 1:  # a single update may be there for its sample alone
            with pytest.raises((FalseClaim, ScriptError)):
                tell(replace(script, beats=[description]), runs, told.sweeps)
                pytest.fail(beat.name)


def test_one_neuron_tells_the_articles_example_2():
    beats = story("one-neuron")
    assert (beats["first_updates"].first, beats["first_updates"].last) == (0, 4)
    assert beats["rise"].first == 4 and abs(beats["rise"].last - 16) <= 10
    assert abs(beats["turn"].last - 316) <= 100
    assert beats["approach"].last == 800
    words = sum(len(beat.narration.split()) for beat in beats.beats)
    assert 75 <= words / WORDS_PER_SECOND <= 115


def test_one_neuron_stops_when_its_neuron_starts_with_a_positive_slope():
    def turned(name: str) -> Trajectory:
        description = json.loads(Experiment.from_library(name).to_json())
        description["start"]["weights"] = [0.6]
        return train(Experiment.from_dict(description, name=name, source="a test"))

    with pytest.raises(FalseClaim) as false:
        told_by("one-neuron", turned)
    assert false.value.film == "one-neuron"


def test_with_other_data_the_words_of_one_neuron_follow_or_the_build_stops():
    """Over other seeds each outcome occurs, and nothing else: other numbers in the words, or a false claim."""
    outcomes = []
    for seed in range(12):

        def reseeded(name: str, seed: int = seed) -> Trajectory:
            description = json.loads(Experiment.from_library(name).to_json())
            description["data"]["seed"] = seed
            return train(Experiment.from_dict(description, name=name, source="a test"))

        try:
            outcomes.append(told_by("one-neuron", reseeded)["turn"].narration)
        except FalseClaim:
            outcomes.append("stopped")
    told = set(outcomes) - {"stopped"}
    assert "stopped" in outcomes and len(told) >= 2
    assert story("one-neuron")["turn"].narration not in told
