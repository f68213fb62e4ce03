"""Every film builds, is well laid out at the end of each beat, and calls no LaTeX."""

import ast
import subprocess

import pytest

from tests.scenes.conftest import SCENES, built, film_classes
from tests.scenes.layout import problems

FILMS = film_classes()


@pytest.fixture(autouse=True)
def no_latex(monkeypatch):
    """Manim finds LaTeX through subprocess: any call of it fails the test."""
    real = subprocess.run

    def refuse(command, *args, **kwargs):
        assert "tex" not in str(command), f"LaTeX was called: {command}"
        return real(command, *args, **kwargs)

    monkeypatch.setattr(subprocess, "run", refuse)


@pytest.mark.parametrize("film", FILMS, ids=lambda film: film.__name__)
def test_layout_of_every_beat(film, tmp_path):
    seen, found = [], []

    def look(scene, beat):
        seen.append(beat.name)
        found.extend(f"{beat.name}: {problem}" for problem in problems(scene.mobjects))

    with built(film, tmp_path, on_beat_end=look) as scene:
        told = [beat.name for beat in scene.story.beats]
    assert seen == told, "every beat of the script is shown, in its order"
    assert found == []


@pytest.mark.parametrize("path", sorted(SCENES.glob("*.py")), ids=lambda path: path.stem)
def test_one_file_one_film_and_a_short_construct(path):
    tree = ast.parse(path.read_text())
    classes = [node for node in tree.body if isinstance(node, ast.ClassDef)]
    assert len(classes) == 1
    assert classes[0].name == path.stem.title().replace("_", "")
    construct = next(n for n in classes[0].body if isinstance(n, ast.FunctionDef) and n.name == "construct")
    assert construct.end_lineno - construct.lineno <= 40
    assert len(path.read_text().splitlines()) <= 260


def test_the_layout_check_sees_what_is_wrong():
    from manim import RIGHT, VGroup

    from reluviz.stage.typesetting import Number, words
    from reluviz.theme import DARK

    one = words("one", DARK.ink)
    assert problems([one, words("two", DARK.ink).shift(5 * RIGHT)]) == []
    assert any("over" in line for line in problems([one, VGroup(Number(DARK.ink).put("12"))]))
    assert any("safe area" in line for line in problems([words("far", DARK.ink).shift(6.7 * RIGHT)]))
    assert problems([one, words("hidden", DARK.ink).set_opacity(0)]) == []
