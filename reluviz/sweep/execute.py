"""Trains the parts of a sweep that are not there yet: on all cores of this machine, or over a cluster."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator
from concurrent.futures import FIRST_COMPLETED, ThreadPoolExecutor, wait
from itertools import islice
from pathlib import Path

from reluviz.sweep.description import Sweep
from reluviz.sweep.judge import Outcomes
from reluviz.sweep.store import DIRECTORY, SweepResult, SweepStore

Trainer = Callable[[Sweep, list[int]], Iterator[tuple[int, Outcomes]]]
"""Yields each of the parts asked for, with its index, in any order."""


def run_sweep(
    sweep: Sweep,
    directory: Path = DIRECTORY,
    train: Trainer | None = None,
    progress: Callable[[int], None] | None = None,
) -> SweepResult:
    """The results of `sweep`: read where they are in `directory`, otherwise trained, and what was trained kept.

    train: who trains the parts; all cores of this machine unless told otherwise. progress: called with the number
    of runs done, at first and after each part. Raises FileError where the directory cannot be written.
    """
    store = SweepStore(sweep, directory)
    missing = store.missing()
    done = sweep.total - sum(end - first for first, end in map(sweep.part, missing))
    if progress is not None:
        progress(done)
    for index, outcomes in (train or on_all_cores)(sweep, missing):
        store.keep(index, outcomes)
        first, end = sweep.part(index)
        done += end - first
        if progress is not None:
            progress(done)
    return SweepResult.load(store.join())


def on_all_cores(sweep: Sweep, parts: list[int], cores: int | None = None) -> Iterator[tuple[int, Outcomes]]:
    """Trains parts in threads, one a core (the compiled loops hold no lock); no more of them wait than are trained."""
    cores = cores or len(os.sched_getaffinity(0) if hasattr(os, "sched_getaffinity") else range(os.cpu_count() or 1))
    todo = iter(parts)
    with ThreadPoolExecutor(cores) as pool:
        running = {pool.submit(sweep.train_part, index): index for index in islice(todo, cores)}
        while running:
            finished, _ = wait(running, return_when=FIRST_COMPLETED)
            done = [(running.pop(future), future.result()) for future in finished]
            running |= {pool.submit(sweep.train_part, index): index for index in islice(todo, len(done))}
            yield from done
