"""Expressions about runs, as scripts hold them: `run.w(1, 0) < 0`. Evaluated by simpleeval, narrowed further.

Allowed are the runs' names, `span`, the public words of `Facts` and `Span`, calls of those, numbers, strings,
True and False, + - * / // %, comparisons, and/or/not, and abs, min, max, round. Nothing else parses: a
script may come from anyone, and what it can do is to ask about a run.
"""

from __future__ import annotations

import ast
import operator
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from difflib import get_close_matches
from functools import lru_cache
from typing import Any

from simpleeval import (
    AttributeDoesNotExist,
    FeatureNotAvailable,
    FunctionNotDefined,
    InvalidExpression,
    NameNotDefined,
    SimpleEval,
)

LONGEST = 300
"""Characters an expression may have: more is no longer read by anyone, and bounds what evaluation costs."""


def _of_numbers(operation: Callable[..., Any]) -> Callable[..., Any]:
    """`operation`, refusing text: "%999999999d" % 1 and "a" * 10 ** 9 would cost gigabytes."""

    def guarded(*values: Any) -> Any:
        if not all(isinstance(value, (int, float)) for value in values):
            raise ValueError("arithmetic is for numbers")
        return operation(*values)

    return guarded


def _round(value: float, decimals: int = 0) -> float:
    if not 0 <= decimals <= 12:
        raise ValueError(f"round to {decimals} decimals; 0 to 12 are possible")
    return round(value, decimals) if decimals else round(value)


_FUNCTIONS = {"abs": abs, "min": min, "max": max, "round": _round}
_OPERATORS: dict[type, Callable[..., Any]] = {
    ast.Add: _of_numbers(operator.add),
    ast.Sub: _of_numbers(operator.sub),
    ast.Mult: _of_numbers(operator.mul),
    ast.Div: _of_numbers(operator.truediv),
    ast.FloorDiv: _of_numbers(operator.floordiv),
    ast.Mod: _of_numbers(operator.mod),
    ast.USub: _of_numbers(operator.neg),
    ast.UAdd: _of_numbers(operator.pos),
    ast.Not: operator.not_,
    ast.Eq: operator.eq,
    ast.NotEq: operator.ne,
    ast.Lt: operator.lt,
    ast.LtE: operator.le,
    ast.Gt: operator.gt,
    ast.GtE: operator.ge,
}
_NODES = (
    ast.Expr, ast.Name, ast.Attribute, ast.Call, ast.keyword, ast.Constant,
    ast.UnaryOp, ast.BinOp, ast.BoolOp, ast.Compare,
)  # fmt: skip
_ALLOWED = (*_NODES, *_OPERATORS, ast.And, ast.Or, ast.Load)


class ExpressionError(Exception):
    """An expression that cannot be evaluated: bad grammar, an unknown word, an argument that does not fit."""


class NoEvent(Exception):
    """An expression asks for an event that the run does not have, such as a crossing that never comes."""


@dataclass(frozen=True)
class Span:
    """A stretch of iterations, `span` in expressions. first, last: numbers of updates made, first <= last."""

    first: int
    last: int

    @property
    def length(self) -> int:
        """How many updates it holds."""
        return self.last - self.first


class Expressions:
    """Evaluates expressions over `names` (Facts, Span), whose public words are given as `vocabulary`."""

    def __init__(self, names: Mapping[str, Any], vocabulary: Mapping[type, Iterable[str]]) -> None:
        self._words = {kind: sorted(words) for kind, words in vocabulary.items()}
        allowed = {kind: set(words) for kind, words in vocabulary.items()}
        self._evaluator = SimpleEval(_OPERATORS, _FUNCTIONS, dict(names), allowed)
        self._evaluator.nodes = {kind: self._evaluator.nodes[kind] for kind in _NODES}

    def evaluate(self, expression: str) -> Any:
        """The value of `expression`: a number, a truth value or a string.

        Raises ExpressionError for anything wrong in it, NoEvent where the run has no such event.
        """
        return self._value(_parse(expression), " ".join(expression.split()))

    def asks(self, expression: str) -> bool:
        """Whether `expression` asks anything about a run: one that does not could never be false."""
        return any(True for _ in _facts_in(_parse(expression)))

    def witnesses(self, expression: str) -> tuple[tuple[str, str], ...]:
        """What the facts in `expression` are, as pairs (part, value): shown where a claim is false."""
        found: dict[str, str] = {}
        for node in _facts_in(_parse(expression)):
            part = ast.unparse(node)
            try:
                value = self._value(node, part)
                found[part] = f"{value:,.4g}" if isinstance(value, float) else str(value)
            except (ExpressionError, NoEvent) as error:
                found[part] = str(error)
        return tuple(found.items())

    def _value(self, node: ast.AST, expression: str) -> Any:
        try:
            value = self._evaluator.eval(expression, previously_parsed=node)
        except (NoEvent, ExpressionError):
            raise
        except NameNotDefined as error:
            known = (*self._evaluator.names, *_FUNCTIONS)
            raise ExpressionError(f"{expression}: unknown name {_nearest(str(error.name), known)}") from error
        except FunctionNotDefined as error:
            raise ExpressionError(f"{expression}: unknown function {_nearest(error.func_name, _FUNCTIONS)}") from error
        except (AttributeDoesNotExist, FeatureNotAvailable) as error:
            words = [word for words in self._words.values() for word in words]
            for part in ast.walk(node):
                if isinstance(part, ast.Attribute) and part.attr not in words:
                    raise ExpressionError(f"{expression}: unknown word {_nearest(part.attr, words)}") from error
            raise ExpressionError(f"{expression}: {_first_line(error)}") from error
        except (InvalidExpression, TypeError, ValueError, LookupError, ArithmeticError) as error:
            raise ExpressionError(f"{expression}: {_first_line(error)}") from error
        if hasattr(value, "item") and getattr(value, "shape", None) == ():
            value = value.item()
        if not isinstance(value, (bool, int, float, str)):
            raise ExpressionError(f"{expression}: is no number, truth value or text; a call may lack its (...)")
        return value


@lru_cache(maxsize=2048)
def _parse(expression: str) -> ast.expr:
    text = " ".join(expression.split())
    if not text:
        raise ExpressionError("an empty expression")
    if len(text) > LONGEST:
        raise ExpressionError(f"{text[:40]}…: longer than {LONGEST} characters")
    try:
        tree = ast.parse(text, mode="eval").body
    except (SyntaxError, ValueError, MemoryError, RecursionError) as error:
        raise ExpressionError(f"{text}: not an expression ({_first_line(error)})") from error
    for node in ast.walk(tree):
        if not isinstance(node, _ALLOWED):
            raise ExpressionError(f"{text}: {type(node).__name__.lower()} is not allowed here")
    return tree


def _facts_in(node: ast.AST) -> Iterable[ast.AST]:
    """The calls and plain attributes in `node`, outermost and arguments alike, from left to right."""
    if isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute) or isinstance(node, ast.Attribute):
        yield node
    for child in ast.iter_child_nodes(node):
        if isinstance(node, ast.Call) and child is node.func:
            continue  # a method without its arguments has no value
        yield from _facts_in(child)


def _nearest(word: str, known: Iterable[str]) -> str:
    near = get_close_matches(word, list(known), n=1)
    return f"{word}; did you mean {near[0]}?" if near else f"{word}; known are {', '.join(sorted(known))}"


def _first_line(error: BaseException) -> str:
    text = str(error).strip()
    return text.splitlines()[0] if text else type(error).__name__
