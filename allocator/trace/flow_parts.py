"""Take an instruction apart for the rules of data flow: its operands, and the locations that they read and write."""

from __future__ import annotations

from collections.abc import Iterator
from functools import cached_property

from allocator.instructions.disassembly import Decoded, MemoryOperand, Operand, RegisterOperand
from allocator.instructions.disassembly import read as read_parts
from allocator.instructions.spelling import STRING_OPERATIONS
from allocator.registers import REGISTERS, SEGMENTS
from allocator.trace.locations import ALL_FLAGS, read_mask, written_mask

_BASES = read_mask("rsp") | sum(map(read_mask, SEGMENTS))
_READ_BY_DS = ("movs", "cmps", "lods", "outs")


class Parts:
    """What the rules ask about an instruction."""

    def __init__(self, decoded: Decoded, is_segmented: bool) -> None:
        self.decoded = decoded
        self.name = decoded.name
        self.is_repeated = decoded.is_repeated
        self._is_segmented = is_segmented
        reading = read_parts(decoded.code, decoded.bits) if decoded.mnemonic != "db" else None
        self.operands: tuple[Operand, ...] = reading.operands if reading else ()

    @property
    def first(self) -> Operand | None:
        """The destination, if any."""
        return self.operands[0] if self.operands else None

    @property
    def string(self) -> str | None:
        """The string operation without its size: ``movs``."""
        is_string = self.name in STRING_OPERATIONS and not self.decoded.operands
        return self.name[:-1] if is_string else None

    @cached_property
    def reads(self) -> int:
        """The registers and flags that it reads."""
        return union(map(read_mask, self.decoded.reads))

    @cached_property
    def writes(self) -> int:
        """The registers and flags that it writes."""
        return union(map(written_mask, self.decoded.writes))

    @cached_property
    def kept(self) -> int:
        """The written registers of which something may be left."""
        names = [name for name in self.decoded.writes if not read_mask(name) & ALL_FLAGS]
        return union(map(read_mask, names))

    @property
    def memory(self) -> list[MemoryOperand]:
        """The operands that are addresses."""
        return [operand for operand in self.operands if isinstance(operand, MemoryOperand)]

    @cached_property
    def where(self) -> int:
        """The registers in the addresses of its operands, segments included."""
        names = [name for operand in self.memory for name in (operand.base, operand.index_register) if name]
        return union(map(read_mask, names)) | self.segments

    @cached_property
    def segments(self) -> int:
        """The segment registers that take part in its addresses; in 64-bit code only FS and GS do."""
        found = {segment for operand in self.memory for segment in self._segments_of(operand)}
        if self.string:
            found = {each for each in found if self.string in _READ_BY_DS}  # the other operand lies in ES
        found |= {"es"} if self._is_segmented and self.string not in (None, "lods", "outs") else set()
        found |= {"ss"} if self._is_segmented and self.stack else set()
        return union(map(read_mask, found))

    def _segments_of(self, operand: MemoryOperand) -> Iterator[str]:
        if operand.segment in ("fs", "gs"):
            yield operand.segment
        elif self._is_segmented:
            in_stack = operand.base in ("bp", "ebp", "sp", "esp")
            yield operand.segment or ("ss" if in_stack else "ds")

    @cached_property
    def stack(self) -> int:
        """The stack pointer, where it is read without being an operand."""
        explicit = [operand.name for operand in self.operands if isinstance(operand, RegisterOperand)]
        return self.part("rsp") if "rsp" not in [REGISTERS[name].full for name in explicit if name in REGISTERS] else 0

    def part(self, full: str) -> int:
        """Return what it reads of the register `full`."""
        names = [name for name in self.decoded.reads if name in REGISTERS and REGISTERS[name].full == full]
        return union(map(read_mask, names))

    @cached_property
    def rounds(self) -> int:
        """Of a repeated string operation the counter and the direction."""
        return self.part("rcx") | read_mask("df") if self.is_repeated else 0

    @cached_property
    def addresses(self) -> int:
        """The registers that say where it writes memory, if it does."""
        if self.string:
            return self.part("rdi") | self.rounds | self.segments
        return self.where | self.part("rsp")

    @cached_property
    def bases(self) -> int:
        """The segment registers and the stack pointer, where they say nothing but where memory lies."""
        explicit = union(map(read_mask, (each.name for each in self.operands if isinstance(each, RegisterOperand))))
        return _BASES & ~explicit if self.name != "lea" else 0

    @cached_property
    def same_register(self) -> bool:
        """Whether its two operands are one register."""
        registers = [operand for operand in self.operands if isinstance(operand, RegisterOperand)]
        return len(registers) == len(self.operands) == 2 and registers[0] == registers[1]

    @property
    def moves_segment(self) -> bool:
        """Whether an operand is a segment or control register."""
        names = [operand.name for operand in self.operands if isinstance(operand, RegisterOperand)]
        return any(name in SEGMENTS or name.startswith(("cr", "dr")) for name in names)


def union(masks: Iterator[int] | map[int]) -> int:
    """Return all locations that are in any of `masks`."""
    found = 0
    for mask in masks:
        found |= mask
    return found
