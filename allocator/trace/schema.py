"""Name the columns of a trace: the one table that recorders fill and everything else reads.

A trace keeps what changed, not what was. Three tables, each a set of equally long columns:

    steps     one row an instruction           place, changes, accesses
    changes   one row a register that changed  register, value (after)
    accesses  one row an access to memory      kind, size, address, before, after

``steps.changes`` and ``steps.accesses`` say how many rows of the other tables belong to the step, in order.
``place`` points into the list of `Place`: what lay where. Rare things are kept beside the columns: how often
a repeated string instruction went round (`repeats`), accesses of more than 8 bytes (`long`, for which
``before`` and ``after`` hold an index), physical addresses where they differ from linear ones (`physical`), who
made an access where it was not the program itself (`makers`), and the SSE registers where they were asked for
(`vectors`).
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import NamedTuple

from allocator.registers import FULL


class Column(NamedTuple):
    """A column: its table, its name, and its type as `array` and NumPy name it."""

    table: str
    name: str
    typecode: str
    meaning: str


COLUMNS = (
    Column("steps", "place", "I", "index into the list of places"),
    Column("steps", "changes", "B", "registers that the step changed"),
    Column("steps", "accesses", "H", "accesses to memory that the step made"),
    Column("changes", "register", "B", "index into registers.FULL; rip is never among them"),
    Column("changes", "value", "Q", "the register after the step"),
    Column("accesses", "kind", "B", "index into ACCESS_KINDS"),
    Column("accesses", "size", "B", "bytes, or LONG"),
    Column("accesses", "address", "Q", "linear address of the lowest byte"),
    Column("accesses", "before", "Q", "the bytes before, little-endian; or an index into the long values"),
    Column("accesses", "after", "Q", "the bytes after, little-endian; of a read the same"),
)

ACCESS_COLUMNS = tuple(column.name for column in COLUMNS if column.table == "accesses")
"""The columns of the table of accesses."""
READ, WRITE = 0, 1
ACCESS_KINDS = ("read", "write")
MAKERS = ("program", "mmu", "firmware", "interrupt")
"""Who made an access: the instruction; the page walk that set a bit in a table; a service of the firmware; or the
delivery of an interrupt or an exception."""
PROGRAM, MMU = 0, 1
BOOT = "boot"
"""What a run is called in which the firmware takes part."""
MOST_ACCESSES = (1 << 16) - 1
"""How many accesses one step can have."""
LONG = 255
"""In ``size``: the values are longer than 8 bytes and kept apart."""

RECORDED = tuple(name for name in FULL if name != "rip")
"""The registers whose changes are recorded; ``rip`` is where the next step lies."""

MODES = ("real16", "protected16", "protected32", "paged32", "long64")


def mode_of(bits: int, cr0: int) -> str:
    """Return the mode of `bits`-bit code under this CR0 (SDM volume 3, section 2.2)."""
    if bits == 64:
        return "long64"
    if not cr0 & 1:
        return "real16"
    if bits == 16:
        return "protected16"
    return "paged32" if cr0 >> 31 else "protected32"


class Place(NamedTuple):
    """What was executed: `code` at linear `address`, as `bits`-bit code in a mode of `MODES`.

    ``base`` is where the code segment begins, so that the instruction pointer is ``offset``.
    """

    address: int
    code: bytes
    bits: int
    mode: str
    base: int = 0

    @property
    def offset(self) -> int:
        """The instruction pointer: the distance from the beginning of the code segment."""
        return self.address - self.base & (1 << 64) - 1


class LongValue(NamedTuple):
    """The bytes of an access of more than 8 bytes; of a read both are the same object."""

    before: bytes
    after: bytes


class VectorChange(NamedTuple):
    """An SSE register that a step changed: its number, and its 16 bytes after the step."""

    step: int
    number: int
    after: bytes


@dataclass(frozen=True)
class Columns:
    """The columns of one trace, each an ``array`` or a NumPy array of the type that `COLUMNS` gives."""

    place: Sequence[int]
    changes: Sequence[int]
    accesses: Sequence[int]
    register: Sequence[int]
    value: Sequence[int]
    kind: Sequence[int]
    size: Sequence[int]
    address: Sequence[int]
    before: Sequence[int]
    after: Sequence[int]
    places: list[Place] = field(default_factory=list)
    repeats: dict[int, int] = field(default_factory=dict)
    long: list[LongValue] = field(default_factory=list)
    physical: dict[int, int] = field(default_factory=dict)
    makers: dict[int, int] = field(default_factory=dict)
    vectors: list[VectorChange] = field(default_factory=list)
