"""Rules of the house that no single module can hold by itself."""

import ast
import re
import subprocess
import sys
import tomllib
from collections import Counter
from graphlib import CycleError, TopologicalSorter
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


def test_a_film_starts_without_what_it_may_not_need() -> None:
    """Each of these takes a quarter of a second or more: loaded where it is used, not where a film begins."""
    slow = {"numba", "scipy.signal", "scipy.stats", "scipy.cluster", "pyloudnorm", "hibari", "pptx"}
    script = f"import sys, reluviz.stage.scene, reluviz.analysis; print(sorted({slow} & set(sys.modules)))"
    fresh = subprocess.run([sys.executable, "-c", script], capture_output=True, text=True, cwd=ROOT)
    assert fresh.stdout.strip() == "[]", fresh.stdout + fresh.stderr


def imports_of(tree: ast.AST, names: set[str]) -> set[str]:
    """The modules among `names` that a tree imports; of `from package import module` the module."""
    found = set()
    for node in ast.walk(tree):
        if isinstance(node, ast.Import):
            found |= {alias.name for alias in node.names}
        elif isinstance(node, ast.ImportFrom):
            assert node.level == 0, "absolute imports"
            parts = (f"{node.module}.{alias.name}" for alias in node.names)
            found |= {part if part in names else node.module or "" for part in parts}
    return found & names


class _WithoutTypes(ast.NodeTransformer):
    """Leaves out what is imported for type checkers only."""

    def visit_If(self, node: ast.If) -> ast.AST | None:
        typing_only = isinstance(node.test, ast.Name) and node.test.id == "TYPE_CHECKING"
        return None if typing_only else self.generic_visit(node)


def dotted(path: Path) -> str:
    return name_of(path).removesuffix(".py").removesuffix("/__init__").replace("/", ".")


def trees() -> dict[str, ast.AST]:
    """Every module of reluviz by its name."""
    return {dotted(path): ast.parse(path.read_text(encoding="utf-8")) for path in MODULES}


def test_rooms_import_only_those_before_them() -> None:
    """In the order of the house, imports for type checkers and inside functions included."""
    modules = trees()
    rooms = {name: name.split(".")[1] for name in modules if "." in name}
    place = {name: ORDER.index(room) for name, room in rooms.items() if room in ORDER}
    arrows = [(name, other) for name in place for other in imports_of(modules[name], set(place))]
    assert [f"{name} imports {other}" for name, other in arrows if place[other] > place[name]] == []


def test_no_module_imports_itself_by_a_detour() -> None:
    """No circle among all modules, cli, lab and publish too; what type checkers alone import makes none."""
    modules = trees()
    graph = {
        name: imports_of(_WithoutTypes().visit(tree), set(modules))
        for name, tree in modules.items()
    }
    try:
        TopologicalSorter(graph).prepare()
    except CycleError as circle:
        pytest.fail(" > ".join(circle.args[1]))


def test_no_room_is_crowded() -> None:
    folders = Counter(path.parent for path in MODULES if path.name != "__init__.py")
    assert {name_of(folder): count for folder, count in folders.items() if count > 14} == {}


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

    The module that speaks to a cluster, and the widget, may import what their extra installs, and nothing else may.
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

    extras = {"cluster": "cluster.py", "jupyter": "widget.py"}
    apart = {extra: [path for path in MODULES if path.name == name] for extra, name in extras.items()}
    everywhere = [path for path in MODULES + SCENES if path not in sum(apart.values(), [])]
    needed, tested = imported(everywhere), imported(sorted((ROOT / "tests").rglob("*.py")))
    for extra, modules in apart.items():
        lines = project["optional-dependencies"][extra]
        installed = {re.split(r"[\[<>=! ;]", line)[0] for line in lines}
        assert len(modules) == 1 and installed <= imported(modules) <= declared | installed
    assert needed <= declared, f"undeclared: {needed - declared}"
    assert declared <= needed | tested, f"declared, not imported: {declared - needed - tested}"


def test_private_names_of_manim_are_reached_in_one_place() -> None:
    """And so are the insides of its renderer: what is drawn knows only Manim's public names."""
    inside = {"file_writer", "skip_animations", "output_spec", "video_encoder_options"}
    for path in [*sorted((ROOT / "reluviz" / "stage").rglob("*.py")), *SCENES]:
        if path.name == "manim_adapter.py":
            continue
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if isinstance(node, ast.Attribute):
                own = isinstance(node.value, ast.Name) and node.value.id in ("self", "cls", "other")
                private = node.attr.startswith("_") and not node.attr.startswith("__") and not own
                assert not private and node.attr not in inside, f"{name_of(path)}:{node.lineno} reaches {node.attr}"


_TIMED = {"at", "wait", "replay"}


@pytest.mark.parametrize("path", SCENES, ids=name_of)
def test_a_scene_that_waits_for_marks_holds_no_seconds(path: Path) -> None:
    calls = [node for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))) if isinstance(node, ast.Call)]
    timed = [call for call in calls if isinstance(call.func, ast.Attribute) and call.func.attr in _TIMED]
    of = [[one.value for one in call.keywords if one.arg != "span"] for call in timed]  # a span is of iterations
    arguments = [(call, [*call.args, *keywords]) for call, keywords in zip(timed, of, strict=True)]
    if not any(call.func.attr == "at" and _constants(given, str) for call, given in arguments):
        return
    for call, given in arguments:
        assert not _constants(given, (int, float)), f"{name_of(path)}:{call.lineno} holds a number"


def _constants(given: list[ast.expr], kind: type | tuple[type, ...]) -> list[ast.Constant]:
    nodes = [node for argument in given for node in ast.walk(argument)]
    return [node for node in nodes if isinstance(node, ast.Constant) and isinstance(node.value, kind)]
