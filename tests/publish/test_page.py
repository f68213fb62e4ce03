"""The page as text: valid, self-contained, in the films' colours."""

import json
import re
import shutil
import subprocess
from html.parser import HTMLParser
from pathlib import Path

import pytest

from reluviz import __version__
from reluviz.publish.page import WEB
from tests.publish.browser import needed
from tests.publish.conftest import make_kit

NODE = Path(__file__).parent / "node"


@pytest.fixture(scope="module")
def page(kit):
    return (kit / "index.html").read_text()


@pytest.mark.parametrize("name", ["index.html", "questions.html"])
def test_it_is_valid_html(kit, name):
    """By html-validate's recommended rules, which include the standard's and many of WCAG's."""
    checker = NODE / "node_modules" / ".bin" / "html-validate"
    installed = str(checker) if checker.is_file() and shutil.which("node") else None
    needed(installed, "html-validate: npm install --prefix tests/publish/node")
    command = [str(checker), "--config", str(NODE / ".htmlvalidate.json"), str(kit / name)]
    found = subprocess.run(command, capture_output=True, text=True)
    assert found.returncode == 0, found.stdout


def test_every_module_is_in_it_and_none_is_long(page):
    for module in Path(str(WEB)).glob("*.js"):
        text = module.read_text()
        assert len(text.splitlines()) <= 150, module
        for name in re.findall(r"^export (?:const|class|function) (\w+)", text, re.M):
            assert re.search(rf"\b(?:const|class|function) {name}\b", page), f"{module}: {name}"


def test_it_is_small(page):
    """Without what it knows of the films: fonts, style and modules."""
    data = page.split('id="films">')[1].split("</script>")[0]
    assert len(page.encode()) - len(data.encode()) <= 110_000


def test_it_asks_nothing_of_a_network(page):
    """No address but the namespace of the icon; all that it names lies beside it."""
    assert set(re.findall(r"https?://[^\s\"'<]+", page)) == {"http://www.w3.org/2000/svg"}
    assert "@import" not in page and set(re.findall(r"url\((.{20})", page)) == {'"data:font/woff2;bas'}


def test_every_file_it_names_is_there(page, kit):
    names = []

    class Links(HTMLParser):
        def handle_starttag(self, tag, attributes):
            links = (value for key, value in attributes if key in ("src", "href", "poster"))
            names.extend(link for link in links if not link.startswith(("data:", "#")))

    Links().feed(page)
    films = json.loads(re.search(r'id="films">(.*?)</script>', page, re.S)[1])
    names += [chapter["range"].split("#")[0] for film in films for chapter in film["chapters"]]
    names += [file["path"] for film in films for file in film["files"]]
    assert len(names) > 15 and all((kit / name).is_file() for name in names)
    assert films[0]["chapters"][0]["range"].startswith("one-neuron.mp4#t=0.00,")
    still = {"path": "stills/one-neuron-end.png", "label": "Still: one neuron end", "size": 4}
    assert films[0]["files"][-1] == still and films[0]["files"][0]["label"] == "Film"


def test_who_gives_it_is_told(page):
    assert "<title>Kinks &amp; films</title>" in page and '<h1 id="kit-title">Kinks &amp; films</h1>' in page
    assert "Networks 1 · A. Teacher" in page and f'content="reluviz {__version__}"' in page


def test_a_small_kit_s_page_names_nothing_that_is_not_there(videos, tmp_path):
    page = (make_kit(videos, tmp_path, tmp_path / "kit") / "index.html").read_text()
    assert not any(name in page for name in ("-silent", "clips/", ".pptx", ".zip", "stills/"))


def test_text_from_scripts_is_escaped(page):
    assert '<h2 id="film-title" tabindex="-1">A kink &amp; its film</h2>' in page
    assert "Slope < 2" not in page


def test_all_snippets_are_there(page):
    names = re.findall(r"<summary>(.*?)</summary>", page)
    assert names == ["HTML", "iframe", "reveal.js", "Quarto", "Jupyter", "LaTeX Beamer", "PowerPoint", "YouTube"]
