"""Reads an experiment's description key by key; every complaint is one line: file, key, what is wrong, what fits."""

from __future__ import annotations

import math
import tomllib
from collections.abc import Mapping
from difflib import get_close_matches
from pathlib import Path
from typing import Any

from reluviz.errors import UserError


class ExperimentError(UserError):
    """A mistake in an experiment's description; the message is one line."""


def parse_toml(path: Path) -> dict[str, Any]:
    """The contents of a TOML file. Raises ExperimentError where it is missing, unreadable or no TOML."""
    try:
        return tomllib.loads(path.read_text(encoding="utf-8"))
    except OSError as error:
        raise ExperimentError(f"{path}: cannot be read ({error.strerror})") from error
    except UnicodeDecodeError as error:
        raise ExperimentError(f"{path}: not a text file in UTF-8") from error
    except (ValueError, RecursionError) as error:  # ValueError: TOMLDecodeError, and integers of endless digits
        raise ExperimentError(f"{path}: not valid TOML: {str(error).splitlines()[0]}") from error


class Table:
    """One table of a description, with the keys it may hold.

    values: the parsed table. source: the file named in messages. path: where the table is, "" or "data.".
    Raises ExperimentError at once for a key that is not among `keys`, naming the nearest that is.
    """

    def __init__(self, values: Mapping[str, Any], source: str, path: str, keys: tuple[str, ...]) -> None:
        self.values, self.source, self.path = values, source, path
        for key in values:
            if key not in keys:
                raise self.error(key, "unknown key", nearest(key, keys))

    def __contains__(self, key: str) -> bool:
        return key in self.values

    def error(self, key: str, wrong: str, expected: str) -> ExperimentError:
        """The complaint about `key`, to be raised."""
        name = key if key.isprintable() else repr(key)
        return ExperimentError(f"{self.source}: {self.path}{name}: {wrong}; expected {expected}")

    def table(self, key: str, keys: tuple[str, ...]) -> Table:
        """The table under `key`, which may hold `keys`."""
        value = self._required(key, f"a table [{key}] with {', '.join(keys)}")
        if not isinstance(value, Mapping):
            raise self.error(key, f"{_shown(value)} is no table", f"a table [{key}]")
        return Table(value, self.source, f"{self.path}{key}.", keys)

    def text(self, key: str) -> str:
        """One line of printable text, not empty."""
        value = self._required(key, "a line of text")
        if not isinstance(value, str) or not value.strip() or not value.isprintable():
            raise self.error(key, f"{_shown(value)} does not fit", "a line of text")
        return value

    def number(self, key: str, above: float = -math.inf) -> float:
        """A finite number greater than `above`."""
        expected = "a finite number" if above == -math.inf else f"a finite number above {above:g}"
        value = self._finite(key, self._required(key, expected), expected)
        if not value > above:
            raise self.error(key, f"{value:g} is too small", expected)
        return value

    def integer(self, key: str, at_least: int, at_most: int) -> int:
        """A whole number within bounds."""
        expected = f"a whole number from {at_least:,} to {at_most:,}"
        value = self._required(key, expected)
        if isinstance(value, bool) or not isinstance(value, int) or not at_least <= value <= at_most:
            raise self.error(key, f"{_shown(value)} does not fit", expected)
        return value

    def choice(self, key: str, choices: tuple[str, ...]) -> str:
        """One of `choices`; the first where the key is absent."""
        value = self.values.get(key, choices[0])
        if value not in choices:
            expected = " or ".join(f'"{choice}"' for choice in choices)
            raise self.error(key, f"{_shown(value)} does not fit", expected)
        return str(value)

    def flag(self, key: str) -> bool:
        """True or false; false where the key is absent."""
        value = self.values.get(key, False)
        if not isinstance(value, bool):
            raise self.error(key, f"{_shown(value)} does not fit", "true or false")
        return value

    def numbers(self, key: str) -> list[float]:
        """A list of finite numbers, at least one."""
        expected = "a list of finite numbers, at least one"
        values = self._number_list(key, self._required(key, expected), expected)
        if not values:
            raise self.error(key, "empty", expected)
        return values

    def points(self, key: str) -> list[list[float]]:
        """A list of points [x, y]."""
        expected = "a list of points [x, y] with increasing x"
        value = self._required(key, expected)
        if not isinstance(value, list):
            raise self.error(key, f"{_shown(value)} is no list", expected)
        table = [self._number_list(key, point, expected) for point in value]
        for point in table:
            if len(point) != 2:
                raise self.error(key, f"{_shown(point)} is no pair", expected)
        return table

    def _required(self, key: str, expected: str) -> Any:
        if key not in self.values:
            raise self.error(key, "missing", expected)
        return self.values[key]

    def _number_list(self, key: str, value: Any, expected: str) -> list[float]:
        if not isinstance(value, list):
            raise self.error(key, f"{_shown(value)} is no list", expected)
        return [self._finite(key, item, expected) for item in value]

    def _finite(self, key: str, value: Any, expected: str) -> float:
        if isinstance(value, bool) or not isinstance(value, (int, float)):
            raise self.error(key, f"{_shown(value)} is no number", expected)
        try:
            number = float(value)
        except OverflowError:  # a whole number beyond float64
            number = math.inf
        if not math.isfinite(number):
            raise self.error(key, f"{_shown(value)} is not finite", expected)
        return number


def nearest(name: str, names: tuple[str, ...]) -> str:
    """What was probably meant by `name`: the most similar of `names`, or else all of them."""
    near = get_close_matches(name, names, n=1)
    return near[0] if near else f"one of {', '.join(names)}"


def _shown(value: Any) -> str:
    try:
        text = repr(value)
    except (ValueError, RecursionError):  # an integer of thousands of digits, lists in lists in lists
        text = f"this {type(value).__name__}"
    return text if len(text) <= 60 else f"{text[:57]}..."
