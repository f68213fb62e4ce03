"""What makes a word of scripts: it is marked where it is defined, and only what is marked can be asked."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, TypeVar

import numpy as np

from reluviz.core import Trajectory
from reluviz.core.network import Array
from reluviz.story.expressions import NoEvent

if TYPE_CHECKING:
    from reluviz.analysis import Analysis

F = TypeVar("F", bound=Callable[..., Any])
T = TypeVar("T")


def word(function: F) -> F:
    """Marks a method as a word that scripts may use."""
    function.is_word = True  # type: ignore[attr-defined]
    return function


class fact(property):
    """A word that asks for nothing: a property, marked."""

    is_word = True


def fact_of(sense: str, read: Callable[[Any], Any]) -> fact:
    """A fact that is read off as it stands. sense: its docstring. read: from the group that has it to its value."""

    def get(group: Any) -> Any:
        return read(group)

    get.__doc__ = sense
    return fact(get)


def words_of(kind: type) -> frozenset[str]:
    """The words that are marked in a class."""
    return frozenset(name for name in dir(kind) if getattr(getattr(kind, name), "is_word", False))


@dataclass(frozen=True, eq=False)
class Group:
    """Words about one run: what it recorded, and what the analysis finds in it, made when a word first needs it.

    Every word raises ValueError for a neuron or an iteration that the run does not have, and NoEvent for an event
    that does not happen in it.
    """

    trajectory: Trajectory
    analyse: Callable[[], Analysis]

    @property
    def analysis(self) -> Analysis:
        """The analysis of the run."""
        return self.analyse()

    def values(self, neuron: int, quantity: str) -> Array:
        """A neuron's "weight", "bias" or "origin" in each record."""
        column = self.index(neuron)
        if quantity == "weight":
            return self.trajectory.weights[:, column]
        if quantity in ("bias", "origin"):
            return self.trajectory.biases[:, column] * (1 if quantity == "bias" else -1)
        raise ValueError(f'"{quantity}" is no quantity: "weight", "bias" and "origin" are')

    def time(self, at: int | None) -> int:
        """That iteration; the run's end where none is given."""
        if at is None:
            return self.trajectory.last
        if not isinstance(at, (int, np.integer)) or isinstance(at, bool):
            raise ValueError(f"{at!r} is no iteration: a whole number is")
        if not 0 <= at <= self.trajectory.last:
            raise ValueError(f"iteration {at:,} lies outside the run, 0 to {self.trajectory.last:,}")
        return int(at)

    def record(self, at: int | None) -> int:
        """The record that holds it."""
        return self.trajectory.record_at(self.time(at))

    def index(self, neuron: int, count: int | None = None) -> int:
        """The column of a neuron, of so many."""
        count = self.trajectory.neurons if count is None else count
        if not isinstance(neuron, int) or isinstance(neuron, bool) or not 1 <= neuron <= count:
            raise ValueError(f"there is no neuron {neuron!r}: they are numbered from 1 to {count}")
        return neuron - 1


def earliest(events: Iterable[T], missing: str) -> T:
    """The first of some events in order. Raises NoEvent with `missing` where there is none."""
    for event in events:
        return event
    raise NoEvent(missing)
