"""Node, experiments of every kind to train there and here, and the page in one browser for all tests."""

from __future__ import annotations

import json
import shutil
import subprocess
from pathlib import Path

import numpy as np
import pytest

from reluviz.core import Experiment, library_names
from reluviz.core.summary import state_hash
from reluviz.core.training.one import train
from reluviz.lab.page import write_page
from tests.lab.browser import Page, served
from tests.publish.browser import needed, start

HERE = Path(__file__).parent
ROOT = HERE.parents[1]


def node(script: str, given: object, *arguments: str) -> str:
    """What a script of tests/lab/scripts prints, given something as JSON on its standard input."""
    program = needed(shutil.which("node"), "Node.js")
    words = [program, "--no-warnings", str(HERE / "scripts" / script), *arguments]
    done = subprocess.run(words, input=json.dumps(given), capture_output=True, text=True)
    assert done.returncode == 0, done.stderr
    return done.stdout


def shipped() -> list[Experiment]:
    """The library's experiments and the examples, no longer than the lab takes."""
    files = sorted((ROOT / "examples").glob("*.toml"))
    return [*map(Experiment.from_library, library_names()), *map(Experiment.from_toml, files)]


def drawn(count: int, seed: int = 15) -> list[Experiment]:
    """Random experiments: every optimiser, batches of many sizes, both orders, noise, own points; some overflow."""
    random = np.random.RandomState(seed)
    made = []
    for number in range(count):
        n, corners = random.randint(1, 9), random.randint(1, 5)
        samples = int(random.choice([1, 2, 7, 40, 100]))
        data = {"low": -1.0, "high": 3.0, "samples": samples, "seed": int(random.randint(2**31))}
        if random.uniform() < 0.2 and samples > 1:
            data = {"points": random.uniform(-2, 2, (samples, 2)).tolist(), "seed": 3}
        data["noise"] = float(random.choice([0.0, 0.0, 0.3]))
        name = str(random.choice(["sgd", "momentum", "nesterov", "adam"]))
        description = {
            "title": f"Drawn {number}",
            "learning_rate": float(random.choice([0.001, 0.01, 0.05, 0.5, 5.0])),
            "iterations": int(random.choice([0, 1, 50, 701])),
            "order": str(random.choice(["cycle", "shuffle"])),
            "batch_size": int(random.choice([1, 1, min(3, samples), samples])),
            "train_output_bias": bool(random.randint(2)),
            "optimizer": {"name": name},
            "target": {"weights": random.normal(size=corners).tolist(), "biases": random.normal(size=corners).tolist()},
            "start": {"weights": random.normal(size=n).tolist(), "biases": random.normal(size=n).tolist(),
                      "output_bias": float(random.choice([0.0, 0.7]))},
            "data": data,
        }  # fmt: skip
        if random.uniform() < 0.3:
            description["stop_below"] = float(random.choice([0.05, 0.5, 2.0]))
        made.append(Experiment.from_dict(description, name=f"drawn-{number}", source="drawn"))
    return made


@pytest.fixture(scope="session")
def experiments() -> list[Experiment]:
    """All that both languages train."""
    return shipped() + drawn(200)


@pytest.fixture(scope="session")
def hashes(experiments) -> list[str]:
    """Of all states of each, as Python trains it."""
    return [state_hash(train(one)) for one in experiments]


@pytest.fixture(scope="session")
def chromium(tmp_path_factory):
    browser = start(tmp_path_factory.mktemp("chromium"))
    yield browser
    browser.quit()


@pytest.fixture(scope="session")
def places(tmp_path_factory):
    """Where the page stands: as a file, on a server, within another page."""
    page = tmp_path_factory.mktemp("lab") / "lab.html"
    write_page(page)
    (page.parent / "course.html").write_text('<iframe src="lab.html" width="900" height="700"></iframe>')
    with served(page.parent) as address:
        yield {"file": page.as_uri(), "http": address + "lab.html", "course": address + "course.html"}


@pytest.fixture(params=["file", "http"])
def page(request, chromium, places):
    """The page, both ways; its console stays silent."""
    page = Page(chromium, places[request.param])
    yield page
    assert [entry for entry in chromium.get_log("browser") if entry["level"] != "INFO"] == []


@pytest.fixture
def lab(chromium, places):
    return Page(chromium, places["http"])
