"""Taken over at any second of a real film, the lab shows the iteration that the film's own counter shows there."""

import json
from random import Random

import numpy as np
import pytest
from manim import CairoRenderer

from reluviz.lab.takeover import takeovers
from reluviz.stage.parts.counter import Counter
from tests.scenes.conftest import film_classes, render

FILMS = ("OneNeuron", "TwoNeurons", "MergingNeurons", "SpreadBiases", "FiveNeurons")


@pytest.mark.slow
@pytest.mark.parametrize("name", FILMS)
def test_the_lab_shows_what_the_counter_shows(name, tmp_path, monkeypatch):
    """At twenty random seconds of its replays; the counter's numbers as they were drawn, frame by frame."""
    frames: list[tuple[float, frozenset[int]]] = []
    counters: dict[int, int] = {}
    show, add_frame = Counter.show, CairoRenderer.add_frame

    def shown(counter, moment):
        counters[id(counter)] = int(np.floor(moment.iteration + 1e-6))
        show(counter, moment)

    def added(renderer, frame, num_frames=1):
        frames.append((renderer.time, frozenset(counters.values())))
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
        assert place["iterations"][frame] in in_sight, (second, place["iterations"][frame], sorted(in_sight))
