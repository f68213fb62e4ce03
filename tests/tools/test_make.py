"""What `make` makes anew after which edit, and that nobody loses a film by it. Rendering and training are replaced:
a stand-in for the virtual environment notes what it is asked for and touches the files that would be made."""

from __future__ import annotations

import os
import re
import shutil
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
FILMS = ["starting_points", "teaser", "two_neurons"]
"""As many as it takes."""

STAND_IN = f"""#!{sys.executable}
import os, runpy, sys, time
from pathlib import Path
arguments = sys.argv[1:]
def made(path):
    path.parent.mkdir(parents=True, exist_ok=True)
    path.with_suffix(".half").touch()
    time.sleep(float(os.environ.get("SECONDS_EACH", "0")))
    path.with_suffix(".half").rename(path)
def render(quality, theme, jobs, output):
    # What reluviz says is not up to date is made, with its digest beside it.
    sys.path.insert(0, os.getcwd())
    from reluviz.stage.made_from import made_from
    from reluviz.stage.render import scene_file, series
    asked, done = dict(quality=quality, theme=theme, voice=os.environ.get("RELUVIZ_VOICE", "")), []
    for name in series():
        film, digest = output / (name + ".mp4"), made_from(scene_file(name), **asked)
        kept = film.with_suffix(".from")
        if not film.exists() or not kept.exists() or kept.read_text() != digest:
            made(film)
            kept.write_text(digest)
            done.append("film " + name.replace("-", "_") + " " + quality + (" by %d" % jobs if jobs > 1 else ""))
    return chr(10).join(done)
if Path(sys.argv[0]).name == "reluviz":
    log = " ".join(arguments)
    if arguments[0] == "train":
        made(Path("media/trajectories") / (arguments[1] + ".npz"))
    if arguments[0] == "render":
        _, _, quality, _, theme, _, jobs, _, output = arguments
        log = render(quality, theme, int(jobs), Path(output))
    if arguments[0] in ("publish", "figures"):
        at = arguments.index("--output")
        output, log = Path(arguments[at + 1]), " ".join([arguments[0], *arguments[at + 2:]])
        output.mkdir(parents=True, exist_ok=True)
        if arguments[0] == "publish":
            made(output / "manifest.json")
else:
    sys.argv = arguments[1:]
    sys.path.insert(0, os.getcwd())
    runpy.run_module(arguments[1], run_name="__main__", alter_sys=True)
    sys.exit()
with open("asked", "a") as file:
    file.write(log + chr(10) if log else "")
"""


@pytest.fixture(scope="module")
def tree(tmp_path_factory):
    """A checkout in which everything has been made once."""
    folder = tmp_path_factory.mktemp("tree")
    for name in ("Makefile", "manim.cfg", "pyproject.toml", "constraints.txt"):
        shutil.copy2(ROOT / name, folder)
    for name in ("reluviz", "scenes", "tools"):
        shutil.copytree(ROOT / name, folder / name, ignore=shutil.ignore_patterns("__pycache__"))
    for scene in (folder / "scenes").glob("*.py"):
        if scene.stem not in FILMS and scene.stem != "any_run":
            scene.unlink()
    for name in ("python", "reluviz"):
        (folder / ".venv" / "bin").mkdir(parents=True, exist_ok=True)
        (folder / ".venv" / "bin" / name).write_text(STAND_IN)
        (folder / ".venv" / "bin" / name).chmod(0o755)
    (folder / ".venv" / "installed").touch()
    assert {f"film {film} m" for film in FILMS} < set(make(folder))
    return folder


def start(folder: Path, *arguments: str, **environment: str) -> subprocess.Popen[str]:
    kept = {key: value for key, value in os.environ.items() if not key.startswith(("RELUVIZ_", "MAKE"))}
    return subprocess.Popen(
        ["make", *arguments], cwd=folder, env=kept | environment, stdout=subprocess.PIPE, stderr=subprocess.STDOUT,
        text=True, start_new_session=True,
    )  # fmt: skip


def edit(path: Path) -> None:
    """Another file than before: with another title where it is TOML, else with one more line."""
    text = path.read_text(encoding="utf-8")
    path.write_text(text.replace('title = "', 'title = "So, ', 1) if path.suffix == ".toml" else text + "\n# edited\n")


def asked(folder: Path) -> list[str]:
    lines = (folder / "asked").read_text().splitlines() if (folder / "asked").exists() else []
    (folder / "asked").unlink(missing_ok=True)
    return sorted(lines)


def make(folder: Path, *arguments: str, **environment: str) -> list[str]:
    """What the stand-in was asked for, in alphabetical order."""
    process = start(folder, *arguments, **environment)
    output, _ = process.communicate(timeout=60)
    assert process.returncode == 0, output
    return asked(folder)


def test_nothing_changed_nothing_is_made(tree):
    assert make(tree) == []


@pytest.mark.parametrize("film", ["teaser", "starting_points"])
def test_an_edit_to_what_one_film_alone_uses_renders_that_film_alone(film, tree):
    script = f"reluviz/story/scripts/{film.replace('_', '-')}.toml"
    for name in (f"scenes/{film}.py", script, f"reluviz/stage/films/{film}.py"):
        if (tree / name).exists():
            (tree / name).touch()
            assert make(tree, "films") == [], f"{name}, only touched"
            edit(tree / name)
            assert make(tree, "films") == [f"film {film} m"], name
    assert make(tree) == ["publish"]


def test_an_edit_to_a_film_s_entry_in_the_programme_renders_it(tree):
    programme = tree / "reluviz/story/programme.toml"
    before = programme.read_text()
    try:
        start, _, rest = before.partition('name = "teaser"\n')
        programme.write_text(f'{start}name = "teaser"\n' + re.sub(r'question = "', 'question = "Well, ', rest, count=1))
        made = make(tree, "films")
    finally:
        programme.write_text(before)
    assert "film teaser m" in made and "film starting_points m" not in made
    make(tree)


def test_an_edit_to_what_all_films_use_renders_all(tree):
    edit(tree / "reluviz/theme.py")
    assert make(tree, "films") == [f"film {film} m" for film in FILMS]
    assert make(tree) == ["figures", "publish"]


def test_an_edit_to_the_kit_or_the_commands_renders_none(tree):
    for name in ("reluviz/publish/deck/slides.py", "reluviz/publish/templates/page.css", "reluviz/publish/web/page.js"):
        (tree / name).touch()
        assert make(tree) == ["publish"], name
    for name in ("reluviz/cli/runs.py", "scenes/any_run.py", "reluviz/story/unscripted/one_run.py"):
        edit(tree / name)
        assert make(tree) == [], name


def test_an_edit_to_an_experiment_trains_it_and_renders_its_films(tree):
    edit(tree / "reluviz/core/library/two-neurons.toml")
    made = make(tree, "films")
    assert made[-1] == "train two-neurons" and "film two_neurons m" in made and "film teaser m" not in made


def test_an_edit_to_how_sweeps_are_judged_renders_the_films_that_count_and_makes_their_sweeps_anew(tree):
    kept, gone = tree / "media/sweeps/own.npz", tree / "media/sweeps/films/old.npz"
    kept.touch()
    gone.touch()
    (tree / "reluviz/sweep/cluster.py").touch()  # which no film uses
    assert make(tree, "films") == [] and gone.exists()
    edit(tree / "reluviz/sweep/execute.py")
    assert "film starting_points m" in make(tree, "films")
    assert kept.exists() and not gone.exists()


def test_voice_and_quality_render_anew(tree):
    for arguments, environment in ((["QUALITY=l"], {}), ([], {"RELUVIZ_VOICE": "silent"}), ([], {})):
        quality = "l" if arguments else "m"
        assert make(tree, "films", *arguments, **environment) == [f"film {film} {quality}" for film in FILMS]


def test_light_films_lie_beside_the_dark_ones(tree):
    make(tree)
    made = [tree / f"media/{name}" for name in ("videos/teaser.mp4", "figures/all-drawn", "lecture/manifest.json")]
    before = [path.stat().st_mtime_ns for path in made]
    assert make(tree, "THEME=light") == ["figures", *(f"film {film} m" for film in FILMS), "publish"]
    assert [path.stat().st_mtime_ns for path in made] == before
    assert all((tree / "media" / f"{path.parent.name}-light" / path.name).exists() for path in made)
    assert make(tree) == [] == make(tree, RELUVIZ_THEME="light")
    process = start(tree, "THEME=pink")
    assert "expected dark or light" in process.communicate(timeout=20)[0] and process.returncode == 2


def test_everything_stays_until_there_are_other_films(tree):
    make(tree)
    assert make(tree, "lecture-all") == ["publish --silent-copies --clip-files --decks --zips"]
    assert make(tree) == []


def test_a_preview_leaves_the_films_alone(tree):
    make(tree)
    before = {path: path.stat().st_mtime_ns for path in (tree / "media/videos").iterdir()}
    assert make(tree, "preview") == [f"film {film} l" for film in FILMS]
    assert {path: path.stat().st_mtime_ns for path in (tree / "media/videos").iterdir()} == before
    assert {path.stem for path in (tree / "media/preview").glob("*.mp4")} == {film.replace("_", "-") for film in FILMS}
    assert make(tree, "preview") == [] == make(tree)


@pytest.mark.parametrize("asked_for, jobs", [("-j3", 3), ("--jobs=2", 2), ("-kj2", 2), ("-j", os.cpu_count())])
def test_as_many_at_a_time_as_make_is_told(asked_for, jobs, tree):
    edit(tree / "reluviz/theme.py")
    by = f" by {jobs}" if jobs > 1 else ""
    assert make(tree, asked_for, "films") == [f"film {film} m{by}" for film in FILMS]


@pytest.mark.parametrize("how", [signal.SIGINT, signal.SIGTERM, signal.SIGKILL])
def test_an_interrupted_make_leaves_the_old_film(how, tree):
    film = tree / "media/videos/teaser.mp4"
    make(tree, "films")
    before = film.stat().st_mtime_ns
    edit(tree / "scenes/teaser.py")
    process = start(tree, "films", SECONDS_EACH="20")
    wait_for(film.with_suffix(".half"))
    os.killpg(process.pid, how)
    process.communicate(timeout=20)
    assert process.returncode != 0 and film.stat().st_mtime_ns == before
    assert make(tree, "films") == ["film teaser m"]


def test_the_second_of_two_waits_and_says_so(tree):
    make(tree, "films")
    edit(tree / "scenes/teaser.py")
    first = start(tree, "films", SECONDS_EACH="1")
    wait_for(tree / "media/videos/teaser.half")
    second = start(tree, "films")
    outputs = [process.communicate(timeout=30)[0] for process in (first, second)]
    assert (first.returncode, second.returncode) == (0, 0), outputs
    assert "Another make is at work in this folder" in outputs[1]
    assert asked(tree) == ["film teaser m"], "rendered once"


def test_help_and_clean_need_no_environment(tree, tmp_path):
    shutil.copy2(tree / "Makefile", tmp_path)
    shutil.copytree(tree / "tools", tmp_path / "tools")
    for goal in ("help", "clean"):
        process = start(tmp_path, goal)
        output, _ = process.communicate(timeout=20)
        assert process.returncode == 0, output
    assert not (tmp_path / ".venv").exists()


def wait_for(path: Path) -> None:
    end = time.monotonic() + 20
    while not path.exists():
        assert time.monotonic() < end, f"{path} never came"
        time.sleep(0.02)
