"""Captions keep the rules of reading, whatever is said, and stay with the voice."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from reluviz.story.script import script_names
from reluviz.voice.captions import cues, layout
from reluviz.voice.speech import voice
from reluviz.voice.utterance import Timed
from tests.story.test_scripts import story

TEXT = "the neuron of a weight, and it moves left; so w₁ = −1.42 falls in 7,200 iterations: backpropagation"
WORDS = TEXT.split()


def check(utterance):
    """The rules, as the films' brief has them: 42 characters a line, two lines, 17 a second, 0.1 s from the voice."""
    shown = cues(utterance)
    assert " ".join(cue.text for cue in shown).split() == [word.text for word in utterance.words]
    starts = {round(word.start, 6) for word in utterance.words}
    for cue, following in zip(shown, [*shown[1:], None], strict=True):
        lines = cue.text.split("\n")
        assert 1 <= len(lines) <= 2 and max(map(len, lines)) <= 42
        assert len(cue.text) / (cue.end - cue.start) <= 17
        assert cue.end <= (utterance.seconds if following is None else following.start)
        assert round(cue.start, 6) in starts
    position = 0
    for cue in shown:  # each cue covers its own words: from the first one's start to the last one's end
        count = len(cue.text.split())
        first, last = utterance.words[position], utterance.words[position + count - 1]
        assert cue.start == pytest.approx(first.start, abs=0.1)
        assert cue.end >= last.end - 0.1
        position += count
    return shown


@settings(max_examples=60, deadline=None)
@given(st.lists(st.lists(st.sampled_from(WORDS), min_size=1, max_size=40), min_size=1, max_size=4))
def test_any_text_keeps_the_rules(sentences):
    check(voice("silent").speak(" ".join(" ".join(words).rstrip(",;:") + "." for words in sentences)))


@pytest.mark.parametrize("name", script_names())
def test_every_film_s_captions_keep_the_rules(name):
    for beat in story(name).beats:
        check(voice("silent").speak(beat.narration))


def test_spoken_captions_keep_the_rules_where_speech_is_fast(tmp_path):
    """Long words in short sentences, and one with two cues and no pause between them."""
    check(
        voice("hibari", tmp_path).speak(
            "Let us build its graph. Then its weight turns positive, and the neuron moves left again and again and "
            "again because every sample to the right of it pulls it left. Why does it stay there?"
        )
    )


@pytest.mark.parametrize(
    ("text", "lines"),
    [
        ("Here is one neuron, and the line it should learn.", ["Here is one neuron,", "and the line it should learn."]),
        ("Its slope has now reached the target and w₁ = 1.84 from here on.", None),
        ("The neuron on the right of the picture slides to the left of it.", None),
    ],
)
def test_breaks_follow_the_sense(text, lines):
    (cue,) = cues(voice("silent").speak(text))
    found = cue.text.split("\n")
    if lines:
        assert found == lines
    assert len(found) == 2
    ending, beginning = found[0].split()[-1], found[1].split()[0]
    assert ending not in {"the", "a", "of", "to", "on", "and", "w₁", "="} and beginning not in {"=", "1.84"}


def test_a_fast_cue_lasts_into_the_pause_and_a_hopeless_one_is_refused():
    text = "Here is one neuron, and the line it should learn."
    words = [Timed(0.04 * i, 0.04 * (i + 1), word) for i, word in enumerate(text.split())]  # 0.4 s: 120 a second
    assert layout(words, 2.0) is None
    (cue,) = layout(words, 5.0)
    assert cue.start == 0.0 and len(text) / 17 <= cue.end <= len(text) / 16


def test_a_slow_cue_leaves_with_the_voice():
    words = [Timed(float(i), i + 0.9, word) for i, word in enumerate(("It", "comes", "to", "rest."))]
    (cue,) = layout(words, 20.0)
    assert (cue.start, cue.end) == (0.0, pytest.approx(4.0))
    assert layout([Timed(0.0, 0.2, "Why?")], 5.0)[0].end == pytest.approx(0.8)
