"""What a lecturer tries next, each two of it together: every combination tells a story whose claims hold."""

from __future__ import annotations

from dataclasses import replace
from itertools import combinations

import pytest

from reluviz.core import ReluNetwork, train
from reluviz.core.optimizer import Optimizer
from reluviz.story.unscripted.one_run import tell_run
from reluviz.voice.pronunciation import spoken, unknown_words
from tests.story.unscripted.test_one_run import WORDS_A_SECOND, experiment

PLAIN = experiment(0.0, 4.0, [0, 2, 3, 2, 0], [0.1, 0.2, -0.1], [0.0, 0.3, 0.6], 0.01, 400, 6)
OWN = ((0.0, 0.1), (0.7, 1.2), (1.6, 2.2), (2.4, 2.6), (3.3, 1.4), (4.0, 0.2))

KEYS = {
    "batch": {"batch_size": 7},
    "all samples": {"batch_size": 60},
    "momentum": {"optimizer": Optimizer("momentum"), "learning_rate": 0.002},
    "nesterov": {"optimizer": Optimizer("nesterov"), "learning_rate": 0.002},
    "adam": {"optimizer": Optimizer("adam")},
    "noise": {"noise": 0.1},
    "own data": {"points": OWN, "target": ReluNetwork.through(OWN), "samples_count": len(OWN), "batch_size": 1},
    "output bias": {"train_output_bias": True},
    "drawn start": {"start": ReluNetwork([0.03, 0.08, 0.01, 0.05], [-0.9, -2.2, -3.1, -0.2])},
}


def combined(one, other):
    """The plain experiment with both; None where they set the same thing."""
    keys = KEYS[one].keys() & KEYS[other].keys() - {"learning_rate"}
    return None if keys else replace(PLAIN, **KEYS[one], **{k: v for k, v in KEYS[other].items() if k not in KEYS[one]})


COMBINED = {f"{a}, {b}": made for a, b in combinations(KEYS, 2) if (made := combined(a, b)) is not None}


@pytest.mark.parametrize("name", COMBINED)
def test_two_new_keys_together_have_a_story(name):
    story = tell_run(train(COMBINED[name]))
    text = " ".join(beat.narration for beat in story.beats)
    assert ("samples at once" in text) == (COMBINED[name].batch_size > 1)
    assert ("Adam makes" in text) == ("adam" in name)
    assert ("lingers" in text) == ("momentum" in name or "nesterov" in name)
    for beat in story.beats:
        assert not unknown_words(beat.narration)
        assert len(spoken(beat.narration).split()) / WORDS_A_SECOND < 24, "a headline stands no longer"
