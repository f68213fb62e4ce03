"""What every command shares: errors in one line, consoles, progress."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING, Any

import click

from reluviz.errors import UserError

if TYPE_CHECKING:
    from reluviz.core import Experiment

LONG_RUN = 1_000_000
"""Runs of at least so many iterations (a tenth of a second) get a progress bar."""


class OneLineErrors(click.Group):
    """A group whose commands answer a user's mistake with one line on stderr and exit code 2."""

    def invoke(self, ctx: click.Context) -> Any:
        try:
            return super().invoke(ctx)
        except UserError as error:
            click.echo(f"reluviz: {error}", err=True)
            ctx.exit(2)


def stdout() -> Any:
    """The console that results are printed to."""
    from rich.console import Console

    return Console(highlight=False, soft_wrap=True)


@contextmanager
def training_progress(experiment: Experiment) -> Iterator[Callable[[int], None] | None]:
    """A bar on stderr for a long run, if somebody is looking; what it yields goes to `train`."""
    from rich.console import Console
    from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeRemainingColumn

    console = Console(stderr=True)
    if experiment.iterations < LONG_RUN or not console.is_terminal:
        yield None
        return
    columns = (TextColumn("{task.description}"), BarColumn(), MofNCompleteColumn(), TimeRemainingColumn())
    with Progress(*columns, console=console, transient=True) as progress:
        task = progress.add_task(f"training {experiment.name}", total=experiment.iterations)
        yield lambda done: progress.update(task, completed=done)
