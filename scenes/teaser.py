"""Figures 1 and 2a of the article: four neurons learn a shape, and from another start two become one. Works without
sound, too.

manim -pql scenes/teaser.py Teaser
"""

from manim import *

from reluviz.stage.films.teaser import passing_by_the_first
from reluviz.stage.looks import Look
from reluviz.stage.network_view import NetworkView, full, graph_ranges
from reluviz.stage.parts.gestures.look import Fuse
from reluviz.stage.parts.gestures.name_card import BOX, NameCard
from reluviz.stage.parts.gestures.starts import SlideFrom
from reluviz.stage.parts.network.graph import CornerRings, NeuronCurves
from reluviz.stage.parts.network.wake import steepest_slope
from reluviz.stage.parts.replay import Replay, Rewind
from reluviz.stage.scene import ExplainerScene


class Teaser(ExplainerScene):
    """The shape, four idle neurons, the whole run in one go; another start, two that become one; the name."""

    script = "teaser"

    def construct(self):
        self.run, self.close = self.story.trajectory("run"), self.story.trajectory("close")
        self.ranges = graph_ranges(self.run, self.close)
        self.view = self.view_of(self.run)
        with self.beat("question", headline=False):
            self.show_the_shape_alone()
        with self.beat("start"):
            self.let_the_neurons_drop_in()
        with self.beat("learn"):
            self.learn()
        with self.beat("again"):
            self.start_elsewhere()
            self.become_one()
        with self.beat("name", headline=False):
            self.show_the_name()

    def view_of(self, run):
        steepest = steepest_slope(self.run, self.close)
        view = NetworkView(self.theme, run, look=full(*self.ranges), groups=[(0, 1)], steepest=steepest)
        view.slow_motion.with_words = False
        view.counter.remove(view.counter.speed)  # here it changes faster than one can read
        return view

    def show_the_shape_alone(self):
        rig = self.view.rig
        self.parts, rig.submobjects = rig.submobjects, [self.view.target]
        self.open_on(self.view)

    def let_the_neurons_drop_in(self):
        view = self.view
        self.at("neurons")
        marks, error = view.marks, VGroup(view.error, view.strip, view.counter)
        drops = [FadeIn(VGroup(*marks.of_neuron(i)), shift=0.9 * DOWN) for i in range(self.run.neurons)]
        self.play_until("target", LaggedStart(*drops, lag_ratio=0.25), Create(view.network))
        trace = view.target.copy().set_stroke(self.theme.accent, width=10)
        self.play(ShowPassingFlash(trace, time_width=0.6), FadeIn(error, run_time=0.5), run_time=1.3)
        self.remove(error, *(one for drop in drops for one in drop.mobject), view.network)
        view.rig.submobjects = self.parts
        self.remove(view.rig)
        self.add(view.rig.show(0.0))

    def learn(self):
        view = self.view
        self.at("samples")
        self.play(Replay([view.rig], [passing_by_the_first(3, self.until("fast"))]))
        self.replay(view.rig, until="corners")
        self.rings = CornerRings(view.plane, self.run.target)
        for neuron, ring in enumerate(self.rings):
            ring.set_stroke(self.theme.neuron(neuron))
        self.play(LaggedStart(*(Create(ring) for ring in self.rings), lag_ratio=0.3), run_time=1.0)

    def start_elsewhere(self):
        view, self.other = self.view, self.view_of(self.close)
        seconds = self.until("go")
        self.play(FadeOut(self.rings, run_time=0.3), Rewind([view.rig], seconds / 2))
        self.remove(view.still, view.rig)
        self.add(self.other.still, self.other.rig)
        self.play(SlideFrom(self.other, self.run.start, run_time=self.until("go")))

    def become_one(self):
        view = self.other
        self.replay(view.rig, until="near")
        rest = self.story.trajectory("rest")
        view.go_on(rest)
        self.replay(view.rig, span=(0, rest.last), until="one")
        self.play(Fuse(view, (0, 1), run_time=0.7))
        self.at("empty")
        rings = CornerRings(view.plane, self.close.target)
        rings[:-1].set_stroke(opacity=0.0)
        view.rig.include(rings)
        self.play(Create(rings[-1]), run_time=0.7)
        self.play(Indicate(rings[-1], 1.5, self.theme.accent), run_time=max(self.seconds_left, 1.0))

    def show_the_name(self):
        view = self.other
        leaving = (view.counter, view.pushes, view.strip, view.wake, view.lines)
        view.rig.remove(*leaving)
        card = NameCard(self.theme)
        away = FadeOut(Group(self.headline, *leaving), run_time=0.5)
        small = Look(*self.ranges, **BOX, size=0.9)
        self.at("name")
        # Only once the plane's numbers have gone from there.
        name = FadeIn(card, run_time=1.8, rate_func=squish_rate_func(smooth, 0.6, 1.0))
        self.play(away, view.go_to(small, run_time=1.4), name)
        self.headline = None
        self.at("draw")
        line = NeuronCurves(view.plane, self.run.neurons)
        line.show(view.rig.moment)
        view.rig.submobjects.insert(view.rig.submobjects.index(view.marks), line[0])
        self.play(Create(line[0]), run_time=self.seconds_left)
