"""Time in the page: play, single updates with their numbers, epochs, the slider."""

from reluviz.core import Experiment
from reluviz.core.training.one import train
from reluviz.lab.link import read_iteration


def test_time(page):
    assert "iteration 0" in page.text and "end as one" in page.text
    page.button("One update")
    page.button("One update")
    run = train(Experiment.from_library("merging-neurons"))
    assert "iteration 2" in page.text
    assert page.js("lab.session.network.weights") == run.weights[2].tolist()
    page.button("One epoch")
    assert page.js("lab.session.state.iteration") == 400
    page.button("One epoch")
    assert page.js("lab.session.state.iteration") == 800
    page.button("End")
    assert page.js("lab.session.network.biases") == run.biases[-1].tolist()
    page.button("Start")
    page.button("Play")
    page.until("lab.session.position > 3", "it goes on")
    page.button("Pause")
    assert page.js("Number.isInteger(lab.session.position)")
    scrub = "document.querySelector('.scrub')"
    page.js(f"void ({scrub}.value = 700, {scrub}.dispatchEvent(new Event('input')))")
    page.settled()
    assert page.js(f"{scrub}.getAttribute('aria-valuetext')").endswith("of 20,000")
    assert 500 < page.js("lab.session.state.iteration") == read_iteration(page.link)


def test_one_update_with_its_numbers(lab):
    run = train(Experiment.from_library("merging-neurons"))
    lab.js("void lab.player.seek(983)")
    lab.settled()
    x, delta, weight, bias = run.inputs[983], run.residuals[983], run.weights[983, 0], run.biases[983, 0]
    rule = 1 if delta > 0 else 3
    assert f"984. x = {x:.3f}, δ = {delta:.3f}: too low".replace("-", "−") in lab.text
    assert f"w₁ ← {weight:.3f} + 2·0.01·{delta:.3f}·{x + bias:.3f}" in lab.text
    assert f"rule {rule}" in lab.text
