"""The page in a real browser, opened as a file and over HTTP: plays, sounds, seeks, captions, colours, keys."""

import json
import os
import shutil
import threading
from pathlib import Path

import pytest
import srt
from selenium import webdriver
from selenium.webdriver.chrome.service import Service
from selenium.webdriver.common.keys import Keys
from selenium.webdriver.support.wait import WebDriverWait

from reluviz.publish.server import preview
from reluviz.theme import THEMES
from tests.publish.conftest import needed

AXE = Path(__file__).parent / "node" / "node_modules" / "axe-core" / "axe.min.js"
FLAGS = [
    "--headless",
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--disable-dev-shm-usage",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--autoplay-policy=no-user-gesture-required",
    "--force-color-profile=srgb",
    "--window-size=1400,900",
]


@pytest.fixture(scope="module")
def chromium(tmp_path_factory):
    binary = needed(shutil.which("chromium") or shutil.which("google-chrome"), "Chromium")
    driver = needed(shutil.which("chromedriver"), "ChromeDriver")
    options = webdriver.ChromeOptions()
    options.binary_location = binary
    for flag in [*FLAGS, f"--user-data-dir={tmp_path_factory.mktemp('chromium')}"]:
        options.add_argument(flag)
    options.set_capability("goog:loggingPrefs", {"browser": "ALL"})
    os.environ["NO_PROXY"] = "localhost,127.0.0.1"
    browser = webdriver.Chrome(options=options, service=Service(driver))
    yield browser
    browser.quit()


@pytest.fixture(scope="module")
def addresses(kit):
    server = preview(kit, 0)
    thread = threading.Thread(target=server.serve_forever, daemon=True)
    thread.start()
    yield {"file": (kit / "index.html").as_uri(), "http": f"http://127.0.0.1:{server.port}/"}
    server.shutdown()
    thread.join()
    server.server_close()


class Page:
    """The page in the browser, with words for what a reader does and sees."""

    def __init__(self, browser, address):
        self.browser = browser
        browser.get("about:blank")
        browser.get_log("browser")
        browser.get(address)
        self.until("video.readyState >= 1", "its metadata are there")

    def js(self, expression, *arguments):
        script = f"const video = document.getElementById('video'); return {expression}"
        return self.browser.execute_script(script, *arguments)

    def until(self, condition, what):
        WebDriverWait(self.browser, 15, 0.05).until(lambda _: self.js(condition), f"never so: {what}")

    def click(self, selector):
        self.js("document.querySelector(arguments[0]).click()", selector)

    def press(self, *keys):
        self.browser.switch_to.active_element.send_keys(*keys)

    def seek(self, second):
        self.js("void (video.currentTime = arguments[0])", second)
        self.until(f"!video.seeking && Math.abs(video.currentTime - {second}) < 0.3", "it has sought")

    def chapter(self):
        return self.js("document.querySelector('#chapters [aria-current] span:last-child').textContent")

    def caption(self):
        return self.js("document.getElementById('caption').textContent")

    def background(self):
        return self.js("getComputedStyle(document.body).backgroundColor")


@pytest.fixture(params=["file", "http"])
def page(request, chromium, addresses):
    return Page(chromium, addresses[request.param])


@pytest.fixture
def served(chromium, addresses):
    return Page(chromium, addresses["http"])


def rgb(colour):
    return "rgb({}, {}, {})".format(*(int(colour[i : i + 2], 16) for i in (1, 3, 5)))


def test_it_plays_with_sound_and_says_nothing_on_the_console(page):
    page.press(" ")
    page.until("video.currentTime > 0.6", "time moves")
    assert page.js("video.webkitAudioDecodedByteCount") > 1000
    assert page.js("video.getVideoPlaybackQuality().totalVideoFrames") > 2
    page.press(" ")
    page.until("video.paused", "space pauses")
    assert [entry for entry in page.browser.get_log("browser") if entry["level"] != "INFO"] == []


def test_chapters_seek_to_their_first_frame(page, film):
    page.until("document.querySelectorAll('#chapters button').length === 3", "the chapters are listed")
    for number, beat in enumerate(film.beats):
        page.click(f"#chapters li:nth-child({number + 1}) button")
        page.until("!video.seeking", "it has sought")
        assert page.js("video.currentTime") == pytest.approx(beat.start, abs=0.01)
        assert page.chapter() == beat.headline
    for direction, expected in (("previous", 1), ("previous", 0), ("previous", 0), ("next", 1)):
        page.click(f"#{direction}")
        assert page.chapter() == film.beats[expected].headline


def test_the_right_caption_at_a_given_time(page, film):
    """The page's own line and the browser's track say the same, and what the SRT said."""

    page.until("[...video.textTracks].some(t => t.kind === 'captions' && t.cues && t.cues.length)", "cues are read")
    for cue in srt.parse(film.srt.read_text()):
        page.seek((cue.start.total_seconds() + cue.end.total_seconds()) / 2)
        active = "[...[...video.textTracks].find(t => t.kind === 'captions').activeCues].map(c => c.text)"
        page.until(f"{active}.length === 1", "a cue is active")
        page.until("document.querySelector('#transcript [aria-current]')", "the transcript follows")
        assert page.js(f"{active}[0].replaceAll('&lt;', '<')") == cue.content == page.caption()
        marked = page.js("document.querySelector('#transcript [aria-current]').textContent")
        assert marked == cue.content.replace("\n", " ")
    page.seek(film.beats[1].start - 0.05)
    page.until("document.getElementById('caption').textContent === ''", "silence has no caption")


def test_captions_can_be_hidden(served):
    assert served.js("!document.getElementById('caption').hidden")
    served.press("c")
    assert served.js("document.getElementById('caption').hidden")
    assert served.js("document.getElementById('captions').getAttribute('aria-pressed')") == "false"
    served.press("c")
    assert served.js("!document.getElementById('caption').hidden")


def test_colours_follow_the_system_until_chosen(page):
    def prefers(scheme):
        feature = {"features": [{"name": "prefers-color-scheme", "value": scheme}]}
        page.browser.execute_cdp_cmd("Emulation.setEmulatedMedia", feature)

    page.js("void localStorage.clear()")
    page.browser.refresh()
    for scheme in ("light", "dark"):
        prefers(scheme)
        assert page.background() == rgb(THEMES[scheme].background)
    page.click("#theme")
    assert page.background() == rgb(THEMES["light"].background)
    page.click("#theme")
    prefers("light")
    assert page.background() == rgb(THEMES["dark"].background)
    page.browser.refresh()
    assert page.background() == rgb(THEMES["dark"].background), "the choice is kept"
    page.click("#theme")
    assert page.background() == rgb(THEMES["light"].background)
    assert page.js("document.getElementById('theme').textContent") == "Colours: automatic"


def test_keys(served, film):
    """Without a mouse: five seconds, chapters, loop; a button keeps its own space."""
    served.press("]")
    served.until("!video.seeking", "it has sought")
    assert served.chapter() == "It moves"
    served.press("]", "[")
    assert served.chapter() == "It moves"
    served.press(Keys.ARROW_RIGHT)
    served.until(f"Math.abs(video.currentTime - {film.beats[1].start + 5}) < 0.05", "five seconds on")
    served.press(Keys.ARROW_LEFT, Keys.ARROW_LEFT)
    served.until(f"Math.abs(video.currentTime - {max(film.beats[1].start - 5, 0)}) < 0.05", "ten seconds back")
    served.press("l")
    assert served.js("document.getElementById('loop').getAttribute('aria-pressed')") == "true"
    served.js("document.getElementById('captions').focus()")
    served.press(" ")
    assert served.js("video.paused && document.getElementById('caption').hidden")


def test_every_control_is_reached_by_tab(served):
    served.js("void document.getElementById('film-title').focus()")
    reached = []
    for _ in range(60):
        served.press(Keys.TAB)
        reached.append(served.js("document.activeElement.id || document.activeElement.className "
                                 "|| document.activeElement.textContent.trim()"))  # fmt: skip
    for control in ("video", "previous", "next", "loop", "captions", "speed", "card", "copy", "HTML", "lecture.pptx"):
        assert control in reached, reached


@pytest.mark.parametrize("number", [2, 3], ids=["within", "last"])
def test_a_looped_chapter_comes_again(served, film, number):
    beat = film.beats[number - 1]
    served.click(f"#chapters li:nth-child({number}) button")
    served.click("#loop")
    served.seek(beat.end - 0.4)
    served.js("void video.play()")
    served.until(f"video.currentTime < {beat.start + 0.5} || video.currentTime > {beat.end + 0.2}", "it goes on")
    assert beat.start <= served.js("video.currentTime") <= beat.end, "again, not on into the next chapter"
    assert not served.js("video.paused") and served.chapter() == beat.headline
    served.click("#chapters li:nth-child(1) button")
    assert served.js("document.getElementById('loop').getAttribute('aria-pressed')") == "false"
    served.js("void video.pause()")


def test_transcript_speed_and_another_film(served):
    served.click("#transcript p:nth-child(2) button")
    served.until("document.querySelector('#chapters li:nth-child(2) [aria-current]')", "the second chapter")
    served.js("void (document.getElementById('speed').value = '1.5')")
    served.js("void document.getElementById('speed').dispatchEvent(new Event('change'))")
    assert served.js("video.playbackRate") == 1.5
    served.click(".card[href='#my-own']")
    served.until("video.currentSrc.endsWith('my-own.mp4') && video.readyState >= 1", "the other film is there")
    assert served.js("document.activeElement.id") == "film-title"
    assert served.js("video.playbackRate") == 1.5
    assert "my-own.mp4" in served.js("document.querySelector('.snippet code').textContent")
    assert served.js("document.querySelector('.card[aria-current]').hash") == "#my-own"


def test_an_address_opens_a_film_at_a_chapter(chromium, addresses, film):
    page = Page(chromium, addresses["http"] + "#my-own/2")
    page.until("video.currentTime > 1", "it has sought")
    assert page.js("video.currentSrc").endswith("my-own.mp4") and page.chapter() == film.beats[1].headline


def test_snippets_can_be_copied(served):
    permissions = ["clipboardReadWrite", "clipboardSanitizedWrite"]
    served.browser.execute_cdp_cmd("Browser.grantPermissions", {"permissions": permissions})
    served.js("document.querySelector('.copy').focus()")
    served.press(Keys.ENTER)
    served.until("document.getElementById('status').textContent !== ''", "it says so")
    assert served.js("document.getElementById('status').textContent") == "Copied."
    copied = served.js("navigator.clipboard.readText()")
    assert copied.startswith('<video src="one-neuron.mp4"') and 'src="one-neuron.vtt"' in copied


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("width", [390, 1400])
def test_axe_finds_nothing_serious(served, scheme, width):
    needed(str(AXE) if AXE.is_file() else None, "axe-core: npm install --prefix tests/publish/node")
    served.browser.execute_cdp_cmd(
        "Emulation.setEmulatedMedia", {"features": [{"name": "prefers-color-scheme", "value": scheme}]}
    )
    size = {"width": width, "height": 900, "deviceScaleFactor": 1, "mobile": width < 500}
    served.browser.execute_cdp_cmd("Emulation.setDeviceMetricsOverride", size)
    served.js("void localStorage.clear()")
    served.browser.refresh()
    served.until("video.readyState >= 1", "its metadata are there")
    served.browser.execute_script(AXE.read_text())
    found = served.browser.execute_async_script("axe.run().then(arguments[0])")["violations"]
    served.browser.execute_cdp_cmd("Emulation.clearDeviceMetricsOverride", {})
    told = [(v["id"], v["impact"], [node["target"] for node in v["nodes"]]) for v in found]
    assert told == [], json.dumps(told)


@pytest.mark.parametrize("width", [320, 390, 768])
def test_nothing_is_wider_than_a_phone(served, width):
    size = {"width": width, "height": 800, "deviceScaleFactor": 1, "mobile": True}
    served.browser.execute_cdp_cmd("Emulation.setDeviceMetricsOverride", size)
    widest = served.js("document.documentElement.scrollWidth")
    small = served.js("[...document.querySelectorAll('.controls button')].filter(b => b.offsetHeight < 32).length")
    served.browser.execute_cdp_cmd("Emulation.clearDeviceMetricsOverride", {})
    assert (widest, small) == (width, 0)


def test_colours_are_shown_as_rendered(served):
    """The browser's picture of a frame has the theme's background, within rounding."""
    served.seek(1.0)
    pixel = served.browser.execute_script(
        """const canvas = document.createElement('canvas'); canvas.width = 320; canvas.height = 180;
        const context = canvas.getContext('2d'); context.drawImage(document.getElementById('video'), 0, 0);
        return [...context.getImageData(20, 160, 1, 1).data].slice(0, 3)"""
    )
    background = THEMES["dark"].background
    assert pixel == pytest.approx([int(background[i : i + 2], 16) for i in (1, 3, 5)], abs=2)
