"""Writes tests/data/torch_states.json: states of PyTorch's own optimisers, in float64, to compare the trainers with.

    python tools/torch_oracle.py

PyTorch is gigabytes, so it is no dependency: run this with a Python that has it, and NumPy. Nothing of reluviz is
imported; the errors' gradients are autograd's.
"""

from __future__ import annotations

import json
from pathlib import Path

import numpy as np
import torch

OUTPUT = Path(__file__).parents[1] / "tests" / "data" / "torch_states.json"
WEIGHTS, BIASES, OUTPUT_BIAS = [0.3, -0.2, 0.25, -0.4], [-0.1, -0.9, -1.7, -2.6], 0.15
TARGET_WEIGHTS, TARGET_BIASES = [2.0, -1.0, -2.0, -1.0], [0.0, -1.0, -2.0, -3.0]
LOW, HIGH, SAMPLES, SEED, RATE = 0.0, 4.0, 100, 1952, 0.003
UPDATES = (1, 2, 50, 2000)
OPTIMIZERS = {
    "sgd": lambda p: torch.optim.SGD(p, lr=RATE),
    "momentum": lambda p: torch.optim.SGD(p, lr=RATE, momentum=0.9),
    "nesterov": lambda p: torch.optim.SGD(p, lr=RATE, momentum=0.9, nesterov=True),
    "adam": lambda p: torch.optim.Adam(p, lr=RATE),
}


def states(name: str, batch_size: int) -> dict[str, list[float]]:
    """Weights, biases and output bias, in one list, after each number of UPDATES."""
    x = torch.tensor(np.random.RandomState(SEED).uniform(LOW, HIGH, SAMPLES))
    target = sum(w * torch.relu(x + b) for w, b in zip(TARGET_WEIGHTS, TARGET_BIASES, strict=True))
    parameters = [torch.tensor(v, dtype=torch.float64, requires_grad=True) for v in (WEIGHTS, BIASES, OUTPUT_BIAS)]
    weights, biases, output_bias = parameters
    optimizer = OPTIMIZERS[name](parameters)
    found, place = {}, 0
    for update in range(1, max(UPDATES) + 1):
        xs, ys = x[place : place + batch_size], target[place : place + batch_size]
        place = place + batch_size if place + batch_size < SAMPLES else 0
        optimizer.zero_grad()
        error = ((torch.relu(xs[:, None] + biases) @ weights + output_bias - ys) ** 2).mean()
        error.backward()
        optimizer.step()
        if update in UPDATES:
            found[str(update)] = [*weights.tolist(), *biases.tolist(), output_bias.item()]
    return found


def main() -> None:
    """Trains each optimiser with each batch size, and writes what it finds."""
    described = {
        "torch": torch.__version__.split("+")[0],
        "experiment": {
            "target": {"weights": TARGET_WEIGHTS, "biases": TARGET_BIASES},
            "start": {"weights": WEIGHTS, "biases": BIASES, "output_bias": OUTPUT_BIAS},
            "data": {"low": LOW, "high": HIGH, "samples": SAMPLES, "seed": SEED},
            "learning_rate": RATE, "iterations": max(UPDATES), "train_output_bias": True,
        },
        "states": {name: {str(size): states(name, size) for size in (1, 7, SAMPLES)} for name in OPTIMIZERS},
    }  # fmt: skip
    OUTPUT.parent.mkdir(exist_ok=True)
    OUTPUT.write_text(json.dumps(described, indent=1) + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()
