"""The commands for experiments of one's own: new, explain, compare. Each imports what it needs when it runs."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from reluviz.cli.console import film_progress, output_option, theme_option, training_progress

if TYPE_CHECKING:
    from reluviz.story.script import Story
    from reluviz.theme import Theme
    from reluviz.voice.speech import Voice

EXPLAINED = Path("media/explained")
"""Where films of one's own are made."""


def film_options(command: Any) -> Any:
    """The options that every command which renders has, but for its folder."""
    for option in (
        click.option("--voice", envvar="RELUVIZ_VOICE", default="hibari",
                     help="hibari or silent; as RELUVIZ_VOICE says, else hibari."),
        theme_option,
        click.option("-q", "--quality", type=click.Choice(["l", "m", "h", "k"]), default="m",
                     show_default=True, help="480p15, 720p30, 1080p60 or 2160p60."),
    ):  # fmt: skip
        command = option(command)
    return command


@click.command()
@click.argument("file", metavar="FILE.toml", type=click.Path(dir_okay=False, path_type=Path))
@click.option("--like", default="merging-neurons", show_default=True,
              help="The experiment to start from: a name, a file, or a link from the lab.")  # fmt: skip
def new(file: Path, like: str) -> None:
    """Write an experiment to start from, with a comment for every key.

    \b
    Example:
      reluviz new mine.toml --like two-neurons
    """
    from reluviz.core.starter import write_new
    from reluviz.lab.link import open_experiment

    write_new(file, open_experiment(like))
    click.echo(f"{file}: change what you like, then: reluviz explain {file}")


@click.command()
@click.argument("name", metavar="FILE.toml|NAME|LINK")
@output_option(str(EXPLAINED))
@film_options
def explain(name: str, quality: str, theme: Theme, voice: str, output: Path) -> None:
    """Train an experiment and make a narrated film of what happened in it.

    \b
    Examples:
      reluviz explain mine.toml
      reluviz explain mine.toml -q h --theme light --voice silent
    """
    from reluviz.core import load_or_train
    from reluviz.lab.link import open_experiment
    from reluviz.story.unscripted.one_run import check_can_be_filmed, tell_run
    from reluviz.voice.speech import voice as voice_called

    speaker = voice_called(voice)
    experiment = open_experiment(name)
    check_can_be_filmed(experiment, name)
    with training_progress(experiment) as progress:
        run = load_or_train(experiment, progress=progress)
    _report(f"trained: {run.last:,} iterations")
    _render("any-run", tell_run(run), quality, theme, speaker, output)


@click.command()
@click.argument("name", metavar="FILE.toml|NAME")
@click.argument("other", metavar="FILE.toml|NAME")
@output_option(str(EXPLAINED))
@film_options
def compare(name: str, other: str, quality: str, theme: Theme, voice: str, output: Path) -> None:
    """Make a narrated film of two experiments side by side.

    \b
    Example:
      reluviz compare examples/noise-frees.toml examples/full-batch.toml
    """
    from reluviz.core import Experiment, load_or_train
    from reluviz.story.unscripted.one_run import check_can_be_filmed
    from reluviz.story.unscripted.two_runs import tell_two
    from reluviz.voice.speech import voice as voice_called

    speaker = voice_called(voice)
    experiments = [Experiment.open(one) for one in (name, other)]
    for experiment, source in zip(experiments, (name, other), strict=True):
        check_can_be_filmed(experiment, source)
    runs = [load_or_train(experiment) for experiment in experiments]
    for run in runs:
        _report(f"trained {run.name}: {run.last:,} iterations")
    _render("any-two", tell_two(*runs), quality, theme, speaker, output)


def _render(scene: str, story: Story, quality: str, theme: Theme, voice: Voice, output: Path) -> None:
    """Renders what a scene makes of a story, says how far it is, and prints where the film lies."""
    from reluviz.stage.render import render, scene_file

    _report(f"told: {len(story.beats)} beats; the film is called {story.name}")
    with film_progress(story.name, {beat.name: len(beat.narration) for beat in story.beats}) as on_beat:
        film = render(
            scene_file(scene), story.name, output,
            quality=quality, theme=theme, voice=voice, story=story, on_beat=on_beat,
        )  # fmt: skip
    click.echo(str(film))


def _report(line: str) -> None:
    click.echo(line, err=True)
