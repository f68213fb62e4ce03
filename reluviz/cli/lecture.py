"""The commands of the lecture kit: publish, serve. Each imports what it needs when it runs."""

from __future__ import annotations

from pathlib import Path

import click

from reluviz.cli.films import EXPLAINED


@click.command()
@click.argument("films", nargs=-1, metavar="[FILM]...")
@click.option("--videos", type=click.Path(file_okay=False, path_type=Path), default=Path("media/videos"),
              show_default=True, help="The folder of the rendered films.")  # fmt: skip
@click.option("--figures", type=click.Path(file_okay=False, path_type=Path), default=Path("media/figures"),
              show_default=True, help="The folder of the stills; they may be missing.")  # fmt: skip
@click.option("--output", type=click.Path(file_okay=False, path_type=Path),
              help="The folder for the kit; without FILM, media/lecture if left out.")  # fmt: skip
@click.option("--title", default="", help="What the kit is called.")
@click.option("--author", default="", help="Whose it is.")
@click.option("--course", default="", help="The course it is for.")
@click.option("--silent-copies", is_flag=True, help="Also each film without sound.")
@click.option("--clip-files", is_flag=True, help="Also each chapter as a file.")
@click.option("--decks", is_flag=True, help="Also slides with the films in them: a deck a film, and one of all.")
@click.option("--zips", is_flag=True, help="Also a ZIP a film, with all its files.")
def publish(
    films: tuple[str, ...],
    videos: Path,
    figures: Path,
    output: Path | None,
    title: str,
    author: str,
    course: str,
    **extras: bool,
) -> None:
    """Make a lecture kit: films ready to embed, captions, transcripts and a page that plays them.

    FILM is the name of a film in media/videos or media/explained, or the path of its MP4; without one, all films in
    media/videos are taken. What an earlier kit in the folder had and this one is not to have goes.

    \b
    Examples:
      reluviz publish --decks
      reluviz publish my-film --output my-kit --title "Why mine gets stuck" --author "A. Teacher"
    """
    from reluviz.publish import Extras, Imprint, PublishError, find_films, title_for
    from reluviz.publish import publish as make_kit

    if films and output is None:
        raise PublishError("--output is missing; a kit of some films alone needs a folder of its own")
    for option, text in (("title", title), ("author", author), ("course", course)):
        if not text.isprintable() or len(text) > 200:
            raise PublishError(f"--{option}: expected a line of at most 200 characters")
    found = find_films((videos, EXPLAINED), films)
    imprint = Imprint(title.strip() or title_for(found), author.strip(), course.strip())
    click.echo(str(make_kit(found, figures, output or Path("media/lecture"), imprint, Extras(**extras), click.echo)))


@click.command()
@click.argument("folder", type=click.Path(file_okay=False, path_type=Path), default=Path("media/lecture"))
@click.option("--port", type=click.IntRange(0, 65535), default=8000, show_default=True, help="0 takes a free one.")
def serve(folder: Path, port: int) -> None:
    """Preview the lecture kit in FOLDER (media/lecture) in a browser on this machine; Ctrl-C ends it.

    \b
    Example:
      reluviz serve --port 8001
    """
    from reluviz.publish.server import preview

    server = preview(folder, port)
    click.echo(f"http://127.0.0.1:{server.port}/ (Ctrl-C ends it)")
    server.serve_forever()
