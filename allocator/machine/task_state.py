"""Decode a task state segment: the stacks for more privileged code, and what a task switch would load.

    16 bits  44 bytes    32 bits  104 bytes    64 bits  104 bytes: stacks only (RSP0-2, IST1-7)

What lies behind the segment's limit, or where no memory is, counts as zero, and ``problem`` says so.

Not modelled: the map of I/O ports and of interrupts that may follow.

Source: Intel SDM volume 3, figures 7-2 (32-bit), 7-10 (16-bit), 7-11 (64-bit).
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from allocator.machine.descriptor_tables import Read
from allocator.machine.segments import Segment

_WORDS_16 = ("link", "sp0", "ss0", "sp1", "ss1", "sp2", "ss2", "ip", "flags", "ax", "cx", "dx", "bx", "sp", "bp", "si",
             "di", "es", "cs", "ss", "ds", "ldt")  # fmt: skip
_DWORDS_32 = ("link", "esp0", "ss0", "esp1", "ss1", "esp2", "ss2", "cr3", "eip", "eflags", "eax", "ecx", "edx", "ebx",
              "esp", "ebp", "esi", "edi", "es", "cs", "ss", "ds", "fs", "gs", "ldt")  # fmt: skip
_SELECTORS = frozenset({"link", "ss0", "ss1", "ss2", "es", "cs", "ss", "ds", "fs", "gs", "ldt"})
_QWORDS_64 = {"rsp0": 0x04, "rsp1": 0x0C, "rsp2": 0x14, **{f"ist{n}": 0x1C + 8 * n for n in range(1, 8)}}

# Width -> field to its offset and size.
_LAYOUTS: dict[int, dict[str, tuple[int, int]]] = {
    16: {name: (2 * place, 2) for place, name in enumerate(_WORDS_16)},
    32: {name: (4 * place, 2 if name in _SELECTORS else 4) for place, name in enumerate(_DWORDS_32)}
    | {"io_map": (0x66, 2)},
    64: {name: (offset, 8) for name, offset in _QWORDS_64.items()} | {"io_map": (0x66, 2)},
}
SIZES = {16: 0x2C, 32: 0x68, 64: 0x68}
"""Width to the bytes that a TSS has at least."""


@dataclass(frozen=True)
class TaskState:
    """A task state segment at linear address `base`: its fields by their names in the manual, lower case."""

    base: int
    bits: int
    fields: Mapping[str, int]
    problem: str | None = None

    def stack(self, level: int) -> tuple[int, int]:
        """Return SS and the stack pointer for privilege level 0, 1 or 2; in long mode SS is null."""
        if self.bits == 64:
            return 0, self.fields[f"rsp{level}"]
        return self.fields[f"ss{level}"], self.fields[f"{'sp' if self.bits == 16 else 'esp'}{level}"]


def read_task_state(segment: Segment, read: Read) -> TaskState:
    """Return the task state that the descriptor of a TSS describes; ``read`` takes linear addresses."""
    bits = segment.bits if segment.kind == "tss" else 32
    size = SIZES[bits]
    data = read(segment.base, min(size, segment.limit + 1))
    fields = {
        name: int.from_bytes(data[offset : offset + width], "little")
        for name, (offset, width) in _LAYOUTS[bits].items()
    }
    return TaskState(segment.base, bits, fields, _problem(segment, size, len(data)))


def _problem(segment: Segment, size: int, found: int) -> str | None:
    if segment.kind != "tss":
        return f"the descriptor is of kind {segment.kind}, not of a TSS"
    if segment.limit + 1 < size:
        return f"the limit {segment.limit:#x} is less than {size - 1:#x}, which a {segment.bits}-bit TSS needs"
    return f"there is no memory at {segment.base + found:#x}" if found < size else None
