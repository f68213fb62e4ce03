"""The lecture kit made of two tiny films."""

from __future__ import annotations

import json
import shutil
import threading
from pathlib import Path

import av
import pytest

from reluviz.publish import Extras, Imprint, find_films, publish
from reluviz.publish.film import Film
from reluviz.publish.server import preview
from tests.publish.browser import Page, start


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


@pytest.fixture(scope="module")
def chromium(tmp_path_factory):
    browser = start(tmp_path_factory.mktemp("chromium"))
    yield browser
    browser.quit()


@pytest.fixture(scope="module")
def addresses(kit):
    """Of the kit's page: as a file and over HTTP."""
    server = preview(kit, 0)
    thread = threading.Thread(target=server.serve_forever, daemon=True)
    thread.start()
    yield {"file": (kit / "index.html").as_uri(), "http": f"http://127.0.0.1:{server.port}/"}
    server.shutdown()
    thread.join()
    server.server_close()


@pytest.fixture(params=["file", "http"])
def page(request, chromium, addresses):
    return Page(chromium, addresses[request.param])


@pytest.fixture
def served(chromium, addresses):
    return Page(chromium, addresses["http"])


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
