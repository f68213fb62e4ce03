"""Taken over at any second of a real film, the lab shows the run and iteration that the film's counter shows there."""

import json
import re
from random import Random

import numpy as np
import pytest
from manim import CairoRenderer

from reluviz.core import Experiment
from reluviz.lab.link import read_kept, read_link
from reluviz.lab.takeover import takeovers
from reluviz.stage.parts.counter import Counter
from tests.scenes.conftest import film_classes, render

FILMS = ("OneNeuron", "TwoNeurons", "MergingNeurons", "SpreadBiases", "FiveNeurons")


@pytest.mark.slow
@pytest.mark.parametrize("name", FILMS)
def test_the_lab_shows_what_the_counter_shows(name, tmp_path, monkeypatch):
    """At twenty random seconds of its replays; the counter's numbers as they were drawn, frame by frame."""
    frames: list[tuple[float, list[tuple[int, Experiment]]]] = []
    counters: dict[int, tuple[int, Experiment]] = {}
    show, add_frame = Counter.show, CairoRenderer.add_frame

    def shown(counter, moment):
        counted = int(np.floor(moment.iteration + counter.offset + 1e-6))
        counters[id(counter)] = counted, moment.trajectory.experiment
        show(counter, moment)

    def added(renderer, frame, num_frames=1):
        frames.append((renderer.time, list(counters.values())))
        add_frame(renderer, frame, num_frames)

    monkeypatch.setattr(Counter, "show", shown)
    monkeypatch.setattr(CairoRenderer, "add_frame", added)
    (film,) = (one for one in film_classes() if one.__name__ == name)
    contents = json.loads(render(film, tmp_path, fps=10).mp4.with_suffix(".json").read_text())
    times = np.array([time for time, _ in frames])
    random = Random(name)
    places = takeovers(contents)
    for _ in range(20):
        place = random.choice(places)
        second = place["start"] + random.uniform(0.0, (len(place["iterations"]) - 1) / 10)
        frame = int((second - place["start"]) * 10 + 0.001)
        in_sight = frames[np.searchsorted(times, second + 1e-5, side="right") - 1][1]
        before = int((re.search(r"&before=(\d+)", place["link"]) or [0, 0])[1])
        told = before + place["iterations"][frame]
        taken = [read_link(place["link"]), *read_kept(place["link"])]  # of two side by side one counter counts for both
        assert any(told == count and one.same_run(run) for count, run in in_sight for one in taken), (second, told)
