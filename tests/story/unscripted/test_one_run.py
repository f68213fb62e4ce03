"""The story of any run: experiments made by chance, good ones and poor ones; each tells a story whose claims hold."""

from __future__ import annotations

import re
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st

from reluviz.core import Experiment, ReluNetwork, train
from reluviz.errors import UserError
from reluviz.story.script import Script, tell
from reluviz.story.template import FalseClaim
from reluviz.story.unscripted.one_run import FilmError, beats_of, check_can_be_filmed, filmed, tell_run
from reluviz.story.vocabulary.facts import Facts
from reluviz.voice.pronunciation import spoken, unknown_words

LOOK = settings(
    max_examples=8, deadline=None, derandomize=True, phases=[Phase.generate], suppress_health_check=list(HealthCheck)
)


def experiment(low, width, heights, weights, places, rate, iterations, seed, order="cycle", output_bias=False):
    """An experiment on [low, low + width]: the target through `heights` at even x, origins at `places` of the range."""
    x = np.linspace(low, low + width, len(heights))
    biases = -(low + width * np.array(places[: len(weights)]))
    return Experiment(
        name="chance",
        title="By chance",
        target=ReluNetwork.through(np.column_stack((x, heights))),
        start=ReluNetwork(np.array(weights), biases),
        low=low,
        high=low + width,
        samples_count=60,
        seed=seed,
        learning_rate=rate,
        iterations=iterations,
        order=order,
        train_output_bias=output_bias,
    )


@st.composite
def experiments(draw):
    count = draw(st.integers(1, 8))
    height = draw(st.sampled_from([0.05, 1.0, 3.0, 400.0]))
    heights = draw(st.lists(st.floats(-1, 1), min_size=2, max_size=13).filter(lambda h: np.ptp(h) > 0.1))
    return experiment(
        low=draw(st.sampled_from([0.0, -2.0, -7.5, 10.0])),
        width=draw(st.sampled_from([0.5, 2.0, 4.0, 9.0])),
        heights=height * np.array(heights),
        weights=draw(st.lists(st.floats(-1, 1), min_size=count, max_size=count)),
        places=draw(st.lists(st.floats(-0.3, 1.1), min_size=8, max_size=8)),
        rate=draw(st.sampled_from([0.001, 0.01, 0.05, 0.3])),
        iterations=draw(st.sampled_from([1, 2, 37, 900, 4000])),
        seed=draw(st.integers(0, 99)),
        output_bias=draw(st.booleans()),
    )


@given(experiments())
@LOOK
def test_every_good_experiment_has_a_story(chance):
    try:
        story = tell_run(train(chance))
    except FilmError as error:
        assert len(str(error).splitlines()) == 1
        return
    names = [beat.name for beat in story.beats]
    assert names[:3] == ["question", "task", "updates"]
    assert ("verdict" in names) != ("diverged" in names)
    spans = [(beat.first, beat.last) for beat in story.beats if beat.name.startswith(("updates", "stretch"))]
    assert spans[0][0] == 0 and spans[-1][1] == story.trajectory().last
    assert all(a[1] == b[0] for a, b in zip(spans[:-1], spans[1:], strict=True))
    for beat in story.beats:
        assert beat.narration and not unknown_words(beat.narration)
        assert spoken(beat.narration)
        assert "nan" not in beat.narration and "inf" not in beat.narration.split()
        assert beat.headline and beat.claims
        assert len(spoken(beat.narration).split()) / WORDS_A_SECOND < 24, "a headline stands no longer"


WORDS_A_SECOND = 2.5
EXAMPLES = Path(__file__).parents[3] / "examples"
ARTICLE = Experiment.open("merging-neurons")
TENT = experiment(-2.0, 4.0, [0, 2, 0], [0.1, 0.1, 0.1], [0.05, 0.3, 0.6], 0.001, 2_000, 0)


def narration(run):
    return {beat.name: beat.narration for beat in tell_run(train(run)).beats}


def test_no_beat_fits_a_run_that_does_not_train():
    """Each by itself, headline included: its claims are about what happened."""
    run = train(Experiment.open("two-neurons"))
    parts = {key: np.repeat(getattr(run, key)[:1], len(run.iterations), axis=0)
             for key in ("weights", "biases", "output_biases")}  # fmt: skip
    still = Facts(replace(run, **parts))
    for beat in beats_of(Facts(run))[2:]:
        with pytest.raises(FalseClaim):
            tell(Script("film", "A test", "a test", [beat.description()]), {"run": still})
            pytest.fail(beat.name)


def test_a_headline_has_claims_of_its_own():
    """The headline's claims alone stop a headline that another run does not bear out."""
    tent = tell_run(train(TENT))
    headline = {"name": "verdict", "headline": tent["verdict"].headline, "claims": list(tent["verdict"].claims)}
    assert tent["verdict"].headline == "On its way: stopped too early"
    longer = train(replace(TENT, iterations=200_000))
    with pytest.raises(FalseClaim, match="not run.fits"):
        tell(Script("film", "A test", "a test", [headline]), {"run": longer})
    assert tell_run(longer)["verdict"].headline == "No better fit is known"


def test_a_run_stopped_on_its_way_is_helped_by_more_updates():
    story = tell_run(train(TENT))
    facts = story.facts["run"]
    assert facts.verdict == "global optimum" and facts.rms() > 0.2 and facts.best_rms < 1e-6
    helps, no_gain = story["help"].narration.split("No gain")
    assert "ten times as many updates" in helps and "one more neuron" in no_gain
    alone = train(replace(TENT, iterations=20_000))
    assert facts.remedy_rms("longer") == Facts(alone).rms()
    last = [beat for beat in story.beats if beat.name.startswith("stretch")][-1]
    assert facts.settles == last.first, "its origins are near their end, since it ends"
    assert "settle" not in last.headline and "stays close" not in last.narration, "but they do not slow down"


def test_a_run_that_noise_keeps_away_was_not_stopped_too_early():
    """Ten times as many updates were tried, and leave its error where it is; with smaller steps they do not."""
    slow = Experiment.open(f"{EXAMPLES}/noisy.toml")
    headlines = {0.005: "More updates bring it no closer", slow.learning_rate: "On its way: stopped too early"}
    for rate, headline in headlines.items():
        noisy = replace(slow, learning_rate=rate)
        story = tell_run(train(noisy))
        assert story["verdict"].headline == headline
        longer = train(replace(noisy, iterations=10 * noisy.iterations))
        gained = Facts(longer).rms() < 0.9 * story.facts["run"].rms()
        assert gained == (headline == "On its way: stopped too early")


def test_events_that_are_not_told_are_counted_as_an_independent_count_has_them():
    for name in ("two-neurons", "spread-biases", f"{EXAMPLES}/noise-frees.toml"):
        facts = Facts(train(Experiment.open(name)))
        phases = facts.analysis.phases
        turns = [t for t in phases.reversals if t.quantity == "origin" and t.cause == "weight changed sign"]
        times = [e.iteration for kind in (phases.reversals, phases.passages, phases.crossings) for e in kind]
        times += [merge.iteration for merge in facts.analysis.merging.merges]
        times += [c.iteration for c in phases.sign_changes if not any(
            t.neuron == c.neuron and c.iteration / 1.3 - 3 <= t.iteration <= c.iteration * 1.3 + 3 for t in turns)]
        beats = [beat.description() for beat in beats_of(facts)]
        claims = {claim.split(" and ")[0] for beat in beats for claim in beat["claims"]}
        told = sum(bool(re.match(r"run\.(reverses|changes_sign|leaves|enters|overtakes|merge)\(.*\) == \d+$", claim))
                   for claim in claims)  # fmt: skip
        filled = [beat.narration for beat in tell(Script("f", "A test", "t", beats), {"run": facts}).beats]
        counts = [re.search(r"(\w+) (?:more )?events? (?:is|are) not told", text) for text in filled]
        untold = sum(COUNTS.index(found[1].lower()) for found in counts if found)
        assert untold > 0 and told + untold == len(times), name


COUNTS = ["zero", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "eleven", "twelve"]


def test_a_run_whose_neurons_all_die_says_so():
    story = tell_run(train(replace(ARTICLE, start=ReluNetwork(np.full(2, 0.1), np.array([-4.5, -5.0])))))
    assert story["end"].headline == "Every neuron is dead" and "nothing is learned" in story["end"].narration


def test_the_article_s_trap_is_told():
    told = narration(ARTICLE)
    text = " ".join(told.values())
    assert "neurons 1 and 2 stay together" in text
    assert "local optimum" in told["verdict"]
    assert "at an error of 0.094" in told["verdict"], "the best that three neurons can do"
    assert told["help"].count("With ") == 3, "spread origins, a fifth neuron and larger steps all help"
    assert "gain came" not in told["help"]
    assert "act nearly as one" in told["end"] and "meet" in told["verdict"], "they meet once the noise is gone"


def test_two_neurons_turn_for_the_error_s_sake():
    text = " ".join(narration(Experiment.open("two-neurons")).values())
    assert "leaves the data on the left" in text and "error right of it has changed sign" in text


def test_a_run_that_diverges_is_told_up_to_there():
    wild = replace(ARTICLE, learning_rate=1.2, train_output_bias=True)
    run = train(wild)
    assert run.overflowed_at is not None
    story = tell_run(run)
    shown = story.trajectory()
    assert shown.last <= run.overflowed_at
    assert f"After {run.overflowed_at:,} update" in story["diverged"].narration
    assert "learning rate" in story["help"].narration
    x = np.linspace(0, 4, 50)
    graphs = [float(np.abs(shown.network_at(t)(x)).max()) for t in range(shown.last)]
    assert max(graphs) < 60, "all but the last state can be drawn"
    slowly = train(Experiment.open(f"{EXAMPLES}/too-large-a-step.toml"))
    assert slowly.overflowed_at > 5_000 and filmed(slowly).last < 100
    assert filmed(slowly).digest() == slowly.digest(), "the record of what was shown leads to the stored run"
    assert filmed(train(ARTICLE)).last == 20_000, "a run that stays finite is shown whole"


def test_a_dead_neuron_is_told():
    dead = experiment(0.0, 4.0, [0, 2, 0], [0.5, -0.5], [0.2, 1.05], 0.01, 800, 3)
    assert "Neuron 2 is dead" in narration(dead)["end"]


@pytest.mark.parametrize(
    ("change", "said"),
    [
        ({"start": ReluNetwork(np.ones(9), np.zeros(9))}, "9 neurons; expected at most 8"),
        ({"iterations": 0}, "iterations: 0 makes no film; expected at least 1"),
        ({"target": ReluNetwork(np.zeros(1), np.zeros(1))}, "target: its height cannot be drawn"),
        ({"low": 1e9, "high": 2e9}, "data: from low to high cannot be drawn"),
        ({"target": ReluNetwork(np.ones(13), -np.linspace(0.1, 3, 13))}, "14 pieces; expected at most 12"),
    ],
)
def test_what_cannot_be_filmed_gets_one_line(change, said):
    with pytest.raises(UserError) as caught:
        check_can_be_filmed(replace(ARTICLE, **change), "mine.toml")
    assert said in str(caught.value) and str(caught.value).startswith("mine.toml: ")
    assert len(str(caught.value).splitlines()) == 1
