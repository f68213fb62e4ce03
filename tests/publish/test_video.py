"""The kit's MP4 files as PyAV and their bytes show them."""

import json
import struct
from itertools import pairwise

import av
import numpy as np
import pytest

from reluviz.publish import PublishError
from reluviz.publish.film import Film
from reluviz.publish.video import copy_film, cut_clip, posters
from tests.publish.conftest import change, pictures
from tests.publish.kink import FPS


def boxes(path):
    """The names of an MP4's outermost boxes, in order."""
    data, at, names = path.read_bytes(), 0, []
    while at < len(data):
        size, name = struct.unpack(">I4s", data[at : at + 8])
        names.append(name.decode())
        at += size
    return names


def sound(path):
    with av.open(str(path)) as container:
        rate = container.streams.audio[0].rate
        return rate, np.concatenate([f.to_ndarray()[0] for f in container.decode(audio=0)])


def clips(kit, film):
    return [kit / film.clip_name(number) for number in range(1, len(film.beats) + 1)]


def all_films(kit):
    return sorted(kit.rglob("*.mp4"))


def test_there_are_films_and_clips(kit):
    assert len(all_films(kit)) == 2 * (2 + 3)


def test_codecs_and_colours(kit):
    for path in all_films(kit):
        with av.open(str(path)) as container:
            video = container.streams.video[0].codec_context
            assert (video.name, video.profile, video.pix_fmt) == ("h264", "High", "yuv420p"), path
            # BT.709 light, converted with BT.601's matrix, limited range: as Manim converts
            assert (video.color_primaries, video.color_trc, video.colorspace) == (1, 1, 6), path
            speaks = path.name.startswith("one-neuron") and "silent" not in path.name
            assert [(a.codec_context.name, a.rate) for a in container.streams.audio] == [("aac", 48000)] * speaks


def test_index_comes_before_the_data(kit):
    for path in all_films(kit):
        names = boxes(path)
        assert names.index("moov") < names.index("mdat"), path


def test_title_chapters_and_runs_are_in_the_film(kit, film):
    for name in ("one-neuron", "one-neuron-silent"):
        with av.open(str(kit / f"{name}.mp4")) as container:
            assert container.metadata["title"] == "A kink & its film"
            assert film.runs["run"]["digest"] in container.metadata["comment"]
            chapters = container.chapters()
        assert [c["metadata"]["title"] for c in chapters] == ["Slope < 2: it grows", "It moves", "It rests"]
        for chapter, beat in zip(chapters, film.beats, strict=True):
            assert float(chapter["start"] * chapter["time_base"]) == pytest.approx(beat.start, abs=1e-3)
            assert float(chapter["end"] * chapter["time_base"]) == pytest.approx(beat.end, abs=1e-3)
    with av.open(str(kit / film.clip_name(2))) as container:
        assert container.metadata["title"] == "A kink & its film: It moves"


def test_a_keyframe_every_two_seconds_and_at_every_chapter(kit, film):
    with av.open(str(kit / "one-neuron.mp4")) as container:
        keys = [float(p.pts * p.time_base) for p in container.demux(video=0) if p.dts is not None and p.is_keyframe]
    assert all(later - earlier <= 2 + 1e-6 for earlier, later in pairwise([*keys, film.duration]))
    for beat in film.beats:
        assert min(abs(beat.start - key) for key in keys) < 1e-3


def test_no_frame_changes(kit, film):
    original = pictures(film.mp4)
    assert len(original) == round(film.duration * FPS) and len(set(original)) > 40
    assert pictures(kit / "one-neuron.mp4") == original
    assert pictures(kit / "one-neuron-silent.mp4") == original
    assert [picture for clip in clips(kit, film) for picture in pictures(clip)] == original


def test_clips_last_as_long_as_their_chapters(kit, film):
    lengths = []
    for clip, beat in zip(clips(kit, film), film.beats, strict=True):
        with av.open(str(clip)) as container:
            lengths.append(container.duration / 1e6)
            assert all(float(s.start_time * s.time_base) == pytest.approx(0, abs=1e-3) for s in container.streams)
        assert lengths[-1] == pytest.approx(beat.end - beat.start, abs=1 / 60)
    assert sum(lengths) == pytest.approx(film.duration, abs=len(lengths) / 60)


def test_a_clip_has_its_chapter_s_sound(kit, film):
    """Every beat beeps from 0.1 s after its headline stands on, the first 0.6 s after the film begins."""
    rate, whole = sound(film.mp4)
    assert np.abs(sound(kit / "one-neuron.mp4")[1] - whole).max() == 0
    for clip, beat, lead in zip(clips(kit, film), film.beats, (0.6, 0.1, 0.1), strict=True):
        _, part = sound(clip)
        start = np.flatnonzero(np.abs(part) > 0.1)[0] / rate
        expected = np.flatnonzero(np.abs(whole[int(beat.start * rate) :]) > 0.1)[0] / rate
        assert expected == pytest.approx(lead, abs=0.03)
        assert start == pytest.approx(expected, abs=0.025)


def test_a_chapter_that_starts_between_keyframes_is_refused(own_videos, tmp_path):
    contents = own_videos / "one-neuron.json"
    beats = json.loads(contents.read_text())["beats"]
    beats[1]["headline_at"] += 0.2
    change(contents, beats=beats)
    with pytest.raises(PublishError, match=r"one-neuron.mp4: no keyframe at \d+\.\d\d s"):
        cut_clip(Film.open(contents), 2, tmp_path / "clip.mp4")


def test_a_poster_is_an_early_frame_with_the_chapter_s_own_headline(film):
    """Neither an empty first frame, nor the headline of the chapter before, nor how the chapter ends."""
    for poster, beat in zip(posters(film), film.beats, strict=True):
        assert beat.start <= poster.second <= beat.start + 2.0
        assert len(poster.picture.getcolors(1 << 20)) > 20
        assert poster.picture.size == (320, 180)


def test_the_film_s_poster_is_that_of_its_first_chapter(kit, film):
    first = (kit / clips(kit, film)[0].name).with_suffix(".jpg").name
    assert (kit / "one-neuron.jpg").read_bytes() == (kit / "clips" / first).read_bytes()
    assert json.loads((kit / "manifest.json").read_text())["films"][0]["poster_at"] < 2.0


def test_a_silent_film_copies_as_well(videos, tmp_path):
    film = Film.open(videos / "my-own.json")
    copy_film(film, tmp_path / "copy.mp4")
    with av.open(str(tmp_path / "copy.mp4")) as container:
        assert not container.streams.audio and container.streams.video[0].frames == round(film.duration * FPS)
