"""What goes in and out of the page: links, TOML, the command that films it, kept runs, another page around it."""

import shlex
import tomllib

from selenium.webdriver.support.wait import WebDriverWait

from reluviz.core import Experiment
from reluviz.lab.link import read_link, write_link
from tests.lab.browser import Page


def test_what_is_taken_along(lab, tmp_path):
    lab.command("Browser.grantPermissions", permissions=["clipboardReadWrite", "clipboardSanitizedWrite"])
    lab.command("Browser.setDownloadBehavior", behavior="allow", downloadPath=str(tmp_path))
    lab.drag("Neuron 2, origin", 50, 0)
    experiment = read_link(lab.link)

    def copied(name):
        lab.button(name)
        lab.until("lab.message === 'Copied.'", "it says so")
        lab.js("void (lab.message = '')")
        return lab.browser.execute_async_script("navigator.clipboard.readText().then(arguments[0])")

    assert copied("Copy link") == lab.link
    toml = tomllib.loads(copied("Copy TOML"))
    assert Experiment.from_dict(toml, name="toml", source="toml").same_run(experiment)
    command = shlex.split(copied("Film this"))
    assert command[:2] == ["reluviz", "explain"] and read_link(command[2]).same_run(experiment)
    lab.button("Download TOML")
    WebDriverWait(lab.browser, 10, 0.05).until(lambda _: (tmp_path / "two-neurons-become-one.toml").is_file())
    assert Experiment.from_toml(tmp_path / "two-neurons-become-one.toml").same_run(experiment)


def test_kept_runs_stay_and_travel(lab):
    lab.button("Keep this run")
    lab.drag("Neuron 1, origin", 60, 0)
    assert lab.js("lab.session.kept.length") == 1
    link = lab.link
    again = Page(lab.browser, link)
    assert again.js("lab.session.kept[0].experiment.start.biases[0]") == -0.002
    again.button("Take")
    assert again.experiment["start"]["biases"][0] == -0.002
    again.button("Let go")
    assert again.js("lab.session.state.kept.length") == 0


def test_a_link_that_is_wrong_says_so(lab, places):
    link = write_link(Experiment.from_library("two-neurons"))
    page = Page(lab.browser, places["http"] + "#" + link.replace("iterations=", "iterations=9999"))
    assert "at most 200,000 iterations" in page.text
    page.js("void (location.hash = arguments[0])", link)
    page.until("lab.session.experiment.title === 'Two neurons part'", "the address is followed")


def test_within_another_page(chromium, places):
    chromium.get(places["course"])
    chromium.switch_to.frame(0)
    wait = WebDriverWait(chromium, 15, 0.05)
    wait.until(lambda browser: browser.execute_script("return document.querySelectorAll('.handle.disc').length === 4"))
    chromium.switch_to.default_content()
