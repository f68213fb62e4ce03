"""What every command shares: a line for each thing that is wrong, options, consoles, progress."""

from __future__ import annotations

import errno
import os
import platform
import sys
import tempfile
import traceback
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from reluviz import __version__
from reluviz.errors import UserError
from reluviz.theme import theme_named

if TYPE_CHECKING:
    from reluviz.core import Experiment
    from reluviz.story.beats import Beat

LONG_RUN = 1_000_000
"""Runs of at least so many iterations (a tenth of a second) get a progress bar."""
MISTAKE, UNFORESEEN = 2, 70
"""Exit codes: of what the user can mend, and of what reluviz did not expect (EX_SOFTWARE)."""

_LONGEST = 1000
"""Characters of a line that says what is wrong."""

theme_option = click.option(
    "--theme", envvar="RELUVIZ_THEME", default="dark", callback=lambda context, option, name: theme_named(name),
    help="dark or light; as RELUVIZ_THEME says, else dark.",
)  # fmt: skip


def output_option(where: str) -> Callable[[Any], Any]:
    """--output, the folder for films: `where` unless told."""
    return click.option("--output", type=click.Path(file_okay=False, path_type=Path), default=Path(where),
                        show_default=True, help="The folder for the films.")  # fmt: skip


class OneLineErrors(click.Group):
    """A group whose commands answer every failure with one line on stderr."""

    def parse_args(self, ctx: click.Context, args: list[str]) -> list[str]:
        """Reads the group's own options."""
        with in_one_line():
            return super().parse_args(ctx, args)

    def invoke(self, ctx: click.Context) -> Any:
        """Runs the command."""
        for stream in (sys.stdout, sys.stderr):
            if hasattr(stream, "reconfigure"):
                stream.reconfigure(errors="replace")  # what a terminal cannot show is no reason to fail
        with in_one_line():
            return super().invoke(ctx)


@contextmanager
def in_one_line() -> Iterator[None]:
    """Ends the process with a line on stderr for each thing that is wrong in the block, and the exit code for it.

    What was not foreseen goes into a file to report; with RELUVIZ_DEBUG set its traceback is shown as well.
    """
    try:
        yield
    except UserError as mistake:
        _leave(MISTAKE, *mistake.lines)
    except click.UsageError as mistake:
        if type(mistake).__name__ == "NoArgsIsHelpError":  # of Click 8.2: shows the help
            raise
        command = mistake.ctx.command_path if mistake.ctx else "reluviz"
        _leave(MISTAKE, f"{mistake.format_message()} ({command} --help says more)")
    except OSError as error:
        if error.errno == errno.EPIPE:  # nobody reads on: Click ends quietly
            raise
        named = f"{error.filename}: " if error.filename is not None else "output: "
        _leave(MISTAKE, f"{named}{error.strerror or error}")
    except (click.ClickException, click.Abort, click.exceptions.Exit):
        raise
    except Exception as error:
        if os.environ.get("RELUVIZ_DEBUG"):
            traceback.print_exc()
        where = _report(error)
        _leave(UNFORESEEN, f"a failure that was not foreseen ({type(error).__name__}: {error}){where}")


def _leave(code: int, *messages: str) -> None:
    for message in messages:
        line = "".join(sign if sign.isprintable() else repr(sign)[1:-1] for sign in message)
        click.echo(f"reluviz: {line if len(line) <= _LONGEST else line[: _LONGEST - 1] + '…'}", err=True)
    try:
        sys.stdout.flush()
    except OSError:  # a full disk behind it: what waits to be printed would fail again, and say so at length
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
    raise SystemExit(code)


def _report(error: Exception) -> str:
    """Writes the traceback to a file; says where, if it can be written."""
    told = "".join(traceback.format_exception(error))
    head = f"reluviz {__version__}, Python {platform.python_version()}, {platform.platform()}\n{sys.argv}\n\n"
    with suppress(OSError):
        handle, path = tempfile.mkstemp(prefix="reluviz-", suffix=".txt")
        with os.fdopen(handle, "w", encoding="utf-8", errors="backslashreplace") as file:
            file.write(head + told)
        return f"; please report it with {path}"
    return ""


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


@contextmanager
def film_progress(film: str, lengths: Mapping[str, int]) -> Iterator[Callable[[Beat], None]]:
    """What it yields is to be called as each beat begins: a bar with percentage and time left on stderr if somebody is
    looking, else a line a beat. lengths: how much is said in each beat, by its name, in order."""
    from rich.console import Console
    from rich.progress import BarColumn, Progress, TaskProgressColumn, TextColumn, TimeRemainingColumn

    console, names = Console(stderr=True), list(lengths)
    if not console.is_terminal or console.is_dumb_terminal:
        yield lambda beat: click.echo(
            f"rendering {film} {names.index(beat.name) + 1}/{len(names)}: {beat.headline}", err=True
        )
        return
    columns = (TextColumn("{task.description}"), BarColumn(), TaskProgressColumn(), TimeRemainingColumn())
    with Progress(*columns, console=console, transient=True, speed_estimate_period=3600) as progress:
        task = progress.add_task(film, total=sum(lengths.values()))

        def begin(beat: Beat) -> None:
            said = sum(lengths[name] for name in names[: names.index(beat.name)])
            progress.update(task, completed=said, description=f"{film}: {beat.headline}")

        yield begin
