"""One rule for what a film is called, held by names, scripts, scenes and schemas alike."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from reluviz.story.names import LONGEST, PATTERN, film_name, is_film_name
from reluviz.story.script import read_script, script_names
from reluviz.story.template import ScriptError

ROOT = Path(__file__).parents[2]


@pytest.mark.parametrize(("text", "name"), [
    ("one-neuron", "one-neuron"), ("one_neuron", "one-neuron"), ("My film #1", "my-film-1"), ("a&b", "a-b"),
    ("<b>", "b"), ("%41", "41"), ("a\nb", "a-b"), ("über Größe", "uber-grosse"), ("--", "film-d8156bae"),
    ("n" * 300, "n" * LONGEST), ("n" * 59 + " x", "n" * 59),
])  # fmt: skip
def test_an_odd_name_gets_a_fitting_one(text, name):
    assert film_name(text) == name and is_film_name(name)


@pytest.mark.parametrize("text", ["", "a--b", "-a", "a-", "A", "a b", "a\n", "ä", "a/b", "..", "n" * 61])
def test_what_is_no_film_name(text):
    assert not is_film_name(text)


@given(st.text())
def test_every_text_gets_a_name_and_a_name_keeps_itself(text):
    name = film_name(text)
    assert is_film_name(name) and film_name(name) == name


def test_two_files_that_no_ascii_can_write_get_two_names():
    assert film_name("円") != film_name("点") and film_name("\udcff") == film_name("\udcff")


def test_a_script_of_another_name_is_told_what_would_fit(tmp_path):
    (tmp_path / "My film.toml").write_text("")
    with pytest.raises(ScriptError, match=r"no name for a film; expected such as my-film\.toml"):
        read_script(tmp_path / "My film.toml")


def test_scripts_and_scenes_have_such_names():
    scenes = [path.stem for path in (ROOT / "scenes").glob("*.py")]
    assert all(is_film_name(name) for name in script_names())
    assert all(film_name(name) == name.replace("_", "-") for name in scenes)


def test_the_schemas_have_the_same_rule():
    schemas = [*(ROOT / "reluviz").rglob("*.schema.json")]
    assert schemas
    for path in schemas:
        name = f'"pattern": {json.dumps(PATTERN)}, "maxLength": {LONGEST}'
        assert name in json.dumps(json.loads(path.read_text())), path.name
