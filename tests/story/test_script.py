"""Scripts told: spans, fields, claims and every mistake an author can make, each with its one line."""

import json
from dataclasses import replace
from functools import cache
from pathlib import Path

import pytest

from reluviz.core import Experiment, Trajectory, train
from reluviz.story.beats import HEADLINE_CHARACTERS
from reluviz.story.gather import gather
from reluviz.story.script import Script, read_script, script_names, tell
from reluviz.story.template import FalseClaim, ScriptError

SCRIPT = """
title = "A test"
source = "example 2"

[runs]
run = "one-neuron"
other = "two-neurons"

[[beat]]
name = "start"
headline = "It starts at {run.w(1, 0):g}"

[[beat]]
name = "rise"
span = ["0", "run.crosses(1, 'weight', 1)"]
headline = "Up in {span.length} updates"
narration = '''
In {span.length} updates w₁ climbs
from {run.w(1, span.first):.2f} to {run.w(1, span.last):.2f}.
'''
claims = ["run.w(1, 0) < 0", "run.w(1, span.last) >= 1"]

[[beat]]
name = "elsewhere"
of = "other"
span = ["100", "other.end"]
headline = "Another run"
claims = ["other.neurons == 2"]

[[beat]]
name = "end"
headline = "Rest"
"""


@cache
def trained(name: str) -> Trajectory:
    return train(Experiment.from_library(name))


def told(folder: Path, text: str = SCRIPT, runs=trained):
    path = folder / "film.toml"
    path.write_text(text, encoding="utf-8")
    script = read_script(path)
    return tell(script, *gather(script, runs))


def test_a_script_becomes_beats(tmp_path):
    story = told(tmp_path)
    assert (story.name, story.title, story.source) == ("film", "A test", "example 2")
    assert [beat.name for beat in story.beats] == ["start", "rise", "elsewhere", "end"]
    rise = story["rise"]
    assert (rise.run, rise.first, rise.last, rise.span.length) == ("run", 0, 16, 16)
    assert rise.headline == "Up in 16 updates"
    assert rise.narration == "In 16 updates w₁ climbs from −0.60 to 1.03."
    assert rise.claims == ("run.w(1, 0) < 0", "run.w(1, span.last) >= 1")
    assert story["start"].headline == "It starts at −0.6" and story["start"].narration == ""


def test_a_beat_without_a_span_stays_where_its_run_was_left(tmp_path):
    story = told(tmp_path)
    assert (story["start"].first, story["start"].last) == (0, 0)
    assert (story["elsewhere"].run, story["elsewhere"].first) == ("other", 100)
    assert (story["end"].run, story["end"].first, story["end"].last) == ("run", 16, 16)


def test_runs_are_at_hand_by_their_names(tmp_path):
    story = told(tmp_path)
    assert story.trajectory() is trained("one-neuron")
    assert story.trajectory("other") is trained("two-neurons")
    with pytest.raises(ScriptError, match="has no run"):
        story.trajectory("third")
    with pytest.raises(ScriptError, match="it has start, rise, elsewhere, end"):
        story["rize"]


def test_another_seed_changes_the_words(tmp_path):
    def reseeded(name: str) -> Trajectory:
        description = json.loads(Experiment.from_library(name).to_json())
        description["data"]["seed"] = 7
        return train(Experiment.from_dict(description, name=name, source="a test"))

    story = told(tmp_path, runs=reseeded)
    last = story["rise"].last
    assert last != 16 and f"In {last} updates" in story["rise"].narration


def test_a_start_that_no_longer_bears_out_a_claim_stops_the_build(tmp_path):
    def turned(name: str) -> Trajectory:
        description = json.loads(Experiment.from_library(name).to_json())
        if name == "one-neuron":
            description["start"]["weights"] = [0.6]
        return train(Experiment.from_dict(description, name=name, source="a test"))

    with pytest.raises(FalseClaim) as false:
        told(tmp_path, runs=turned)
    assert (false.value.film, false.value.beat, false.value.claim) == ("film", "rise", "run.w(1, 0) < 0")
    assert "run.w(1, 0) is 0.6" in str(false.value)


def test_an_event_that_does_not_happen_stops_the_build(tmp_path):
    with pytest.raises(FalseClaim, match="never crosses 9"):
        told(tmp_path, SCRIPT.replace("'weight', 1)", "'weight', 9)"))


MISTAKES = {
    "long headline": ('headline = "Rest"', f'headline = "{"word " * 12}x"', "61 characters, 60 fit"),
    "typed digits": ('headline = "Rest"', 'headline = "Rest"\nnarration = "After 800 updates"', "typed by hand"),
    "digits in headline": ('headline = "Rest"', 'headline = "The 2nd neuron"', "typed by hand"),
    "unknown word": ("run.w(1, span.last) >= 1", "run.weight(1) >= 1", "unknown word weight"),
    "unknown name": ("run.w(1, span.last) >= 1", "runn.w(1) >= 1", "did you mean run"),
    "bad grammar": ("run.w(1, span.last) >= 1", "run.w(1 >= 1", "not an expression"),
    "no such neuron": ("run.w(1, span.last) >= 1", "run.w(3) >= 1", "numbered from 1 to 1"),
    "empty claim": ("run.w(1, span.last) >= 1", "1 < 2", "asks nothing"),
    "answer to nothing": ('headline = "Rest"', 'headline = "Rest"\nanswer = "Up."', "belongs to question = true"),
    "answer of no text": ('headline = "Rest"', 'headline = "Rest"\nanswer = 2', "answer: 2 does not fit"),
    "unknown key": ('headline = "Rest"', 'headline = "Rest"\nclaim = []', "claim: unknown key; expected claims"),
    "unknown run": ('of = "other"', 'of = "third"', "of: 'third' does not fit; expected \"run\" or \"other\""),
    "twice the name": ('name = "end"', 'name = "rise"', 'two beats are called "rise"'),
    "no headline": ('headline = "Rest"', "", "headline: missing"),
    "no title": ('title = "A test"', "", "title: missing"),
    "no runs": ("[runs]\n", "[rums]\n", "rums: unknown key; expected runs"),
    "span backwards": ('["0", "run', '["700", "run', "before its start"),
    "span outside": ('["100", "other.end"]', '["100", "other.end + 1"]', "no iteration from 0 to"),
    "span in parts": ('["100", "other.end"]', '["100", "other.end / 2"]', "no iteration from 0 to"),
    "span of one": ('["100", "other.end"]', '["100"]', "two expressions"),
    "claims no list": ('claims = ["other.neurons == 2"]', 'claims = "other.neurons == 2"', "expected a list of texts"),
    "a run called span": ('other = "two', 'span = "two', "no name for a run"),
    "no TOML": ("[[beat]]", "[[beat", "not valid TOML"),
}


@pytest.mark.parametrize(("old", "new", "message"), MISTAKES.values(), ids=MISTAKES)
def test_a_mistake_is_told_in_one_line_that_names_the_film(tmp_path, old, new, message):
    assert old in SCRIPT
    with pytest.raises(ScriptError) as mistake:
        told(tmp_path, SCRIPT.replace(old, new))
    assert message in str(mistake.value) and "film" in str(mistake.value)
    assert "\n" not in str(mistake.value)


def test_a_headline_of_exactly_the_longest_length_fits(tmp_path):
    headline = "x" * HEADLINE_CHARACTERS
    assert told(tmp_path, SCRIPT.replace("Rest", headline))["end"].headline == headline
    with pytest.raises(ScriptError):
        told(tmp_path, SCRIPT.replace("Rest", headline + "x"))
    # What counts is the filled headline, not the template.
    longer = SCRIPT.replace("Rest", headline[:-8] + "{run.neurons:words}")
    assert told(tmp_path, longer)["end"].headline == headline[:-8] + "one"


def test_a_missing_script_is_answered_with_those_there_are(tmp_path):
    with pytest.raises(ScriptError, match="one-neuron"):
        read_script("one-nueron")
    with pytest.raises(ScriptError, match="No such file"):
        read_script(tmp_path / "gone.toml")
    assert "one-neuron" in script_names()


def test_a_run_may_go_on_from_any_iteration_of_another_by_other_settings():
    description = {"after": "run", "at": 7, "batch_size": "all", "learning_rate": 0.02, "iterations": 30}
    script = Script("film", "A test", "example 2", [], {"run": "one-neuron", "calm": description})
    runs, _ = gather(script, lambda run: trained(run) if isinstance(run, str) else train(run))
    calm, run = runs["calm"], runs["run"]
    assert calm.start == run.network_at(7) != run.end
    assert (calm.last, calm.experiment.learning_rate) == (30, 0.02)
    assert calm.experiment.batch_size == calm.experiment.samples_count
    with pytest.raises(ScriptError, match="at: 801 does not fit; expected a whole number from 0 to 800"):
        gather(replace(script, runs={"run": "one-neuron", "calm": {**description, "at": 801}}), trained)
