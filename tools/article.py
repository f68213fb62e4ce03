"""What the article says of its experiments, in short, and where it slips: for docs/findings.md."""

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

SLIPS = """\
## Where the article slips

Small things, said here so that nobody stumbles over them. None touches what the article shows.

- The residual needs a bracket: δ = ref(x) − (Σ wᵢ·relu(x + bᵢ) + b). The gradient by the output bias is −2δ, and
  equation 3 updates b, not bᵢ.
- A neuron's origin is −bᵢ (in one place the article says bᵢ, in another the point B1). In example 3 the network is
  written relu(x − b₁) with b₁ = −0.2 where relu(x + b₁) is meant, and "inactive for x < −b₁" is said of neuron 2,
  whose origin is −b₂.
- The slopes "{2, −1, −2, −1}" of examples 1 and 4 are changes of slope; the slopes are 2, 1, −1, −2.
- "Neuron 1 has the larger weight" (example 3) is not so at first: neuron 2 starts with 0.08, neuron 1 with 0.
- b₂ "moves to −2.16" in example 3: it passes −2, and comes back.
- At w = 0 none of the four rules applies: the slope changes and the origin stays.
- "Steepest descent" is online gradient descent: one sample at a time, and the noise of it matters.
- Figure 1's 7,200 iterations and solution 1's 19,200 are for the same target; figure 1 must have another start.
- Solution 2 ran into the limit of 20,000 iterations rather than converged: its residuals still exceed 0.1 then.
"""
