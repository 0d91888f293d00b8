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
from allocator.machine.processor_state import SegmentRegister

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
_CODE_OR_DATA = 1 << 12
SIZES = {16: 0x2C, 32: 0x68, 64: 0x68}
"""Width to the bytes that a TSS has at least."""


@dataclass(frozen=True)
class TaskState:
    """A task state segment at linear address `base`: its fields by their names in the manual, lower case."""

    base: int
    bits: int
    fields: Mapping[str, int]
    problem: str | None = None
    is_loaded: bool = True
    """Whether TR names a task state at all."""

    def stack(self, level: int) -> tuple[int, int]:
        """Return SS and the stack pointer for privilege level 0, 1 or 2; in long mode SS is null."""
        if self.bits == 64:
            return 0, self.fields[f"rsp{level}"]
        selector, pointer = stack_fields(self.bits, level)
        return self.fields[selector], self.fields[pointer]

    def _repr_html_(self) -> str:
        from allocator.views.task_state import task_state_html

        return task_state_html(self)


def stack_fields(bits: int, level: int) -> tuple[str, str]:
    """Return the names of what holds the stack for a level, segment and pointer, in a TSS of 16 or 32 bits."""
    return f"ss{level}", f"{'sp' if bits == 16 else 'esp'}{level}"


def task_bits(tr: SegmentRegister, is_long: bool) -> int | None:
    """Return the width of the task state that TR names; None where it names none."""
    if tr.selector & ~3 == 0 or tr.attributes & _CODE_OR_DATA:
        return None
    return {1: 16, 3: 16, 9: 64 if is_long else 32, 0xB: 64 if is_long else 32}.get(tr.attributes >> 8 & 0xF)


def field_place(bits: int, name: str) -> tuple[int, int]:
    """Return the offset and the size of a field."""
    return _LAYOUTS[bits][name]


def read_task_state(tr: SegmentRegister, is_long: bool, read: Read) -> TaskState:
    """Return the task state that TR names; ``read`` takes linear addresses."""
    bits = task_bits(tr, is_long)
    layout = _LAYOUTS[bits or 32]
    size = SIZES[bits or 32]
    data = read(tr.base, min(size, tr.limit + 1)) if bits else b""
    fields = {name: int.from_bytes(data[offset : offset + width], "little") for name, (offset, width) in layout.items()}
    return TaskState(tr.base, bits or 32, fields, _problem(tr, bits, size, len(data)), bits is not None)


def _problem(tr: SegmentRegister, bits: int | None, size: int, found: int) -> str | None:
    if bits is None:
        is_null = tr.selector & ~3 == 0
        return f"TR holds {tr.selector:#x}: " + ("LTR has loaded no task state" if is_null else "that is no task state")
    if tr.limit + 1 < size:
        return f"the limit {tr.limit:#x} is less than {size - 1:#x}, which a {bits}-bit TSS needs"
    return f"there is no memory at {tr.base + found:#x}" if found < size else None
