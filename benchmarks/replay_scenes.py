"""The same replay drawn in several ways, each with the main thread's CPU time: what is spent outside the encoder.

manim -qh --disable_caching benchmarks/replay_scenes.py Ours
"""

from __future__ import annotations

import os
import time
from dataclasses import replace

import numpy as np
from manim import *

from reluviz.core import Experiment, Trajectory, load_or_train, train
from reluviz.stage.narrated import encoder_options
from reluviz.stage.network_view import NetworkView
from reluviz.stage.parts.replay import Replay
from reluviz.stage.typesetting import register_fonts
from reluviz.story.pacing import Pace
from reluviz.theme import DARK

SECONDS = float(os.environ.get("BENCH_SECONDS", "8"))

# As in the films; BENCH_PRESET shows what another preset costs and brings.
config.video_encoder_options = encoder_options(float(config.frame_rate)) | (
    {"preset": os.environ["BENCH_PRESET"]} if "BENCH_PRESET" in os.environ else {}
)


def long_run() -> Trajectory:
    """Example 4 for two million iterations: thinned, a hundred times as long."""
    return train(replace(Experiment.from_library("merging-neurons"), iterations=2_000_000, stop_below=None))


class Timed(Scene):
    """Plays one animation and prints the main thread's CPU seconds for it."""

    def timed_play(self, *animations, **kwargs):
        begin = time.thread_time()
        self.play(*animations, **kwargs)
        print(f"main-thread-seconds {time.thread_time() - begin:.3f}", flush=True)


class Ours(Timed):
    """The picture of the films: plane, line, error, discs, sample strip, pushes, wake, counter."""

    def construct(self):
        register_fonts()
        self.camera.background_color = DARK.background
        run = load_or_train("merging-neurons")
        view = NetworkView(DARK, run, groups=[(0, 1)])
        self.add(view.still, view.rig)
        self.timed_play(Replay([view.rig], [Pace(run, 0, run.last, SECONDS)]))


class Naive(Timed):
    """The same picture as tutorials draw it: always_redraw, axes.plot, Integer, ValueTracker."""

    def construct(self):
        run = load_or_train("merging-neurons")
        pace = Pace(run, 0, run.last, SECONDS)
        second = ValueTracker(0.0)
        self.camera.background_color = DARK.background
        Integer.set_default(mob_class=Text)
        axes = Axes(x_range=(-1, 4.2), y_range=(-1, 4), x_length=7.3, y_length=5.1).shift(2.6 * LEFT)
        charts = [
            Axes(x_range=(0, 8), y_range=(low, high), x_length=4, y_length=1.8).move_to((4.5, y, 0))
            for low, high, y in ((-2.5, 1, 1.4), (-2.5, 1.5, -1.6))
        ]
        self.add(axes, *charts, axes.plot(lambda x: float(run.target(x)), x_range=(0, 4), stroke_width=13))

        def network():
            return run.network_at(round(pace.iteration(second.get_value())))

        def curve():
            net = network()
            return axes.plot(lambda x: float(net(x)), x_range=(-1, 4.2, 0.02), use_smoothing=False)

        def marks():
            net = network()
            dots = VGroup()
            for i, (weight, origin) in enumerate(zip(net.weights, net.origins, strict=True)):
                foot = axes.c2p(origin, 0)
                dots.add(Line(foot, axes.c2p(origin, float(net(origin))), color=DARK.neuron(i)))
                dots.add(Line(foot, foot + 0.9 * RIGHT + 0.5 * weight * UP, color=DARK.neuron(i)))
                dots.add(Dot(foot, radius=0.19, color=DARK.neuron(i)), Text(str(i + 1), font_size=22).move_to(foot))
            return dots

        def trails():
            now = pace.iteration(second.get_value())
            at = np.unique(np.geomspace(1, max(now, 2), 400).astype(int))
            lines = VGroup()
            for chart, table in zip(charts, (run.biases, run.weights), strict=True):
                for i in range(run.neurons):
                    lines.add(
                        chart.plot_line_graph(
                            np.log1p(at / 10), table[at, i], add_vertex_dots=False, line_color=DARK.neuron(i)
                        )
                    )
            return lines

        counter = always_redraw(
            lambda: Integer(round(pace.iteration(second.get_value())), mob_class=Text).move_to((-4, -3.5, 0))
        )
        self.add(always_redraw(curve), always_redraw(marks), always_redraw(trails), counter)
        self.timed_play(second.animate(rate_func=linear).set_value(SECONDS), run_time=SECONDS)
