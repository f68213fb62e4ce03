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


def test_every_part_that_scenes_use_is_on_the_page():
    """By the modules of stage/parts; not what view and scene are made of, nor the end card."""
    stage = ROOT / "reluviz" / "stage"
    made = "".join((stage / name).read_text(encoding="utf-8") for name in ("network_view.py", "scene.py"))
    scenes = "".join(path.read_text(encoding="utf-8") for path in (ROOT / "scenes").glob("*.py"))
    used = set(re.findall(r"reluviz\.stage\.parts\.([\w.]+) import", scenes)) - {"gestures.name_card"}
    assert len(used) > 12 and not {name for name in used if f"reluviz.stage.parts.{name} import" not in TEXT + made}


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
