"""The voice: what is read, how loud, when each word comes, and that saying it again costs nothing."""

import subprocess
import sys
import time
import wave

import numpy as np
import pyloudnorm
import pytest

from reluviz.files import FileError
from reluviz.voice.loudness import levelled
from reluviz.voice.pronunciation import SpeechError
from reluviz.voice.speech import voice

TEXT = "Watch neuron two. Its weight w₂ falls to −1.42, and after 7,200 iterations, its origin rests at 0.06."


@pytest.fixture(scope="module")
def said(tmp_path_factory):
    folder = tmp_path_factory.mktemp("voice")
    return voice("hibari", folder).speak(TEXT), folder


def samples_of(path):
    with wave.open(str(path)) as file:
        assert file.getnchannels() == 1
        return np.frombuffer(file.readframes(file.getnframes()), "<i2") / 32768, file.getframerate()


@pytest.mark.parametrize("text", [TEXT, "It turns.", "Why? It stays, since every way out makes the error larger."])
def test_loudness_and_peaks(text, said):
    utterance = voice("hibari", said[1]).speak(text)
    samples, rate = samples_of(utterance.wav)
    assert pyloudnorm.Meter(rate).integrated_loudness(samples) == pytest.approx(-16, abs=1)
    spectrum = np.fft.rfft(samples)
    waveform = 8 * np.fft.irfft(spectrum, 8 * len(samples))  # band-limited, between the samples too
    assert 0.3 < np.abs(waveform).max() < 10 ** (-1 / 20)
    assert len(samples) / rate == pytest.approx(utterance.seconds, abs=1e-9)


def test_a_sound_too_short_for_the_meter_and_silence_are_levelled():
    rate = 24_000
    tone = 0.01 * np.sin(2 * np.pi * 997 * np.arange(rate // 5) / rate)
    # a sine of 997 Hz at full scale is −3.01 LUFS by the standard's own definition
    expected = 10 ** ((-16 + 3.01) / 20)
    assert np.abs(levelled(tone, rate)).max() == pytest.approx(expected, rel=0.05)
    assert not levelled(np.zeros(rate), rate).any()


def test_the_limiter_takes_a_click_down_and_leaves_the_rest():
    rate = 24_000
    tone = 0.05 * np.sin(2 * np.pi * 997 * np.arange(2 * rate) / rate)
    tone[rate] = 0.9
    result = levelled(tone, rate)
    assert np.abs(result).max() < 10 ** (-1.4 / 20)
    far = np.r_[0 : rate - 500, rate + 500 : 2 * rate]
    gain = result[far] @ tone[far] / (tone[far] @ tone[far])
    np.testing.assert_allclose(result[far], gain * tone[far], atol=1e-9)


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


def test_words_after_a_comma_start_where_they_are_heard(said):
    """Within a sentence: where a comma makes a silence of 80 ms, the word after it starts where that ends."""
    text = "Two neurons start side by side, and then, sample by sample, they meet; so now, look closely, again."
    utterance = voice("hibari", said[1]).speak(text)
    samples, rate = samples_of(utterance.wav)
    step = rate // 200
    level = np.sqrt((samples[: len(samples) // step * step].reshape(-1, step) ** 2).mean(axis=1))
    quiet = level < 0.01 * level.max()
    errors = []
    for before, after in zip(utterance.words, utterance.words[1:], strict=False):
        if not before.text.endswith((",", ";")):
            continue
        at = round(200 * after.start)
        onsets = [i for i in range(at - 30, at + 30) if not quiet[i] and quiet[i - 16 : i].all()]
        errors += [min(abs(i / 200 - after.start) for i in onsets)] if onsets else []
        assert before.end <= after.start + 0.05
    assert len(errors) >= 3
    assert max(errors) <= 0.1


def test_the_same_words_give_the_same_bytes_and_cost_nothing_the_second_time(said, tmp_path):
    first, folder = said
    again = voice("hibari", tmp_path).speak(TEXT)
    assert again.wav.read_bytes() == first.wav.read_bytes()
    begin = time.process_time()
    kept = voice("hibari", folder).speak(TEXT)
    assert time.process_time() - begin < 0.2
    assert kept == first
    program = (
        "import sys; from reluviz.voice.speech import voice; from pathlib import Path\n"
        f"assert voice('hibari', Path({str(folder)!r})).speak({TEXT!r}).seconds == {first.seconds!r}\n"
        "assert not {'hibari', 'onnxruntime', 'pyloudnorm', 'scipy'} & set(sys.modules)"
    )
    subprocess.run([sys.executable, "-c", program], check=True)
    assert not [path for path in folder.iterdir() if path.name.startswith(".")]


def cut(data):
    return data[:100]


def flip(data):
    """One bit in the middle."""
    return data[: len(data) // 2] + bytes([data[len(data) // 2] ^ 1]) + data[len(data) // 2 + 1 :]


@pytest.mark.parametrize("ending", [".wav", ".json"])
@pytest.mark.parametrize("damage", [cut, flip, lambda data: b"", lambda data: b"[" * 100_000, lambda data: b"{}"])
def test_a_damaged_file_is_made_again(said, ending, damage):
    first, folder = said
    whole = first.wav.read_bytes()
    damaged = first.wav.with_suffix(ending)
    damaged.write_bytes(damage(damaged.read_bytes()))
    assert voice("hibari", folder).speak(TEXT) == first
    assert first.wav.read_bytes() == whole


def test_times_of_another_sound_and_times_that_cannot_be_are_not_used(said):
    first, folder = said
    other = voice("hibari", folder).speak("It turns.")
    times = first.wav.with_suffix(".json")
    for forged in (other.wav.with_suffix(".json").read_text(), times.read_text().replace("[[0.05,", "[[NaN,", 1)):
        assert forged != times.read_text()
        times.write_text(forged)
        assert voice("hibari", folder).speak(TEXT) == first


def test_what_cannot_be_said_is_one_line_and_leaves_nothing(tmp_path):
    for text in ["press ⌘ now", "on and on " * 60 + "it goes."]:
        with pytest.raises(SpeechError) as error:
            voice("hibari", tmp_path).speak(text)
        assert "\n" not in str(error.value)
    assert not list(tmp_path.iterdir())
    (tmp_path / "taken").write_text("a file, not a folder")
    with pytest.raises(FileError, match="taken"):
        voice("hibari", tmp_path / "taken").speak("It turns.")


def test_nothing_to_say_takes_no_time(tmp_path):
    for name in ("hibari", "silent"):
        utterance = voice(name, tmp_path).speak(" \n ")
        assert (utterance.wav, utterance.seconds, utterance.words) == (None, 0.0, ())


def test_the_silent_voice_takes_time_loads_nothing_and_makes_no_sound(tmp_path):
    program = (
        "import sys; from reluviz.voice.speech import voice; from pathlib import Path\n"
        f"u = voice('silent', Path({str(tmp_path)!r})).speak({TEXT!r})\n"
        "assert u.wav is None and 4 < u.seconds < 12, u.seconds\n"
        "assert not {'hibari', 'onnxruntime', 'pyloudnorm'} & set(sys.modules)"
    )
    subprocess.run([sys.executable, "-c", program], check=True)


def test_an_unknown_voice_is_one_line():
    with pytest.raises(SpeechError, match="loud.*hibari and silent") as error:
        voice("loud")
    assert "\n" not in str(error.value)
