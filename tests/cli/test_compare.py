"""compare: one film of two runs, tiny, whose contents name both; and what cannot be compared."""

import json

import pytest
from click.testing import CliRunner
from PIL import ImageColor

from reluviz.cli import main
from reluviz.core import Experiment, train
from reluviz.theme import LIGHT
from tests.cli.conftest import background
from tests.mine import mine

SIDES = {"left": "slow", "right": "quick"}


@pytest.fixture(autouse=True)
def two_of_my_own(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    (tmp_path / "slow.toml").write_text(mine(title="Slow", learning_rate=0.01))
    (tmp_path / "quick.toml").write_text(mine(title="Quick", learning_rate=0.1))


def run(*arguments):
    return CliRunner().invoke(main, ["compare", *arguments, "--voice", "silent"])


def test_compare_makes_one_film_of_both_runs(tmp_path, tiny):
    result = run("slow.toml", "quick.toml", "-q", "l", "--theme", "light", "--output", "films")
    assert result.exit_code == 0, result.output
    files = sorted(path.name for path in (tmp_path / "films").iterdir())
    assert files == ["slow-and-quick.json", "slow-and-quick.mp4", "slow-and-quick.srt"]
    told = json.loads((tmp_path / "films" / "slow-and-quick.json").read_text())
    assert told["theme"] == "light" and told["title"] == "Slow, and Quick"
    assert [beat["name"] for beat in told["beats"]] == ["question", "starts", "alike", "apart", "errors", "ends"]
    assert background(tmp_path / "films" / "slow-and-quick.mp4") == pytest.approx(
        ImageColor.getrgb(LIGHT.background), abs=6
    )
    digests = {side: train(Experiment.open(f"{name}.toml")).digest() for side, name in SIDES.items()}
    assert {side: run["digest"] for side, run in told["runs"].items()} == digests
    assert {side: run["experiment"] for side, run in told["runs"].items()} == SIDES
    spoken = " ".join(beat["narration"] for beat in told["beats"])
    assert "On the left" in spoken and "0.01" in spoken and "On the right" in spoken and "0.1" in spoken


def test_what_cannot_be_compared_gets_one_line(tmp_path):
    (tmp_path / "none.toml").write_text(mine(iterations=0))
    result = run("slow.toml", "none.toml")
    assert result.exit_code == 2 and len(result.stderr.splitlines()) == 1
    assert result.stderr == "reluviz: none.toml: iterations: 0 makes no film; expected at least 1\n"
    assert not (tmp_path / "media").exists()
