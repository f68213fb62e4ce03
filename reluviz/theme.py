"""Colours, sizes and the font: the only place that has them."""

from __future__ import annotations

from dataclasses import dataclass

from reluviz.errors import UserError

FONT = "Inter"

# Font sizes in Manim's units: capitals are a hundredth of it high, in a frame that is 8 high. At 720 lines the
# headline's capitals are thus 37 pixels high, labels' 26, those of ticks and counters 24, of subscripts 18.
TITLE = 64
HEADLINE = 41.5
BODY = 32
LABEL = 29
SMALL = 27
SUBSCRIPT = 20.5

# The frame is 14.22 x 8 around the centre; nothing that matters leaves the safe area.
SAFE_X = 6.75
SAFE_Y = 3.75
HEADLINE_Y = 3.42


@dataclass(frozen=True)
class Theme:
    """What every colour means. All colours are hex strings; `neurons` are for neuron 1, 2, ... in order.

    Neurons, too low, too high and the accent all mean something at once, so any two of them differ by at least 9
    CAM02-UCS units (any two of the first five neurons and any two of the other three by 14) to a normal,
    deuteranopic, protanopic and tritanopic eye; neurons and accent have a contrast of at least 4.5 : 1 against the
    background. Any two of the five outcomes differ by at least 16 units to those eyes; a neuron's colour may be near,
    since place and shape tell a run's end from a neuron. tests/test_theme.py holds this.
    """

    name: str
    background: str
    ink: str
    """Text and the network's graph: what is being looked at."""
    muted: str
    """Secondary text and axes."""
    faint: str
    """Grid lines: decoration, never text."""
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
    faint="#333d4e",
    target="#7b879a",
    too_low="#fcbd36",
    too_high="#5a7efc",
    accent="#fc3699",
    error_opacity=0.48,
    neurons=("#ab90e1", "#99c699", "#36e1f3", "#fc7e3f", "#d8f387", "#fc99cf", "#3f99a2", "#997e48"),
    outcomes=("#48c0a8", "#f06024", "#b43c9c", "#fcf0b4", "#847878"),
)

LIGHT = Theme(
    name="light",
    background="#ffffff",
    ink="#171b24",
    muted="#566072",
    faint="#c2c9d4",
    target="#848e9e",
    too_low="#cf7e00",
    too_high="#3675fc",
    accent="#c6125a",
    error_opacity=0.63,
    neurons=("#7e2dc6", "#12513f", "#097e90", "#ab5a24", "#513f00", "#873663", "#005187", "#75512d"),
    outcomes=("#009c90", "#a83000", "#900c84", "#a89054", "#546054"),
)

THEMES = {theme.name: theme for theme in (DARK, LIGHT)}


class ThemeError(UserError):
    """An unknown theme; the message is one line."""


def theme_named(name: str) -> Theme:
    """The theme called `name`, "dark" or "light". Raises ThemeError for an unknown one."""
    if name not in THEMES:
        raise ThemeError(f"no theme is called {name!r}; there are {' and '.join(THEMES)}")
    return THEMES[name]
