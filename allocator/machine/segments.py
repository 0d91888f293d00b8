"""Decode what segmentation works with: selectors, and descriptors of segments and of gates.

    selector     15 .. 3   2    1 0            2: TI, 0 for the GDT, 1 for the LDT
                 index     TI   RPL

    segment      63 .. 56  55 54  53 52   51 .. 48  47 46 45 44  43 .. 40  39 .. 16   15 .. 0
                 base      G  D/B L  AVL  limit     P  DPL   S   type      base       limit
                 31:24                    19:16                            23:0       15:0

    gate         63 .. 48       47 46 45 44  43 .. 40  36 .. 32       31 .. 16   15 .. 0
                 offset 31:16   P  DPL   S   type      count or IST   selector   offset 15:0

- In long mode the descriptors of an LDT, a TSS and every gate have 16 bytes, with bits 63:32 of an address in the third
  dword; those of code and data have 8 as ever.
- What can't be is described in words (``problem``), never raised.

Source: Intel SDM volume 3, sections 3.4.2 (selectors), 3.4.5 (descriptors; tables 3-1, 3-2), 5.8.3 (call gates),
6.11 and 6.14.1 (gates of the IDT), 7.2.3 (a TSS in 64-bit mode).
"""

from __future__ import annotations

from dataclasses import dataclass

DESCRIPTOR_SIZE = 8
WIDE_SIZE = 16

# Type -> kind and width of a system descriptor, outside long mode and in it (SDM volume 3, table 3-2).
_SYSTEM_KINDS: dict[int, tuple[str, int]] = {
    0x1: ("tss", 16), 0x2: ("ldt", 32), 0x3: ("tss", 16), 0x4: ("call gate", 16), 0x5: ("task gate", 32),
    0x6: ("interrupt gate", 16), 0x7: ("trap gate", 16), 0x9: ("tss", 32), 0xB: ("tss", 32), 0xC: ("call gate", 32),
    0xE: ("interrupt gate", 32), 0xF: ("trap gate", 32),
}  # fmt: skip
_LONG_KINDS: dict[int, tuple[str, int]] = {
    0x2: ("ldt", 64), 0x9: ("tss", 64), 0xB: ("tss", 64), 0xC: ("call gate", 64), 0xE: ("interrupt gate", 64),
    0xF: ("trap gate", 64),
}  # fmt: skip
GATES = ("call gate", "task gate", "interrupt gate", "trap gate")


@dataclass(frozen=True)
class Selector:
    """What a segment register holds in protected mode."""

    value: int

    @property
    def index(self) -> int:
        """The number of the descriptor in its table."""
        return self.value >> 3

    @property
    def offset(self) -> int:
        """Where its descriptor begins in its table."""
        return self.value & 0xFFF8

    @property
    def table(self) -> str:
        """``gdt`` or ``ldt``."""
        return "ldt" if self.value & 4 else "gdt"

    @property
    def rpl(self) -> int:
        """The requested privilege level."""
        return self.value & 3

    @property
    def is_null(self) -> bool:
        """Whether it selects nothing: entry 0 of the GDT, whatever its RPL."""
        return self.value & 0xFFFC == 0

    def _repr_html_(self) -> str:
        from allocator.views.bit_fields_html import bits_html

        return bits_html(self)


@dataclass(frozen=True)
class Descriptor:
    """An entry of a descriptor table: `value` is its 8 bytes, or its 16 in long mode, as a little-endian number."""

    value: int
    is_long: bool = False

    @property
    def type(self) -> int:
        """The four type bits; of code and data they are flags."""
        return self.value >> 40 & 0xF

    @property
    def is_system(self) -> bool:
        """Whether it is neither code nor data."""
        return not self.value >> 44 & 1

    @property
    def dpl(self) -> int:
        """The privilege level that it belongs to."""
        return self.value >> 45 & 3

    @property
    def is_present(self) -> bool:
        """Whether it may be used."""
        return bool(self.value >> 47 & 1)

    @property
    def kind(self) -> str:
        """``code``, ``data``, ``tss``, ``ldt``, one of `GATES`, ``reserved``, or ``empty`` where all bits are clear."""
        if not self.is_system:
            return "code" if self.type & 8 else "data"
        return "empty" if self.value == 0 else self._system[0]

    @property
    def size(self) -> int:
        """Its bytes in the table."""
        is_wide = self.is_long and self.is_system and self.type in _LONG_KINDS
        return WIDE_SIZE if is_wide else DESCRIPTOR_SIZE

    @property
    def _system(self) -> tuple[str, int]:
        return (_LONG_KINDS if self.is_long else _SYSTEM_KINDS).get(self.type, ("reserved", 0))

    @property
    def problem(self) -> str | None:
        """What is wrong with the descriptor as such, in words, or None."""
        if self.kind == "reserved":
            return f"type {self.type:#x} is reserved{' in long mode' if self.is_long else ''}"
        if self.size == WIDE_SIZE and self.value >> 104 & 0x1F:
            return "the type bits of its upper half are not zero"
        return None


@dataclass(frozen=True)
class Segment(Descriptor):
    """The descriptor of a segment: code, data, an LDT or a TSS; also one whose type is reserved, or an empty one."""

    @property
    def base(self) -> int:
        """Its first linear address."""
        low = self.value >> 16 & 0xFFFFFF | (self.value >> 56 & 0xFF) << 24
        return low | (self.value >> 64 & 0xFFFFFFFF) << 32 if self.size == WIDE_SIZE else low

    @property
    def limit(self) -> int:
        """Its last offset in bytes; of one that expands down the last that it has not."""
        pages = self.value & 0xFFFF | (self.value >> 48 & 0xF) << 16
        return pages << 12 | 0xFFF if self.has_pages else pages

    @property
    def has_pages(self) -> bool:
        """G: whether its limit counts 4 KiB."""
        return bool(self.value >> 55 & 1)

    @property
    def bits(self) -> int:
        """The width of its code, of the stack in it (B), or of its task state."""
        if self.is_system:
            return self._system[1]
        if self.is_long and self.kind == "code" and self.value >> 53 & 1:
            return 64
        return 32 if self.value >> 54 & 1 else 16

    @property
    def is_accessed(self) -> bool:
        """A: whether it was loaded since somebody cleared the bit."""
        return not self.is_system and bool(self.type & 1)

    @property
    def is_writable(self) -> bool:
        """Whether it is data that may be written."""
        return self.kind == "data" and bool(self.type & 2)

    @property
    def is_readable(self) -> bool:
        """Whether it is data, or code that may be read."""
        return self.kind == "data" or (self.kind == "code" and bool(self.type & 2))

    @property
    def is_conforming(self) -> bool:
        """Whether it is code that runs at its caller's privilege level."""
        return self.kind == "code" and bool(self.type & 4)

    @property
    def expands_down(self) -> bool:
        """Whether it is data above its limit, as some stacks are."""
        return self.kind == "data" and bool(self.type & 4)

    @property
    def is_busy(self) -> bool:
        """Whether it is a TSS whose task runs."""
        return self.kind == "tss" and bool(self.type & 2)

    def contains(self, offset: int, size: int = 1) -> bool:
        """Tell whether `size` bytes from `offset` on lie within the limit; 64-bit code and its data have none."""
        end = offset + size - 1
        if self.expands_down:
            return self.limit < offset and end <= (0xFFFFFFFF if self.bits == 32 else 0xFFFF)
        return end <= self.limit

    @property
    def problem(self) -> str | None:
        """What is wrong with the descriptor as such, in words, or None."""
        if self.is_long and self.kind == "code" and self.value >> 53 & 3 == 3:
            return "L and D are both set, which is reserved"
        return super().problem

    def _repr_html_(self) -> str:
        from allocator.views.bit_fields_html import bits_html

        return bits_html(self)


@dataclass(frozen=True)
class Gate(Descriptor):
    """The descriptor of a gate: through it a call, an interrupt or an exception reaches other code."""

    @property
    def selector(self) -> Selector:
        """The segment of code behind it; of a task gate the TSS."""
        return Selector(self.value >> 16 & 0xFFFF)

    @property
    def offset(self) -> int:
        """Where in that segment it leads."""
        if self.kind == "task gate":
            return 0
        low = self.value & 0xFFFF
        if self.bits == 16:
            return low
        return low | (self.value >> 48 & 0xFFFF) << 16 | (self.value >> 64 & 0xFFFFFFFF) << 32

    @property
    def bits(self) -> int:
        """The width of the frame that it pushes."""
        return self._system[1]

    @property
    def parameters(self) -> int:
        """How many words or dwords a call gate copies from the caller's stack."""
        return self.value >> 32 & 0x1F if self.kind == "call gate" and self.bits != 64 else 0

    @property
    def ist(self) -> int:
        """Which stack of the interrupt stack table a gate in long mode takes; 0 for none."""
        return self.value >> 32 & 7 if self.bits == 64 and self.kind != "call gate" else 0

    @property
    def problem(self) -> str | None:
        """What is wrong with the descriptor as such, in words, or None."""
        if self.kind != "task gate" and self.selector.is_null:
            return "it leads to the null selector"
        return super().problem

    def _repr_html_(self) -> str:
        from allocator.views.bit_fields_html import bits_html

        return bits_html(self)


def decode_descriptor(data: bytes, is_long: bool = False) -> Segment | Gate:
    """Decode the descriptor that `data` begins with: 8 bytes, or 16 for a system descriptor in long mode.

    ``is_long`` is whether long mode is active. What is missing at the end counts as zero.

    >>> flat = decode_descriptor(bytes.fromhex("ffff0000009acf00"))
    >>> flat.kind, flat.bits, hex(flat.limit), flat.dpl
    ('code', 32, '0xffffffff', 0)
    """
    size = Descriptor(int.from_bytes(data[:DESCRIPTOR_SIZE], "little"), is_long).size
    value = int.from_bytes(data[:size], "little")
    maker = Gate if Descriptor(value, is_long).kind in GATES else Segment
    return maker(value, is_long)
