"""What tests of several rooms share."""

from __future__ import annotations

import sys
from pathlib import Path

import pytest
from hypothesis import HealthCheck, settings

settings.register_profile("any machine", deadline=None, suppress_health_check=[HealthCheck.too_slow])
settings.load_profile("any machine")  # a test is not wrong because another process has the processor


@pytest.fixture(scope="session", autouse=True)
def texts_of_this_process(tmp_path_factory) -> None:
    """Where Manim keeps the texts it has drawn: two processes in one folder read each other's half-written ones."""
    if "manim" in sys.modules:  # imported here, it would cost the tests that need no film a second
        sys.modules["manim"].config.media_dir = str(tmp_path_factory.mktemp("manim"))


@pytest.fixture(scope="session")
def videos(tmp_path_factory) -> Path:
    """A folder as media/videos is: the films one-neuron (with sound) and my-own (without)."""
    from tests.publish.kink import render_films  # here, since Manim takes a second

    folder, videos = tmp_path_factory.mktemp("render"), tmp_path_factory.mktemp("videos")
    render_films(folder, videos)
    return videos
