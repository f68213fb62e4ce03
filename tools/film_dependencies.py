"""Writes what each film is made from, as a fragment of a makefile: python -m tools.film_dependencies FRAGMENT

A film rests on its scene, on its script, on the runs and sweeps that the script names, on the modules that the scene
imports, and those import, and on its own entry of the programme, of which a copy lies beside the fragment. The fragment
also has, as variables, the modules that training, sweeps, figures and the lecture kit rest on.
"""

from __future__ import annotations

import ast
import sys
import tomllib
from collections.abc import Iterator
from dataclasses import replace
from functools import cache
from pathlib import Path

from reluviz.files import write_whole
from reluviz.story.names import film_name
from reluviz.story.programme import article, programme

UNSCRIPTED = {"any_run", "any_two"}
"""Scenes of experiments of one's own; `reluviz explain` and `reluviz compare` render them."""
PROGRAMME = Path("reluviz/story/programme.toml")
SCRIPTS, LIBRARY = Path("reluviz/story/scripts"), Path("reluviz/core/library")
APART = {SCRIPTS, LIBRARY}
"""Folders of which a film uses its own files alone."""
PARTS = {
    "TRAINING": Path("reluviz/core/store.py"),
    "SWEEPING": Path("reluviz/sweep/execute.py"),
    "DRAWING": Path("reluviz/stage/stills.py"),
    "PUBLISHING": Path("reluviz/publish/kit.py"),
}


def fragment(entries: Path) -> str:
    """The rules and variables, read from the working directory, a checkout of reluviz; writes `entries`/NAME."""
    lines = ["# Made by tools/film_dependencies.py."]
    for name, module in PARTS.items():
        lines.append(f"{name} := {_words({module, *modules_of(module)})}")
    for scene in sorted(Path("scenes").glob("*.py")):
        if scene.stem not in UNSCRIPTED:
            name, found = film_name(scene.stem), dependencies(scene)
            if PROGRAMME in found:
                found = found - {PROGRAMME} | {_kept_entry(entries / name)}
            lines.append(f"$(VIDEOS)/{name}.mp4: {_words(found)}")
    return "\n".join(lines) + "\n"


def dependencies(scene: Path) -> set[Path | str]:
    """Files and makefile words that the film of `scene` is made from."""
    found: set[Path | str] = {scene, *modules_of(scene)}
    script = SCRIPTS / f"{film_name(scene.stem)}.toml"
    if script.is_file():
        found.add(script)
        try:
            told = tomllib.loads(script.read_text(encoding="utf-8"))
        except tomllib.TOMLDecodeError as mistake:
            sys.exit(f"{script}: {mistake}")
        found |= {f"$(TRAJECTORIES)/{name}.npz" for name in told.get("runs", {}).values() if isinstance(name, str)}
        for sweep in told.get("sweeps", {}).values():
            found |= {"$(SWEEPS)/current", LIBRARY / f"{sweep.get('experiment')}.toml"}
    return found


def _kept_entry(path: Path) -> Path:
    """The file with what the programme tells a film; it changes only when that does."""
    found = programme().get(path.name)
    entry = f"{found and replace(found, sentence='')}\n{article()}\n"  # the sentence is for the kit's page
    if not path.exists() or path.read_text(encoding="utf-8") != entry:
        write_whole(path, entry)
    return path


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
    for node in _run_nodes(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Import):
            names |= {alias.name for alias in node.names}
        elif isinstance(node, ast.ImportFrom) and node.module:
            names |= {node.module, *(f"{node.module}.{alias.name}" for alias in node.names)}
    return frozenset(file for name in names if name.startswith("reluviz") and (file := _file(name)))


def _run_nodes(tree: ast.AST) -> Iterator[ast.AST]:
    """All nodes but those that only a type checker sees."""
    for node in ast.iter_child_nodes(tree):
        if isinstance(node, ast.If) and isinstance(node.test, ast.Name) and node.test.id == "TYPE_CHECKING":
            continue
        yield node
        yield from _run_nodes(node)


def _file(module: str) -> Path | None:
    """The file of a module; None for a name that is one within a module."""
    path = Path(*module.split("."))
    return next((file for file in (path.with_suffix(".py"), path / "__init__.py") if file.is_file()), None)


def _packages(module: Path) -> Iterator[Path]:
    """The module, and the packages it lies in, which run before it."""
    yield module
    yield from (init for folder in module.parents if (init := folder / "__init__.py").is_file())


@cache
def _data(module: Path) -> frozenset[Path]:
    """What a module has beside it: fonts, schemas; a TOML file belongs to the module of its name alone."""
    folder = module.parent
    inside = {path for path in folder.iterdir() if path.is_dir() and not (path / "__init__.py").exists()}
    files = {file for where in (folder, *inside - APART) for file in _below(where, folder)}
    data = {file for file in files if file.suffix != ".py" and file.parent.name != "__pycache__"}
    return frozenset(f for f in data if f.suffix != ".toml" or f.parent != folder or f.stem == module.stem)


def _below(where: Path, folder: Path) -> list[Path]:
    """The files in `where`; in a folder within `folder`, all below it."""
    return [file for file in (where.iterdir() if where == folder else where.rglob("*")) if file.is_file()]


def _words(found: set[Path | str]) -> str:
    return " ".join(sorted(str(one) for one in found))


if __name__ == "__main__":
    write_whole(Path(sys.argv[1]), fragment(Path(sys.argv[1]).parent / "programme"))
