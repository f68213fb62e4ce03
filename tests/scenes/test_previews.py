"""Each film rendered for real at 480p15 with the voice: streams, length, captions, sections, and whether it lives.

Its counter stands and its iteration lines are left out, so that neither passes for motion. `make test-slow`.
"""

import av
import numpy as np
import pytest
import srt

from reluviz.voice.speech import voice
from tests.scenes.conftest import film_classes, render
from tests.scenes.liveliness import liveliness, without_what_only_counts

pytestmark = pytest.mark.slow

FILMS = [film for film in film_classes() if film.__name__ != "AnyRun"]
LENGTHS = {"Teaser": (20, 30), "AnyTwo": (30, 150)}
"""Seconds, where a film is not of the usual length."""


@pytest.fixture(scope="module", params=FILMS, ids=lambda film: film.__name__)
def rendered(request, tmp_path_factory):
    folder = tmp_path_factory.mktemp("film")
    with without_what_only_counts():
        return render(request.param, folder, voice=voice("hibari"), width=854, height=480, fps=15)


def test_a_film_at_480p(rendered):
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
    low, high = LENGTHS.get(type(rendered.scene).__name__, (60, 150))
    assert low <= seconds <= high
    assert seconds == pytest.approx(rendered.scene.renderer.time, abs=1e-6)
    told = [beat.name for beat in rendered.scene.story.beats]
    assert [section.name for section in rendered.scene.renderer.file_writer.sections] == told
    for caption in srt.parse(rendered.srt.read_text()):
        assert 0 <= caption.start.total_seconds() < caption.end.total_seconds() <= seconds


def test_it_stands_still_for_a_fifth_at_most_and_never_for_long(rendered):
    seen = liveliness(rendered.mp4, rendered.scene.contents()["questions"])
    assert seen.still <= 0.2
    assert [stretch for stretch in seen.still_stretches if stretch[1] > 4.0] == []


def test_its_stage_is_never_empty(rendered):
    seen = liveliness(rendered.mp4)
    assert [(start, length) for start, length in seen.empty_stretches if start + length > 0.3] == []
