"""What makes a step of a gradient: plain descent, momentum, Nesterov's momentum, Adam (docs/update-rule.md)."""

from __future__ import annotations

from dataclasses import dataclass

OPTIMIZERS = ("sgd", "momentum", "nesterov", "adam")
"""The names there are; the first is the article's."""

_SETTINGS = {"sgd": (), "momentum": ("momentum",), "nesterov": ("momentum",), "adam": ("beta1", "beta2", "epsilon")}
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
        return settings_of(self.name)

    @property
    def numbers(self) -> tuple[float, float, float, float]:
        """Its settings as the trainers take them."""
        return self.momentum, self.beta1, self.beta2, self.epsilon

    @property
    def numbers_kept(self) -> int:
        """How many numbers it remembers for each parameter: none, a velocity, or two moments."""
        return _NUMBERS_KEPT[self.name]


def settings_of(name: str) -> tuple[str, ...]:
    """The settings that belong to the optimiser of that name."""
    return _SETTINGS[name]
