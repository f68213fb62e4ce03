"""Joins a page's ES modules into one text: imports and workers fail on pages opened as files, one text does not.

The text is one function that returns what is asked of the entry modules; the lab's is `reluvizLab`. A worker starts
from the function's own source, so nothing is carried twice.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from importlib.resources import files
from importlib.resources.abc import Traversable
from posixpath import dirname, join, normpath

WEB = files("reluviz.lab") / "web"
_ENTRIES = {"page/lab.js": "mount", "page/map.js": "work"}
_IMPORT = re.compile(r'^import (?:\{[^}]*\}|\w+) from "(\.{1,2}/[\w./]+)"(?: with \{[^}]*\})?;\n', re.MULTILINE)
_JSON_IMPORT = re.compile(r'^import\s+(\w+)\s+from\s+"(\.{1,2}/[\w./]+\.json)"', re.MULTILINE)
_TOP_LEVEL = re.compile(r"^(?:export )?(?:const|let|class|function\*?) ([\w$]+)", re.MULTILINE)


class BundleError(Exception):
    """Modules that cannot be joined: two of them name a thing alike, or one exports in a way not known here."""


def joined() -> str:
    """The lab's text. Raises BundleError."""
    return join_modules(WEB, _ENTRIES, "reluvizLab")


def join_modules(web: Traversable, entries: Mapping[str, str], function: str) -> str:
    """The text of a function that returns, of each entry module in `web`, what it exports by the name given with it.

    Raises BundleError where two modules have a name in common.
    """
    texts: dict[str, str] = {}
    for entry in entries:
        _add(web, entry, texts)
    owners: dict[str, str] = {}
    for module, text in texts.items():
        for name in _TOP_LEVEL.findall(text):
            if name in owners:
                raise BundleError(f"{module}: {name} is the name of something in {owners[name]} already")
            owners[name] = module
    body = "".join(_bare(re.sub(r"^export ", "", text, flags=re.MULTILINE)) for text in texts.values())
    if re.search(r"^(?:import|export)\b", body, re.MULTILINE):
        raise BundleError("an import or export of a kind that cannot be joined")
    return f'function {function}() {{\n"use strict";\n{body}return {{ {", ".join(entries.values())} }};\n}}\n'


def _add(web: Traversable, module: str, texts: dict[str, str]) -> None:
    """Adds a module's text after those it imports, without its imports."""
    if module in texts:
        return
    text = (web / module).read_text(encoding="utf-8")
    for needed in _IMPORT.findall(text):
        if needed.endswith(".js"):
            _add(web, _beside(module, needed), texts)
    constants = "".join(
        f"const {name} = {(web / _beside(module, file)).read_text(encoding='utf-8').strip()};\n"
        for name, file in _JSON_IMPORT.findall(text)
    )
    texts[module] = constants + _IMPORT.sub("", text)


def _beside(module: str, needed: str) -> str:
    """The path within `web` of what a module names from where it lies."""
    return normpath(join(dirname(module), needed))


def _bare(text: str) -> str:
    """The text without indents, types and comments: these are for its readers."""
    text = re.sub(r"/\*\*.*?\*/ ?", "", text, flags=re.DOTALL)
    text = re.sub(r"(?<=[;,{]) // .*$", "", text, flags=re.MULTILINE)
    return re.sub(r"^[ \t]*(?://.*)?\n?", "", text, flags=re.MULTILINE)
