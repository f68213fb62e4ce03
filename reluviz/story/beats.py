"""A beat: a stretch of a film with its headline and its words, read from its description, every claim checked."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, fields
from typing import Any

from reluviz.story.expressions import ExpressionError, Expressions, NoEvent, Span
from reluviz.story.marks import Said, read_narration
from reluviz.story.template import FalseClaim, ScriptError, check, fill
from reluviz.story.vocabulary.facts import Facts

HEADLINE_CHARACTERS = 60
VOCABULARY: Mapping[type, frozenset[str]] = {
    Facts: Facts.words,
    Span: frozenset({*(field.name for field in fields(Span)), "length"}),
}
_KEYS = {"name", "of", "span", "headline", "narration", "claims", "stops", "question", "answer"}


@dataclass(frozen=True)
class Beat:
    """A stretch of a film: what it shows (run, iterations first to last), its headline and what is said.

    run: the name, in the script, of the run whose iterations these are. claims: the expressions it rests on; they
    hold. stops: mark -> the iteration at which a replay stands when the mark is said, in order. question: whether
    the audience is asked something before its pause. answer: what is right, in a sentence or two, or "".
    """

    name: str
    run: str
    first: int
    last: int
    headline: str
    said: Said
    claims: tuple[str, ...] = ()
    stops: Mapping[str, int] = field(default_factory=dict)
    question: bool = False
    answer: str = ""

    @property
    def narration(self) -> str:
        """What is said, as captioned, or ""."""
        return self.said.text

    @property
    def span(self) -> Span:
        """Its iterations."""
        return Span(self.first, self.last)


def read_beat(
    description: Mapping[str, Any], facts: Mapping[str, Facts], sweeps: Mapping[str, Any], ends: Mapping[str, int],
    film: str, where: str,
) -> Beat:  # fmt: skip
    """The beat that `description`, a script's table, tells of.

    facts, sweeps: what can be asked, by name. ends: where each run stands. where: begins the messages until the beat's
    name is known. Raises ScriptError for a mistake, FalseClaim where a run does not bear it out.
    """
    name = text_of(description, "name", where)
    where = f'{film}, beat "{name}"'
    known_keys(description, _KEYS, where)
    run = description.get("of", next(iter(facts)))
    if not isinstance(run, str) or run not in facts:
        raise ScriptError(f"{where}: of = {run!r} is no run; {', '.join(facts)} are")
    headline, narration = text_of(description, "headline", where), description.get("narration", "")
    claims, question = description.get("claims", []), description.get("question", False)
    answer = description.get("answer", "")
    for key, text in (("narration", narration), ("answer", answer)):
        if not isinstance(text, str):
            raise ScriptError(f"{where}: {key} must be text")
    if not isinstance(claims, list) or not all(isinstance(claim, str) for claim in claims):
        raise ScriptError(f"{where}: claims must be a list of expressions in quotes")
    try:
        bounds = description.get("span")
        span = Span(ends[run], ends[run]) if bounds is None else _span(bounds, facts, run)
        vocabulary = {**VOCABULARY, **{type(sweep): sweep.words for sweep in sweeps.values()}}
        expressions = Expressions({**facts, **sweeps, "span": span}, vocabulary)
        check(claims, expressions, film, name)
        headline, said = fill(headline, expressions), read_narration(narration, expressions)
        stops = _stops(description.get("stops", {}), said, span, expressions)
        if question is not False and (question is not True or len(said.parts) != 2):
            raise ExpressionError("question = true belongs to a narration with one [pause]")
        if answer and not question:
            raise ExpressionError("answer belongs to question = true")
        answer = fill(answer, expressions)
    except ExpressionError as error:
        raise ScriptError(f"{where}: {error}") from error
    except NoEvent as missing:
        raise FalseClaim(film, name, "its span, its stops and its fields", [("", str(missing))]) from missing
    if len(headline) > HEADLINE_CHARACTERS:
        raise ScriptError(f'{where}: headline "{headline}" has {len(headline)} characters, {HEADLINE_CHARACTERS} fit')
    return Beat(name, run, span.first, span.last, headline, said, tuple(claims), stops, question, answer)


def text_of(table: Mapping[str, Any], key: str, where: str) -> str:
    """The line of text that `table` has for `key`. Raises ScriptError where it has none."""
    value = table.get(key) if isinstance(table, dict) else None
    if not isinstance(value, str) or not value.strip():
        raise ScriptError(f"{where}: {key} is missing; a line of text is expected")
    return value


def known_keys(table: Mapping[str, Any], known: set[str], where: str) -> None:
    """Raises ScriptError for a key that is not known."""
    for key in table:
        if key not in known:
            raise ScriptError(f"{where}: unknown key {key}; known are {', '.join(sorted(known))}")


def _span(bounds: Any, facts: Mapping[str, Facts], run: str) -> Span:
    if not isinstance(bounds, list) or len(bounds) != 2 or not all(isinstance(one, str) for one in bounds):
        raise ExpressionError('span must be two expressions in quotes, such as ["0", "run.end"]')
    expressions = Expressions(facts, VOCABULARY)
    first, last = (_iteration("span", bound, expressions, Span(0, facts[run].end)) for bound in bounds)
    if first > last:
        raise ExpressionError(f"span: it ends at {last:,}, before its start at {first:,}")
    return Span(first, last)


def _stops(described: Any, said: Said, span: Span, expressions: Expressions) -> dict[str, int]:
    if not isinstance(described, dict) or not all(isinstance(one, str) for one in described.values()):
        raise ExpressionError('stops must be a table of marks and expressions, such as { sign = "run.turns(1)" }')
    if unknown := sorted(described.keys() - said.marks.keys()):
        raise ExpressionError(f"stops: the narration has no mark [{unknown[0]}]")
    order = sorted(described, key=said.marks.__getitem__)
    stops = {mark: _iteration(f"stops: {mark}", described[mark], expressions, span) for mark in order}
    for earlier, later in zip(order, order[1:], strict=False):
        if stops[earlier] > stops[later]:
            raise ExpressionError(f"stops: [{later}] is said after [{earlier}], at an earlier iteration")
    return stops


def _iteration(what: str, expression: str, expressions: Expressions, within: Span) -> int:
    value = expressions.evaluate(expression)
    if isinstance(value, bool) or not isinstance(value, int) or not within.first <= value <= within.last:
        raise ExpressionError(
            f"{what}: {expression} is {value}, no iteration from {within.first:,} to {within.last:,}"
        )
    return value
