"""The page's keys, as on YouTube where it has them; none is taken from someone who types."""

import pytest
from selenium.webdriver.common.keys import Keys


def at(page, second):
    page.until(f"!video.seeking && Math.abs(video.currentTime - {second}) < 0.06", f"it is at {second}")


def test_time(served, film):
    for key, second in (("5", 0.5 * film.duration), ("j", 0.5 * film.duration - 10), ("l", None), ("0", 0.0),
                        (Keys.ARROW_RIGHT, 5.0), (Keys.ARROW_LEFT, 0.0), ("l", 10.0), ("J", 0.0)):  # fmt: skip
        served.press(key)
        at(served, min(max(second if second is not None else max(0.5 * film.duration - 10, 0) + 10, 0), film.duration))


def test_single_frames(served):
    """At ten frames a second: each key shows the neighbouring frame's middle, and pauses."""
    served.press("k")
    served.until("video.currentTime > 0.3", "it plays")
    served.press(".")
    served.until("video.paused && !video.seeking", "it stands")
    frame = round(served.second * 10 - 0.5)
    for key in (".", ".", ",", ",", ","):
        served.press(key)
        frame += 1 if key == "." else -1
        at(served, (frame + 0.5) / 10)


def test_chapters_and_what_repeats(served, film):
    served.press("]")
    assert served.chapter == "It moves"
    served.press("r")
    assert served.js("id('loop').ariaPressed") == "true"
    served.press("]", "[")
    assert served.chapter == "It moves" and served.js("id('loop').ariaPressed") == "false"


@pytest.mark.parametrize(("key", "state"), [
    ("m", "video.muted"), ("c", "id('caption').hidden"), ("k", "!video.paused"), ("?", "id('help').open"),
    ("/", "document.activeElement.id === 'query'"),
])  # fmt: skip
def test_switches(served, key, state):
    assert not served.js(state)
    served.press(key)
    served.until(state, f"{key} has done it")
    served.press({"?": Keys.ESCAPE, "/": Keys.TAB}.get(key, key))
    served.until(f"!({state})", "and undone it")


def test_a_button_keeps_its_space_and_a_field_all(served):
    served.js("id('captions').focus()")
    served.press(" ")
    assert served.js("video.paused && id('caption').hidden")
    served.type("k m,l 5")
    assert served.js("video.paused && !video.muted && video.currentTime === 0")
    assert served.js("id('query').value") == "k m,l 5"


def test_the_list_names_all_of_them(served):
    served.click("#show-keys")
    listed = served.js("[...document.querySelectorAll('#keys kbd')].map(k => k.textContent)")
    assert set(listed) == {*"KJLFMCRI,.?09←→[]/", "Space"}
    served.press("k")
    assert served.js("video.paused"), "while the list is open no key plays"
