"""The article's conclusion: its advice, each piece with the run that shows it; and the step size.

manim -pql scenes/conclusion.py Conclusion
"""

from manim import *

from reluviz.stage.films.conclusion import Wall, changed, equal_arrows, levers, note, second_of, value_at, without_wake
from reluviz.stage.looks import Look
from reluviz.stage.network_view import NetworkView, caption_of, full, graph_ranges, half
from reluviz.stage.parts.charts.success_chart import Marker, SuccessChart
from reluviz.stage.parts.gestures.glances import Glances
from reluviz.stage.parts.gestures.name_card import BOX, NameCard
from reluviz.stage.parts.gestures.turning import Morph
from reluviz.stage.parts.moment import State
from reluviz.stage.parts.network.graph import CornerRings
from reluviz.stage.scene import ExplainerScene

NAMES = {
    "one": "one neuron",
    "two": "two neurons",
    "close": "four, close",
    "spread": "four, spread",
    "five": "five, close",
    "five_spread": "five, spread",
}
ONE, TWO, CLOSE, SPREAD, FIVE, FIVE_SPREAD = NAMES.values()
SERVED = {CLOSE: (0, 2, 3), SPREAD: (0, 1, 2, 3), FIVE: (0, 2, 3, 4), FIVE_SPREAD: (0, 2, 3, 4)}
"""Which neuron (from 0) has each of the corners from the left in the end; what is beyond stays empty."""
TOP = 0.035
ROLLED = 3_000
"""Iterations without noise after which five of six are nearly there."""


class Conclusion(ExplainerScene):
    """A wall of six runs, from which one or two come forward for each piece of advice."""

    script = "conclusion"

    def construct(self):
        self.runs = {name: self.story.trajectory(key) for key, name in NAMES.items()}
        self.wall = Wall(self.theme, self.runs, longest=CLOSE)
        with self.beat("question", headline=False):
            self.open_over(self.wall.still, self.wall.rig, glances=map(Glances.on, self.wall.views.values()))
        with self.beat("steps"):
            self.replay(*self.wall.rigs, span=(0, self.runs[CLOSE].last))
        with self.beat("flail") as beat:
            self.throw_the_line(beat)
        with self.beat("inside"):
            self.slide_out_of_the_data()
        with self.beat("different") as beat:
            self.let_two_part(beat)
        with self.beat("spread"):
            self.spread_four()
        with self.beat("spare"):
            self.drop_a_fifth()
        with self.beat("guess"):
            self.rewind_to_the_starts()
        with self.beat("decides"):
            self.roll_downhill()
        with self.beat("larger"):
            self.enlarge_the_steps()
        with self.beat("end", headline=False):
            self.close_the_series()

    # --- the wall ---------------------------------------------------------------------------------------

    def come_forward(self, **looks):
        """These runs, by their names in the script, leave the wall for `looks`."""
        names = [NAMES[key] for key in looks]
        others = self.wall.all_but(*names)
        self.play(
            FadeOut(others, run_time=0.4),
            *(self.wall.views[NAMES[key]].go_to(look, 0.9) for key, look in looks.items()),
        )

    def go_back(self, *names):
        """These runs go back to the wall."""
        views, cells = self.wall.views, self.wall.cells
        # The others only once the planes have left their places.
        coming = FadeIn(self.wall.all_but(*names), run_time=0.8, rate_func=squish_rate_func(smooth, 0.6, 1.0))
        self.play(*(views[name].go_to(cells[name], 0.8) for name in names), coming)

    # --- beats ------------------------------------------------------------------------------------------

    def throw_the_line(self, beat):
        wall, view, run = self.wall, self.wall.views[FIVE], self.runs[FIVE]
        self.rewind(*wall.rigs, until="plane", to=second_of(view.rig, beat.first))
        x_range, _ = graph_ranges(run)
        low, high = run.network_at(beat.last)(run.experiment.high), run.network_at(beat.first)(run.experiment.high)
        self.come_forward(five=full((x_range[0], run.experiment.high + 0.7), (low - 0.4, high + 0.2)))
        rows = levers(view.plane, run.network_at(beat.first).origins, run.inputs[beat.first])
        self.at("levers")
        self.play(LaggedStart(*(Create(row) for row in rows), lag_ratio=0.4), run_time=1.6)
        marks = [value_at(view.plane, run.experiment.high, *at) for at in ((high, -1), (low, 1))]
        self.at("jump")
        ghost = view.ghost(beat.first)
        view.rig.include(ghost, below=view.marks)
        self.play(view.slow(1, seconds=self.until("to")), FadeIn(marks[0], run_time=0.4))
        self.play(FadeIn(marks[1]), FadeOut(rows), run_time=0.5)
        self.at("after")
        self.play(FadeOut(marks[1], run_time=0.5), view.slow(10, seconds=self.until("why")))
        view.rig.remove(ghost)
        self.play(FadeOut(ghost, marks[0]), run_time=0.3)
        self.go_back(FIVE)

    def slide_out_of_the_data(self):
        view, run = self.wall.views[CLOSE], self.runs[CLOSE]
        self.replay(*self.wall.rigs, span=(view.rig.iteration, run.last), until="first")
        low, high = graph_ranges(run)[1]
        look = without_wake(full((-1.1, 6.2), (low, 1.35 * high)))
        self.come_forward(close=look)
        aside = VGroup(view.wake, view.lines, view.counter)
        view.rig.remove(*aside)
        self.play(FadeOut(aside), run_time=0.3)
        parts = (view.error, view.strip, view.network, view.marks)
        end = view.rig.moment
        out_left = changed(end, 0, origin=-0.7)
        tilted = changed(out_left, 0, slope=end.weights[0] - 0.5)
        out_right = changed(end, 3, origin=4.5)
        self.at("left")
        self.play(Morph(parts, end, out_left, self.until("tilts")))
        name = note(view.plane, -0.7, "always awake", 0)
        self.play(FadeIn(name, run_time=0.5), Morph(parts, out_left, tilted))
        self.play(Morph(parts, tilted, end, self.until("right")), FadeOut(name, run_time=0.5))
        self.play(Morph(parts, end, out_right, 1.8))
        name = note(view.plane, 4.5, "never awake", 1)
        self.play(FadeIn(name), *(part.animate.set_opacity(0.35) for part in view.marks.of_neuron(3)), run_time=0.5)
        self.at("back")
        self.play(*(part.animate.set_opacity(1.0) for part in view.marks.of_neuron(3)), FadeOut(name), run_time=0.4)
        self.play(Morph(parts, out_right, end))
        self.remove(*view.rig)
        view.rig.submobjects = [*aside[:2], *view.rig.submobjects, aside[2]]
        self.play(FadeIn(view.rig), run_time=0.3)
        self.go_back(CLOSE)

    def let_two_part(self, beat):
        view, run = self.wall.views[TWO], self.runs[TWO]
        self.come_forward(two=full(*graph_ranges(run)))
        self.rewind(view.rig, until="equal")
        parts = (view.error, view.strip, view.network, view.marks)
        start = view.rig.moment
        equal = changed(changed(start, 0, origin=0.4, slope=0.5), 1, origin=0.4, slope=0.5)
        moved = State(equal.weights + 0.6, equal.biases + 0.5)
        self.play(Morph(parts, start, equal, 1.2))
        pulls = equal_arrows(view.plane, equal, self.theme.too_low)
        self.play(*(GrowFromEdge(pull, RIGHT) for pull in pulls), run_time=0.5)
        self.play(Morph((*parts,), equal, moved, self.until("part")), pulls.animate.set_opacity(0.0))
        self.remove(pulls)
        self.play(Morph(parts, moved, start, 0.6))
        self.remove(*view.rig)
        self.add(view.rig)
        self.replay(view.rig)
        self.go_back(TWO)

    def spread_four(self):
        runs = [self.runs[name] for name in (CLOSE, SPREAD)]
        views = [self.wall.views[name] for name in (CLOSE, SPREAD)]
        ranges = graph_ranges(*runs)
        self.come_forward(close=half(-1, *ranges), spread=half(1, *ranges))
        self.titles = self.titles_of(CLOSE, SPREAD)
        self.play(FadeIn(self.titles), run_time=0.4)
        rigs = [view.rig for view in views]
        self.rewind(*rigs, until="close")
        self.replay(*rigs, span=(0, runs[0].last), until="spread")
        self.ring(CLOSE, SPREAD)

    def titles_of(self, *names):
        """Above each of these planes, which run it shows."""
        return VGroup(*(caption_of(self.theme, name, self.wall.views[name].look) for name in names))

    def ring(self, *names):
        """Rings around the corners of these, in the colour of the neuron that has it; one that stays empty has none."""
        self.rings = VGroup()
        for name in names:
            view = self.wall.views[name]
            self.rings.add(*CornerRings(view.plane, view.run.target).held_by(*SERVED[name]))
        self.play(LaggedStart(*(Create(ring) for ring in self.rings), lag_ratio=0.2), run_time=1.2)

    def drop_a_fifth(self):
        views, before = ([self.wall.views[name] for name in pair] for pair in ((FIVE, FIVE_SPREAD), (CLOSE, SPREAD)))
        for view, old in zip(views, before, strict=True):
            view.look = old.look
            view.plane.look_at(view.look)
            view.rig.jump(0.0)
        earlier, self.titles = self.titles, self.titles_of(FIVE, FIVE_SPREAD)
        self.play(FadeOut(self.rings, earlier), *(FadeOut(view.still, view.rig) for view in before),
                  FadeIn(self.titles), *(FadeIn(view.still, view.rig) for view in views), run_time=0.8)  # fmt: skip
        self.play(*(view.point_at(4, run_time=1.0) for view in views))
        self.at("five")
        self.replay(*(view.rig for view in views), span=(0, self.runs[FIVE].last))
        self.ring(FIVE, FIVE_SPREAD)
        self.wall.put_back(ONE, TWO, CLOSE, SPREAD)

    def rewind_to_the_starts(self):
        self.play(FadeOut(self.rings, self.titles), run_time=0.3)
        self.go_back(FIVE, FIVE_SPREAD)
        self.frame = self.wall.frame(CLOSE)
        self.at("wall")
        self.play(Create(self.frame), run_time=0.8)
        self.at("rewind")
        self.rewind(*self.wall.rigs, until="will")

    def roll_downhill(self):
        calm = {name: self.story.trajectory(f"{key}_calm") for key, name in NAMES.items()}
        self.wall.views[CLOSE].counter.said = (0, "without noise")
        for name, run in calm.items():
            self.wall.views[name].go_on(run)
        self.at("roll")
        self.replay(*self.wall.rigs, span=(0, ROLLED), until="same")
        view = self.wall.views[CLOSE]
        self.empty = CornerRings(view.plane, view.run.target)[-1]
        self.play(Create(self.empty), run_time=0.6)
        self.replay(*self.wall.rigs, span=(ROLLED, view.run.last))

    def enlarge_the_steps(self):
        rate = self.story.sweeps["rate"].successes()
        chart = SuccessChart(
            self.theme, list(rate), "learning rate", ticks=[x for x in rate if round(1000 * x) % 10 == 0]
        )
        curve = chart.curve(rate, labels=(0.01, 0.02, 0.03, 0.045))
        view, own = self.wall.views[CLOSE], self.runs[CLOSE].experiment.learning_rate
        to_the_point = {"scale": 0.02, "target_position": curve.at(own)}
        rest = self.wall.all_but(CLOSE)
        gone = VGroup(view.still, view.rig, self.frame, self.empty)
        self.play(
            FadeOut(rest, run_time=0.5), FadeOut(gone, run_time=1.2, **to_the_point), FadeIn(chart.still, run_time=1.2)
        )
        self.add(curve)
        self.play(curve.grow(own, run_time=self.until("larger")))
        marker = Marker(curve, self.theme.accent)
        self.play(Create(marker), run_time=0.6)
        self.at("ours")
        self.play(curve.grow(TOP, run_time=self.until("cliff"), also=marker))
        self.play(curve.grow(max(rate), run_time=1.2, also=marker))
        self.chart = VGroup(chart.still, curve, marker)

    def close_the_series(self):
        run = self.story.trajectory("last")
        self.clear_headline()
        view = NetworkView(self.theme, run, counter=None)
        self.play(FadeOut(self.chart), FadeIn(view.still, view.rig), run_time=1.0)
        self.add(view.still, view.rig)
        parts, start = (view.error, view.strip, view.network, view.marks), view.rig.moment
        grown = changed(start, 0, slope=1.0)
        self.play(Morph(parts, start, grown, self.until("slide")))
        self.play(Morph(parts, grown, changed(grown, 0, origin=1.0), 1.0))
        self.play(Morph(parts, changed(grown, 0, origin=1.0), grown, self.until("turn")))
        self.play(Morph(parts, grown, changed(grown, 0, slope=-0.4), 1.0))
        self.play(Morph(parts, changed(grown, 0, slope=-0.4), start, self.until("sum")))
        self.remove(*view.rig)
        self.add(view.rig)
        self.replay(view.rig, span=(0, run.last), until="name")
        card = NameCard(self.theme)
        self.play(view.go_to(Look(*graph_ranges(run), **BOX, size=0.9)), FadeIn(card, run_time=1.2))
