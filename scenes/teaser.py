"""Figures 1 and 2a of the article: four neurons learn a shape. Works without sound, too.

manim -pql scenes/teaser.py Teaser
"""

from manim import *

from reluviz.stage.films.teaser import passing_by_the_first
from reluviz.stage.looks import Look
from reluviz.stage.network_view import NetworkView, graph_ranges
from reluviz.stage.parts.gestures.name_card import BOX, NameCard
from reluviz.stage.parts.network.graph import CornerRings, NeuronCurves
from reluviz.stage.parts.replay import Replay
from reluviz.stage.scene import ExplainerScene


class Teaser(ExplainerScene):
    """The shape, four idle neurons, the whole run in one go, start and end, the name."""

    script = "teaser"

    def construct(self):
        self.run = self.story.trajectory("run")
        self.view = NetworkView(self.theme, self.run)
        with self.beat("question", headline=False):
            self.show_the_shape_alone()
        with self.beat("start"):
            self.let_the_neurons_drop_in()
        with self.beat("learn"):
            self.learn()
        with self.beat("name", headline=False):
            self.look_back()
            self.show_the_name()

    def show_the_shape_alone(self):
        rig = self.view.rig
        self.parts, rig.submobjects = rig.submobjects, [self.view.target]
        self.open_on(self.view)

    def let_the_neurons_drop_in(self):
        view = self.view
        self.at("target")
        trace = view.target.copy().set_stroke(self.theme.accent, width=10)
        self.play_until("neurons", ShowPassingFlash(trace, time_width=0.6))
        marks, error = view.marks, VGroup(view.error, view.strip, view.counter)
        drops = [FadeIn(VGroup(*marks.of_neuron(i)), shift=0.9 * DOWN) for i in range(self.run.neurons)]
        self.play(LaggedStart(*drops, lag_ratio=0.25), Create(view.network), run_time=2.0)
        self.play(FadeIn(error), run_time=0.5)
        self.remove(error, *(one for drop in drops for one in drop.mobject), view.network)
        view.rig.submobjects = self.parts
        self.remove(view.rig)
        self.add(view.rig.show(0.0))

    def learn(self):
        self.at("samples")
        self.play(Replay([self.view.rig], [passing_by_the_first(3, self.until("fast"))]))
        self.replay(self.view.rig)

    def look_back(self):
        view = self.view
        self.at("ghost")
        self.rings = CornerRings(view.plane, self.run.target)
        for ring, neuron in zip(self.rings, range(self.run.neurons), strict=True):
            ring.set_stroke(self.theme.neuron(neuron))
        self.ghost = view.ghost()
        view.rig.include(self.ghost, self.rings)
        self.play(FadeIn(self.ghost, self.rings), run_time=0.5)
        self.play_until("name", view.look_back())

    def show_the_name(self):
        view = self.view
        leaving = (view.counter, view.pushes, view.strip, view.wake, view.lines)
        view.rig.remove(self.ghost, *leaving)
        card = NameCard(self.theme)
        away = FadeOut(Group(self.headline, self.ghost, *leaving), run_time=0.5)
        small = Look(*graph_ranges(self.run), **BOX, size=0.9)
        # Only once the plane's numbers have gone from there.
        name = FadeIn(card, run_time=2.4, rate_func=squish_rate_func(smooth, 0.6, 1.0))
        self.play(away, view.go_to(small, run_time=1.8), name)
        self.headline = None
        self.at("draw")
        line = NeuronCurves(view.plane, self.run.neurons)
        line.show(view.rig.moment)
        self.play(view.point_at(0), Create(line[0]), run_time=self.seconds_left)
