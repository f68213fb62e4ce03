"""Moving numbers look like the same text set still, and cost next to nothing."""

import os
import time

import numpy as np
import pytest
from manim import tempconfig
from manim.mobject.svg.svg_mobject import SVG_HASH_TO_MOB_MAP

from reluviz.stage import typesetting
from reluviz.stage.manim_adapter import clear_half_written_texts
from reluviz.stage.typesetting import Number, figures, formula, words
from reluviz.theme import BODY, DARK


def test_figures():
    assert [figures(v, d) for v, d in ((1.416, 2), (-0.6, 1), (-0.001, 2), (20000, 0), (-1234.5, 1))] == [
        "1.42", "−0.6", "0.00", "20,000", "−1,234.5",
    ]  # fmt: skip


def test_a_number_shows_the_glyphs_of_the_still_text():
    still = words("3", DARK.ink, BODY)
    moving = Number(DARK.ink, BODY).put("3")
    assert moving.width == pytest.approx(still.width, rel=1e-6)
    assert moving.height == pytest.approx(still.height, rel=1e-6)


def test_a_half_written_text_in_the_cache_is_not_taken_for_whole(tmp_path):
    """As a kill leaves it: under its final name, cut or empty. What is being written at this moment stays."""
    with tempconfig({"media_dir": str(tmp_path)}):
        whole = words("It moves", DARK.ink).width
        formula_width = formula("x^2", DARK.ink).width
        pictures = sorted(tmp_path.rglob("*.svg"))
        assert len(pictures) == 2
        for half in (b"", pictures[0].read_bytes()[:200]):
            for picture in pictures:
                picture.write_bytes(half)
                os.utime(picture, (0, 0))
            fresh = tmp_path / "texts" / "fresh.svg"
            fresh.write_bytes(b"")
            SVG_HASH_TO_MOB_MAP.clear()
            clear_half_written_texts()
            assert words("It moves", DARK.ink).width == whole and formula("x^2", DARK.ink).width == formula_width
            assert fresh.exists()


def test_alignment_and_emptying():
    right = Number(DARK.ink, BODY, align="right").put("12.5", np.array([2.0, 1.0, 0.0]))
    assert right.get_right()[0] == pytest.approx(2.0, abs=0.05)
    assert not right.put("").family_members_with_points()


def test_setting_a_number_is_cheap():
    number = Number(DARK.ink, BODY)
    number.put("0")
    begin = time.process_time()
    for k in range(1000):
        number.put(figures(k, 0))
    assert (time.process_time() - begin) / 1000 < 1e-3


def test_parts_of_a_formula_can_be_picked():
    formula = typesetting.formula("delta = {{ ref : target }}(x) - NN(x)", DARK.ink)
    assert 0 < len(formula.select("target")) < len(formula)
