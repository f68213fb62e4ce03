"""Trains the parts of a sweep that are not there yet: on all cores of this machine, or over a cluster."""

from __future__ import annotations

import os
import sys
from collections.abc import Callable, Iterator
from concurrent.futures import FIRST_COMPLETED, ThreadPoolExecutor, wait
from itertools import islice
from pathlib import Path

from reluviz.sweep.description import Sweep
from reluviz.sweep.judge import Outcomes, judge
from reluviz.sweep.runs import blocks
from reluviz.sweep.store import DIRECTORY, SweepResult, SweepStore
from reluviz.sweep.ways import SweepError

Trainer = Callable[[Sweep, list[int]], Iterator[tuple[int, Outcomes]]]
"""Yields each of the parts asked for, with its index, in any order."""

_ATTEMPTS = 3


def run_sweep(
    sweep: Sweep,
    directory: Path = DIRECTORY,
    train: Trainer | None = None,
    progress: Callable[[int], None] = lambda done: None,
    report: Callable[[str], None] = lambda line: print(line, file=sys.stderr),
) -> SweepResult:
    """The results of `sweep`: read where they are in `directory`, otherwise trained, and what was trained kept.

    train: who trains the parts; all cores of this machine unless told otherwise. progress: called with the number
    of runs done, at first and after each part. report: told, in a line, of files that are damaged or another sweep's;
    they are made anew. Raises FileError where the directory cannot be written.
    """
    store = SweepStore(sweep, directory, report)
    for _ in range(_ATTEMPTS):
        if (found := store.result()) is not None:
            progress(sweep.total)
            return found
        missing = store.missing()
        done = sweep.total - sum(len(sweep.part(index)) for index in missing)
        progress(done)
        for index, outcomes in (train or on_all_cores)(sweep, missing):
            store.keep(index, outcomes)
            done += len(sweep.part(index))
            progress(done)
        if (found := store.join()) is not None:
            return found
    raise SweepError(f"{store.path}: its parts were damaged {_ATTEMPTS} times; expected a disk that keeps what it gets")


def train_part(sweep: Sweep, index: int) -> Outcomes:
    """Trains and judges the runs of a part: the same to the bit whenever and wherever it is done."""
    part = sweep.part(index)
    found = Outcomes.unknown(len(part), sweep.neurons)
    for block in blocks(sweep, part):
        found.put(block.rows, judge(block.experiment, block.weights, block.biases, block.learning_rates))
    return found


def on_all_cores(sweep: Sweep, parts: list[int], cores: int | None = None) -> Iterator[tuple[int, Outcomes]]:
    """Trains parts in threads, one a core (the compiled loops hold no lock); no more of them wait than are trained."""
    cores = cores or len(os.sched_getaffinity(0) if hasattr(os, "sched_getaffinity") else range(os.cpu_count() or 1))
    todo = iter(parts)
    with ThreadPoolExecutor(cores) as pool:
        running = {pool.submit(train_part, sweep, index): index for index in islice(todo, cores)}
        while running:
            finished, _ = wait(running, return_when=FIRST_COMPLETED)
            done = [(running.pop(future), future.result()) for future in finished]
            running |= {pool.submit(train_part, sweep, index): index for index in islice(todo, len(done))}
            yield from done
