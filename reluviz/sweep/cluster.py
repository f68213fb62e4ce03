"""The parts of a sweep over an existing Dask cluster, for sweeps that one machine is too small for.

Needs the optional extra: pip install 'reluviz[cluster]', here, on the scheduler and on the workers. A part is a pure
function of the sweep's description and its number, so it does not matter who trains it, nor how often: Dask gives the
parts of a worker that dies to another one, and the results are the same to the bit as those of one machine. Where no
worker is left, it waits for one to come.
"""

from __future__ import annotations

import logging
from collections.abc import Iterator
from itertools import islice
from pkgutil import resolve_name
from typing import Any

from reluviz import __version__
from reluviz.sweep.description import Sweep
from reluviz.sweep.execute import Trainer, train_part
from reluviz.sweep.judge import Outcomes
from reluviz.sweep.ways import SweepError

PATIENCE = 10.0
"""Seconds to wait for the scheduler, and then for a first worker."""

_AHEAD = 3
"""Parts under way or waiting for each thread of the cluster: workers never idle, and few results are held at once."""


def on_cluster(address: str) -> Trainer:
    """Who trains parts on the cluster whose scheduler is at `address`, such as tcp://host:8786.

    Raises SweepError where Dask is not installed; the trainer raises it where no scheduler or worker answers, where
    they have no reluviz or another version, or where the cluster is lost on the way.
    """
    try:
        import distributed
    except ImportError as error:
        raise SweepError("--cluster needs Dask; install it with: pip install 'reluviz[cluster]'") from error
    # What it would log with a traceback is raised as well, and told in a line.
    logging.getLogger("distributed.client").setLevel(logging.CRITICAL)

    def train(sweep: Sweep, parts: list[int]) -> Iterator[tuple[int, Outcomes]]:
        if not parts:
            return
        try:
            distributed.comm.resolve_address(address)  # a client of no address at all would keep looking for 20 s
            client = distributed.Client(address, timeout=PATIENCE, set_as_default=False)
        except (OSError, ValueError, TimeoutError) as error:  # ValueError: an address of no known protocol
            raise SweepError(f"{address}: no Dask scheduler answers ({_reason(error)})") from error
        with client:
            try:
                client.wait_for_workers(1, timeout=PATIENCE)
            except TimeoutError as error:
                raise SweepError(f"{address}: no worker has come within {PATIENCE:g} s") from error
            try:
                _check_cluster(client, address)
                yield from _train(client, sweep, parts)
            except (OSError, distributed.CancelledError, distributed.KilledWorker) as error:
                raise SweepError(f"{address}: cluster lost ({_reason(error)}); the same command goes on") from error

    return train


def _check_cluster(client: Any, address: str) -> None:
    """Raises SweepError where the scheduler or a worker cannot import this reluviz. Asked by a function of the standard
    library: one of ours would bring a worker without reluviz down before it could say so."""
    question = (resolve_name, f"{__name__}:__version__")
    answers = {f"the worker {worker}": found for worker, found in client.run(*question, on_error="return").items()}
    try:
        answers["the scheduler"] = client.run_on_scheduler(*question)
    except ImportError as error:
        answers["the scheduler"] = error
    for who, found in answers.items():
        if found != __version__:
            having = f"reluviz {found}" if isinstance(found, str) else f"no reluviz that works ({_reason(found)})"
            raise SweepError(f"{address}: {who} has {having}; install reluviz {__version__} there")


def _reason(error: BaseException) -> str:
    """One line."""
    return str(error).splitlines()[0] if str(error) else type(error).__name__


def _train(client: Any, sweep: Sweep, parts: list[int]) -> Iterator[tuple[int, Outcomes]]:
    """The parts as they come, a few on their way for each thread that the cluster has at the time."""
    from distributed import as_completed

    description, todo = sweep.to_dict(), iter(parts)
    numbers: dict[Any, int] = {}
    under_way = as_completed(loop=client.loop)

    def submit() -> None:
        room = _AHEAD * max(1, sum(client.nthreads().values())) - len(numbers)
        for index in islice(todo, max(0, room)):
            # Impure: otherwise another command with the same sweep would share the futures.
            future = client.submit(train_described, description, index, __version__, pure=False)
            numbers[future] = index
            under_way.add(future)

    submit()
    for future in under_way:
        outcomes, index = future.result(), numbers.pop(future)
        submit()
        yield index, outcomes
        future.release()


def train_described(description: dict[str, Any], index: int, expected: str) -> Outcomes:
    """What a worker does. Raises SweepError where its reluviz is not the `expected` one: its rules might differ."""
    if expected != __version__:  # a worker that came after all were asked
        raise SweepError(f"a worker has reluviz {__version__}; expected {expected}, as here")
    return train_part(Sweep.from_dict(description, "the sweep"), index)
