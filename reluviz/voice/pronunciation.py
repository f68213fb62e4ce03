"""From what a caption shows to what a voice says: "w₁ = −1.42" becomes "w one is minus one point four two".

A narration is written once, as it is read on screen. A voice reads signs and figures badly, so each word of it
(between blanks) is translated on its own, which also lets a caption follow the speech word by word. Nothing is
left to luck: a sign without a reading is an error, and `unknown_words` finds the words that the voice would
have to guess at, to be given a pronunciation in `LEXICON`.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from functools import cache
from typing import Any

from reluviz.errors import UserError
from reluviz.voice.utterance import sentences_of

LEXICON: Mapping[str, str] = {
    "relu": "ɹˈɛlu",
    "relus": "ɹˈɛluz",
    "reluviz": "ɹˈɛluvˌɪz",
    "backpropagation": "bˌækpɹˌɑpəɡˈAʃən",
    "polyline": "pˈɑliˌlIn",
    "polylines": "pˈɑliˌlInz",
}
"""Pronunciations of words that the voice's dictionary lacks, in lower case, in the voice's own phonemes (those of
Kokoro: A, I, O, W, Y are the diphthongs of day, my, go, now, boy; ˈ and ˌ stand before the stressed vowel).
All end in a voiced sound, so a possessive adds z."""

_SIGNS = {
    "=": "is",
    "≠": "is not",
    "≈": "is about",
    ">": "is greater than",
    "<": "is less than",
    "≥": "is at least",
    "≤": "is at most",
    "+": "plus",
    "−": "minus",
    "×": "times",
    "·": "times",
    "/": "over",
    "→": "to",
    "%": "percent",
    "&": "and",
    "²": "squared",
    "³": "cubed",
    "∂": "partial",
}
_GREEK = {
    "α": "alpha",
    "β": "beta",
    "γ": "gamma",
    "δ": "delta",
    "Δ": "delta",
    "ε": "epsilon",
    "η": "eta",
    "θ": "theta",
    "λ": "lambda",
    "σ": "sigma",
    "Σ": "the sum of",
}
_SUBSCRIPTS = str.maketrans("₀₁₂₃₄₅₆₇₈₉ᵢⱼₙ", "0123456789ijn")
_SAID = ",.;:!?…—()"
_UNSAID = "“”\"‘"
_PIECE = re.compile(
    r"(?P<number>(?:(?<![^\W_])[+−-])?(?:\d{1,3}(?:,\d{3})+(?!\d)|\d+)(?:\.\d+)?)(?P<suffix>(?:st|nd|rd|th)\b)?"
    r"|(?P<name>[A-Za-zÀ-ÖØ-öø-ÿ]+(?:['’][A-Za-z]+)*['’]?)"
    rf"|(?P<greek>[{''.join(_GREEK)}])"
    r"|(?P<subscript>[₀-₉]+|[ᵢⱼₙ])"
    rf"|(?P<sign>[{re.escape(''.join(_SIGNS))}])"
    rf"|(?P<of>(?<=[A-Za-z{''.join(_GREEK)}₀-₉])\((?=\w))"
    r"|(?P<range>(?<=\d)–(?=\d))"
    r"|(?P<hyphen>(?<=\w)-(?=\w))"
    r"|(?P<dash>[–—])"
    r"|(?P<other>.)"
)


class SpeechError(UserError):
    """A narration or a setting that the voice cannot follow; the message is one line."""


def spoken(caption_text: str) -> str:
    """What a voice says for `caption_text`: words only, those of `LEXICON` as `[word](/phonemes/)`.

    Raises SpeechError for a sign that has no reading.
    """
    return " ".join(said for _, said in spoken_words(caption_text) if said)


def spoken_words(caption_text: str) -> tuple[tuple[str, str], ...]:
    """Every word of `caption_text` (between blanks) with what is said for it: none, one or several words.

    Raises SpeechError for a sign that has no reading.
    """
    return tuple((word, _say(word)) for word in caption_text.split())


def unknown_words(caption_text: str) -> tuple[str, ...]:
    """The words of a narration that neither the voice's dictionary nor `LEXICON` has, in order, each once.

    The voice (hibari) looks a word up, as it is or less its -s, -ed or -ing, and hands what is left to a guessing
    network; here a listener stands in that network's place. Raises SpeechError as `spoken` does.
    """
    dictionary, asked = _listening_dictionary()
    asked.clear()
    for sentence in sentences_of(caption_text):
        dictionary(spoken(sentence), normalize_text=False)
    return tuple(dict.fromkeys(asked))


def _say(word: str) -> str:
    said = ""
    for piece in _PIECE.finditer(word):
        text, kind = piece[0], piece.lastgroup or ""
        if kind in ("number", "suffix"):
            text = _number(piece["number"], piece["suffix"] or "")
        elif kind == "name":
            text = _name(text.replace("’", "'"))
        elif kind == "subscript":
            text = text.translate(_SUBSCRIPTS)
            text = _number(text) if text.isdigit() else text
        elif kind in _READINGS:
            text = _READINGS[kind](text)
        elif text in _UNSAID:
            continue
        elif text not in _SAID:
            raise SpeechError(f'"{text}" in "{word}" has no reading: say it in words')
        glued = kind in ("hyphen", "other", "dash") or said.endswith(("-", "(", "—"))
        said += text if glued or not said else f" {text}"
    return said


_READINGS: Mapping[str, Callable[[str], str]] = {
    "greek": _GREEK.__getitem__,
    "sign": _SIGNS.__getitem__,
    "of": lambda _: "of",
    "range": lambda _: "to",
    "hyphen": lambda text: text,
    "dash": lambda _: "—",
}


def _name(word: str) -> str:
    stem, possessive = (word[:-2], "z") if word.endswith("'s") else (word, "")
    phonemes = LEXICON.get(stem.lower())
    return f"[{word}](/{phonemes}{possessive}/)" if phonemes else word


def _number(figures: str, suffix: str = "") -> str:
    """Figures in words: "−1.50" becomes "minus one point five zero", "7,200" "seven thousand two hundred"."""
    from hibari.g2p.numbers import ONES, cardinal, ordinal  # here: a narration served from the cache needs none

    sign = {"+": "plus ", "−": "minus ", "-": "minus "}.get(figures[0], "")
    whole, point, decimals = figures.lstrip("+−-").replace(",", "").partition(".")
    words = (ordinal if suffix else cardinal)(int(whole)).replace(",", "").replace(" and ", " ")
    return " ".join([sign + words, *(["point"] if point else []), *(ONES[int(figure)] for figure in decimals)])


@cache
def _listening_dictionary() -> tuple[Any, list[str]]:
    from hibari.g2p import G2P  # here for the same reason

    asked: list[str] = []

    def listen(word: str) -> str:
        asked.append(word)
        return ""

    return G2P(oov=listen), asked
