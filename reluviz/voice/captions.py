"""Captions that can be read: two lines of 42 characters, 17 characters a second, broken where the sense breaks.

A cue begins with its first word and ends with its last, so its times are as exact as those of the words: with the
voice hibari within 0.1 s of the sound (synthesis.py tells how that was measured). Where speech is faster than one
reads, a cue lasts into the pause after its sentence; the voice leaves a pause that is long enough, and says a
sentence slower that cannot be laid out otherwise.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache

from reluviz.voice.utterance import Timed, Utterance

LINE = 42
"""Characters of a line; a cue has at most two."""
READING_RATE = 17.0
"""Characters a second, blanks counted, that a cue may ask of its reader."""
_ASKED = 16.5
"""What is asked in fact, so that rounding a cue to milliseconds or frames keeps the rule."""
_HOLD = 0.1
_SHORTEST = 0.8
"""Seconds that a cue stays after its last word, and at least at all, where the next one leaves room for it."""

_IMPOSSIBLE = 1e6
_WRONG, _POOR, _FAIR = 60.0, 6.0, 2.0
_BIND_THE_NEXT = frozenset(
    # articles and what stands for one, prepositions, conjunctions, auxiliaries: a line does not end with them
    re.findall(
        r"\w+",
        """a an the this that these those its their his her our your my each every no both
        one two three four five six seven eight nine ten
        of to in on at by for from with into onto over under between through until after before than as per about
        towards toward beyond without within along across against
        and or but nor so if when while because where which who whose then
        is are was were be been has have had do does did will would can could may might must not it""",
    )
)
_OPEN_A_CLAUSE = frozenset(
    re.findall(r"\w+", "and or but nor so if when while because where which who whose that then until since as than")
)
_OPEN_A_PHRASE = frozenset(
    re.findall(
        r"\w+",
        """of to in on at by for from with into onto over under between through after before towards toward beyond
        without within along across against is are was were has have will can""",
    )
)
_SIGNS = frozenset("=≠≈><≥≤+−×·/→±-&")


@dataclass(frozen=True)
class Cue:
    """One caption: its text, one line or two parted by a line feed, and its seconds from the utterance's start."""

    start: float
    end: float
    text: str


def cues(utterance: Utterance) -> tuple[Cue, ...]:
    """The captions of `utterance`, in order, never two at once. No cue spans two sentences.

    Raises ValueError where a sentence cannot be laid out; none that a Voice gives is like that.
    """
    result: list[Cue] = []
    if not utterance.sentences:  # a beat without words
        return ()
    used = 0
    starts = [sentence.start for sentence in utterance.sentences]
    for sentence, limit in zip(utterance.sentences, [*starts[1:], utterance.seconds], strict=True):
        count = len(sentence.text.split())
        laid_out = layout(utterance.words[used : used + count], limit)
        if laid_out is None:
            raise ValueError(f"no captions of {READING_RATE:g} characters a second fit: {sentence.text}")
        result += laid_out
        used += count
    return tuple(result)


def layout(words: Sequence[Timed], limit: float) -> tuple[Cue, ...] | None:
    """The best cues for the words of a sentence, the last one ending by `limit`; None where no cues keep the rules.

    Best is what breaks at clauses, in few cues, with lines of like length.
    """
    count = len(words)
    best: list[tuple[float, tuple[Cue, ...]]] = [(0.0, ()), *((_IMPOSSIBLE, ()) for _ in range(count))]
    for last in range(count):
        next_start = words[last + 1].start if last + 1 < count else limit
        parting = _parting(words[last].text, words[last + 1].text) if last + 1 < count else 0.0
        for first in range(last, -1, -1):
            cost, text = _lines(tuple(word.text for word in words[first : last + 1]))
            if cost >= _IMPOSSIBLE:
                break  # longer ones do not fit either
            start = words[first].start
            needed = start + len(text) / _ASKED
            if needed > next_start + 1e-9:
                continue
            end = min(max(words[last].end + _HOLD, needed, start + _SHORTEST), next_start)
            hurry = 20.0 * max(_SHORTEST - (end - start), 0.0)
            total = best[first][0] + cost + parting + hurry + _FAIR
            if total < best[last + 1][0]:
                best[last + 1] = (total, (*best[first][1], Cue(start, end, text)))
    return best[count][1] if best[count][0] < _IMPOSSIBLE else None


@cache
def _lines(words: tuple[str, ...]) -> tuple[float, str]:
    """How these words are set in one line or two, and what that costs; `_IMPOSSIBLE` where they do not fit."""
    text = " ".join(words)
    if len(text) <= LINE:
        return 0.0, text
    options = []
    for cut in range(1, len(words)):
        upper, lower = " ".join(words[:cut]), " ".join(words[cut:])
        if len(upper) <= LINE and len(lower) <= LINE:
            uneven = abs(len(upper) - len(lower)) / LINE
            options.append((0.5 * _parting(words[cut - 1], words[cut]) + uneven, f"{upper}\n{lower}"))
    return min(options, default=(_IMPOSSIBLE, text))


def _parting(word: str, following: str) -> float:
    """How much it disturbs to break between two words: little after a clause, much within what belongs together."""
    bare, then = word.lower().strip("“”\"()"), following.lower().strip("“”\"(),;:.!?")
    if bare in _SIGNS or then in _SIGNS:
        return _WRONG
    if bare.endswith((".", "!", "?", ";", ":", "—", "–")):
        return 0.0
    if bare.endswith(","):
        return 0.3
    if bare in _BIND_THE_NEXT:
        return _WRONG
    if then in ("—", "–") or bare[-1:].isdigit() or then[:1].isdigit():
        return _POOR
    if then in _OPEN_A_CLAUSE:
        return 0.8
    return 1.2 if then in _OPEN_A_PHRASE else _FAIR
