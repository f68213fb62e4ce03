"""The page's modules: their types, and the one text they are joined into."""

import re
import subprocess
from pathlib import Path

import pytest

from reluviz.lab import bundle
from reluviz.lab.page import given, page
from reluviz.theme import THEMES
from tests.lab.conftest import HERE
from tests.publish.browser import needed

NPM = HERE.parent / "publish" / "node" / "node_modules"
WEB = Path(str(bundle.WEB))
MODULES = sorted(WEB.rglob("*.js"))


def test_types_hold():
    """Of these modules and of those of the kit's page, in one go."""
    tsc = NPM / "typescript" / "bin" / "tsc"
    node = needed("node" if tsc.is_file() else None, "typescript: npm install --prefix tests/publish/node")
    done = subprocess.run([node, str(tsc), "-p", str(HERE / "tsconfig.json")], capture_output=True, text=True)
    assert done.returncode == 0, done.stdout


def test_the_joined_text_has_every_module_and_needs_nothing_else():
    text = bundle.joined()
    for module in MODULES:
        for name in re.findall(r"^export (?:const|class|function\*?) (\w+)", module.read_text(), re.M):
            assert re.search(rf"\b(?:const|class|function\*?) {name}\b", text), f"{module}: {name}"
    assert not re.search(r"^\s*(import|export)\b", text, re.MULTILINE)
    assert not re.search(r"https?://|@typedef|/\*\*", text)


def test_two_things_of_one_name_are_refused(tmp_path, monkeypatch):
    for room in ("page", "science"):
        (tmp_path / room).mkdir()
    (tmp_path / "page" / "lab.js").write_text('import { a } from "../science/a.js";\nexport const mount = a;\n')
    (tmp_path / "science" / "a.js").write_text("export const a = 1;\nconst same = 2;\n")
    (tmp_path / "page" / "map.js").write_text("const same = 3;\nexport const work = same;\n")
    monkeypatch.setattr(bundle, "WEB", tmp_path)
    with pytest.raises(bundle.BundleError, match="page/map.js: same is the name of something in science/a.js"):
        bundle.joined()


def test_the_page_is_small_and_whole():
    text = page()
    data = text.split('id="given">')[1].split("</script>")[0]
    assert len(text.encode()) - len(data.encode()) <= 150_000
    assert not re.search(r'(src|href)="(?!data:)', text), "nothing is fetched"


def test_it_is_valid_html(tmp_path):
    checker = NPM / ".bin" / "html-validate"
    needed(str(checker) if checker.is_file() else None, "html-validate: npm install --prefix tests/publish/node")
    (tmp_path / "lab.html").write_text(page())
    config = NPM.parent / ".htmlvalidate.json"
    command = [str(checker), "--config", str(config), str(tmp_path / "lab.html")]
    found = subprocess.run(command, capture_output=True, text=True)
    assert found.returncode == 0, found.stdout


def test_science_imports_neither_drawing_nor_page_and_drawing_no_page():
    for module in MODULES:
        rooms = ["science", "drawing", "page"]
        later = rooms[rooms.index(module.parent.name) + 1 :]
        for room in re.findall(r'^import .* from "\.\./(\w+)/', module.read_text(), re.MULTILINE):
            assert room not in later, f"{module.name} imports of {room}"


def test_no_module_is_long():
    for module in MODULES:
        assert len(module.read_text().splitlines()) <= 300, module


def test_colours_are_the_films_own():
    themes = given()["themes"]
    assert themes["dark"]["neurons"] == THEMES["dark"].neurons and themes["light"]["ink"] == THEMES["light"].ink
