"""Reads a TOML table key by key and collects every mistake; each is one line: file, key, what is wrong, what fits.

    table = Table(parse_toml(path), str(path))
    rate = table.number("learning_rate", above=0.0)
    inner = table.table("data")
    table.finish()                      # raises, with all mistakes found, a line each

A reader that finds a mistake notes it and returns something of the right type, so that reading goes on; nothing of
it is to be used before `finish`. Keys that nobody has asked for are unknown keys.
"""

from __future__ import annotations

import math
import tomllib
from collections.abc import Iterable, Mapping, Sequence
from difflib import get_close_matches
from pathlib import Path
from typing import Any

from reluviz.errors import UserError

LARGEST = 1e30
"""No number of a description is further from 0: squares and sums of such stay far within float64."""

_UNSET: Any = object()


class ExperimentError(UserError):
    """Mistakes in an experiment's description; the message has one line for each."""


def parse_toml(path: Path, error: type[UserError] = ExperimentError) -> dict[str, Any]:
    """The contents of a TOML file. Raises `error` where it is missing, unreadable or no TOML."""
    try:
        return tomllib.loads(path.read_text(encoding="utf-8"))
    except OSError as found:
        raise error(f"{path}: cannot be read ({found.strerror})") from found
    except UnicodeDecodeError as found:
        raise error(f"{path}: not a text file in UTF-8") from found
    except (ValueError, RecursionError) as found:  # ValueError: TOMLDecodeError, integers of endless digits, a NUL
        raise error(f"{path}: not valid TOML: {str(found).splitlines()[0]}") from found


class Table:
    """One table of a description, read key by key.

    values: the parsed table. source: the file named in messages. path: where the table is, "" or "data.".
    wishes: keys that cannot be had, each with the reason and what comes nearest.
    """

    def __init__(
        self,
        values: Mapping[str, Any],
        source: str,
        path: str = "",
        wishes: Mapping[str, tuple[str, str]] | None = None,
    ) -> None:
        self.values, self.source, self.path, self.wishes = values, source, path, wishes or {}
        self.mistakes: list[str] = []
        self._asked: list[str] = []
        self._wrong: set[str] = set()
        self._missing: dict[str, str] = {}
        self._inner: list[Table] = []

    def __contains__(self, key: str) -> bool:
        return key in self.values

    def fits(self, *keys: str) -> bool:
        """Whether no mistake has been found so far in these keys."""
        return self._wrong.isdisjoint(keys)

    def wrong(self, key: str, wrong: str, expected: str) -> None:
        """Notes a mistake in `key`; only the first of a key is kept, as the next most often follows from it."""
        if key not in self._wrong:
            self.note(key, wrong, expected)

    def note(self, key: str, wrong: str, expected: str) -> None:
        """Notes a mistake in `key`, one more where it has several that do not follow from each other."""
        self._wrong.add(key)
        name = key if key.isprintable() else repr(key)
        self.mistakes.append(f"{self.source}: {self.path}{name}: {wrong}; expected {expected}")

    def allow(self, *keys: str) -> None:
        """Keys that may stand here though they are not read, because another key that is wrong decides on them."""
        self._asked += [key for key in keys if key not in self._asked]

    def finish(self, error: type[UserError] = ExperimentError) -> None:
        """Raises `error` if there is any mistake in this table or one inside it, unknown keys among them."""
        if mistakes := self._all():
            raise error(*mistakes)

    def _all(self) -> list[str]:
        for key in self.values:
            if key not in self._asked:
                if key in self.wishes:
                    reason, near = self.wishes[key]
                    self.wrong(key, f"cannot be had, since {reason}", near)
                else:
                    meant = nearest(key, self._asked)
                    self.wrong(key, "unknown key", meant)
                    if meant in self._missing:  # it is there, but for its spelling
                        self.mistakes.remove(self._missing.pop(meant))
        return [*self.mistakes, *(mistake for table in self._inner for mistake in table._all())]

    def table(self, key: str, keys: Iterable[str] = (), optional: bool = False) -> Table:
        """The table under `key`, empty where there is none; `keys` are named where it is missing."""
        value = self._value(key, f"a table [{key}] with {', '.join(keys)}", {} if optional else _UNSET)
        if not isinstance(value, Mapping):
            self.wrong(key, f"{shown(value)} is no table", f"a table [{key}]")
            return Table({}, self.source)  # whose missing keys nobody hears of
        inner = Table(value, self.source, f"{self.path}{key}.")
        self._inner.append(inner)
        return inner

    def text(self, key: str, default: str = _UNSET) -> str:
        """One line of printable text, not empty."""
        value = self._value(key, "a line of text", default)
        good = isinstance(value, str) and bool(value.strip()) and value.isprintable()
        return str(self._accepted(key, value, good, "a line of text", ""))

    def prose(self, key: str) -> str:
        """Text of any length and any number of lines; "" where there is none."""
        value = self._value(key, "text", "")
        return str(self._accepted(key, value, isinstance(value, str), "text", ""))

    def texts(self, key: str) -> list[str]:
        """A list of texts; none where there is no such key."""
        value = self._value(key, "a list of texts", [])
        good = isinstance(value, list) and all(isinstance(text, str) for text in value)
        return list(self._accepted(key, value, good, "a list of texts", []))

    def number(
        self, key: str, above: float = -math.inf, default: Any = _UNSET, at_least: float = -math.inf,
        below: float = math.inf,
    ) -> float:  # fmt: skip
        """A finite number within bounds; `default` where the key is absent (it may be None)."""
        expected = _bounded("a finite number", above, at_least, below)
        value = self._value(key, expected, default)
        if value is None and default is None:
            return None  # type: ignore[return-value]
        number = self._finite(key, value, expected)
        if not (number > above and number >= at_least) and self.fits(key):
            self.wrong(key, f"{number:g} is too small", expected)
        elif not number < below:
            self.wrong(key, f"{number:g} is too large", expected)
        return number

    def integer(self, key: str, at_least: int, at_most: int, default: int = _UNSET) -> int:
        """A whole number within bounds."""
        expected = f"a whole number from {at_least:,} to {at_most:,}"
        value = self._value(key, expected, default)
        good = isinstance(value, int) and not isinstance(value, bool) and at_least <= value <= at_most
        return int(self._accepted(key, value, good, expected, at_least))

    def choice(self, key: str, choices: Sequence[str], default: str = _UNSET) -> str:
        """One of `choices`."""
        expected = " or ".join(f'"{choice}"' for choice in choices)
        value = self._value(key, expected, default)
        return str(self._accepted(key, value, value in choices, expected, choices[0]))

    def flag(self, key: str, default: bool = _UNSET) -> bool:
        """True or false."""
        value = self._value(key, "true or false", default)
        return bool(self._accepted(key, value, isinstance(value, bool), "true or false", False))

    def numbers(self, key: str) -> list[float]:
        """A list of finite numbers, at least one."""
        expected = "a list of finite numbers, at least one"
        values = self._number_list(key, self._value(key, expected), expected)
        if not values:
            self.wrong(key, "empty", expected)
        return values

    def range(self, key: str) -> tuple[float, float]:
        """Two finite numbers [low, high], low not above high."""
        expected = "[low, high], low not above high"
        values = self._number_list(key, self._value(key, expected), expected)
        if len(values) != 2 or values[0] > values[1]:
            self.wrong(key, f"{shown(values)} is no range", expected)
            return 0.0, 0.0
        return values[0], values[1]

    def points(self, key: str, expected: str) -> list[tuple[float, float]]:
        """A list of points [x, y]."""
        value = self._value(key, expected)
        if not isinstance(value, list):
            self.wrong(key, f"{shown(value)} is no list", expected)
            return []
        table = []
        for point in value:
            numbers = self._number_list(key, point, expected)
            if len(numbers) != 2:
                self.wrong(key, f"{shown(numbers)} is no pair", expected)
            if not self.fits(key):
                return []
            table.append((numbers[0], numbers[1]))
        return table

    def _value(self, key: str, expected: str, default: Any = _UNSET) -> Any:
        self.allow(key)
        if key in self.values:
            return self.values[key]
        if default is _UNSET:
            if key not in self._wrong:
                self.wrong(key, "missing", expected)
                self._missing[key] = self.mistakes[-1]
            return None
        return default

    def _accepted(self, key: str, value: Any, good: bool, expected: str, otherwise: Any) -> Any:
        """`value` where it is good; else, with the mistake noted, what stands in for it."""
        if not good:
            self.wrong(key, f"{shown(value)} does not fit", expected)
        return value if good else otherwise

    def _number_list(self, key: str, value: Any, expected: str) -> list[float]:
        if not isinstance(value, list):
            self.wrong(key, f"{shown(value)} is no list", expected)
            return []
        return [self._finite(key, item, expected) for item in value]

    def _finite(self, key: str, value: Any, expected: str) -> float:
        if isinstance(value, bool) or not isinstance(value, (int, float)):
            self.wrong(key, f"{shown(value)} is no number", expected)
            return 0.0
        try:
            number = float(value)
        except OverflowError:  # a whole number beyond float64
            number = math.inf
        if not math.isfinite(number):
            self.wrong(key, f"{shown(value)} is not finite", expected)
            return 0.0
        if abs(number) > LARGEST:
            self.wrong(key, f"{number:g} is too large", f"a number between {-LARGEST:g} and {LARGEST:g}")
            return 0.0
        return number


def nearest(name: str, names: Sequence[str]) -> str:
    """What was probably meant by `name`: the most similar of `names`, or else all of them."""
    near = get_close_matches(name, names, n=1)
    return near[0] if near else f"one of {', '.join(names)}"


def shown(value: Any) -> str:
    """A value as messages show it: short, on one line."""
    try:
        text = repr(value)
    except (ValueError, RecursionError):  # an integer of thousands of digits, lists in lists in lists
        text = f"this {type(value).__name__}"
    return text if len(text) <= 60 else f"{text[:57]}..."


def _bounded(what: str, above: float, at_least: float, below: float) -> str:
    bounds = [f"above {above:g}"] if above > -math.inf else [f"from {at_least:g}"] if at_least > -math.inf else []
    bounds += [f"below {below:g}"] if below < math.inf else []
    return " ".join([what, " and ".join(bounds)]).strip()
