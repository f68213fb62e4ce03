"""Where the files lie that are no modules of reluviz: the scenes, and the examples."""

from __future__ import annotations

from importlib.resources import files
from pathlib import Path


def folder(name: str) -> Path:
    """The folder `name`, "scenes" or "examples": within the package once it is installed, beside it in a checkout."""
    package = Path(str(files("reluviz")))
    within = package / name
    return within if within.is_dir() else package.parent / name
