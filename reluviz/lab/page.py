"""lab.html: the lab as one file, that works from a USB stick, within another page, and on a phone."""

from __future__ import annotations

import base64
import dataclasses
from importlib.resources import files
from pathlib import Path
from typing import Any

from jinja2 import Environment, PackageLoader, StrictUndefined

from reluviz.analysis.merging import CLOSE
from reluviz.core import Experiment, example_names, library_names
from reluviz.core.measure import FITS
from reluviz.core.table import ExperimentError
from reluviz.files import write_whole
from reluviz.lab.bundle import WEB, joined
from reluviz.lab.link import check_fits, write_link
from reluviz.made_by import made_by
from reluviz.theme import THEMES

FONT = "Inter reluviz"
"""The family that `font_faces` declares."""

_FIRST = "merging-neurons"


def given(state: str = "") -> dict[str, Any]:
    """What the page is told: colours, presets, what counts as merged and as fitting, and the state to begin with."""
    return {
        "themes": {name: dataclasses.asdict(theme) for name, theme in THEMES.items()},
        "presets": [
            {"group": group, "name": one.name, "experiment": one.to_dict()}
            for group, names in (("The article", library_names()), ("More to try", example_names()))
            for one in map(Experiment.from_library, names)
            if _fits(one)
        ],
        "close": CLOSE,
        "fits": FITS,
        "state": state or write_link(Experiment.from_library(_FIRST)),
    }


def font_faces() -> str:
    """The films' font in both its weights, inside the style sheet, for a page that works alone."""
    return "".join(
        f'@font-face {{ font-family: "{FONT}"; font-weight: {weight}; font-display: swap; '
        f'src: url("data:font/woff2;base64,{_font(name)}") format("woff2"); }}\n'
        for name, weight in (("Regular", "400 500"), ("SemiBold", "600 700"))
    )


def styles() -> str:
    """The lab's style sheet, with its font inside."""
    return font_faces() + (WEB / "lab.css").read_text(encoding="utf-8")


def page(state: str = "") -> str:
    """The whole page. state: what stands behind the "#" of a link; the page's own address comes before it."""
    templates = Environment(loader=PackageLoader("reluviz.lab", "web"), autoescape=True, undefined=StrictUndefined)
    told = {"styles": styles(), "source": joined(), "given": given(state), "made_by": made_by()}
    return templates.get_template("lab.html").render(told) + "\n"


def write_page(path: Path, state: str = "") -> None:
    """Writes the page to a file. Raises FileError."""
    write_whole(path, page(state))


def _font(name: str) -> str:
    return base64.b64encode((files("reluviz.lab") / "fonts" / f"Inter-{name}.woff2").read_bytes()).decode("ascii")


def _fits(experiment: Experiment) -> bool:
    """Whether it is trained at all, and not too large for the lab."""
    try:
        check_fits(experiment)
    except ExperimentError:
        return False
    return experiment.iterations > 0
