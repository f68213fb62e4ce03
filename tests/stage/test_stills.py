"""The article's figures from the command line, in both themes, tiny."""

import numpy as np
import pytest
from click.testing import CliRunner
from PIL import Image, ImageColor

from reluviz import __version__
from reluviz.cli import main
from reluviz.stage import stills
from reluviz.theme import THEMES

KINDS = ("biases", "end", "fit", "neurons", "start", "weights")


@pytest.mark.parametrize("theme", ["dark", "light"])
def test_figures_draws_each_of_a_run(theme, tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("RELUVIZ_THEME", theme)
    monkeypatch.setattr(stills, "PIXELS", (320, 180))
    result = CliRunner().invoke(main, ["figures", "one-neuron", "--output", "slides"])
    assert result.exit_code == 0, result.output
    files = sorted((tmp_path / "slides").iterdir())
    assert [file.name for file in files] == [f"one-neuron-{kind}.png" for kind in KINDS]
    assert sorted(result.stdout.splitlines()) == [f"slides/{file.name}" for file in files]
    assert {Image.open(file).info["Software"] for file in files} == {f"reluviz {__version__}"}
    pictures = [np.asarray(Image.open(file).convert("RGB")).astype(int) for file in files]
    background = ImageColor.getrgb(THEMES[theme].background)
    for picture in pictures:
        assert picture.shape == (180, 320, 3)
        assert np.abs(picture[[0, 0, -1, -1], [0, -1, 0, -1]] - background).max() <= 2, "the corners are empty"
        assert (np.abs(picture - background).max(axis=2) > 60).mean() > 0.005, "and something is drawn"
    assert all((one != other).any() for k, one in enumerate(pictures) for other in pictures[:k])
