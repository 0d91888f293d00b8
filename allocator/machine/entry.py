"""Prepare a call: where to enter, what lies on the stack, where the routine returns to."""

from __future__ import annotations

import struct
from collections.abc import Mapping
from typing import NamedTuple

from allocator.addresses import CALLER_FRAME_SIZE, RETURN_ADDRESS, RETURN_OFFSET_16, STACK, STACK_16, Range
from allocator.assembly.image import Segment
from allocator.errors import MachineError
from allocator.machine.called_state import CODE_SELECTORS, FILL, PRESENT, CalledState
from allocator.registers import FULL, GENERAL, REGISTERS

RETURNS = ("near16", "near32", "near64", "far16", "far32", "iret")
STACK_ROOM = 4096
"""Bytes that a routine has for its stack where nobody says how long that is."""
_MASK = (1 << 64) - 1
_NEAR = {16: "near16", 32: "near32", 64: "near64"}
_FLAGS = 0x2


class Entry(NamedTuple):
    """A routine that is ready to be called.

    ``begin`` is what the engine starts at (an offset in CS in 16-bit code), ``until`` the linear address that the
    routine returns to and ``return_counter`` the packed RIP there; ``frame`` is what lies on the stack, at physical
    ``frame_address``, when its first instruction runs. ``start`` holds the packed registers that a machine starts
    with which is not called from outside.
    """

    name: str
    address: int
    state: CalledState
    begin: int
    until: int
    return_counter: bytes
    frame: bytes
    frame_address: int
    start: bytes = b""

    @property
    def exits(self) -> tuple[int, ...]:
        """The linear addresses at which its run ends: none where nothing called it."""
        return (self.until,) if self.return_counter else ()

    @property
    def bits(self) -> int:
        """The width of the routine's code."""
        return self.state.bits

    @property
    def stack(self) -> Range:
        """The physical memory of its stack; in a machine that booted, `STACK_ROOM` below the caller's frame."""
        if self.state.origin == PRESENT:
            return Range(max(0, self.frame_address - STACK_ROOM), self.frame_address + len(self.frame))
        return STACK_16 if self.bits == 16 else STACK

    def registers_before(self, given: Mapping[str, int]) -> bytes:
        """Return the registers at the first instruction, packed in the order of `FULL`."""
        if self.start:
            now = dict(zip(FULL, struct.unpack(f"<{len(FULL)}Q", self.start), strict=True))
            return struct.pack(f"<{len(FULL)}Q", *{**now, **given}.values())
        values = {**FILL, "rflags": _FLAGS, "rip": self.begin, "rsp": self.state.stack_pointer, **_SYSTEM[self.bits]}
        values["cs"] = self.state.code_selector
        values.update(given)
        return struct.pack(f"<{len(FULL)}Q", *[values.get(name, 0) for name in FULL])


_FLAT = dict.fromkeys(("ss", "ds", "es", "fs", "gs"), 0x18)
_SYSTEM: dict[int, dict[str, int]] = {
    16: {"cr4": 0x600},
    32: {**_FLAT, "cr0": 0x11, "cr4": 0x600},
    64: {**_FLAT, "cr0": 0x80000033, "cr3": 0xFFFFFFE000, "cr4": 0x620},
}
"""What the processor holds in each width when a routine is called (a test compares it with the engine)."""


def make_entry(name: str, address: int, bits: int, returns: str | None, segment: Segment | None) -> Entry:
    """Prepare the call of the `bits`-bit routine at `address` that lies in `segment`; raises MachineError."""
    kind = returns or _NEAR[bits]
    if kind not in RETURNS:
        raise MachineError(f"a routine cannot return '{kind}'; it can return {', '.join(RETURNS)}")
    if not 0 <= address < 1 << 64:
        raise MachineError(f"a routine cannot lie at {address:#x}: an address has 64 bits")
    selector = _real_mode_segment(address, segment) if bits == 16 else CODE_SELECTORS[bits]
    base = selector << 4 if bits == 16 else 0
    target = RETURN_OFFSET_16 if bits == 16 or kind.endswith("16") else RETURN_ADDRESS
    frame = _frame(kind, bits, target, selector)
    top = _stack_top(bits)
    state = CalledState(bits, selector, top - len(frame))
    counter = target.to_bytes(8, "little")
    return Entry(name, address, state, address - base, target + base, counter, frame, state.stack_pointer)


def _real_mode_segment(address: int, segment: Segment | None) -> int:
    # Flat where the code lies below 64 KiB; else the segment that the image's own bytes begin in.
    if address < 0x10000:
        return 0
    start = (segment.start if segment else address) >> 4
    if address - (min(start, 0xFFFF) << 4) >= RETURN_OFFSET_16:
        raise MachineError(f"16-bit code at {address:#x} cannot be reached in real mode: give it an org below 0x10000")
    return min(start, 0xFFFF)


def _frame(kind: str, bits: int, target: int, selector: int) -> bytes:
    if kind == "iret":
        return _interrupt_frame(bits, target, selector)
    width = {"16": 2, "32": 4, "64": 8}[kind[-2:]]
    words = (target, selector) if kind.startswith("far") else (target,)
    return b"".join(word.to_bytes(width, "little") for word in words)


def _stack_top(bits: int) -> int:
    return (STACK_16 if bits == 16 else STACK).end - CALLER_FRAME_SIZE


def _interrupt_frame(bits: int, target: int, selector: int) -> bytes:
    # SDM volume 3, section 6.12.1: FLAGS, CS, IP; 64-bit mode pushes SS:RSP as well.
    words = [target, selector, _FLAGS]
    if bits == 64:
        words += [_stack_top(64), _FLAT["ss"]]
    return b"".join(word.to_bytes(bits // 8, "little") for word in words)


def split_registers(given: Mapping[str, int]) -> dict[str, int]:
    """Turn registers by any name into full registers; raises MachineError for a name or a value that is none.

    A 32-bit name sets the whole register, as writing it does in 64-bit code; smaller ones leave the rest.
    """
    full: dict[str, int] = {}
    for name, value in given.items():
        if name in _GENERAL_NAMES and isinstance(value, int) and 0 <= value <= _MASK:
            full[name] = value
        else:
            _merge(full, name, value)
    return full


_GENERAL_NAMES = frozenset(GENERAL)


def _merge(full: dict[str, int], name: str, value: int) -> None:
    view = REGISTERS.get(name.lower())
    if view is None or view.full in ("rip", "cs"):
        raise MachineError(f"'{name}' is not a register that a call can be given")
    if not hasattr(value, "__index__"):
        raise MachineError(f"{name} is given {value!r}, and a register holds a whole number")
    if not -(1 << (view.width - 1)) <= value <= view.mask:
        raise MachineError(f"{value:#x} does not fit in {name}, which has {view.width} bits")
    value &= view.mask
    if view.width >= 32 or view.full == name:
        full[view.full] = value
        return
    before = full.get(view.full, FILL.get(view.full, _FLAGS if view.full == "rflags" else 0))
    full[view.full] = before & ~(view.mask << view.low) | value << view.low
