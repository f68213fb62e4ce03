"""Which of the article's four rules moved each neuron at each update.

For an active neuron (x + b > 0), the article's rules after its equations 1-3, in their corrected form:

    residual > 0, slope grows:  rule 1  w > 0, origin moves left     rule 2  w < 0, origin moves right
    residual < 0, slope falls:  rule 3  w > 0, origin moves right    rule 4  w < 0, origin moves left

At w = 0 the slope changes and the origin stays (the article does not mention it). In every rule a neuron that
moves left also gets steeper (|w| grows), and one that moves right flatter: w dw = (x + b) db.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import IntEnum

import numpy as np
from numpy.typing import ArrayLike, NDArray

from reluviz.analysis.training import needs_plain_steps
from reluviz.core import Trajectory
from reluviz.core.network import Array


class Rule(IntEnum):
    """What one update does to one neuron."""

    INACTIVE = 0
    RULE_1 = 1
    RULE_2 = 2
    RULE_3 = 3
    RULE_4 = 4
    WEIGHT_ONLY = 5
    """w = 0: the slope changes, the origin stays."""
    NO_RESIDUAL = 6
    """The graph meets the target exactly: nothing changes."""


def classify(weights: ArrayLike, biases: ArrayLike, x: ArrayLike, residual: ArrayLike) -> NDArray[np.int8]:
    """The Rule of each update; all arguments broadcast against each other, and so does the result."""
    w, b, x, delta = np.broadcast_arrays(*(np.asarray(a, dtype=float) for a in (weights, biases, x, residual)))
    rule = np.where(delta > 0, np.where(w > 0, Rule.RULE_1, Rule.RULE_2), np.where(w > 0, Rule.RULE_3, Rule.RULE_4))
    rule = np.where(w == 0, Rule.WEIGHT_ONLY, rule)
    rule = np.where(delta == 0, Rule.NO_RESIDUAL, rule)
    return np.where(x + b > 0, rule, Rule.INACTIVE).astype(np.int8)


def origin_steps(rate: float, weights: Array, biases: Array, x: Array, residual: Array) -> Array:
    """What an update by sample `x` with this residual moves each origin, + to the right (equation 2); all broadcast."""
    return -2.0 * rate * residual * weights * (x + biases > 0)


@dataclass(frozen=True, eq=False)
class Rules:
    """The rules of a run's K recorded updates.

    iterations: (K,), the number of updates made before each. codes: (K, n), `Rule` values.
    origin_steps: (K, n), what each update adds to the origin (equation 2).
    Stretches are given as first <= iteration < last, None for all that follow; `neuron` counts from 0.
    """

    iterations: NDArray[np.int64]
    codes: NDArray[np.int8]
    origin_steps: Array

    def at(self, iteration: int, neuron: int) -> Rule:
        """The rule that the update made after `iteration` updates followed (nearest earlier record).

        Raises IndexError where that update was not made.
        """
        if not 0 <= iteration <= (self.iterations[-1] if len(self.iterations) else -1):
            raise IndexError(f"no update was made at iteration {iteration}")
        return Rule(int(self.codes[np.searchsorted(self.iterations, iteration, side="right") - 1, neuron]))

    def counts(self, neuron: int, first: int = 0, last: int | None = None) -> dict[Rule, int]:
        """How many recorded updates followed each rule."""
        found = np.bincount(self.codes[self._stretch(first, last), neuron], minlength=len(Rule))
        return {rule: int(found[rule]) for rule in Rule}

    def fractions(self, neuron: int) -> dict[Rule, float]:
        """`counts` of the whole run as fractions of their sum."""
        return {rule: count / len(self.codes) for rule, count in self.counts(neuron).items()}

    def motion(self, neuron: int, first: int = 0, last: int | None = None) -> dict[Rule, float]:
        """How far each rule's updates moved the origin; summed over the rules it is the stretch's net motion."""
        part = self._stretch(first, last)
        codes, steps = self.codes[part, neuron], self.origin_steps[part, neuron]
        return {rule: float(steps[codes == rule].sum()) for rule in Rule}

    def _stretch(self, first: int, last: int | None) -> slice:
        low, high = np.searchsorted(self.iterations, (first, np.inf if last is None else last))
        return slice(low, high)


def rules(trajectory: Trajectory) -> Rules:
    """The rules of every recorded update of `trajectory`. Raises NotForThisTraining unless its steps are plain."""
    needs_plain_steps(trajectory.experiment, "The four rules")
    w, b = trajectory.weights[:-1], trajectory.biases[:-1]
    x, residual = trajectory.inputs[:, None], trajectory.residuals[:, None]
    return Rules(
        iterations=trajectory.iterations[:-1],
        codes=classify(w, b, x, residual),
        origin_steps=origin_steps(trajectory.experiment.learning_rate, w, b, x, residual),
    )
