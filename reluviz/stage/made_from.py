"""What the film of a scene is made from, and whether the film that is there was made from just that.

A film rests on its scene, on its script and the experiments that this names, on the modules of reluviz that the scene
imports, and those import, with the data beside them, on its own entry of the programme, and on how it was asked for.
One digest of all of it stands in the film's contents.
"""

from __future__ import annotations

import ast
import hashlib
import json
from collections.abc import Iterator
from dataclasses import replace
from functools import cache
from importlib.metadata import version
from importlib.resources import files
from pathlib import Path
from typing import Any

from reluviz.core import Experiment
from reluviz.story.contents import ContentsError, check_film, read_contents
from reluviz.story.gather import experiments_of
from reluviz.story.names import film_name
from reluviz.story.programme import article, programme
from reluviz.story.script import read_script
from reluviz.story.template import ScriptError

_PACKAGE = Path(str(files("reluviz")))
_DRAWN_BY = ("manim", "manimpango", "hibari-tts", "numpy")
_APART = {Path("story/scripts"), Path("core/library"), Path("examples"), Path("scenes")}
"""Folders of which a film uses its own files alone."""
_PROGRAMME = Path("story/programme.toml")


def made_from(scene: Path, **asked: str) -> str:
    """The digest of all that the film of `scene` is made from, and of how it is asked for: quality, theme, voice.

    Raises ScriptError or ExperimentError for a mistake in what it is told by.
    """
    script = read_script(_script_of(scene), scene.parent)
    entry = programme().get(script.name)
    told: dict[str, Any] = {
        "asked": asked,
        "versions": {name: version(name) for name in _DRAWN_BY},
        "settings": _digest(Path("manim.cfg")),
        "scene": _digest(scene),
        "script": [script.title, script.source, script.runs, script.sweeps, script.beats],
        "experiments": {name: Experiment.open(name).to_dict() for name in experiments_of(script)},
        "programme": f"{entry and replace(entry, sentence='')} {article()}",  # the sentence is for the kit's page
        "modules": {
            path.relative_to(_PACKAGE).as_posix(): _digest(path)
            for path in modules_of(scene)
            if path.relative_to(_PACKAGE) != _PROGRAMME
        },
    }
    return hashlib.sha256(json.dumps(told, sort_keys=True, default=str).encode()).hexdigest()


def is_up_to_date(film: Path, digest: str) -> bool:
    """Whether `film` is whole, and its contents say that it was made from what has this digest."""
    try:
        contents = read_contents(film.with_suffix(".json"))
        check_film(contents, film)
    except ContentsError:
        return False
    return contents.get("made_from") == digest


def _script_of(scene: Path) -> str:
    """The script that a scene file names, read without running it. Raises ScriptError where it names none."""
    for node in ast.walk(_tree(scene)):
        if isinstance(node, ast.Assign) and isinstance(node.value, ast.Constant):
            names = [target.id for target in node.targets if isinstance(target, ast.Name)]
            if names == ["script"]:
                return str(node.value.value)
    raise ScriptError(f'{scene}: names no script; expected script = "{film_name(scene.stem)}" in its class')


@cache
def modules_of(path: Path) -> frozenset[Path]:
    """The files of reluviz that the module or scene `path` imports, and those import, with the data beside them."""
    found: set[Path] = set()
    waiting = [path]
    while waiting:
        for module in _imported(waiting.pop()):
            for file in (*_packages(module), *_data(module)):
                if file not in found:
                    found.add(file)
                    waiting += [file] if file.suffix == ".py" else []
    return frozenset(found)


@cache
def _imported(path: Path) -> frozenset[Path]:
    names: set[str] = set()
    for node in _run_nodes(_tree(path)):
        if isinstance(node, ast.Import):
            names |= {alias.name for alias in node.names}
        elif isinstance(node, ast.ImportFrom) and node.module:
            names |= {node.module, *(f"{node.module}.{alias.name}" for alias in node.names)}
    return frozenset(file for name in names if name.split(".")[0] == "reluviz" and (file := _file(name)))


def _tree(path: Path) -> ast.Module:
    return ast.parse(path.read_text(encoding="utf-8"))


def _run_nodes(tree: ast.AST) -> Iterator[ast.AST]:
    """All nodes but those that only a type checker sees."""
    for node in ast.iter_child_nodes(tree):
        if isinstance(node, ast.If) and isinstance(node.test, ast.Name) and node.test.id == "TYPE_CHECKING":
            continue
        yield node
        yield from _run_nodes(node)


def _file(module: str) -> Path | None:
    """The file of a module of reluviz; None for a name that is one within a module."""
    path = _PACKAGE.joinpath(*module.split(".")[1:])
    return next((file for file in (path.with_suffix(".py"), path / "__init__.py") if file.is_file()), None)


def _packages(module: Path) -> Iterator[Path]:
    """The module, and the packages it lies in, which run before it."""
    yield module
    for folder in module.parents:
        if (init := folder / "__init__.py").is_file():
            yield init
        if folder == _PACKAGE:
            return


@cache
def _data(module: Path) -> frozenset[Path]:
    """What a module has beside it: fonts, schemas; a TOML file belongs to the module of its name alone."""
    folder = module.parent
    inside = {path for path in folder.iterdir() if path.is_dir() and not (path / "__init__.py").exists()}
    inside = {path for path in inside if path.relative_to(_PACKAGE) not in _APART}
    files = {file for where in (folder, *inside) for file in _below(where, folder)}
    data = {file for file in files if file.suffix != ".py" and file.parent.name != "__pycache__"}
    return frozenset(f for f in data if f.suffix != ".toml" or f.parent != folder or f.stem == module.stem)


def _below(where: Path, folder: Path) -> list[Path]:
    """The files in `where`; in a folder within `folder`, all below it."""
    return [file for file in (where.iterdir() if where == folder else where.rglob("*")) if file.is_file()]


@cache
def _digest(path: Path) -> str:
    return hashlib.sha256(path.read_bytes()).hexdigest() if path.is_file() else ""
