"""The commands of the lecture kit: publish, serve. Each imports what it needs when it runs."""

from __future__ import annotations

from pathlib import Path

import click


@click.command()
@click.option("--videos", type=click.Path(file_okay=False, path_type=Path), default=Path("media/videos"),
              show_default=True, help="The folder of the rendered films.")  # fmt: skip
@click.option("--figures", type=click.Path(file_okay=False, path_type=Path), default=Path("media/figures"),
              show_default=True, help="The folder of the stills; they may be missing.")  # fmt: skip
@click.option("--output", type=click.Path(file_okay=False, path_type=Path), default=Path("media/lecture"),
              show_default=True, help="The folder for the kit.")  # fmt: skip
def publish(videos: Path, figures: Path, output: Path) -> None:
    """Make the lecture kit: films ready to embed, clips, captions, a page that plays them, slides, a manifest.

    \b
    Example:
      reluviz publish
    """
    from reluviz.publish import publish as make_kit

    click.echo(str(make_kit(videos, figures, output, click.echo)))


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
