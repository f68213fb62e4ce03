"""Two experiments side by side: what `reluviz compare` renders.

RELUVIZ_EXPERIMENT=a.toml RELUVIZ_OTHER=b.toml manim -pql scenes/any_two.py AnyTwo
"""

from manim import *

from reluviz.core import load_or_train
from reluviz.stage.films.any_two import error_bars, groups_of, that_met, with_room_below
from reluviz.stage.network_view import pair
from reluviz.stage.parts.gestures.look import Fuse
from reluviz.stage.scene import ExplainerScene
from reluviz.story.unscripted.draft import neurons_named
from reluviz.story.unscripted.two_runs import tell_two

FIRST, SLOWLY, SHORTEST = 3, 0.4, 6.0
"""Updates that are shown one by one, the part of the words' time that they take, and of how many seconds at least."""


class AnyTwo(ExplainerScene):
    """What differs between two runs, their course at one pace, where they part, how each ends; two of the article's
    where none are named."""

    def tell(self, environment):
        first = environment.get("RELUVIZ_EXPERIMENT") or "merging-neurons"
        other = environment.get("RELUVIZ_OTHER") or "spread-biases"
        return tell_two(load_or_train(first), load_or_train(other))

    def construct(self):
        runs = {side: self.story.trajectory(side) for side in ("left", "right")}
        titles = tuple(run.experiment.title for run in runs.values())
        self.views = dict(zip(runs, pair(self.theme, *runs.values(), titles, counters=True), strict=True))
        for view in self.views.values():
            view.wake.groups = groups_of(view.run)
            view.slow_motion.with_words = False  # nobody has told what they mean
        self.rigs = sorted((view.rig for view in self.views.values()), key=lambda rig: -rig.trajectory.last)
        chapters = {"question": self.ask, "starts": self.point_at_both, "errors": self.look_back,
                    "ends": self.tell_the_ends}  # fmt: skip
        for beat in self.story.beats:
            with self.beat(beat.name, headline=beat.name != "question"):
                chapters.get(beat.name, self.replay_both)(beat)

    def ask(self, beat):
        self.open_on(*self.views.values())

    def point_at_both(self, beat):
        for side, view in self.in_turn(beat):
            self.play(view.point_at(*range(view.run.neurons), run_time=self.time_for(side, beat)))

    def in_turn(self, beat):
        """The sides that the words mark, each once its mark is said."""
        for side in beat.said.marks:
            self.at(side)
            yield side, self.views[side]

    def time_for(self, side, beat):
        """How long it is until the other side's mark, or to the words' end."""
        later = next(iter(mark for mark in beat.said.marks if beat.said.marks[mark] > beat.said.marks[side]), None)
        return self.until(later) if later else self.seconds_left

    def replay_both(self, beat):
        for mark in beat.said.marks:
            self.at(mark)
            seconds = 1.0 if beat.first < beat.last else self.seconds_left  # where nothing else moves
            self.play(*(view.point_at(*neurons_named(mark), run_time=seconds) for view in self.views.values()))
        if beat.first == 0 and beat.last > FIRST:
            left, right = self.views.values()
            self.play(left.slow(FIRST, SLOWLY * max(self.seconds_left, SHORTEST), right))
        if beat.first < beat.last:
            self.replay(*self.rigs)

    def look_back(self, beat):
        """Each side's errors as bars below its wake, on one scale, as they are told; and its whole course."""
        bars = error_bars(self.theme, list(self.views.values()))
        seconds = self.until(next(iter(beat.said.marks)))
        self.play(*(view.go_to(with_room_below(view.look), seconds) for view in self.views.values()))
        for (side, view), own in zip(self.in_turn(beat), bars, strict=True):
            ghost, seconds = view.ghost(), self.time_for(side, beat)
            view.rig.include(ghost, below=view.marks)
            self.play(FadeIn(ghost), FadeIn(own[0]), view.look_back(run_time=seconds / 2))
            name, bar, error = own[1]
            self.play(FadeIn(name, error), GrowFromEdge(bar, LEFT))

    def tell_the_ends(self, beat):
        """Each side's discs swell; those that have met become one."""
        for side, view in self.in_turn(beat):
            self.play(view.point_at(*range(view.run.neurons), run_time=self.time_for(side, beat) / 2))
            for group in that_met(view.run):
                self.play(Fuse(view, group))
