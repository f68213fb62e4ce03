"""A narration in parts, with a silence between one and the next: a question is asked, and three seconds are quiet."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

from reluviz.voice.captions import Cue, cues
from reluviz.voice.speech import Voice
from reluviz.voice.utterance import Utterance

PAUSE = 3.0
"""Seconds of a silence between two parts."""


@dataclass(frozen=True)
class Narration:
    """What is said in all. utterances: each part, with the second it starts at. seconds: how long it lasts."""

    utterances: tuple[tuple[float, Utterance], ...]
    seconds: float

    @property
    def silences(self) -> tuple[tuple[float, float], ...]:
        """Start and end of each silence, in seconds."""
        return tuple((start - PAUSE, start) for start, _ in self.utterances[1:])

    @property
    def cues(self) -> tuple[Cue, ...]:
        """The captions; none in a silence."""
        return tuple(
            replace(cue, start=start + cue.start, end=start + cue.end)
            for start, utterance in self.utterances
            for cue in cues(utterance)
        )

    def second(self, part: int, word: int) -> float:
        """When this word (from 0) of this part starts to be said; past the last one, when that has been said."""
        start, utterance = self.utterances[part]
        if word < len(utterance.words):
            return start + utterance.words[word].start
        return start + (utterance.words[-1].end if utterance.words else 0.0)


def narrate(voice: Voice, parts: Sequence[str]) -> Narration:
    """`parts` (caption texts, none for a narration that starts or ends in silence) as `voice` says them.

    Raises SpeechError for a text that cannot be said.
    """
    said: list[tuple[float, Utterance]] = []
    now = 0.0
    for text in parts:
        now += PAUSE if said else 0.0
        said.append((now, voice.speak(text)))
        now += said[-1][1].seconds
    return Narration(tuple(said), now)
