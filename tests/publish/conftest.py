"""A tiny film rendered for real, with a beeping voice and without, and the lecture kit made of both."""

from __future__ import annotations

import json
import os
import shutil
from pathlib import Path

import av
import pytest
from manim import RIGHT, Dot, smooth

from reluviz.publish import publish
from reluviz.publish.film import Film
from reluviz.stage.scene import ExplainerScene
from reluviz.voice.speech import SilentVoice
from tests.scenes.beeps import Beeps
from tests.scenes.conftest import render

FPS = 10
BEATS = ("first_look", "move", "end")


class Kink(ExplainerScene):
    """Three beats, one of them with a movement of five seconds: longer than a keyframe may be away."""

    script = str(Path(__file__).parent / "script.toml")

    def construct(self):
        dot = Dot(color=self.theme.accent, radius=0.4)
        with self.beat("first_look"):
            self.reveal(dot)
        with self.beat("move"):
            self.play(dot.animate.shift(5 * RIGHT), run_time=5, rate_func=smooth)
        with self.beat("end"):
            self.wait(0.4)


def _render(folder: Path, videos: Path, name: str, voice) -> None:
    made = render(Kink, folder, voice=voice, width=320, height=180, fps=FPS)
    for ending in (".mp4", ".srt", ".json"):
        shutil.copyfile(made.mp4.with_suffix(ending), videos / f"{name}{ending}")


@pytest.fixture(scope="session")
def videos(tmp_path_factory) -> Path:
    """A folder as media/videos is: the films one-neuron (with sound) and my-own (without)."""
    folder, videos = tmp_path_factory.mktemp("render"), tmp_path_factory.mktemp("videos")
    _render(folder / "a", videos, "one-neuron", Beeps(folder / "voice"))
    _render(folder / "b", videos, "my-own", SilentVoice())
    return videos


@pytest.fixture(scope="session")
def figures(tmp_path_factory) -> Path:
    folder = tmp_path_factory.mktemp("figures")
    for name in ("one-neuron-end.png", "two-neurons-end.png"):
        (folder / name).write_bytes(b"\x89PNG")
    return folder


@pytest.fixture(scope="session")
def kit(videos, figures, tmp_path_factory) -> Path:
    output = tmp_path_factory.mktemp("media") / "lecture"
    assert publish(videos, figures, output) == output / "index.html"
    return output


@pytest.fixture(scope="session")
def film(videos) -> Film:
    return Film.open(videos / "one-neuron.json")


@pytest.fixture
def own_videos(videos, tmp_path) -> Path:
    """A copy of the folder of films, to be spoiled."""
    return Path(shutil.copytree(videos, tmp_path / "videos"))


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
