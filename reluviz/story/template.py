"""Templates filled with facts, and claims held against the run.

A template is plain text with fields: `In {span.length} updates w₁ climbs to {run.w(1, span.last):.2f}.`
The result is caption text, as it is read on screen; the spoken form is derived from it elsewhere. Every number
is a field: a digit typed by hand would stay behind when the run changes (subscripts, as in w₁, are names).

    {expression}        a whole number, "7,200", or text
    {expression:.2f}    two decimals, "−1.42"; also ".0%" for shares, "42%", and "g" for short ones as set up, "0.01"
    {expression:words}  a count, up to twenty in words as is the custom, "four", above in figures, "33"
"""

from __future__ import annotations

import math
import re
from collections.abc import Sequence

from reluviz.errors import UserError
from reluviz.story.expressions import ExpressionError, Expressions, NoEvent

_FIELD = re.compile(r"\{([^{}]*)\}")
_DECIMALS = re.compile(r"\.\d[f%]")
_SENTENCE_STARTS = re.compile(r"(^|[.!?:…]\s+)$")
_WORDS = (
    "zero", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "eleven", "twelve",
    "thirteen", "fourteen", "fifteen", "sixteen", "seventeen", "eighteen", "nineteen", "twenty",
)  # fmt: skip


class ScriptError(UserError):
    """A mistake in a script; the message is one line: film, beat, what is wrong, what fits."""


class FalseClaim(UserError):
    """A script says what its run does not bear out; the message is one line that shows what the run says.

    film, beat: their names. claim: the expression. facts: what its parts are in this run, pairs (part, value).
    """

    def __init__(self, film: str, beat: str, claim: str, facts: Sequence[tuple[str, str]]) -> None:
        self.film, self.beat, self.claim, self.facts = film, beat, claim, tuple(facts)
        says = "; ".join(f"{part} is {value}" if part else value for part, value in facts)
        super().__init__(f'{film}, beat "{beat}": false claim: {claim}; the run says: {says}')


def fill(template: str, expressions: Expressions, before: str = "") -> str:
    """`template` with its fields filled and its white space made single blanks.

    before: what stands before it in the same text; a word that starts a sentence gets its capital.
    Raises ExpressionError for a field that cannot be filled, a digit outside of fields or a bracket, NoEvent for
    an event that the run does not have.
    """
    text = " ".join(template.split())
    rest = _FIELD.sub("", text)
    if "{" in rest or "}" in rest:
        raise ExpressionError(f"{text[:40]}…: a brace without its partner")
    if "[" in rest or "]" in rest:
        raise ExpressionError(f"{text[:40]}…: a bracket that is no mark; [word] between two words of a narration is")
    if digits := re.search(r"\S*\d\S*", rest):
        raise ExpressionError(f'"{digits[0]}" is typed by hand; a number must be a field, such as {{run.end}}')
    parts: list[str] = []
    position = 0
    before = f"{before} " if before else ""
    for field in _FIELD.finditer(text):
        parts.append(text[position : field.start()])
        expression, _, spec = field[1].partition(":")
        word = number_text(expressions.evaluate(expression), spec.strip(), field[0])
        parts.append(word[:1].upper() + word[1:] if _SENTENCE_STARTS.search(before + text[: field.start()]) else word)
        position = field.end()
    return "".join(parts) + text[position:]


def number_text(value: float | str, spec: str, field: str = "a field") -> str:
    """`value` as it is read: typographic minus, commas at thousands, never "−0.00".

    Raises ExpressionError where value and spec do not go together.
    """
    if isinstance(value, bool):
        raise ExpressionError(f"{field}: a truth value is no text; say it in words and claim it")
    if isinstance(value, str):
        if spec:
            raise ExpressionError(f'{field}: "{value}" is text and takes no ":{spec}"')
        return value
    if not math.isfinite(value):
        raise ExpressionError(f"{field}: the value is {value}")
    whole = value == int(value)
    if spec == "words":
        if not whole or value < 0:
            raise ExpressionError(f"{field}: {value:g} is no count, so not for words")
        return _WORDS[int(value)] if value < len(_WORDS) else f"{int(value):,}"
    if spec == "":
        if not isinstance(value, int):
            raise ExpressionError(f"{field}: {value:g} is no count, so it needs its decimals, such as :.2f")
        text = f"{value:,}"
    elif spec == "g":
        text = f"{value:,g}"
        if "e" in text:
            raise ExpressionError(f"{field}: {text} is too small or too large for :g; name its decimals")
    elif _DECIMALS.fullmatch(spec):
        text = format(value, f",{spec}")
    else:
        raise ExpressionError(f'{field}: ":{spec}" is unknown; there are :.2f, :.0%, :g and :words')
    if text.startswith("-"):
        text = "−" + text[1:] if re.search("[1-9]", text) else text[1:]
    return text


def check(claims: Sequence[str], expressions: Expressions, film: str, beat: str) -> None:
    """Holds every claim against the run. Raises FalseClaim for the first that is false or rests on an event that
    the run does not have, ExpressionError for one that is no claim."""
    for claim in claims:
        if not expressions.asks(claim):
            raise ExpressionError(f"{claim}: asks nothing about the run, so it cannot be false")
        try:
            true = expressions.evaluate(claim)
        except NoEvent as missing:
            raise FalseClaim(film, beat, claim, [("", str(missing))]) from missing
        if not isinstance(true, bool):
            raise ExpressionError(f"{claim}: is {true}, neither true nor false")
        if not true:
            raise FalseClaim(film, beat, claim, expressions.witnesses(claim))
