"""What a scene notes of itself while it plays, and the contents of a film made of that."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

import numpy as np

from reluviz import __version__
from reluviz.core import Trajectory
from reluviz.stage.parts.replay import Replay, Rewind
from reluviz.story.beats import Beat
from reluviz.story.contents import SCHEMA
from reluviz.story.script import Story
from reluviz.voice.utterance import sentences_of


@dataclass(frozen=True)
class _Shown:
    """The runs that a replay moves, and those held beside them, at which iteration."""

    moved: list[Trajectory]
    held: list[tuple[Trajectory, float]]


@dataclass
class Record:
    """Beats with their starts and the seconds at which their headlines stand, questions, replays, marks.

    late: (beat, mark) -> how many seconds after its word a mark was reached, at least 0; of each mark used.
    """

    beats: list[Beat] = field(default_factory=list)
    starts: list[float] = field(default_factory=list)
    headlines: list[float] = field(default_factory=list)
    questions: list[dict[str, Any]] = field(default_factory=list)
    late: dict[tuple[str, str], float] = field(default_factory=dict)
    _replays: list[tuple[float, float, Replay | Rewind, _Shown]] = field(default_factory=list)

    def begin(self, beat: Beat, second: float) -> None:
        """A beat begins; its headline stands from then on unless told otherwise."""
        self.beats.append(beat)
        self.starts.append(second)
        self.headlines.append(second)

    def ask(self, beat: Beat, start: float, end: float) -> None:
        """The audience has been asked something, and it is quiet from `start` to `end`."""
        answer = {"answer": beat.answer} if beat.answer else {}
        self.questions.append({"start": start, "end": end, "text": sentences_of(beat.said.parts[0])[-1], **answer})

    def reach(self, beat: Beat, mark: str, late: float) -> None:
        """A mark's word has been waited for, `late` seconds (below 0: early) after it was said."""
        self.late[beat.name, mark] = max(late, self.late.get((beat.name, mark), 0.0))

    def has_reached(self, beat: Beat, mark: str) -> bool:
        """Whether that mark has been waited for."""
        return (beat.name, mark) in self.late

    def played(self, animations: tuple[Any, ...], start: float, end: float) -> None:
        """These have been played; what moved a run along is kept, with the run: its rig may go on with another."""
        for one in replays(animations):
            held = [rig.beside for rig in one.rigs if rig.beside is not None and rig.beside not in one.rigs]
            shown = _Shown([rig.trajectory for rig in one.rigs], [(rig.trajectory, rig.iteration) for rig in held])
            self._replays.append((start, end, one, shown))

    def contents(self, story: Story, duration: float, frame_rate: float) -> dict[str, Any]:
        """The film's contents as far as the story and this record know them (contents.schema.json).

        A segment has a sample for each of its frames, so that who takes the film over sees what it shows.
        """
        runs = _Runs(story, frame_rate)
        segments = [runs.segment(*replay) for replay in self._replays]
        ends = [*self.starts[1:], duration]
        return {
            "schema": SCHEMA,
            "name": story.name,
            "title": story.title,
            "source": story.source,
            "version": __version__,
            "duration": duration,
            "beats": [
                {
                    "name": beat.name,
                    "headline": beat.headline,
                    "start": start,
                    "end": end,
                    "headline_at": headline,
                    "narration": beat.narration,
                }
                for beat, start, end, headline in zip(self.beats, self.starts, ends, self.headlines, strict=True)
            ],
            "questions": self.questions,
            "segments": segments,
            "runs": {name: _described(run, run.digest()) for name, run in runs.named.items()},
            "sweeps": {
                name: _described(facts.result.sweep, facts.result.sweep.digest) for name, facts in story.sweeps.items()
            },
        }


class _Runs:
    """The runs of a film by name: those of the story, and what else is replayed, such as a sweep's own runs."""

    def __init__(self, story: Story, frame_rate: float) -> None:
        self.frame_rate = frame_rate
        self.named = {name: facts.trajectory for name, facts in story.facts.items()}

    def segment(self, start: float, end: float, replay: Replay | Rewind, runs: _Shown) -> dict[str, Any]:
        seconds = np.append(np.arange(start, end - 1e-6, 1 / self.frame_rate), end)
        shown = replay.iterations(np.clip((seconds - start) / replay.run_time, 0.0, 1.0))
        iterations = {self._name(run): [round(at, 3)] * len(seconds) for run, at in runs.held}
        for run, at in zip(runs.moved, shown, strict=True):
            iterations[self._name(run)] = np.minimum(at, run.last).round(3).tolist()
        return {
            "start": start,
            "end": end,
            "runs": list(iterations),
            "second": seconds.round(4).tolist(),
            "iterations": iterations,
        }

    def _name(self, run: Trajectory) -> str:
        for name, known in self.named.items():
            if known is run:
                return name
        name = f"{run.name}-{run.digest()[:8]}"
        self.named[name] = run
        return name


def replays(animations: Any) -> Iterator[Replay | Rewind]:
    """Those among these animations, and among what they are made of."""
    for animation in animations:
        if isinstance(animation, (Replay, Rewind)):
            yield animation
        else:
            yield from replays(getattr(animation, "animations", ()))


def _described(thing: Any, digest: str) -> dict[str, Any]:
    experiment = getattr(thing, "experiment", thing)
    description = experiment if isinstance(thing, Trajectory) else thing
    return {"experiment": experiment.name, "description": description.to_dict(), "digest": digest}
