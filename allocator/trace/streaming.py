"""Record straight into a file: in bounded memory, and readable up to its last part whatever happens.

A recording that is interrupted, or runs out of disk, or whose process dies, leaves the steps that were written.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from pathlib import Path
from typing import Any

from allocator.machine.entry import split_registers
from allocator.machine.machine import DEFAULT_LIMIT, Machine
from allocator.machine.run import Registers, Run
from allocator.trace.archive import TraceWriter
from allocator.trace.native_recorder import NativeRecorder
from allocator.trace.saved_run import Beginning, End
from allocator.trace.schema import Columns
from allocator.trace.start import name_run, start_run


def record_to(
    path: str | Path, machine: Machine, routine: str | int | None = None, *, limit: int = DEFAULT_LIMIT,
    returns: str | None = None, **registers: int,
) -> Run:  # fmt: skip
    """Call `routine` as `Machine.call` does and save its trace in the folder `path` while it runs; return the run.

    Without a routine a `PC` is booted.
    Raises TraceError when the trace cannot be written; what was written before stays.
    """
    name, address = name_run(machine, routine)
    given = split_registers(registers)

    def open_writer() -> TraceWriter:
        before = Registers(machine.registers_now())
        return TraceWriter(path, Beginning(machine.image, machine.firmware_map, name, address, before, given))

    recorder = _StreamingRecorder(machine, open_writer)
    with recorder.closing(), machine.watching_natively(recorder, recorder.hooks, recorder.user):
        run = start_run(machine, routine, limit, returns, registers)
        recorder.complete(run)
    return run


class _StreamingRecorder(NativeRecorder):
    """Hands what it recorded to a writer, about every million steps."""

    def __init__(self, machine: Machine, open_writer: Callable[[], TraceWriter]) -> None:
        super().__init__(machine, sink=self._append)
        self._open_writer = open_writer
        self._writer: TraceWriter | None = None

    def begin(self, bits: int) -> None:
        """Open the file: the registers are those that the run begins with."""
        super().begin(bits)
        self._writer = self._open_writer()

    def _append(self, columns: Columns) -> None:
        assert self._writer is not None
        self._writer.append(columns)

    def complete(self, run: Run) -> None:
        """Write the rest, and how the run ended."""
        self._append(self.finish())
        assert self._writer is not None
        self._writer.finish(End.of(run))

    @contextmanager
    def closing(self) -> Iterator[None]:
        """While this is open, see to it that what was recorded is kept."""
        with ExitStack() as stack:
            stack.push(self._close)
            yield

    def _close(self, *failure: Any) -> None:  # noqa: ANN401 -- the three things that __exit__ is told
        if self._writer is not None:
            self._writer.__exit__(*failure)
