"""The glossary of scripts: every word is in it, says what it means, and is worked out for the run at hand."""

from functools import cache

import pytest

from reluviz.core import Experiment, train
from reluviz.story.beats import VOCABULARY
from reluviz.story.expressions import Expressions
from reluviz.story.glossary import glossary
from reluviz.story.template import ScriptError
from reluviz.story.vocabulary.facts import Facts
from reluviz.story.vocabulary.sweeps import SweepFacts


@cache
def entries():
    return glossary(train(Experiment.from_library("merging-neurons")))


def test_every_word_is_there_once_with_its_sense():
    told = [entry.word for entry in entries() if entry.home is not SweepFacts]
    assert sorted(told) == sorted(Facts.words)
    assert {entry.word for entry in entries() if entry.home is SweepFacts} == SweepFacts.words
    assert not [entry for entry in entries() if len(entry.sense) < 10 or entry.call == ""]


@pytest.mark.parametrize(
    ("word", "call", "example", "value"),
    [
        ("merge", "merge(one, other)", "run.merge(1, 2)", "3671"),
        ("w", "w(neuron, [at])", "run.w(1)", "1.32"),
        ("end", "end", "run.end", "20000"),
        ("events", "events(first=0, [last])", "run.events()", "4"),
        ("leaves", "leaves(neuron, edge, after=0)", "run.leaves(1, 'low')", "none: neuron 1 does not leave the range"),
    ],
)
def test_a_word_is_worked_out(word, call, example, value):
    (entry,) = (entry for entry in entries() if entry.word == word and entry.home is not SweepFacts)
    assert (entry.call, entry.example) == (call, example)
    assert entry.value.startswith(value)


def test_examples_are_expressions_of_scripts_and_all_words_of_one_run_have_one():
    run = Expressions({"run": Facts(train(Experiment.from_library("merging-neurons")))}, VOCABULARY)
    for entry in entries():
        of_two = entry.word in ("origin_parts", "sign_parts", "parts")
        assert bool(entry.example) == (entry.home is not SweepFacts and not of_two), entry
        if entry.example and not entry.value.startswith("none: "):
            run.evaluate(entry.example)
    assert "argument" not in " ".join(entry.value for entry in entries())


def test_what_is_searched_for_is_found_in_names_and_senses():
    run = train(Experiment.from_library("one-neuron"))
    assert {entry.word for entry in glossary(run, "TURN")} >= {"reverses", "reversals"}
    with pytest.raises(ScriptError, match="mrge: .*did you mean merge"):
        glossary(run, "mrge")
