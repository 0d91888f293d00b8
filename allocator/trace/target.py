"""Understand what a question about a value is about: a register, a flag, or bytes of memory as they are mapped then."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from allocator.addresses import Range
from allocator.errors import UsageError
from allocator.registers import REGISTERS
from allocator.trace.backward import Wanted
from allocator.trace.locations import read_mask
from allocator.trace.ranges import Where, find_range
from allocator.trace.schema import READ, WRITE

if TYPE_CHECKING:
    from allocator.trace.trace import Trace

MAX_BYTES = 1 << 16
"""The most bytes of memory that are explained at once."""
WORD_SIZE = 8
"""The longest variable."""


class Target(NamedTuple):
    """What is explained: a register or flag by its `name`, or the bytes `where`; and what a walk has to look for."""

    name: str
    where: Range | None
    wanted: Wanted


def find_target(trace: Trace, what: str | int | Where, moment: int) -> Target:
    """Return what is meant before step `moment`; raises UsageError."""
    if isinstance(what, str) and what.lower() in REGISTERS:
        name = register_name(what)
        return Target(name, None, Wanted(read_mask(name), frozenset()))
    where = find_range(trace.image, what, None, MAX_BYTES)
    where = _as_accessed(trace, where, moment) if isinstance(what, str | int) else where
    name = what if isinstance(what, str) else f"{where.start:#x}"
    places = trace.frames.physical(where, moment)
    return Target(name, where, Wanted(0, frozenset(byte for place in places for byte in range(*place))))


def register_name(name: str) -> str:
    """Return the register or flag that is meant; raises UsageError."""
    lower = name.lower()
    if lower not in REGISTERS or REGISTERS[lower].full == "rip":
        raise UsageError(f"'{name}' is no register or flag whose value has a history")
    return lower


def _as_accessed(trace: Trace, where: Range, moment: int) -> Range:
    """Return the variable at a single address: as many bytes as the last access had that began there, or one."""
    if where.size > 1 or trace.image.symbols.get("os_MemoryMap") == where.start:
        return where
    (place,) = trace.frames.physical(where, moment)
    end, search = trace.access_rows[len(trace)], trace.physical_search
    row = search.last(place, WRITE, end)
    row = search.last(place, READ, end) if row is None else row
    access = trace.access_at(row) if row is not None else None
    is_variable = access is not None and access.physical == place.start and access.size <= WORD_SIZE
    return Range(where.start, where.start + access.size) if access and is_variable else where
