"""The measure of stillness sees what stands still, what moves and what is empty."""

import av
import numpy as np
import pytest

from tests.scenes.liveliness import liveliness


@pytest.fixture(scope="module")
def film(tmp_path_factory):
    """A bar that stands for 2 s, moves for 2 s and is gone for 1 s, at 10 frames a second."""
    path = tmp_path_factory.mktemp("film") / "bar.mp4"
    with av.open(str(path), "w") as container:
        stream = container.add_stream("libx264", rate=10, options={"crf": "10"})
        stream.width, stream.height, stream.pix_fmt = 320, 180, "yuv420p"
        for k in range(50):
            picture = np.full((180, 320, 3), 20, dtype=np.uint8)
            if k < 40:
                left = 20 + 6 * max(k - 19, 0)
                picture[80:120, left : left + 40] = 240
            for packet in stream.encode(av.VideoFrame.from_ndarray(picture, format="rgb24")):
                container.mux(packet)
        for packet in stream.encode():
            container.mux(packet)
    return path


def test_still_moving_and_empty_are_told_apart(film):
    seen = liveliness(film)
    assert seen.still == pytest.approx((19 + 9) / 50, abs=0.03)
    assert seen.still_stretches[0] == pytest.approx((0.1, 1.9), abs=0.11)
    assert seen.empty_stretches == (pytest.approx((4.0, 1.0), abs=0.01),)


def test_a_question_may_stand_still(film):
    assert liveliness(film, [{"start": 0.0, "end": 2.0}]).still == pytest.approx(9 / 50, abs=0.03)
