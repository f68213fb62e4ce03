"""Marks: where they are in the words, and that nothing else sees them."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from reluviz.story.expressions import ExpressionError, Expressions
from reluviz.story.marks import read_narration


class Run:
    n = 4
    end = 7200
    name = "two words"


NOTHING = Expressions({"run": Run()}, {Run: {"n", "end", "name"}})


def test_a_mark_is_a_place_between_captioned_words():
    said = read_narration("Too low: [grow] the slope grows, and [left] the\n origin moves left. [end]", NOTHING)
    assert said.text == "Too low: the slope grows, and the origin moves left."
    assert said.parts == (said.text,)
    assert said.marks == {"grow": (0, 2), "left": (0, 6), "end": (0, 10)}


def test_fields_count_as_the_words_they_become_and_keep_their_capital():
    said = read_narration("[a] {run.n:words} of {run.name} [b] end. [c] {run.n:words} of {run.end} [d] now.", NOTHING)
    assert said.text == "Four of two words end. Four of 7,200 now."
    words = said.text.split()
    assert [words[at] for _, at in said.marks.values()] == ["Four", "end.", "Four", "now."]


def test_pauses_part_it_and_a_mark_beside_one_is_on_its_side():
    said = read_narration("Which way? [hold] [pause] [go] {run.n:words} go. [pause]", NOTHING)
    assert said.parts == ("Which way?", "Four go.", "")
    assert said.marks == {"hold": (0, 2), "go": (1, 0)}
    assert said.text == "Which way? Four go."
    assert read_narration("[pause] So.", NOTHING).parts == ("", "So.")
    assert read_narration("", NOTHING).parts == ("",)


@pytest.mark.parametrize(
    ("template", "wrong"),
    [
        ("one [a] two [a] three", "twice"),
        ("one, [pause] two", "within a sentence"),
        ("one[a] two", "bracket"),
        ("one [A] two", "bracket"),
        ("one [ two", "bracket"),
        ("one [a b] two", "bracket"),
        ("one {run.[a] n} two", "not an expression"),
    ],
)
def test_what_is_no_mark_is_an_error(template, wrong):
    with pytest.raises(ExpressionError, match=wrong):
        read_narration(template, NOTHING)


@given(st.lists(st.tuples(st.sampled_from(["word", "{run.n:words}", "{run.end}", "stop."]), st.booleans()), max_size=9))
def test_taking_marks_out_leaves_the_words_as_they_were(pieces):
    """Against the same template written without marks, and its words counted one by one."""
    marked = " ".join(f"[m{k}x] {piece}" if mark else piece for k, (piece, mark) in enumerate(pieces))
    plain = read_narration(" ".join(piece for piece, _ in pieces), NOTHING)
    said = read_narration(marked, NOTHING)
    assert said.text == plain.text
    assert said.marks == {f"m{k}x": (0, k) for k, (_, mark) in enumerate(pieces) if mark}
