"""The parts of a sweep over an existing Dask cluster, for sweeps that one machine is too small for.

Needs the optional extra: pip install 'reluviz[cluster]', here and on the workers. A part is a pure function of the
sweep's description and its number, so it does not matter who trains it, nor how often: Dask gives the parts of a
worker that dies to another one, and the results are the same to the bit as those of one machine.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from reluviz import __version__
from reluviz.analysis.outcomes import Outcomes
from reluviz.analysis.sweep import Sweep, SweepError
from reluviz.analysis.sweep_options import sweep_from_dict
from reluviz.analysis.sweeping import Trainer

PATIENCE = 10.0
"""Seconds to wait for the scheduler, and then for a first worker."""

_AHEAD = 3
"""Parts under way or waiting for each thread of the cluster: workers never idle, and few results are held at once."""


def on_cluster(address: str) -> Trainer:
    """Who trains parts on the cluster whose scheduler is at `address`, such as tcp://host:8786.

    Raises SweepError where Dask is not installed; the trainer raises it where no scheduler or worker answers, where
    workers have no reluviz or another version, or where the cluster is lost on the way.
    """
    try:
        import distributed
    except ImportError as error:
        raise SweepError("--cluster needs Dask; install it with: pip install 'reluviz[cluster]'") from error

    def train(sweep: Sweep, parts: list[int]) -> Iterator[tuple[int, Outcomes]]:
        if not parts:
            return
        try:
            with distributed.Client(address, timeout=PATIENCE, set_as_default=False) as client:
                client.wait_for_workers(1, timeout=PATIENCE)
                yield from _train(client, sweep, parts)
        except ModuleNotFoundError as error:
            raise SweepError(f"{address}: workers have no {error.name}; install reluviz {__version__} there") from error
        except (OSError, ValueError, TimeoutError, distributed.CancelledError, distributed.KilledWorker) as error:
            reason = str(error).splitlines()[0] if str(error) else type(error).__name__
            raise SweepError(f"{address}: no cluster that trains ({reason}); the same command goes on") from error

    return train


def _train(client: Any, sweep: Sweep, parts: list[int]) -> Iterator[tuple[int, Outcomes]]:
    from distributed import as_completed

    description, todo = sweep.to_dict(), iter(parts)
    numbers: dict[Any, int] = {}
    under_way = as_completed(loop=client.loop)

    def submit() -> None:
        for index in todo:
            # Named for the sweep and the part; impure, so that results of another day's command are not looked for.
            future = client.submit(train_part, description, index, __version__, pure=False)
            numbers[future] = index
            under_way.add(future)
            return

    for _ in range(_AHEAD * max(1, sum(client.nthreads().values()))):
        submit()
    for future in under_way:
        outcomes = future.result()
        submit()
        yield numbers.pop(future), outcomes
        future.release()


def train_part(description: dict[str, Any], index: int, version: str) -> Outcomes:
    """What a worker does. Raises SweepError where its reluviz is not of `version`: its rules might differ."""
    if version != __version__:
        raise SweepError(f"a worker has reluviz {__version__}; expected {version}, as here")
    return sweep_from_dict(description, "the sweep").train_part(index)
