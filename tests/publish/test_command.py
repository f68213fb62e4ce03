"""`reluviz publish`: which films make which kit, and a line for each mistake."""

import json

from click.testing import CliRunner
from pptx import Presentation

from reluviz.cli import main


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


def test_films_that_are_named(own_videos, tmp_path, monkeypatch):
    """By name, also where explain leaves them, or by path; they make a kit of their own, in a folder of its own."""
    monkeypatch.chdir(tmp_path)
    explained = tmp_path / "media" / "explained"
    explained.mkdir(parents=True)
    for path in own_videos.glob("my-own.*"):
        path.rename(explained / path.name)
    command = ["publish", "my-own", "--videos", str(own_videos), "--output", "kit", "--author", "A. Teacher"]
    assert CliRunner().invoke(main, command).exit_code == 0
    told = json.loads((tmp_path / "kit" / "manifest.json").read_text())
    assert told["title"] == "A kink & its film", "not that of the series"
    command += ["--title", "My kit", "--decks"]
    assert CliRunner().invoke(main, command).exit_code == 0
    told = json.loads((tmp_path / "kit" / "manifest.json").read_text())
    assert [film["name"] for film in told["films"]] == ["my-own"]
    assert (told["title"], told["author"]) == ("My kit", "A. Teacher")
    assert "Understanding Neural" not in (tmp_path / "kit" / "index.html").read_text()
    assert not (tmp_path / "kit" / "lecture.pptx").exists(), "its own deck is that of all"
    slides = Presentation(tmp_path / "kit" / "my-own.pptx").slides
    assert slides[0].shapes.title.text == "My kit" and "My kit" in (tmp_path / "kit" / "questions.txt").read_text()
    assert "About example 2." in (tmp_path / "kit" / "my-own.txt").read_text()
    by_path = ["publish", str(own_videos / "one-neuron.mp4"), "media/explained/my-own.mp4", "--output", "kit"]
    assert CliRunner().invoke(main, by_path).exit_code == 0
    told = json.loads((tmp_path / "kit" / "manifest.json").read_text())
    assert [film["name"] for film in told["films"]] == ["one-neuron", "my-own"] and told["author"] == ""
    mistakes = (
        (["my-own"], "--output is missing"),
        (["--title", "two\nlines"], "--title: expected a line"),
        (["nobody", "--output", "kit"], "no such film in media/videos or media/explained"),
        (["my-own", "my-own", "--output", "kit"], "two films of this name"),
        (["nobody.mp4", "--output", "kit"], "nobody.json"),
    )
    for arguments, says in mistakes:
        result = CliRunner().invoke(main, ["publish", *arguments])
        assert result.exit_code == 2 and says in result.stderr and result.stderr.count("\n") == 1


def test_a_spoiled_film_is_one_line(own_videos, tmp_path):
    (own_videos / "my-own.mp4").write_bytes(b"half a film")
    result = CliRunner().invoke(main, ["publish", "--videos", str(own_videos), "--output", str(tmp_path / "kit")])
    assert result.exit_code == 2 and result.stderr.startswith("reluviz: ") and result.stderr.count("\n") == 1
    assert "my-own.mp4" in result.stderr
