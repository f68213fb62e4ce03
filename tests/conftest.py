"""What tests of several rooms share."""

from __future__ import annotations

from pathlib import Path

import pytest


@pytest.fixture(scope="session")
def videos(tmp_path_factory) -> Path:
    """A folder as media/videos is: the films one-neuron (with sound) and my-own (without)."""
    from tests.publish.kink import render_films  # here, since Manim takes a second

    folder, videos = tmp_path_factory.mktemp("render"), tmp_path_factory.mktemp("videos")
    render_films(folder, videos)
    return videos
