"""The voice: what is read, how loud, when each word comes, and that saying it again costs nothing."""

import subprocess
import sys
import time
import wave

import numpy as np
import pyloudnorm
import pytest

from reluviz.story.beats import script_names, tell
from reluviz.story.captions import LINE, READING_RATE, cues
from reluviz.story.pronunciation import LEXICON, SpeechError, spoken, unknown_words
from reluviz.story.speech import voice, voice_from_environment

TEXT = "Watch neuron two. Its weight w₂ falls to −1.42, and after 7,200 iterations, its origin rests at 0.06."


@pytest.fixture(scope="module")
def said(tmp_path_factory):
    folder = tmp_path_factory.mktemp("voice")
    return voice("hibari", folder).speak(TEXT), folder


def samples_of(path):
    with wave.open(str(path)) as file:
        assert file.getnchannels() == 1
        return np.frombuffer(file.readframes(file.getnframes()), "<i2") / 32768, file.getframerate()


@pytest.mark.parametrize(
    ("caption", "words"),
    [
        ("w₁", "w one"),
        ("−1.42", "minus one point four two"),
        ("0.06", "zero point zero six"),
        ("7,200 iterations", "seven thousand two hundred iterations"),
        ("42%", "forty two percent"),
        ("δ", "delta"),
    ],
)
def test_numbers_and_signs_are_read_in_words(caption, words):
    assert spoken(caption).replace("-", " ").replace(",", "") == words


def test_hard_words_carry_phonemes_that_the_engine_has():
    from hibari import Hibari

    known = set(Hibari(threads=1).vocab)
    assert LEXICON["relu"]
    for word, phonemes in LEXICON.items():
        assert set(phonemes) <= known, word
    assert "[" in spoken("ReLU")


def test_an_unknown_word_and_an_unreadable_sign_are_noticed():
    assert unknown_words("The blorptastic neuron") == ("blorptastic",)
    with pytest.raises(SpeechError, match="⌘"):
        spoken("press ⌘ now")


@pytest.mark.parametrize("name", script_names())
def test_every_film_s_words_are_known_to_the_voice_and_fit_their_captions(name, tmp_path):
    silent = voice("silent", tmp_path)
    for beat in tell(name).beats:
        assert unknown_words(beat.narration) == (), beat.name
        if beat.narration:
            check_cues(silent.speak(beat.narration))


def check_cues(utterance):
    shown = cues(utterance)
    for cue, following in zip(shown, [*shown[1:], None], strict=True):
        rows = cue.text.split("\n")
        assert len(rows) <= 2 and max(map(len, rows)) <= LINE == 42
        assert len(cue.text) / (cue.end - cue.start) <= READING_RATE + 1e-6 and READING_RATE == 17
        assert following is None or cue.end <= following.start + 1e-9
    assert shown[-1].end <= utterance.seconds + 0.6


def test_loudness_and_peaks(said):
    samples, rate = samples_of(said[0].wav)
    assert pyloudnorm.Meter(rate).integrated_loudness(samples) == pytest.approx(-16, abs=1)
    assert np.abs(samples).max() < 0.95


def test_words_start_where_they_are_heard(said):
    """After a pause the sound sets in where the next sentence's first word is said to start."""
    utterance = said[0]
    samples, rate = samples_of(utterance.wav)
    step = rate // 100
    level = np.sqrt((samples[: len(samples) // step * step].reshape(-1, step) ** 2).mean(axis=1))
    for sentence in utterance.sentences:
        around = np.arange(max(round(100 * sentence.start) - 25, 0), round(100 * sentence.start) + 25)
        heard = around[level[around] > 0.02 * level.max()]
        assert heard[0] / 100 == pytest.approx(sentence.start, abs=0.1)
    assert [word.text for word in utterance.words] == TEXT.split()
    check_cues(utterance)


def test_the_same_words_give_the_same_bytes_and_cost_nothing_the_second_time(said, tmp_path):
    first, folder = said
    again = voice("hibari", tmp_path).speak(TEXT)
    assert again.wav.read_bytes() == first.wav.read_bytes()
    begin = time.perf_counter()
    kept = voice("hibari", folder).speak(TEXT)
    assert time.perf_counter() - begin < 0.2
    assert kept == first
    assert not [path for path in folder.iterdir() if path.name.startswith(".")]


def test_the_silent_voice_takes_time_loads_nothing_and_makes_no_sound(tmp_path):
    program = (
        "import sys; from reluviz.story.speech import voice; from pathlib import Path\n"
        f"u = voice('silent', Path({str(tmp_path)!r})).speak({TEXT!r})\n"
        "assert u.wav is None and 4 < u.seconds < 12, u.seconds\n"
        "assert not {'hibari', 'onnxruntime', 'pyloudnorm'} & set(sys.modules)"
    )
    subprocess.run([sys.executable, "-c", program], check=True)


def test_an_unknown_voice_is_one_line(monkeypatch):
    monkeypatch.setenv("RELUVIZ_VOICE", "loud")
    with pytest.raises(SpeechError, match="RELUVIZ_VOICE.*loud") as error:
        voice_from_environment()
    assert "\n" not in str(error.value)
