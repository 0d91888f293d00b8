"""Give every test the programs that the project is about."""

from __future__ import annotations

import signal
from typing import TYPE_CHECKING

import pytest
from oracles import require_shared

if TYPE_CHECKING:
    from allocator import Image, Machine

# pytester runs pytest on small files, for the tests of our own plug-in. That one is registered by its entry point;
# in a checkout that is not installed, python -m pytest -p allocator.pytest_plugin does it.
pytest_plugins = ["pytester"]

LISTING = "seeds/baremetal-memory-allocation.txt"


@pytest.fixture(scope="session")
def article_listing() -> str:
    """The listing that the first article prints, verbatim, comments with ``#``."""
    lines = require_shared(LISTING).read_text(encoding="utf-8").split("\n")
    first = next(number for number, line in enumerate(lines) if line.startswith("# ===="))
    return "\n".join(lines[first : lines.index("# EOF") + 1])


@pytest.fixture(scope="session")
def our_program() -> Image:
    """The shipped memory.asm, assembled."""
    from allocator import assemble, shipped

    return assemble(shipped("memory.asm"))


@pytest.fixture(scope="session")
def article_program(article_listing: str) -> Image:
    """The article's listing, assembled as it is printed."""
    from allocator import assemble

    return assemble(text=article_listing, name="article")


@pytest.fixture(params=["our_program", "article_program"])
def program(request: pytest.FixtureRequest) -> Image:
    """Each of the two programs that must behave alike."""
    image: Image = request.getfixturevalue(request.param)
    return image


@pytest.fixture
def pc(program: Image) -> Machine:
    """A machine of 64 MiB with each of the two programs, whose 32 pages are all free, page 0 included."""
    from allocator import Machine

    machine = Machine(program, memory="64M")
    machine.page_map.load(b"\1" * 32)
    return machine


@pytest.fixture(autouse=True)
def no_terminal_width(monkeypatch: pytest.MonkeyPatch) -> None:
    """Lay texts out for no terminal in particular: some that start tests, xdist's workers among them, set a width."""
    monkeypatch.delenv("COLUMNS", raising=False)


@pytest.fixture(autouse=True, scope="session")
def ctrl_c_is_heard() -> None:
    """Let tests press Ctrl-C where it is ignored: a shell starts what goes on in the background like that."""
    if signal.getsignal(signal.SIGINT) is signal.SIG_IGN:
        signal.signal(signal.SIGINT, signal.default_int_handler)
