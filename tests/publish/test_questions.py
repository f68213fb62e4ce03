"""The sheet of questions: what is asked, from the films' own words, and answers that do not stand beside it."""

import base64
import dataclasses
import io
import re

import pytest
from PIL import Image

from reluviz import __version__
from reluviz.publish.film import Film
from reluviz.publish.questions import guesses_of, whole_of


@pytest.fixture(scope="module")
def sheet(kit):
    return (kit / "questions.html").read_text()


def test_a_film_asks_first_and_answers_last(film):
    assert dataclasses.astuple(whole_of(film)) == ("Will it come to rest?", "It rests.")
    handing_on = dataclasses.replace(film.beats[-1], narration="It rests. That is all. And what then?")
    film = dataclasses.replace(film, beats=(*film.beats[:-1], handing_on))
    assert whole_of(film).answer == "It rests. That is all."
    verdict = dataclasses.replace(film.beats[1], name="verdict", narration="It does. It rests.")
    own = dataclasses.replace(film, beats=(film.beats[0], verdict, film.beats[2]))
    assert whole_of(own).answer == "It does. It rests."
    silent = dataclasses.replace(film.beats[0], narration="")
    assert whole_of(dataclasses.replace(film, beats=(silent, *film.beats[1:]))) is None


def test_a_guess_is_asked_with_what_is_said_before_it(film):
    (guess,) = guesses_of(film)
    assert (guess.before, guess.question, guess.answer) == ("", "Which way?", "To the right.")
    move = dataclasses.replace(film.beats[1], narration="Look here. " + film.beats[1].narration)
    (guess,) = guesses_of(dataclasses.replace(film, beats=(film.beats[0], move, film.beats[2])))
    assert guess.before == "Look here."


def test_the_text_has_all_questions_before_all_answers(kit):
    heading, questions, answers = re.split("QUESTIONS|ANSWERS", (kit / "questions.txt").read_text())
    assert heading.split("\n")[:2] == ["Kinks & films", "Networks 1 · A. Teacher"]
    assert questions.count("Will it come to rest?") == 2 and "It rests." not in questions
    assert re.search(r"\[\d:\d\d\] Which way\?\n", questions) and "To the right" not in questions
    assert "Will it come to rest? It rests." in answers and "Which way? To the right." in answers


def test_the_sheet_shows_what_is_asked_about_and_prints_answers_apart(sheet):
    questions, answers = sheet.split('class="answers"')
    assert questions.count("Which way?") == 2 == answers.count("Which way?")
    assert "To the right." not in questions and answers.count("To the right.") == 2
    assert ".answers { break-before: page; }" in sheet and "Kinks &amp; films" in sheet
    assert f'content="reluviz {__version__}"' in sheet and "http" not in sheet
    for picture in re.findall(r"data:image/jpeg;base64,([^\"]+)", questions):
        assert Image.open(io.BytesIO(base64.b64decode(picture))).size == (320, 180)


def test_a_question_without_an_answer_is_asked_all_the_same(own_videos):
    film = Film.open(own_videos / "my-own.json")
    (asked,) = film.questions
    film = dataclasses.replace(film, questions=[{key: asked[key] for key in ("start", "end", "text")}])
    assert guesses_of(film)[0].answer == ""
