"""Experiments by chance, other ones every time: films of them are well laid out at the end of every beat. Slow.

Layouts that are hard on purpose are in test_layout.py.
"""

from __future__ import annotations

import pytest
from hypothesis import HealthCheck, Phase, given, settings

from reluviz.core import train
from reluviz.errors import UserError
from reluviz.story.unscripted.one_run import check_can_be_filmed, tell_run
from tests.scenes.conftest import built, film_classes
from tests.scenes.layout import problems
from tests.story.unscripted.test_one_run import experiments

ANY_RUN = next(film for film in film_classes() if film.__name__ == "AnyRun")


@pytest.mark.slow
@settings(
    max_examples=25, deadline=None, phases=[Phase.reuse, Phase.generate], suppress_health_check=list(HealthCheck)
)
@given(experiments())
def test_every_good_experiment_is_well_laid_out(chance):
    try:
        check_can_be_filmed(chance, "mine.toml")
    except UserError:
        return
    found = []

    def look(scene, beat):
        found.extend(f"{beat.name}: {problem}" for problem in problems(scene.mobjects))

    with built(ANY_RUN, story=tell_run(train(chance)), on_beat_end=look):
        pass
    assert found == []
