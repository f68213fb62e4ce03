"""Each film rendered for real at 480p15 with the voice: streams, length, captions, sections. `make test-slow`."""

import av
import numpy as np
import pytest
import srt

from reluviz.voice.speech import voice
from tests.scenes.conftest import film_classes, render

pytestmark = pytest.mark.slow

FILMS = [film for film in film_classes() if film.__name__ != "AnyRun"]


@pytest.mark.parametrize("film", FILMS, ids=lambda film: film.__name__)
def test_a_film_at_480p(film, tmp_path):
    rendered = render(film, tmp_path, voice=voice("hibari"), width=854, height=480, fps=15)
    with av.open(str(rendered.mp4)) as container:
        video, audio = container.streams.video[0], container.streams.audio[0]
        assert (video.codec_context.name, video.codec_context.pix_fmt) == ("h264", "yuv420p")
        assert (video.width, video.height) == (854, 480)
        # Where Manim joins two animations a frame may be 5 of 1024 ticks short.
        assert 15 <= video.average_rate < 15.01
        assert (audio.codec_context.name, audio.rate) == ("aac", 48000)
        seconds = video.frames / 15
        keyframes = [packet.pts * video.time_base for packet in container.demux(video) if packet.is_keyframe]
    assert np.diff([*keyframes, seconds]).max() <= 2.0 + 1e-6
    low, high = (20, 30) if film.__name__ == "Teaser" else (35, 122)
    assert low <= seconds <= high
    assert seconds == pytest.approx(rendered.scene.renderer.time, abs=1e-6)
    told = [beat.name for beat in rendered.scene.story.beats]
    assert [section.name for section in rendered.scene.renderer.file_writer.sections] == told
    for caption in srt.parse(rendered.srt.read_text()):
        assert 0 <= caption.start.total_seconds() < caption.end.total_seconds() <= seconds
