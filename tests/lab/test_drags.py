"""Dragging: the start, the target, samples of one's own; by mouse, by touch, by keys."""

import pytest
from selenium.webdriver.common.keys import Keys

from reluviz.core import Experiment
from reluviz.core.summary import state_hash
from reluviz.core.training.one import train
from reluviz.lab.link import read_link
from tests.lab.browser import Page


def test_a_drag_trains_anew_and_the_link_holds_it(page):
    before = page.js("lab.session.end.biases")
    page.drag("Neuron 2, origin", 120, 3)
    experiment = page.experiment
    assert experiment["start"]["biases"][1] < -0.9 and experiment["start"]["biases"][0] == -0.002
    assert page.js("lab.session.end.biases") != before
    read = read_link(page.link)
    assert read.start.biases.tolist() == experiment["start"]["biases"]
    page.until("document.querySelector('.hash').textContent.length === 64", "the hash is there")
    assert page.js("document.querySelector('.hash').textContent") == state_hash(train(read)), "the same bits as here"
    page.button("Undo")
    assert page.experiment["start"]["biases"][1] == -0.5
    page.button("Redo")
    assert page.experiment["start"]["biases"] == experiment["start"]["biases"]
    assert page.js("lab.session.history.past.length") == 1, "a drag is one change"


def test_arms_and_corners_by_mouse(lab):
    lab.drag("Neuron 4, weight", -20, -60)
    assert lab.experiment["start"]["weights"][3] > 0.5
    lab.drag("Target, corner 2, height", 0, -40)
    corners = lab.js("lab.session.corners")
    assert corners[2][1] > 3.2 and corners[1] == [1, 2] and len(corners) == 5
    lab.focus("Target, corner 1, height")
    lab.press(Keys.DELETE)
    assert len(lab.js("lab.session.corners")) == 4
    lab.button("Add a corner")
    assert len(lab.js("lab.session.corners")) == 5


def test_by_touch_on_a_phone(chromium, places):
    page = Page(chromium, places["file"], 390, 844, touch=True)
    page.drag("Neuron 3, origin", 45, 0, touch=True)
    assert page.experiment["start"]["biases"][2] < -1.3
    page.drag("Neuron 1, weight", 0, -30, touch=True)
    assert page.experiment["start"]["weights"][0] > 0.1
    assert page.js("document.documentElement.scrollWidth") == 390
    small = page.js("[...document.querySelectorAll('button, select, [role=slider]')].filter(b => b.offsetParent && "
                    "b.offsetHeight < 24 && b.ariaOrientation !== 'horizontal').length")  # fmt: skip
    assert small == 0


def test_everything_by_keys(page):
    page.focus("Neuron 1, origin")
    page.press(Keys.ARROW_RIGHT, Keys.ARROW_RIGHT)
    assert page.experiment["start"]["biases"][0] == pytest.approx(-0.02, abs=1e-9)
    assert page.js("document.activeElement.ariaValueText") == "0.020"
    page.press(Keys.SHIFT + Keys.ARROW_LEFT)
    page.focus("Neuron 1, weight")
    page.press(Keys.PAGE_UP)
    assert page.experiment["start"]["weights"][0] == pytest.approx(0.1)
    page.focus("Target, left end")
    page.press(Keys.ARROW_UP)
    assert page.experiment["target"]["output_bias"] == pytest.approx(0.01)
    page.focus("Target, corner 1, place")
    page.press(Keys.ARROW_LEFT)
    assert page.js("lab.session.corners[1][0]") == pytest.approx(0.99)
    page.press(Keys.CONTROL + "z")
    assert page.js("lab.session.corners[1][0]") == 1
    page.js("void document.activeElement.blur()")
    page.js("void document.querySelector('.layer [role=slider]').focus()")
    page.press(" ")
    page.until("lab.session.position > 1", "it plays")
    page.press(" ")
    assert not page.js("lab.player.playing")


def test_own_data_is_dragged(lab):
    lab.js("void (document.querySelector('textarea').value = 'x, y\\n0, 1\\n1, 2.5\\n2, 2\\n')")
    lab.button("Use these")
    assert lab.experiment["data"]["points"] == [[0, 1], [1, 2.5], [2, 2]]
    lab.drag("Sample 2", 0, 30)
    points = read_link(lab.link).points
    assert points[1][1] < 2.4 and points[0] == (0.0, 1.0)
    lab.js("void (document.querySelector('textarea').value = '0, 1\\n1, no\\n')")
    lab.button("Use these")
    assert "is not two numbers" in lab.text
    lab.button("Drawn data again")
    assert "points" not in lab.experiment["data"]


def test_a_drag_in_the_middle_makes_a_start_of_that_state(lab):
    lab.js("void lab.player.seek(983)")
    lab.settled()
    run = train(Experiment.from_library("merging-neurons"))
    lab.drag("Neuron 4, origin", 30, 0)
    start = lab.experiment["start"]
    assert start["weights"] == run.weights[983].tolist() and start["biases"][:3] == run.biases[983, :3].tolist()
    assert lab.js("lab.session.state.iteration") == 0 and "A new start, from iteration 983" in lab.text
