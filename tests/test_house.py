"""Rules of the house that no single module can hold by itself."""

import ast
import re
import subprocess
import sys
import tomllib
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[1]
MODULES = sorted((ROOT / "reluviz").rglob("*.py"))
SCENES = sorted((ROOT / "scenes").glob("*.py"))
ORDER = ["core", "analysis", "sweep", "voice", "story", "stage", "lab", "publish", "cli"]


def name_of(path: Path) -> str:
    return str(path.relative_to(ROOT))


def tracked_files() -> list[Path]:
    listed = subprocess.run(["git", "ls-files", "-z"], cwd=ROOT, capture_output=True, text=True)
    if listed.returncode != 0:
        pytest.skip("not a git checkout")
    return [ROOT / name for name in listed.stdout.split("\0") if name and (ROOT / name).is_file()]


@pytest.mark.parametrize("package", ["core", "analysis", "sweep", "voice", "story"])
def test_science_and_words_need_no_manim(package: str) -> None:
    """Every module of the package, imported in a fresh interpreter, leaves Manim alone."""
    modules = [
        name_of(path).removesuffix(".py").removesuffix("/__init__").replace("/", ".")
        for path in MODULES
        if path.is_relative_to(ROOT / "reluviz" / package)
    ]
    assert modules
    script = (
        f"import importlib, sys\nfor name in {modules}: importlib.import_module(name)\n"
        "print([m for m in sys.modules if m.split('.')[0] in ('manim', 'manimpango', 'cairo')])"
    )
    fresh = subprocess.run([sys.executable, "-c", script], capture_output=True, text=True, cwd=ROOT)
    assert fresh.returncode == 0, fresh.stderr
    assert fresh.stdout.strip() == "[]"


@pytest.mark.parametrize("path", [p for p in MODULES if p.relative_to(ROOT).parts[1] in ORDER], ids=name_of)
def test_packages_import_only_those_before_them(path: Path) -> None:
    package = path.relative_to(ROOT).parts[1]
    later = {f"reluviz.{name}" for name in ORDER[ORDER.index(package) + 1 :]}
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        names = []
        if isinstance(node, ast.Import):
            names = [alias.name for alias in node.names]
        elif isinstance(node, ast.ImportFrom):
            assert node.level == 0, "absolute imports"
            names = [node.module or "", *(f"{node.module}.{alias.name}" for alias in node.names)]
        for name in names:
            assert ".".join(name.split(".")[:2]) not in later, f"{name} comes after {package}"


@pytest.mark.parametrize("path", MODULES + SCENES, ids=name_of)
def test_no_module_is_long(path: Path) -> None:
    assert len(path.read_text(encoding="utf-8").splitlines()) <= 260


@pytest.mark.parametrize("path", [p for p in MODULES + SCENES if p.stat().st_size], ids=name_of)
def test_every_module_says_what_it_is(path: Path) -> None:
    assert ast.get_docstring(ast.parse(path.read_text(encoding="utf-8")))


def test_no_path_of_one_machine() -> None:
    """Nothing committed names a folder of the machine it was written on."""
    forbidden = re.compile(rb"(?<![\w.])/(?:work|home|root|Users|opt)/[\w.-]+|/tmp/[\w.-]+")
    found = {
        name_of(path): match.group().decode()
        for path in tracked_files()
        if path.suffix not in {".otf", ".woff2", ".webp", ".png", ".npz", ".wav"} and path != Path(__file__)
        if (match := forbidden.search(path.read_bytes()))
    }
    assert found == {}


def test_no_latex() -> None:
    """None of Manim's classes that call latex, and no always_redraw, in anything that draws."""
    names = {"MathTex", "Tex", "SingleStringMathTex", "Title", "BulletedList", "Matrix", "DecimalMatrix", "Variable"}
    names |= {"always_redraw", "TexTemplate"}
    for path in MODULES + SCENES:
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            used = node.id if isinstance(node, ast.Name) else node.attr if isinstance(node, ast.Attribute) else None
            assert used not in names, f"{name_of(path)}:{getattr(node, 'lineno', 0)} uses {used}"


def test_what_is_imported_is_declared() -> None:
    """What reluviz imports is a dependency in pyproject.toml; every dependency is imported, if only by a test.

    The module that speaks to a cluster may import what the extra of that name installs, and nothing else may.
    """
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    declared = {re.split(r"[\[<>=! ;]", line)[0] for line in project["dependencies"]}
    packages = {"hibari": "hibari-tts", "pptx": "python-pptx", "PIL": "pillow", "yaml": "pyyaml"}

    def imported(paths: list[Path]) -> set[str]:
        names = set()
        for path in paths:
            for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
                if isinstance(node, ast.Import):
                    names |= {alias.name.split(".")[0] for alias in node.names}
                elif isinstance(node, ast.ImportFrom) and node.module:
                    names.add(node.module.split(".")[0])
        return {packages.get(name, name) for name in names - set(sys.stdlib_module_names) - {"reluviz"}}

    (cluster,) = (path for path in MODULES if path.name == "cluster.py")
    everywhere = [path for path in MODULES + SCENES if path != cluster]
    needed, tested = imported(everywhere), imported(sorted((ROOT / "tests").rglob("*.py")))
    extra = {re.split(r"[\[<>=! ;]", line)[0] for line in project["optional-dependencies"]["cluster"]}
    assert extra <= imported([cluster]) <= declared | extra
    assert needed <= declared, f"undeclared: {needed - declared}"
    assert declared <= needed | tested, f"declared, not imported: {declared - needed - tested}"
