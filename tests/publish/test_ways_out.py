"""Out of the film: addresses, links, snippets, files, the next film."""

from itertools import pairwise

import pytest
from selenium.webdriver.common.keys import Keys


def allow_clipboard(page):
    page.command("Browser.grantPermissions", permissions=["clipboardReadWrite", "clipboardSanitizedWrite"])


@pytest.mark.parametrize(("hash", "chapter", "second"), [
    ("#my-own", 0, 0.0), ("#my-own/2", 1, None), ("#my-own&t=3", None, 3.0), ("#my-own&t=2.25", None, 2.25),
    ("#my-own/99", 2, None),
])  # fmt: skip
def test_an_address_opens_a_film_at_a_chapter_or_second(served, film, hash, chapter, second):
    served.come(hash)
    assert served.js("video.currentSrc").endswith("my-own.mp4")
    if chapter is not None:
        assert served.chapter == film.beats[chapter].headline
    assert served.second == pytest.approx(film.beats[chapter].start if second is None else second, abs=0.01)


@pytest.mark.parametrize("hash", ["#nothing", "#%", "#one-neuron&t=x", "#one-neuron/0", "#" + "9" * 400])
def test_an_address_that_leads_nowhere_opens_the_first_film(served, hash):
    served.come(hash)
    assert served.js("video.currentSrc").endswith("one-neuron.mp4")
    assert served.second == 0 and served.complaints() == []


def test_the_link_to_this_second(served):
    allow_clipboard(served)
    served.seek(4.7)
    assert served.js("text('#copy-link')") == "Copy link at 0:04"
    served.click("#copy-link")
    served.until("text('#status') === 'Copied.'", "it says so")
    link = served.js("navigator.clipboard.readText()")
    assert link == f"{served.address}#one-neuron&t=4"
    served.come(link.removeprefix(served.address))
    assert abs(served.second - 4) < 0.01


def test_without_a_clipboard_the_link_is_in_the_address(served):
    served.js("void Object.defineProperty(navigator, 'clipboard', { value: undefined })")
    served.seek(4.7)
    served.click("#copy-link")
    served.until("location.hash === '#one-neuron&t=4'", "it is there")
    assert served.complaints() == []


def test_snippets_can_be_copied(served):
    allow_clipboard(served)
    served.js("document.querySelector('.copy').focus()")
    served.press(Keys.ENTER)
    served.until("text('#status') === 'Copied.'", "it says so")
    copied = served.js("navigator.clipboard.readText()")
    assert copied.startswith('<video src="one-neuron.mp4"') and 'src="one-neuron.vtt"' in copied


def test_snippets_tell_of_this_film(served, film):
    texts = served.js("[...document.querySelectorAll('code')].map((code) => code.textContent)")
    assert any('src="index.html#one-neuron"' in text and 'title="A kink &#38; its film"' in text for text in texts)
    assert texts[-1].strip() == film.sentence.replace("<", "‹"), "shorter than three chapters of ten seconds"


def test_files_have_names_and_sizes(served, kit, film):
    link = "(row) => [row.querySelector('a').getAttribute('href'), row.textContent]"
    rows = served.js(f"[...document.querySelectorAll('#files li')].map({link})")
    told = dict(rows)
    assert told["one-neuron.txt"] == "Transcript one-neuron.txt, 1 kB"
    assert all((kit / path).is_file() and path in text and text[-2:] in ("kB", "MB") for path, text in rows)
    ranges = served.js("[...document.querySelectorAll('#ranges a')].map(a => [a.textContent, a.getAttribute('href')])")
    assert [text for text, _ in ranges] == [beat.headline for beat in film.beats]
    assert ranges[1][1] == f"one-neuron.mp4#t={film.beats[1].start:.2f},{film.beats[1].end:.2f}"


def test_the_next_film_is_offered_at_the_end(served, film):
    served.seek(film.duration - 0.3)
    assert served.js("id('next-film').hidden")
    served.js("void video.play()")
    served.until("!id('next-film').hidden", "it is offered")
    assert served.js("text('#next-film')") == "Next: A kink & its film"
    served.click("#next-film")
    served.until("video.currentSrc.endsWith('my-own.mp4') && id('next-film').hidden", "it is there")
    served.until("video.readyState >= 1", "and loaded")
    served.seek(film.duration - 0.3)
    served.js("void video.play()")
    served.until("video.ended", "at the last film's end")
    assert served.js("id('next-film').hidden"), "there is none"


def test_the_same_link_leads_there_again(served):
    served.type("Then it stops")
    served.click("#hits a")
    served.until("video.currentTime > 5 && !video.seeking", "it is there")
    there = served.second
    served.press("0")
    served.until("video.currentTime === 0", "elsewhere")
    served.click("#hits a")
    served.until(f"Math.abs(video.currentTime - {there}) < 0.01", "there again")


def test_in_a_frame_of_another_page_the_film_is_alone(served):
    """As its snippet writes it: the picture whole, and below it words, bar and the way into the lab."""
    snippets = served.js("[...document.querySelectorAll('code')].map(code => code.textContent)")
    (code,) = (snippet for snippet in snippets if snippet.startswith("<iframe"))
    served.js("void (document.body.innerHTML = arguments[0])", f"<h1>Week 3</h1>{code}")
    served.browser.switch_to.frame(0)
    served.until("video?.readyState >= 1", "its metadata are there")
    assert served.js("video.currentSrc").endswith("one-neuron.mp4")
    for selector in (".top", ".side", ".cards", ".use", ".foot"):
        assert served.js("document.querySelector(arguments[0]).getClientRects().length", selector) == 0, selector
    boxes = [served.box(selector) for selector in ("video", "#caption", ".bar", ".ways")]
    assert all(above[3] <= below[1] for above, below in pairwise(boxes)) and boxes[-1][3] <= served.js("innerHeight")
    assert served.js("document.documentElement.scrollHeight <= innerHeight")
