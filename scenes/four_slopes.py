"""Example 1 of the article: what a neuron draws, and how four of them draw four slopes (figures 3a, 3b).

manim -pql scenes/four_slopes.py FourSlopes
"""

from manim import *

from reluviz.stage.films import four_slopes as hand
from reluviz.stage.films.four_slopes import LARGE, SUM, plane_with
from reluviz.stage.parts.gestures.look import Turn
from reluviz.stage.parts.gestures.turning import Morph, between, one_neuron
from reluviz.stage.parts.moment import State
from reluviz.stage.parts.network.graph import CornerRings, NetworkCurve
from reluviz.stage.parts.network.marks import NeuronMarks
from reluviz.stage.parts.network.slopes import slope_labels
from reluviz.stage.scene import ExplainerScene
from reluviz.stage.typesetting import words
from reluviz.theme import HEADLINE, LABEL


class FourSlopes(ExplainerScene):
    """One neuron, its weight, its bias; four side by side; their line, neuron by neuron."""

    script = "four-slopes"

    def construct(self):
        self.network = self.story.trajectory("run").start
        self.ends = [*(float(origin) for origin in self.network.origins[1:]), 4.0]
        self.plane = plane_with(self.theme, LARGE)
        with self.beat("question", headline=False):
            self.open_on_one_disc()
        with self.beat("neuron"):
            self.send_an_input()
        with self.beat("weight"):
            self.turn_the_weight()
        with self.beat("bias"):
            self.slide_the_origin()
        with self.beat("network"):
            self.put_four_side_by_side()
            self.add_them_up()
        with self.beat("first"):
            self.fold_back_into_one()
            self.draw_the_first()
        with self.beat("guess"):
            self.ask_for_the_second()
        with self.beat("second"):
            self.draw_the_second()
        with self.beat("rest"):
            self.draw_the_rest()
        with self.beat("slopes"):
            self.tell_bends_and_slopes()
            self.let_samples_rain()

    def open_on_one_disc(self):
        self.now = one_neuron(1.0, float(self.network.biases[1]))
        self.line, self.marks = NetworkCurve(self.plane, self.theme.neuron(0), 6), NeuronMarks(self.plane, 1)
        self.marks.with_arms = False
        self.marks.show(self.now)
        self.open_over(self.plane, self.marks, glances=[hand.inputs(self.plane, self.story.trajectory("run"))])

    def send_an_input(self):
        trace, origin = hand.Trace(self.plane, self.now.network, self.theme.neuron(0)), -float(self.now.biases[0])
        self.play(Turn(self.marks, lambda part: self.dim_disc(1.0 - 0.65 * part), 0.6), FadeIn(trace, run_time=0.6))
        self.add(trace, self.marks)
        self.at("input")
        self.play(trace.to(origin, self.until("wakes")))
        self.marks.with_arms = True
        self.play(trace.to(origin + 0.3, 0.5), Turn(self.marks, lambda part: self.light(0.35 + 0.65 * part), 0.5))
        self.play(trace.to(self.plane.x_range[1], self.until("relu")))
        self.line.show(self.now)
        zero, rising = hand.what_relu_is(self.plane, self.now)
        self.add(self.line, self.marks)
        self.play(FadeOut(trace), LaggedStart(FadeIn(zero), FadeIn(rising), lag_ratio=0.8), run_time=1.6)
        self.at("formula")
        self.formula = hand.Formula(self.theme, (self.plane.left_edge + 0.45, 2.05))
        self.play(FadeIn(self.formula.text), run_time=0.6)
        gestures = [Indicate(letter, 1.5, self.theme.accent) for letter in self.formula.letters]
        self.play(LaggedStart(*gestures, lag_ratio=0.7), run_time=max(self.seconds_left, 1.5))
        self.play(FadeOut(zero, rising), run_time=0.4)

    def dim_disc(self, strength):
        self.marks.strength[:] = strength
        self.marks.show(self.now)

    def light(self, strength):
        self.marks.swell[:] = 1.0 + 2.0 * strength * (1.0 - strength)
        self.dim_disc(strength)

    def turn_the_weight(self):
        before = self.plane.curve(self.now.network.polyline(*self.plane.x_range), self.theme.muted, 3)
        self.formula.show(self.now)
        self.parts = [self.line, self.marks, self.formula]
        self.play(FadeIn(self.formula.weight), run_time=0.3)
        self.at("turn")
        self.add(before, self.line, self.marks)
        self.turn_to(0.3, 1.2)
        self.turn_to(float(self.network.weights[0]), self.until("steep"))
        self.play(Indicate(self.formula.weight, 1.5, self.theme.accent), run_time=1.2)
        self.turn_to(float(self.network.weights[2]), self.until("falls"))
        self.play(Turn(self.marks, self.beckon, self.seconds_left, there_and_back), FadeOut(before))

    def beckon(self, part):
        self.marks.swell[:] = 1.0 + 0.5 * part
        self.marks.show(self.now)

    def turn_to(self, weight, run_time):
        start, self.now = self.now, one_neuron(weight, float(self.now.biases[0]))
        self.play(Morph(self.parts, start, self.now, run_time))

    def slide_the_origin(self):
        self.turn_to(1.0, 1.2)
        self.play(FadeIn(self.formula.bias), run_time=0.3)
        wake = hand.HandWake(self.plane, self.now, *self.parts)
        self.add(wake, self.marks)
        biases = [float(self.network.biases[i]) for i in (0, 3)]
        self.play(wake.to(-0.6, self.until("left")))
        self.play(wake.to(biases[0], self.until("right")))
        self.play(wake.to(biases[1], self.until("place")))
        self.now = one_neuron(1.0, biases[1])
        disc, arm = self.marks.discs[0].get_center(), self.marks.arms[0].get_end()
        place = words("place −b", self.theme.ink, LABEL, strong=True).next_to(disc, DOWN + RIGHT, buff=0.3)
        slope = words("slope w", self.theme.ink, LABEL, strong=True).next_to(arm, UP + LEFT, buff=0.15)
        self.play(LaggedStart(FadeIn(place, scale=1.4), FadeIn(slope, scale=1.4), lag_ratio=0.7), run_time=1.6)
        self.leaving = VGroup(wake, place, slope, self.formula)

    def put_four_side_by_side(self):
        solos = [hand.Solo(plane_with(self.theme, hand.small(i)), self.network, i) for i in range(len(self.network))]
        self.solos = VGroup(*solos)
        first = one_neuron(float(self.network.weights[0]), float(self.network.biases[0]))
        start = self.now

        def shrink(part):
            self.plane.travel(LARGE, hand.small(0), part)
            for one in (self.line, self.marks):
                one.show(between(start, first, part))

        moved = VGroup(self.plane, self.line, self.marks)
        self.at("side")
        self.play(FadeOut(self.leaving, run_time=0.5), Turn(moved, shrink, 1.2))
        self.remove(moved)
        self.add(solos[0])
        others = [FadeIn(solo, target_position=solos[0], scale=0.5) for solo in solos[1:]]
        self.play(LaggedStart(*others, lag_ratio=0.2), run_time=1.2)

    def add_them_up(self):
        self.plane = plane_with(self.theme, SUM)
        self.stack = stack = hand.Stack(self.plane, self.network, self.solos)
        stack.show(-0.5)
        self.play(FadeIn(self.plane), FadeIn(stack), run_time=0.5)
        self.play(stack.run(-0.5, 1.6, self.until("sum")))
        self.play(stack.run(1.6, 4.0, self.seconds_left))

    def fold_back_into_one(self):
        plane, marks = self.plane, NeuronMarks(self.plane, len(self.network))
        # Those that are still asleep have no stem: it would tell where the line is going to bend.
        asleep = NeuronMarks(plane, len(self.network), bends=False, arms=False)
        asleep.strength[:], marks.strength[:] = 0.3, 0.0
        self.state = State(self.network.weights, self.network.biases)
        self.line = hand.GrowingLine(plane, self.network)
        self.marks, self.own = marks, []

        def grow(part):
            plane.travel(SUM, LARGE, part)
            asleep.show(self.state)

        asleep.show(self.state)
        self.at("plane")
        folding = [FadeOut(solo, target_position=plane.get_center(), scale=0.4) for solo in self.solos]
        self.play(FadeOut(self.stack, run_time=0.4), FadeIn(asleep, run_time=0.4), run_time=0.4)
        self.play(*folding, Turn(VGroup(plane, asleep), grow, 1.6))
        marks.show(self.state)
        self.labels = slope_labels(plane, self.network, self.theme.ink, 0.26)
        self.add(self.line, marks)

    def awaken(self, index, run_time=0.8):
        """Disc `index` lights up, and what its neuron draws alone is drawn, thin."""
        def light(part):
            self.marks.strength[index] = part
            self.marks.swell[index] = 1.0 + 2.0 * part * (1.0 - part)
            self.marks.show(self.state)

        own = hand.own_line(self.plane, self.network, index)
        self.own.append(own)
        self.play(Turn(self.marks, light, run_time), Create(own, run_time=run_time))
        self.add(self.line, self.marks)

    def draw_the_first(self):
        self.at("first")
        self.play(self.line.to(float(self.network.origins[0]), 0.8))
        self.awaken(0)
        self.play(self.line.to(self.ends[0], max(self.seconds_left - 0.5, 1.0)))
        self.play(FadeIn(self.labels[0], scale=1.4), run_time=0.5)

    def ask_for_the_second(self):
        self.at("second")
        self.awaken(1, self.until("ways"))
        self.ways = hand.two_ways(self.plane, self.network, 1)
        self.play_until("down", Create(self.ways))
        self.mark = words("?", self.theme.accent, HEADLINE, strong=True).next_to(self.ways, RIGHT, buff=0.2)
        self.play(FadeIn(self.mark, scale=1.5), run_time=0.5)

    def draw_the_second(self):
        self.at("rises")
        wrong = FadeOut(self.ways[1], self.mark, run_time=0.6)
        self.play(wrong, self.line.to(self.ends[1], self.until("added")))
        self.play(FadeOut(self.ways[0], self.own[0]), run_time=0.4)
        self.add_up(1)

    def add_up(self, index):
        """The slope before and the neuron's weight slide together into the new slope."""
        old, new = self.labels[index - 1].copy(), self.labels[index]
        change = hand.weights_at_the_arms(self.marks, self.network)[index]
        self.play(FadeIn(change), run_time=0.4)
        there = VGroup(old.copy(), change.copy()).arrange(RIGHT, buff=0.2).next_to(new, UP, buff=0.2)
        self.play(old.animate.move_to(there[0]), change.animate.move_to(there[1]), run_time=1.2)
        self.play(FadeOut(old, target_position=new), FadeOut(change, target_position=new), FadeIn(new), run_time=0.6)

    def draw_the_rest(self):
        for index, mark in ((2, "third"), (3, "fourth")):
            self.at(mark)
            self.awaken(index)
            self.play(self.line.to(self.ends[index], 1.4))
            self.add_up(index)

    def tell_bends_and_slopes(self):
        rings = CornerRings(self.plane, self.network)
        for i, ring in enumerate(rings):
            ring.set_stroke(self.theme.neuron(i))
        self.play(Turn(self.marks, self.ripple, self.until("bends"), linear))
        self.play(LaggedStart(*(Create(ring) for ring in rings), lag_ratio=0.5), run_time=1.8)
        self.at("numbers")
        weights = hand.weights_at_the_arms(self.marks, self.network)
        for_each = zip(self.labels, weights, strict=True)
        gestures = [AnimationGroup(Indicate(s, 1.4, self.theme.accent), FadeIn(w, scale=1.4)) for s, w in for_each]
        self.play(LaggedStart(*gestures, lag_ratio=0.5), run_time=2.4)
        self.at("chose")
        gestures = [Indicate(weight, 1.4, self.theme.accent) for weight in weights]
        self.play_until("samples", LaggedStart(*gestures, lag_ratio=0.4))
        self.leaving = VGroup(rings, weights, self.labels)

    def ripple(self, part):
        """One disc after another swells."""
        count = len(self.network)
        own = np.clip(part * (count + 1) / 2 - np.arange(count) / 2, 0.0, 1.0)
        self.marks.swell[:] = 1.0 + 0.5 * np.sin(np.pi * own)
        self.marks.show(self.state)

    def let_samples_rain(self):
        self.at("samples")
        samples = self.story.trajectory("run").experiment.samples()[:40]
        drops = hand.rain(self.plane, self.network, samples)
        dimmed = self.line.animate.set_stroke(opacity=0.3)
        self.play(FadeOut(self.leaving), dimmed, run_time=0.5)
        self.marks.set_z_index(1)  # the discs stay over the drops
        self.play(LaggedStart(*(FadeIn(drop, shift=1.5 * DOWN) for drop in drops), lag_ratio=0.05), run_time=2.4)
        between = float(np.mean(self.ends[1:3]))
        place = self.plane.at(between, float(self.network(between)))
        lit = min(drops, key=lambda drop: np.linalg.norm(drop.get_center() - place))
        self.play(drops.animate.set_opacity(0.35), lit.animate.set_color(self.theme.accent).scale(2.2), run_time=0.8)
        self.play(Indicate(lit, 1.6, self.theme.accent), run_time=max(self.seconds_left, 1.0))
