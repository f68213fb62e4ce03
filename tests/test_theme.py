"""Colours that can be told apart by every eye, and text that can be read."""

import numpy as np
import pytest
from colorspacious import cspace_convert

from reluviz.sweep.judge import Outcome
from reluviz.theme import DARK, HEADLINE, LABEL, LIGHT, SMALL, SUBSCRIPT, ThemeError, theme_named

EYES = [None] + [
    {"name": "sRGB1+CVD", "cvd_type": kind, "severity": 90} for kind in ("deuteranomaly", "protanomaly", "tritanomaly")
]


def rgb(colour):
    return np.array([int(colour[i : i + 2], 16) / 255 for i in (1, 3, 5)])


def luminance(colour):
    channel = rgb(colour)
    linear = np.where(channel <= 0.04045, channel / 12.92, ((channel + 0.055) / 1.055) ** 2.4)
    return linear @ np.array([0.2126, 0.7152, 0.0722])


def contrast(one, other):
    """The contrast ratio of WCAG 2."""
    low, high = sorted((luminance(one), luminance(other)))
    return (high + 0.05) / (low + 0.05)


def distances(colours, eye):
    seen = np.array([rgb(c) for c in colours])
    if eye is not None:
        seen = np.clip(cspace_convert(seen, eye, "sRGB1"), 0, 1)
    points = cspace_convert(seen, "sRGB1", "CAM02-UCS")
    apart = np.linalg.norm(points[:, None] - points[None], axis=-1)
    return apart[np.triu_indices(len(colours), 1)]


def test_the_contrast_formula_knows_black_on_white():
    assert contrast("#000000", "#ffffff") == pytest.approx(21.0)


def composited(colour, opacity, background):
    """What is seen of a colour laid over a background."""
    seen = opacity * rgb(colour) + (1 - opacity) * rgb(background)
    return "#" + "".join(f"{round(255 * float(channel)):02x}" for channel in seen)


themes = pytest.mark.parametrize("theme", [DARK, LIGHT], ids=lambda t: t.name)
eyes = pytest.mark.parametrize("eye", EYES, ids=lambda e: e["cvd_type"] if e else "normal")


@themes
@eyes
def test_what_means_something_at_once_can_be_told_apart(theme, eye):
    others = (theme.too_low, theme.too_high, theme.accent)
    assert len(theme.neurons) == 8
    assert distances((*theme.neurons, *others), eye).min() >= 9
    assert distances(theme.neurons[:5], eye).min() >= 14
    assert distances(others, eye).min() >= 14


@themes
@eyes
def test_outcomes_can_be_told_apart(theme, eye):
    assert len(theme.outcomes) == len(Outcome)
    assert distances(theme.outcomes, eye).min() >= 16
    for outcome in theme.outcomes:
        for other in (*theme.neurons, theme.too_low, theme.too_high, theme.accent):
            assert distances((outcome, other), eye) >= 4
    assert min(contrast(colour, theme.background) for colour in theme.outcomes) >= 3


@themes
def test_what_is_to_be_read_stands_out(theme):
    for colour in (theme.ink, theme.muted, theme.accent, *theme.neurons):
        assert contrast(colour, theme.background) >= 4.5


@themes
def test_what_is_to_be_seen_stands_out(theme):
    for colour in (theme.target, theme.too_low, theme.too_high):
        assert contrast(colour, theme.background) >= 3
    for colour in (theme.too_low, theme.too_high):
        assert contrast(composited(colour, theme.error_opacity, theme.background), theme.background) >= 2
    assert contrast(theme.faint, theme.background) >= 1.6


def test_a_colour_laid_half_over_another_is_their_mean():
    assert composited("#ff0000", 0.5, "#0000ff") == "#800080"


@pytest.mark.parametrize(
    ("size", "pixels"),
    [(HEADLINE, 37), (LABEL, 26), (SMALL, 24), (SUBSCRIPT, 18)],
    ids=["headline", "label", "tick", "subscript"],
)
def test_capitals_are_high_enough_at_720_lines(size, pixels):
    from reluviz.stage.typesetting import words

    assert words("H", DARK.ink, size).height * 720 / 8 >= pixels


def test_an_unknown_theme_is_named():
    assert (theme_named("dark"), theme_named("light")) == (DARK, LIGHT)
    with pytest.raises(ThemeError, match="sepia.*dark and light"):
        theme_named("sepia")
