"""Hostile titles, headlines and narrations, through the kit to Chromium: they are shown as they are, and do nothing."""

from __future__ import annotations

import json
import re
import shutil
from html.parser import HTMLParser

import pytest
from pptx import Presentation

from tests.attacks.conftest import WHOLE, held
from tests.publish.browser import Page
from tests.publish.conftest import chromium, make_kit  # noqa: F401

OWNED = "window.owned = 1"
HOSTILE = [
    f"</script><script>{OWNED}</script>",
    f"\"><img src=x onerror='{OWNED}'>",
    "$& $1 $$ $` FILM TITLE {{ 7 * 7 }} {% raw %}",
    r"\end{frame}\input{/etc/passwd}% #1 ^ ~ _ & \write18{x}",
    ' >}} {{< include /etc/passwd >}} "quoted" \'single\'',
    f"' onmouseover='{OWNED}' x='",
    "&lt;b&gt; &amp; &#60;script&#62; --> ]]> <!-- 00:00:01.000 --> 00:00:02.000",
    "\u202eright to left\u202c \u2028 \u200b 💥 ä <svg/onload=" + OWNED.replace(" ", "") + ">",
]


@pytest.fixture(scope="module", params=HOSTILE if WHOLE else [" ".join(HOSTILE)[:400]])
def hostile(request, videos, tmp_path_factory):
    """A text, and the kit of a film that has it as title, headline, source, and first words."""
    text, folder = request.param, tmp_path_factory.mktemp("hostile")
    for ending in (".mp4", ".srt", ".json"):
        shutil.copyfile(videos / f"my-own{ending}", folder / f"my-own{ending}")
    told = json.loads((folder / "my-own.json").read_text())
    told |= {"title": text, "source": text}
    told["beats"][0] |= {"headline": text, "narration": text + " " + told["beats"][0]["narration"]}
    captions = (folder / "my-own.srt").read_text()
    first = re.search(r"--> .*\n", captions)
    spoken = " ".join(text.split())
    (folder / "my-own.srt").write_text(captions[: first.end()] + spoken + " " + captions[first.end() :])
    (folder / "my-own.json").write_text(json.dumps(told))
    make_kit(folder, folder, folder / "kit", decks=True)
    held("inputs", "hostile title in a page")
    return text, folder / "kit"


class Parts(HTMLParser):
    """The names of the tags in a piece of HTML, and its text."""

    def __init__(self, html: str) -> None:
        super().__init__()
        self.tags: list[str] = []
        self.text = ""
        self.feed(html)

    def handle_starttag(self, tag, attributes):
        self.tags.append(tag)

    def handle_data(self, data):
        self.text += data


def test_it_is_shown_and_does_nothing(chromium, hostile):  # noqa: F811
    text, kit = hostile
    page = Page(chromium, (kit / "index.html").as_uri())
    page.until("document.querySelectorAll('#chapters button').length === 3", "the chapters are listed")
    assert page.js("document.getElementById('film-title').textContent") == text
    assert page.js("document.querySelector('#chapters span:last-child').textContent") == text
    assert " ".join(text.split())[:20] in page.js("document.getElementById('transcript').textContent")
    assert page.js("window.owned") is None and page.js("document.images.length") == 1
    assert [entry for entry in page.browser.get_log("browser") if entry["level"] != "INFO"] == []

    read = "((part) => (name) => part.querySelector(name).textContent)"
    pairs = f"[...document.querySelectorAll('details')].map({read}).map((text) => [text('summary'), text('code')])"
    snippets = dict(page.js(pairs))
    slide = Parts(snippets["reveal.js"])
    assert slide.tags == ["section", "h2", "video"] and text in slide.text
    assert snippets["Quarto"].count('"') == 2 and snippets["Quarto"].count(">}}") == 1
    title = re.search(r"begin\{frame\}\{(.*)\}\n", snippets["LaTeX Beamer"])[1]
    plain = re.sub(r"\\(textbackslash|textasciitilde|textasciicircum)\{\}|\\[{}#$%&_]", "", title)
    assert not re.search(r"[\\{}#$%&_~^]", plain), "no sign is left that means something to LaTeX"


def test_it_is_in_decks_captions_and_manifest(hostile):
    text, kit = hostile
    titles = [" ".join(slide.shapes.title.text.split()) for slide in Presentation(kit / "my-own.pptx").slides]
    assert titles.count(" ".join(text.split())) == 2, "of the whole film, its first chapter"
    assert json.loads((kit / "manifest.json").read_text())["films"][0]["title"] == text
    assert text in (kit / "my-own.txt").read_text()
    for name in ("my-own.vtt", "my-own.chapters.vtt"):
        cues = (kit / name).read_text()
        assert "<" not in cues and len(re.findall("^[0-9:.]+ --> [0-9:.]+$", cues, re.MULTILINE)) >= 3
