"""The article's conclusion: its advice, each piece with the run that shows it.

manim -pql scenes/conclusion.py Conclusion
"""

from manim import *

from reluviz.stage.films.conclusion import AwakePicture, Wall
from reluviz.stage.parts.gestures.look import Turn
from reluviz.stage.parts.gestures.name_card import NameCard
from reluviz.stage.parts.replay import Replay
from reluviz.stage.scene import ExplainerScene
from reluviz.stage.views import Panel, Workbench, graph_ranges
from reluviz.story.pacing import Pace

NAMES = {
    "one": "one neuron",
    "two": "two neurons",
    "close": "four, close",
    "spread": "four, spread",
    "five": "five, close",
    "five_spread": "five, spread",
}
WIDE = {"centre": (0.25, 0.05), "width": 12.6, "height": 5.3}


class Conclusion(ExplainerScene):
    """Six runs at once; where to start; how far apart; one to spare; what the start decides."""

    script = "conclusion"

    def construct(self):
        self.runs = {name: self.story.trajectory(key) for key, name in NAMES.items()}
        with self.beat("steps"):
            self.run_all_at_once()
        with self.beat("inside"):
            self.wake_three_neurons()
        with self.beat("different") as beat:
            self.let_two_part(beat)
        with self.beat("spread"):
            self.replay_beside_each_other("four, close", "four, spread")
        with self.beat("spare"):
            self.replay_beside_each_other("five, close", "five, spread")
        with self.beat("settled"):
            self.rewind_to_the_starts()
        with self.beat("end", headline=False):
            self.close_the_series()

    def run_all_at_once(self):
        wall = Wall(self.theme, self.runs)
        self.reveal(wall.still, *wall.rigs)
        self.add(wall.still, *wall.rigs)
        self.at_part(0.2)
        self.replay_in_full(wall.rigs)

    def replay_in_full(self, rigs):
        seconds = max(self.seconds_left, 3.0)
        self.play(Replay(rigs, [Pace(rig.trajectory, 0, rig.trajectory.last, seconds) for rig in rigs]))

    def wake_three_neurons(self):
        self.clear_stage()
        view = AwakePicture(self.theme, self.story.trajectory("close"))
        self.reveal(view.still, *view.neurons)
        view.show(view.low)
        self.add(view.moving)
        middle = view.origins[1]
        self.at_part(0.25)
        self.reveal(view.names[0], run_time=0.5)
        self.run_along(view, view.low, middle)
        self.at_part(0.5)
        self.reveal(view.names[1:], run_time=0.5)
        self.run_along(view, middle, view.high)

    def run_along(self, view, start, end):
        self.play(Turn(view.moving, lambda part: view.show(start + part * (end - start)), run_time=3.0))

    def let_two_part(self, beat):
        self.clear_stage()
        bench = Workbench(self.theme, self.story.trajectory("two"), charts=(), graph_box=WIDE)
        self.reveal(bench.still, bench.rig)
        self.at_part(0.45)
        self.replay(bench.rig)

    def replay_beside_each_other(self, *names):
        self.clear_stage()
        left, right = (self.runs[name] for name in names)
        ranges = graph_ranges(left, right)
        sides = zip((-1, 1), (left, right), names, strict=True)
        panels = [Panel(self.theme, run, side, name, ranges=ranges) for side, run, name in sides]
        self.reveal(*(part for panel in panels for part in (panel.still, panel.rig)))
        self.add(*(panel.still for panel in panels), *(panel.rig for panel in panels))
        self.replay_in_full([panel.rig for panel in panels])

    def rewind_to_the_starts(self):
        self.clear_stage()
        wall = Wall(self.theme, self.runs, at_end=True)
        self.reveal(wall.still, *wall.rigs)
        self.add(wall.still, *wall.rigs)
        self.at_part(0.25)
        self.play(Create(wall.cells["four, close"].frame))
        self.at_part(0.5)
        seconds = max(self.seconds_left - 1.0, 3.0)
        for rig in wall.rigs:
            rig.jump(0).extend(Pace(rig.trajectory, 0, rig.trajectory.last, seconds))
            rig.show(seconds)
        self.rewind(*wall.rigs, seconds=seconds)

    def close_the_series(self):
        self.clear_headline()
        self.clear_stage()
        card = NameCard(self.theme, self.story.trajectory("last"), "backpropagation, made visible")
        self.reveal(card.picture, run_time=1.2)
        self.at_part(0.5)
        self.reveal(card.title, run_time=1.2)
