"""Bad input of every kind: a result, or a line for each mistake, and never anything else."""

from __future__ import annotations

import copy
import json
import math
import shutil
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner, Result
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st

from reluviz.cli import main
from reluviz.core import Experiment, train
from reluviz.errors import UserError
from reluviz.publish.film import Film
from reluviz.publish.page import page
from reluviz.publish.texts import captions_vtt, chapters_vtt, transcript
from reluviz.story.beats import VOCABULARY
from reluviz.story.contents import write_contents
from reluviz.story.expressions import ExpressionError, Expressions, NoEvent, Span
from reluviz.story.gather import gather
from reluviz.story.names import film_name, is_film_name
from reluviz.story.script import read_script, tell
from reluviz.story.vocabulary.facts import Facts
from tests.attacks.conftest import WHOLE, held, share

pytestmark = pytest.mark.filterwarnings("error::RuntimeWarning")


@pytest.fixture(autouse=True)
def in_a_folder_of_its_own(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    monkeypatch.setattr("tempfile.tempdir", str(tmp_path))  # for reports of what was not foreseen


def tries(what: str, quick: int, whole: int) -> Callable[[Any], Any]:
    """Hypothesis so often, the same cases every time; each that ends well is counted."""
    count = share(quick, whole)

    def decorate(test: Any) -> Any:
        held("inputs", what, count)  # the table is written only where no test has failed
        return settings(max_examples=count, deadline=None, derandomize=True, database=None,
                        suppress_health_check=list(HealthCheck))(test)  # fmt: skip

    return decorate


def run(*arguments: str) -> Result:
    """A command that does what it is told, or says in lines what is wrong."""
    result = CliRunner().invoke(main, arguments)
    assert result.exit_code in (0, 2), (arguments, result.output, result.exception)
    lines = result.stderr.split("\n")
    assert lines.pop() == ""
    if result.exit_code == 2:
        assert lines and all(line.startswith("reluviz: ") and len(line) <= 1010 for line in lines), result.stderr
    assert "Traceback" not in result.output
    return result


# ---- Experiments ----------------------------------------------------------------------------------------------------

EDGES = [
    0.0, -0.0, 1.0, -1.0, 0.1, 2.0, 3.5, 5e-324, 1e-300, -1e-9, 1e30, -1e30, 9.2e158, 1e60, 1e200, -1e200,
    1.7976931348623157e308,
    math.inf, -math.inf, math.nan, 1.0000000000000002, 2.0**53, 10**30, -3, 0, 1, 7, 10**5000,
]  # fmt: skip
NUMBER = st.sampled_from(EDGES) | st.floats() | st.integers(-5, 60)
ODD = st.sampled_from([True, False, "x", "", "all", "cycle", "shuffle", [], {}, [[]], "²", "a\nb", "\x00"]) | st.text(
    max_size=5
)
VALUE = st.one_of(NUMBER, ODD, st.lists(NUMBER, max_size=4), st.lists(st.lists(NUMBER, max_size=3), max_size=4))
KEYS = ["learning_rate", "stop_below", "order", "batch_size", "train_output_bias", "title", "optimizer",
    "target", "start", "data",
        "start.weights", "start.biases", "start.output_bias", "start.random", "target.weights", "target.biases",
        "target.output_bias", "target.points", "target.shape", "data.low", "data.high", "data.seed", "data.noise",
        "data.points", "data.file", "optimizer.name", "optimizer.momentum", "optimizer.beta1", "optimizer.epsilon",
        "unheard.of", "_"]  # fmt: skip
GOOD: dict[str, Any] = {
    "title": "Mine", "learning_rate": 0.02, "iterations": 30,
    "target": {"points": [[0, 0], [1, 1], [2, 0.5]]}, "start": {"weights": [0.5, 0.1], "biases": [0.0, -1.0]},
    "data": {"low": 0.0, "high": 2.0, "samples": 12, "seed": 1},
}  # fmt: skip


def toml(value: Any) -> str:
    """A value as TOML writes it; some make a file that is none."""
    if isinstance(value, (bool, str)):
        return json.dumps(value)
    if isinstance(value, dict):
        return "{" + ", ".join(f"{key} = {toml(one)}" for key, one in value.items()) + "}"
    if isinstance(value, list):
        return f"[{', '.join(map(toml, value))}]"
    if isinstance(value, int) and abs(value) > 10**4000:
        return "9" * 5000
    return repr(value)


def described(changes: list[tuple[str, Any]]) -> str:
    """The good experiment with keys changed, as TOML."""
    told = json.loads(json.dumps(GOOD))
    for key, value in changes:
        *tables, last = key.split(".")
        where = told
        for table in tables:
            where = where[table] if isinstance(where.get(table), dict) else where.setdefault(table, {})
            if not isinstance(where, dict):
                return f"{key} = {toml(value)}"
        where[last] = value
    return "\n".join(f"{key} = {toml(value)}" for key, value in told.items())


@tries("experiment's key", 60, 3000)
@given(st.lists(st.tuples(st.sampled_from(KEYS), VALUE), min_size=1, max_size=3))
@example([("target", {"weights": [1], "biases": [1.8e308]})])
@example([("target", {"weights": [1], "biases": [0], "output_bias": 9.2e158})])
@example([("data", {"low": 1, "high": 1.0000000000000002, "samples": 3, "seed": 1}), ("target", {"shape": "tent"})])
@example([("learning_rate", 1e60)])
def test_experiments(changes):
    Path("mine.toml").write_text(described(changes), encoding="utf-8")
    done = run("train", "mine.toml")
    if done.exit_code == 0:
        facts = json.loads(run("inspect", "mine.toml", "--json").stdout)
        assert facts["outcome"].split(",")[0] in ("converged", "out of iterations", "overflowed", "diverged")


@tries("experiment's text", 60, 1500)
@given(st.text(max_size=60), st.integers(0, 400), st.integers(0, 30))
def test_text_in_the_place_of_experiments(text, at, length):
    good = described([])
    Path("mine.toml").write_bytes((good[:at] + text + good[at + length :]).encode("utf-8", "surrogatepass"))
    run("train", "mine.toml")


# ---- Sweeps ---------------------------------------------------------------------------------------------------------

PLACES = ["learning_rate", "neurons", "data.seed", "start.weights", "start.biases", "start.origins",
    "start.origins.2",
          "start.origins.²", "start.weights.0", "start.biases." + "9" * 5000, "order", "batch_size", "x",
          ""]  # fmt: skip
WAYS = ["0", "1", "4", "0.02", "random:0..2", "even:0..2", "0..2:3", "random:2..0", "0..1e309:2", "nan",
    "0..1:0", "0..1:1e9",
        "random:", "even:1..1", "1e60", "-1", "²", "0..1:" + "9" * 30, "random:0..1,even:0..2", ",", "..", "=",
        "1,1"]  # fmt: skip
OPTION = st.builds("{}={}".format, st.sampled_from(PLACES), st.sampled_from(WAYS)) | st.text(max_size=12)


@tries("sweep's option", 60, 1200)
@given(st.lists(OPTION, max_size=2), st.lists(OPTION, max_size=2), st.sampled_from(["1", "2", "0", "-1", "x",
    "9" * 30]),
       st.sampled_from(["0", "7", "-1", "9" * 30]))  # fmt: skip
def test_sweeps(vary, grid, runs, seed):
    Path("mine.toml").write_text(described([]))
    options = [f"--vary={one}" for one in vary] + [f"--grid={one}" for one in grid]
    run("sweep", "mine.toml", f"--runs={runs}", f"--seed={seed}", *options)


# ---- Words ----------------------------------------------------------------------------------------------------------

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
        assert "\n" not in str(mistake), mistake


# ---- A film's contents ----------------------------------------------------------------------------------------------

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
        shown = page([found], path.parent), captions_vtt(found), chapters_vtt(found), transcript(found)
    except UserError as mistake:
        assert "\n" not in str(mistake)
    else:
        assert all(one.encode("utf-8") for one in shown) and "Infinity" not in shown[0]


# ---- The command line, and names ------------------------------------------------------------------------------------

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
