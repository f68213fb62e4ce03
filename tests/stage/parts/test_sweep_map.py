"""The still map of a sweep: its pixels against the outcomes it was given."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest
from manim import config
from PIL import Image, ImageColor

from reluviz.core import Experiment
from reluviz.errors import UserError
from reluviz.stage.parts.charts import sweep_map
from reluviz.stage.parts.charts.sweep_map import check_can_be_drawn, draw_map, most_frequent
from reluviz.sweep.judge import Outcome, Outcomes
from reluviz.sweep.options import read_sweep
from reluviz.sweep.store import SweepResult
from reluviz.theme import DARK, LIGHT

BASE = Experiment.open("merging-neurons")


def result(outcome, runs: int, grid: list[str]) -> SweepResult:
    """A sweep that ended so, without training it; outcome: (len of the first axis, of the second, runs)."""
    sweep = read_sweep(BASE, runs, grid=grid)
    found = replace(Outcomes.unknown(sweep.total, 4), outcome=np.asarray(outcome, np.uint8).ravel())
    return SweepResult(sweep, found)


def colours(path, theme) -> set[int]:
    """Which outcomes' colours are in the picture."""
    pixels = np.array(Image.open(path)).reshape(-1, 3)
    packed = np.unique(pixels @ np.array([65536, 256, 1]))
    return {kind for kind in range(5) if int(theme.outcomes[kind].removeprefix("#"), 16) in packed}


def cell_colours(path, columns: int, rows: int):
    """The pixels at the middle of each cell, (columns, rows, 3): the first axis to the right, the second up."""
    picture = np.array(Image.open(path))
    unit = picture.shape[0] / config.frame_height
    (x, y), size = sweep_map._CENTRE, sweep_map._SIZE
    across = x + size * ((np.arange(columns) + 0.5) / columns - 0.5) + config.frame_width / 2
    down = config.frame_height / 2 - (y + size * ((np.arange(rows) + 0.5) / rows - 0.5))
    return picture[np.round(down * unit).astype(int)[None, :], np.round(across * unit).astype(int)[:, None]]


@pytest.mark.parametrize("theme", [DARK, LIGHT], ids=lambda theme: theme.name)
def test_each_cell_has_the_colour_of_its_outcome(theme, tmp_path):
    outcome = np.random.default_rng(0).integers(0, 4, (7, 5, 1))
    outcome[:, :, 0][0, 0] = Outcome.GLOBAL_OPTIMUM
    # The axes lie right of the experiment's own origins, so that no ring hides a cell.
    draw_map(result(outcome, 1, ["start.origins.2=2..3:7", "start.origins.3=2..3:5"]), tmp_path / "map.png", theme)
    expected = np.array([[ImageColor.getrgb(theme.outcomes[k]) for k in column] for column in outcome[:, :, 0]])
    np.testing.assert_array_equal(cell_colours(tmp_path / "map.png", 7, 5), expected)
    assert colours(tmp_path / "map.png", theme) == {0, 1, 2, 3}


def test_a_cell_of_many_runs_has_the_most_frequent_and_the_legend_has_all(tmp_path):
    outcome = np.tile([1, 4, 1], (2, 2, 1))
    outcome[1, 0] = [2, 0, 2]
    draw_map(result(outcome, 3, ["start.origins.2=2..3:2", "learning_rate=0.1,0.2"]), tmp_path / "map.png", DARK)
    found = cell_colours(tmp_path / "map.png", 2, 2)
    np.testing.assert_array_equal(found[1, 0], ImageColor.getrgb(DARK.outcomes[2]))
    for cell in ((0, 0), (0, 1), (1, 1)):
        np.testing.assert_array_equal(found[cell], ImageColor.getrgb(DARK.outcomes[1]))
    assert colours(tmp_path / "map.png", DARK) == {0, 1, 2, 4}


def test_of_equals_the_better_outcome_counts():
    assert most_frequent(np.array([[3, 3, 1], [2, 0, 1], [4, 1, 1]], np.uint8)).tolist() == [3, 0, 1]


@pytest.mark.parametrize(("grid", "marked"), [
    (["start.origins.2=0..1:3", "start.origins.3=0..2:3"], True),  # its own are 0.5 and 1: the middle cell
    (["start.biases.2=-1..0:3", "learning_rate=0.005..0.015:3"], True),
    (["start.origins.2=0..0.4:3", "start.origins.3=0..2:3"], False),
    (["start.weights=0..1:3", "learning_rate=0.005..0.015:3"], False),
])  # fmt: skip
def test_the_experiments_own_start_is_ringed_where_it_lies_on_the_map(grid, marked, tmp_path):
    draw_map(result(np.zeros((3, 3, 1)), 1, grid), tmp_path / "map.png", DARK)
    picture, (x, y), size = np.array(Image.open(tmp_path / "map.png")).astype(int), sweep_map._CENTRE, sweep_map._SIZE
    column, row = (round(v * 135) for v in (x + config.frame_width / 2, config.frame_height / 2 - y))
    middle = picture[row - 40 : row + 41, column - 40 : column + 41].reshape(-1, 3)
    ink = (middle == ImageColor.getrgb(DARK.ink)).all(axis=1).any()
    assert ink == marked
    assert size * 135 / 3 > 81  # all of it within the middle cell


@pytest.mark.parametrize(("grid", "name", "says"), [
    ([], "map.png", "a grid of 0 axes; expected two"),
    (["learning_rate=0.1,0.2"], "map.png", "a grid of 1 axes; expected two"),
    (["learning_rate=0.1,0.2", "start.origins=random:0..1,random:0..2"], "map.png", "start.origins has no evenly"),
    (["learning_rate=0.1,0.2,0.4", "data.seed=1,2"], "map.png", "learning_rate has no evenly spaced"),
    (["learning_rate=0.2,0.1", "data.seed=1,2"], "map.png", "rising numbers"),
    (["learning_rate=0.1", "data.seed=1,2"], "map.png", "learning_rate has no evenly spaced"),
    (["learning_rate=0.1,0.2", "data.seed=1,2"], "map.pdf", "expected a name that ends in .png"),
    (["learning_rate=0.1,0.2", "data.seed=1,2"], "file/map.png", "cannot be written"),
])  # fmt: skip
def test_what_cannot_be_drawn_is_told_before_training(grid, name, says, tmp_path):
    (tmp_path / "file").write_text("")
    with pytest.raises(UserError) as caught:
        check_can_be_drawn(read_sweep(BASE, 1, grid=grid), tmp_path / name)
    assert says in str(caught.value) and "\n" not in str(caught.value)
    assert [path.name for path in tmp_path.iterdir()] == ["file"]
