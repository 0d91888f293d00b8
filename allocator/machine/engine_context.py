"""Read and change the processor's state where the engine saves it: in a context.

The engine's API has no names for the hidden parts of segment registers, and none for the exception that is
pending. A saved context holds them all, behind a header, at the same offsets on every platform:

    000 general registers   080 RIP      088 RFLAGS, flags of the last operation from 090
    0B0 mode flags          0B8 six segment registers, LDTR, TR, GDTR, IDTR
    1A8 CR0 to CR4          250 EFER
    1508 error code, whether it was a software interrupt        1578 the exception before

These offsets are those of Unicorn 2.1 and are not documented: `Cpu` compares them with its API before it believes them.
"""

from __future__ import annotations

import ctypes
import struct
from typing import NamedTuple

from allocator.addresses import Range
from allocator.machine.engine_state import CONTEXT_HEADER
from allocator.machine.processor_state import ProcessorState, SegmentRegister
from allocator.machine.system_registers import SystemRegisters, TableRegister
from allocator.registers import SEGMENTS

_RSP, _RIP, _RFLAGS = 0x20, 0x80, 0x88
_SOURCE, _OPERATION = 0x98, 0xA8
_MODE = 0xB0
_SEGMENTS = 0xB8
_SEGMENT = struct.Struct("<I4xQII")
_LDTR, _TR, _GDTR, _IDTR = (_SEGMENTS + _SEGMENT.size * place for place in range(6, 10))
_CONTROL = 0x1A8
_EFER = 0x250
_PENDING, _BEFORE = 0x1508, 0x1578
_END = 0x1580

_STATUS, _DIRECTION = 0x8D5, 0x400
_FLAGS_ARE_IN_SOURCE = 1

# The engine's mode flags: what it derives from the registers, and expects whoever changes them to derive.
_CPL, _INHIBITED = 3, 1 << 3
_CODE_32, _STACK_32, _HAS_BASES, _LONG, _CODE_64 = 1 << 4, 1 << 5, 1 << 6, 1 << 14, 1 << 15


class Pending(NamedTuple):
    """The event that the engine stopped for: ``is_software`` for INT n, INT3 and INTO."""

    error_code: int
    is_software: bool


class Change(NamedTuple):
    """The registers that an interrupt, or whoever takes the processor elsewhere, sets; the other segments stay."""

    rip: int
    rsp: int
    rflags: int
    segments: dict[str, SegmentRegister]


class EngineContext:
    """A context that the engine saved: its bytes lie at `address` in this process as long as `owner` lives."""

    def __init__(self, address: int, owner: object) -> None:
        self.address = address
        self._owner = owner
        self._bytes = (ctypes.c_char * _END).from_address(address + CONTEXT_HEADER)

    def state(self, rflags: int) -> ProcessorState:
        """Decode it; ``rflags`` is asked of the engine, which keeps the status flags in parts."""
        segments = {name: self._segment(_SEGMENTS + _SEGMENT.size * place) for place, name in enumerate(SEGMENTS)}
        cr0, _cr1, cr2, cr3, cr4 = struct.unpack_from("<5Q", self._bytes, _CONTROL)
        ldtr, tr, gdtr, idtr = (self._segment(place) for place in (_LDTR, _TR, _GDTR, _IDTR))
        registers = SystemRegisters(
            cr0=cr0, cr2=cr2, cr3=cr3, cr4=cr4, efer=self._word(_EFER), rflags=rflags,
            gdtr=TableRegister(gdtr.base, gdtr.limit), idtr=TableRegister(idtr.base, idtr.limit),
            ldtr=ldtr.selector, tr=tr.selector, fs_base=segments["fs"].base, gs_base=segments["gs"].base,
            bits=self.bits, **{name: segment.selector for name, segment in segments.items()},
        )  # fmt: skip
        return ProcessorState(self._word(_RIP), self._word(_RSP), registers, segments, ldtr, tr)

    @property
    def bits(self) -> int:
        """The width of the code that runs."""
        mode = self._word(_MODE)
        return 64 if mode & _CODE_64 else 32 if mode & _CODE_32 else 16

    @property
    def pending(self) -> Pending:
        """What the engine stopped for."""
        error_code, is_software = struct.unpack_from("<Ii", self._bytes, _PENDING)
        return Pending(error_code, bool(is_software))

    @property
    def exception_before(self) -> int:
        """The exception that a second one would be taken together with; -1 for none."""
        (number,) = struct.unpack_from("<i", self._bytes, _BEFORE)
        return int(number)

    def forget_exception(self) -> None:
        """Let the next exception be the first: else the engine makes a double fault of it."""
        struct.pack_into("<i", self._bytes, _BEFORE, -1)

    def set_segment(self, name: str, segment: SegmentRegister) -> None:
        """Load a segment register, hidden part and all; CS and SS are for `apply`."""
        _SEGMENT.pack_into(self._bytes, _SEGMENTS + _SEGMENT.size * SEGMENTS.index(name), *segment)

    def set_counter(self, offset: int) -> None:
        """Set the instruction pointer."""
        struct.pack_into("<Q", self._bytes, _RIP, offset)

    def apply(self, change: Change) -> None:
        """Take the processor elsewhere."""
        self.forget_exception()
        for name, segment in change.segments.items():
            self.set_segment(name, segment)
        struct.pack_into("<Q", self._bytes, _RSP, change.rsp)
        # Between two runs the engine keeps all flags in one word, and takes them apart when it goes on.
        struct.pack_into("<QQ", self._bytes, _RIP, change.rip, change.rflags)
        struct.pack_into("<Q", self._bytes, _SOURCE, change.rflags & _STATUS)
        direction = -1 if change.rflags & _DIRECTION else 1
        struct.pack_into("<Ii", self._bytes, _OPERATION, _FLAGS_ARE_IN_SOURCE, direction)
        struct.pack_into("<I", self._bytes, _MODE, self._mode_flags())

    def _mode_flags(self) -> int:
        (mode,) = struct.unpack_from("<I", self._bytes, _MODE)
        code, stack, data, extra = (
            self._segment(_SEGMENTS + _SEGMENT.size * SEGMENTS.index(n)) for n in ("cs", "ss", "ds", "es")
        )
        is_protected = self._word(_CONTROL) & 1
        mode &= ~(_CPL | _INHIBITED | _CODE_32 | _CODE_64 | _STACK_32 | _HAS_BASES)
        if is_protected:
            mode |= stack.dpl
        if mode & _LONG and code.attributes >> 21 & 1:
            return int(mode | _CODE_32 | _CODE_64 | _STACK_32)
        mode |= _CODE_32 if code.is_wide else 0
        mode |= _STACK_32 if stack.is_wide else 0
        has_bases = not is_protected or not code.is_wide or stack.base or data.base or extra.base
        return int(mode | _HAS_BASES if has_bases else mode)

    def _segment(self, place: int) -> SegmentRegister:
        return SegmentRegister(*_SEGMENT.unpack_from(self._bytes, place))

    def _word(self, place: int) -> int:
        (word,) = struct.unpack_from("<Q", self._bytes, place)
        return int(word)


# What tells whether the places above are right: an engine that executes `PROBE` in 16-bit code, and whose
# registers are then set by its API.
PROBE_CODE = Range(0x1000, 0x1002)
PROBE = b"\xcd\x21"
PROBED = {"sp": 0x1234, "cs": 0x5678, "es": 0x2345, "cr2": 0x987654, "cr3": 0x7000, "cr4": 0x200}
PROBED_TABLES = {"gdtr": TableRegister(0x11223344, 0x27), "idtr": TableRegister(0x55667788, 0x7FF)}


def is_as_probed(context: EngineContext) -> bool:
    """Tell whether the context holds what the probe and the API put into the engine."""
    state = context.state(rflags=2)
    found = {"sp": state.rsp, **{name: getattr(state.registers, name) for name in PROBED if name != "sp"}}
    return (
        found == PROBED
        and {"gdtr": state.gdtr, "idtr": state.idtr} == PROBED_TABLES
        and state.segments["cs"][:3] == SegmentRegister.real(PROBED["cs"])[:3]
        and state.rip == PROBE_CODE.end
        and context.pending == Pending(0, True)
        and context.exception_before == -1
    )
