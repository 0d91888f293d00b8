"""What is installed is what is needed: from the wheel and from an editable install asm/ is found, and nothing strays.

The engines and the build backend are not installed again: the environments made here see the packages of the one
that runs the tests, by a path file. Only the package itself is installed into them, without a network.
"""

from __future__ import annotations

import subprocess
import sys
import sysconfig
import tarfile
import venv
import zipfile
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[1]
SECONDS = 240
PIP = (sys.executable, "-m", "pip", "--disable-pip-version-check", "--quiet")
OFFLINE = ("--no-index", "--no-deps", "--no-build-isolation")

ALLOCATE = """
from allocator import Machine, assemble, shipped
print(hex(Machine(assemble(shipped("memory.asm"))).call("os_mem_allocate", rcx=3).rax))
"""
PLUGIN = (
    "from importlib.metadata import entry_points as e; print([p.value for p in e(group='pytest11', name='allocator')])"
)


class Environment:
    """A virtual environment of its own, in which the packages of this one can be imported."""

    def __init__(self, folder: Path, *install: str) -> None:
        venv.create(folder, with_pip=False)
        self.scripts = folder / ("Scripts" if sys.platform == "win32" else "bin")
        self.python = self.scripts / "python"
        self.site_packages = Path(self.run("import sysconfig; print(sysconfig.get_path('purelib'))"))
        (self.site_packages / "seen.pth").write_text(sysconfig.get_path("purelib") + "\n", encoding="utf-8")
        before = set(self.site_packages.iterdir())
        run(*PIP, "--python", str(self.python), "install", *OFFLINE, *install)
        self.new = sorted(path.name for path in set(self.site_packages.iterdir()) - before)

    def run(self, code: str) -> str:
        """Run Python there, in a directory where nothing of the project lies; ``-I`` keeps PYTHONPATH out."""
        return run(str(self.python), "-I", "-c", code, folder=self.python.parent)


def run(*command: str, folder: Path = ROOT) -> str:
    """Run a command to its end and return what it printed; what it says is shown when it fails."""
    done = subprocess.run(command, cwd=folder, capture_output=True, text=True, timeout=SECONDS, check=False)
    assert done.returncode == 0, f"{' '.join(command)}\n{done.stdout}{done.stderr}"
    return done.stdout.strip()


@pytest.fixture(scope="module")
def wheel(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("wheel")
    run(*PIP, "wheel", *OFFLINE, "--wheel-dir", str(folder), str(ROOT))
    [built] = folder.glob("*.whl")
    return built


@pytest.fixture(scope="module")
def from_wheel(wheel: Path, tmp_path_factory: pytest.TempPathFactory) -> Environment:
    return Environment(tmp_path_factory.mktemp("from_wheel"), str(wheel))


@pytest.fixture(scope="module")
def editable(tmp_path_factory: pytest.TempPathFactory) -> Environment:
    return Environment(tmp_path_factory.mktemp("editable"), "--editable", str(ROOT))


@pytest.fixture(scope="module", params=["from_wheel", "editable"])
def environment(request: pytest.FixtureRequest) -> Environment:
    found: Environment = request.getfixturevalue(request.param)
    return found


@pytest.fixture(scope="module")
def source_archive(tmp_path_factory: pytest.TempPathFactory) -> list[str]:
    """The names in the source archive, without the folder that holds them all."""
    folder = tmp_path_factory.mktemp("source")
    run(sys.executable, "-m", "hatchling", "build", "--target", "sdist", "--directory", str(folder))
    [built] = folder.glob("*.tar.gz")
    with tarfile.open(built) as archive:
        return [name.partition("/")[2] for name in archive.getnames()]


def names_in(wheel: Path) -> list[str]:
    with zipfile.ZipFile(wheel) as archive:
        return archive.namelist()


def test_the_wheel_has_the_package_and_its_metadata_only(wheel: Path) -> None:
    tops = {name.split("/")[0] for name in names_in(wheel)}

    assert ["allocator", "dist-info"] == sorted(top.rpartition(".")[2] for top in tops)


def test_the_wheel_has_every_source_of_asm_inside_the_package(wheel: Path) -> None:
    ours = sorted(f"allocator/asm/{path.name}" for path in (ROOT / "asm").glob("*.asm"))

    assert ours == sorted(name for name in names_in(wheel) if name.endswith(".asm") and "/asm/" in name)


def test_the_wheel_has_every_notebook_inside_the_package(wheel: Path) -> None:
    ours = sorted(f"allocator/notebooks/{path.name}" for path in (ROOT / "notebooks").glob("*.ipynb"))

    assert ours == sorted(name for name in names_in(wheel) if name.endswith(".ipynb"))


def test_the_wheel_has_every_file_of_the_package(wheel: Path) -> None:
    tracked = run("git", "ls-files", "allocator").splitlines()

    assert [] == sorted(set(tracked) - set(names_in(wheel)))


def test_the_source_archive_has_everything_to_build_and_test(source_archive: list[str]) -> None:
    tracked = run("git", "ls-files", "allocator", "asm", "tests", "notebooks", "*.md", "LICENSE", "pyproject.toml")

    assert [] == sorted(set(tracked.splitlines()) - set(source_archive))


def test_the_wheel_holds_the_licence(wheel: Path) -> None:
    assert [True] == [name.endswith("/licenses/LICENSE") for name in names_in(wheel) if "LICENSE" in name]


def test_a_wheel_puts_one_folder_beside_its_metadata(from_wheel: Environment) -> None:
    assert ["allocator"] == [name for name in from_wheel.new if not name.endswith(".dist-info")]


def test_an_editable_install_puts_a_path_file_beside_its_metadata(editable: Environment) -> None:
    assert [".pth"] == [Path(name).suffix for name in editable.new if not name.endswith(".dist-info")]


def test_nothing_of_asm_lands_at_the_top_of_site_packages(environment: Environment) -> None:
    assert [] == [name for name in environment.new if name == "asm" or name.endswith(".asm")]


def test_a_wheel_finds_its_source_inside_itself(from_wheel: Environment) -> None:
    found = from_wheel.run("import allocator; print(allocator.shipped('memory.asm'))")

    assert str(from_wheel.site_packages / "allocator" / "asm" / "memory.asm") == found


def test_an_editable_install_finds_the_source_in_the_checkout(editable: Environment) -> None:
    found = editable.run("import allocator; print(allocator.shipped('memory.asm'))")

    assert str(ROOT / "asm" / "memory.asm") == found


def test_the_notebooks_are_found(environment: Environment) -> None:
    found = environment.run("from allocator.notebook_pages import walkthroughs as w; print([e.path.name for e in w()])")

    assert str(sorted(path.name for path in (ROOT / "notebooks").glob("*.ipynb"))) == found


def test_what_is_installed_allocates(environment: Environment) -> None:
    assert "0x3a00000" == environment.run(ALLOCATE)


def test_pytest_finds_the_plug_in(environment: Environment) -> None:
    assert "['allocator.pytest_plugin']" == environment.run(PLUGIN)


def test_the_command_is_there(environment: Environment) -> None:
    command = run(str(environment.scripts / "allocator"), "run", "os_mem_allocate", "rcx=3", folder=environment.scripts)

    assert "0x3a00000" in command
