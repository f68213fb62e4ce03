"""What makes a step of a gradient: plain descent, momentum, Nesterov's momentum, Adam (docs/update-rule.md)."""

from __future__ import annotations

from dataclasses import dataclass

SETTINGS = {"sgd": (), "momentum": ("momentum",), "nesterov": ("momentum",), "adam": ("beta1", "beta2", "epsilon")}
"""By the names of the optimisers, of which the first is the article's: the fields of Optimizer that belong to each."""

OPTIMIZERS = tuple(SETTINGS)
_NUMBERS_KEPT = {"sgd": 0, "momentum": 1, "nesterov": 1, "adam": 2}


@dataclass(frozen=True)
class Optimizer:
    """How steps follow from gradients. PyTorch's SGD and Adam, with their defaults (momentum: the customary 0.9).

    What does not belong to `name` keeps its default, so that equal optimisers are equal.
    """

    name: str = "sgd"
    momentum: float = 0.9
    beta1: float = 0.9
    beta2: float = 0.999
    epsilon: float = 1e-8

    @property
    def settings(self) -> tuple[str, ...]:
        """The names of the fields that count for it."""
        return SETTINGS[self.name]

    @property
    def numbers(self) -> tuple[float, float, float, float]:
        """Its settings as the trainers take them."""
        return self.momentum, self.beta1, self.beta2, self.epsilon

    @property
    def numbers_kept(self) -> int:
        """How many numbers it remembers for each parameter: none, a velocity, or two moments."""
        return _NUMBERS_KEPT[self.name]
