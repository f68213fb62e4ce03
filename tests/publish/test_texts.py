"""Captions, chapters and transcript, read by another library's parser."""

import dataclasses
import re

import pytest
import webvtt

from reluviz.publish import PublishError
from reluviz.publish.film import Film
from reluviz.publish.texts import captions_of, chapters_vtt, clock, transcript, youtube_description


def times(cues):
    return [(cue.start, cue.end) for cue in cues]


def test_vtt_tells_what_the_srt_told_to_the_millisecond(kit, film):
    vtt, srt = webvtt.read(str(kit / "one-neuron.vtt")), webvtt.from_srt(str(film.srt))
    assert len(vtt) >= 4
    assert times(vtt) == times(srt)
    assert any(not cue.start.endswith(".000") for cue in vtt)
    assert [cue.text.replace("&lt;", "<") for cue in vtt] == [cue.text for cue in srt]


def test_a_sign_of_markup_is_escaped(kit):
    text = (kit / "one-neuron.vtt").read_text()
    assert "w &lt; 2" in text and not re.search(r"<(?!$)", text.replace("-->", ""))
    assert "Slope &lt; 2" in (kit / "one-neuron.chapters.vtt").read_text()


def test_cues_lie_inside_the_film(kit, film):
    for name in ("one-neuron.vtt", "one-neuron.chapters.vtt"):
        last = 0.0
        for cue in webvtt.read(str(kit / name)):
            start, end = (seconds(stamp) for stamp in (cue.start, cue.end))
            assert last - 1e-9 <= start < end <= film.duration + 1e-3
            last = start


def seconds(stamp):
    hours, minutes, rest = stamp.split(":")
    return 3600 * int(hours) + 60 * int(minutes) + float(rest)


def test_chapters_are_the_beats(film):
    chapters = webvtt.from_string(chapters_vtt(film))
    assert [cue.text for cue in chapters] == ["Slope &lt; 2: it grows", "It moves", "It rests"]
    for cue, beat in zip(chapters, film.beats, strict=True):
        assert seconds(cue.start) == pytest.approx(beat.start, abs=6e-4)


def test_the_transcript_has_all_words(film):
    text = transcript(film)
    assert text.startswith("A kink & its film\n\n") and "From the article: example 2." in text
    assert "[0:00] Slope < 2: it grows\nHere is a dot, and w < 2 at first." in text
    assert all(beat.narration in text for beat in film.beats)


def test_youtube_s_chapters_keep_its_rules(film):
    def described(*starts, duration):
        beats = [dataclasses.replace(film.beats[0], headline=f"At <{start}>", start=start) for start in starts]
        told = youtube_description(dataclasses.replace(film, beats=tuple(beats), duration=duration))
        sentence, *chapters = told.split("\n\n")
        assert sentence == film.sentence and "<" not in told and ">" not in told
        return chapters[0].split("\n") if chapters else []

    told = described(0.0, 3.9, 10.2, 19.9, 20.7, 61.5, 75.0, duration=84.9)
    assert told == ["0:00 At ‹0.0›", "0:10 At ‹10.2›", "0:20 At ‹20.7›", "1:01 At ‹61.5›"]
    assert described(0.0, 9.9, 15.0, duration=40.0) == [], "two are too few"
    assert described(0.0, 10.0, 20.0, duration=30.0) == ["0:00 At ‹0.0›", "0:10 At ‹10.0›", "0:20 At ‹20.0›"]


def test_a_film_without_captions(own_videos):
    (own_videos / "my-own.srt").unlink()
    assert captions_of(Film.open(own_videos / "my-own.json")) == ()


def test_captions_end_with_the_film(own_videos):
    film = Film.open(own_videos / "my-own.json")
    cues = captions_of(dataclasses.replace(film, duration=2.0))
    assert cues and cues[-1].end <= 2.0


def test_spoiled_captions(own_videos):
    (own_videos / "my-own.srt").write_text("1\nhalf a file")
    with pytest.raises(PublishError, match=r"my-own\.srt: no captions in SRT"):
        captions_of(Film.open(own_videos / "my-own.json"))


@pytest.mark.parametrize(("span", "text"), [(0, "0:00"), (59.99, "0:59"), (60, "1:00"), (104.13, "1:44")])
def test_clock(span, text):
    assert clock(span) == text
