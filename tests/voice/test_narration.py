"""Narrations with silences: three real seconds, and each word where it is said."""

import wave

import numpy as np
import pytest

from reluviz.voice.captions import cues
from reluviz.voice.narration import PAUSE, narrate
from reluviz.voice.speech import SilentVoice, voice

PARTS = ("It rises. Which way now?", "To the left, 7,200 times.")


def test_a_pause_is_three_seconds_without_caption_or_word():
    said = narrate(SilentVoice(), PARTS)
    (start, end), = said.silences
    assert end - start == pytest.approx(3.0) == PAUSE
    alone = [SilentVoice().speak(part) for part in PARTS]
    assert start == alone[0].seconds and said.seconds == pytest.approx(alone[0].seconds + 3.0 + alone[1].seconds)
    assert not any(start < at < end for cue in said.cues for at in (cue.start + 1e-9, cue.end - 1e-9))
    assert [cue.text for cue in said.cues] == [cue.text for one in alone for cue in cues(one)]


def test_words_have_their_seconds():
    said = narrate(SilentVoice(), PARTS)
    first, second = (SilentVoice().speak(part) for part in PARTS)
    assert said.second(0, 0) == 0.0
    assert said.second(0, 3) == first.words[3].start
    assert said.second(0, 5) == first.words[-1].end, "past the last word: its end, not the silence's"
    assert said.second(1, 0) == pytest.approx(first.seconds + 3.0)
    assert said.second(1, 3) == pytest.approx(first.seconds + 3.0 + second.words[3].start)
    quiet = narrate(SilentVoice(), ("", "So."))
    assert quiet.second(0, 0) == 0.0 and quiet.second(1, 0) == 3.0
    assert narrate(SilentVoice(), ("",)).seconds == 0.0


def test_the_sound_is_silent_in_a_pause_and_its_key_knows_no_pause(tmp_path):
    """Each part's sound is that of the part alone, so pausing elsewhere costs no new speech."""
    said = narrate(voice("hibari", tmp_path), PARTS)
    for (start, utterance), text in zip(said.utterances, PARTS, strict=True):
        assert utterance == voice("hibari", tmp_path).speak(text)
        with wave.open(str(utterance.wav)) as file:
            sound = np.frombuffer(file.readframes(file.getnframes()), "<i2") / 32768
            assert len(sound) / file.getframerate() == pytest.approx(utterance.seconds, abs=1e-6)
        assert start in (0.0, said.silences[0][1])
