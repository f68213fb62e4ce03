"""The lecture kit made of two tiny films."""

from __future__ import annotations

import json
import os
import shutil
from pathlib import Path

import av
import pytest

from reluviz.publish import Extras, Imprint, find_films, publish
from reluviz.publish.film import Film


@pytest.fixture(scope="session")
def figures(tmp_path_factory) -> Path:
    folder = tmp_path_factory.mktemp("figures")
    for name in ("one-neuron-end.png", "two-neurons-end.png"):
        (folder / name).write_bytes(b"\x89PNG")
    return folder


@pytest.fixture(scope="session")
def kit(videos, figures, tmp_path_factory) -> Path:
    """With all that is made on demand."""
    output = tmp_path_factory.mktemp("media") / "lecture"
    return make_kit(videos, figures, output, silent_copies=True, clip_files=True, decks=True, zips=True)


@pytest.fixture(scope="session")
def film(videos) -> Film:
    return Film.open(videos / "one-neuron.json")


@pytest.fixture
def own_videos(videos, tmp_path) -> Path:
    """A copy of the folder of films, to be spoiled."""
    return Path(shutil.copytree(videos, tmp_path / "videos"))


def make_kit(videos: Path, figures: Path, output: Path, **extras: bool) -> Path:
    """The kit of all films in `videos`; returns its folder."""
    imprint = Imprint("Kinks & films", "A. Teacher", "Networks 1")
    assert publish(find_films([videos]), figures, output, imprint, Extras(**extras)) == output / "index.html"
    return output


def change(contents: Path, **values) -> None:
    """Writes other values into a film's contents."""
    contents.write_text(json.dumps(json.loads(contents.read_text()) | values))


def pictures(path: Path) -> list[bytes]:
    """Every decoded frame of a film."""
    with av.open(str(path)) as container:
        return [frame.to_ndarray(format="gray").tobytes() for frame in container.decode(video=0)]


def needed(tool: str | None, name: str) -> str:
    """What a test with a part from outside needs: skips where it is missing, but fails in CI, where it must be."""
    if tool is None:
        if os.environ.get("CI") == "true":
            pytest.fail(f"{name} is missing; .ci/run installs it")
        pytest.skip(f"needs {name}")
    return tool
