"""The lab in a notebook: its module, and traits that follow the drag."""

import subprocess
import sys

import pytest

from reluviz.core import Experiment
from reluviz.core.summary import state_hash
from reluviz.core.table import ExperimentError
from reluviz.core.training.one import train
from reluviz.lab import Lab
from reluviz.lab.link import write_link
from tests.lab.conftest import HERE, node


def test_python_follows_the_page():
    lab = Lab("merging-neurons")
    seen = []
    lab.observe(lambda change: seen.append(change["new"]), "state")
    other = Experiment.from_library("two-neurons")
    lab.set_state({"state": write_link(other, iteration=40)})  # as the page sends it
    assert lab.experiment.same_run(other) and lab.iteration == 40 and len(seen) == 1
    assert state_hash(lab.run) == state_hash(train(other))
    assert lab.run is lab.run, "trained once"


def test_the_page_follows_python():
    lab = Lab(Experiment.from_library("one-neuron"), iteration=3)
    assert (lab.experiment.title, lab.iteration) == (Experiment.from_library("one-neuron").title, 3)
    lab.iteration = 99
    assert "iteration=99" in lab.state
    lab.experiment = Experiment.from_library("five-neurons")
    assert (len(lab.experiment.start), lab.iteration) == (5, 0)
    assert Lab(write_link(lab.experiment, iteration=7)).iteration == 7
    with pytest.raises(ExperimentError):
        Lab("nothing")


def test_its_module_renders_and_tells():
    """The ES module that a notebook loads, in Node with a page made of thin air."""
    module = Lab._esm if isinstance(Lab._esm, str) else Lab("one-neuron")._esm
    assert node("module.mjs", str(module)).split() == ["default", "render"]
    assert "@container" in str(Lab._css) or "@container" in str(Lab("one-neuron")._css)


def test_nothing_else_needs_anywidget():
    script = "import sys; sys.modules['anywidget'] = None\n"
    script += "import reluviz.cli, reluviz.lab.page\nreluviz.lab.page.page()\n"
    script += "try:\n    from reluviz.lab import Lab\nexcept ImportError as error:\n    print(error)"
    done = subprocess.run([sys.executable, "-c", script], capture_output=True, text=True, cwd=HERE.parents[1])
    assert done.stdout.strip() == 'the widget needs anywidget: pip install "reluviz[jupyter]"', done.stderr
