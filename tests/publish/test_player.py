"""The player in a real browser, opened as a file and over HTTP: plays, sounds, seeks, loops, fills the screen."""

import shutil

import pytest
from selenium.webdriver.common.keys import Keys
from selenium.webdriver.support.wait import WebDriverWait

from reluviz.publish.texts import clock
from reluviz.theme import THEMES


def test_it_plays_with_sound_and_says_nothing_on_the_console(page):
    page.press(" ")
    page.until("video.currentTime > 0.6", "time moves")
    assert page.js("video.webkitAudioDecodedByteCount") > 1000
    assert page.js("video.getVideoPlaybackQuality().totalVideoFrames") > 2
    assert page.js("id('play').ariaLabel") == "Pause"
    page.press(" ")
    page.until("video.paused && id('play').ariaLabel === 'Play'", "space pauses")
    assert page.complaints() == []


def test_one_button_starts_it_and_leaves(served):
    assert served.js("text('#start')") == "Play" and served.js("!id('start').hidden && id('from-start').hidden")
    served.click("#start")
    served.until("!video.paused && id('start').hidden", "it plays, and nothing is over the picture")
    assert served.js("document.activeElement.id") == "play"


def test_chapters_seek_to_their_first_frame(page, film):
    page.until("document.querySelectorAll('#chapters button').length === 3", "the chapters are listed")
    for number, beat in enumerate(film.beats):
        page.click(f"#chapters li:nth-child({number + 1}) button")
        page.until("!video.seeking", "it has sought")
        assert page.second == pytest.approx(beat.start, abs=0.01)
        assert page.chapter == beat.headline
    for direction, expected in (("previous", 1), ("previous", 0), ("previous", 0), ("next", 1)):
        page.click(f"#{direction}")
        assert page.chapter == film.beats[expected].headline


def test_the_timeline_tells_and_takes_the_time(served, film):
    assert served.js("getComputedStyle(id('timeline')).getPropertyValue('--gaps')").count("no-repeat") == 2
    served.seek(film.beats[1].start + 1)
    told = served.js("id('timeline').getAttribute('aria-valuetext')")
    assert told.startswith(f"{clock(film.beats[1].start + 1)} of ") and told.endswith("It moves")
    served.js("void (id('timeline').value = arguments[0])", film.beats[2].start + 0.1)
    served.js("void id('timeline').dispatchEvent(new Event('input'))")
    assert served.chapter == "It rests" and served.js("text('#clock')").endswith(served.js("text('.length')"))


@pytest.mark.parametrize("number", [2, 3], ids=["within", "last"])
def test_a_looped_chapter_comes_again(served, film, number):
    beat = film.beats[number - 1]
    served.click(f"#chapters li:nth-child({number}) button")
    served.click("#loop")
    served.seek(beat.end - 0.4)
    served.js("void video.play()")
    served.until(f"video.currentTime < {beat.start + 0.5} || video.currentTime > {beat.end + 0.2}", "it goes on")
    assert beat.start <= served.second <= beat.end, "again, not on into the next chapter"
    assert not served.js("video.paused") and served.chapter == beat.headline
    served.click("#chapters li:nth-child(1) button")
    assert served.js("id('loop').ariaPressed") == "false"


def test_full_screen_shows_the_picture_and_below_it_the_words(served):
    served.seek(1.0)
    served.press("f")
    served.until("document.fullscreenElement === id('screen')", "it fills the screen")
    served.until("video.getBoundingClientRect().top === 0", "laid out anew, a moment after")
    left, top, right, bottom = served.box("video")
    height = served.js("innerHeight")
    caption, bar = served.box("#caption"), served.box(".bar")
    assert served.caption and not served.js("id('caption').hidden")
    assert top == 0 and bottom <= caption[1] < caption[3] <= bar[1] < bar[3] <= height, "one below the other"
    assert bottom > 0.8 * height, "and the picture has nearly all"
    assert served.js("[...video.textTracks].every(track => track.mode !== 'showing')")
    served.press("k")
    served.until("id('screen').classList.contains('resting')", "untouched, the bar goes")
    served.until("getComputedStyle(document.querySelector('.bar')).opacity === '0'", "out of sight")
    assert served.box("video") == pytest.approx([left, top, right, bottom], abs=0.1), "and the picture stays as it is"
    served.press("k", "f")
    served.until("!document.fullscreenElement && !id('screen').classList.contains('resting')", "back in the page")


def test_picture_in_picture_where_the_browser_has_it(served):
    assert served.js("id('pip').hidden") == (not served.js("document.pictureInPictureEnabled"))
    served.js("void (video.requestPictureInPicture = async () => { video.asked = true; })")
    served.press("i")
    served.until("video.asked || !document.pictureInPictureEnabled", "it asks for a window of its own")


def test_a_chosen_speed_holds_for_the_next_film(served):
    served.js("void (id('speed').value = '1.5')")
    served.js("void id('speed').dispatchEvent(new Event('change'))")
    assert served.js("video.playbackRate") == 1.5
    served.click(".card[href='#my-own']")
    served.until("video.currentSrc.endsWith('my-own.mp4') && video.readyState >= 1", "the other film is there")
    assert served.js("document.activeElement.id") == "film-title"
    assert served.js("video.playbackRate") == 1.5
    assert "my-own.mp4" in served.js("text('.snippet code')")
    assert served.js("document.querySelector('.card[aria-current]').hash") == "#my-own"


def test_every_control_is_reached_by_tab(served):
    served.js("void id('film-title').focus()")
    reached = []
    for _ in range(60):
        served.press(Keys.TAB)
        reached.append(served.js("document.activeElement.id || document.activeElement.className "
                                 "|| document.activeElement.textContent.trim()"))  # fmt: skip
    for control in ("start", "timeline", "play", "previous", "next", "loop", "captions", "mute", "speed", "fullscreen",
                    "copy-link", "show-keys", "card", "copy", "HTML", "query", "theme"):  # fmt: skip
        assert control in reached, reached


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


def test_haste_leaves_nothing_on_the_console(served):
    served.press("k", "k", "k", "k", "k")
    served.click(".card[href='#my-own']")
    served.press("k")
    served.click(".card[href='#one-neuron']")
    served.until("video.currentSrc.endsWith('one-neuron.mp4') && video.readyState >= 1 && video.paused", "it stands")
    assert served.complaints() == []


def test_a_page_without_its_films_says_so(chromium, kit, tmp_path):
    """As when index.html alone was copied."""
    shutil.copyfile(kit / "index.html", tmp_path / "index.html")
    chromium.get((tmp_path / "index.html").as_uri())
    said = "document.getElementById('caption').textContent"
    WebDriverWait(chromium, 10, 0.05).until(lambda _: "one-neuron.mp4" in chromium.execute_script(f"return {said}"))
