"""What batches and optimisers cost beside plain steps; writes benchmarks/optimisers.md.

    python benchmarks/optimisers.py

All kinds take turns, so that whatever else the machine does meets each of them; the quickest of the rounds counts.
"""

from __future__ import annotations

import platform
import time
from collections.abc import Callable
from dataclasses import replace
from datetime import date
from pathlib import Path

import numpy as np
from numba import njit

from reluviz.core import Experiment, train
from reluviz.core.optimizer import OPTIMIZERS, Optimizer
from reluviz.core.training.many import train_many

OUTPUT = Path(__file__).with_name("optimisers.md")
RUNS, ROUNDS = 1024, 40
BASE = replace(Experiment.open("merging-neurons"), stop_below=None, learning_rate=0.001)


@njit(error_model="numpy")
def roots_and_divisions(numbers, count):  # type: ignore[no-untyped-def]
    """`count` times, for each of the numbers, a square root and a division: what Adam cannot do without."""
    for _ in range(count):
        for r in range(numbers.size):
            numbers[r] = 1.5 / np.sqrt(numbers[r])


def quickest(jobs: dict[str, Callable[[], object]]) -> dict[str, float]:
    """Seconds of each job, the quickest of ROUNDS, in turns; once beforehand to compile."""
    found = dict.fromkeys(jobs, np.inf)
    for name in jobs:
        jobs[name]()
    for _ in range(ROUNDS):
        for name, job in jobs.items():
            began = time.perf_counter()
            job()
            found[name] = min(found[name], time.perf_counter() - began)
    return found


def main() -> None:
    """Measures, and writes the table."""
    stream = np.random.RandomState(0)
    starts = stream.uniform(0.0, 0.1, (RUNS, 4)), -stream.uniform(0.0, 4.0, (RUNS, 4)), np.full(RUNS, 0.001)
    short = replace(BASE, iterations=4_000)
    ways = {(name, size): {"optimizer": Optimizer(name), "batch_size": size} for size in (1, 10) for name in OPTIMIZERS}

    def one(way: dict[str, object]) -> Callable[[], object]:
        return lambda: train(replace(BASE, **way))

    def many(way: dict[str, object]) -> Callable[[], object]:
        return lambda: train_many(replace(short, **way), *starts)

    single = quickest({f"{name} {size}": one(way) for (name, size), way in ways.items()})
    beside = {f"{name} {size}": many(way) for (name, size), way in ways.items()}
    numbers = np.full(8 * 128, 1.7)  # a tile's weights and biases: they stay in the first-level cache
    together = quickest(beside | {"alone": lambda: roots_and_divisions(numbers, 4_000 * RUNS // 128)})
    lines = [
        "# What batches and optimisers cost",
        "",
        f"Measured {date.today()} on one core, {platform.machine()}, Python {platform.python_version()}; made by "
        "`python benchmarks/optimisers.py`.",
        f"Four neurons. One run: 20,000 updates, all recorded. Side by side: {RUNS:,} runs of 4,000 updates, nothing "
        "recorded. × is to plain steps of one sample.",
        "",
        "| optimiser | batch | one run | × | side by side | × |",
        "|---|---|---|---|---|---|",
    ]
    for name, size in ways:
        a, b = single[f"{name} {size}"], together[f"{name} {size}"]
        ratios = a / single["sgd 1"], b / together["sgd 1"]
        lines.append(f"| {name} | {size} | {1e3 * a:.2f} ms | {ratios[0]:.1f} | {1e3 * b:.0f} ms | {ratios[1]:.1f} |")
    alone = together["alone"]
    lines += ["", f"The square roots and divisions that Adam cannot do without take {1e3 * alone:.0f} ms side by side: "
              f"its runs take {together['adam 1'] / alone:.2f} times as long."]  # fmt: skip
    OUTPUT.write_text("\n".join(lines) + "\n", encoding="utf-8")
    print(OUTPUT.read_text(encoding="utf-8"))


if __name__ == "__main__":
    main()
