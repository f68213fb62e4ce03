"""The decks, by python-pptx and by the rules of the package itself (ECMA-376, part 2: Open Packaging Conventions)."""

import hashlib
import posixpath
import re
import zipfile

import pytest
from lxml import etree
from pptx import Presentation

from reluviz import __version__
from reluviz.theme import LIGHT
from tests.publish.conftest import change, make_kit

RELATIONSHIPS = "{http://schemas.openxmlformats.org/package/2006/relationships}Relationship"
TYPES = "{http://schemas.openxmlformats.org/package/2006/content-types}"
R = "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}"
P = "{http://schemas.openxmlformats.org/presentationml/2006/main}"
A = "{http://schemas.openxmlformats.org/drawingml/2006/main}"
NOTES = (
    "Which way? Now it moves to the right for quite a while. "
    "Then it stops, and that is all there is to see."
)


P14 = "{http://schemas.microsoft.com/office/powerpoint/2010/main}"
CHAPTERS = ["Slope < 2: it grows", "It moves", "It rests"]


@pytest.fixture(scope="module", params=["lecture.pptx", "one-neuron.pptx"])
def path(request, kit):
    return kit / request.param


@pytest.fixture(scope="module")
def package(path):
    with zipfile.ZipFile(path) as archive:
        assert archive.testzip() is None
        return {name: archive.read(name) for name in archive.namelist()}


def relationships(package, part):
    folder, name = posixpath.split(part)
    path = f"{folder}/_rels/{name}.rels" if folder else f"_rels/{name}.rels"
    return list(etree.fromstring(package[path]).iter(RELATIONSHIPS)) if path in package else []


def target(part, relationship):
    return posixpath.normpath(posixpath.join("/", posixpath.dirname(part), relationship.get("Target"))).lstrip("/")


def slides(package):
    return sorted(name for name in package if name.startswith("ppt/slides/slide"))


def test_every_part_has_one_content_type(package):
    types = etree.fromstring(package["[Content_Types].xml"])
    defaults = [entry.get("Extension").lower() for entry in types.iter(f"{TYPES}Default")]
    overrides = [entry.get("PartName") for entry in types.iter(f"{TYPES}Override")]
    assert len(set(defaults)) == len(defaults) and len(set(overrides)) == len(overrides)
    assert {name.lstrip("/") for name in overrides} <= package.keys()
    for name in package.keys() - {"[Content_Types].xml"}:
        assert f"/{name}" in overrides or name.rsplit(".", 1)[-1].lower() in defaults, name
    kinds = {entry.get("Extension"): entry.get("ContentType") for entry in types.iter(f"{TYPES}Default")}
    assert kinds["mp4"] == "video/mp4" and kinds["jpg"] == "image/jpeg"


def test_every_relationship_leads_to_a_part_and_every_part_is_reached(package):
    reached, todo = set(), [""]
    while todo:
        part = todo.pop()
        found = relationships(package, part)
        assert len({r.get("Id") for r in found}) == len(found)
        for relationship in found:
            assert relationship.get("TargetMode") != "External", "a deck that works offline"
            name = target(part, relationship)
            assert name in package, f"{part} -> {name}"
            if name not in reached:
                reached.add(name)
                todo.append(name)
    parts = {name for name in package if not name.endswith(".rels") and name != "[Content_Types].xml"}
    assert parts == reached


def test_every_reference_in_a_slide_is_a_relationship(package):
    for slide in slides(package):
        known = {r.get("Id") for r in relationships(package, slide)}
        tree = etree.fromstring(package[slide])
        used = {
            value
            for element in tree.iter()
            for key, value in element.attrib.items()
            if key.startswith(R) and element.get("action") != "ppaction://media"  # a click that plays leads nowhere
        }
        assert used <= known and len(used) in (0, 3)
        ids = [e.get("id") for e in tree.iter(f"{P}cNvPr")]
        assert len(set(ids)) == len(ids)
        timed = {e.get("spid") for e in tree.iter(f"{P}spTgt")}
        assert timed <= set(ids)


def test_a_video_slide_has_its_video_twice_named_as_the_standard_wants(package):
    """a:videoFile for the standard, p14:media for PowerPoint since 2010; both lead to the same embedded part."""
    played = [slide for slide in slides(package) if b"videoFile" in package[slide]]
    assert len(played) in (4, 8)
    for slide in played:
        links = {r.get("Type").rsplit("/", 1)[-1]: target(slide, r) for r in relationships(package, slide)}
        assert links["video"] == links["media"] and links["video"].startswith("ppt/media/")
        tree = etree.fromstring(package[slide])
        assert len(list(tree.iter(f"{A}videoFile"))) == 1 and len(list(tree.iter(f"{P}video"))) == 1


def test_each_film_is_in_it_once(package, path):
    inside = [hashlib.sha256(data).digest() for name, data in package.items() if name.endswith(".mp4")]
    names = ["one-neuron", "my-own"] if path.stem == "lecture" else ["one-neuron"]
    films = [path.with_name(f"{name}.mp4") for name in names]
    assert sorted(inside) == sorted(hashlib.sha256(film.read_bytes()).digest() for film in films)
    assert path.stat().st_size < sum(film.stat().st_size for film in films) + 400_000, "of which the template is most"


def test_a_section_a_film(package, path):
    """A list of every slide's id, in order, as MS-PPTX has it: in the last element of the presentation."""
    tree = etree.fromstring(package["ppt/presentation.xml"])
    assert tree[-1].tag == f"{P}extLst"
    sections = list(tree.iter(f"{P14}section"))
    films = ["A kink & its film"] * (2 if path.stem == "lecture" else 1)
    assert [one.get("name") for one in sections] == ["Kinks & films" if path.stem == "lecture" else films[0], *films]
    assert len({one.get("id") for one in sections}) == len(sections)
    assert all(re.fullmatch(r"[{][0-9A-F]{8}(-[0-9A-F]{4}){3}-[0-9A-F]{12}[}]", one.get("id")) for one in sections)
    listed = [one.get("id") for one in tree.iter(f"{P14}sldId")]
    assert listed == [one.get("id") for one in tree.iter(f"{P}sldId")]


def movie_of(slide):
    return next(shape for shape in slide.shapes if shape.shape_type == 16 or shape._element.tag == f"{P}pic")


def test_a_slide_a_chapter_between_question_and_answer(path):
    deck = Presentation(path)
    told = [(slide.slide_layout.name, slide.shapes.title.text) for slide in deck.slides]
    film = [("Question or answer", "Will it come to rest?"), ("Film", "A kink & its film")]
    film += [*(("Film", headline) for headline in CHAPTERS), ("Question or answer", "It rests.")]
    count = 2 if path.stem == "lecture" else 1
    assert told == [("Opening", "Kinks & films" if count == 2 else "A kink & its film"), *(count * film)]
    assert deck.slides[0].placeholders[1].text == "Networks 1 · A. Teacher"
    whole, chapter = (deck.slides[number].notes_slide.notes_text_frame.text for number in (2, 4))
    assert NOTES in whole and "[0:00] Slope < 2: it grows" in whole
    assert chapter == f"{NOTES}\n\nAnswer: To the right."


def test_chapters_are_played_by_their_times(path, film):
    """MS-PPTX, trim: milliseconds left out at the film's start and at its end."""
    slides = Presentation(path).slides
    assert slides[2]._element.find(f".//{P14}trim") is None, "the whole film"
    for slide, beat in zip(list(slides)[3:6], film.beats, strict=True):
        (media,) = slide._element.iter(f"{P14}media")
        (trim,) = media
        assert float(trim.get("st")) == pytest.approx(1000 * beat.start, abs=1)
        left = 0 if beat.name == "end" else film.duration - beat.end
        assert float(trim.get("end")) == pytest.approx(1000 * left, abs=1)


def test_places_and_sizes_stand_in_layouts_alone(path):
    """So that what is set back, or changed in the master, is so on every slide; only a picture names its place."""
    deck = Presentation(path)
    assert (deck.slide_width, deck.slide_height) == (12_192_000, 6_858_000)
    assert sorted(layout.name for layout in deck.slide_layouts) == ["Film", "Opening", "Question or answer"]
    for slide in deck.slides:
        layout = {one.placeholder_format.idx: one for one in slide.slide_layout.placeholders}
        for shape in slide.placeholders:
            place = layout[shape.placeholder_format.idx]
            assert (shape.left, shape.top, shape.width, shape.height) == (
                place.left, place.top, place.width, place.height
            )  # fmt: skip
            texts = [tag for tag in ("sz", "algn", "typeface") for e in shape._element.iter() if tag in e.attrib]
            assert texts == [] and (shape._element.tag == f"{P}pic" or shape._element.find(f".//{A}xfrm") is None)
        if slide.slide_layout.name == "Film":
            movie = movie_of(slide)
            assert (movie.left, movie.top, movie.width, movie.height) == (0, 0, deck.slide_width, deck.slide_height)


def test_colours_are_the_films_(figures, tmp_path, own_videos):
    for path in own_videos.glob("*.json"):
        change(path, theme="light")
    kit = make_kit(own_videos, figures, tmp_path / "kit", decks=True)
    with zipfile.ZipFile(kit / "my-own.pptx") as archive:
        scheme = archive.read("ppt/theme/theme1.xml").decode()
    assert re.search(r'<a:lt1><a:srgbClr val="(\w+)"', scheme)[1] == LIGHT.background.lstrip("#").upper()


def test_who_and_what_made_it_is_in_its_properties(path):
    about = Presentation(path).core_properties
    assert (about.author, about.subject) == ("A. Teacher", "Networks 1")
    assert about.comments == f"made by reluviz {__version__}"
