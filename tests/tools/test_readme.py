"""The commands in the blocks of README and the documents: reluviz and make have each, with the options they know."""

from __future__ import annotations

import re
import shlex
import tomllib
from pathlib import Path

import click
import pytest
from click.testing import CliRunner

from reluviz.cli import main
from reluviz.stage.render import series
from tools.film_stills import MOMENTS, PICTURES

ROOT = Path(__file__).parents[2]
PAGES = [ROOT / "README.md", *sorted((ROOT / "docs").glob("*.md"))]
BLOCK = re.compile(r"^```(?:sh|powershell)\n(.*?)^```", re.MULTILINE | re.DOTALL)


def commands(page: Path) -> list[list[str]]:
    """The commands in the blocks of a page, without comments, in words; those within $(…) too."""
    text = "\n".join(BLOCK.findall(page.read_text(encoding="utf-8"))).replace("\\\n", " ").replace("\\", "/")
    lines = [line for line in text.splitlines() if line.strip() and not line.lstrip().startswith("#")]
    lines += [inner for line in lines for inner in re.findall(r"\$\((.*?)\)", line)]
    return [shlex.split(part, comments=True) for line in lines for part in line.split("&&")]


OURS = sorted(
    {
        tuple(words[1:])
        for page in PAGES
        for words in commands(page)
        if words and words[0].split("/")[-1] == "reluviz"
    }
)


@pytest.mark.parametrize("words", OURS, ids=" ".join)
def test_reluviz_has_the_command_and_its_options(words):
    name, *rest = words
    if name.startswith("-"):
        assert CliRunner().invoke(main, words).exit_code == 0
        return
    command = main.commands[name]
    context = command.make_context(name, [*rest], parent=click.Context(main))  # parses, and runs nothing
    assert not context.args


LOOKING = [words for words in OURS if words[0] in {"list", "inspect", "where"} and not any(map(str.isupper, words))]


@pytest.mark.parametrize("words", LOOKING, ids=" ".join)
def test_what_only_looks_is_run(words, tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    result = CliRunner().invoke(main, words)
    assert result.exit_code == 0 and result.stdout, result.stderr


def test_make_has_its_goals():
    makefile = (ROOT / "Makefile").read_text(encoding="utf-8")
    used = {word for page in PAGES for words in commands(page) if words and words[0] == "make" for word in words[1:]}
    goals = {word for word in used if not word.startswith("-") and "=" not in word}
    assert goals and not [goal for goal in goals if not re.search(rf"^{goal}:", makefile, re.MULTILINE)]


def test_packages_and_versions_are_those_of_the_tools():
    text = (ROOT / "README.md").read_text(encoding="utf-8")
    script = (ROOT / "tools" / "check-system.sh").read_text(encoding="utf-8")
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    (debian,) = re.findall(r'^debian="(.*)"$', script, re.MULTILINE)
    assert f"sudo apt-get install {debian}\n" in text
    (low, high) = re.fullmatch(r">=3\.(\d+),<3\.(\d+)", project["requires-python"]).groups()
    told = f"3.{low} to 3.{int(high) - 1}"
    assert f"Python {told}" in text and f"Python {told}" in script
    assert f"(3, {low}) <= sys.version_info < (3, {high})" in script
    assert f"## [{project['version']}]" in (ROOT / "CHANGELOG.md").read_text(encoding="utf-8")


def test_every_film_has_its_picture_in_the_order_of_the_series():
    text = (ROOT / "README.md").read_text(encoding="utf-8")
    rows = re.findall(r'<img src="(\S+)" width="240" alt="(\S+)"> \| \[`(\w+)\.py`\]\(scenes/\3\.py\)', text)
    assert [name for _, name, _ in rows] == list(series()) == list(MOMENTS)
    assert [scene.replace("_", "-") for _, _, scene in rows] == list(series())
    assert [ROOT / path for path, _, _ in rows] == [PICTURES / f"{name}.webp" for name in series()]
    assert sum(path.stat().st_size for path in PICTURES.iterdir()) < 1_000_000
    assert {path.stem for path in PICTURES.iterdir()} == set(series())
