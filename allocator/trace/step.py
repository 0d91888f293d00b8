"""Look at one step of a trace with all that belongs to it: where it was, what it changed, what it touched.

A `Step` is a view of one row of the columns and is made when it is asked for.
"""

from __future__ import annotations

from bisect import bisect_left
from functools import cached_property
from itertools import takewhile
from typing import TYPE_CHECKING, NamedTuple

from allocator.assembly.image import Line, Location
from allocator.instructions.disassembly import Decoded, decode
from allocator.machine.run import Registers
from allocator.registers import FLAGS, FULL
from allocator.trace.schema import Place, VectorChange

if TYPE_CHECKING:
    from allocator.machine.translation import Address, Translation
    from allocator.trace.trace import Trace

_RFLAGS = FULL.index("rflags")


class Change(NamedTuple):
    """A value before and after a step."""

    before: int
    after: int


class Access(NamedTuple):
    """One access to memory: `size` bytes at linear `address`, with their values before and after it.

    ``kind`` is ``read`` or ``write``, ``by`` who made it, of `schema.MAKERS`. The values are the bytes as memory holds
    them; ``physical`` is where the lowest of them lies after paging.
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
        return self.trace.image.locate(self._home)

    @property
    def line(self) -> Line | None:
        """The line of source that it came from; None outside the image."""
        return self.trace.image.line_at(self._home)

    @property
    def _home(self) -> int:
        """The address that its code was loaded to: another one where page tables show it elsewhere."""
        place = self.place
        if place.mode not in ("paged32", "long64") or self.trace.image.segment_at(place.address) is not None:
            return place.address
        from allocator.trace.code_home import code_home

        return code_home(self.trace, int(self.trace.columns.place[self.index]))

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
        # Of a native recorder the columns are NumPy's, whose numbers must not leave the trace.
        changes = ((int(columns.register[row]), int(columns.value[row])) for row in rows)
        return {register: Change(before[register], after) for register, after in changes}

    @cached_property
    def accesses(self) -> tuple[Access, ...]:
        """The accesses to memory that the step made, in their order; REP has one for each side."""
        trace = self.trace
        rows = range(trace.access_rows[self.index], trace.access_rows[self.index + 1])
        return tuple(trace.access_at(row) for row in rows)

    @cached_property
    def vectors(self) -> dict[str, Change]:
        """The SSE registers that the step changed, as 128-bit numbers; none unless they were recorded on demand."""
        rows = self.trace.columns.vectors
        first = bisect_left(rows, self.index, key=lambda row: row.step)
        changed = takewhile(lambda row: row.step == self.index, rows[first:])
        return {f"xmm{row.number}": self._vector_change(row, first) for row in changed}

    def _vector_change(self, row: VectorChange, first: int) -> Change:
        # A call begins with all of them zero.
        earlier = (old.after for old in reversed(self.trace.columns.vectors[:first]) if old.number == row.number)
        before = next(earlier, bytes(len(row.after)))
        return Change(int.from_bytes(before, "little"), int.from_bytes(row.after, "little"))

    def translate(self, address: Address) -> Translation:
        """Explain where a linear address, ``"ds:0x1234"`` or (selector, offset) led before the step; UsageError."""
        from allocator.trace.past_processor import with_what_was_used

        return with_what_was_used(self.trace.translate(address, self.index), self)

    def _repr_html_(self) -> str:
        from allocator.views.html import step_html

        return step_html(self)

    def __repr__(self) -> str:
        return f"<Step {self.index}: {self.address:#x} {self.text}>"
