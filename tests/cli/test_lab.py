"""The lab's command, and the commands that take its links."""

import json
import webbrowser
from pathlib import Path

import pytest
from click.testing import CliRunner

from reluviz.cli import main
from reluviz.core import Experiment
from reluviz.lab.link import read_link, write_link


@pytest.fixture(autouse=True)
def elsewhere(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)


@pytest.fixture
def opened(monkeypatch):
    addresses = []
    monkeypatch.setattr(webbrowser, "open", addresses.append)
    return addresses


def told(text):
    return json.loads(text.split('id="given">')[1].split("</script>")[0])


def run(*words):
    return CliRunner().invoke(main, list(words))


def test_it_writes_the_page_with_the_experiment_and_opens_it(opened):
    link = write_link(Experiment.from_library("two-neurons"), iteration=12)
    Path("mine.toml").write_text(run_new("one-neuron"))
    for name, expected in (("merging-neurons", "Two neurons become one"), ("mine.toml", "One neuron"), (link, "part")):
        done = run("lab", name)
        assert done.exit_code == 0, done.output
        state = told(Path("media/lab/lab.html").read_text())["state"]
        assert expected.lower() in read_link(state).title.lower()
    assert "iteration=12" in state
    assert opened == [Path("media/lab/lab.html").resolve().as_uri()] * 3


def run_new(like):
    assert run("new", "new.toml", "--like", like).exit_code == 0
    return Path("new.toml").read_text()


def test_a_link_becomes_a_file_and_a_run():
    experiment = Experiment.from_library("one-neuron")
    link = "file:///lab.html#" + write_link(experiment)
    run_new(link)
    assert Experiment.from_toml(Path("new.toml")).same_run(experiment)
    facts = json.loads(run("inspect", link, "--json").output)
    assert facts["experiment"] == experiment.to_dict() and len(facts["state_hash"]) == 64
    assert facts["state_hash"] in run("inspect", link).output


def test_mistakes_are_one_line(opened):
    link = write_link(Experiment.from_library("one-neuron")).replace("iterations=", "iterations=1e")
    mistakes = {("lab", "nothing"): "nothing: no such experiment", ("inspect", link): "the link: iterations"}
    for words, expected in mistakes.items():
        done = run(*words)
        assert done.exit_code == 2 and expected in done.output and len(done.output.splitlines()) == 1
    Path("long.toml").write_text(run_new("one-neuron").replace("iterations = ", "iterations = 900"))
    assert "at most 200,000 iterations" in run("lab", "long.toml").output
    assert opened == []
