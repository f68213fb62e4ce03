"""The commands for the films of the series: render, where. Each imports what it needs when it runs."""

from __future__ import annotations

import subprocess
import sys
import time
from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor, as_completed
from pathlib import Path
from typing import TYPE_CHECKING

import click

from reluviz.cli.console import film_progress, output_option
from reluviz.cli.films import film_options
from reluviz.errors import UserError

if TYPE_CHECKING:
    from reluviz.theme import Theme


@click.command()
@click.argument("names", nargs=-1, metavar="[NAME|FILE.py]...")
@output_option("media/videos")
@film_options
@click.option("--jobs", type=click.IntRange(min=1), default=1, show_default=True, help="Films rendered at a time.")
def render(names: tuple[str, ...], quality: str, theme: Theme, voice: str, output: Path, jobs: int) -> None:
    """Render films of the series, or of your own; without a name, all of the series.

    A film is rendered where something that it is made from has changed: scene, script, runs, code, quality, theme or
    voice. The old one stays until the new one is whole.

    \b
    Examples:
      reluviz render one-neuron -q h
      reluviz render --jobs 2
      reluviz render my_film.py
    """
    from reluviz.stage.made_from import is_up_to_date, made_from
    from reluviz.stage.render import scene_file, series
    from reluviz.story.names import film_name
    from reluviz.voice.speech import voice as voice_called

    voice_called(voice)  # a mistake is told before all else
    wanted = {name: scene_file(name) for name in names or series()}
    asked = {"quality": quality, "theme": theme.name, "voice": voice}
    there = {name: output / f"{film_name(scene.stem)}.mp4" for name, scene in wanted.items()}
    digests = {name: made_from(scene, **asked) for name, scene in wanted.items()}
    anew = [name for name in wanted if not is_up_to_date(there[name], digests[name])]
    for name in (name for name in wanted if name not in anew):
        click.echo(f"{there[name]}: up to date" if len(wanted) > 1 else str(there[name]))
    if len(wanted) == 1 and anew:
        _render_one(anew[0], digests[anew[0]], quality, theme, voice, output)
    elif anew:
        _render_many(anew, [f"--{key}={value}" for key, value in asked.items()] + [f"--output={output}"], jobs)


def _render_one(name: str, digest: str, quality: str, theme: Theme, voice: str, output: Path) -> None:
    from reluviz.stage.render import render, scene_class, scene_file
    from reluviz.story.names import film_name
    from reluviz.voice.speech import voice as voice_called

    scene = scene_file(name)
    beats = scene_class(scene).read_script().beats
    lengths = {str(beat.get("name")): len(str(beat.get("narration", ""))) for beat in beats}
    with film_progress(film_name(scene.stem), lengths) as on_beat:
        film = render(
            scene, film_name(scene.stem), output,
            quality=quality, theme=theme, voice=voice_called(voice), on_beat=on_beat, made_from=digest,
        )  # fmt: skip
    click.echo(str(film))


def _render_many(names: Sequence[str], options: Sequence[str], jobs: int) -> None:
    """A process a film, `jobs` at a time. What fails is told, and the others are made all the same."""
    began, failed = time.monotonic(), []

    def made(name: str) -> subprocess.CompletedProcess[str]:
        command = [sys.executable, "-m", "reluviz", "render", name, *options]
        return subprocess.run(command, stdin=subprocess.DEVNULL, capture_output=True, text=True)

    click.echo(f"rendering {len(names)} films", err=True)
    pool = ThreadPoolExecutor(jobs)
    try:
        films = {pool.submit(made, name): name for name in names}
        for done, film in enumerate(as_completed(films), start=1):
            process = film.result()
            if process.returncode == 0:
                told = process.stdout.strip()
            else:
                failed.append(films[film])
                lines = process.stderr.strip().splitlines() or [f"ended with code {process.returncode}"]
                told = f"{films[film]}: {lines[-1]}"
            left = len(names) - done
            seconds = (time.monotonic() - began) / done * left
            click.echo(f"{done}/{len(names)} {told}" + (f"; {left} left, about {seconds:.0f} s" if left else ""))
    finally:
        pool.shutdown(cancel_futures=True)
    if failed:
        raise UserError(f"not rendered: {', '.join(failed)}")


@click.command()
@click.argument("name")
def where(name: str) -> None:
    """Print the scene file of a film of the series, for Manim itself.

    \b
    Example:
      manim -pql "$(reluviz where one-neuron)"
    """
    from reluviz.stage.render import scene_file

    click.echo(str(scene_file(name)))
