"""Hold everything that one run did, instruction by instruction, and answer what was where and when.

A `Trace` is frozen: the `Run`, the firmware map and the columns that a recorder filled. Steps, states and
answers are made from the columns when they are asked for; nothing needs the machine any more, so a trace that
was read from a file answers like a fresh one.

- A moment is the number of a step and means: before that step. The number of steps is the end.
- Bytes are named by an address, a symbol, ``page_map[31]``, a range, or a machine's page map (`ranges.py`).
- A long trace is searched by columns with NumPy, which is imported when the first question needs it.
"""

from __future__ import annotations

import struct
from collections.abc import Iterator, Sequence
from functools import cached_property
from typing import TYPE_CHECKING, overload

from allocator.addresses import Range
from allocator.assembly.image import Image
from allocator.errors import TraceError
from allocator.machine.firmware_map import FirmwareMap
from allocator.machine.run import Registers, Run, Stop
from allocator.registers import FULL
from allocator.trace.code_home import places_at
from allocator.trace.ranges import Where, find_address, find_range
from allocator.trace.row_starts import RowStarts
from allocator.trace.schema import ACCESS_KINDS, LONG, MAKERS, PROGRAM, READ, WRITE, Columns
from allocator.trace.state import RegisterStates, memory_before
from allocator.trace.step import Access, Change, Step
from allocator.trace.steps import Steps

if TYPE_CHECKING:
    import numpy as np
    import numpy.typing as npt
    import pandas  # type: ignore[import-untyped, unused-ignore]  # has no types of its own
    import polars

    from allocator.machine.translation import Address, Translation
    from allocator.trace.accesses import Accesses, AccessSearch
    from allocator.trace.arrays import Arrays
    from allocator.trace.diff import Difference
    from allocator.trace.forward import Forward
    from allocator.trace.frames import Frames
    from allocator.trace.modes import ModeChange
    from allocator.trace.occurrences import Occurrences
    from allocator.trace.past_processor import PastProcessor
    from allocator.trace.pattern import Match
    from allocator.trace.query import Answer
    from allocator.trace.why import Why

__all__ = ["Access", "Change", "Step", "Trace"]

_RIP = FULL.index("rip")
_WORDS = struct.Struct(f"<{len(FULL)}Q")
SHORT = 4096
MAX_ASKED_BYTES = 1 << 24
"""The most bytes of memory whose state is put together at once."""


class Trace:
    """The steps of one run: ``trace[10]``, ``trace.at("routine.label")``, ``len(trace)``."""

    def __init__(self, run: Run, firmware_map: FirmwareMap, columns: Columns) -> None:
        self.run = run
        self.firmware_map = firmware_map
        self.columns = columns

    @property
    def image(self) -> Image:
        """The program."""
        return self.run.image

    @property
    def stop(self) -> Stop:
        """Why the run ended."""
        return self.run.stop

    @cached_property
    def start(self) -> Registers:
        """All registers before the first step."""
        return self.run.before

    # -- steps --

    def __len__(self) -> int:
        return len(self.columns.place)

    @overload
    def __getitem__(self, index: int) -> Step: ...
    @overload
    def __getitem__(self, index: slice) -> Sequence[Step]: ...
    def __getitem__(self, index: int | slice) -> Step | Sequence[Step]:
        if isinstance(index, slice):
            return Steps(self, range(len(self))[index])
        position = index + len(self) if index < 0 else index
        if not 0 <= position < len(self):
            raise IndexError(f"step {index} of a trace of {len(self):,} steps")
        return Step(self, position)

    def __iter__(self) -> Iterator[Step]:
        return (Step(self, index) for index in range(len(self)))

    def at(self, where: str | int, visit: int = 1) -> Step:
        """Return the step at a label or address that reaches it for the `visit`-th time; raises TraceError."""
        if len(self) <= SHORT:  # where looking at each step is faster than loading NumPy
            return self._at_short(where, visit)
        from allocator.trace.visits import nth_visit

        return Step(self, nth_visit(self, where, visit))

    def _at_short(self, where: str | int, visit: int) -> Step:
        there = places_at(self, find_address(self.image, where))
        found = [index for index, number in enumerate(self.columns.place) if number in there]
        if not 0 < visit <= len(found):
            raise TraceError(f"'{where}' was reached {len(found)} time(s), not {visit}")
        return Step(self, found[visit - 1])

    def visits(self, where: str | int) -> npt.NDArray[np.int64]:
        """Return the numbers of all steps at a label or address."""
        from allocator.trace.visits import all_visits

        return all_visits(self, where)

    def next_visit(self, where: str | int, after: Moment) -> Step | None:
        """Return the next step at a label or address after step `after`, or None."""
        from allocator.trace.visits import visit_after

        return self._step_or_none(visit_after(self, where, self.moment(after)))

    def previous_visit(self, where: str | int, before: Moment) -> Step | None:
        """Return the last step at a label or address before step `before`, or None."""
        from allocator.trace.visits import visit_before

        return self._step_or_none(visit_before(self, where, self.moment(before)))

    def select(
        self,
        *,
        label: str | None = None,
        routine: str | None = None,
        addresses: Where | None = None,
        lines: int | tuple[int, int] | None = None,
        reads: Where | None = None,
        writes: Where | None = None,
    ) -> Steps:
        """Return the steps that meet every condition that is given.

        ``label`` is the nearest label before a step, ``routine`` the same with its local labels; ``lines`` is a
        line of source or the first and the last; ``reads`` and ``writes`` name memory that the step touched.
        """
        from allocator.trace.visits import selected

        return Steps(self, selected(self, label, routine, addresses, lines, reads, writes))

    def matches(self, pattern: str) -> Match:
        """Return whether a sequence of instructions was executed (`pattern.py` says how it is written); UsageError."""
        from allocator.trace.pattern import find_pattern

        return find_pattern(self, pattern)

    def instructions(self, pattern: str) -> Occurrences:
        """Return the steps that executed an instruction: ``"lodsb"``, ``"je|jne"``, ``"'mov al, *'"``; UsageError."""
        from allocator.trace.occurrences import find_instructions

        return find_instructions(self, pattern)

    def count(self, pattern: str) -> int:
        """Return how many steps executed an instruction: ``trace.count("lodsb")``; raises UsageError."""
        return len(self.instructions(pattern))

    def calls(self, routine: str | int) -> Occurrences:
        """Return the CALLs that led to a label or address; raises TraceError."""
        from allocator.trace.occurrences import find_calls

        return find_calls(self, routine)

    def register_reads(self, register: str) -> Occurrences:
        """Return the steps that used a register or flag; raises UsageError."""
        from allocator.trace.occurrences import find_register_reads

        return find_register_reads(self, register)

    def register_writes(self, register: str) -> Occurrences:
        """Return the steps that wrote a register or flag, changed or not; raises UsageError."""
        from allocator.trace.occurrences import find_register_writes

        return find_register_writes(self, register)

    @cached_property
    def modes(self) -> tuple[ModeChange, ...]:
        """The mode of the processor at the first step, and each change: ``(step, mode)``."""
        from allocator.trace.modes import mode_changes

        return mode_changes(self)

    def moment(self, when: Moment) -> int:
        """Return the moment meant: a step or its number, ``"end"``, ``"start"``, or a label's first visit."""
        if isinstance(when, str) and when in ("start", "end"):
            return 0 if when == "start" else len(self)
        if when is None:
            return len(self)
        if isinstance(when, Step | str):
            return when.index if isinstance(when, Step) else self.at(when).index
        moment = int(when) + len(self) if when < 0 else int(when)
        if not 0 <= moment <= len(self):
            raise TraceError(f"there is no step {when}: the trace has {len(self):,} steps, counted from 0")
        return moment

    def _step_or_none(self, index: int | None) -> Step | None:
        return None if index is None else Step(self, index)

    # -- states --

    def state_at(self, index: int) -> list[int]:
        """Return all registers before step `index`, in the order of `FULL`; `index` may be the length."""
        state = self._states.before(index)
        state[_RIP] = self._counter_at(index)
        return state

    def registers_at(self, when: Moment) -> Registers:
        """Return all registers before a step."""
        return Registers(_WORDS.pack(*self.state_at(self.moment(when))))

    def memory_at(self, when: Moment, where: Where, size: int | None = None) -> tuple[int | None, ...]:
        """Return the bytes of `where` before a step, None for each that nothing tells.

        ``size`` is the number of bytes from the first of `where` on. Raises UsageError beyond 16 MiB.
        """
        return tuple(memory_before(self, self.moment(when), self.range_of(where, size)))

    def processor_at(self, when: Moment) -> PastProcessor:
        """Return the processor before a step, which answers as a machine does: ``.translate("ds:0x1234")``."""
        from allocator.trace.past_processor import PastProcessor

        return PastProcessor(self, self.moment(when))

    def translate(self, address: Address, when: Moment = None) -> Translation:
        """Explain where a linear address, ``"ds:0x1234"`` or (selector, offset) led before a step; UsageError."""
        return self.processor_at(when).translate(address)

    def range_of(self, where: Where, size: int | None = None) -> Range:
        """Return the bytes that `where` names, or `size` bytes from there; raises UsageError."""
        return find_range(self.image, where, size, MAX_ASKED_BYTES)

    @cached_property
    def _states(self) -> RegisterStates:
        return RegisterStates(self.columns, self.change_rows, [self.start[name] for name in FULL])

    def _counter_at(self, index: int) -> int:
        if index < len(self):
            return self.columns.places[self.columns.place[index]].offset
        return self.run.registers.rip

    # -- rows --

    @cached_property
    def change_rows(self) -> RowStarts:
        """For each step, the first of its rows in the table of changes; one more at the end."""
        return RowStarts(self.columns.changes)

    @cached_property
    def access_rows(self) -> RowStarts:
        """For each step, the first of its rows in the table of accesses; one more at the end."""
        return RowStarts(self.columns.accesses)

    def access_at(self, row: int) -> Access:
        """Return row `row` of the table of accesses."""
        columns = self.columns
        address, size = int(columns.address[row]), int(columns.size[row])
        before, after = int(columns.before[row]), int(columns.after[row])
        value = columns.long[before] if size == LONG else None
        old = value.before if value else before.to_bytes(size, "little")
        new = value.after if value else after.to_bytes(size, "little")
        kind = ACCESS_KINDS[columns.kind[row]]
        maker = MAKERS[columns.makers.get(row, PROGRAM)]
        return Access(kind, maker, address, columns.physical.get(row, address), len(old), old, new)

    def step_of_access(self, row: int) -> int:
        """Return the step that made the access in row `row`."""
        return self.access_rows.step_of(row)

    # -- accesses --

    def accesses(self, where: Where) -> Accesses:
        """Return all accesses that touch a byte of `where`."""
        return self._accesses(where, None)

    def reads(self, where: Where) -> Accesses:
        """Return all reads that touch a byte of `where`; compare with a number to count them."""
        return self._accesses(where, READ)

    def writes(self, where: Where) -> Accesses:
        """Return all writes that touch a byte of `where`; compare with a number to count them."""
        return self._accesses(where, WRITE)

    def last_write(self, where: Where, before: Moment = None) -> Step | None:
        """Return the last step before `before` that wrote a byte of `where`, or None; the page walk is none."""
        return self._last(where, WRITE, before)

    def last_read(self, where: Where, before: Moment = None) -> Step | None:
        """Return the last step before `before` that read a byte of `where`, or None."""
        return self._last(where, READ, before)

    def first_write(self, where: Where, after: Moment = -1) -> Step | None:
        """Return the first step after step `after`, by default of all, that wrote a byte of `where`, or None."""
        return self._first(where, WRITE, after)

    def first_read(self, where: Where, after: Moment = -1) -> Step | None:
        """Return the first step after step `after`, by default of all, that read a byte of `where`, or None."""
        return self._first(where, READ, after)

    @cached_property
    def access_search(self) -> AccessSearch:
        """The table of accesses, to be searched."""
        from allocator.trace.accesses import AccessSearch

        return AccessSearch(self)

    @cached_property
    def physical_search(self) -> AccessSearch:
        """The same, by physical addresses; where no access has another than its linear one, the same search."""
        from allocator.trace.accesses import AccessSearch

        return AccessSearch(self, is_physical=True) if self.columns.physical else self.access_search

    @cached_property
    def frames(self) -> Frames:
        """Where in physical memory the pages led, at any moment."""
        from allocator.trace.frames import Frames

        return Frames(self)

    def _accesses(self, where: Where, kind: int | None) -> Accesses:
        from allocator.trace.accesses import find_accesses

        return find_accesses(self, find_range(self.image, where), kind)

    def _last(self, where: Where, kind: int, before: Moment) -> Step | None:
        from allocator.trace.accesses import last_access

        return self._step_or_none(last_access(self, find_range(self.image, where), kind, self.moment(before)))

    def _first(self, where: Where, kind: int, after: Moment) -> Step | None:
        from allocator.trace.accesses import first_access

        moment = 0 if after == -1 else min(len(self), self.moment(after) + 1)
        return self._step_or_none(first_access(self, find_range(self.image, where), kind, moment))

    # -- questions --

    def who_set(self, register: str, when: Moment = None) -> Step | None:
        """Return the last step before a moment that wrote any part of a register or flag, or None."""
        from allocator.trace.why import last_writer

        return self._step_or_none(last_writer(self, register, self.moment(when)))

    def why(self, what: str | int | Where, when: Moment = None, *, control: bool = False) -> Why:
        """Return where the value of a register, a flag or bytes of memory at a moment came from.

        By default that is what was computed from what, on the path that was taken. With `control` it is also
        what decided the path and the places of stores: then nothing else can change the value.
        """
        from allocator.trace.why import explain

        return explain(self, what, self.moment(when), control)

    def forward(self, when: Moment) -> Forward:
        """Return what the values that a step produced reached."""
        from allocator.trace.forward import follow

        return follow(self, self.moment(when))

    def query(self, question: str) -> Answer:
        """Answer a question in words: ``trace.query("why rax at end")``; raises UsageError."""
        from allocator.trace.query import ask

        return ask(self, question)

    def diff(self, other: Trace) -> Difference:
        """Return where this run and another one part, in control and in data."""
        from allocator.trace.diff import diff

        return diff(self, other)

    # -- columns --

    @cached_property
    def arrays(self) -> Arrays:
        """The columns as NumPy arrays, not copied."""
        from allocator.trace.arrays import arrays_of

        return arrays_of(self.columns)

    def to_pandas(self, table: str = "steps") -> pandas.DataFrame:
        """Return the table ``steps``, ``changes`` or ``accesses`` as a data frame; raises UsageError."""
        from allocator.trace.tables import to_pandas

        return to_pandas(self, table)

    def to_polars(self, table: str = "steps") -> polars.DataFrame:
        """Return the table ``steps``, ``changes`` or ``accesses`` as a data frame; raises UsageError."""
        from allocator.trace.tables import to_polars

        return to_polars(self, table)

    def _repr_html_(self) -> str:
        from allocator.views.html import trace_html

        return trace_html(self)

    def __repr__(self) -> str:
        return f"<Trace of {self.run.routine}: {len(self):,} steps, {self.stop.kind}>"


Moment = Step | int | str | None
"""A moment of a trace: before a step or the step of that number; ``"start"``, ``"end"`` or None; or a label."""
