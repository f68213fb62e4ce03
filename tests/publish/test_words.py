"""Captions, transcript, search and print in a real browser: the words of the film at their second."""

import re

import pytest
import srt
from selenium.webdriver.common.keys import Keys

from tests.publish.browser import Page


def test_the_right_caption_at_a_given_time(page, film):
    """The page's own line says what the SRT said, and the transcript follows."""
    for cue in srt.parse(film.srt.read_text()):
        page.seek((cue.start.total_seconds() + cue.end.total_seconds()) / 2)
        assert page.caption == cue.content
        assert page.js("text('#transcript [aria-current]')") == cue.content.replace("\n", " ")
    page.seek(film.beats[1].start - 0.05)
    assert page.caption == "", "silence has no caption"
    assert page.js("text('#transcript [tabindex=\"0\"]')").endswith("rest?"), "but a place"


def test_the_browser_s_own_captions_say_the_same(served, film):
    """For where it shows the video without the page. They are WebVTT, in which < is written &lt;."""
    cues = served.js("[...video.textTracks[0].cues].map(c => [c.startTime, c.endTime, c.getCueAsHTML().textContent])")
    told = [[cue.start.total_seconds(), min(cue.end.total_seconds(), film.duration), cue.content]
            for cue in srt.parse(film.srt.read_text())]  # fmt: skip
    assert any("<" in text for _, _, text in told)
    assert [text for *_, text in cues] == [text for *_, text in told]
    for cue, expected in zip(cues, told, strict=True):
        assert cue[:2] == pytest.approx(expected[:2], abs=1e-3)
    served.click(".card[href='#my-own']")
    served.until("video.readyState >= 1", "the other film is there")
    assert served.js("video.textTracks.length") == 1


def test_a_line_of_the_transcript_leads_to_its_second(served, film):
    served.click("#transcript p:nth-of-type(2) a")
    assert served.chapter == "It moves" and served.js("!location.hash")
    assert served.js("document.querySelector('#transcript p:nth-of-type(2) a').hash").startswith("#one-neuron&t=")
    headings = served.js("[...document.querySelectorAll('#transcript h4')].map(h => h.textContent)")
    assert [heading.split(" ", 1)[1] for heading in headings] == [beat.headline for beat in film.beats]
    served.js("document.querySelector('#transcript a[tabindex=\"0\"]').focus()")
    before = served.js("document.activeElement.textContent")
    served.press(Keys.ARROW_DOWN)
    assert served.js("document.activeElement.textContent") != before
    served.press(Keys.ARROW_UP)
    assert served.js("document.activeElement.textContent") == before


def test_search_finds_sentences_and_leads_to_their_second(page, film):
    """A sentence that spans two captions is one; one that begins within a caption begins at its own second."""
    page.type("STOPS all")
    assert page.js("text('#found')") == "2 places in 2 films"
    sentence = page.js("text('#hits a span:last-child')")
    assert sentence == "Then it stops, and that is all there is to see."
    marked = page.js("[...document.querySelectorAll('#hits mark')].map(m => m.textContent)")
    assert marked == ["stops", "all"] * 2
    page.press(Keys.ARROW_DOWN, Keys.ENTER)
    page.until("id('hits').hidden && location.hash.startsWith('#one-neuron&t=') && !video.seeking", "it is there")
    (cue,) = (c for c in srt.parse(film.srt.read_text()) if "Then it stops" in c.content.replace("\n", " "))
    assert cue.start.total_seconds() - 0.01 <= page.second <= cue.end.total_seconds()
    assert page.caption == cue.content and page.complaints() == []


@pytest.mark.parametrize(("query", "found"), [
    ("slope < 2", "2 places in 2 films"), ("<b>", "No film says that."), ("(", ""), (".*", "No film says that."),
    ("kangaroo", "No film says that."), ("  rests ", "2 places in 2 films"), ("it", "12 places in 2 films"),
])  # fmt: skip
def test_search_takes_any_text(served, query, found):
    served.type(query)
    assert served.js("text('#found')") == found and served.js("id('hits').hidden") == (not found)
    served.press(Keys.ESCAPE)
    assert served.js("id('hits').hidden && document.activeElement.id === 'query'")
    assert served.complaints() == []


def test_the_picture_stays_in_sight_while_one_reads_on_a_phone(chromium, addresses):
    phone = Page(chromium, addresses["http"], width=390, height=844, touch=True)
    phone.js("void id('transcript-title').scrollIntoView({behavior: 'instant'})")
    left, top, right, bottom = phone.box("video")
    assert phone.js("scrollY") > 100 and (left, top, right) == (0, 0, 390)
    assert bottom <= phone.box("#transcript")[1] + 1 and phone.box("#transcript")[3] <= 844
    phone.js("void document.querySelector('.cards').scrollIntoView({behavior: 'instant'})")
    assert phone.box("video")[3] < 1, "below, where other things are, it is gone"


def test_printing_gives_the_transcript(served, film):
    """Title, words and questions with their times, and nothing of the player, on white."""
    served.seek(1.0)
    served.command("Emulation.setEmulatedMedia", media="print", features=[])
    try:
        shown = served.js("document.body.innerText")
        assert served.background == "rgb(255, 255, 255)"
        for selector in ("video", ".bar", "#caption", ".cards", "nav", "#search", ".ways", ".use"):
            assert served.js("document.querySelector(arguments[0]).getClientRects().length", selector) == 0, selector
        assert served.js("id('transcript').scrollHeight === id('transcript').clientHeight"), "nothing is cut off"
    finally:
        served.command("Emulation.setEmulatedMedia", media="")
    said = re.sub(r"\s+", " ", shown)
    assert film.title in said
    for beat in film.beats:
        assert f"0:{int(beat.start):02d} {beat.headline} {beat.narration}" in said
    (asked,) = film.questions
    assert f"Questions in the film 0:{int(asked['start']):02d} Which way?" in said
    assert not served.js("document.getElementById('asked').getClientRects().length"), "on paper alone"
