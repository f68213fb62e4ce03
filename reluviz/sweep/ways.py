"""What a setting of a sweep can be: a number, a name, or numbers drawn or spaced over the runs and their neurons."""

from __future__ import annotations

from dataclasses import dataclass
from math import isfinite
from typing import Any

from reluviz.core.table import LARGEST
from reluviz.errors import UserError


class SweepError(UserError):
    """A mistake in a sweep's description, or a file that holds none; the message is one line."""


@dataclass(frozen=True)
class Number:
    """A fixed value."""

    value: float

    def __str__(self) -> str:
        return digits(self.value)


@dataclass(frozen=True)
class Name:
    """One of several by its name, such as an order."""

    value: str

    def __str__(self) -> str:
        return self.value


@dataclass(frozen=True)
class Spread:
    """Numbers between two ends, which a subclass says more of."""

    low: float
    high: float

    def __str__(self) -> str:
        return f"{self.kind}:{digits(self.low)}..{digits(self.high)}"

    @property
    def kind(self) -> str:
        """As descriptions have it: "random" or "even"."""
        return type(self).__name__.lower()


class Random(Spread):
    """Uniform on [low, high), anew for each run, and each neuron on its own."""


class Even(Spread):
    """Evenly spaced over the neurons, from the first's `low` to the last's `high`; one alone has `low`."""


Way = Number | Name | Spread


def digits(value: float) -> str:
    """As many digits as tell the value from all others."""
    return repr(float(value)).removesuffix(".0")


def bounds(way: Way) -> tuple[float, ...]:
    """The numbers that a way is made of; none for a name."""
    if isinstance(way, Name):
        return ()
    return (way.value,) if isinstance(way, Number) else (way.low, way.high)


def way_to_json(way: Way) -> Any:
    """0.02, "shuffle", {"random": [0, 3]} or {"even": [0, 3]}."""
    if isinstance(way, Number | Name):
        return way.value
    return {way.kind: [way.low, way.high]}


def way_from_json(value: Any) -> Way:
    """The way that `way_to_json` writes so. Raises ValueError for anything else."""
    if isinstance(value, str):
        return Name(value)
    if isinstance(value, int | float) and not isinstance(value, bool):
        return Number(float(value))
    match value:
        case {"random": [int() | float() as low, int() | float() as high], **others} if not others:
            return Random(float(low), float(high))
        case {"even": [int() | float() as low, int() | float() as high], **others} if not others:
            return Even(float(low), float(high))
    raise ValueError("holds no way")


def check_way(key: str, way: Way) -> None:
    """What every way has to be, whatever it is for. Raises SweepError."""
    if not all(isfinite(end) for end in bounds(way)):
        raise SweepError(f"{key}: {way} is not finite; expected finite numbers")
    if not all(abs(end) <= LARGEST for end in bounds(way)):
        raise SweepError(f"{key}: {way} is too large; expected numbers between {-LARGEST:g} and {LARGEST:g}")
    if isinstance(way, Random) and not way.low < way.high:
        raise SweepError(f"{key}: {way} is no range; expected random:LOW..HIGH with LOW below HIGH")
