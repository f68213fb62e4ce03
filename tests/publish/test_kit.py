"""The folder as a whole: what is in it, what the manifest says, what happens to an earlier one."""

import hashlib
import json
import time
import zipfile
from importlib.resources import files
from pathlib import Path

import jsonschema
import pytest
from click.testing import CliRunner
from PIL import Image

from reluviz import __version__
from reluviz.cli import main
from reluviz.core import load_or_train
from reluviz.publish import PublishError, find_films
from reluviz.publish.film import stills_of
from reluviz.story.contents import ContentsError
from tests.publish.conftest import change, make_kit


def listing(folder):
    return {path.relative_to(folder).as_posix() for path in folder.rglob("*") if path.is_file()}


@pytest.fixture(scope="module")
def small(videos, figures, tmp_path_factory) -> Path:
    """Without anything that is made on demand."""
    return make_kit(videos, figures, tmp_path_factory.mktemp("small") / "lecture")


@pytest.fixture(scope="module")
def manifest(kit):
    return json.loads((kit / "manifest.json").read_text())


def test_what_is_in_the_kit(kit):
    endings = (".mp4", "-silent.mp4", ".vtt", ".srt", ".chapters.vtt", ".jpg", ".txt")
    beats = ("01-first-look", "02-move", "03-end")
    expected = {f"{name}{ending}" for name in ("one-neuron", "my-own") for ending in endings}
    expected |= {f"clips/{n}-{b}{e}" for n in ("one-neuron", "my-own") for b in beats for e in (".mp4", ".jpg")}
    expected |= {"index.html", "lab.html", "manifest.json", "questions.html", "questions.txt"}
    expected |= {"lecture.pptx", "one-neuron.pptx", "my-own.pptx", "one-neuron.zip", "my-own.zip"}
    expected |= {"stills/one-neuron-end.png", "cards/one-neuron.jpg", "cards/my-own.jpg"}
    assert listing(kit) == expected
    assert listing(kit.parent) == {f"lecture/{name}" for name in expected}, "nothing is left beside it"


def test_each_file_says_what_made_it_where_its_format_can(kit):
    """SRT cannot."""
    said = f"made by reluviz {__version__}"
    for path in kit.rglob("*.jpg"):
        assert Image.open(path).info["comment"].decode() == said, path
    for name in ("one-neuron.vtt", "one-neuron.chapters.vtt", "one-neuron.txt", "questions.txt"):
        assert said in (kit / name).read_text().lower(), name
    for name in ("index.html", "lab.html", "questions.html"):
        assert f'<meta name="generator" content="reluviz {__version__}">' in (kit / name).read_text(), name
    with zipfile.ZipFile(kit / "one-neuron.zip") as archive:
        assert archive.comment.decode() == said


def test_without_extras_each_film_is_there_once(small, kit):
    told = json.loads((small / "manifest.json").read_text())
    assert listing(small) == {entry["path"] for entry in told["files"]} | {"manifest.json"}
    large = {name for name in listing(small) if name.endswith((".mp4", ".pptx", ".zip"))}
    assert large == {"one-neuron.mp4", "my-own.mp4"}
    assert not any("clip" in chapter for film in told["films"] for chapter in film["chapters"])
    assert (small / "one-neuron.mp4").read_bytes() == (kit / "one-neuron.mp4").read_bytes()


def test_extras_that_are_not_asked_for_again_go(own_videos, figures, tmp_path):
    output = make_kit(own_videos, figures, tmp_path / "lecture", silent_copies=True, zips=True)
    (output / "my-own.zip").write_bytes(b"mine now")
    make_kit(own_videos, figures, output)
    assert [path.name for path in output.glob("*-silent.mp4")] == [] and not (output / "one-neuron.zip").exists()
    assert (output / "my-own.zip").read_bytes() == b"mine now"


def test_a_zip_has_all_that_the_kit_has_of_its_film(kit):
    with zipfile.ZipFile(kit / "one-neuron.zip") as archive:
        assert archive.testzip() is None
        names = archive.namelist()
        assert archive.read("one-neuron/one-neuron.mp4") == (kit / "one-neuron.mp4").read_bytes()
    files = {n for n in listing(kit) if n.startswith(("one-neuron", "clips/one-neuron", "stills/one-neuron"))}
    posters = {name for name in files if name.startswith("clips/") and name.endswith(".jpg")}
    left_out = {"one-neuron.zip", "one-neuron.chapters.vtt"} | posters
    assert set(names) == {f"one-neuron/{name}" for name in files - left_out}


def test_the_manifest_has_its_documented_form(manifest):
    schema = json.loads((files("reluviz.publish") / "manifest.schema.json").read_text())
    jsonschema.Draft202012Validator.check_schema(schema)
    jsonschema.validate(manifest, schema)
    with pytest.raises(jsonschema.ValidationError):
        jsonschema.validate(manifest | {"form": 2}, schema)


def test_the_documented_example_has_the_form_s_keys(manifest):
    text = (Path(__file__).parents[2] / "docs" / "lecture-kit.md").read_text()
    example = json.loads(text.split("```json")[1].split("```")[0])
    assert example.keys() == manifest.keys()
    assert example["films"][0].keys() == manifest["films"][0].keys()
    assert example["films"][0]["chapters"][0].keys() == manifest["films"][0]["chapters"][0].keys()
    assert example["files"][0].keys() == manifest["files"][0].keys()


def test_the_manifest_lists_every_file_with_its_hash(kit, manifest):
    assert {entry["path"] for entry in manifest["files"]} == listing(kit) - {"manifest.json"}
    for entry in manifest["files"]:
        data = (kit / entry["path"]).read_bytes()
        assert (entry["size"], entry["sha256"]) == (len(data), hashlib.sha256(data).hexdigest())


def test_the_manifest_says_what_was_run(manifest, film, kit):
    own, other = manifest["films"]
    assert (own["name"], other["name"]) == ("one-neuron", "my-own"), "the programme's order, others after it"
    digest = load_or_train("one-neuron").digest()
    assert own["runs"] == [{"name": "run", "experiment": "one-neuron", "digest": digest}]
    assert own["sweeps"] == []
    (question,) = own["questions"]
    assert (question["text"], question["answer"]) == ("Which way?", "To the right.")
    assert question["start"] == pytest.approx(film.questions[0]["start"])
    assert own["version"] == __version__ and own["duration"] == pytest.approx(film.duration)
    assert [chapter["headline"] for chapter in own["chapters"]] == [beat.headline for beat in film.beats]
    assert all((kit / chapter["clip"]).is_file() for chapter in own["chapters"])


def test_made_anew_it_replaces_its_own_files_only(own_videos, figures, tmp_path):
    output = tmp_path / "lecture"
    make_kit(own_videos, figures, output)
    (output / "notes.txt").write_text("mine")
    for path in own_videos.glob("my-own.*"):
        path.unlink()
    swept = {"experiment": "merging-neurons", "digest": "0123abcd"}
    change(own_videos / "one-neuron.json", sweeps={"starts": swept | {"description": {}}})
    make_kit(own_videos, figures, output)
    assert (output / "notes.txt").read_text() == "mine"
    (film,) = json.loads((output / "manifest.json").read_text())["films"]
    assert film["sweeps"] == [{"name": "starts"} | swept]
    assert not [name for name in listing(output) if "my-own" in name]
    assert (output / "one-neuron.mp4").is_file()


def test_what_was_changed_or_linked_since_counts_as_ones_own(own_videos, figures, tmp_path):
    output = tmp_path / "lecture"
    make_kit(own_videos, figures, output, clip_files=True)
    (output / "my-own.txt").write_text("mine now")
    (output / "my-own.vtt").unlink()
    (output / "my-own.vtt").symlink_to("elsewhere")
    (output / "clips" / "notes").mkdir()
    (output / "clips" / "notes" / "empty").mkdir()
    (output / "one-neuron.txt").write_text("replaced")
    for path in own_videos.glob("my-own.*"):
        path.unlink()
    make_kit(own_videos, figures, output)
    assert (output / "my-own.txt").read_text() == "mine now" and (output / "my-own.vtt").is_symlink()
    assert (output / "clips" / "notes" / "empty").is_dir()
    assert (output / "one-neuron.txt").read_text() != "replaced"
    assert sorted(path.name for path in output.glob("my-own*")) == ["my-own.txt", "my-own.vtt"]


def test_the_same_films_make_the_same_kit(own_videos, figures, kit, tmp_path):
    """Byte for byte, decks and manifest included, at another time of day."""
    everything = {"silent_copies": True, "clip_files": True, "decks": True, "zips": True}
    make_kit(own_videos, figures, tmp_path / "again", **everything)
    for path in sorted(listing(kit)):
        assert (tmp_path / "again" / path).read_bytes() == (kit / path).read_bytes(), path


def test_made_of_the_same_it_stays_as_it_is(own_videos, figures, tmp_path):
    """And made of anything else, or spoiled, it is made anew."""
    output = make_kit(own_videos, figures, tmp_path / "lecture")

    def made():
        before = (output / "my-own.mp4").stat().st_ino
        make_kit(own_videos, figures, output)
        return (output / "my-own.mp4").stat().st_ino != before

    started = time.time_ns()
    assert not made() and (output / "manifest.json").stat().st_mtime_ns >= started - 10**9, "newer than the films"
    (output / "notes.txt").write_text("mine")
    assert not made()
    (output / "one-neuron.vtt").write_text("spoiled")
    assert made() and not made()
    change(own_videos / "my-own.json", title="Another title")
    assert made() and not made()
    (own_videos / "one-neuron.srt").write_text((own_videos / "one-neuron.srt").read_text() + "\n")
    assert made() and not made()
    make_kit(own_videos, figures, output, zips=True)
    assert made(), "asked for less"


MANIFESTS = [
    "", "{", "[]", "{}", "null", '"' + "x" * 100, "[" * 100_000, "1" * 10_000, '{"form": 1}',
    '{"form": 4, "files": []}',
    json.dumps({"form": 2, "made_by": "reluviz 0.1.0", "films": [], "files": [{"path": "notes.txt"}]}),
    json.dumps({"form": 2, "made_by": "another 1", "files": [{"path": "notes.txt", "size": 1, "sha256": "0" * 64}]}),
    json.dumps({"form": 2, "made_by": "reluviz 1", "files": [{"path": "../notes.txt", "size": 1, "sha256": "0" * 64}]}),
    json.dumps({"form": 2, "made_by": "reluviz 1", "files": [{"path": "notes\0", "size": 1, "sha256": "0" * 64}]}),
    json.dumps({"form": 2, "made_by": "reluviz 1", "files": [{"path": 3, "size": float("nan"), "sha256": None}]}),
]  # fmt: skip


@pytest.mark.parametrize("text", MANIFESTS, ids=[text[:60] for text in MANIFESTS])
def test_no_foreign_manifest_says_what_may_go(text, own_videos, tmp_path):
    output = tmp_path / "lecture"
    output.mkdir()
    (output / "notes.txt").write_text("mine")
    (output / "manifest.json").write_text(text)
    result = CliRunner().invoke(main, ["publish", "--videos", str(own_videos), "--output", str(output)])
    assert result.exit_code == 2 and result.stderr.count("\n") == 1 and "manifest.json" in result.stderr
    assert result.stdout == "", "before the work"
    assert listing(tmp_path / "lecture") == {"notes.txt", "manifest.json"}


def test_a_manifest_that_is_a_folder_or_a_kit_that_is_something_else(own_videos, tmp_path):
    (tmp_path / "lecture" / "manifest.json").mkdir(parents=True)
    (tmp_path / "other").mkdir()
    (tmp_path / "other" / "thesis.tex").write_text("mine")
    (tmp_path / "file").write_text("mine")
    for name, says in (("lecture", "cannot be read (Is a directory)"), ("other", "nor a"), ("file", "a file")):
        result = CliRunner().invoke(main, ["publish", "--videos", str(own_videos), "--output", str(tmp_path / name)])
        assert result.exit_code == 2 and says in result.stderr and result.stderr.count("\n") == 1
    assert listing(tmp_path / "other") == {"thesis.tex"}


def test_stills_are_those_of_the_run_alone(tmp_path):
    for name in ("two-end.png", "two-neurons-end.png", "two-neurons-start.png", "two-neurons-x-end.png"):
        (tmp_path / name).write_bytes(b"")
    (tmp_path / "two-neurons-fit.png").mkdir()
    found = [path.name for path in stills_of("two-neurons", tmp_path)]
    assert found == ["two-neurons-end.png", "two-neurons-start.png"]


def test_a_failure_leaves_the_earlier_kit_alone(own_videos, figures, tmp_path):
    output = tmp_path / "lecture"
    make_kit(own_videos, figures, output)
    before = {path: path.stat().st_mtime_ns for path in output.rglob("*")}
    (own_videos / "my-own.srt").write_text("half a file")
    with pytest.raises(PublishError):
        make_kit(own_videos, figures, output)
    assert {path: path.stat().st_mtime_ns for path in output.rglob("*")} == before
    assert [path.name for path in tmp_path.iterdir() if path.name.startswith(".")] == []


def test_films_that_are_not_whole(own_videos):
    contents = own_videos / "my-own.json"
    contents.write_text("{")
    with pytest.raises(ContentsError, match=r"my-own\.json: not the contents of a film"):
        find_films([own_videos])
    contents.unlink()
    (own_videos / "one-neuron.mp4").unlink()
    with pytest.raises(ContentsError, match=r"one-neuron\.mp4: no such film"):
        find_films([own_videos])
