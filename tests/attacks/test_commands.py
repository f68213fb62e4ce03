"""Odd words on the command line, odd names, forged contents of films: what was asked for, or one line."""

from __future__ import annotations

import copy
import json
import shutil
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from reluviz.errors import UserError
from reluviz.publish.film import Film
from reluviz.publish.imprint import Imprint, title_for
from reluviz.publish.page import page
from reluviz.publish.texts import captions_vtt, chapters_vtt, transcript
from reluviz.story.contents import write_contents
from reluviz.story.names import film_name, is_film_name
from tests.attacks.conftest import WHOLE, held
from tests.attacks.inputs import described, run, tries

pytestmark = [
    pytest.mark.filterwarnings("error::RuntimeWarning"),
    pytest.mark.usefixtures("in_a_folder_of_its_own"),
]

FORGED = [None, True, 0, -1, 0.5, 1e308, "", "x", "../x", "</script>", "\x00", "\ud800", 10**18, "two-neurons"]
PART = st.recursive(
    st.sampled_from(FORGED),
    lambda inner: st.lists(inner, max_size=2) | st.dictionaries(st.sampled_from(["a", "start"]), inner, max_size=2),
    max_leaves=4,
)


@pytest.fixture(scope="module")
def film(videos, tmp_path_factory):
    """The contents of a film, and a folder with it."""
    folder = tmp_path_factory.mktemp("forged")
    for ending in (".mp4", ".srt", ".json"):
        shutil.copyfile(videos / f"one-neuron{ending}", folder / f"one-neuron{ending}")
    return folder / "one-neuron.json", (folder / "one-neuron.json").read_text()


@tries("film's contents", 60, 1500)
@given(places=st.lists(st.lists(st.integers(0, 30), min_size=1, max_size=5), min_size=1, max_size=3), part=PART)
def test_forged_contents(places, part, film):
    """Of the right form, with parts that are not: a film that can be shown, or one line."""
    path, text = film
    told = json.loads(text)
    for place in places:
        inside = told
        for step in place:
            keys = list(inside) if isinstance(inside, dict) else range(len(inside)) if isinstance(inside, list) else []
            if not keys:
                break
            where, key = inside, list(keys)[step % len(keys)]
            inside = inside[key]
        where[key] = copy.deepcopy(part)
    path.write_text(json.dumps(told))
    try:
        found = Film.open(path)
        kit = Imprint(title_for([found]))
        shown = page([found], kit, path.parent), captions_vtt(found), chapters_vtt(found), transcript(found)
    except UserError as mistake:
        assert "\n" not in str(mistake)
    else:
        assert all(one.encode("utf-8") for one in shown) and "Infinity" not in shown[0]


COMMANDS = [
    "list",
    "train",
    "inspect",
    "figures",
    "new",
    "explain",
    "compare",
    "sweep",
    "publish",
    "serve",
    "nothing",
]
WORDS = ["--output", "--theme", "pink", "--voice", "loud", "-q", "x", "--port", "many", "--like", "--runs",
    "--json", "--", "-",
         "none.toml", "none.npz", "one-neuronn", "", "²", "--help", "a/b.toml", "..", "/", "--videos", "a b",
         "💥", "\udcff"]  # fmt: skip


@tries("command line", 150, 1000)
@given(st.sampled_from(COMMANDS), st.lists(st.sampled_from(WORDS), min_size=1, max_size=4))
def test_command_lines(command, words):
    if command in ("figures", "train") and words == ["--"]:
        return  # that is all of the article's
    run(command, *words)


@tries("film's name", 100, 1000)
@given(
    st.text(max_size=200)
    | st.sampled_from(["my film#1", "a&b", "<b>", "a?b", "%41", "a\nb", "n" * 300, "\udcff", "..", "con"])
)
def test_names(text):
    name = film_name(text)
    assert is_film_name(name) and film_name(name) == name and Path(name).name == name


STEMS = ["\udcff", "a\nb", "my film#1", "a&b", "<b>", "a?b", "%41", "n" * 200, "$&", "-q", "'\"", "ä", "..x"]


@pytest.mark.parametrize("stem", STEMS)
def test_a_file_of_any_name_is_an_experiment(stem, monkeypatch):
    """Trained, inspected and told under its own name; its film gets a fitting one, which is said."""

    def stands_in(scene, name, output, *, story, **options):
        """What the film's contents would hold can be written."""
        write_contents(output / f"{name}.json", {"runs": [facts.trajectory.name for facts in story.facts.values()]})
        return output / f"{name}.mp4"

    monkeypatch.setattr("reluviz.stage.render.render", stands_in)
    file = f"./{stem}.toml"
    Path(file).write_text(described([]))
    commands = [["train", file], ["inspect", file], ["inspect", "--json", file], ["explain", file]]
    for arguments in commands if WHOLE or stem in STEMS[:2] else commands[:1]:
        done = run(*arguments)
        assert done.exit_code == 0, done.stderr
    held("inputs", "file's name")
    if arguments[0] != "explain":
        return
    (contents,) = Path("media/explained").iterdir()
    assert is_film_name(contents.stem) and f"the film is called {contents.stem}" in done.stderr
