"""What the article says of its experiments, in short: for docs/findings.md."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class Told:
    """What the article says of an experiment."""

    where: str
    iterations: int
    weights: str
    biases: str
    story: str


ARTICLE = {
    "one-neuron": Told(
        "example 2", 800, "2", "−1",
        "Phase 1, to iteration 16: right for 4 iterations, then left. Phase 2, about 300 more: right to 0.9, "
        "slope to 1.84. Phase 3: slowly to 1 and 2.",
    ),
    "two-neurons": Told(
        "example 3", 3601, "2, −4", "0, −2",
        "Both go left, neuron 1 further (b₁ to 1.25, b₂ to 0.14); neuron 2 turns right; both go to their places.",
    ),
    "merging-neurons": Told(
        "example 4", 20_000, "1.42, 0.5, −1.33, −2.1", "0, 0, −1.22, −2.22",
        "Neurons 1 and 2 merge at 0 into one of slope 1.92: a local optimum.",
    ),
    "spread-biases": Told(
        "solution 1", 19_200, "1.96, −0.99, −1.82, −1.15", "0, −1, −1.97, −2.93",
        "Three neurons go right with negative slopes, so that neuron 2 does not merge with neuron 1.",
    ),
    "five-neurons": Told(
        "solution 2", 20_000, "1.24, 0.72, −1.05, −1.67, −1.25", "0, 0, −1, −2, −2.89",
        "Neurons 1 and 2 merge at 0, and yet it converges much better than four neurons.",
    ),
    "five-spread-neurons": Told(
        "solution 3", 12_400, "1.43, 0.54, −1.1, −1.69, −1.16", "0.022, −0.04, −1.08, −1.99, −2.89",
        "Converges.",
    ),
}  # fmt: skip
