"""Run the same bytes on the real processor: Linux on x86-64 only, and no compiler needed.

    parent                       child: python real_cpu.py
    run_on_cpu  --- cases --->   maps the program, its data and a stack at their true addresses,
                                 for each case: fills the memory, loads every register, calls,
                <-- results --   stores every register, reports which bytes changed

    00100000  image            the segments
    00110000  variables        one frame
    00120000  page map         131,072 bytes; nothing is mapped around it
    001E0000  stack            grows down from 001F0000
    00300000  trampoline       hand-assembled: registers in, call, registers out, and the signal handler
    00301000  exchange         the registers themselves

A fault (SIGSEGV, SIGBUS, SIGILL, SIGFPE, SIGTRAP) ends its case, with the registers at it. A child that
dies or loops for 5 seconds is a fault named "crashed" of the case that it was at; a new child goes on.

Sources: Intel SDM volume 2 (encodings); Linux ``sigaction(2)``, ``<sys/ucontext.h>`` (order of the registers).
"""

from __future__ import annotations

import ctypes
import pickle
import platform
import signal
import struct
import subprocess
import sys
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from typing import BinaryIO

REGISTERS = (
    "rax", "rcx", "rdx", "rbx", "rsp", "rbp", "rsi", "rdi",
    "r8", "r9", "r10", "r11", "r12", "r13", "r14", "r15",
)  # fmt: skip
"""In the order of their encoding."""
GENERAL_AND_FLAGS = (*REGISTERS, "rflags")
RFLAGS = 0x202
DATA = ((0x110000, 0x1000), (0x120000, 0x20000), (0x1E0000, 0x10000))
"""(start, size) of what is zero before each case."""
STACK_TOP = 0x1EFF00
TRAMPOLINE = 0x300000
EXCHANGE = 0x301000
SECONDS_PER_CASE = 5

Segments = Sequence[tuple[int, bytes]]
Regions = Sequence[tuple[int, int]]


@dataclass(frozen=True)
class Case:
    """One call: registers (those not named are 0; "rsp" is the stack pointer of the caller) and memory to fill."""

    registers: dict[str, int] = field(default_factory=dict)
    memory: tuple[tuple[int, bytes], ...] = ()


@dataclass(frozen=True)
class Fault:
    """Why a case did not return: "read", "write", "fetch", a signal's name, or "crashed"."""

    kind: str
    address: int | None = None


@dataclass(frozen=True)
class Result:
    """Registers at the end (with "rflags", and "rip" at a fault), and what changed outside of the stack."""

    registers: dict[str, int]
    changed: dict[int, tuple[int, int]]
    fault: Fault | None = None


def is_available() -> bool:
    """Say whether this host can run the programs."""
    return sys.platform == "linux" and platform.machine() == "x86_64"


def run_on_cpu(image_segments: Segments, entry: int, cases: Sequence[Case], regions: Regions = DATA) -> list[Result]:
    """Call `entry` once for each case, each from fresh memory, and return what the processor did.

    Raises OSError when the addresses cannot be mapped. A case may only name memory inside `regions`.
    """
    results: list[Result] = []
    while len(results) < len(cases):
        results += _run_child((image_segments, entry, regions), cases[len(results) :])
    return results


def _run_child(program: tuple[Segments, int, Regions], cases: Sequence[Case]) -> list[Result]:
    message = pickle.dumps((program, [(case.registers, case.memory) for case in cases]))
    child = subprocess.run([sys.executable, "-I", __file__], input=message, capture_output=True, check=False)
    if child.returncode == 1 and child.stderr:  # Python's own exit; a program may exit with 1, but is silent
        raise OSError(child.stderr.decode(errors="replace"))
    results = [
        Result(registers, changed, Fault(*fault) if fault else None)
        for registers, changed, fault in _unpickle_all(child.stdout)
    ]
    return results if child.returncode == 0 else [*results, Result({}, {}, Fault("crashed"))]


def _unpickle_all(stream: bytes) -> Iterator[tuple[dict[str, int], dict[int, tuple[int, int]], tuple[str, int] | None]]:
    # Frames of length and pickle: the last one may be cut short by the end of the child.
    position = 0
    while position + 4 <= len(stream):
        (size,) = struct.unpack_from("<I", stream, position)
        frame = stream[position + 4 : position + 4 + size]
        if len(frame) == size:
            yield pickle.loads(frame)
        position += 4 + size


# From here on: the child.

HOST_STACK, FAULTED = 0x00, 0x08
IN, OUT, CONTEXT = 0x100, 0x200, 0x300
FLAGS_SLOT = len(REGISTERS) * 8
CONTEXT_NAMES = (
    "r8", "r9", "r10", "r11", "r12", "r13", "r14", "r15", "rdi", "rsi", "rbp", "rbx",
    "rdx", "rax", "rcx", "rsp", "rip", "rflags", "segments", "error", "trap", "mask", "cr2",
)  # fmt: skip
"""The order of ``gregs`` in a Linux signal context, which begins 40 bytes into it."""
SIGNALS = (signal.SIGSEGV, signal.SIGBUS, signal.SIGILL, signal.SIGFPE, signal.SIGTRAP)
PAGE_FAULT = 14
PROT_READ_WRITE_EXECUTE = 7
MAP_PRIVATE_ANONYMOUS_FIXED_NOREPLACE = 0x100022
SA_SIGINFO_ONSTACK = 0x08000004


def _absolute(opcode: int, register: int, offset: int) -> bytes:
    """Encode ``REX.W opcode`` between a register and ``[EXCHANGE + offset]``; 8B loads, 89 stores."""
    rex = 0x4C if register >= 8 else 0x48
    return struct.pack("<BBBBI", rex, opcode, (register & 7) << 3 | 4, 0x25, EXCHANGE + offset)


def _trampoline(entry: int) -> tuple[bytes, int]:
    """Return the code that makes the call and the signal handler behind it, and the handler's address."""
    code = bytes.fromhex("53 55 4154 4155 4156 4157 9c")  # push rbx rbp r12 r13 r14 r15 rflags
    code += _absolute(0x89, 4, HOST_STACK)
    code += bytes.fromhex("ff3425") + struct.pack("<I", EXCHANGE + IN + FLAGS_SLOT)  # push qword [flags]
    code += bytes.fromhex("9d")  # popfq: MOV leaves the flags alone from here on
    for register in range(len(REGISTERS)):
        code += _absolute(0x8B, register, IN + register * 8)
    code += b"\xe8" + struct.pack("<i", entry - (TRAMPOLINE + len(code) + 5))  # call entry
    for register in range(len(REGISTERS)):
        code += _absolute(0x89, register, OUT + register * 8)
    code += _absolute(0x8B, 4, HOST_STACK)
    code += bytes.fromhex("9c 8f0425") + struct.pack("<I", EXCHANGE + OUT + FLAGS_SLOT)  # pushfq; pop qword [flags]
    behind = TRAMPOLINE + len(code)
    code += _absolute(0x8B, 4, HOST_STACK)
    code += bytes.fromhex("9d 415f 415e 415d 415c 5d 5b c3")  # popfq, pop r15 r14 r13 r12 rbp rbx, ret
    handler = TRAMPOLINE + len(code)
    return code + _handler(behind), handler


def _handler(behind: int) -> bytes:
    """Encode the signal handler: keep the registers of the context in RDX, and make it go on `behind` the call."""
    code = bytes.fromhex("fc 488d7228")  # cld; lea rsi, [rdx+40]
    code += bytes.fromhex("48c7c7") + struct.pack("<I", EXCHANGE + CONTEXT)  # mov rdi, context
    code += b"\xb9" + struct.pack("<I", len(CONTEXT_NAMES)) + bytes.fromhex("f348a5")  # mov ecx, n; rep movsq
    code += bytes.fromhex("48c70425") + struct.pack("<II", EXCHANGE + FAULTED, 1)  # mov qword [faulted], 1
    rip = 40 + CONTEXT_NAMES.index("rip") * 8
    return code + bytes.fromhex("48c782") + struct.pack("<II", rip, behind) + b"\xc3"  # mov qword [rdx+rip], behind


class _Processor:
    """This process, with a program mapped into it."""

    def __init__(self, segments: Segments, entry: int, regions: Regions) -> None:
        self.libc = ctypes.CDLL(None, use_errno=True)
        self.segments, self.regions = segments, regions
        for start, end in _frames([*((start, len(data)) for start, data in segments), *regions]):
            self._map(start, end - start)
        self._map(TRAMPOLINE, 0x2000)
        code, handler = _trampoline(entry)
        ctypes.memmove(TRAMPOLINE, code, len(code))
        self._catch_signals(handler)
        self.call = ctypes.CFUNCTYPE(None)(TRAMPOLINE)

    def run(
        self, registers: dict[str, int], memory: Sequence[tuple[int, bytes]]
    ) -> tuple[dict[str, int], dict[int, tuple[int, int]], tuple[str, int] | None]:
        self._fill(memory)
        before = self._observed()
        values = {"rsp": STACK_TOP, "rflags": RFLAGS, **registers}
        packed = struct.pack("<17Q", *(values.get(name, 0) for name in GENERAL_AND_FLAGS))
        ctypes.memmove(EXCHANGE + IN, packed, len(packed))
        ctypes.memset(EXCHANGE + FAULTED, 0, 8)
        signal.setitimer(signal.ITIMER_REAL, SECONDS_PER_CASE)
        self.call()
        signal.setitimer(signal.ITIMER_REAL, 0)
        after, fault = self._registers()
        return after, _differences(before, self._observed()), fault

    def _map(self, start: int, size: int) -> None:
        mmap = self.libc.mmap
        mmap.restype = ctypes.c_void_p
        mmap.argtypes = [ctypes.c_void_p, ctypes.c_size_t, ctypes.c_int, ctypes.c_int, ctypes.c_int, ctypes.c_long]
        where = mmap(start, size, PROT_READ_WRITE_EXECUTE, MAP_PRIVATE_ANONYMOUS_FIXED_NOREPLACE, -1, 0)
        if where != start:
            raise OSError(ctypes.get_errno(), f"cannot map {size:#x} bytes at {start:#x}")

    def _catch_signals(self, handler: int) -> None:
        self.signal_stack = ctypes.create_string_buffer(1 << 17)
        stack = struct.pack("<QQQ", ctypes.addressof(self.signal_stack), 0, 1 << 17)
        action = struct.pack("<Q128sQQ", handler, bytes(128), SA_SIGINFO_ONSTACK, 0)
        if self.libc.sigaltstack(stack, None) or any(self.libc.sigaction(int(s), action, None) for s in SIGNALS):
            raise OSError(ctypes.get_errno(), "cannot catch signals")

    def _fill(self, memory: Sequence[tuple[int, bytes]]) -> None:
        for start, size in self.regions:
            ctypes.memset(start, 0, size)
        for start, data in (*self.segments, *memory):
            ctypes.memmove(start, data, len(data))

    def _observed(self) -> dict[int, bytes]:
        shown = [*((start, len(data)) for start, data in self.segments), *self.regions]
        return {start: ctypes.string_at(start, size) for start, size in shown if not start <= STACK_TOP < start + size}

    def _registers(self) -> tuple[dict[str, int], tuple[str, int] | None]:
        if not ctypes.c_uint64.from_address(EXCHANGE + FAULTED).value:
            packed = ctypes.string_at(EXCHANGE + OUT, 17 * 8)
            return dict(zip(GENERAL_AND_FLAGS, struct.unpack("<17Q", packed), strict=True)), None
        packed = ctypes.string_at(EXCHANGE + CONTEXT, len(CONTEXT_NAMES) * 8)
        context = dict(zip(CONTEXT_NAMES, struct.unpack(f"<{len(CONTEXT_NAMES)}Q", packed), strict=True))
        return {name: context[name] for name in (*GENERAL_AND_FLAGS, "rip")}, _fault(context)


def _fault(context: dict[str, int]) -> tuple[str, int]:
    if context["trap"] != PAGE_FAULT:
        return f"exception {context['trap']}", context["rip"]
    kind = "fetch" if context["error"] & 16 else "write" if context["error"] & 2 else "read"
    return kind, context["cr2"]


def _frames(ranges: Sequence[tuple[int, int]]) -> list[tuple[int, int]]:
    """Return the 4 KiB frames that the ranges touch, joined where they meet."""
    touched = sorted({frame for start, size in ranges for frame in range(start >> 12, (start + size + 4095) >> 12)})
    joined: list[tuple[int, int]] = []
    for frame in touched:
        start = joined.pop()[0] if joined and joined[-1][1] == frame << 12 else frame << 12
        joined.append((start, (frame + 1) << 12))
    return joined


def _differences(before: dict[int, bytes], after: dict[int, bytes]) -> dict[int, tuple[int, int]]:
    changed: dict[int, tuple[int, int]] = {}
    for start, old in before.items():
        for offset in range(0, len(old), 4096):
            old_frame, new_frame = old[offset : offset + 4096], after[start][offset : offset + 4096]
            if old_frame != new_frame:
                pairs = enumerate(zip(old_frame, new_frame, strict=True), start + offset)
                changed.update((address, (one, other)) for address, (one, other) in pairs if one != other)
    return changed


def _serve(requests: BinaryIO, answers: BinaryIO) -> None:
    program, cases = pickle.load(requests)
    processor = _Processor(*program)
    for registers, memory in cases:
        frame = pickle.dumps(processor.run(registers, memory))
        answers.write(struct.pack("<I", len(frame)) + frame)
        answers.flush()


if __name__ == "__main__":
    _serve(sys.stdin.buffer, sys.stdout.buffer)
