"""The vocabulary of scripts: what can be asked about a run in a span, a field or a claim, by groups of words.

Neurons are numbered from 1, as they are read. Times are iterations, numbers of updates made; where one is
left out it is the end of the run. The update made from iteration t is the one that leads to t + 1. A quantity
is "weight", "bias" or "origin" (minus the bias). Of a thinned run the nearest earlier record answers.
"""

from __future__ import annotations

from functools import cached_property
from typing import TYPE_CHECKING, Any, ClassVar

from reluviz.core import Trajectory
from reluviz.story.vocabulary.apart import Apart
from reluviz.story.vocabulary.ending import Ending
from reluviz.story.vocabulary.events import Events
from reluviz.story.vocabulary.path import Path
from reluviz.story.vocabulary.rules import Rules
from reluviz.story.vocabulary.states import States
from reluviz.story.vocabulary.variants import Variants
from reluviz.story.vocabulary.words import Group, words_of

if TYPE_CHECKING:
    from reluviz.analysis import Analysis
    from reluviz.analysis.remedies import Remedy

GROUPS = (Apart, States, Path, Rules, Events, Ending, Variants)
_HOME: dict[str, type[Group]] = {word: group for group in GROUPS for word in words_of(group)}


class Facts:
    """All that a script may ask about one run; `run` in expressions. Each word is that of the group that has it."""

    words: ClassVar[frozenset[str]] = frozenset(_HOME)

    def __init__(self, trajectory: Trajectory) -> None:
        self.trajectory = trajectory
        self._groups: dict[type[Group], Group] = {}

    @cached_property
    def analysis(self) -> Analysis:
        """The whole analysis, each part computed when first asked for."""
        from reluviz.analysis import analyse  # here, since SciPy takes its time to load and many scripts do not ask

        return analyse(self.trajectory)

    @property
    def remedies(self) -> tuple[Remedy, ...]:
        """Other ways to train that were tried, trained when first asked for."""
        return self._group(Variants).remedies

    def __getattr__(self, word: str) -> Any:
        if word not in _HOME:
            raise AttributeError(word)
        return getattr(self._group(_HOME[word]), word)

    def _group(self, kind: type[Group]) -> Any:
        if kind not in self._groups:
            self._groups[kind] = kind(self.trajectory, lambda: self.analysis)
        return self._groups[kind]
