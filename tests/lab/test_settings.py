"""What is set in the lab: numbers, presets, own data, kept runs; what does not fit is said."""

import shlex
import tomllib

from selenium.webdriver.support.wait import WebDriverWait

from reluviz.core import Experiment
from reluviz.core.summary import state_hash
from reluviz.core.training.one import train
from reluviz.lab.link import read_link, write_link
from tests.lab.browsing import Page


def test_settings_presets_and_what_does_not_fit(lab):
    def put(name, value):
        choose(f"document.getElementsByName('{name}')[0]", value)

    def choose(element, value):
        lab.js(f"void ({element}.value = arguments[0], {element}.dispatchEvent(new Event('change')))", value)
        lab.settled()

    lab.js("void document.querySelectorAll('details').forEach(d => { d.open = true; })")
    put("optimizer.name", "adam")
    put("batch_size", "20")
    put("data.noise", "0.2")
    put("iterations", "3000")
    experiment = read_link(lab.link)
    assert (experiment.optimizer.name, experiment.batch_size, experiment.noise) == ("adam", 20, 0.2)
    lab.until("document.querySelector('.hash').textContent.length === 64", "the hash is there")
    assert lab.js("document.querySelector('.hash').textContent") == state_hash(train(experiment))
    put("iterations", "200001")
    assert "at most 200,000 iterations" in lab.text and lab.experiment["iterations"] == 3000
    choose("document.querySelector('.preset')", "two-neurons")
    assert read_link(lab.link).same_run(Experiment.from_library("two-neurons"))
    count = "document.querySelector('.settings input[type=number]')"
    choose(count, "8")
    assert len(lab.experiment["start"]["weights"]) == 8
    choose(count, "9")
    assert "eight neurons" in lab.text and len(lab.experiment["start"]["weights"]) == 8


def test_exact_numbers_and_runs_too_long_to_wait_for(lab):
    lab.js("void document.querySelectorAll('details').forEach(d => { d.open = true; })")
    put = "void (i => { i.value = arguments[1]; i.dispatchEvent(new Event('change')); })"
    put += "(document.getElementsByName(arguments[0])[0])"
    lab.js(put, "start.weights", "0.0012345, -0, 3, 1e-7")
    assert lab.experiment["start"]["weights"] == [0.0012345, 0, 3, 1e-7]
    lab.js(put, "start.weights", "1, 2, 3")
    assert "3 of 4 numbers" in lab.text and lab.experiment["start"]["weights"][2] == 3
    lab.js(put, "iterations", "2000")
    lab.button("all")
    assert lab.experiment["batch_size"] == 400
    lab.js(put, "data.samples", "1000")
    assert lab.experiment["batch_size"] == 1000, "all stay all"
    lab.js(put, "iterations", "100001")
    assert "100 million samples at most" in lab.text and lab.experiment["iterations"] == 2000


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


def test_a_link_that_is_wrong_says_so(lab, places):
    link = write_link(Experiment.from_library("two-neurons"))
    page = Page(lab.browser, places["http"] + "#" + link.replace("iterations=", "iterations=9999"))
    assert "at most 200,000 iterations" in page.text
    page.js("void (location.hash = arguments[0])", link)
    page.until("lab.session.experiment.title === 'Two neurons part'", "the address is followed")
