"""Example 2 of the article: one neuron finds its place (figures 4a, 4b, 4c).

manim -pql scenes/one_neuron.py OneNeuron
"""

from manim import *

from reluviz.core.measure import rms_error
from reluviz.stage.films.one_neuron import first_sample, measured, parting, up_to
from reluviz.stage.network_view import NetworkView, full
from reluviz.stage.parts.charts.typical_errors import TypicalErrorSquare
from reluviz.stage.parts.network.graph import CornerRings
from reluviz.stage.parts.network.slopes import slope_labels
from reluviz.stage.parts.network.slow import SlowUpdates
from reluviz.stage.parts.replay import Replay
from reluviz.stage.scene import ExplainerScene
from reluviz.stage.typesetting import words
from reluviz.theme import HEADLINE

RANGES = (-0.4, 4.24), (-1.9, 6.36)
BOTTOM = -1.75
CORNER = {"x_range": (0.69, 1.29), "y_range": (-0.1, 0.5)}


class OneNeuron(ExplainerScene):
    """One neuron of the wrong sign goes right, left and right again, and finds its corner; each way has its rule."""

    script = "one-neuron"

    def construct(self):
        self.run = self.story.trajectory("run")
        self.view = NetworkView(self.theme, self.run, look=full(*RANGES, bottom=BOTTOM))
        with self.beat("question", headline=False):
            self.open_on_the_target()
        with self.beat("start"):
            self.bring_in_the_neuron()
        with self.beat("guess"):
            self.ask_which_way()
        with self.beat("first_updates") as beat:
            self.make_the_first_updates(beat)
        with self.beat("rise"):
            self.turn_round()
        with self.beat("turn") as beat:
            self.weigh_the_two_sides(beat)
        with self.beat("approach"):
            self.close_in()
        with self.beat("result"):
            self.look_back()

    def open_on_the_target(self):
        view = self.view
        self.parts = list(view.rig)
        view.rig.remove(view.error, view.strip, view.network, view.marks)
        view.pushes.set_opacity(0.0)
        self.open_on(view)

    def bring_in_the_neuron(self):
        view, rig = self.view, self.view.rig
        self.ring = CornerRings(view.plane, self.run.target)
        slopes = slope_labels(view.plane, self.run.target, self.theme.ink, 0.24)
        self.at("target")
        self.play(Create(self.ring))
        self.play_until("neuron", FadeIn(slopes, shift=0.3 * UP))
        self.play(Create(view.network), FadeIn(view.marks), run_time=1.5)
        falls = slope_labels(view.plane, self.run.start, self.theme.ink, -0.24)
        self.play_until("strip", FadeIn(falls, shift=0.3 * DOWN))
        self.play(FadeOut(slopes, falls), run_time=0.4)
        self.play_until("low", Create(view.strip), rate_func=linear)
        self.play(FadeIn(view.error), run_time=1.2)
        self.remove(self.ring, view.error, view.strip, view.network, view.marks)
        rig.remove(*rig.submobjects)
        rig.add(*self.parts[:4], self.ring, *self.parts[4:])

    def ask_which_way(self):
        view = self.view
        self.at("sample")
        self.sample = first_sample(view)
        self.play(view.strip.animate.set_opacity(0.2), run_time=0.3)  # its delta is shorter than the ticks
        self.play_until("slope", measured(view, self.sample))
        self.play_until("way", view.point_at(0))
        above = view.plane.on_floor(self.run.start.origins[0]) + 0.75 * UP
        self.mark = words("?", self.theme.accent, HEADLINE, strong=True).move_to(above)
        self.play(FadeIn(self.mark, scale=2.0), run_time=0.5)

    def make_the_first_updates(self, beat):
        view = self.view
        view.rig.remove(self.sample)
        self.play(FadeOut(self.sample, self.mark), view.strip.animate.set_opacity(1.0), run_time=0.3)
        self.at("step")
        first, all_four = self.until("again"), self.until("positive")
        others = beat.span.length - 1
        lengths = (first, *[(all_four - first) / others] * others)
        self.play(Replay([view.rig], [SlowUpdates(beat.first, lengths)]))
        self.play(view.point_at(0))

    def turn_round(self):
        view = self.view
        self.at("turned")
        self.play(view.slow(2, self.until("rule")))
        self.show_sides(low=True, high=True)
        self.replay(view.rig, until="back")
        self.at("back")
        ghost = view.ghost()
        view.rig.include(ghost, below=view.marks)
        self.play(FadeIn(ghost, scale=1.5))
        view.rig.remove(ghost)
        self.play(FadeOut(ghost))

    def weigh_the_two_sides(self, beat):
        rig = self.view.rig
        self.at("right")
        self.show_sides(low=True)
        self.play(Replay([rig], [up_to(self.run, round(rig.iteration), 1, self.until("left"))]))
        self.show_sides(high=True)
        self.play(Replay([rig], [up_to(self.run, round(rig.iteration), -1, self.until("drift"))]))
        self.show_sides(low=True, high=True)
        self.replay(rig, span=(rig.iteration, beat.last))

    def show_sides(self, low=False, high=False):
        """Which samples are seen, and what they push."""
        view = self.view
        seen = [(view.strip[0], low), (view.strip[1], high)]
        seen += [(view.pushes.low, low), (view.pushes.high, high), (view.pushes.net, low and high)]
        self.play(*(part.animate.set_opacity(1.0 if bright else 0.1) for part, bright in seen), run_time=0.5)

    def close_in(self):
        view = self.view
        self.replay(view.rig, until="small")
        self.play(view.zoom_to(**CORNER))
        self.replay(view.rig)

    def look_back(self):
        view, run = self.view, self.run
        self.at("ghost")
        view.rig.include(view.ghost(), below=view.marks)
        self.play(view.zoom_to(run_time=2.0))
        self.play(self.ring.animate.set_stroke(self.theme.neuron(0)), run_time=0.6)
        x, y = view.plane.left_edge + 0.4, 0.3
        first = TypicalErrorSquare(view.plane, rms_error(run, 0), "at first", (x, y), 1)
        last = TypicalErrorSquare(view.plane, rms_error(run, run.last), "at last", (x + 0.12, y + 0.12), 3)
        self.at("typical")
        self.play_until("now", GrowFromPoint(first, (x, y, 0)))
        outline = first.square.copy().set_fill(opacity=0)
        self.add(outline)
        self.play(ReplacementTransform(first, last), run_time=2.0)
        self.play_until("next", view.look_back())
        self.play(FadeOut(outline, last), parting(view))
