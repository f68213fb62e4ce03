"""A film to start from, for who has never made one: examples/film/ under another name."""

from __future__ import annotations

import json
import keyword
import os
import tomllib
from pathlib import Path

from reluviz.core import Experiment, Trajectory, train
from reluviz.files import write_whole
from reluviz.installed import folder
from reluviz.story.gather import gather
from reluviz.story.names import film_name
from reluviz.story.script import script_of, tell
from reluviz.story.template import FalseClaim, ScriptError


def write_new_film(scene: Path, like: str) -> tuple[Path, str]:
    """Writes a scene and its script beside it; returns the script's path and the name of the scene's class.

    scene: a new file, my_film.py. like: the experiment it is to film, by its name or file.
    Raises ScriptError where such files are there already, a name does not fit, or the film's words are not true of the
    experiment; ExperimentError for a mistake in it, FileError where the files cannot be written.
    """
    name = film_name(scene.stem)
    script, kind = scene.with_name(f"{name}.toml"), "".join(part.capitalize() for part in name.split("-"))
    if scene.suffix != ".py" or not kind.isidentifier() or keyword.iskeyword(kind):
        raise ScriptError(f"{scene}: expected a name such as my_film.py")
    for path in (scene, script):
        if path.exists():
            raise ScriptError(f"{path}: there is such a file already; expected a new name")
    run = os.path.relpath(like, scene.parent) if like.endswith(".toml") else like
    model = folder("examples") / "film"
    renamed = {"my-film": name, "my_film": scene.stem, "MyFilm": kind, "My film": name.replace("-", " ").capitalize()}
    renamed |= {'"one-neuron"': json.dumps(run, ensure_ascii=False), "words one-neuron": f"words {like}"}
    texts = [(model / file).read_text(encoding="utf-8") for file in ("my-film.toml", "my_film.py")]
    for old, new in renamed.items():
        texts = [text.replace(old, new) for text in texts]
    told = script_of(tomllib.loads(texts[0]), name, scene.parent)
    try:
        tell(told, *gather(told, _trained))
    except FalseClaim as claim:
        raise ScriptError(f"{like}: the film to start from is not true of it: {claim}") from claim
    for path, text in zip((script, scene), texts, strict=True):
        write_whole(path, text)
    return script, kind


def _trained(experiment: Experiment | str) -> Trajectory:
    return train(Experiment.open(experiment) if isinstance(experiment, str) else experiment)
