"""Say which rule the instruction at a fault broke by itself: privilege, canonical addresses, SSE, division.

Each function returns a sentence with values, or "" where its rule holds.

Source: Intel SDM volume 1, sections 3.3.7.1 (canonical addresses), 18.5.1 (I/O privilege level); volume 3, sections 5.9
(privileged instructions), 9.6.1 (SSE).
"""

from __future__ import annotations

from allocator.checks.situation import Situation
from allocator.machine.exceptions import GENERAL_PROTECTION, INVALID_OPCODE, STACK_FAULT

DIVIDE_ERROR, NO_COPROCESSOR = 0, 7

_PRIVILEGED = frozenset({
    "lgdt", "lidt", "lldt", "ltr", "lmsw", "clts", "hlt", "invd", "wbinvd", "invlpg", "rdmsr", "wrmsr", "swapgs",
    "sysret",
})  # fmt: skip
_PUSHES = ("push", "call", "pushfq", "enter")
_PORT_MAP = 0x66
"""Where a TSS says at which of its bytes the map of ports begins."""
_MODEL_SPECIFIC = (range(0x2000), range(0x40000000, 0x40001000), range(0xC0000000, 0xC0002000),
                   range(0xC0010000, 0xC0012000))  # fmt: skip
"""Where processors have model-specific registers: Intel's, those of hypervisors, AMD's."""
_IO = frozenset({"in", "out", "insb", "insw", "insd", "outsb", "outsw", "outsd", "cli", "sti"})


def privileged(now: Situation) -> str:
    """Privileged instructions run at level 0."""
    is_halt = now.instruction == "hlt"  # which the engine does at every level
    if now.before.cpl == 0 or now.before.is_real or not (is_halt or _faults(now, GENERAL_PROTECTION)):
        return ""
    if now.instruction not in _PRIVILEGED and not now.moves_system:
        return ""
    return f"{now.instruction.upper()} is for level 0, and CS = {now.before.cs:#x} runs at level {now.before.cpl}"


def io_privilege(now: Situation) -> str:
    """Ports, CLI and STI are for code of a level that IOPL allows."""
    level = now.before.rflags >> 12 & 3
    if now.before.is_real or now.instruction not in _IO or now.before.cpl <= level:
        return ""
    if not _faults(now, GENERAL_PROTECTION) and not _is_without_port_map(now):
        return ""
    return (
        f"{now.instruction.upper()} at level {now.before.cpl} needs IOPL {now.before.cpl}, and RFLAGS.IOPL is {level}"
    )


def _is_without_port_map(now: Situation) -> bool:
    """Tell whether the TSS allows no port at all; the engine does not ask it."""
    if now.state is None or now.instruction in ("cli", "sti"):
        return False
    task = now.state.tr
    start = int.from_bytes(now.read(task.base + _PORT_MAP, 2), "little")
    return task.limit < _PORT_MAP + 1 or start >= task.limit


def not_canonical(now: Situation) -> str:
    """In 64-bit code bits 63 to 47 of an address are equal."""
    if now.before.bits != 64 or not (_faults(now, GENERAL_PROTECTION) or _faults(now, STACK_FAULT)):
        return ""
    returned = now.transfer.offset if now.transfer and now.transfer.operand_bits == 64 else None
    pushed = (
        now.stack_pointer - 8 & (1 << 64) - 1 if now.stack_pointer is not None and now.instruction in _PUSHES else None
    )
    for address in (now.operand_address, now.target, returned, pushed):
        if address is not None and address >> 47 not in (0, 0x1FFFF):
            return (
                f"{now.instruction.upper()} uses the address {address:#x}, which is not canonical: bits 63 to 47 differ"
            )
    return ""


def sse_off(now: Situation) -> str:
    """SSE needs CR4.OSFXSR, and CR0.EM clear."""
    if not _faults(now, INVALID_OPCODE) or not now.uses_sse:
        return ""
    if now.before.is_set("cr4", "OSFXSR") and not now.before.is_set("cr0", "EM"):
        return ""
    return (
        f"{now.instruction.upper()} is SSE: CR4.OSFXSR has to be set and CR0.EM clear "
        f"(CR4 = {now.before.cr4:#x}, CR0 = {now.before.cr0:#x})"
    )


def coprocessor_off(now: Situation) -> str:
    """x87 and SSE work while CR0.EM and CR0.TS are clear."""
    if not _faults(now, NO_COPROCESSOR):
        return ""
    return f"{now.instruction.upper()} needs CR0.EM and CR0.TS clear (CR0 = {now.before.cr0:#x}): #NM"


def undefined(now: Situation) -> str:
    """The bytes that are executed are an instruction, in the mode that is on."""
    if not _faults(now, INVALID_OPCODE) or sse_off(now):
        return ""
    if now.instruction.startswith("ud"):
        return f"{now.instruction.upper()} is there to fault: #UD"
    what = "these bytes are no instruction" if now.instruction == "db" else f"{now.instruction.upper()} is refused"
    return f"{what} in {now.before.mode} (CS = {now.before.cs:#x}): #UD"


def division(now: Situation) -> str:
    """DIV and IDIV have a divisor that is not 0, and a quotient that fits."""
    if not _faults(now, DIVIDE_ERROR) or now.operand is None:
        return ""
    name = now.instruction.upper()
    if now.operand == 0:
        return f"{name} divides by 0: #DE"
    return (
        f"{name} by {now.operand:#x} has a quotient that does not fit its register: #DE (is DX or AH cleared before?)"
    )


def unknown_register(now: Situation) -> str:
    """ECX names a model-specific register that exists: WRMSR to another one is a #GP."""
    if now.model_specific is None or any(now.model_specific[0] in numbers for numbers in _MODEL_SPECIFIC):
        return ""
    return f"WRMSR writes register {now.model_specific[0]:#x}, which no processor has: #GP (EFER is 0xc0000080)"


def _faults(now: Situation, vector: int) -> bool:
    return now.delivery is not None and now.delivery.vector == vector
