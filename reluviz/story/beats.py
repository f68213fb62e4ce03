"""A beat: a stretch of a film with its headline and its words, read from its description, every claim checked."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, fields
from typing import Any

from reluviz.core.table import Table, shown
from reluviz.story.expressions import ExpressionError, Expressions, NoEvent, Span
from reluviz.story.marks import Said, read_narration
from reluviz.story.template import FalseClaim, ScriptError, check, fill
from reluviz.story.vocabulary.facts import Facts

HEADLINE_CHARACTERS = 60
VOCABULARY: Mapping[type, frozenset[str]] = {
    Facts: Facts.words,
    Span: frozenset({*(field.name for field in fields(Span)), "length"}),
}


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
    name = description.get("name") if isinstance(description, Mapping) else None
    if isinstance(name, str):
        where = f'{film}, beat "{name}"'
    table = Table(description if isinstance(description, Mapping) else {}, where)
    name, headline = table.text("name"), table.text("headline")
    run = table.choice("of", tuple(facts), next(iter(facts)))
    narration, answer, question = table.prose("narration"), table.prose("answer"), table.flag("question", False)
    claims, bounds, marks = table.texts("claims"), table.texts("span"), table.table("stops", optional=True)
    described = {mark: marks.text(mark) for mark in marks.values}
    if "span" in table and len(bounds) != 2:
        table.wrong("span", f"{shown(bounds)} does not fit", 'two expressions in quotes, such as ["0", "run.end"]')
    table.finish(ScriptError)
    try:
        span = _span(bounds, facts, run) if bounds else Span(ends[run], ends[run])
        vocabulary = {**VOCABULARY, **{type(sweep): sweep.words for sweep in sweeps.values()}}
        expressions = Expressions({**facts, **sweeps, "span": span}, vocabulary)
        check(claims, expressions, film, name)
        headline, said = fill(headline, expressions), read_narration(narration, expressions)
        stops = _stops(described, said, span, expressions)
        if question and len(said.parts) != 2:
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


def _span(bounds: Sequence[str], facts: Mapping[str, Facts], run: str) -> Span:
    expressions = Expressions(facts, VOCABULARY)
    first, last = (_iteration("span", bound, expressions, Span(0, facts[run].end)) for bound in bounds)
    if first > last:
        raise ExpressionError(f"span: it ends at {last:,}, before its start at {first:,}")
    return Span(first, last)


def _stops(described: Mapping[str, str], said: Said, span: Span, expressions: Expressions) -> dict[str, int]:
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
