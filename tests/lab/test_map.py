"""The map of starts: trained in workers, a click starts there."""

import pytest
from selenium.webdriver.common.keys import Keys

from reluviz.core import Experiment
from reluviz.core.training.one import train
from reluviz.lab.link import write_link


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
