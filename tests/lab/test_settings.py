"""Settings and presets, and what does not fit."""

from reluviz.core import Experiment
from reluviz.core.summary import state_hash
from reluviz.core.training.one import train
from reluviz.lab.link import read_link


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
