"""The few formulas that several films show, with their numbers taken from the run."""

from __future__ import annotations

from manim import DOWN, LEFT, VGroup

from reluviz.core import ReluNetwork
from reluviz.stage.typesetting import formula, words
from reluviz.theme import LABEL, Theme

_SIZE = 38


def network_formula(theme: Theme, network: ReluNetwork) -> VGroup:
    """The word network and its formula with its present numbers, its neurons' terms in their colours."""
    group = _named(theme, "network", f"NN(x) = {_sum(network, named=True)}", theme.ink)
    for i in range(len(network)):
        group[1].select(f"n{i}").set_color(theme.neuron(i))
    return group


def _named(theme: Theme, name: str, source: str, colour: str) -> VGroup:
    return VGroup(words(name, theme.muted, LABEL), formula(source, colour, _SIZE)).arrange(
        DOWN, buff=0.2, aligned_edge=LEFT
    )


def _sum(network: ReluNetwork, named: bool = False) -> str:
    terms = []
    for i, (weight, bias) in enumerate(zip(network.weights, network.biases, strict=True)):
        sign = "-" if weight < 0 else "+" if i else ""
        inside = "x" if bias == 0 else f"x {'-' if bias < 0 else '+'} {abs(bias):g}"
        term = f"{sign} {abs(weight):g} thin relu({inside})"
        terms.append(f"{{{{ {term} : n{i} }}}}" if named else term)
    return " ".join(terms)
