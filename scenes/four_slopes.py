"""Example 1 of the article: what a neuron is, and how four of them draw four slopes (figures 3a, 3b).

manim -pql scenes/four_slopes.py FourSlopes
"""

from manim import *

from reluviz.stage.films.four_slopes import NetworkDiagram, Stretches
from reluviz.stage.parts.gestures.formulas import network_formula
from reluviz.stage.parts.gestures.turning import Morph, NeuronReadout, Probe, Turn, first_neurons, one_neuron
from reluviz.stage.parts.network.graph import NetworkCurve, NeuronCurves
from reluviz.stage.parts.network.marks import NeuronMarks
from reluviz.stage.plane import Plane
from reluviz.stage.scene import ExplainerScene


class FourSlopes(ExplainerScene):
    """One neuron, its weight, its bias; the network of four; its graph, neuron by neuron."""

    script = "four-slopes"

    def construct(self):
        self.network = self.story.trajectory("run").start
        with self.beat("neuron"):
            self.show_one_neuron()
        with self.beat("weight"):
            self.turn_the_weight()
        with self.beat("bias"):
            self.slide_the_origin()
        with self.beat("network"):
            self.show_the_network()
        with self.beat("first"):
            self.set_out_the_graph()
            self.add_neuron(0, when=0.68)
        for index, (name, when) in enumerate((("second", 0.5), ("third", 0.35), ("fourth", 0.35)), start=1):
            with self.beat(name):
                self.add_neuron(index, when)
        with self.beat("slopes"):
            self.recall_the_slopes()

    def show_one_neuron(self):
        self.now = one_neuron(1.0, self.network.biases[1])
        plane = Plane(self.theme, (-0.75, 4.2), (-3.0, 6.0), centre=(-2.75, -0.35), width=7.0, height=5.7)
        self.parts = [NeuronCurves(plane, 1, width=6), NeuronMarks(plane, 1)]
        self.readout = NeuronReadout(self.theme, (1.9, 1.75))
        for part in (*self.parts, self.readout.weight, self.readout.bias, self.readout.origin):
            part.show(self.now)
        self.reveal(plane)
        self.probe = Probe(plane, self.now.network, self.theme.neuron(0), 6)
        (left, right), origin = plane.x_range, float(self.now.network.origins[0])
        self.probe.show(left)
        self.at_part(0.12)
        self.reveal(self.probe, run_time=0.4)
        self.move_input(left, origin, 5.0)
        self.at_part(0.5)
        self.reveal(self.parts[1])
        self.at_part(0.64)
        self.move_input(origin, right, 3.0)
        self.add(*self.parts)
        self.play(FadeOut(self.probe), FadeIn(self.readout.formula), run_time=0.6)

    def move_input(self, start, end, seconds):
        probe = self.probe
        self.play(Turn(probe, lambda part: probe.show(start + part * (end - start)), run_time=seconds))

    def turn_the_weight(self):
        self.reveal(self.readout.weight, run_time=0.5)
        self.parts.append(self.readout.weight)
        self.at_part(0.26)
        self.turn_to(self.network.weights[0], self.now.biases[0])
        self.at_part(0.56)
        self.turn_to(self.network.weights[1], self.now.biases[0])

    def slide_the_origin(self):
        self.turn_to(1.0, self.now.biases[0])
        self.reveal(self.readout.bias, self.readout.origin, run_time=0.5)
        self.parts += [self.readout.bias, self.readout.origin]
        self.at_part(0.42)
        self.turn_to(1.0, self.network.biases[0])
        self.at_part(0.62)
        self.turn_to(1.0, self.network.biases[2])

    def turn_to(self, weight, bias):
        start, self.now = self.now, one_neuron(weight, bias)
        self.play(Morph(self.parts, start, self.now))

    def show_the_network(self):
        self.clear_stage()
        self.diagram = NetworkDiagram(self.theme, self.network, centre=(0.0, 0.25), width=7.6, height=5.0, decimals=0)
        self.reveal(self.diagram.input)
        neurons = [self.diagram.neuron(i) for i in range(len(self.network))]
        self.play(LaggedStart(*(FadeIn(neuron) for neuron in neurons), lag_ratio=0.3), run_time=2.5)
        self.at_part(0.62)
        sum_of_all = network_formula(self.theme, self.network)[1]
        self.reveal(self.diagram.output, sum_of_all.move_to((0.0, -3.2, 0.0)))

    def set_out_the_graph(self):
        self.plane = Plane(self.theme, (-0.5, 4.2), (-0.6, 4.0), centre=(-2.95, 0.65), width=6.4, height=3.9)
        self.stretches = Stretches(self.plane, self.network, 4.0, drop=0.75)
        self.curve, self.marks = NetworkCurve(self.plane), VGroup()
        self.curve.show(first_neurons(self.network, 0))
        large = self.diagram
        box = {"centre": (3.42, -0.15), "width": 3.84, "height": 5.0}
        self.diagram = NetworkDiagram(self.theme, self.network, **box, decimals=0)
        moving = [(large.input, self.diagram.input), (large.output, self.diagram.output)]
        rest = [m for m in self.mobjects if m not in (self.headline, large.input, large.output)]
        moves = [ReplacementTransform(*pair) for pair in moving]
        self.play(FadeOut(Group(*rest)), *moves, FadeIn(self.plane), FadeIn(self.curve), run_time=1.2)

    def add_neuron(self, index, when):
        before = first_neurons(self.network, index + 1, last_weight=0.0)
        after = first_neurons(self.network, index + 1)
        self.remove(self.marks)
        self.marks = NeuronMarks(self.plane, index + 1)
        self.marks.show(before)
        self.add(self.marks)
        pieces = [FadeIn(piece) for piece in self.marks.of_neuron(index)]
        self.play(FadeIn(self.diagram.neuron(index)), *pieces, run_time=0.7)
        self.at_part(when)
        self.play(FadeIn(self.stretches.band(index), shift=0.2 * RIGHT), run_time=0.6)
        self.play(Morph([self.curve, self.marks], before, after))
        self.reveal(self.stretches.slope(index), run_time=0.5)

    def recall_the_slopes(self):
        indices = range(len(self.network))
        for when, parts in (
            (0.13, [self.stretches.slope(i) for i in indices]),
            (0.35, [self.marks.bends[i] for i in indices]),
            (0.54, [self.stretches.band(i)[1] for i in indices]),
        ):
            self.at_part(when)
            gestures = [Indicate(part, color=self.theme.accent, scale_factor=1.3) for part in parts]
            self.play(LaggedStart(*gestures, lag_ratio=0.5), run_time=2.0)
            self.add(self.marks)  # the gesture has drawn the bends over the discs
