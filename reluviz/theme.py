"""Colours, sizes and the font: the only place that has them."""

from __future__ import annotations

import os
from dataclasses import dataclass

from reluviz.errors import UserError

FONT = "Inter"

# Font sizes in Manim's units: capitals are a hundredth of it high, in a frame that is 8 high. At 480p the
# smallest capitals are thus 13 pixels high.
TITLE = 64
HEADLINE = 40
BODY = 30
LABEL = 26
SMALL = 22

# The frame is 14.22 x 8 around the centre; nothing that matters leaves the safe area.
SAFE_X = 6.75
SAFE_Y = 3.75
HEADLINE_Y = 3.3


@dataclass(frozen=True)
class Theme:
    """What every colour means. All colours are hex strings; `neurons` are for neuron 1, 2, ... in order.

    The neurons' colours were chosen so that any two of the first five differ by at least 14 CAM02-UCS units
    (any two of eight by 9) to a normal, deuteranopic, protanopic and tritanopic eye, and each has a
    contrast of at least 4.5 : 1 against the background. Any two of the five outcomes differ by at least 16 units
    to those eyes, and each has a contrast of at least 3 : 1. tests/test_theme.py holds this.
    """

    name: str
    background: str
    ink: str
    """Text and the network's graph: what is being looked at."""
    muted: str
    """Secondary text and axes."""
    faint: str
    """Grid lines and frames: decoration, never text."""
    target: str
    """The reference function."""
    too_low: str
    """The error where the network lies below the target (delta > 0)."""
    too_high: str
    """The error where the network lies above the target (delta < 0)."""
    accent: str
    """The one thing to look at now."""
    error_opacity: float
    neurons: tuple[str, ...]
    outcomes: tuple[str, ...]
    """How a run ended, in the order of reluviz.sweep.judge.Outcome: `outcomes[Outcome.DIVERGED]`. Calm is the
    optimum, warm what got stuck."""

    def neuron(self, index: int) -> str:
        """The colour of the neuron with this index (from 0), the same in every film."""
        return self.neurons[index % len(self.neurons)]


DARK = Theme(
    name="dark",
    background="#10141c",
    ink="#f5f2ea",
    muted="#a3adbd",
    faint="#2b3443",
    target="#8793a6",
    too_low="#ffc94d",
    too_high="#5b8cff",
    accent="#ffd866",
    error_opacity=0.30,
    neurons=("#b565ff", "#92fdc5", "#84bdff", "#c98414", "#f23c92", "#fde832", "#25a2a6", "#fba08a"),
    outcomes=("#38c7a3", "#ff6f36", "#b83f9d", "#f6e8a8", "#817a7a"),
)

LIGHT = Theme(
    name="light",
    background="#ffffff",
    ink="#171b24",
    muted="#566072",
    faint="#dfe4ec",
    target="#8f99a9",
    too_low="#f0a500",
    too_high="#3d74f0",
    accent="#9a5b00",
    error_opacity=0.28,
    neurons=("#5d0e96", "#093d13", "#3e66fb", "#a06929", "#9c0f5f", "#5c4a10", "#2a7f8e", "#d33458"),
    outcomes=("#16866b", "#b43900", "#8c2a79", "#b38f0b", "#494c46"),
)

THEMES = {theme.name: theme for theme in (DARK, LIGHT)}


class ThemeError(UserError):
    """An unknown theme; the message is one line."""


def theme_from_environment() -> Theme:
    """The theme named by RELUVIZ_THEME (dark where it is not set). Raises ThemeError for an unknown name."""
    name = os.environ.get("RELUVIZ_THEME") or DARK.name
    if name not in THEMES:
        raise ThemeError(f"RELUVIZ_THEME: unknown theme {name!r}; expected {' or '.join(THEMES)}")
    return THEMES[name]
