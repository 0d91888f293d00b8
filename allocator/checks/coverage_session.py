"""Add up the coverage of many machines, test by test.

    session = CoverageSession(["memory.asm"])
    with session.test():
        session.cover(machine)
        machine.call("os_mem_allocate", rcx=3)
    session.coverage()

What a test covered is added when it ends; its machines are not kept.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import ExitStack, contextmanager
from typing import TYPE_CHECKING

from allocator.coverage import Coverage

if TYPE_CHECKING:
    from allocator.checks.coverage_recorder import CoverageRecorder
    from allocator.machine.machine import Machine


class CoverageSession:
    """What was reached of the sources called `names`, of all where there are none."""

    def __init__(self, names: Sequence[str] = ()) -> None:
        self._names = tuple(names)
        self._sum = Coverage()
        self._open = ExitStack()
        self._recorders: list[CoverageRecorder] = []

    @contextmanager
    def test(self) -> Iterator[None]:
        """While this is open, machines can be covered."""
        try:
            yield
        finally:
            self._open.close()
            for recorder in self._recorders:
                self.add(recorder.coverage())
            self._recorders.clear()

    def cover(self, machine: Machine) -> None:
        """Count what `machine` executes until the test ends."""
        from allocator.checks.coverage_recorder import CoverageRecorder

        self._recorders.append(self._open.enter_context(CoverageRecorder(machine)))

    def add(self, coverage: Coverage) -> None:
        """Add what was covered elsewhere, for example in another process."""
        self._sum += coverage.of(self._names) if self._names else coverage

    def coverage(self) -> Coverage:
        """Return what the tests that have ended covered."""
        return self._sum

    @property
    def missed_names(self) -> tuple[str, ...]:
        """The sources asked for of which no machine was made."""
        return tuple(name for name in self._names if not self._sum.of([name]).parts)
