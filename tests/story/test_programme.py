"""The series: every script is in it, each film knows its place."""

from reluviz.story.programme import article, programme
from reluviz.story.script import script_names


def test_every_script_has_its_place():
    assert set(script_names()) <= set(programme())


def test_places_are_counted():
    films = list(programme().values())
    assert [film.place for film in films] == [f"{k + 1} of {len(films)}" for k in range(len(films))]
    assert [film.name for film in films][:2] == ["teaser", "four-slopes"] and films[-1].name == "conclusion"


def test_questions_ask_and_no_number_is_typed():
    for film in programme().values():
        assert film.question.endswith("?") and film.sentence.endswith(".")
        assert not any(character.isdigit() for character in film.question + film.sentence)
    assert article().title.startswith("Understanding Neural Networks")
