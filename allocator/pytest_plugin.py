"""Give pytest the sandbox: a source and a memory in, a machine out.

    def test_three_pages_come_from_the_top(sandbox, record):
        machine = sandbox("pool.asm", memory="64M")
        assert record(machine, "os_mem_allocate", rcx=3).run.rax == 0x3A00000

    @pytest.mark.allocator(source="pool.asm", memory="64M")
    def test_a_page_is_had(machine): ...

- pytest finds this file by its entry point, so it imports nothing but pytest until a fixture is used.
- A source that is not absolute is looked for beside the test file first. No source at all means the shipped
  ``memory.asm``.
- Markers of a module, a class and a function add up; the one nearest to the test wins.
"""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

if TYPE_CHECKING:
    from allocator.machine.firmware_map import FirmwareMap
    from allocator.machine.machine import Machine
    from allocator.trace.trace import Trace

    Memory = int | str | Path | FirmwareMap

MARKER = "allocator"
DEFAULT_SOURCE = "memory.asm"
DEFAULT_MEMORY = "64M"


class Sandbox:
    """Makes machines for the tests of one file."""

    def __init__(self, directory: Path) -> None:
        """Take the directory in which relative sources are looked for first."""
        self._directory = directory

    def __call__(
        self,
        *sources: Path | str,
        memory: Memory = DEFAULT_MEMORY,
        policy: str = "regions",
        **options: Any,  # noqa: ANN401 -- assemble has their types
    ) -> Machine:
        """Assemble `sources`, or ``text=``, with the other options of `assemble`, and return a machine of `memory`."""
        from allocator import Machine, assemble, shipped

        paths = [self._find(source) for source in sources]
        if not paths and "text" not in options:
            paths = [shipped(DEFAULT_SOURCE)]
        return Machine(assemble(*paths, **options), memory, policy=policy)

    def _find(self, source: Path | str) -> Path:
        beside = self._directory / source
        return beside if beside.exists() else Path(source)


def pytest_configure(config: pytest.Config) -> None:
    """Make the marker known, so that --strict-markers accepts it."""
    config.addinivalue_line(
        "markers",
        f"{MARKER}(source=..., memory=..., policy=..., **options): what the fixture `machine` is made of; "
        "the options are those of allocator.assemble",
    )


@pytest.fixture
def sandbox(request: pytest.FixtureRequest) -> Sandbox:
    """Make machines: ``sandbox("pool.asm", memory="64M")``, or ``sandbox(text="f: ret")``."""
    return Sandbox(request.path.parent)


@pytest.fixture
def machine(request: pytest.FixtureRequest, sandbox: Sandbox) -> Machine:
    """The machine that the marker ``allocator`` describes; without one, 64 MiB with the shipped allocator."""
    options = _marked(request.node)
    source = options.pop("source", ())
    return sandbox(*([source] if isinstance(source, (str, Path)) else source), **options)


@pytest.fixture
def record() -> Callable[..., Trace]:
    """Call a routine and return its trace: ``record(machine, "os_mem_allocate", rcx=3)``."""
    from allocator import record

    return record


def _marked(node: pytest.Item) -> dict[str, Any]:
    """Return the arguments of all the test's markers, those nearest to the test last."""
    options: dict[str, Any] = {}
    for marker in reversed(list(node.iter_markers(MARKER))):
        if marker.args:
            raise pytest.UsageError(
                f"{node.nodeid}: the marker '{MARKER}' takes names, not positions: write source={marker.args[0]!r}"
            )
        options.update(marker.kwargs)
    return options
