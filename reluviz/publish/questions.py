"""What films ask and answer, as a sheet to print: the question each film answers, and where it waits for a guess."""

from __future__ import annotations

import base64
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from reluviz.made_by import made_by
from reluviz.publish.filled import filled
from reluviz.publish.film import Film
from reluviz.publish.imprint import Imprint
from reluviz.publish.texts import clock
from reluviz.voice.utterance import sentences_of


@dataclass(frozen=True)
class Whole:
    """What a film as a whole asks with its first words, and its last words as the answer, "" where it has none."""

    question: str
    answer: str


def whole_of(film: Film) -> Whole | None:
    """The question that the film begins with; None where its first chapter asks nothing.

    The answer is what the last chapter says, up to the question that it hands on; in films of one's own the verdict.
    """
    first = sentences_of(film.beats[0].narration)
    if not first or not first[-1].endswith("?"):
        return None
    last: list[str] = []
    answering = next((beat for beat in film.beats if beat.name == "verdict"), film.beats[-1])
    for sentence in sentences_of(answering.narration):
        if sentence.endswith("?"):
            break
        last.append(sentence)
    return Whole(first[-1], " ".join(last) if len(film.beats) > 1 else "")


@dataclass(frozen=True)
class Guess:
    """Where a film waits for a guess: at second `start`. before: what its chapter says before the question."""

    start: float
    before: str
    question: str
    answer: str


def guesses_of(film: Film) -> tuple[Guess, ...]:
    """The film's questions to its audience, in order."""
    return tuple(
        Guess(one["start"], _said_before(film, one), one["text"], one.get("answer", "")) for one in film.questions
    )


def sheet_html(films: Sequence[Film], imprint: Imprint, pictures: Mapping[str, Sequence[bytes]]) -> str:
    """All questions as a page to print, the answers on pages of their own.

    pictures: film name -> what each of its guesses is about, as JPEG.
    """

    def picture(film: Film, number: int) -> str:
        return "data:image/jpeg;base64," + base64.b64encode(pictures[film.name][number]).decode("ascii")

    return filled("questions.html", imprint=imprint, asked=_asked(films), clock=clock, picture=picture)


def sheet_text(films: Sequence[Film], imprint: Imprint) -> str:
    """The same as plain text, without pictures."""
    questions, answers = ["QUESTIONS"], ["ANSWERS"]
    for film, whole, guesses in _asked(films):
        asked, answered = [film.title], [film.title]
        if whole:
            asked.append(whole.question)
            answered += [f"{whole.question} {whole.answer}"] if whole.answer else []
        for guess in guesses:
            asked.append(f"[{clock(guess.start)}] {guess.before} {guess.question}".replace("  ", " "))
            answered += [f"[{clock(guess.start)}] {guess.question} {guess.answer}"] if guess.answer else []
        questions.append("\n".join(asked))
        answers.append("\n".join(answered))
    heading = "\n".join(filter(None, (imprint.title, imprint.line)))
    return "\n\n".join([heading, *questions, *answers, f"Made by {made_by()}."]) + "\n"


def _asked(films: Sequence[Film]) -> list[tuple[Film, Whole | None, tuple[Guess, ...]]]:
    found = [(film, whole_of(film), guesses_of(film)) for film in films]
    return [one for one in found if one[1] or one[2]]


def _said_before(film: Film, asked: Mapping[str, Any]) -> str:
    beat = max((one for one in film.beats if one.start <= asked["start"]), key=lambda one: one.start)
    return beat.narration.partition(asked["text"])[0].strip()
