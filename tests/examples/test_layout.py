"""Films of one's own experiments are well laid out: other ranges, eight neurons, large and small numbers."""

from __future__ import annotations

import json

import pytest

from reluviz.core import Experiment, train
from reluviz.story.unscripted.one_run import tell_run
from reluviz.story.unscripted.two_runs import tell_two
from tests.examples.test_examples import FILES, FOLDER
from tests.scenes.conftest import built, film_classes
from tests.scenes.layout import problems
from tests.story.unscripted.test_combinations import COMBINED
from tests.story.unscripted.test_one_run import experiment

ANY_RUN, ANY_TWO = (next(one for one in film_classes() if one.__name__ == name) for name in ("AnyRun", "AnyTwo"))

CASES = {
    "eight at one place": experiment(
        -7.5, 9.0, [0, 1, -1, 2, 0, 1, 3], [0.1] * 8, [0.2, 0.21, 0.22, 0.23, 0.24, 0.25, 0.26, 0.27], 0.003, 600, 1
    ),
    "tall": experiment(0.0, 4.0, [0, 9000, 400], [0.5, -0.5], [0.1, 0.6], 0.01, 300, 2),
    "flat and narrow": experiment(10.0, 0.5, [0.0, 0.02, -0.03], [0.1, 0.2, -0.1], [0.1, 0.5, 0.7], 0.05, 900, 3),
    "all below zero": experiment(-2.0, 4.0, [-4, -6, -5], [0.3], [-0.1], 0.01, 500, 4, output_bias=True),
    "one update": experiment(0.0, 4.0, [0, 2], [0.5], [0.2], 0.01, 1, 5),
    "too large a step": Experiment.open(str(FOLDER / "too-large-a-step.toml")),
}


def looked_at(film, story):
    """What is wrong at the end of any beat, and the marks that come late."""
    found = []

    def look(scene, beat):
        found.extend(f"{beat.name}: {problem}" for problem in problems(scene.mobjects))

    with built(film, story=story, on_beat_end=look) as scene:
        late = {mark: seconds for mark, seconds in scene.record.late.items() if seconds > 0.3}
        assert scene.record.late.keys() == {(beat.name, mark) for beat in story.beats for mark in beat.said.marks}
    return found + [f"late: {mark}, {seconds:.1f} s" for mark, seconds in late.items()]


@pytest.mark.parametrize("case", CASES)
def test_every_beat_is_well_laid_out(case):
    found = looked_at(ANY_RUN, tell_run(train(CASES[case])))
    assert found == [], json.dumps(found, indent=1, ensure_ascii=False)


QUICK = {"batch, momentum", "all samples, adam", "noise, own data"}


@pytest.mark.parametrize(
    "name", [pytest.param(name, marks=[] if name in QUICK else pytest.mark.slow) for name in COMBINED]
)
def test_a_combination_of_two_new_keys_is_well_laid_out(name):
    found = looked_at(ANY_RUN, tell_run(train(COMBINED[name])))
    assert found == [], json.dumps(found, indent=1, ensure_ascii=False)


@pytest.mark.slow
@pytest.mark.parametrize("path", FILES, ids=lambda path: path.stem)
def test_an_example_is_well_laid_out(path):
    found = looked_at(ANY_RUN, tell_run(train(Experiment.open(str(path)))))
    assert found == [], json.dumps(found, indent=1, ensure_ascii=False)


@pytest.mark.parametrize(("left", "right"), [("tall", "all below zero"), ("one update", "too large a step")])
def test_two_that_differ_in_all_are_well_laid_out(left, right):
    found = looked_at(ANY_TWO, tell_two(train(CASES[left]), train(CASES[right])))
    assert found == [], json.dumps(found, indent=1, ensure_ascii=False)
