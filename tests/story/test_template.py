"""Templates and claims. Oracles: the numbers read back from the text; the evaluator is fed what must not run."""

import re
import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from reluviz.story.expressions import ExpressionError, Expressions, NoEvent, Span
from reluviz.story.template import FalseClaim, check, fill, number_text


class Run:
    """A stand-in for Facts with values known by heart."""

    end = 7200
    weight = -1.4161
    name = "valley"
    secret = 42

    def w(self, neuron: int) -> float:
        return {1: -1.4161, 2: 0.25}[neuron]

    def turns(self) -> int:
        raise NoEvent("it never turns")


@pytest.fixture
def expressions() -> Expressions:
    return Expressions(
        {"run": Run(), "span": Span(4, 16)},
        {Run: {"end", "weight", "name", "w", "turns"}, Span: {"first", "last", "length"}},
    )


def test_fields_are_filled_as_people_read_numbers(expressions):
    text = "In {span.length} of {run.end}\n updates w₁ falls to {run.w(1):.2f}, a {run.name}; {run.w(2):.0%} left."
    assert fill(text, expressions) == "In 12 of 7,200 updates w₁ falls to −1.42, a valley; 25% left."


def test_words_are_capital_where_a_sentence_starts(expressions):
    assert fill("{span.first:words} of {span.length:words}. {span.last:words}!", expressions) == (
        "Four of twelve. Sixteen!"
    )


@pytest.mark.parametrize(
    ("value", "spec", "text"),
    [
        (0.0, ".2f", "0.00"),
        (-0.0, ".2f", "0.00"),
        (-0.004, ".2f", "0.00"),
        (-0.006, ".2f", "−0.01"),
        (12345.678, ".1f", "12,345.7"),
        (-20000, "", "−20,000"),
        (-0.6, "g", "−0.6"),
        (2.0, "g", "2"),
        (-0.0, "g", "0"),
        (0.4249, ".0%", "42%"),
        (20, "words", "twenty"),
        (1321, "words", "1,321"),
        ("saddle", "", "saddle"),
    ],
)
def test_numbers_by_hand(value, spec, text):
    assert number_text(value, spec) == text


@given(st.floats(-1e9, 1e9), st.integers(0, 4))
def test_decimals_read_back_to_the_rounded_number(value, decimals):
    text = number_text(value, f".{decimals}f")
    assert re.fullmatch(r"−?\d{1,3}(,\d{3})*(\.\d+)?", text)
    back = float(text.replace(",", "").replace("−", "-"))
    assert abs(back - value) <= 0.5 * 10.0**-decimals + 1e-6
    assert not (text.startswith("−") and back == 0)


@given(st.integers(-(10**12), 10**12))
def test_counts_read_back_exactly(value):
    assert int(number_text(value, "").replace(",", "").replace("−", "-")) == value


@pytest.mark.parametrize(
    ("value", "spec"),
    [(1.5, ""), (True, ""), (float("nan"), ".2f"), (float("inf"), "g"), (2.5, "words"), (-1, "words"),
     (1e-9, "g"), (1.0, ">20"), (1.0, ".12f"), ("saddle", ".2f")],
)  # fmt: skip
def test_a_value_that_does_not_suit_its_spec_is_refused(value, spec):
    with pytest.raises(ExpressionError):
        number_text(value, spec)


@pytest.mark.parametrize("text", ["In 4 updates", "w1 grows", "{run.end} of 7,200", "at x = 0.5", "٣ neurons"])
def test_typed_digits_are_refused(expressions, text):
    with pytest.raises(ExpressionError, match="typed by hand"):
        fill(text, expressions)


@pytest.mark.parametrize("text", ["w₁ and b₂", "δ² is small", "{span.first}"])
def test_subscripts_and_fields_are_no_typed_digits(expressions, text):
    fill(text, expressions)


@pytest.mark.parametrize("text", ["{run.end", "run.end}", "{{run.end}}", "{}", "{run.end!r}"])
def test_broken_fields_are_refused(expressions, text):
    with pytest.raises(ExpressionError):
        fill(text, expressions)


@pytest.mark.parametrize(
    "expression",
    [
        "__import__('os').system('true')",
        "run.__class__",
        "run._secret",
        "run.secret",
        "run.name.upper()",
        "run.w.__globals__",
        "open('x')",
        "(lambda: 1)()",
        "[x for x in (1, 2)]",
        "{'a': 1}",
        "f'{run.end}'",
        "run.end ** 9",
        "1 << 9",
        "'a' * 1000000000",
        "'%999999999d' % 1",
        "round(5, -1000000000)",
        "run.w(1) if run.end else 2",
        "run.w(*span)",
        "(x := 3)",
        "run['w']",
        "run.end; run.end",
        "x = 3",
        "import os",
        "run.w",
        "run",
        "None",
        "b'x'",
        "1j",
        "",
        "run.w(",
        "1 +" * 200 + "1",
        "run.end is 3",
        "1 / 0",
        "run.w()",
        "run.end + 'a'",
        "nobody.w(1)",
    ],
)
def test_what_is_no_question_about_a_run_is_refused_at_once(expressions, expression):
    start = time.process_time()
    with pytest.raises(ExpressionError) as refused:
        expressions.evaluate(expression)
    assert time.process_time() - start < 0.5
    assert "\n" not in str(refused.value)


@pytest.mark.parametrize(
    ("expression", "value"),
    [
        ("run.end // 1000 + span.length % 5", 9),
        ("abs(run.w(1)) > run.w(2) and not run.end < 0", True),
        ("round(run.w(1), 2)", -1.42),
        ("min(3, span.first) <= max(1, 4) < 5", True),
        ("run.name == 'valley' or run.turns() > 3", True),
        ("-span.first + +2.5", -1.5),
    ],
)
def test_questions_are_answered(expressions, expression, value):
    assert expressions.evaluate(expression) == value


def test_an_unknown_word_is_answered_with_the_nearest(expressions):
    with pytest.raises(ExpressionError, match="did you mean weight"):
        expressions.evaluate("run.wieght")
    with pytest.raises(ExpressionError, match="did you mean span"):
        expressions.evaluate("spam.first")


def test_true_claims_pass_and_a_false_one_shows_what_the_run_says(expressions):
    check(["run.w(1) < 0", "span.length == 12 and run.end > 7000"], expressions, "film", "rise")
    with pytest.raises(FalseClaim) as false:
        check(["run.w(1) < 0", "run.w(1) > run.w(2) + 1"], expressions, "film", "rise")
    assert (false.value.film, false.value.beat) == ("film", "rise")
    assert false.value.claim == "run.w(1) > run.w(2) + 1"
    assert dict(false.value.facts) == {"run.w(1)": "-1.416", "run.w(2)": "0.25"}
    assert "run.w(1) is -1.416" in str(false.value) and "\n" not in str(false.value)


def test_a_claim_about_an_event_that_does_not_happen_is_false(expressions):
    with pytest.raises(FalseClaim, match="it never turns"):
        check(["run.turns() > 3"], expressions, "film", "rise")


@pytest.mark.parametrize("claim", ["True", "1 < 2", "run.end", "run.w(2)"])
def test_a_claim_that_cannot_fail_is_no_claim(expressions, claim):
    with pytest.raises(ExpressionError):
        check([claim], expressions, "film", "rise")
