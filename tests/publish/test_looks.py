"""How the page looks in a real browser: colours, widths, and what axe-core finds."""

import json

import pytest

from reluviz.theme import THEMES
from tests.publish.browser import AXE, Page, needed, rgb

STATES = {
    "as it opens": "0",
    "search": "(id('query').value = 'it', id('query').dispatchEvent(new Event('input')))",
    "keys": "id('show-keys').click()",
}
"""What brings the page there, one after the other."""


def test_colours_follow_the_system_until_chosen(page):
    for scheme in ("light", "dark"):
        page.prefers(scheme)
        assert page.background == rgb(THEMES[scheme].background)
    page.click("#theme")
    assert page.background == rgb(THEMES["light"].background)
    page.click("#theme")
    page.prefers("light")
    assert page.background == rgb(THEMES["dark"].background)
    page.come()
    assert page.background == rgb(THEMES["dark"].background), "the choice is kept"
    page.click("#theme")
    assert page.background == rgb(THEMES["light"].background)
    assert page.js("text('#theme')") == "Colours: automatic"


def test_the_font_is_the_films(page):
    """It is in the page, and no other is asked for."""
    page.js("void document.fonts.ready")
    assert page.js("[...document.fonts].map(f => f.status)") == ["loaded", "loaded"]
    assert page.js("getComputedStyle(id('play')).fontFamily").startswith('"Inter reluviz"')


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("width", [390, 1440])
def test_axe_finds_nothing(chromium, addresses, scheme, width):
    needed(str(AXE) if AXE.is_file() else None, "axe-core: npm install --prefix tests/publish/node")
    page = Page(chromium, addresses["http"], width=width, scheme=scheme, touch=width < 500)
    page.browser.execute_script(AXE.read_text())
    for state, reach in STATES.items():
        page.js(f"void {reach}")
        found = page.browser.execute_async_script("axe.run().then(arguments[0])")["violations"]
        told = [(v["id"], v["impact"], [node["target"] for node in v["nodes"]]) for v in found]
        assert told == [], json.dumps([state, *told])


@pytest.mark.parametrize("width", [320, 390, 768, 1000])
def test_nothing_is_wider_than_the_window(chromium, addresses, width):
    page = Page(chromium, addresses["http"], width=width, height=800, touch=True)
    assert page.js("document.documentElement.scrollWidth") == width
    buttons = "[...document.querySelectorAll('.bar button, .ways button, .ways a, #theme')]"
    assert page.js(f"{buttons}.filter(b => b.offsetHeight && b.offsetHeight < 32).length") == 0
    rights = page.js("[...document.querySelectorAll('.buttons > *')].map(b => b.getBoundingClientRect().right)")
    assert max(rights) <= page.box(".bar")[2] + 1


@pytest.mark.parametrize(("width", "height"), [(1920, 940), (1440, 780), (1366, 650), (820, 1180)])
def test_picture_and_bar_are_seen_without_scrolling(chromium, addresses, width, height):
    page = Page(chromium, addresses["http"], width=width, height=height)
    left, _, right, _ = page.box("video")
    assert page.box(".bar")[3] <= height and right - left >= 0.42 * width


def test_without_scripts_the_films_are_there(chromium, addresses):
    page = Page(chromium, addresses["file"])
    page.command("Emulation.setScriptExecutionDisabled", value=True)
    try:
        page.browser.get("about:blank")
        page.browser.get(addresses["file"])
        shown = chromium.find_element("id", "video")
        assert shown.get_attribute("controls") and shown.is_displayed()
        assert not chromium.find_element("id", "play").is_displayed()
        links = chromium.find_elements("css selector", "noscript a")
        assert [link.get_attribute("href").rsplit("/", 1)[1] for link in links] == ["one-neuron.mp4", "my-own.mp4"]
    finally:
        page.command("Emulation.setScriptExecutionDisabled", value=False)
