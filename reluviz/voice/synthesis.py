"""One sentence spoken by hibari, with the time of every word.

hibari-tts (Apache-2.0) works offline, its voice is part of the package, and with a fixed seed and one thread it
gives the same bytes each time. Its network decides how long each phoneme lasts, in frames of 25 ms, but keeps
that to itself; here that inner result is declared an output of the network as well, so the times of words are the
engine's own rather than guessed from the sound. Measured against the sound of all films, where words begin after
80 ms of silence (570 places): the engine's starts are 0.06 s late on average, which is taken off; what is left is
0.04 s or less in nineteen of twenty, and 0.07 s at most.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from importlib import metadata
from typing import Any

import numpy as np
from numpy.typing import NDArray

from reluviz.voice.pronunciation import SpeechError, spoken_words
from reluviz.voice.utterance import Timed

RATE = 24_000
"""Samples a second."""
_FRAME = 0.025
"""Seconds of a frame, the unit of the engine's durations."""
_PHONEME_ENDS = "/CumSum_output_0"
"""The network's inner result: the frame in which each phoneme ends. Of hibari-tts 0.2.1; another release may differ."""
_LATE = 0.06
LEAD, _TRAIL = 0.05, 0.15
"""Seconds kept before and after what can be heard; the engine pads with 0.3 and 0.6."""
_QUIET = 10 ** (-40 / 20)
"""What counts as silence, relative to the sentence's loudest 5 ms."""
_MOST_PHONEMES = 400
_PAUSES = ",.;:!?…—()"


@dataclass(frozen=True)
class SpokenSentence:
    """samples: one channel, `RATE` a second. start, end: seconds in it between which there is speech. words: timed."""

    samples: NDArray[Any]
    start: float
    end: float
    words: tuple[Timed, ...]


def engine_version() -> str:
    """The engine and its release, without loading it. Raises SpeechError where it is not installed."""
    try:
        return f"hibari-tts {metadata.version('hibari-tts')}"
    except metadata.PackageNotFoundError:
        raise SpeechError("the voice needs hibari-tts: pip install hibari-tts, or set RELUVIZ_VOICE=silent") from None


def synthesise(sentence: str, pace: float) -> SpokenSentence:
    """`sentence` (caption text) spoken at `pace`, the engine's factor of speed: 1 is its own.

    The same sentence and pace give the same samples. Raises SpeechError for what the voice cannot say.
    """
    from hibari.dsp import synth  # here: loading the engine takes half a second, and a cached narration needs none

    engine = _engine()
    pairs = spoken_words(sentence)
    groups = _phonemes(" ".join(said for _, said in pairs if said), engine)
    phonemes = " ".join(groups)
    if unknown := sorted(set(phonemes) - set(engine.vocab)):
        raise SpeechError(f"the voice has no phoneme {' '.join(unknown)}, needed in: {sentence}")
    if len(phonemes) > _MOST_PHONEMES:
        raise SpeechError(f"a sentence too long to be said in one breath, split it: {sentence}")

    ids = np.asarray([engine.ids(phonemes)], np.int64)
    *parts, ends = engine.sess.run(None, {"ids": ids, "speed": np.asarray([pace], np.float32)})
    sound = synth(*(part[0] for part in parts), np.random.default_rng(0))

    loud = _loud(sound)
    first, last = float(loud[0]), float(loud[-1])
    cut = max(first - LEAD, 0.0)
    samples = sound[round(cut * RATE) : round((last + _TRAIL) * RATE)]
    words = tuple(
        Timed(round(start - cut, 3), round(end - cut, 3), text)
        for start, end, text in _timed(pairs, groups, np.ravel(ends) * _FRAME, loud)
    )
    return SpokenSentence(_faded(samples), round(first - cut, 3), round(last - cut, 3), words)


def _phonemes(said: str, engine: Any) -> list[str]:
    """The phonemes of each word of `said`, which holds words only: the engine's reading of signs is not wanted."""
    groups = [""]
    for token in engine.g2p.phonemize_tokens(engine.g2p.tokenize(said)):
        if not token.phonemes and any(c.isalnum() for c in token.text):
            raise SpeechError(f'the voice cannot say "{token.text}"')
        groups[-1] += token.phonemes or ""
        if token.whitespace:
            groups.append("")
    return groups


def _timed(
    pairs: tuple[tuple[str, str], ...], groups: list[str], ends: NDArray[Any], loud: NDArray[Any]
) -> list[Timed]:
    """The caption's words, each with the time from its first phoneme to the last that can be heard."""
    bounds, at = [], 0
    for group in groups:
        # a pause belongs to the sign that makes it, not to the word before
        bounds.append((float(ends[at]) - _LATE, float(ends[at + len(group.rstrip(_PAUSES))])))
        at += len(group) + 1
    words: list[Timed] = []
    used, now = 0, float(loud[0])
    for text, said in pairs:
        count = len(said.split())
        if count:
            start = max(bounds[used][0], now) if words else now
            end = bounds[used + count - 1][1]
            heard = loud[(loud > start) & (loud <= (end if used + count < len(groups) else loud[-1]))]
            words.append(Timed(start, max(float(heard[-1]) if len(heard) else end, start), text))
            now = start
        else:
            words.append(Timed(now, now, text))
        used += count
    return words


def _loud(sound: NDArray[Any]) -> NDArray[Any]:
    """The seconds, every 5 ms, at which there is something to hear."""
    step = RATE // 200
    whole = sound[: len(sound) // step * step].reshape(-1, step)
    level = np.sqrt(np.mean(np.square(whole), axis=1))
    return np.flatnonzero(level > _QUIET * level.max()) * (step / RATE)


def _faded(samples: NDArray[Any]) -> NDArray[Any]:
    """`samples` from and to silence within 10 ms, so that a cut cannot click."""
    ramp = np.linspace(0.0, 1.0, RATE // 100)
    faded = samples.astype(np.float64)
    faded[: len(ramp)] *= ramp
    faded[-len(ramp) :] *= ramp[::-1]
    return faded


@cache
def _engine() -> Any:
    """hibari with its inner phoneme durations as one more output.

    A protocol-buffer message may be extended by appending: a second graph with nothing but one output adds that
    output to the first. No other part of the network changes, nor does the sound.
    """
    version = engine_version()
    from hibari import Hibari
    from hibari.voices import DEFAULT, voice_path

    output = _field(7, _field(12, _field(1, _PHONEME_ENDS.encode())))  # model.graph.output.name
    with open(voice_path(DEFAULT), "rb") as file:
        network = file.read() + output
    try:
        return Hibari(model=network, threads=1)
    except Exception as error:
        raise SpeechError(f"{version} does not tell how long its phonemes last; 0.2.1 does") from error


def _field(number: int, content: bytes) -> bytes:
    """A field of a protocol-buffer message: its number, the length of its content, the content (both below 128)."""
    return bytes([number << 3 | 2, len(content)]) + content
