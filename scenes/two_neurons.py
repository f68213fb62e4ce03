"""Example 3 of the article: two neurons, nearly alike, find different places (figures 5a, 5b, 5c, 5d).

manim -pql scenes/two_neurons.py TwoNeurons
"""

from manim import *

from reluviz.stage.films.two_neurons import SharedUpdate, SumBench, SumPlane
from reluviz.stage.parts.gestures.look import Turn
from reluviz.stage.scene import ExplainerScene
from reluviz.stage.views import Workbench


class TwoNeurons(ExplainerScene):
    """Two neurons; three reasons why their paths part, and the three stages in which they do; their sum."""

    script = "two-neurons"

    def construct(self):
        self.run = self.story.trajectory("run")
        with self.beat("task"):
            self.show_the_task()
        with self.beat("distance") as beat:
            self.measure_the_distances(beat)
        with self.beat("both_left") as beat:
            self.replay_in_two_storeys(beat)
        with self.beat("weight") as beat:
            self.compare_the_slides(beat, slide=40, when=0.3)
        with self.beat("sign") as beat:
            self.compare_the_slides(beat, slide=10, when=0.62)
        with self.beat("apart") as beat:
            self.replay_in_two_storeys(beat)
        with self.beat("asleep") as beat:
            self.leave_one_asleep(beat)
        with self.beat("home") as beat:
            self.replay_in_two_storeys(beat)
        with self.beat("sum"):
            self.add_the_two()
        with self.beat("result"):
            self.clear_stage()
            self.show_start_and_end(self.run)

    def show_the_task(self):
        bench = Workbench(self.theme, self.run, charts=())
        self.reveal(bench.plane)
        self.play(Create(bench.target), run_time=1.5)
        self.at_part(0.4)
        self.play(Create(bench.network), FadeIn(bench.marks), run_time=1.2)
        self.play(FadeIn(bench.error, bench.counter), run_time=0.6)

    def measure_the_distances(self, beat):
        view = self.look_closely(beat, turn=100)
        self.at_part(0.33)
        for lever in view.levers:
            self.play(GrowFromEdge(lever, RIGHT), run_time=0.7)
        self.at_part(0.6)
        self.reveal(view.turns)
        self.step(view)

    def compare_the_slides(self, beat, slide, when):
        view = self.look_closely(beat, slide=slide)
        self.at_part(when)
        self.reveal(view.slides)
        self.step(view)

    def leave_one_asleep(self, beat):
        view = self.look_closely(beat, turn=20, slide=20)
        self.reveal(view.asleep)
        self.at_part(0.4)
        self.reveal(view.slides)
        self.at_part(0.6)
        self.step(view)

    def look_closely(self, beat, **gains):
        self.clear_stage()
        view = SharedUpdate(self.theme, self.run, beat.first, **gains)
        self.reveal(view.still, view.moving)
        self.reveal(view.sample, run_time=0.5)
        return view

    def step(self, view):
        self.play(Turn(view.moving, view.show, run_time=2.0))

    def replay_in_two_storeys(self, beat):
        self.clear_stage()
        bench = SumBench(self.theme, self.run, at=beat.first)
        bench.rig.include(*bench.charts)
        self.add(bench.still, bench.charts_still, bench.rig)
        self.play(FadeIn(bench.still, bench.charts_still, bench.rig), run_time=0.7)
        self.replay(bench.rig)

    def add_the_two(self):
        self.clear_stage()
        view = SumPlane(self.theme, self.run)
        self.reveal(view.still, view.own, view.sum, view.names)
        self.add(view.probe)
        self.at_part(0.22)
        self.run_along(view.probe, view.low, view.corner, 3.5)
        self.at_part(0.6)
        self.run_along(view.probe, view.corner, view.high, 3.5)

    def run_along(self, probe, start, end, seconds):
        self.play(Turn(probe, lambda part: probe.show(start + part * (end - start)), seconds))
