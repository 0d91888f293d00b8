"""Look before the engine executes what it must not simply run.

A guard is one address at which the machine looks first:

* ``hlt``     the engine stops there and cannot be told apart from one that ran out of its count;
* ``avx``     128-bit forms would run as legacy SSE with another result, 256-bit forms not at all;
* ``clock``   RDTSC and RDTSCP answer with the host's clock: no two runs would be the same;
* ``random``  RDRAND and RDSEED likewise;
* ``service`` SYSCALL and SYSENTER do nothing in the engine;
* ``spin``    a jump to itself, in a machine that boots: a program that is done, unless a device interrupts it.

One more thing is watched here: code that runs on and on through zeros (``add [rax], al``), because memory that
nobody wrote is not code. The processor would go on; translating it would take seconds.

Guards are found when code is loaded, and when the engine translates a block for the first time. They are
recognised by their bytes (SDM volume 2, appendix A). Elsewhere the guest runs at full speed.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import TYPE_CHECKING, NamedTuple

from allocator.assembly.image import Image
from allocator.instructions.anatomy import LONGEST_INSTRUCTION, Anatomy, dissect
from allocator.instructions.disassembly import decode
from allocator.machine.cpu import CODE, Cpu
from allocator.machine.run import HALTED, LIMIT, UNKNOWN_SERVICE, UNSUPPORTED, Stop
from allocator.registers import REGISTERS

if TYPE_CHECKING:
    from allocator.machine.waiting import Waiting

HLT, AVX, CLOCK, RANDOM, SERVICE, SPIN = "hlt", "avx", "clock", "random", "service", "spin"
TICKS_PER_QUERY = 1_000
ZERO_BLOCKS = 64
"""Blocks of zeros in a row after which a run has lost its way."""

# What any of them contains: a cheap look that spares nearly every block the decoding.
_SUSPECT = re.compile(rb"[\xf4\xc4\xc5\x62]|\x0f(?:[\x31\x05\x34\xc7]|\x01\xf9)|\xeb\xfe|\xe9[\xf8-\xfd]\xff")
_TWO_BYTE = {0x31: CLOCK, 0x05: SERVICE, 0x34: SERVICE}
_REFUSALS = {
    HLT: (HALTED, "'{}' stops the processor, and no interrupt will wake it"),
    AVX: (UNSUPPORTED, "'{}' is AVX, which the engine would run wrongly: SSE it runs as it should"),
    SERVICE: (UNKNOWN_SERVICE, "'{}', and a called machine has no operating system"),
}
_BOOTED_REFUSALS = {
    **_REFUSALS,
    SERVICE: (UNSUPPORTED, "'{}': the fast system calls are not modelled"),
    SPIN: (LIMIT, "'{}' jumps to itself for ever, and no interrupt will end that; a program ends with hlt"),
}


def guard_kind(code: bytes, bits: int) -> str | None:
    """Return which guard the instruction at the start of `code` needs in `bits`-bit mode, or None."""
    anatomy = dissect(code, bits)
    if anatomy is None:
        return None
    if anatomy.vex:
        return AVX if anatomy.is_avx else None
    if anatomy.map == 0:
        return HLT if anatomy.opcode == 0xF4 else SPIN if _is_spin(anatomy, code, bits) else None
    return _two_byte_kind(anatomy.opcode, code[anatomy.opcode_at + 1 :]) if anatomy.map == 0x0F else None


def _is_spin(anatomy: Anatomy, code: bytes, bits: int) -> bool:
    if anatomy.opcode not in (0xEB, 0xE9):
        return False
    wide = 4 if bits == 64 else anatomy.operand_size(bits)
    start = anatomy.opcode_at + 1
    end = start + (1 if anatomy.opcode == 0xEB else wide)
    return int.from_bytes(code[start:end], "little", signed=True) == -end


def _two_byte_kind(opcode: int, rest: bytes) -> str | None:
    if opcode == 0xC7 and rest and rest[0] >= 0xF0:
        return RANDOM
    if opcode == 0x01 and rest[:1] == b"\xf9":
        return CLOCK
    return _TWO_BYTE.get(opcode)


class Woken(NamedTuple):
    """The interrupt that ended waiting: its vector, and the linear address behind the instruction that waited."""

    vector: int
    behind: int


class Guards:
    """The guards of one machine, and its clock."""

    def __init__(self, cpu: Cpu, peek: Callable[[int, int], bytes], on_answer: Callable[[], None]) -> None:
        """``on_answer`` is told when a guard answered in an instruction's place and moved the counter behind it."""
        self.is_booted = False
        """Whether this is a machine that boots, whose programs end by jumping to themselves."""
        self.clock = 0
        """What RDTSC answers; every query moves it on. RDRAND's answers follow from it."""
        self.stop: Stop | None = None
        """Set where a guard ended the run."""
        self.waiting: Waiting | None = None
        """What may end a processor's waiting, in a machine that boots."""
        self.woken: Woken | None = None
        """Set where something ended it: whoever runs the engine delivers that, and clears this."""
        self.are_new = False
        """Whether guards were added that the engine's translations do not know yet."""
        self._cpu = cpu
        self._peek = peek
        self._on_answer = on_answer
        self._zero_blocks = 0
        self._places: dict[int, int] = {}
        self._ranges: dict[tuple[int, int, Callable[..., None]], int] = {}

    def begin(self) -> None:
        """Start a run."""
        self._zero_blocks = 0
        self.stop = None
        self.woken = None
        if self.are_new:
            self.flush_new()

    def flush_new(self) -> None:
        """Let guards that were added take effect."""
        if self.are_new:
            self._cpu.flush_translations()
            self.are_new = False

    def renew(self) -> None:
        """Take all guards off and put them on again, so that they come after whoever was attached since."""
        for place, handle in self._places.items():
            self._cpu.detach(handle)
            self._places[place] = self._cpu.watch(CODE, self._reach, place, place)
        for (first, last, callback), handle in self._ranges.items():
            self._cpu.detach(handle)
            self._ranges[first, last, callback] = self._cpu.watch(CODE, callback, first, last)

    def watch_range(self, first: int, last: int, callback: Callable[..., None]) -> None:
        """Call `callback(engine, address, size, data)` before each instruction from `first` to `last`, inclusive."""
        self._ranges[first, last, callback] = self._cpu.watch(CODE, callback, first, last)

    def scan_image(self, image: Image) -> None:
        """Guard what an image contains, line by line."""
        if not any(_SUSPECT.search(segment.data) for segment in image.segments):
            return
        for line in image.lines:
            code = image.bytes_at(line.address, line.size) if line.code else b""
            if _SUSPECT.search(code):
                self._scan(line.address, code, line.bits)

    def scan_block(self, address: int, size: int, bits: int | None = None) -> bool:
        """Guard a block of code as it lies in memory; tell whether that added guards.

        Without ``bits`` it is code of the width that runs now.
        """
        code = self._peek(address, size)
        if _SUSPECT.search(code):
            self._scan(address, code, bits or self._cpu.hidden_segments().bits)
        self._zero_blocks = self._zero_blocks + 1 if code and not code.strip(b"\0") else 0
        if self._zero_blocks > ZERO_BLOCKS:
            message = f"still running, but through zeros: nothing was ever written to {address:#x}"
            self.stop = Stop(LIMIT, message, lambda: address)
            self.are_new = True  # the same way must end in the same place the next time
        return self.are_new

    def _scan(self, address: int, code: bytes, bits: int) -> None:
        offset = 0
        while offset < len(code):
            here = address + offset
            kind = guard_kind(code[offset:], bits)
            if kind and (kind != SPIN or self.is_booted) and here not in self._places:
                self._places[here] = self._cpu.watch(CODE, self._reach, here, here)
                self.are_new = True
            offset += decode(code[offset : offset + LONGEST_INSTRUCTION], bits, here).size

    def _reach(self, _engine: object, address: int, _size: int, _data: object) -> None:
        code, bits = self._peek(address, LONGEST_INSTRUCTION), self._cpu.hidden_segments().bits
        kind = guard_kind(code, bits)  # looked at anew: the code may have changed
        if kind is None or (kind == SPIN and not self.is_booted):
            return
        decoded = decode(code, bits, address)
        if kind in (HLT, SPIN) and self._is_woken(kind, address, decoded.size, bits):
            return
        refusals = _BOOTED_REFUSALS if self.is_booted else _REFUSALS
        if kind in refusals:
            stop_kind, message = refusals[kind]
            self.stop = Stop(stop_kind, message.format(decoded.text), lambda: address)
            self._cpu.stop()
            return
        self.clock += TICKS_PER_QUERY
        self._answer(decoded.name, decoded.operands, self.clock)
        self._cpu.set("rip", self._cpu.get("rip") + decoded.size)
        self._on_answer()

    def _is_woken(self, kind: str, address: int, size: int, bits: int) -> bool:
        """Ask for an interrupt that ends waiting at HLT or at a jump to itself; tell whether there is one."""
        if self.waiting is None:
            return False
        vector = self.waiting.end_halt(address, size, bits) if kind == HLT else self.waiting.end_spin()
        if vector is None:
            return False
        if kind == HLT:
            self._cpu.set("rip", self._cpu.get("rip") + size)
        self.woken = Woken(vector, address + size)
        self._cpu.stop()
        return True

    def _answer(self, name: str, operand: str, clock: int) -> None:
        # What RDTSC, RDTSCP, RDRAND or RDSEED set (SDM volume 2).
        if name in ("rdtsc", "rdtscp"):
            self._cpu.set("rax", clock & 0xFFFFFFFF)
            self._cpu.set("rdx", clock >> 32)
            if name == "rdtscp":
                self._cpu.set("rcx", 0)
            return
        view = REGISTERS[operand]
        value = (clock * 0x9E3779B97F4A7C15) & view.mask
        kept = 0 if view.width == 32 else self._cpu.get(view.full) & ~view.mask
        self._cpu.set(view.full, kept | value)
        self._cpu.set("rflags", self._cpu.get("rflags") & ~0x8D5 | 1)
