"""An empty wide presentation in a theme's colours, with the three layouts that the decks use.

Places and sizes stand in master and layouts alone, so that "Reset" changes no slide, and a change there changes all.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from lxml import etree
from pptx import Presentation
from pptx.opc.constants import RELATIONSHIP_TYPE
from pptx.oxml import parse_xml
from pptx.oxml.ns import nsdecls, qn
from pptx.util import Emu, Inches

from reluviz.theme import Theme

WIDTH, HEIGHT = Emu(12_192_000), Emu(6_858_000)
"""Of a slide: as wide as PowerPoint's own, and as a film's picture."""
OPENING, WORDS, FILM = "Opening", "Question or answer", "Film"
"""The layouts. FILM's picture fills the slide; its title lies beneath, where the film shows its headline."""
FILM_PLACE = 13
"""The index of the film's placeholder in its layout."""
_FONT = "Arial"  # the films' Inter is not on every machine
_KEPT = {"Title Slide": OPENING, "Title and Content": WORDS, "Title Only": FILM}


@dataclass(frozen=True)
class _Place:
    """Where a layout has a text, in inches, which end of its box it keeps to ("t", "b", "ctr"), and its points."""

    left: float
    top: float
    width: float
    height: float
    anchor: str
    points: int


_PLACES = {  # layout -> index of the placeholder
    OPENING: {0: _Place(0.8, 2.0, 11.7, 1.6, "b", 44), 1: _Place(0.8, 3.8, 11.7, 1.2, "t", 24)},
    WORDS: {0: _Place(0.8, 1.2, 11.7, 2.4, "b", 40), 1: _Place(0.8, 3.8, 11.7, 2.6, "t", 24)},
    FILM: {0: _Place(0.4, 0.2, 12.5, 0.75, "ctr", 28)},
}


def empty_deck(theme: Theme) -> Any:
    """The presentation, without slides."""
    deck = Presentation()
    factor = WIDTH / deck.slide_width
    deck.slide_width, deck.slide_height = WIDTH, HEIGHT
    for layout in list(deck.slide_layouts):
        if layout.name not in _KEPT:
            deck.slide_layouts.remove(layout)
            continue
        name = layout._element.cSld.attrib["name"] = _KEPT[layout.name]
        layout._element.attrib.pop("type")  # they are layouts of their own
        for shape in layout.placeholders:
            if place := _PLACES[name].get(shape.placeholder_format.idx):  # else it stands where the master has it
                _put(shape, place)
    for shape in deck.slide_master.placeholders:
        shape.left, shape.width = Emu(round(shape.left * factor)), Emu(round(shape.width * factor))
    _style_texts(deck.slide_master)
    _add_film_place(layout_named(deck, FILM))
    _use_theme(deck.slide_master, theme)
    return deck


def layout_named(deck: Any, name: str) -> Any:
    """One of the layouts."""
    return next(layout for layout in deck.slide_layouts if layout.name == name)


def _put(shape: Any, place: _Place) -> None:
    shape.left, shape.top = Inches(place.left), Inches(place.top)
    shape.width, shape.height = Inches(place.width), Inches(place.height)
    body = shape.text_frame._txBody
    body.bodyPr.set("anchor", place.anchor)
    style = body.find(qn("a:lstStyle"))
    for old in list(style):
        style.remove(old)
    colour = "tx1" if shape.placeholder_format.idx == 0 else "tx2"
    style.append(
        parse_xml(
            f'<a:lvl1pPr {nsdecls("a")} marL="0" indent="0" algn="l"><a:buNone/><a:defRPr sz="{100 * place.points}">'
            f'<a:solidFill><a:schemeClr val="{colour}"/></a:solidFill></a:defRPr></a:lvl1pPr>'
        )
    )


def _style_texts(master: Any) -> None:
    """Titles to the left and strong, as in the films."""
    title = master._element.find(f"{qn('p:txStyles')}/{qn('p:titleStyle')}/{qn('a:lvl1pPr')}")
    title.set("algn", "l")
    title.find(qn("a:defRPr")).set("b", "1")


def _add_film_place(layout: Any) -> None:
    layout.shapes._spTree.append(
        parse_xml(
            f'<p:sp {nsdecls("a", "p")}><p:nvSpPr><p:cNvPr id="20" name="Film"/>'
            '<p:cNvSpPr><a:spLocks noGrp="1"/></p:cNvSpPr>'
            f'<p:nvPr><p:ph type="media" idx="{FILM_PLACE}"/></p:nvPr></p:nvSpPr><p:spPr><a:xfrm><a:off x="0" y="0"/>'
            f'<a:ext cx="{WIDTH}" cy="{HEIGHT}"/></a:xfrm><a:prstGeom prst="rect"><a:avLst/></a:prstGeom></p:spPr>'
            '<p:txBody><a:bodyPr/><a:lstStyle/><a:p><a:endParaRPr lang="en-US"/></a:p></p:txBody></p:sp>'
        )
    )


def _use_theme(master: Any, theme: Theme) -> None:
    """Puts the colours into the deck's scheme: PowerPoint's menus offer them, and all text follows them."""
    part = master.part.part_related_by(RELATIONSHIP_TYPE.THEME)
    tree = etree.fromstring(part.blob)
    scheme = tree.find(f".//{qn('a:clrScheme')}")
    scheme.set("name", "reluviz")
    colours = {"dk1": theme.ink, "lt1": theme.background, "dk2": theme.muted, "lt2": theme.faint}
    accents = [*theme.neurons[:4], theme.accent, theme.muted]
    colours |= {f"accent{number}": colour for number, colour in enumerate(accents, start=1)}
    colours |= {"hlink": theme.accent, "folHlink": theme.muted}
    for name, colour in colours.items():
        entry = scheme.find(qn(f"a:{name}"))
        for old in list(entry):
            entry.remove(old)
        etree.SubElement(entry, qn("a:srgbClr"), val=colour.lstrip("#").upper())
    for font in tree.iterfind(f".//{qn('a:fontScheme')}/*/{qn('a:latin')}"):
        font.set("typeface", _FONT)
    part._blob = etree.tostring(tree, xml_declaration=True, encoding="UTF-8", standalone=True)
