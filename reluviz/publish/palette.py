"""The films' colours for pages and slides. A copy of what these need of stage/theme.py, which wants Pango to be
imported; tests/publish/test_gallery.py holds that the two agree."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class Palette:
    """Hex colours; see Theme in stage/theme.py for what each means. neurons: of neuron 1, 2, … in order."""

    background: str
    ink: str
    muted: str
    faint: str
    accent: str
    neurons: tuple[str, ...]


PALETTES = {
    "dark": Palette(
        background="#10141c",
        ink="#f5f2ea",
        muted="#a3adbd",
        faint="#2b3443",
        accent="#ffd866",
        neurons=("#b565ff", "#92fdc5", "#84bdff", "#c98414"),
    ),
    "light": Palette(
        background="#ffffff",
        ink="#171b24",
        muted="#566072",
        faint="#dfe4ec",
        accent="#9a5b00",
        neurons=("#5d0e96", "#093d13", "#3e66fb", "#a06929"),
    ),
}
