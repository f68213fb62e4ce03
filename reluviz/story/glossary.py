"""All words of scripts with their senses and, for one run, what each is there: what `reluviz words` prints."""

from __future__ import annotations

import inspect
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace
from difflib import get_close_matches
from itertools import islice, product
from typing import Any

from reluviz.core import Trajectory
from reluviz.story.beats import VOCABULARY
from reluviz.story.expressions import ExpressionError, Expressions, NoEvent
from reluviz.story.template import ScriptError
from reluviz.story.vocabulary.apart import Apart
from reluviz.story.vocabulary.facts import GROUPS, Facts
from reluviz.story.vocabulary.sweeps import SweepFacts
from reluviz.story.vocabulary.words import fact, words_of

RUN = "run"
"""What the run is called in the expressions."""

_NEURONS = ("neuron", "one", "other", "left", "right")
_MOST_TRIED = 200
"""Calls of one word at most, until one has a value."""


@dataclass(frozen=True)
class Entry:
    """A word. home: the class that defines it; group: what that is about. call: how it is written: merge(one, other).

    sense: what it means. example, value: an expression with it, and what that is for the run, or why nothing; both
    are "" where one run alone cannot tell.
    """

    home: type
    group: str
    word: str
    call: str
    sense: str
    example: str = ""
    value: str = ""


def glossary(run: Trajectory, search: str = "") -> list[Entry]:
    """Every word whose name, sense or group contains `search`, group by group as they are defined.

    Raises ScriptError where there is none, with what is near.
    """
    wanted, words = search.casefold(), list(_words())
    found = [one for one in words if wanted in f"{one.word} {one.sense} {one.group}".casefold()]
    if not found:
        near = get_close_matches(search, [one.word for one in words], n=1)
        raise ScriptError(f"{search}: no word of scripts has this" + (f"; did you mean {near[0]}?" if near else ""))
    facts = Facts(run)
    return [one if one.home is SweepFacts else _worked(one, facts) for one in found]


def _words() -> Iterator[Entry]:
    for home in (*GROUPS, SweepFacts):
        for word in (name for name in vars(home) if name in words_of(home)):
            method = _method(home, word)
            told = ", ".join(map(_told, _arguments(method)))
            yield Entry(home, _first(home).split(". ")[0].rstrip("."), word, f"{word}({told})" if told else word,
                        _first(method))  # fmt: skip


def _method(home: type, word: str) -> Callable[..., Any]:
    found: Any = vars(home)[word]
    method: Any = found.fget if isinstance(found, fact) else found
    function: Callable[..., Any] = method
    return function


def _first(thing: Any) -> str:
    """The first paragraph of a docstring, as one line."""
    return " ".join((inspect.getdoc(thing) or "").split("\n\n")[0].split())


def _arguments(method: Callable[..., Any]) -> list[inspect.Parameter]:
    return list(inspect.signature(method).parameters.values())[1:]


def _told(argument: inspect.Parameter) -> str:
    """An argument as it is written; in brackets or with its value where it may be left out."""
    if argument.kind is argument.VAR_POSITIONAL:
        return f"{argument.name}, …"
    if argument.default is argument.empty:
        return argument.name
    return f"[{argument.name}]" if argument.default is None else f"{argument.name}={argument.default!r}"


def _worked(entry: Entry, facts: Facts) -> Entry:
    """`entry` with the first call that has a value for this run, and that; where none has, the first call and why."""
    expressions, without = Expressions({RUN: facts}, VOCABULARY), entry
    for example in islice(_calls(entry, facts.trajectory), _MOST_TRIED):
        try:
            value = expressions.evaluate(example)
        except (NoEvent, ExpressionError) as error:
            why = str(error).removeprefix(f"{example}: ")
            if not without.example:
                without = replace(entry, example=example, value=f"none: {why}")
        else:
            text = f"{value + 0.0:.4g}" if isinstance(value, float) else repr(value)
            return replace(entry, example=example, value=text)
    return without


def _calls(entry: Entry, run: Trajectory) -> Iterator[str]:
    """Ways to write the word with arguments that may fit; none for one that asks for another run."""
    arguments = _arguments(_method(entry.home, entry.word))
    names = [one.name for one in arguments if one.default is one.empty]
    if entry.home is Apart and "other" in names:
        return
    known = _values(run)
    for values in product(*(known[name] for name in names)):
        neurons = [value for name, value in zip(names, values, strict=True) if name in _NEURONS]
        if len(set(neurons)) == len(neurons):
            yield f"{RUN}.{entry.word}" + (f"({', '.join(map(repr, values))})" if arguments else "")


def _values(run: Trajectory) -> dict[str, Sequence[object]]:
    """What may stand for an argument of each name."""
    experiment = run.experiment
    middle = float(f"{(experiment.low + experiment.high) / 2:.3g}")
    return dict.fromkeys(_NEURONS, range(1, run.neurons + 1)) | {
        "quantity": ("weight", "origin"),
        "toward": ("left", "right"),
        "edge": ("low", "high"),
        "where": ("between", "right"),
        "kind": ("longer", "spread", "neuron", "step"),
        "rule": (1, 2, 3, 4),
        "number": (1,),
        "at": (0,),
        "first": (0,),
        "x": (middle,),
        "origin": (middle,),
        "weight": (0.0,),
        "level": (0, 1, -1),
    }
