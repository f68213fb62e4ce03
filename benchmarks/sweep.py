"""Measures what a million runs cost and writes benchmarks/sweep.md.

    python benchmarks/sweep.py [--quick] [--torch PYTHON]

Everything on all cores and in turns, five rounds of which the quickest counts, so that ratios hold on a noisy machine;
and then a million runs, whole, as it comes. Rows of fewer runs are scaled to a million, and say so. PyTorch is measured
by sweep_torch.py with an interpreter that has it.
"""

from __future__ import annotations

import argparse
import json
import os
import platform
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from concurrent.futures import ProcessPoolExecutor, ThreadPoolExecutor
from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path

import numpy as np
from numba import njit
from numpy.typing import NDArray
from rich.console import Console

from reluviz.core import Experiment, ReluNetwork, train
from reluviz.core.training import kernel
from reluviz.core.training.lanes import LANES
from reluviz.core.training.many import train_many
from reluviz.sweep.description import Sweep
from reluviz.sweep.execute import run_sweep
from reluviz.sweep.options import read_sweep
from reluviz.sweep.runs import blocks

ROOT = Path(__file__).parents[1]
MILLION, ITERATIONS, NEURONS, ROUNDS = 1_000_000, 20_000, 4, 5
CORES = os.cpu_count() or 1

# Without stop_below, so that every run makes all of its updates.
EXPERIMENT = replace(Experiment.open("merging-neurons"), stop_below=None, iterations=ITERATIONS)


@dataclass(frozen=True)
class Row:
    """A way to train, what it was measured on, and the seconds a million runs would take."""

    what: str
    measured: str
    seconds: float

    @classmethod
    def of(cls, what: str, runs: int, seconds: float) -> Row:
        """Whole runs, which took so many seconds together."""
        return cls(what, f"{runs:,} runs{', scaled' * (runs < MILLION)}", seconds * MILLION / runs)


def sweep_of(runs: int) -> Sweep:
    """Starts all over the range."""
    return read_sweep(EXPERIMENT, runs, ["start.origins=random:0..3"])


def timed(work: Callable[[], object]) -> float:
    """Wall seconds."""
    begin = time.perf_counter()
    work()
    return time.perf_counter() - begin


def judged(runs: int) -> float:
    """The whole of `reluviz sweep`: trained, looked at, judged, stored."""
    with tempfile.TemporaryDirectory() as folder:
        return timed(lambda: run_sweep(sweep_of(runs), Path(folder)))


def side_by_side(runs: int) -> float:
    """train_many alone, in the parts of a sweep."""
    sweep = sweep_of(runs)

    def part(index: int) -> None:
        for block in blocks(sweep, sweep.part(index)):
            train_many(block.experiment, block.weights, block.biases, block.learning_rates)

    def all_parts() -> None:
        with ThreadPoolExecutor(CORES) as pool:
            list(pool.map(part, range(sweep.parts)))

    return timed(all_parts)


def one_by_one(runs: int, single: Callable[[NDArray[np.float64]], object]) -> float:
    """A plain parallel loop over single runs: a process a core, each start its own call."""
    starts = -next(blocks(sweep_of(runs), range(runs))).biases
    with ProcessPoolExecutor(CORES) as pool:
        list(pool.map(single, starts[: 4 * CORES]))  # every process awake and compiled
        return timed(lambda: list(pool.map(single, starts, chunksize=25)))


def recorded(origins: NDArray[np.float64]) -> None:
    """core.train: every update recorded."""
    train(replace(EXPERIMENT, start=ReluNetwork(EXPERIMENT.start.weights, -origins)))


def unrecorded(origins: NDArray[np.float64]) -> None:
    """The single-run kernel without any recording: the least that training one run can cost."""
    start, optimizer = EXPERIMENT.start, EXPERIMENT.optimizer
    state = np.concatenate((start.weights, -origins, [start.output_bias]))
    rule = (state, False, EXPERIMENT.learning_rate, optimizer.numbers, np.zeros((2, len(state))), np.ones(2))
    data = (EXPERIMENT.samples(), EXPERIMENT.targets(), EXPERIMENT.epoch_order(0))
    never, nowhere = np.array([-1]), (np.empty((0, NEURONS)), np.empty((0, NEURONS)), *np.empty((3, 0)))
    kernel.training(kernel.PLAIN, True)(*rule, *data, 1, 0.0, ITERATIONS, 0, never, 0, *nowhere)


@njit(cache=True, nogil=True)
def _only_arithmetic(tiles, xs, push):  # type: ignore[no-untyped-def]
    """The three multiplications and four additions of each neuron's update, its loads and its stores.

    A tile at a time from the first update to the last, so that it never leaves the first-level cache. No maximum, no
    selection, no residual: whether a neuron is active is not asked, nor what the network says.
    """
    total = np.zeros(LANES)
    for _ in range(tiles):
        w, b = np.full((NEURONS, LANES), 0.1), np.full((NEURONS, LANES), -1.0)
        for t in range(ITERATIONS):
            x = xs[t % xs.size]
            for r in range(LANES):
                value = 0.0
                for i in range(NEURONS):
                    distance, weight = x + b[i, r], w[i, r]
                    value += weight * distance
                    w[i, r] = weight + push * distance
                    b[i, r] += push * weight
                total[r] += value
    return total


def arithmetic(runs: int) -> float:
    """The multiplications and additions of so many runs, and nothing else, on all cores."""
    xs, share = EXPERIMENT.samples(), runs // (CORES * LANES)
    _only_arithmetic(1, xs, 1e-9)
    with ThreadPoolExecutor(CORES) as pool:
        seconds = timed(lambda: list(pool.map(lambda _: _only_arithmetic(share, xs, 1e-9), range(CORES))))
    return seconds * runs / (share * CORES * LANES)


def peak_megabytes(runs: int) -> float:
    """The largest memory of a process that makes a sweep of so many runs and reads its results; Linux.

    Not ru_maxrss, which a process inherits from the one that started it, if that was larger.
    """
    code = (
        "import sys; sys.path.insert(0, 'benchmarks'); from sweep import judged;"
        f"judged({runs}); print(next(line.split()[1] for line in open('/proc/self/status') if 'VmHWM' in line))"
    )
    return int(output([sys.executable, "-c", code])) / 1024


def output(command: list[str]) -> str:
    """What a process prints."""
    return subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=True).stdout


def torch_rows(python: str) -> list[Row]:
    """What sweep_torch.py measures, once it has shown that it computes the same."""
    block = next(blocks(sweep_of(1024), range(1024)))
    few = replace(EXPERIMENT, iterations=400)  # CHECKED there
    ends = train_many(few, block.weights, block.biases, block.learning_rates)
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "starts.npz"
        xs = few.samples()
        np.savez(path, weights=block.weights, biases=block.biases, xs=xs, targets=few.target(xs),
                 end_weights=ends.weights, end_biases=ends.biases, rate=few.learning_rate)  # fmt: skip
        command = [python, str(ROOT / "benchmarks" / "sweep_torch.py"), str(path), str(CORES)]
        found = json.loads(output(command))
    whole = ITERATIONS * MILLION
    return [
        Row(what, f"{runs:,} × {updates:,} updates, scaled", seconds / (runs * updates) * whole)
        for what, runs, updates, seconds in found
    ]


def main() -> None:
    """Measures and writes the table."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--quick", action="store_true", help="one round, and no million")
    parser.add_argument("--torch", metavar="PYTHON", help="an interpreter with PyTorch")
    options = parser.parse_args()
    side_by_side(LANES)  # compiled before anything is timed
    judged(LANES)

    ways: list[tuple[str, int, Callable[[int], float]]] = [
        ("multiplications and additions alone", 131_072, arithmetic),
        ("side by side, nothing but the training", 131_072, side_by_side),
        ("`reluviz sweep`: trained, judged, stored", 131_072, judged),
        ("a parallel loop over single runs, nothing recorded", 800, lambda runs: one_by_one(runs, unrecorded)),
        ("a parallel loop over `core.train`, all recorded", 400, lambda runs: one_by_one(runs, recorded)),
    ]
    rounds = [[measure(runs) for _, runs, measure in ways] for _ in range(1 if options.quick else ROUNDS)]
    quickest = np.min(rounds, axis=0).tolist()
    rows = [Row.of(what, runs, seconds) for (what, runs, _), seconds in zip(ways, quickest, strict=True)]
    base = rows[1].seconds
    if not options.quick:
        rows.insert(3, Row.of("the same, a million runs whole, once", MILLION, judged(MILLION)))
    if options.torch:
        rows += torch_rows(options.torch)
    report = [
        "# What a million runs cost",
        "",
        f"Measured {date.today()} on {CORES} cores, {platform.machine()}, Python {platform.python_version()}; made by "
        "`python benchmarks/sweep.py`.",
        f"Each run: {NEURONS} neurons, {ITERATIONS:,} updates of one sample, without `stop_below`, so that none ends "
        f"early. Wall time on all cores, the quickest of {len(rounds)} rounds.",
        "",
        "| what | measured on | a million runs | ratio |",
        "|---|---|---|---|",
    ]
    for row in rows:
        report.append(f"| {row.what} | {row.measured} | {_span(row.seconds)} | {row.seconds / base:,.3g} |")
    speed = MILLION * ITERATIONS * NEURONS / base / CORES
    report += [
        "",
        f"Side by side, each core makes {speed / 1e9:.2f} billion neuron updates a second, "
        f"{100 * rows[0].seconds / base:.0f} % of what the multiplications and additions alone would allow: those are "
        "the three and four of each neuron's update with its loads and stores, in the first-level cache, without "
        "asking whether the neuron is active or what the network says. To look at the runs, judge and store them takes "
        f"{100 * (rows[2].seconds / base - 1):.0f} % more than to train them.",
    ]
    if not options.quick:
        small, large = peak_megabytes(100_000), peak_megabytes(MILLION)
        report += ["", f"Memory: {small:.0f} MB for 100,000 runs, {large:.0f} MB for a million with its results."]
    text = "\n".join(report) + "\n"
    Console(highlight=False, markup=False, soft_wrap=True).print(text)
    if not options.quick:
        (ROOT / "benchmarks" / "sweep.md").write_text(text, encoding="utf-8")


def _span(seconds: float) -> str:
    for unit, length in (("days", 86_400), ("h", 3_600), ("min", 60)):
        if seconds >= 2 * length:
            return f"{seconds / length:,.1f} {unit}"
    return f"{seconds:.1f} s"


if __name__ == "__main__":
    main()
