"""How the page looks to axe-core, and in which colours."""

import json

import pytest

from reluviz.theme import THEMES
from tests.lab.browser import Page
from tests.publish.browser import AXE, needed, rgb


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("width", [390, 820, 1440])
def test_axe_finds_nothing(chromium, places, scheme, width):
    needed(str(AXE) if AXE.is_file() else None, "axe-core: npm install --prefix tests/publish/node")
    page = Page(chromium, places["http"], width, 900, scheme=scheme)
    page.js("void document.querySelectorAll('details').forEach(d => { d.open = true; })")
    page.button("Keep this run")
    page.settled()
    page.browser.execute_script(AXE.read_text())
    found = page.browser.execute_async_script("axe.run().then(arguments[0])")["violations"]
    told = [(v["id"], v["impact"], [node["target"] for node in v["nodes"]]) for v in found]
    assert told == [], json.dumps(told)


def test_light_or_dark_as_wished(lab):
    colours = "[getComputedStyle(document.querySelector('.reluviz-lab')).backgroundColor, lab.theme.name]"
    assert lab.js(colours) == [rgb(THEMES["dark"].background), "dark"]
    lab.button("Light or dark")
    assert lab.js(colours) == [rgb(THEMES["light"].background), "light"]
    assert lab.js("getComputedStyle(document.body).backgroundColor") == rgb(THEMES["light"].background)
