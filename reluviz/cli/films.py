"""The commands for experiments of one's own: new, explain, compare. Each imports what it needs when it runs."""

from __future__ import annotations

import os
from pathlib import Path
from typing import Any

import click

from reluviz.cli.console import training_progress

_OUTPUT = Path("media/explained")


def _film_options(command: Any) -> Any:
    """The options that every command which renders has."""
    for option in (
        click.option("--output", type=click.Path(file_okay=False, path_type=Path), default=_OUTPUT,
                     show_default=True, help="The folder for the film."),
        click.option("--voice", help="hibari or silent; as RELUVIZ_VOICE says, else hibari."),
        click.option("--theme", help="dark or light; as RELUVIZ_THEME says, else dark."),
        click.option("-q", "--quality", type=click.Choice(["l", "m", "h"]), default="m", show_default=True,
                     help="480p15, 720p30 or 1080p60."),
    ):  # fmt: skip
        command = option(command)
    return command


@click.command()
@click.argument("file", metavar="FILE.toml", type=click.Path(dir_okay=False, path_type=Path))
@click.option("--like", default="merging-neurons", show_default=True, help="The experiment to start from.")
def new(file: Path, like: str) -> None:
    """Write an experiment to start from, with a comment for every key.

    \b
    Example:
      reluviz new mine.toml --like two-neurons
    """
    from reluviz.core import Experiment
    from reluviz.core.starter import write_new

    write_new(file, Experiment.open(like))
    click.echo(f"{file}: change what you like, then: reluviz explain {file}")


@click.command()
@click.argument("name", metavar="FILE.toml|NAME")
@_film_options
def explain(name: str, quality: str, theme: str | None, voice: str | None, output: Path) -> None:
    """Train an experiment and make a narrated film of what happened in it.

    \b
    Examples:
      reluviz explain mine.toml
      reluviz explain mine.toml -q h --theme light --voice silent
    """
    _choose(theme, voice)
    from reluviz.core import Experiment, load_or_train
    from reluviz.stage.render import render
    from reluviz.story.unscripted.one_run import check_can_be_filmed, tell_run

    experiment = Experiment.open(name)
    check_can_be_filmed(experiment, name)
    with training_progress(experiment) as progress:
        run = load_or_train(experiment, progress=progress)
    _report(f"trained: {run.last:,} iterations")
    story = tell_run(run)
    _report(f"told: {len(story.beats)} beats")
    click.echo(str(render(story, "any_run", output, quality=quality, report=_report)))


@click.command()
@click.argument("name", metavar="FILE.toml|NAME")
@click.argument("other", metavar="FILE.toml|NAME")
@_film_options
def compare(
    name: str, other: str, quality: str, theme: str | None, voice: str | None, output: Path
) -> None:
    """Make a narrated film of two experiments side by side.

    \b
    Example:
      reluviz compare examples/noise-frees.toml examples/full-batch.toml
    """
    _choose(theme, voice)
    from reluviz.core import Experiment, load_or_train
    from reluviz.stage.render import render
    from reluviz.story.unscripted.one_run import check_can_be_filmed
    from reluviz.story.unscripted.two_runs import tell_two

    experiments = [Experiment.open(one) for one in (name, other)]
    for experiment, source in zip(experiments, (name, other), strict=True):
        check_can_be_filmed(experiment, source)
    runs = [load_or_train(experiment) for experiment in experiments]
    for run in runs:
        _report(f"trained {run.name}: {run.last:,} iterations")
    click.echo(str(render(tell_two(*runs), "any_two", output, quality=quality, report=_report)))


def _choose(theme: str | None, voice: str | None) -> None:
    """Sets theme and voice, and looks at once whether there are such."""
    if theme is not None:
        os.environ["RELUVIZ_THEME"] = theme
    if voice is not None:
        os.environ["RELUVIZ_VOICE"] = voice
    from reluviz.theme import theme_from_environment
    from reluviz.voice.speech import voice_from_environment

    theme_from_environment()
    voice_from_environment()


def _report(line: str) -> None:
    click.echo(line, err=True)
