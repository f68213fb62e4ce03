"""The decks, by python-pptx and by the rules of the package itself (ECMA-376, part 2: Open Packaging Conventions)."""

import hashlib
import posixpath
import zipfile

import pytest
from lxml import etree
from pptx import Presentation

RELATIONSHIPS = "{http://schemas.openxmlformats.org/package/2006/relationships}Relationship"
TYPES = "{http://schemas.openxmlformats.org/package/2006/content-types}"
R = "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}"
P = "{http://schemas.openxmlformats.org/presentationml/2006/main}"
A = "{http://schemas.openxmlformats.org/drawingml/2006/main}"
NOTES = "Now it moves to the right for quite a while. Then it stops, and that is all there is to see."


@pytest.fixture(scope="module")
def package(kit):
    with zipfile.ZipFile(kit / "lecture.pptx") as archive:
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
        assert used <= known and len(used) == (0 if slide == slides(package)[0] else 3)
        ids = [e.get("id") for e in tree.iter(f"{P}cNvPr")]
        assert len(set(ids)) == len(ids)
        timed = {e.get("spid") for e in tree.iter(f"{P}spTgt")}
        assert timed <= set(ids)


def test_a_video_slide_has_its_video_twice_named_as_the_standard_wants(package):
    """a:videoFile for the standard, p14:media for PowerPoint since 2010; both lead to the same embedded part."""
    assert len(slides(package)) > 2
    for slide in slides(package)[1:]:
        links = {r.get("Type").rsplit("/", 1)[-1]: target(slide, r) for r in relationships(package, slide)}
        assert links["video"] == links["media"] and links["video"].startswith("ppt/media/")
        tree = etree.fromstring(package[slide])
        assert len(list(tree.iter(f"{A}videoFile"))) == 1 and len(list(tree.iter(f"{P}video"))) == 1


def test_the_very_films_are_in_it(package, kit):
    inside = {hashlib.sha256(data).digest() for name, data in package.items() if name.endswith(".mp4")}
    paths = [kit / "one-neuron.mp4", kit / "my-own.mp4"]
    assert inside == {hashlib.sha256(path.read_bytes()).digest() for path in paths}


def test_a_slide_a_film(kit):
    deck = Presentation(kit / "lecture.pptx")
    assert deck.slide_width / deck.slide_height == pytest.approx(16 / 9, abs=1e-3)
    assert [slide.shapes.title.text for slide in deck.slides] == ["Kinks & films"] + ["A kink & its film"] * 2
    slide = deck.slides[1]
    movie = next(shape for shape in slide.shapes if shape.shape_type == 16)
    assert movie.width / movie.height == pytest.approx(16 / 9, abs=1e-3)
    assert movie.top >= slide.shapes.title.top + slide.shapes.title.height
    assert movie.left >= 0 and movie.top + movie.height <= deck.slide_height
    notes = slide.notes_slide.notes_text_frame.text
    assert NOTES in notes and "[0:00] Slope < 2: it grows" in notes
