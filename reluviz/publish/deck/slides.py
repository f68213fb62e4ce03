"""The slides: for each film its question, the film and its chapters, and its answer, in a section of their own."""

from __future__ import annotations

import shutil
import uuid
import zipfile
from collections.abc import Mapping, Sequence
from datetime import datetime
from io import BytesIO
from pathlib import Path
from typing import Any

from pptx.oxml import parse_xml
from pptx.oxml.ns import nsdecls, qn

from reluviz.made_by import made_by
from reluviz.publish.deck.template import FILM, FILM_PLACE, HEIGHT, OPENING, WIDTH, WORDS, empty_deck, layout_named
from reluviz.publish.film import Beat, Film
from reluviz.publish.imprint import Imprint
from reluviz.publish.questions import guesses_of, whole_of
from reluviz.publish.texts import clock
from reluviz.theme import DARK, THEMES
from reluviz.voice.utterance import sentences_of

_P14 = 'xmlns:p14="http://schemas.microsoft.com/office/powerpoint/2010/main"'
_SECTIONS = "{521415D9-36F7-43E2-AB2F-B90AF26B5E84}"


def write_deck(films: Sequence[Film], imprint: Imprint, pictures: Mapping[str, Sequence[bytes]], path: Path) -> None:
    """Writes a deck of `films` to `path`, in whose folder they lie as NAME.mp4; in the first one's colours.

    pictures: film name -> what stands for each chapter before it is played, as JPEG. Each film is in the deck once,
    however many slides play a part of it. Speaker notes: what is said.
    """
    deck = _Deck(films[0], imprint)
    for film in films:
        deck.add(film, path.parent / f"{film.name}.mp4", pictures[film.name])
    deck.save(path)


class _Deck:
    def __init__(self, first: Film, imprint: Imprint) -> None:
        self._deck = empty_deck(THEMES.get(first.theme, DARK))
        about = self._deck.core_properties
        about.title, about.subject = _plain(imprint.title), _plain(imprint.course)
        about.author = about.last_modified_by = _plain(imprint.author) or "reluviz"
        about.comments = f"made by {made_by()}"
        about.created = about.modified = datetime(2000, 1, 1)
        self._sections: list[tuple[str, list[int]]] = []
        self._begin(imprint.title)
        self._add_words(OPENING, imprint.title, imprint.line)

    def add(self, film: Film, mp4: Path, pictures: Sequence[bytes]) -> None:
        """A section with all slides of a film."""
        self._begin(film.title)
        whole, video = whole_of(film), str(mp4)
        if whole:
            self._add_words(WORDS, whole.question, film.title)
        spoken = [f"[{clock(beat.start)}] {beat.headline}\n{beat.narration}".strip() for beat in film.beats]
        about = f"The whole film. {film.sentence}"
        self._add_film(film.title, video, pictures[0], about, "\n\n".join([film.sentence, *spoken]))
        for number, (beat, picture) in enumerate(zip(film.beats, pictures, strict=True), start=1):
            about = f"{film.title}, chapter {number}: {beat.headline}"
            slide = self._add_film(beat.headline, video, picture, about, _notes(film, beat))
            last = number == len(film.beats)
            _trim(slide, beat.start, 0.0 if last else max(film.duration - beat.end, 0.0))
        if whole and whole.answer:
            first, *rest = sentences_of(whole.answer)
            self._add_words(WORDS, first, " ".join(rest))

    def save(self, path: Path) -> None:
        """Writes the deck without the time of day, so that equal films make equal decks."""
        self._deck.part._element.append(self._section_list())
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

    def _begin(self, section: str) -> None:
        self._sections.append((section, []))

    def _slide(self, layout: str, title: str) -> Any:
        slide = self._deck.slides.add_slide(layout_named(self._deck, layout))
        slide.shapes.title.text = title
        self._sections[-1][1].append(slide.slide_id)
        return slide

    def _add_words(self, layout: str, title: str, text: str) -> None:
        slide = self._slide(layout, title)
        if text:
            slide.placeholders[1].text = text
        else:
            slide.placeholders[1]._element.getparent().remove(slide.placeholders[1]._element)

    def _add_film(self, title: str, video: str, picture: bytes, description: str, notes: str) -> Any:
        slide = self._slide(FILM, title)
        place = slide.placeholders[FILM_PLACE]._element
        place.getparent().remove(place)
        shapes = slide.shapes
        movie = shapes.add_movie(video, 0, 0, WIDTH, HEIGHT, poster_frame_image=BytesIO(picture), mime_type="video/mp4")
        movie.name = _plain(title)
        about = movie._element.nvPicPr
        about.cNvPr.set("descr", _plain(description))
        about.find(qn("p:nvPr")).insert(0, parse_xml(f'<p:ph {nsdecls("p")} type="media" idx="{FILM_PLACE}"/>'))
        slide.notes_slide.notes_text_frame.text = notes or "(no narration)"
        return slide

    def _section_list(self) -> Any:
        """PowerPoint's sections, as an extension of the presentation (MS-PPTX, sectionLst)."""
        sections = parse_xml(
            f'<p:extLst {nsdecls("p")}><p:ext uri="{_SECTIONS}"><p14:sectionLst {_P14}/></p:ext></p:extLst>'
        )
        for number, (name, slides) in enumerate(self._sections):
            identity = str(uuid.uuid5(uuid.NAMESPACE_OID, f"reluviz {number} {name}")).upper()
            section = parse_xml(f'<p14:section {_P14} name="" id="{{{identity}}}"><p14:sldIdLst/></p14:section>')
            section.set("name", _plain(name))
            section[0].extend(parse_xml(f'<p14:sldId {_P14} id="{slide}"/>') for slide in slides)
            sections[0][0].append(section)
        return sections


def _notes(film: Film, beat: Beat) -> str:
    """What is said in a chapter, and the answer where it asks."""
    answers = [f"Answer: {one.answer}" for one in guesses_of(film) if beat.start <= one.start < beat.end and one.answer]
    return "\n\n".join(filter(None, [beat.narration, *answers]))


def _plain(text: str) -> str:
    """`text` as an attribute or a property may have it: no control characters, at most 255 others."""
    return "".join(sign if sign.isprintable() else " " for sign in text)[:255]


def _trim(slide: Any, start: float, left: float) -> None:
    """Plays a film from second `start` until `left` seconds are left (MS-PPTX, trim: both in milliseconds)."""
    (media,) = slide.shapes._spTree.iter("{http://schemas.microsoft.com/office/powerpoint/2010/main}media")
    media.append(parse_xml(f'<p14:trim {_P14} st="{1000 * start:.0f}" end="{1000 * left:.0f}"/>'))
