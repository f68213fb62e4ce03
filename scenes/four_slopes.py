"""Example 1 of the article: what a neuron is, and how four of them draw four slopes (figures 3a, 3b).

manim -pql scenes/four_slopes.py FourSlopes
"""

from manim import *

from reluviz.stage.diagram import NetworkDiagram
from reluviz.stage.formulas import network_formula
from reluviz.stage.graph import NetworkCurve, NeuronCurves, NeuronMarks
from reluviz.stage.plane import Plane
from reluviz.stage.scene import ExplainerScene
from reluviz.stage.stretches import Stretches
from reluviz.stage.turning import Morph, NeuronReadout, Probe, Sweep, first_neurons, one_neuron


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
        for index, name in enumerate(("first", "second", "third", "fourth")):
            with self.beat(name):
                if index == 0:
                    self.set_out_the_graph()
                self.add_neuron(index)
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
        self.run_an_input_along(plane)
        self.at_part(0.55)
        self.reveal(self.parts[1])
        self.at_part(0.75)
        self.reveal(self.readout.formula)

    def run_an_input_along(self, plane):
        probe = Probe(plane, self.now.network, self.theme.neuron(0), 6)
        probe.show(0.0)
        self.at_part(0.1)
        self.reveal(probe, run_time=0.4)
        self.play(Sweep(probe, probe.show, run_time=6.0))
        self.add(self.parts[0])
        self.dismiss(probe, run_time=0.4)

    def turn_the_weight(self):
        self.reveal(self.readout.weight, run_time=0.5)
        self.parts.append(self.readout.weight)
        self.at_part(0.2)
        self.turn_to(self.network.weights[0], self.now.biases[0])
        self.at_part(0.45)
        self.turn_to(self.network.weights[1], self.now.biases[0])

    def slide_the_origin(self):
        self.turn_to(1.0, self.now.biases[0])
        self.reveal(self.readout.bias, self.readout.origin, run_time=0.5)
        self.parts += [self.readout.bias, self.readout.origin]
        self.at_part(0.32)
        self.turn_to(1.0, self.network.biases[0])
        self.at_part(0.56)
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
        self.at_part(0.65)
        self.reveal(self.diagram.output)
        self.at_part(0.8)
        sum_of_all = network_formula(self.theme, self.network)[1]
        self.reveal(sum_of_all.move_to((0.0, -3.2, 0.0)))

    def set_out_the_graph(self):
        self.plane = Plane(self.theme, (-0.5, 4.2), (-0.6, 4.0), centre=(-2.95, 0.65), width=6.4, height=3.9)
        self.stretches = Stretches(self.plane, self.network, 4.0, drop=0.75)
        self.curve, self.marks = NetworkCurve(self.plane), VGroup()
        self.curve.show(first_neurons(self.network, 0))
        large = self.diagram
        box = {"centre": (3.5, -0.15), "width": 3.9, "height": 5.0}
        self.diagram = NetworkDiagram(self.theme, self.network, **box, decimals=0)
        moving = [(large.input, self.diagram.input), (large.output, self.diagram.output)]
        rest = [m for m in self.mobjects if m not in (self.headline, large.input, large.output)]
        self.play(FadeOut(Group(*rest)), *(ReplacementTransform(*pair) for pair in moving), run_time=1.0)
        self.reveal(self.plane, self.curve)

    def add_neuron(self, index):
        before = first_neurons(self.network, index + 1, last_weight=0.0)
        after = first_neurons(self.network, index + 1)
        self.remove(self.marks)
        self.marks = NeuronMarks(self.plane, index + 1)
        self.marks.show(before)
        self.play(FadeIn(self.diagram.neuron(index)), FadeIn(self.marks), run_time=0.7)
        self.at_part(0.45)
        self.play(FadeIn(self.stretches.band(index), shift=0.2 * RIGHT), run_time=0.6)
        self.play(Morph([self.curve, self.marks], before, after))
        self.reveal(self.stretches.slope(index), run_time=0.5)

    def recall_the_slopes(self):
        for index in range(4):
            self.at_part(0.12 + 0.06 * index)
            self.play(Indicate(self.stretches.slope(index), color=self.theme.accent), run_time=0.6)
