"""What scripts say of sweeps, against runs trained one by one; and every mistake in a sweep's table, with its line."""

from dataclasses import replace
from functools import cache

import numpy as np
import pytest

from reluviz.analysis import analyse
from reluviz.core import Experiment, train
from reluviz.story.expressions import ExpressionError, Expressions, NoEvent
from reluviz.story.gather import gather
from reluviz.story.script import Script, read_script, tell
from reluviz.story.template import FalseClaim, ScriptError
from reluviz.story.vocabulary.facts import Facts
from reluviz.story.vocabulary.sweeps import SweepFacts
from reluviz.sweep.execute import run_sweep
from reluviz.sweep.judge import Outcome
from reluviz.sweep.options import read_sweep
from reluviz.sweep.paths import load_or_record, load_or_train_run, record_paths
from reluviz.sweep.runs import experiment_of

SCRIPT = """
title = "A test"
source = "example 4"

[runs]
run = "merging-neurons"

[sweeps.own]
experiment = "merging-neurons"
iterations = 4000
runs = 1
grid = ["learning_rate=0.01,0.02"]
whole = true
looks = 20

[[beat]]
name = "one"
headline = "{own.total:words} runs of {own.iterations} updates"
narration = "It ends as {own.outcome(0.01)}."
claims = ["own.run(0.02).learning_rate == 0.02"]
"""


BASE = replace(Experiment.open("merging-neurons"), stop_below=None, iterations=400)


@pytest.fixture(scope="module")
def swept(tmp_path_factory) -> SweepFacts:
    base = replace(Experiment.open("merging-neurons"), stop_below=None, iterations=20_000)
    rates, spreads = "learning_rate=0.01,0.03", "start.origins=random:0..1,random:0..3"
    sweep, folder = read_sweep(base, 6, grid=[rates, spreads]), tmp_path_factory.mktemp("sweeps")
    return SweepFacts(run_sweep(sweep, folder), None, tuple(load_or_train_run(sweep, k, folder) for k in range(24)))


@cache
def single_ends(swept) -> list:
    """Every run of the sweep trained by itself and looked at whole: (fits, distinct neurons, any merged)."""
    found = []
    for number in range(swept.total):
        run = train(experiment_of(swept.result.sweep, number))
        analysis = analyse(run)
        working = sum(where in ("inside", "active on all") for where in analysis.merging.standing)
        merged = sum(len(merge.neurons) - 1 for merge in analysis.merging.merges)
        rms = float(np.sqrt(np.mean((run.target(run.experiment.samples()) - run.end(run.experiment.samples())) ** 2)))
        found.append((rms < 0.02 * 3.0, working - merged, merged > 0))
    return found


def test_shares_are_those_of_single_runs(swept):
    fits = np.array([one[0] for one in single_ends(swept)]).reshape(2, 2, 6)
    assert swept.success(0.01, 3) == fits[0, 1].mean()
    assert swept.success(0.03) == fits[1].mean()
    assert swept.success() == fits.mean()
    assert swept.success_between(2, 2, 3) == fits[:, 1].mean()
    assert swept.success_between(2, 0, 1, 0.03) == fits[1, 0].mean()
    assert swept.fit(0.01) == fits[0].sum()
    assert 0 < fits.sum() < fits.size, "a sweep that shows both"


def test_counts_of_different_neurons_are_those_of_single_runs(swept):
    ends = single_ends(swept)
    assert swept.with_fewer(4) == sum(distinct < 4 for _, distinct, _ in ends)
    assert swept.fit_with_fewer(4) == sum(fits and distinct < 4 for fits, distinct, _ in ends)
    assert swept.fit_merged() == sum(fits and merged for fits, _, merged in ends)


def test_all_outcomes_together_are_all_runs(swept):
    assert sum(swept.count(outcome.words, 0.01) for outcome in Outcome) == 12
    assert sum(swept.share(outcome.words) for outcome in Outcome) == pytest.approx(1.0)


def test_a_single_run_is_the_sweep_s(swept):
    run = swept.run(0.03, 3)
    assert isinstance(run, Facts) and run.learning_rate == 0.03 and run.end == 20_000
    first = swept.result.outcomes.error.reshape(2, 2, 6)[1, 1, 0]
    assert run.rms() == pytest.approx(first, rel=1e-12)


def test_paths_are_those_of_single_runs(swept):
    looks = np.array([0, 7, 400, 20_000])
    paths = record_paths(swept.result.sweep, looks)
    assert paths.weights.shape == paths.biases.shape == (4, 24, 4)
    for number in (0, 13, 23):
        run = train(experiment_of(swept.result.sweep, number))
        for k, iteration in enumerate(looks):
            assert np.array_equal(paths.weights[k, number], run.weights[iteration])
            assert np.array_equal(paths.biases[k, number], run.biases[iteration])
    weights, biases = paths.at(203.5)
    assert np.allclose(weights, (paths.weights[1] + paths.weights[2]) / 2)
    assert np.array_equal(paths.at(1e9)[1], paths.biases[-1])


def test_paths_are_kept_with_the_sweep_and_read_again(swept, tmp_path):
    sweep, looks, lines = read_sweep(BASE, 3, ["start.origins=random:0..3"]), np.array([0, 5, 400]), []
    found = load_or_record(sweep, looks, tmp_path, lines.append)
    (path,) = tmp_path.iterdir()
    before = path.stat().st_mtime_ns
    again = load_or_record(sweep, looks, tmp_path, lines.append)
    assert again.weights.tobytes() == found.weights.tobytes() and path.stat().st_mtime_ns == before and not lines
    load_or_record(sweep, looks[:2], tmp_path, lines.append)
    (other,) = set(tmp_path.iterdir()) - {path}
    other.write_bytes(path.read_bytes())  # the states at other moments
    load_or_record(sweep, looks[:2], tmp_path, lines.append)
    assert lines == [f"{other}: damaged, or of another sweep; it is made anew"]


def test_a_sweep_s_runs_are_recorded_once(tmp_path):
    sweep = read_sweep(BASE, 2, ["start.origins=random:0..3"])
    first = [load_or_train_run(sweep, k, tmp_path) for k in range(2)]
    times = [path.stat().st_mtime_ns for path in sorted(tmp_path.rglob("*.npz"))]
    assert len(times) == 2 and first[0].start != first[1].start
    assert [load_or_train_run(sweep, k, tmp_path).end for k in range(2)] == [run.end for run in first]
    assert [path.stat().st_mtime_ns for path in sorted(tmp_path.rglob("*.npz"))] == times


def test_paths_of_runs_that_end_stay_where_they_ended():
    experiment = replace(Experiment.open("one-neuron"), stop_below=0.05)
    paths = record_paths(read_sweep(experiment, 2, ["start.origins=random:0..3"]), np.array([0, 200, 60_000, 70_000]))
    assert np.isfinite(paths.weights).all()
    assert np.array_equal(paths.weights[2], paths.weights[3])


@pytest.mark.parametrize(
    ("expression", "error", "words"),
    [
        ("sweep.success(0.011)", ExpressionError, "no 0.011 there; it has 0.01 to 0.03"),
        ("sweep.success(0.01, 3, 1)", ExpressionError, "2 axes, and 3 values"),
        ("sweep.count('lost')", ExpressionError, '"lost" is no outcome; there are global optimum'),
        ("sweep.outcome(0.01)", ExpressionError, "values to unpack"),
        ("sweep.success_between(2, 5, 6)", NoEvent, "no such runs"),
        ("sweep.success_between(3, 0, 1)", ExpressionError, "no axis 3"),
        ("sweep.result", ExpressionError, "unknown word"),
        ("sweep.values", ExpressionError, "unknown word"),
    ],
)
def test_what_cannot_be_asked(swept, expression, error, words):
    expressions = Expressions({"sweep": swept}, {SweepFacts: swept.words, Facts: Facts.words})
    with pytest.raises(error, match=words):
        expressions.evaluate(expression)


def told(folder, text=SCRIPT):
    path = folder / "film.toml"
    path.write_text(text, encoding="utf-8")
    script = read_script(path)
    return tell(script, *gather(script, lambda name: train(Experiment.open(name)), folder / "sweeps"))


def test_a_script_speaks_of_its_sweeps(tmp_path):
    story = told(tmp_path)
    assert story["one"].headline == "Two runs of 4,000 updates"
    assert story["one"].narration == "It ends as merged and stuck."
    assert story.sweeps["own"].total == 2 and story.sweeps["own"].result.sweep.experiment.stop_below is None


def test_a_claim_about_a_sweep_can_be_false(tmp_path):
    with pytest.raises(FalseClaim, match=r"own.run\(0.02\).learning_rate"):
        told(tmp_path, SCRIPT.replace("learning_rate == 0.02", "learning_rate == 0.03"))


@pytest.mark.parametrize(
    ("before", "after", "words"),
    [
        ("runs = 1\n", "", "sweeps.own.runs: missing"),
        ("runs = 1\n", "runs = 0\n", "runs: 0 does not fit"),
        ("runs = 1\n", "runs = 1\nepochs = 3\n", "epochs: unknown key"),
        ("iterations = 4000", 'iterations = "many"', "iterations: 'many' does not fit"),
        ("looks = 20", "looks = 0", "looks: 0 does not fit"),
        ("whole = true", "", "whole = true in the sweep's table records them"),
        ("iterations = 4000", 'order = "random"', "order: 'random' does not fit"),
        ('grid = ["learning_rate=0.01,0.02"]', 'grid = ["rate=1"]', "no such key"),
        ('grid = ["learning_rate=0.01,0.02"]', 'grid = "rate=1"', "grid: 'rate=1' does not fit"),
        ('own]\nexperiment = "merging-neurons"', 'own]\nexperiment = "merging"', "no such experiment"),
        ("[sweeps.own]", "[sweeps.run]", "the name of a run and of a sweep"),
        ("[sweeps.own]", "[sweeps.span]", "span: no name for a run"),
    ],
)
def test_mistakes_in_a_sweep_s_table(tmp_path, before, after, words):
    assert before in SCRIPT
    with pytest.raises(ScriptError, match=words) as mistake:
        told(tmp_path, SCRIPT.replace(before, after))
    assert "\n" not in str(mistake.value)


def test_a_table_that_is_none():
    with pytest.raises(ScriptError, match="film: sweeps.own: 'merging-neurons' is no table"):
        gather(Script("film", "A test", "example 4", [], {}, {"own": "merging-neurons"}))


RATES = (0.01, 0.02, 0.03)


@pytest.fixture(scope="module")
def film():
    return gathered("starting-points")


@pytest.fixture(scope="module")
def steps():
    return gathered("step-size")


def gathered(name):
    script = read_script(name)
    return tell(script, *gather(script))


def test_the_film_s_map_has_the_article_s_own_run(film):
    base = replace(Experiment.open("merging-neurons"), stop_below=None, iterations=60_000)
    for rate, origin, ends_as in ((0.01, 0.5, "merged and stuck"), (0.01, 0.7, "global optimum"), (0.03, 0.5, None)):
        start = replace(base.start, biases=np.where(np.arange(4) == 1, -origin, base.start.biases))
        alone = train(replace(base, start=start, learning_rate=rate)).end
        swept = film.sweeps["maps"].result
        number = int(np.ravel_multi_index((RATES.index(rate), int(round(origin * 50)), 50, 0), swept.sweep.shape))
        x = base.samples()
        error = np.sqrt(np.mean((base.target(x) - alone(x)) ** 2))
        assert swept.outcomes.error[number] == pytest.approx(error, rel=1e-12)
        assert ends_as is None or film.sweeps["maps"].outcome(rate, origin, 1) == ends_as


def test_the_films_sweeps_of_one_kind_share_their_starts(film, steps):
    """The 300 of the crowd, the thousand of the rates and those of a spread to 3 are the same runs."""
    crowd, rate, spread = film.sweeps["crowd"], steps.sweeps["rate"], film.sweeps["spread"]
    ends = crowd.result.outcomes.error
    assert np.array_equal(ends, rate.result.outcomes.error.reshape(10, 1000)[1, :300])
    assert np.array_equal(ends, spread.result.outcomes.error.reshape(8, 1000)[5, :300])


def test_the_films_curves_from_the_bare_columns(film, steps):
    for sweep in (film.sweeps["spread"], film.sweeps["spare"], steps.sweeps["rate"], steps.sweeps["batch"]):
        fits = (sweep.result.outcomes.fits_from >= 0).reshape(sweep.result.sweep.shape)
        assert list(sweep.successes().values()) == fits.mean(axis=1).tolist()
