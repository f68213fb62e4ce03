"""Hostile and odd words of a script: a value, or one line, and never anything else."""

from __future__ import annotations

import json
import math
from pathlib import Path

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from reluviz.core import Experiment, train
from reluviz.errors import UserError
from reluviz.story.beats import VOCABULARY
from reluviz.story.expressions import ExpressionError, Expressions, NoEvent, Span
from reluviz.story.gather import gather
from reluviz.story.script import read_script, tell
from reluviz.story.vocabulary.facts import Facts
from tests.attacks.conftest import held
from tests.attacks.inputs import VALUE, toml, tries

pytestmark = [
    pytest.mark.filterwarnings("error::RuntimeWarning"),
    pytest.mark.usefixtures("in_a_folder_of_its_own"),
]

HOSTILE = [
    "__import__('os').system('x')", "run.__class__", "run.trajectory", "().__class__.__bases__", "run._facts",
    "lambda: 1",
    "[x for x in (1,)]", "9**9**9", "'a' * 10**9", "'%999999999d' % 1", "run.w.__globals__", "f'{run}'",
    "run.w(1, 0).real",
    "(run := 1)", "1 if run else 2", "run.w(*(1, 0))", "open('x')", "exec('1')", "run.end.bit_length()",
    "(" * 150 + ")" * 150,
    "round(1.5, 10**9)", "max()", "min(1)", "abs('x')", "1 // 0", "1e308 * 10", "run.w(10**400, 0)",
    "run.w('a', 0)", "-run",
    "run.w(0, 0)", "run.w(1, -1)", "run.w(1, 1e9)", "run.crosses(1, 'weight', 1e308)", "not", "run.",
    "span.first.x", "{}",
]  # fmt: skip
ATOMS = ["run", "span", "run.end", "span.first", "run.w(1, 0)", "run.w", "1", "0", "-1", "1e308", "'x'", "True",
    "abs", "x",
         "run.crosses(1, 'weight', 1)", "run.rms()", "round(2.5)", "'weight'", "10**9", "None"]  # fmt: skip
EXPRESSION = st.recursive(
    st.sampled_from(ATOMS),
    lambda inner: (
        st.builds("{} {} {}".format, inner, st.sampled_from(["+", "-", "*", "/", "//", "%", "<", "==", "and"]), inner)
        | st.builds(
            "{}({}, {})".format,
            st.sampled_from(["run.w", "run.crosses", "max", "round", "run.rms", "min"]),
            inner,
            inner,
        )
        | st.builds("({})".format, inner)
    ),
    max_leaves=6,
)


@pytest.fixture(scope="module")
def facts():
    return Facts(train(Experiment.from_library("one-neuron")))


def ask(facts: Facts, expression: str) -> None:
    try:
        value = Expressions({"run": facts, "span": Span(0, 3)}, VOCABULARY).evaluate(expression)
    except (ExpressionError, NoEvent) as error:
        assert "\n" not in str(error)
    else:
        assert isinstance(value, (bool, int, float, str))


@pytest.mark.parametrize("expression", HOSTILE)
def test_hostile_expressions(expression, facts):
    with pytest.raises((ExpressionError, NoEvent)) as caught:
        value = Expressions({"run": facts, "span": Span(0, 3)}, VOCABULARY).evaluate(expression)
        assert value == math.inf or expression == "min(1)", value
        raise ExpressionError
    assert "\n" not in str(caught.value)
    held("inputs", "hostile expression")


@tries("expression", 300, 2500)
@given(expression=EXPRESSION | st.text(max_size=40))
def test_expressions(expression, facts):
    ask(facts, expression)


SCRIPT = {
    "title": "A film", "source": "example 2", "runs": {"run": "one-neuron"},
    "beat": [{"name": "a", "span": ["0", "run.end"], "headline": "Up", "narration": "It moves.",
    "claims": ["run.end > 0"]}],
}  # fmt: skip
SCRIPT_KEYS = ["title", "source", "runs", "sweeps", "beat", "runs.run", "runs.²", "runs.span", "x", "beat.name",
    "beat.span",
               "beat.of", "beat.headline", "beat.narration", "beat.claims", "beat.stops",
               "beat.question"]  # fmt: skip
SCRIPT_VALUE = VALUE | st.sampled_from([["x"], {"x": 1}, "{run.end}", "{", "}", "[mark]", "[pause] It",
    "{run.end:words}", "9",
                                        ["0", "run.w(1, 0)"], ["9", "3"], [0, 1], "merging-neurons",
                                        {"a": "run.end"}])  # fmt: skip


@tries("script", 100, 1200)
@given(st.lists(st.tuples(st.sampled_from(SCRIPT_KEYS), SCRIPT_VALUE), min_size=1, max_size=3))
@example([("beat.of", ["x"])])
def test_scripts(changes):
    told = json.loads(json.dumps(SCRIPT))
    for key, value in changes:
        table, _, last = key.partition(".")
        beats = told.get("beat")
        if not last:
            told[table] = value
        elif table == "beat" and isinstance(beats, list) and beats and isinstance(beats[0], dict):
            beats[0][last] = value
        elif isinstance(told.get(table), dict):
            told[table][last] = value
    text = "\n".join(f"{json.dumps(key)} = {toml(value)}" for key, value in told.items())
    Path("film.toml").write_text(text, encoding="utf-8")
    try:
        script = read_script(Path("film.toml"))
        tell(script, *gather(script))
    except UserError as mistake:
        assert all("\n" not in line for line in mistake.lines), mistake
