"""The voice: narration in caption form to a sound file, with the time of every word. Two engines, chosen by name.

    hibari   speaks, offline; WAVs are kept by their content, so what has been said once costs nothing again
    silent   makes no sound and loads no sound library; lasts as long as one takes to read
"""

from __future__ import annotations

import hashlib
import json
import wave
from collections.abc import Callable, Mapping
from functools import cache
from importlib import metadata
from math import isfinite
from pathlib import Path
from typing import TYPE_CHECKING, Any, BinaryIO, Protocol

from reluviz.files import replacing, write_whole
from reluviz.voice.captions import layout
from reluviz.voice.pronunciation import SpeechError
from reluviz.voice.utterance import Timed, Utterance, sentences_of

if TYPE_CHECKING:
    from reluviz.voice.synthesis import SpokenSentence

_PAUSE = 0.5
_LONGEST_PAUSE = 0.9
"""Seconds of quiet between sentences, and at most where a caption needs longer to be read."""
_PACES = (0.82, 0.79, 0.7, 0.6)
"""The engine's speeds, tried in turn until the captions can be read. 0.82 makes about 155 words a minute with the
pauses; since most of the engine's durations are two frames, rounded, slower ones down to 0.8 hardly differ, and
below that the rhythm suffers."""
_READING_RATE = 14.5
_SHORTEST_SENTENCE = 0.8
"""Of the silent voice: characters a second, and seconds."""


class Voice(Protocol):
    """Whoever speaks a narration. name: as `voice` knows it."""

    name: str

    def speak(self, caption_text: str) -> Utterance:
        """`caption_text` as spoken: the same text gives the same utterance; none gives one of 0 s.

        Raises SpeechError for a text that cannot be said.
        """


def voice(name: str, directory: Path = Path("media/voice")) -> Voice:
    """The voice called `name`, "hibari" or "silent", that keeps its sound files in `directory`.

    Raises SpeechError for an unknown name.
    """
    if name not in _VOICES:
        raise SpeechError(f'no voice is called "{name}"; there are {" and ".join(_VOICES)}')
    return _VOICES[name](directory)


class SilentVoice:
    """No sound, but time to read: for drafts, and for machines without a voice."""

    name = "silent"

    def speak(self, caption_text: str) -> Utterance:
        """Words take time by their characters."""
        sentences: list[Timed] = []
        words: list[Timed] = []
        now = 0.0
        for text in sentences_of(caption_text):
            seconds = max(len(text) / _READING_RATE, _SHORTEST_SENTENCE)
            sentences.append(Timed(now, now + seconds, text))
            at = now
            for word in text.split():
                share = seconds * (len(word) + 1) / (len(text) + 1)
                words.append(Timed(at, at + share, word))
                at += share
            now += seconds + _PAUSE
        return Utterance(None, max(now - _PAUSE, 0.0), tuple(sentences), tuple(words))


class HibariVoice:
    """hibari, levelled to −16 LUFS. A narration's WAV and times lie in `directory` under a digest of all they rest
    on: the text, the engine's release and the code that makes them."""

    name = "hibari"

    def __init__(self, directory: Path) -> None:
        self.directory = directory

    def speak(self, caption_text: str) -> Utterance:
        """From the directory where it has been said before, and then without loading the engine."""
        text = " ".join(caption_text.split())
        if not text:
            return Utterance(None, 0.0, (), ())
        key = hashlib.sha256(f"{_provenance()}\n{text}".encode()).hexdigest()[:24]
        wav, times = self.directory / f"{key}.wav", self.directory / f"{key}.json"
        kept = _kept(wav, times)
        if kept is not None and " ".join(sentence.text for sentence in kept.sentences) == text:
            return kept
        samples, utterance = _say(text, wav)
        with replacing(wav) as file:
            _write_wav(file, samples)
        said = {"seconds": utterance.seconds, "sentences": utterance.sentences, "words": utterance.words}
        record = {"said": said, "digest": _digest(wav, json.loads(json.dumps(said)))}
        write_whole(times, json.dumps(record, ensure_ascii=False))
        return utterance


_VOICES: Mapping[str, Callable[[Path], Voice]] = {"hibari": HibariVoice, "silent": lambda _: SilentVoice()}


def _say(text: str, wav: Path) -> tuple[Any, Utterance]:
    """The samples (one channel, −16 LUFS) of `text`, and when what is said in them."""
    import numpy as np

    from reluviz.voice.loudness import levelled
    from reluviz.voice.synthesis import LEAD, RATE

    parts: list[Any] = []
    sentences: list[Timed] = []
    words: list[Timed] = []
    length = 0
    texts = sentences_of(text)
    for number, sentence in enumerate(texts, start=1):
        spoken, reading = _readable(sentence)
        at = length / RATE
        sentences.append(_shifted(Timed(spoken.start, spoken.end, sentence), at))
        words += [_shifted(word, at) for word in spoken.words]
        quiet = max(reading, _PAUSE - LEAD if number < len(texts) else 0.0)
        parts.append(spoken.samples)
        parts.append(np.zeros(max(round((spoken.end + quiet) * RATE) - len(spoken.samples), 0)))
        parts.append(np.zeros(-(len(parts[-2]) + len(parts[-1])) % (RATE // 1000)))  # to whole milliseconds
        length += sum(len(part) for part in parts[-3:])
    samples = levelled(np.concatenate(parts), RATE)
    return samples, Utterance(wav, length / RATE, tuple(sentences), tuple(words))


def _readable(sentence: str) -> tuple[SpokenSentence, float]:
    """`sentence` at the first pace at which its captions can be read, and the seconds they last beyond its end."""
    from reluviz.voice.synthesis import synthesise

    for pace in _PACES:
        spoken = synthesise(sentence, pace)
        captions = layout(spoken.words, spoken.end + _LONGEST_PAUSE)
        if captions is not None:
            return spoken, captions[-1].end - spoken.end
    raise SpeechError(f"no caption of this sentence can be read as fast as it is said, split it: {sentence}")


def _shifted(timed: Timed, seconds: float) -> Timed:
    return Timed(round(timed.start + seconds, 3), round(timed.end + seconds, 3), timed.text)


def _kept(wav: Path, times: Path) -> Utterance | None:
    """What was said before, or None where its files are missing, damaged or do not belong together."""
    try:
        record = json.loads(times.read_text(encoding="utf-8"))
        said = record["said"]
        if record["digest"] != _digest(wav, said):
            return None
        sentences, words = (tuple(Timed(*one) for one in said[key]) for key in ("sentences", "words"))
        return Utterance(wav, float(said["seconds"]), sentences, words)
    except (OSError, ValueError, KeyError, TypeError, RecursionError):
        return None


def _digest(wav: Path, said: Any) -> str:
    """What holds a sound and its times together: SHA-256 over both. Raises ValueError for times that cannot be."""
    starts = [one[0] for one in said["words"]]
    ends = [one[1] for one in (*said["sentences"], *said["words"])]
    if not all(map(isfinite, (*starts, *ends))) or sorted(starts) != starts or max(ends) > said["seconds"]:
        raise ValueError("times that are not finite, in order and within the sound")
    return hashlib.sha256(json.dumps(said, sort_keys=True).encode() + wav.read_bytes()).hexdigest()


def _write_wav(file: BinaryIO, samples: Any) -> None:
    from reluviz.voice.synthesis import RATE

    with wave.open(file, "wb") as sound:
        sound.setnchannels(1)
        sound.setsampwidth(2)
        sound.setframerate(RATE)
        sound.writeframes((samples * 32767.0).round().astype("<i2").tobytes())


@cache
def _provenance() -> str:
    """What made a sound besides its text: engine and meter by their releases, and this package by its bytes."""
    from reluviz.voice.synthesis import engine_version

    code = hashlib.sha256()
    for module in sorted(Path(__file__).parent.glob("*.py")):
        code.update(module.read_bytes())
    return f"{engine_version()}, pyloudnorm {metadata.version('pyloudnorm')}, {code.hexdigest()}"
