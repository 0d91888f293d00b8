"""The layers of the package hold: every import, wherever it stands in a file, points downwards.

    6  doors          __init__  __main__  cli/  pytest_plugin  notebook  gdb/
    5  saying         views/  checks/
    4  trace/
    3  machine/
    2  assembly/
    1  instructions/
    0  words          the other files at the top

- A file imports from the layers below its own and from its own folder, there without cycles.
- An import inside a function counts. The one exception, by name: a noun shows itself (`_repr_html_`), and a run
  reports its fault (`Run.result`), by a view that is imported when it is called.
- An import for types only (under TYPE_CHECKING) may close a cycle within its folder, but points no further up.
- Each engine has one door.
"""

from __future__ import annotations

import ast
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple

import pytest

ROOT = Path(__file__).parents[1]
PACKAGE = ROOT / "allocator"
FILES = sorted(PACKAGE.rglob("*.py"))

FOLDER_LAYERS = {
    "instructions": 1,
    "assembly": 2,
    "machine": 3,
    "trace": 4,
    "views": 5,
    "checks": 5,
    "cli": 6,
    "exercises": 6,
    "gdb": 6,
}
DOORS = 6
DOOR_FILES = (
    "__init__", "__main__", "pytest_plugin", "play",
    "notebook", "notebook_magics", "notebook_rerun", "notebook_pages", "notebook_player",
)  # fmt: skip

ENGINE_DOORS = {
    "keystone": ("assembly/encoder.py",),
    "unicorn": ("machine/cpu.py",),
    "capstone": ("instructions/disassembly.py",),
    "duckdb": ("trace/parquet.py",),
    "pytest": ("pytest_plugin.py",),
    "_pytest": (),
    "hypothesis": ("checks/state_machine.py",),
    "matplotlib": ("views/plots.py",),
    "textual": ("play.py",),
    "nbconvert": ("notebook_pages.py",),
}
SAYS_ITSELF = ("_repr_html_", "Run.result")

LONGEST_FILE = 420


class Import(NamedTuple):
    """One import: by which file, of which module, in which function, and whether only for types."""

    file: str
    module: str
    inside: str
    is_for_types: bool
    line: int

    def __str__(self) -> str:
        return f"{self.file}:{self.line} imports {self.module}{f' in {self.inside}' if self.inside else ''}"


def imports_of(file: str, source: str) -> list[Import]:
    """Return every import that `source` makes, in whatever block it stands."""
    finder = ImportFinder(file)
    finder.visit(ast.parse(source))
    return finder.found


class ImportFinder(ast.NodeVisitor):
    """Collects imports with the function and class that they stand in."""

    def __init__(self, file: str) -> None:
        self.file = file
        self.found: list[Import] = []
        self._names: list[str] = []
        self._is_for_types = False

    def visit_Import(self, node: ast.Import) -> None:
        for alias in node.names:
            self._add(alias.name, node.lineno)

    def visit_ImportFrom(self, node: ast.ImportFrom) -> None:
        base = absolute(self.file, node)
        for alias in node.names:
            name = f"{base}.{alias.name}"
            self._add(name if is_module(name) else base, node.lineno)

    def visit_If(self, node: ast.If) -> None:
        before = self._is_for_types
        self._is_for_types = before or "TYPE_CHECKING" in ast.unparse(node.test)
        for child in node.body:
            self.visit(child)
        self._is_for_types = before
        for child in node.orelse:
            self.visit(child)

    def visit_FunctionDef(self, node: ast.FunctionDef) -> None:
        self._inside(node, node.name)

    def visit_ClassDef(self, node: ast.ClassDef) -> None:
        self._inside(node, node.name)

    def _inside(self, node: ast.AST, name: str) -> None:
        self._names.append(name)
        self.generic_visit(node)
        self._names.pop()

    def _add(self, module: str, line: int) -> None:
        self.found.append(Import(self.file, module, ".".join(self._names), self._is_for_types, line))


def absolute(file: str, node: ast.ImportFrom) -> str:
    """Return the module that a from-import names, also when it is relative."""
    if not node.level:
        return node.module or ""
    folders = ["allocator", *Path(file).parts[:-1]]
    return ".".join([*folders[: len(folders) - node.level + 1], *([node.module] if node.module else [])])


def is_module(name: str) -> bool:
    path = ROOT / Path(*name.split("."))
    return path.is_dir() or path.with_suffix(".py").is_file()


def name_of(path: Path) -> str:
    return path.relative_to(PACKAGE).as_posix()


def module_of(file: str) -> str:
    parts = ["allocator", *Path(file).with_suffix("").parts]
    return ".".join(parts[:-1] if parts[-1] == "__init__" else parts)


def layer_of(module: str) -> int:
    """Return the layer of a module of ours, given in full."""
    parts = module.split(".")[1:]
    if not parts or parts[0] in DOOR_FILES:
        return DOORS
    return FOLDER_LAYERS[parts[0]] if (PACKAGE / parts[0]).is_dir() else 0


def folder_of(module: str) -> str:
    return module.split(".")[1] if (PACKAGE / module.split(".")[1]).is_dir() else ""


def may_import(found: Import) -> bool:
    """Tell whether an import of a module of ours keeps to the layers."""
    importer = module_of(found.file)
    if found.inside.split(".")[-1] == "_repr_html_" or found.inside in SAYS_ITSELF:
        return layer_of(found.module) <= FOLDER_LAYERS["views"]
    if layer_of(importer) == DOORS:
        return True
    is_below = layer_of(found.module) < layer_of(importer)
    return is_below or (layer_of(found.module) == layer_of(importer) and folder_of(found.module) == folder_of(importer))


ALL_IMPORTS = [found for path in FILES for found in imports_of(name_of(path), path.read_text(encoding="utf-8"))]
OUR_IMPORTS = [found for found in ALL_IMPORTS if found.module.split(".")[0] == "allocator"]


def test_every_import_points_downwards() -> None:
    assert [] == [str(found) for found in OUR_IMPORTS if not may_import(found)]


def test_every_file_belongs_to_a_layer() -> None:
    assert set(range(7)) == {layer_of(module_of(name_of(path))) for path in FILES}


def test_only_a_noun_that_says_itself_imports_its_view() -> None:
    upwards = {
        found.inside.split(".")[-1]
        for found in OUR_IMPORTS
        if layer_of(found.module) > layer_of(module_of(found.file)) and not found.is_for_types
    }

    assert {"_repr_html_", "result"} >= upwards


def test_no_imports_go_round_in_a_circle() -> None:
    graph: dict[str, set[str]] = {}
    for found in OUR_IMPORTS:
        says_itself = found.inside.split(".")[-1] == "_repr_html_" or found.inside in SAYS_ITSELF
        if not found.is_for_types and not says_itself:
            graph.setdefault(module_of(found.file), set()).add(found.module)

    assert [] == circle_in(graph)


def circle_in(graph: dict[str, set[str]]) -> list[str]:
    """Return the modules of one circle, or nothing."""
    finished: set[str] = set()

    def follow(module: str, path: list[str]) -> list[str]:
        if module in path:
            return [*path[path.index(module) :], module]
        if module in finished:
            return []
        for target in sorted(graph.get(module, ())):
            circle = follow(target, [*path, module])
            if circle:
                return circle
        finished.add(module)
        return []

    return next((circle for module in sorted(graph) if (circle := follow(module, []))), [])


@pytest.mark.parametrize("engine", ENGINE_DOORS)
def test_each_engine_has_one_door(engine: str) -> None:
    importers = {found.file for found in ALL_IMPORTS if found.module.split(".")[0] == engine}

    assert set(ENGINE_DOORS[engine]) >= importers


@pytest.mark.parametrize("engine", [engine for engine, doors in ENGINE_DOORS.items() if doors])
def test_the_door_of_each_engine_is_in_use(engine: str) -> None:
    importers = {found.file for found in ALL_IMPORTS if found.module.split(".")[0] == engine}

    assert set(ENGINE_DOORS[engine]) == importers


def test_numba_is_imported_in_native_files_only() -> None:
    importers = {found.file for found in ALL_IMPORTS if found.module.split(".")[0] == "numba"}

    assert [] == [file for file in importers if not Path(file).name.startswith("native_")]


def test_no_file_has_a_name_that_means_nothing() -> None:
    names = {path.stem for path in FILES} | {path.parent.name for path in FILES}

    assert set() == names & {"utils", "util", "common", "core", "manager", "managers", "helper", "helpers", "misc"}


@pytest.mark.parametrize("path", FILES, ids=name_of)
def test_no_file_is_too_long(path: Path) -> None:
    lines = len(path.read_text(encoding="utf-8").splitlines())

    assert lines <= LONGEST_FILE


def test_nine_of_ten_functions_have_under_30_lines() -> None:
    lengths = sorted(length for path in FILES for length in function_lengths(path))

    assert lengths[len(lengths) * 9 // 10] < 30


def test_the_median_function_is_short() -> None:
    lengths = sorted(length for path in FILES for length in function_lengths(path))

    assert lengths[len(lengths) // 2] <= 10


def function_lengths(path: Path) -> Iterator[int]:
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.FunctionDef):
            assert node.end_lineno is not None
            yield node.end_lineno - node.lineno + 1


@pytest.mark.parametrize("module", ["allocator", "allocator.__main__", "allocator.notebook"])
def test_importing_it_loads_no_engine(module: str) -> None:
    heavy = ["unicorn", "keystone", "capstone", "numpy", "numba", "pytest", "importlib.metadata"]
    code = f"import {module}, sys; print([name for name in {heavy} if name in sys.modules])"

    loaded = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True, cwd=ROOT)

    assert "[]\n" == loaded.stdout


def test_every_public_name_can_be_had() -> None:
    import allocator

    assert [] == [name for name in allocator.__all__ if getattr(allocator, name, None) is None]


def test_every_public_name_has_a_docstring() -> None:
    import allocator

    assert [] == [name for name in allocator.__all__ if not getattr(allocator, name).__doc__]


def test_an_unknown_public_name_is_an_attribute_error() -> None:
    import allocator

    with pytest.raises(AttributeError, match="'alocate'"):
        _ = allocator.alocate


# The finder itself: what it overlooked would be allowed.


def found_in(source: str) -> list[tuple[str, str, bool]]:
    return [(found.module, found.inside, found.is_for_types) for found in imports_of("machine/x.py", source)]


def test_an_import_inside_a_method_is_found() -> None:
    assert [("unicorn", "A.f", False)] == found_in("class A:\n def f(self):\n  if 1:\n   import unicorn")


def test_an_import_in_a_try_block_is_found() -> None:
    assert [("numba.core", "", False)] == found_in("try:\n import numba.core\nexcept ImportError: pass")


def test_an_import_for_types_is_told_apart_from_its_else() -> None:
    assert [("a", "", True), ("b", "", False)] == found_in("if TYPE_CHECKING:\n import a\nelse:\n import b")


def test_a_module_imported_from_its_folder_is_named_in_full() -> None:
    assert [("allocator.machine.run", "", False)] == found_in("from allocator.machine import run")


def test_a_relative_import_is_named_in_full() -> None:
    assert [("allocator.machine.run", "", False)] == found_in("from .run import Run")


def test_an_import_that_points_upwards_is_refused() -> None:
    assert not may_import(Import("machine/cpu.py", "allocator.trace.trace", "Cpu.f", False, 1))


def test_an_import_for_types_that_points_upwards_is_refused() -> None:
    assert not may_import(Import("machine/cpu.py", "allocator.trace.trace", "", True, 1))


def test_the_package_itself_is_imported_by_doors_only() -> None:
    assert not may_import(Import("machine/cpu.py", "allocator", "", False, 1))


def test_views_and_checks_do_not_import_each_other() -> None:
    assert not may_import(Import("checks/laws.py", "allocator.views.html", "", False, 1))


def test_a_circle_of_three_is_found() -> None:
    assert ["a", "b", "c", "a"] == circle_in({"a": {"b"}, "b": {"c"}, "c": {"a"}})
