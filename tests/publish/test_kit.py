"""The folder as a whole: what is in it, what the manifest says, what happens to an earlier one."""

import hashlib
import json
from importlib.resources import files
from pathlib import Path

import jsonschema
import pytest
from click.testing import CliRunner

from reluviz import __version__
from reluviz.cli import main
from reluviz.core import load_or_train
from reluviz.publish import PublishError, find_films, publish
from reluviz.story.contents import ContentsError


def listing(folder):
    return {path.relative_to(folder).as_posix() for path in folder.rglob("*") if path.is_file()}


@pytest.fixture(scope="module")
def manifest(kit):
    return json.loads((kit / "manifest.json").read_text())


def test_what_is_in_the_kit(kit):
    endings = (".mp4", "-silent.mp4", ".vtt", ".srt", ".chapters.vtt", ".jpg", ".txt")
    beats = ("01-first-look", "02-move", "03-end")
    expected = {f"{name}{ending}" for name in ("one-neuron", "my-own") for ending in endings}
    expected |= {f"clips/{n}-{b}{e}" for n in ("one-neuron", "my-own") for b in beats for e in (".mp4", ".jpg")}
    expected |= {"index.html", "lecture.pptx", "lecture-clips.pptx", "manifest.json", "stills/one-neuron-end.png"}
    assert listing(kit) == expected
    assert listing(kit.parent) == {f"lecture/{name}" for name in expected}, "nothing is left beside it"


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
    assert own["version"] == __version__ and own["duration"] == pytest.approx(film.duration)
    assert [chapter["headline"] for chapter in own["chapters"]] == [beat.headline for beat in film.beats]
    assert all((kit / chapter["clip"]).is_file() for chapter in own["chapters"])


def test_made_anew_it_replaces_its_own_files_only(own_videos, figures, tmp_path):
    output = tmp_path / "lecture"
    publish(own_videos, figures, output)
    (output / "notes.txt").write_text("mine")
    for path in own_videos.glob("my-own.*"):
        path.unlink()
    publish(own_videos, figures, output)
    assert (output / "notes.txt").read_text() == "mine"
    assert not [name for name in listing(output) if "my-own" in name]
    assert (output / "one-neuron.mp4").is_file()


def test_a_failure_leaves_the_earlier_kit_alone(own_videos, figures, tmp_path):
    output = tmp_path / "lecture"
    publish(own_videos, figures, output)
    before = {path: path.stat().st_mtime_ns for path in output.rglob("*")}
    (own_videos / "my-own.srt").write_text("half a file")
    with pytest.raises(PublishError):
        publish(own_videos, figures, output)
    assert {path: path.stat().st_mtime_ns for path in output.rglob("*")} == before
    assert [path.name for path in tmp_path.iterdir() if path.name.startswith(".")] == []


def test_films_that_are_not_whole(own_videos):
    contents = own_videos / "my-own.json"
    contents.write_text("{")
    with pytest.raises(ContentsError, match=r"my-own\.json: not the contents of a film"):
        find_films(own_videos)
    contents.unlink()
    (own_videos / "one-neuron.mp4").unlink()
    with pytest.raises(ContentsError, match=r"one-neuron\.mp4: no such film"):
        find_films(own_videos)


def test_the_command(own_videos, tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    nothing = CliRunner().invoke(main, ["publish"])
    assert (nothing.exit_code, nothing.stdout) == (2, "")
    assert nothing.stderr == "reluviz: media/videos: no films here; `make` renders them\n"
    done = CliRunner().invoke(main, ["publish", "--videos", str(own_videos), "--output", "kit"])
    assert done.exit_code == 0
    assert done.stdout.splitlines() == [
        "kit/one-neuron.mp4: A kink & its film, 3 chapters",
        "kit/my-own.mp4: A kink & its film, 3 chapters",
        "kit/index.html",
    ]


def test_a_spoiled_film_is_one_line(own_videos, tmp_path):
    (own_videos / "my-own.mp4").write_bytes(b"half a film")
    result = CliRunner().invoke(main, ["publish", "--videos", str(own_videos), "--output", str(tmp_path / "kit")])
    assert result.exit_code == 2 and result.stderr.startswith("reluviz: ") and result.stderr.count("\n") == 1
    assert "my-own.mp4" in result.stderr
