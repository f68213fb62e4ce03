"""docs/your-own-film.md: its files are those that new-film writes, and each block draws its picture."""

from __future__ import annotations

import re

import numpy as np
import pytest
from PIL import Image

from tests.test_house import ROOT
from tools.block_pictures import PAGE, PICTURES, blocks, picture, story

TEXT = PAGE.read_text(encoding="utf-8")
QUICK = ("slow", "rings", "own")
"""Of each kind one; the others are drawn by the slow tests."""


@pytest.fixture(scope="module")
def told():
    return story()


def test_the_files_on_the_page_are_those_that_are_written():
    shown = re.findall(r"^<!-- file: (\S+) -->\n```\w+\n(.*?)^```$", TEXT, re.MULTILINE | re.DOTALL)
    assert [name for name, _ in shown] == ["examples/film/my-film.toml", "examples/film/my_film.py"]
    for name, text in shown:
        assert text == (ROOT / name).read_text(encoding="utf-8"), name


def test_every_block_has_its_picture_and_every_picture_its_block():
    pictured = re.findall(r"^!\[.+\]\(pictures/blocks/(\w+)\.webp\)$", TEXT, re.MULTILINE)
    assert pictured == list(blocks()) and len(pictured) == TEXT.count("<!-- picture:")
    assert sorted(pictured) == sorted(path.stem for path in PICTURES.iterdir())
    assert sum(path.stat().st_size for path in PICTURES.iterdir()) < 1_000_000


def test_every_part_that_films_share_is_on_the_page():
    """By the modules of stage/parts: each is named in a block, or in the view that every block has."""
    view = (ROOT / "reluviz/stage/network_view.py").read_text(encoding="utf-8")
    scene = (ROOT / "reluviz/stage/scene.py").read_text(encoding="utf-8")
    below = {"arrows", "window", "sweep_map", "name_card"}  # what parts are made of; reluviz sweep's; the series' own
    modules = {path.stem for path in (ROOT / "reluviz/stage/parts").rglob("*.py")} - {"__init__"} - below
    assert {name for name in modules if not re.search(rf"parts\.(\w+\.)?{name} import", TEXT + view + scene)} == set()


@pytest.mark.parametrize(
    "name", [pytest.param(name, marks=[] if name in QUICK else pytest.mark.slow) for name in blocks()]
)
def test_a_block_draws_what_the_page_shows(name, told):
    part, code = blocks()[name]
    drawn = picture(code, part, told, height=180)
    assert drawn.size == (320, 180)
    kept = Image.open(PICTURES / f"{name}.webp").convert("RGB").resize(drawn.size)
    apart = np.abs(np.asarray(drawn, float) - np.asarray(kept, float)).mean()
    assert np.asarray(drawn).std() > 5 and apart < 8, "make docs draws it anew"
