"""The story of any run: experiments made by chance, good ones and poor ones; each tells a story whose claims hold."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from reluviz.core import Experiment, ReluNetwork, train
from reluviz.errors import UserError
from reluviz.story.unscripted.one_run import FilmError, check_can_be_filmed, filmed, tell_run
from reluviz.voice.pronunciation import spoken, unknown_words

LOOK = settings(max_examples=8, deadline=None, derandomize=True, suppress_health_check=list(HealthCheck))


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
    assert names[:2] == ["task", "stretch1"]
    assert ("verdict" in names) != ("diverged" in names)
    spans = [(beat.first, beat.last) for beat in story.beats if beat.name.startswith("stretch")]
    assert spans[0][0] == 0 and spans[-1][1] == story.trajectory().last
    assert all(a[1] == b[0] for a, b in zip(spans[:-1], spans[1:], strict=True))
    for beat in story.beats:
        assert beat.narration and not unknown_words(beat.narration)
        assert spoken(beat.narration)
        assert "nan" not in beat.narration and "inf" not in beat.narration.split()


EXAMPLES = Path(__file__).parents[3] / "examples"
ARTICLE = Experiment.open("merging-neurons")


def narration(run):
    return {beat.name: beat.narration for beat in tell_run(train(run)).beats}


def test_the_article_s_trap_is_told():
    told = narration(ARTICLE)
    text = " ".join(told.values())
    assert "neurons 1 and 2 stay together" in text
    assert "local optimum" in told["verdict"]
    assert "at an error of 0.094" in told["verdict"], "the best that three neurons can do"
    assert told["help"].count("that helps") == 3, "spread origins, a fifth neuron and larger steps all help"


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
