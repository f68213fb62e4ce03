"""The lab as a page of a real browser: its bits, its map, its looks, within another page."""

import json

import pytest
from selenium.webdriver.common.keys import Keys
from selenium.webdriver.support.wait import WebDriverWait

from reluviz.core import Experiment
from reluviz.core.summary import state_hash
from reluviz.core.training.one import train
from reluviz.lab.bundle import WEB
from reluviz.lab.link import write_link
from reluviz.theme import THEMES
from tests.lab.browsing import Page, served
from tests.publish.browser import AXE, needed, rgb


def test_bits_in_the_browser(chromium, experiments):
    """The modules as they stand, over HTTP: every run's states hash as Python's."""
    with served(WEB) as address:
        chromium.get(address + "package.json")
        hashes = chromium.execute_async_script(
            """const [descriptions, done] = arguments;
            const modules = ["training", "state", "digest"].map((name) => import(`./science/${name}.js`));
            Promise.all(modules).then(([t, s, d]) =>
              done(descriptions.map((description) => {
                const experiment = s.settled(description);
                return [...d.stateHash(t.train(experiment, t.drawData(experiment)))].at(-1);
              })));""",
            [one.to_dict() for one in experiments],
        )
    assert hashes == [state_hash(train(one)) for one in experiments]


def test_the_map_trains_in_workers_and_a_click_starts_there(page):
    short = Experiment.from_library("merging-neurons").to_dict() | {"iterations": 40}
    short = Experiment.from_dict(short, name="short", source="here")
    page.js("void lab.open(arguments[0])", write_link(short))
    page.button("Draw the map")
    page.until("document.querySelector('.map-panel .note').textContent.includes('9,216 starts in')", "it ends", 60)
    assert page.js("lab.map.errors.every(Number.isFinite)")
    page.js("void lab.map.canvas.focus()")
    page.press(Keys.ARROW_RIGHT)
    page.until("document.querySelector('.map-panel .note').textContent.includes('typical error')", "it is told")
    page.press(Keys.ENTER)
    start = page.experiment["start"]
    cell = page.js("lab.map.errors[lab.map.cell[1] * 96 + lab.map.cell[0]]")
    again = train(Experiment.from_dict(short.to_dict() | {"start": start}, name="there", source="here"))
    residuals = again.experiment.targets() - again.end(again.experiment.samples())
    assert cell == pytest.approx((residuals**2).mean() ** 0.5, rel=1e-12)


def test_within_another_page(chromium, places):
    chromium.get(places["course"])
    chromium.switch_to.frame(0)
    wait = WebDriverWait(chromium, 15, 0.05)
    wait.until(lambda browser: browser.execute_script("return document.querySelectorAll('.handle.disc').length === 4"))
    chromium.switch_to.default_content()


def test_light_or_dark_as_wished(lab):
    colours = "[getComputedStyle(document.querySelector('.reluviz-lab')).backgroundColor, lab.theme.name]"
    assert lab.js(colours) == [rgb(THEMES["dark"].background), "dark"]
    lab.button("Light or dark")
    assert lab.js(colours) == [rgb(THEMES["light"].background), "light"]
    assert lab.js("getComputedStyle(document.body).backgroundColor") == rgb(THEMES["light"].background)


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
