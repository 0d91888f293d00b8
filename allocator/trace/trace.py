"""Hold everything that one run did, instruction by instruction.

A `Trace` is frozen: the `Run`, the firmware map and the columns that a recorder filled. A `Step` is a view of
one row with all that belongs to it; it is made when it is asked for.
"""

from __future__ import annotations

import struct
from bisect import bisect_right
from collections.abc import Iterator, Sequence
from functools import cached_property
from itertools import accumulate
from typing import NamedTuple, overload

from allocator.assembly.image import Image, Line, Location
from allocator.errors import TraceError
from allocator.instructions.disassembly import Decoded, decode
from allocator.machine.firmware_map import FirmwareMap
from allocator.machine.run import Registers, Run, Stop
from allocator.registers import FLAGS, FULL
from allocator.trace.schema import ACCESS_KINDS, LONG, Columns, Place

_RFLAGS = FULL.index("rflags")
_RIP = FULL.index("rip")
_WORDS = struct.Struct(f"<{len(FULL)}Q")
_STATE_EVERY = 512


class Change(NamedTuple):
    """A value before and after a step."""

    before: int
    after: int


class Access(NamedTuple):
    """One access to memory: `size` bytes at linear `address`, with their values before and after it.

    ``kind`` is ``read`` or ``write``, ``by`` who made it. The values are the bytes as memory holds them.
    """

    kind: str
    by: str
    address: int
    physical: int
    size: int
    before: bytes
    after: bytes

    @property
    def value(self) -> int:
        """The value read, or the value written."""
        return int.from_bytes(self.after, "little")


class Trace:
    """The steps of one run: ``trace[10]``, ``trace.at("routine.label")``, ``len(trace)``."""

    def __init__(self, run: Run, firmware_map: FirmwareMap, columns: Columns) -> None:
        self.run = run
        self.firmware_map = firmware_map
        self.columns = columns
        self._states: list[list[int]] = []
        # Where the last question led: who reads a trace from front to back moves by one step at a time.
        self._reached: tuple[int, Sequence[int]] = (-1, ())

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

    def __len__(self) -> int:
        return len(self.columns.place)

    @overload
    def __getitem__(self, index: int) -> Step: ...
    @overload
    def __getitem__(self, index: slice) -> Sequence[Step]: ...
    def __getitem__(self, index: int | slice) -> Step | Sequence[Step]:
        if isinstance(index, slice):
            return [self[position] for position in range(*index.indices(len(self)))]
        position = index + len(self) if index < 0 else index
        if not 0 <= position < len(self):
            raise IndexError(f"step {index} of a trace of {len(self):,} steps")
        return Step(self, position)

    def __iter__(self) -> Iterator[Step]:
        return (Step(self, index) for index in range(len(self)))

    def at(self, where: str | int, visit: int = 1) -> Step:
        """Return the step at a label or address that reaches it for the `visit`-th time; raises TraceError."""
        address = self._address_of(where)
        numbers = {number for number, place in enumerate(self.columns.places) if place.address == address}
        seen = 0
        for index, number in enumerate(self.columns.place):
            if number in numbers:
                seen += 1
                if seen == visit:
                    return Step(self, index)
        raise TraceError(f"'{where}' was reached {seen} time(s), not {visit}")

    def _address_of(self, where: str | int) -> int:
        if isinstance(where, int):
            return where
        if where not in self.image.labels:
            raise TraceError(f"'{where}' is not a label of the program")
        return self.image.symbols[where]

    def state_at(self, index: int) -> list[int]:
        """Return all registers before step `index`, in the order of `FULL`; `index` may be the length."""
        base = index // _STATE_EVERY
        position, near = self._reached
        if not base * _STATE_EVERY <= position <= index:
            while len(self._states) <= base:
                self._extend_states()
            position, near = base * _STATE_EVERY, self._states[base]
        state = list(near)
        self._advance(state, position, index)
        state[_RIP] = self._counter_at(index)
        self._reached = index, tuple(state)
        return state

    def registers_at(self, index: int) -> Registers:
        """Return the registers before step `index`."""
        return Registers(_WORDS.pack(*self.state_at(index)))

    def _extend_states(self) -> None:
        if not self._states:
            self._states.append([self.start[name] for name in FULL])
            return
        base = len(self._states) - 1
        state = list(self._states[-1])
        self._advance(state, base * _STATE_EVERY, (base + 1) * _STATE_EVERY)
        self._states.append(state)

    def _advance(self, state: list[int], begin: int, end: int) -> None:
        register, value = self.columns.register, self.columns.value
        for row in range(self.change_rows[begin], self.change_rows[end]):
            state[register[row]] = value[row]

    def _counter_at(self, index: int) -> int:
        if index < len(self):
            place = self.columns.places[self.columns.place[index]]
            return place.address
        return self.run.registers.rip

    @cached_property
    def change_rows(self) -> list[int]:
        """For each step, the first of its rows in the table of changes; one more at the end."""
        return [0, *accumulate(self.columns.changes)]

    @cached_property
    def access_rows(self) -> list[int]:
        """For each step, the first of its rows in the table of accesses; one more at the end."""
        return [0, *accumulate(self.columns.accesses)]

    def access_at(self, row: int) -> Access:
        """Return row `row` of the table of accesses."""
        columns = self.columns
        address, size = columns.address[row], columns.size[row]
        if size == LONG:
            value = columns.long[columns.before[row]]
            before, after = value.before, value.after
        else:
            before = columns.before[row].to_bytes(size, "little")
            after = columns.after[row].to_bytes(size, "little")
        kind = ACCESS_KINDS[columns.kind[row]]
        return Access(kind, "program", address, columns.physical.get(row, address), len(before), before, after)

    def step_of_access(self, row: int) -> int:
        """Return the step that made the access in row `row`."""
        return bisect_right(self.access_rows, row) - 1

    def _repr_html_(self) -> str:
        from allocator.views.html import trace_html

        return trace_html(self)

    def __repr__(self) -> str:
        return f"<Trace of {self.run.routine}: {len(self):,} steps, {self.stop.kind}>"


class Step:
    """One executed instruction of a trace, with what it changed."""

    __slots__ = ("__dict__", "index", "trace")

    def __init__(self, trace: Trace, index: int) -> None:
        self.trace = trace
        self.index = index

    @property
    def place(self) -> Place:
        """Address, bytes, width and mode."""
        return self.trace.columns.places[self.trace.columns.place[self.index]]

    @property
    def address(self) -> int:
        """The linear address of the instruction."""
        return self.place.address

    @property
    def code(self) -> bytes:
        """The instruction's bytes."""
        return self.place.code

    @property
    def bits(self) -> int:
        """16, 32 or 64."""
        return self.place.bits

    @property
    def mode(self) -> str:
        """``real16``, ``protected16``, ``protected32``, ``paged32`` or ``long64``."""
        return self.place.mode

    @property
    def decoded(self) -> Decoded:
        """The instruction, disassembled."""
        place = self.place
        return decode(place.code, place.bits, place.address)

    @property
    def text(self) -> str:
        """The instruction in NASM's spelling."""
        return self.decoded.text

    @property
    def location(self) -> Location | None:
        """The nearest label and the distance from it; None outside the image."""
        return self.trace.image.locate(self.address)

    @property
    def line(self) -> Line | None:
        """The line of source that it came from; None outside the image."""
        return self.trace.image.line_at(self.address)

    @property
    def repeat(self) -> int:
        """How many times a repeated string instruction went round (0 where RCX was 0); else 1."""
        return self.trace.columns.repeats.get(self.index, 1)

    @cached_property
    def before(self) -> Registers:
        """All registers before the step."""
        return self.trace.registers_at(self.index)

    @cached_property
    def after(self) -> Registers:
        """All registers after the step."""
        return self.trace.registers_at(self.index + 1)

    @cached_property
    def registers(self) -> dict[str, Change]:
        """The full registers that the step changed, RIP and RFLAGS left out."""
        return {FULL[index]: change for index, change in self._changes.items() if index != _RFLAGS}

    @cached_property
    def flags(self) -> dict[str, Change]:
        """The flags that the step changed."""
        change = self._changes.get(_RFLAGS)
        if change is None:
            return {}
        differing = change.before ^ change.after
        return {
            name: Change(change.before >> bit & 1, change.after >> bit & 1)
            for name, bit in FLAGS.items()
            if differing >> bit & 1
        }

    @cached_property
    def _changes(self) -> dict[int, Change]:
        trace = self.trace
        rows = range(trace.change_rows[self.index], trace.change_rows[self.index + 1])
        if not rows:
            return {}
        before = trace.state_at(self.index)
        columns = trace.columns
        return {columns.register[row]: Change(before[columns.register[row]], columns.value[row]) for row in rows}

    @cached_property
    def accesses(self) -> tuple[Access, ...]:
        """The accesses to memory that the step made, in their order; REP has one for each side."""
        trace = self.trace
        rows = range(trace.access_rows[self.index], trace.access_rows[self.index + 1])
        return tuple(trace.access_at(row) for row in rows)

    def _repr_html_(self) -> str:
        from allocator.views.html import step_html

        return step_html(self)

    def __repr__(self) -> str:
        return f"<Step {self.index}: {self.address:#x} {self.text}>"
