"""lecture.pptx: the films embedded in slides with their words as notes."""

from __future__ import annotations

import shutil
import zipfile
from collections.abc import Sequence
from datetime import datetime
from pathlib import Path
from typing import Any

from lxml import etree
from pptx import Presentation
from pptx.enum.text import PP_ALIGN
from pptx.opc.constants import RELATIONSHIP_TYPE
from pptx.oxml.ns import qn
from pptx.util import Emu, Inches, Pt

from reluviz.publish.film import Film
from reluviz.publish.imprint import Imprint
from reluviz.publish.texts import clock
from reluviz.theme import DARK, THEMES, Theme

_WIDTH, _HEIGHT = Inches(13.333), Inches(7.5)
_TITLE_SLIDE, _TITLE_ONLY = 0, 5
_Box = tuple[int, int, int, int]
"""Left, top, width, height."""


def write_decks(films: Sequence[Film], imprint: Imprint, folder: Path) -> None:
    """Writes the deck of all films into a kit's folder, which already holds films and posters.

    Slides are coloured as the first film is. Speaker notes: what is said, by chapters with their times.
    """
    deck = _Deck(THEMES.get(films[0].theme, DARK), imprint)
    for film in films:
        deck.add_film(film.title, folder / f"{film.name}.mp4", film.sentence, _spoken(film))
    deck.save(folder / "lecture.pptx")


def _spoken(film: Film) -> str:
    parts = [f"[{clock(beat.start)}] {beat.headline}\n{beat.narration}".strip() for beat in film.beats]
    return "\n\n".join([film.sentence, *parts])


class _Deck:
    """A wide presentation in the films' colours. Layouts are adapted too, so that slides added later look alike."""

    def __init__(self, palette: Theme, imprint: Imprint) -> None:
        self._deck = Presentation()
        narrow = self._deck.slide_width
        self._deck.slide_width, self._deck.slide_height = _WIDTH, _HEIGHT
        master = self._deck.slide_master
        for page in (master, *self._deck.slide_layouts):
            _widen(page, _WIDTH / narrow)
        _colour(master, palette)
        self._deck.core_properties.title = imprint.title
        self._deck.core_properties.author = self._deck.core_properties.last_modified_by = imprint.author or "reluviz"
        self._deck.core_properties.created = self._deck.core_properties.modified = datetime(2000, 1, 1)
        slide = self._deck.slides.add_slide(self._deck.slide_layouts[_TITLE_SLIDE])
        slide.shapes.title.text = imprint.title
        slide.placeholders[1].text = imprint.line

    def add_film(self, title: str, video: Path, description: str, notes: str) -> None:
        """A slide with the video below its title, as wide as fits, and its poster (the .jpg beside it)."""
        top = Inches(1.05)
        height = _HEIGHT - top - Inches(0.25)
        width = round(height * 16 / 9)
        left = (_WIDTH - width) // 2
        slide = self._add(title, video, description, notes, (left, top, width, height))
        _place(slide.shapes.title, (left, Inches(0.2), width, Inches(0.8)))

    def _add(self, title: str, video: Path, description: str, notes: str, box: _Box) -> Any:
        slide = self._deck.slides.add_slide(self._deck.slide_layouts[_TITLE_ONLY])
        slide.shapes.title.text = title
        line = slide.shapes.title.text_frame.paragraphs[0]
        line.font.size, line.alignment = Pt(32), PP_ALIGN.LEFT
        poster = str(video.with_suffix(".jpg"))
        movie = slide.shapes.add_movie(str(video), *box, poster_frame_image=poster, mime_type="video/mp4")
        movie.name = title
        movie._element.nvPicPr.cNvPr.set("descr", description)
        slide.notes_slide.notes_text_frame.text = notes or "(no narration)"
        return slide

    def save(self, path: Path) -> None:
        """Writes the deck without the time of day, so that equal films make equal decks."""
        dated = path.with_suffix(".dated")
        self._deck.save(str(dated))
        with zipfile.ZipFile(dated) as original, zipfile.ZipFile(path, "w") as copy:
            for entry in original.infolist():
                info = zipfile.ZipInfo(entry.filename)
                media = entry.filename.startswith("ppt/media/")  # compressed already
                info.compress_type = zipfile.ZIP_STORED if media else zipfile.ZIP_DEFLATED
                with original.open(entry) as source, copy.open(info, "w", force_zip64=True) as target:
                    shutil.copyfileobj(source, target, 1 << 20)
        dated.unlink()


def _place(shape: Any, box: _Box) -> None:
    shape.left, shape.top, shape.width, shape.height = (Emu(length) for length in box)


def _widen(page: Any, factor: float) -> None:
    """python-pptx starts from a 4:3 template: moves what stands on a layout to a wide slide."""
    for shape in page.shapes:
        if shape._element.spPr.find(qn("a:xfrm")) is not None:  # else it inherits its place
            shape.left, shape.width = Emu(round(shape.left * factor)), Emu(round(shape.width * factor))


def _colour(master: Any, palette: Theme) -> None:
    """Puts the palette into the deck's colour scheme: PowerPoint's menus offer it, and all text follows it."""
    part = master.part.part_related_by(RELATIONSHIP_TYPE.THEME)
    theme = etree.fromstring(part.blob)
    scheme = theme.find(f".//{qn('a:clrScheme')}")
    scheme.set("name", "reluviz")
    colours = {"dk1": palette.ink, "lt1": palette.background, "dk2": palette.muted, "lt2": palette.faint}
    accents = [*palette.neurons[:4], palette.accent, palette.muted]
    colours |= {f"accent{number}": colour for number, colour in enumerate(accents, start=1)}
    colours |= {"hlink": palette.accent, "folHlink": palette.muted}
    for name, colour in colours.items():
        entry = scheme.find(qn(f"a:{name}"))
        for old in list(entry):
            entry.remove(old)
        etree.SubElement(entry, qn("a:srgbClr"), val=colour.lstrip("#").upper())
    part._blob = etree.tostring(theme, xml_declaration=True, encoding="UTF-8", standalone=True)
