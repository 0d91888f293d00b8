"""Explain why a run ended: turn what the engine reports into a `Stop` with a sentence.

Exceptions and their vectors: SDM volume 3, table 6-1.
"""

from __future__ import annotations

from collections.abc import Callable

from allocator.addresses import PAGE_MAP, STACK, STACK_16, Range
from allocator.instructions.anatomy import LONGEST_INSTRUCTION
from allocator.instructions.disassembly import MemoryOperand, decode, read
from allocator.machine.ending import INTERRUPT, INVALID, MISSING, Ending
from allocator.machine.exceptions import (
    GENERAL_PROTECTION,
    HAVE_ERROR_CODE,
    INVALID_OPCODE,
    PAGE_FAULT,
    exception_name,
)
from allocator.machine.memory import Memory
from allocator.machine.run import (
    CPU_FAULT,
    FENCE,
    MEMORY_FAULT,
    UNKNOWN_SERVICE,
    UNSUPPORTED,
    MemoryAccess,
    Stop,
)
from allocator.units import format_size

_NOT_CANONICAL = "whose upper bits are not all equal (not canonical)"
_CAUSES = {
    0: "the divisor is zero, or the quotient does not fit its register",
    12: f"an address in the stack segment {_NOT_CANONICAL}",
    13: f"a rule of protection was broken, for instance by an address {_NOT_CANONICAL}",
}
_ONLY_READING = frozenset({
    "cmp", "test", "bt", "jmp", "mul", "imul", "div", "idiv", "invlpg", "lgdt", "lidt", "lldt", "ltr", "lmsw", "verr",
    "verw", "fld", "fild", "fldcw", "fxrstor", "ldmxcsr", "prefetcht0", "prefetchnta",
})  # fmt: skip
_PUSHING = frozenset({"push", "call", "pushf", "pushfq", "pushal", "enter"})
_NEIGHBOURS = ((PAGE_MAP, "the page map"), (STACK, "the stack"), (STACK_16, "the stack of 16-bit code"))


class StopMaker:
    """Makes the `Stop` of a run in `bits`-bit code that the engine broke off.

    ``peek(address, size)`` reads code; ``find_last`` finds the last instruction that ran: where a jump leads
    nowhere, that is the jump.
    """

    def __init__(
        self,
        memory: Memory,
        peek: Callable[[int, int], bytes],
        bits: int,
        find_last: Callable[[], int],
        is_booted: bool,
    ) -> None:
        self._memory = memory
        self._peek = peek
        self._bits = bits
        self._find_last = find_last
        self._is_booted = is_booted

    def explain(self, ending: Ending, address: int, fault_address: int) -> Stop:
        """Return the Stop for `ending`; `address` is the program counter, `fault_address` what CR2 holds."""
        if ending.cause == MISSING:
            access = MemoryAccess(ending.access or "read", ending.address, ending.size)
            return self._explain_missing(access, address)
        if ending.cause == INTERRUPT and ending.vector == PAGE_FAULT:
            return self._explain_page_fault(address, fault_address)
        if ending.cause == INTERRUPT and ending.vector is not None:
            return self._explain_interrupt(ending.vector, address)
        if ending.cause == INVALID:
            return self._explain_invalid(address)
        return Stop(CPU_FAULT, f"the engine gave up: {ending.access}", lambda: address)

    def _explain_missing(self, access: MemoryAccess, address: int) -> Stop:
        is_fetch = access.kind == "fetch"
        at = self._find_last if is_fetch else lambda: address
        place = f"{access.address:#x}"
        what = f"jump to {place}" if is_fetch else f"{access.kind} of {format_size(access.size)} at {place}"
        fence = self._memory.fence_at(access.address)
        if fence is None:
            hint = " (a real PC reads FFh there)" if self._is_booted and access.kind == "read" else ""
            return Stop(MEMORY_FAULT, f"{what}, where this machine has no memory{hint}", at, access)
        message = f"{what}, in the fence {_side(fence)} (a rule of the sandbox: real hardware has memory there)"
        return Stop(FENCE, message, at, access)

    def _explain_page_fault(self, address: int, fault_address: int) -> Stop:
        kind = "fetch" if address == fault_address else "write" if self._writes_memory(address) else "read"
        at = self._find_last if kind == "fetch" else lambda: address
        what = "jump to" if kind == "fetch" else f"{kind} at"
        message = f"{what} {fault_address:#x}, which the page tables do not map: this machine has no memory there"
        code = 2 if kind == "write" else 0
        return Stop(MEMORY_FAULT, message, at, MemoryAccess(kind, fault_address, 1), PAGE_FAULT, code)

    def _explain_interrupt(self, vector: int, address: int) -> Stop:
        software = self._software_interrupt(vector, address)
        if software is not None:
            message = f"int {vector:#x}, and a called machine has no interrupt handlers"
            return Stop(UNKNOWN_SERVICE, message, lambda: software, vector=vector)
        if vector == GENERAL_PROTECTION and not self._code(address):
            message = (
                f"general protection (#GP): jump to {address:#x}, whose upper bits are not all equal (not canonical)"
            )
            return Stop(CPU_FAULT, message, self._find_last, MemoryAccess("fetch", address, 1), vector, 0)
        at = address - 1 if vector in (1, 3) else address  # INT1 and INT3 are traps: the counter is behind them
        message = f"{exception_name(vector)} at '{self._text(at)}'"
        cause = f": {_CAUSES[vector]}" if vector in _CAUSES else ""
        if self._is_booted:
            cause += f"; the program has no handler for vector {vector}, and the firmware's does nothing"
        code = 0 if vector in HAVE_ERROR_CODE else None
        return Stop(CPU_FAULT, message + cause, lambda: at, vector=vector, error_code=code)

    def _explain_invalid(self, address: int) -> Stop:
        text = self._text(address)
        if text.startswith(("ud", "db")):
            message = f"invalid opcode (#UD): '{text}'"
            return Stop(CPU_FAULT, message, lambda: address, vector=INVALID_OPCODE)
        if self._is_booted and "xmm" in text:
            message = f"invalid opcode (#UD): '{text}' is SSE, which is off until CR4.OSFXSR is set"
            return Stop(CPU_FAULT, message, lambda: address, vector=INVALID_OPCODE)
        message = f"'{text}' is an instruction that the engine does not have"
        return Stop(UNSUPPORTED, message, lambda: address, vector=INVALID_OPCODE)

    def _software_interrupt(self, vector: int, address: int) -> int | None:
        # INT n leaves the counter behind itself, an exception leaves it at the instruction.
        start = address - 2
        if self._peek(start, 2) == bytes([0xCD, vector]):
            return start
        return None

    def _code(self, address: int) -> bytes:
        return self._peek(address, LONGEST_INSTRUCTION)

    def _text(self, address: int) -> str:
        code = self._code(address)
        return decode(code, self._bits, address).text if code else "nothing"

    def _writes_memory(self, address: int) -> bool:
        code = self._code(address)
        return bool(code) and writes_memory(code, self._bits)


def writes_memory(code: bytes, bits: int) -> bool:
    """Tell whether an instruction stores something, as far as its operands say."""
    reading = read(code, bits)
    if reading is None:
        return False
    name = reading.mnemonic.rsplit(" ", 1)[-1]
    first = reading.operands[0] if reading.operands else None
    return name in _PUSHING or (isinstance(first, MemoryOperand) and name not in _ONLY_READING)


def _side(fence: Range) -> str:
    for area, name in _NEIGHBOURS:
        if fence.end == area.start:
            return f"below {name} at {area.start:#x}"
        if fence.start == area.end:
            return f"above {name}, which ends at {area.end:#x}"
    return f"{fence.start:#x}..{fence.end:#x}"
