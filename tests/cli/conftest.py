"""Films of the commands, as small as they get."""

from __future__ import annotations

from pathlib import Path

import av
import pytest

from reluviz.stage import render


@pytest.fixture
def tiny(monkeypatch) -> None:
    """Films of the lowest quality are as small as they get."""
    monkeypatch.setitem(render.QUALITIES, "l", (160, 90, 5))


def background(mp4: Path) -> tuple[int, ...]:
    """The colour in a corner of a film's first frame."""
    with av.open(str(mp4)) as container:
        picture = next(container.decode(video=0)).to_ndarray(format="rgb24")
    return tuple(picture[2, 2].tolist())
