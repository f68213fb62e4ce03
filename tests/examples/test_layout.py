"""Films of one's own experiments are well laid out: other ranges, eight neurons, large and small numbers."""

from __future__ import annotations

import json

import pytest

from reluviz.core import Experiment, train
from reluviz.story.unscripted.one_run import tell_run
from tests.examples.test_examples import FOLDER
from tests.scenes.conftest import built, film_classes
from tests.scenes.layout import problems
from tests.story.unscripted.test_one_run import experiment

ANY_RUN = next(film for film in film_classes() if film.__name__ == "AnyRun")

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


@pytest.mark.parametrize("case", CASES)
def test_every_beat_is_well_laid_out(case):
    found = []

    def look(scene, beat):
        found.extend(f"{beat.name}: {problem}" for problem in problems(scene.mobjects))

    with built(ANY_RUN, story=tell_run(train(CASES[case])), on_beat_end=look) as scene:
        assert len(scene.story.beats) >= 3
    assert found == [], json.dumps(found, indent=1, ensure_ascii=False)
