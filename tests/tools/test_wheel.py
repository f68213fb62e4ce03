"""The wheel holds all that films need: built, laid over the environment's packages, and used far from any checkout."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
import zipfile
from pathlib import Path

import pytest
from hatchling.builders.wheel import WheelBuilder

ROOT = Path(__file__).parents[2]


@pytest.fixture(scope="module")
def wheel(tmp_path_factory) -> str:
    """The wheel's file."""
    source = tmp_path_factory.mktemp("source")
    for name in ("reluviz", "scenes", "examples"):
        shutil.copytree(ROOT / name, source / name, ignore=shutil.ignore_patterns("__pycache__", ".ipynb_checkpoints"))
    for name in ("pyproject.toml", "README.md", "LICENSE", ".gitignore"):
        shutil.copy2(ROOT / name, source)
    (made,) = WheelBuilder(str(source)).build(directory=str(tmp_path_factory.mktemp("dist")))
    return made


@pytest.fixture(scope="module")
def installed(wheel, tmp_path_factory) -> Path:
    """The folder that the wheel was installed into, without its dependencies."""
    target = tmp_path_factory.mktemp("target")
    pip = [sys.executable, "-m", "pip", "install", "--quiet", "--no-index", "--no-deps", "--target", str(target), wheel]
    subprocess.run(pip, check=True)
    with zipfile.ZipFile(wheel) as archive:
        assert not [name for name in archive.namelist() if name.startswith(("scenes/", "examples/", "tests/"))]
    return target


def run(installed: Path, folder: Path, *command: str) -> str:
    """What `python COMMAND` prints in `folder`, where reluviz is what the wheel brought."""
    kept = {key: value for key, value in os.environ.items() if not key.startswith("RELUVIZ_")}
    environment = kept | {"PYTHONPATH": str(installed), "RELUVIZ_VOICE": "silent", "BROWSER": "true"}
    process = subprocess.run(
        [sys.executable, *command], cwd=folder, env=environment, capture_output=True, text=True, timeout=300
    )
    assert process.returncode == 0, process.stderr
    return process.stdout.strip()


def test_it_holds_what_the_checkout_holds(installed):
    for name, files in (("scenes", "*.py"), ("examples", "*")):
        here = {path.name for path in (ROOT / name).glob(files) if path.is_file()}
        assert {path.name for path in (installed / "reluviz" / name).glob(files) if path.is_file()} == here
    here = {path.relative_to(ROOT) for path in (ROOT / "reluviz").rglob("*") if "__pycache__" not in path.parts}
    assert here <= {path.relative_to(installed) for path in installed.rglob("*")}


def test_it_is_the_wheel_that_answers(installed, tmp_path):
    scene = run(installed, tmp_path, "-m", "reluviz", "where", "one-neuron")
    assert scene == str(installed / "reluviz" / "scenes" / "one_neuron.py")
    assert "trapped" in run(installed, tmp_path, "-m", "reluviz", "list")


def test_it_makes_the_lab(installed, tmp_path):
    assert run(installed, tmp_path, "-m", "reluviz", "lab", "trapped", "--output", "lab.html") == "lab.html"
    assert (tmp_path / "lab.html").stat().st_size > 50_000


TINY = """learning_rate = 0.02
iterations = 40
[target]
points = [[0, 0], [1, 1], [4, 1]]
[start]
weights = [0.5]
biases = [-0.5]
[data]
low = 0
high = 4
samples = 20
seed = 1
"""


def test_it_films_and_publishes(installed, tmp_path):
    """With the scene that it brought, at Manim's smallest size; the film in a kit under a title of its own."""
    (tmp_path / "mine.toml").write_text(TINY)
    script = (
        "from reluviz.stage import render; render.QUALITIES['l'] = (160, 90, 2); "
        "from reluviz.cli import main; main(['explain', 'mine.toml', '-q', 'l'])"
    )
    film = tmp_path / run(installed, tmp_path, "-c", script)
    assert film.stat().st_size > 1000
    contents = json.loads(film.with_suffix(".json").read_text())
    assert contents["name"] == "mine" and contents["beats"]
    command = ["publish", "mine", "--output", "my-kit", "--title", "Why mine bends", "--decks", "--zips"]
    assert run(installed, tmp_path, "-m", "reluviz", *command).splitlines()[-1] == "my-kit/index.html"
    told = json.loads((tmp_path / "my-kit" / "manifest.json").read_text())
    assert told["title"] == "Why mine bends" and {"mine.pptx", "mine.zip"} < {file["path"] for file in told["files"]}


COMMANDS = """
reluviz --version
python -m reluviz list
reluviz new mine.toml --like one-neuron
reluviz inspect mine.toml
reluviz words mine.toml turn
reluviz figures mine.toml
reluviz sweep mine.toml --runs 3 --vary start.origins=random:0..1
reluviz explain mine.toml -q l
reluviz compare mine.toml two-neurons -q l
reluviz new-film my_film.py --like mine.toml
reluviz render my_film.py -q l
reluviz publish my-film mine --output kit
reluviz lab mine.toml
reluviz train one-neuron
manim -ql -s SCENE
"""


@pytest.mark.slow
def test_installed_whole_in_a_new_environment_every_command_works(wheel, tmp_path):
    """With its dependencies, as pip finds them; far from any checkout."""
    subprocess.run([sys.executable, "-m", "venv", str(tmp_path / "venv")], check=True)
    scripts, folder = tmp_path / "venv" / "bin", tmp_path / "elsewhere"
    folder.mkdir()
    kept = {key: value for key, value in os.environ.items() if not key.startswith(("RELUVIZ_", "PYTHON"))}
    environment = kept | {"RELUVIZ_VOICE": "silent", "BROWSER": "true"}

    def call(*command: str) -> str:
        process = subprocess.run([str(scripts / command[0]), *command[1:]], cwd=folder, env=environment,
                                 capture_output=True, text=True)  # fmt: skip
        assert process.returncode == 0, f"{command}: {process.stderr}"
        return process.stdout.strip()

    call("pip", "install", "--quiet", "--disable-pip-version-check", "-c", str(ROOT / "constraints.txt"), wheel)
    scene = call("reluviz", "where", "one-neuron")
    assert Path(scene).is_relative_to(tmp_path / "venv")
    for line in COMMANDS.strip().splitlines():
        call(*(scene if word == "SCENE" else word for word in line.split()))
    made = [path.relative_to(folder).as_posix() for path in folder.rglob("*") if path.is_file()]
    for name in ("media/explained/mine.mp4", "media/explained/mine-and-two-neurons.mp4", "media/videos/my-film.mp4",
                 "kit/index.html", "kit/manifest.json", "media/lab/lab.html"):  # fmt: skip
        assert name in made, name
