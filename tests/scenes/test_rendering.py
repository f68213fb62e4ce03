"""A real film, small: its streams, frames, captions and sections; and the same again from Manim's cache."""

import hashlib

import av
import numpy as np
import pytest
import srt

from reluviz.stage.narrated import encoder_options
from reluviz.stage.parts.moment import Moment
from tests.scenes.beeps import Beeps
from tests.scenes.conftest import film_classes, render

ONE_NEURON = next(film for film in film_classes() if film.__name__ == "OneNeuron")
FPS = 5


@pytest.fixture(scope="module")
def rendered(tmp_path_factory):
    folder = tmp_path_factory.mktemp("film")
    beeps = Beeps(folder / "voice")
    first = render(ONE_NEURON, folder, voice=beeps, caching=True, fps=FPS)
    fingerprint = look_into(first.mp4), first.srt.read_text()
    second = render(ONE_NEURON, folder, voice=beeps, caching=True, fps=FPS)
    return first, fingerprint, second


def look_into(mp4):
    """(frame hashes, seconds of picture, seconds of sound, whether each hundredth of a second is heard)"""
    with av.open(str(mp4)) as container:
        video, audio = container.streams.video[0], container.streams.audio[0]
        frames = [hashlib.sha256(f.to_ndarray(format="gray")).hexdigest() for f in container.decode(video)]
        container.seek(0)
        sound = np.concatenate([f.to_ndarray()[0] for f in container.decode(audio)])
        loud = np.abs(sound[: len(sound) // 480 * 480]).reshape(-1, 480).max(axis=1) > 0.02
        return frames, len(frames) / FPS, len(sound) / audio.rate, loud.astype(int).tolist()


def test_it_is_a_film_with_picture_and_sound(rendered):
    first, (fingerprint, _), _ = rendered
    frames, seconds, sound, _ = fingerprint
    with av.open(str(first.mp4)) as container:
        stream = container.streams.video[0]
        assert (stream.codec_context.name, stream.codec_context.pix_fmt) == ("h264", "yuv420p")
        assert container.streams.audio[0].codec_context.name == "aac"
    assert 40 <= seconds <= 150
    assert seconds == pytest.approx(first.scene.renderer.time, abs=1e-6)
    assert sound <= seconds + 0.1
    assert len(set(frames)) > 0.4 * len(frames), "most frames differ: it moves"


def test_sound_starts_where_each_beat_does(rendered):
    first, ((_, _, _, loud), _), _ = rendered
    begins = np.flatnonzero(np.diff([0, *loud]) == 1) / 100
    told = [beat["start"] for beat in first.scene.contents()["beats"] if beat["narration"]]
    assert begins == pytest.approx([start + 0.6 for start in told], abs=0.1), "a breath into the beat"


def test_a_cached_second_render_has_the_same_frames_sound_and_captions(rendered):
    _, (fingerprint, captions), second = rendered
    frames, seconds, sound, loud = look_into(second.mp4)
    assert frames == fingerprint[0]
    assert (seconds, sound) == (fingerprint[1], fingerprint[2])
    assert loud == fingerprint[3]
    assert second.srt.read_text() == captions


def test_captions_keep_to_the_rules_and_inside_the_film(rendered):
    first, ((_, seconds, _, _), _), _ = rendered
    captions = list(srt.parse(first.srt.read_text()))
    assert captions
    previous = 0.0
    for caption in captions:
        start, end = caption.start.total_seconds(), caption.end.total_seconds()
        assert previous - 2e-3 <= start < end <= seconds
        previous = end
        rows = caption.content.split("\n")
        assert len(rows) <= 2 and max(map(len, rows)) <= 42
    said = " ".join(c.content.replace("\n", " ") for c in captions).split()
    told = " ".join(beat.narration for beat in first.scene.story.beats).split()
    assert said == told


def test_every_beat_is_a_section(rendered):
    first = rendered[0]
    names = [section.name for section in first.scene.renderer.file_writer.sections]
    assert names == [beat.name for beat in first.scene.story.beats]


def test_no_stray_wav_stays(rendered):
    first = rendered[0]
    assert not list(first.mp4.parent.glob("*.wav"))


def test_drawn_corners_are_the_trajectory_s(rendered):
    scene = rendered[0].scene
    run = scene.story.trajectory("run")
    curve, plane = scene.view.network, scene.view.plane
    for iteration in (0, 1, 7, 100, run.last):
        curve.show(Moment.of(run, iteration))
        corners = np.concatenate((curve.points[0::4], curve.points[-1:]))
        x = plane.x_range[0] + (corners[:, 0] - plane.left_edge) / plane.box_width * np.ptp(plane.x_range)
        y = plane.y_range[0] + (corners[:, 1] - plane.bottom_edge) / plane.box_height * np.ptp(plane.y_range)
        np.testing.assert_allclose(y, run.network_at(iteration)(x), atol=1e-9)


def test_keyframes_come_every_two_seconds():
    assert [int(encoder_options(fps)["g"]) / fps for fps in (15, 30, 60)] == [2, 2, 2]
