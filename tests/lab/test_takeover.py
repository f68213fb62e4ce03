"""From the film into the lab and back: the run and iteration that the picture shows."""

import threading
from random import Random

import numpy as np
import pytest
from selenium.webdriver.support.wait import WebDriverWait

from reluviz.core import Experiment
from reluviz.core.training.one import train
from reluviz.lab.link import read_iteration, read_link
from reluviz.lab.takeover import takeovers
from reluviz.publish.server import preview
from tests.publish.conftest import change, figures, make_kit, own_videos  # noqa: F401

NAMES = ("merging-neurons", "spread-biases", "two-neurons")


def described(name):
    return {"experiment": name, "description": Experiment.from_library(name).to_dict(), "digest": "0" * 64}


SEGMENTS = [
    {"start": 0.5, "end": 2.5, "runs": ["merge", "spread"], "second": [0.5, 1.5, 2.5],
     "iterations": {"merge": [0.0, 100.0, 20000.0], "spread": [0.0, 90.0, 19200.0]}},
    {"start": 4.0, "end": 6.0, "runs": ["two"], "second": [4.0, 5.0, 6.0], "iterations": {"two": [30.5, 32.5, 900.0]}},
]  # fmt: skip
RUNS = dict(zip(("merge", "spread", "two"), map(described, NAMES), strict=True))


def expected(second):
    """Run, kept run, iteration: of the frame in sight, by NumPy's interpolation, held before and after."""
    place = SEGMENTS[second >= 4.0]
    first, *others = place["runs"]
    frame = np.floor(second * 10 + 1e-6) / 10
    return first, others, int(np.interp(frame, place["second"], place["iterations"][first]) + 1e-6)


def test_a_segment_opens_its_first_run_and_keeps_the_others():
    first, second = takeovers({"name": "a-film", "frame_rate": 2.0, "segments": SEGMENTS, "runs": RUNS})
    assert read_link(first["link"]).same_run(Experiment.from_library("merging-neurons"))
    assert "film=a-film" in first["link"] and "kept=" in first["link"] and "kept=" not in second["link"]
    assert second["iterations"] == [30, 31, 32, 466, 900]


def test_a_run_that_goes_on_from_another_is_counted_on():
    state = train(Experiment.from_library("merging-neurons")).network_at(1234)
    rest = Experiment.from_library("merging-neurons").to_dict() | {"batch_size": 400, "title": "At rest"}
    rest["start"] = {"weights": state.weights.tolist(), "biases": state.biases.tolist()}
    runs = RUNS | {"rest": {"experiment": "rest", "description": rest, "digest": "0" * 64}}
    segment = SEGMENTS[1] | {"runs": ["rest"], "iterations": {"rest": [0.0, 10.0, 20.0]}}
    (found,) = takeovers({"name": "a-film", "frame_rate": 2.0, "segments": [segment], "runs": runs})
    assert "before=1234&" in found["link"] and found["iterations"][-1] == 20
    assert all("before=" not in place["link"] for place in takeovers(
        {"name": "a-film", "frame_rate": 2.0, "segments": SEGMENTS, "runs": runs}))  # fmt: skip


def test_what_the_lab_cannot_show_is_left_out():
    runs = RUNS | {"two": described("two-neurons")}
    runs["two"]["description"]["iterations"] = 10**6
    found = takeovers({"name": "a-film", "frame_rate": 10.0, "segments": SEGMENTS, "runs": runs})
    assert [place["start"] for place in found] == [0.5]


def test_the_page_takes_over_at_any_second(own_videos, figures, tmp_path, chromium):  # noqa: F811
    change(own_videos / "one-neuron.json", segments=SEGMENTS, runs=RUNS)
    make_kit(own_videos, figures, tmp_path / "kit")
    server = preview(tmp_path / "kit", 0)
    thread = threading.Thread(target=server.serve_forever, daemon=True)
    thread.start()
    address = f"http://127.0.0.1:{server.port}/"

    def until(condition):
        return WebDriverWait(chromium, 15, 0.03).until(lambda browser: browser.execute_script(f"return {condition}"))

    def opened(at):
        chromium.get("about:blank")
        chromium.get(f"{address}#one-neuron&t={at}")
        until("document.getElementById('video').readyState >= 2 && !document.getElementById('video').seeking")

    try:
        opened(0.2)
        assert until("document.getElementById('take-over').hidden"), "no run is shown yet"
        for at in [0.5, 2.5, 3.1, *(Random(7).uniform(0.5, 6.5) for _ in range(5))]:
            at = round(at, 2)
            opened(at)
            until(f"document.getElementById('copy-link').textContent.endsWith('0:0{int(at)}')")
            chromium.execute_script("document.getElementById('take-over').click()")
            until("window.lab && lab.session && !lab.pending")
            run, others, iteration = expected(at)
            state = chromium.execute_script("return lab.session.state")
            assert state["iteration"] == iteration == read_iteration(chromium.current_url), at
            assert state["experiment"]["title"] == Experiment.from_library(RUNS[run]["experiment"]).title
            assert [one["title"] for one in state["kept"]] == [
                Experiment.from_library(RUNS[other]["experiment"]).title for other in others
            ]
            assert not chromium.execute_script("return lab.player.playing")
        chromium.execute_script("document.querySelector('.film').click()")
        until("document.getElementById('video') && !document.getElementById('video').seeking")
        assert abs(chromium.execute_script("return document.getElementById('video').currentTime") - at) < 0.51
        chromium.execute_script("document.getElementById('video').dispatchEvent(new Event('ended'))")
        assert chromium.execute_script("return document.querySelector('#next-film').hash") == "#my-own"
        assert chromium.execute_script("return !document.getElementById('next-film').hidden")
    finally:
        server.shutdown()
        thread.join()
        server.server_close()


@pytest.fixture(autouse=True)
def quiet(monkeypatch):
    monkeypatch.setenv("NO_PROXY", "localhost,127.0.0.1")
