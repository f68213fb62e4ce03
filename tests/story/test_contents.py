"""A film's contents: what a scene writes is read back, and nothing else is taken for it."""

import copy
import json
import random

import pytest

from reluviz.story.contents import ContentsError, check_film, read_contents, write_contents

GOOD = {
    "schema": 2,
    "name": "one-neuron",
    "title": "One neuron",
    "source": "example 2",
    "version": "0.1",
    "theme": "dark",
    "voice": "silent",
    "frame_rate": 15.0,
    "duration": 10.0,
    "film": "0" * 64,
    "beats": [
        {"name": "a", "headline": "A", "start": 0.0, "end": 4.0, "headline_at": 0.0, "narration": "It moves."},
        {"name": "b", "headline": "B", "start": 4.0, "end": 10.0, "headline_at": 4.5, "narration": ""},
    ],
    "questions": [{"start": 1.0, "end": 4.0, "text": "Why?"}],
    "segments": [
        {"start": 5.0, "end": 5.2, "runs": ["run"], "second": [5.0, 5.2], "iterations": {"run": [0.0, 7.5]}}
    ],
    "runs": {"run": {"experiment": "one-neuron", "description": {}, "digest": "ab"}},
    "sweeps": {},
}


def changed(change):
    told = copy.deepcopy(GOOD)
    change(told)
    return told


def test_what_is_written_is_read(tmp_path):
    write_contents(tmp_path / "film.json", GOOD)
    assert read_contents(tmp_path / "film.json") == GOOD


WRONG = {
    "another version": (lambda told: told.update(schema=1), "schema: 2 was expected"),
    "no beats": (lambda told: told.update(beats=[]), "beats"),
    "a key too many": (lambda told: told.update(more=1), "more"),
    "a key too few": (lambda told: told.pop("film"), "film"),
    "a title that is none": (lambda told: told.update(title=["x"]), "title"),
    "a name that is none": (lambda told: told.update(name="../x"), "name"),
    "beats out of order": (lambda told: told["beats"].reverse(), "beats"),
    "a headline after its beat": (lambda told: told["beats"][0].update(headline_at=5.0), "beats"),
    "two beats of one name": (lambda told: told["beats"][1].update(name="a"), "one name"),
    "after the end": (lambda told: told.update(duration=9.0), "order"),
    "an unknown run": (lambda told: told.update(runs={}), "run"),
    "iterations too few": (lambda told: told["segments"][0].update(second=[5.0, 5.1, 5.2]), "not as many"),
    "a question after the end": (lambda told: told["questions"][0].update(end=11.0), "questions"),
}


@pytest.mark.parametrize("case", WRONG)
def test_what_is_wrong_is_one_line(case, tmp_path):
    change, said = WRONG[case]
    path = tmp_path / "film.json"
    path.write_text(json.dumps(changed(change)))
    with pytest.raises(ContentsError, match=said) as error:
        read_contents(path)
    assert "\n" not in str(error.value) and str(path) in str(error.value)


@pytest.mark.parametrize("text", ["", "[]", "3", "{", "\0", "NaN", "[" * 100_000, '{"duration": Infinity}', '"a\\nb"'])
def test_what_is_no_contents_at_all_is_one_line(text, tmp_path):
    (tmp_path / "film.json").write_text(text)
    with pytest.raises(ContentsError) as error:
        read_contents(tmp_path / "film.json")
    assert "\n" not in str(error.value)
    with pytest.raises(ContentsError, match="cannot be read"):
        read_contents(tmp_path / "none.json")


def test_no_damage_is_a_traceback(tmp_path):
    """Bytes changed, cut and swapped at random: the same contents still, or one line."""
    path, chance = tmp_path / "film.json", random.Random(1)
    whole = json.dumps(GOOD).encode()
    refused = 0
    for _ in range(300):
        damaged = bytearray(whole)
        for _ in range(chance.randrange(1, 4)):
            damaged[chance.randrange(len(damaged))] = chance.randrange(256)
        path.write_bytes(damaged[: chance.choice([len(damaged), chance.randrange(len(damaged))])])
        try:
            read_contents(path)
        except ContentsError as error:
            refused += 1
            assert "\n" not in str(error)
    assert refused > 150


def test_the_film_is_the_one_that_is_meant(tmp_path):
    (tmp_path / "film.mp4").write_bytes(b"frames")
    digest = "6e3a5d0c9a7bf0a4b0f7f3c6c7f2b3d1"
    with pytest.raises(ContentsError, match=r"film\.mp4: not the film that film\.json tells of"):
        check_film(GOOD | {"film": digest * 2}, tmp_path / "film.mp4")
    with pytest.raises(ContentsError, match=r"none\.mp4: no such film"):
        check_film(GOOD, tmp_path / "none.mp4")
