"""A film's words: its script joined with the facts of its runs into beats, every claim checked.

A script is TOML: NAME.toml beside the scene that names it, or one that comes with reluviz, `story/scripts/NAME.toml`:

    title = "One neuron finds its place"
    source = "example 2, figures 4a-4c"            # where in the article
    [runs]
    run = "one-neuron"                             # a name for expressions = an experiment, or its file beside this one
    [[beat]]
    name = "rise"
    span = ["0", "run.crosses(1, 'weight', 1)"]    # iterations; left out, the beat stays where the last one ended
    of = "run"                                     # whose iterations; left out, the first run's
    headline = "Too low: the slope grows"          # shown; at most 60 characters once filled
    narration = "In {span.length} updates, [up] …" # said and captioned; may be left out; [up]: a mark (marks.py)
    claims = ["run.w(1, 0) < 0"]                   # what it rests on
    stops = { up = "run.crosses(1, 'weight', 0)" } # where a replay stands when the mark [up] is said
    question = true                                # the audience is asked something before the [pause]
    answer = "To the right: …"                     # what is right, for the sheet of questions; may be left out

Fields, spans and claims are expressions (expressions.py) in the words of the vocabulary. A script may also speak of
sweeps, tables [sweeps.NAME]. What its runs and sweeps are, gather.py reads and fetches; here it is only told.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from importlib.resources import files
from pathlib import Path
from typing import TYPE_CHECKING, Any

from reluviz.core import Trajectory
from reluviz.core.table import Table, parse_toml, shown
from reluviz.story.beats import Beat, read_beat
from reluviz.story.names import film_name, is_film_name
from reluviz.story.template import ScriptError
from reluviz.story.vocabulary.facts import Facts

if TYPE_CHECKING:
    from reluviz.story.vocabulary.sweeps import SweepFacts


@dataclass(frozen=True)
class Script:
    """A script as it is written: its file's name without the ending, and its tables.

    runs: the experiments that are run (or how one goes on), by their names in expressions (gather.py).
    sweeps: their tables, by name. folder: where the files lie that these name.
    """

    name: str
    title: str
    source: str
    beats: Sequence[Mapping[str, Any]]
    runs: Mapping[str, str | Mapping[str, Any]] = field(default_factory=dict)
    sweeps: Mapping[str, Any] = field(default_factory=dict)
    folder: Path = Path()


@dataclass(frozen=True)
class Story:
    """A film's words and the runs they are about. `story["rise"]` is the beat of that name.

    name: the script's file name without its ending. facts: what can be asked of each run, by its name there; sweeps:
    of each sweep.
    """

    name: str
    title: str
    source: str
    facts: Mapping[str, Facts]
    beats: tuple[Beat, ...]
    sweeps: Mapping[str, SweepFacts] = field(default_factory=dict)

    def __getitem__(self, name: str) -> Beat:
        """The beat called `name`. Raises ScriptError, naming those there are."""
        for beat in self.beats:
            if beat.name == name:
                return beat
        known = ", ".join(beat.name for beat in self.beats)
        raise ScriptError(f'{self.name}: has no beat "{name}"; it has {known}')

    def trajectory(self, run: str | None = None) -> Trajectory:
        """The recorded run of that name in the script, or its first. Raises ScriptError for an unknown one."""
        run = run or next(iter(self.facts))
        if run not in self.facts:
            raise ScriptError(f'{self.name}: has no run "{run}"; it has {", ".join(self.facts)}')
        return self.facts[run].trajectory


def script_names() -> tuple[str, ...]:
    """The names of the scripts that come with reluviz, sorted."""
    folder = files("reluviz.story") / "scripts"
    return tuple(sorted(f.name.removesuffix(".toml") for f in folder.iterdir() if f.name.endswith(".toml")))


def read_script(script: str | Path, beside: Path | None = None) -> Script:
    """A script by its path; or by its name in the folder `beside`, else among those that come with reluviz.

    Raises ScriptError for a mistake in it.
    """
    path = Path(script)
    if path.suffix != ".toml":
        path = _find(str(script), beside)
    film = path.stem
    if not is_film_name(film):
        raise ScriptError(f"{path}: no name for a film; expected such as {film_name(film)}.toml")
    return script_of(parse_toml(path, ScriptError), film, path.parent)


def script_of(content: Mapping[str, Any], film: str, folder: Path) -> Script:
    """The script that these tables are, under the film's name. Raises ScriptError for a mistake in them."""
    table = Table(content, film)
    title, source = table.text("title"), table.text("source")
    runs, sweeps = table.table("runs"), table.table("sweeps", optional=True)
    if "runs" in table and not runs.values:
        table.wrong("runs", "empty", 'at least one, such as run = "one-neuron"')
    for entries in (runs, sweeps):
        entries.allow(*entries.values)  # what they are is read where they are fetched
        for name in entries.values:
            if name == "span" or not name.isidentifier() or name.startswith("_"):
                entries.wrong(name, "no name for a run", 'a plain word other than "span"')
    for name, described in runs.values.items():
        if not isinstance(described, str | Mapping):
            runs.wrong(name, f"{shown(described)} is no run", 'such as "one-neuron"')
        if name in sweeps:
            sweeps.wrong(name, "the name of a run and of a sweep", "a name of its own")
    beats = content.get("beat")
    table.allow("beat")
    if not isinstance(beats, list) or not beats:
        table.wrong("beat", "missing", "at least one [[beat]]")
    table.finish(ScriptError)
    return Script(film, title, source, beats or (), runs.values, sweeps.values, folder)


def _find(name: str, beside: Path | None) -> Path:
    """The file of the script `name`: in the folder `beside`, else among those that come with reluviz."""
    if beside is not None and (own := beside / f"{name}.toml").is_file():
        return own
    if name in script_names():
        return Path(str(files("reluviz.story") / "scripts" / f"{name}.toml"))
    there = f"there are {', '.join(script_names())}"
    raise ScriptError(f"{name}: no such script; {there}" + (f", or {own} if you write it" if beside else ""))


def tell(
    script: Script, runs: Mapping[str, Trajectory | Facts], sweeps: Mapping[str, SweepFacts] | None = None
) -> Story:
    """The story that a script tells of runs and sweeps that are there, by their names in it.

    runs: or what is known of them already, so that nothing is analysed twice. Raises ScriptError for a mistake in the
    script and FalseClaim where a run does not bear it out.
    """
    name = script.name
    facts = {run: found if isinstance(found, Facts) else Facts(found) for run, found in runs.items()}
    beats: list[Beat] = []
    ends = dict.fromkeys(facts, 0)  # where the last beat of each run left it
    for number, description in enumerate(script.beats, start=1):
        beat = read_beat(description, facts, sweeps or {}, ends, name, f"{name}, beat {number}")
        if any(beat.name == other.name for other in beats):
            raise ScriptError(f'{name}: two beats are called "{beat.name}"')
        ends[beat.run] = beat.last
        beats.append(beat)
    return Story(name, script.title, script.source, facts, tuple(beats), sweeps or {})
