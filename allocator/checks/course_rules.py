"""Find where a run that failed went astray: overwritten code, a jump to where no code is, an address without memory.

- Code that runs is what was assembled; a patched operand is no fault, another instruction is.
- A transfer that leaves the program's code and never comes back took its target from somewhere: the stack, a register,
  a vector. Or nothing transferred, and the code just ended.
- An address has memory behind it.

Only of runs that failed, and of programs whose source is known.

Source: Intel SDM volume 1, sections 3.5 (instruction pointer), 6.2 (stacks), 6.4 (calls and returns); volume 3, 8.1.3
(code that changes), 20.1.4 (vectors of real mode).
"""

from __future__ import annotations

from collections.abc import Iterator

from allocator.addresses import Range
from allocator.assembly.image import Image
from allocator.checks.inspection import Finding, Inspection
from allocator.checks.mode_rules import LEADS, Rule
from allocator.checks.source_lines import is_of_program, line_of, setting_by, setting_of_register
from allocator.instructions.disassembly import MemoryOperand, NumberOperand, RegisterOperand, decode, read
from allocator.machine.run import LIMIT, MEMORY_FAULT, MemoryAccess
from allocator.trace.broken_rule import Setting
from allocator.trace.schema import Place
from allocator.trace.step import Step
from allocator.trace.trace import Trace


def _nothing(_now: object) -> str:
    return ""


OVERWRITTEN = Rule("code stays as it was assembled", "8.1.3", _nothing, (), LEADS)
ASTRAY = Rule("a transfer leads to code", "volume 1, 6.4", _nothing, (), LEADS)
MEMORY = Rule("an address has memory behind it", "volume 1, 3.3", _nothing, (), LEADS)
COURSE_RULES = (ASTRAY, MEMORY)
_RETURNS = ("ret", "iret")
_SOFTWARE = ("int", "int3", "into")
_PAGED = ("paged32", "long64")
_FIRMWARE = 0xC0000
_ONE_MIB = 0x100000
_USING_STACK = ("push", "pop", "call", "ret", "enter", "leave", "int")


def astray(trace: Trace, inspection: Inspection) -> Iterator[Finding]:
    """Yield what led a run that failed away from its program."""
    if not inspection.has_failed:
        return
    yield from _without_memory(trace)
    if trace.image.lines:
        yield from _overwritten(trace, inspection)
    yield from _left(trace)


# -- code that was overwritten --


def _overwritten(trace: Trace, inspection: Inspection) -> Iterator[Finding]:
    numbers = [number for number, place in enumerate(trace.columns.places) if _is_other(trace.image, place)]
    step = min((_first_step(trace, number) for number in numbers), default=None)
    place = trace[-1].place if step is None else trace[step].place
    if step is None:  # an instruction that overwrites itself ran as it was
        step = len(trace) - 1
        place = place._replace(code=inspection.last_code)
        if not _is_other(trace.image, place):
            return
    where = trace.image.locate(place.address)
    if trace.last_write(Range(place.address, place.address + 1), min(step + 1, len(trace))) is None:
        sentence = f"the code at {where or hex(place.address)} was never read from the disk: nothing lies there"
        yield Finding(max(0, step - 1), ASTRAY, sentence)
        return
    sentence = (
        f"the code at {where or hex(place.address)} is no longer what was assembled: {place.code.hex(' ')} "
        f"({decode(place.code, place.bits).text}) lies there instead of {_assembled(trace.image, place).hex(' ')}"
    )
    yield Finding(step, OVERWRITTEN, sentence, _overwriter(trace, step, place))


def _overwriter(trace: Trace, step: int, place: Place) -> tuple[Setting, ...]:
    writer = trace.last_write(Range(place.address, place.address + len(place.code)), min(step + 1, len(trace)))
    if writer is None:
        return ()
    registers = operand_settings(trace, writer)
    return (setting_by(trace, f"bytes at {place.address:#x}", place.code.hex(), writer.index), *registers)


def _is_other(image: Image, place: Place) -> bool:
    """Tell whether the image has another instruction there, not just another operand."""
    line = image.line_at(place.address)
    if line is None or not line.code or place.mode in _PAGED or not place.code:
        return False
    assembled = _assembled(image, place)
    if assembled == place.code:
        return False
    return decode(assembled, place.bits).name != decode(place.code, place.bits).name


def _assembled(image: Image, place: Place) -> bytes:
    segment = image.segment_at(place.address)
    if segment is None:
        return b""
    offset = place.address - segment.start
    return bytes(segment.data[offset : offset + len(place.code)])


def _first_step(trace: Trace, number: int) -> int:
    import numpy as np

    return int(np.argmax(trace.arrays.place == number))


# -- a transfer that leads nowhere --


def _left(trace: Trace) -> Iterator[Finding]:
    """Find the step after which no code of the program ran any more."""
    if trace.stop.kind not in (LIMIT, MEMORY_FAULT) and not trace.stop.is_fault:
        return
    step = _last_known(trace)
    if step is None or step + 1 >= len(trace):
        return
    target = trace[step + 1].place
    if _is_firmware(target.address) and any(target.code):
        return
    line = line_of(trace, step + 1)
    if line is not None and line.code:
        return  # page tables show the program at another address
    if any(target.code) and trace.last_write(Range(target.address, target.address + 1), step) is not None:
        return  # somebody put it there
    sentence, settings = _how(trace, trace[step], target)
    yield Finding(step, ASTRAY, sentence + _unpaged(trace, target.address), settings)


def _last_known(trace: Trace) -> int | None:
    """Return the last step in code of the program; None where that ran to the end, or never."""
    import numpy as np

    known = [number for number, place in enumerate(trace.columns.places) if _is_known(trace, place)]
    steps = np.flatnonzero(np.isin(trace.arrays.place, known))
    return int(steps[-1]) if len(steps) else None


def _is_known(trace: Trace, place: Place) -> bool:
    """Tell whether a place is code of the program; of a disk without its sources what is no zeros."""
    return is_of_program(trace, place.address) and (bool(trace.image.lines) or any(place.code))


def _is_firmware(address: int) -> bool:
    return _FIRMWARE <= address < _ONE_MIB


def _how(trace: Trace, step: Step, target: Place) -> tuple[str, tuple[Setting, ...]]:
    name, where = step.decoded.name, f"{target.address:#x}"
    nothing = "where no code of the program is"
    if step.address + len(step.code) == target.address:
        return f"execution runs on behind the end of the code, into {where}, {nothing}", ()
    if name.startswith(_RETURNS):
        return f"{name.upper()} leads to {where}, {nothing}: that is what it takes from the stack", _slot(trace, step)
    if name in _SOFTWARE:
        return f"{name.upper()} leads to {where}, {nothing}: that is what its vector says", _slot(trace, step)
    return f"{name.upper()} leads to {where}, {nothing}", (
        *operand_settings(trace, step, is_transfer=True),
        *_slot(trace, step),
    )


def _slot(trace: Trace, step: Step) -> tuple[Setting, ...]:
    """Return the memory that a transfer took its target from, and who wrote it."""
    kept = [access for access in step.accesses if access.kind == "read"]
    reading = read(step.code, step.bits)
    is_said = any(isinstance(each, NumberOperand) for each in reading.operands) if reading else False
    if not kept or (is_said and step.decoded.name not in _SOFTWARE):
        return ()
    first = kept[0]
    writer = trace.last_write(Range(first.address, first.address + first.size), step)
    name = f"word at {first.address:#x}"
    if writer is not None and line_of(trace, writer.index) is None and trace.image.line_at(first.address):
        return (Setting(name, f"{first.value:#x}", None, "", trace.image.line_at(first.address)),)
    return (setting_by(trace, name, f"{first.value:#x}", writer.index if writer else None),)


def operand_settings(trace: Trace, step: Step, *, is_transfer: bool = False) -> tuple[Setting, ...]:
    """Return the registers that make an address, or that a transfer leads to, and who set them."""
    reading = read(step.code, step.bits)
    names: list[str] = []
    for operand in reading.operands if reading else ():
        if isinstance(operand, RegisterOperand) and is_transfer:
            names.append(operand.name)
        elif isinstance(operand, MemoryOperand):
            names += [name for name in (operand.base, operand.index_register) if name]
    if not is_transfer and not names and step.decoded.name.startswith(_USING_STACK):
        names = ["rsp" if step.bits == 64 else "esp" if step.bits == 32 else "sp"]
    return tuple(_register(trace, step, name) for name in dict.fromkeys(names) if name != "rip")


def _register(trace: Trace, step: Step, name: str) -> Setting:
    return setting_of_register(trace, name, step.before[name], step.index)


# -- an address without memory --


def _without_memory(trace: Trace) -> Iterator[Finding]:
    access = trace.stop.access
    if trace.stop.kind != MEMORY_FAULT or access is None:
        return
    step = trace[-1]
    verb = {"read": "reads", "write": "writes", "fetch": "jumps to"}.get(access.kind, "uses")
    if any(each.by == "interrupt" for each in step.accesses) or (access.kind != "fetch" and not _uses_memory(step)):
        yield _delivered_nowhere(trace, step, access)
        return
    stack = ", the stack," if step.decoded.name.startswith(_USING_STACK) and access.kind != "fetch" else ""
    paging = "" if step.mode not in ("protected32", "protected16") else _unpaged(trace, access.address)
    sentence = f"{step.decoded.name.upper()} {verb} {access.address:#x}{stack} where this machine has no memory{paging}"
    yield Finding(
        len(trace) - 1,
        MEMORY,
        sentence,
        (*operand_settings(trace, step, is_transfer=access.kind == "fetch"), *_slot(trace, step)),
    )


def _uses_memory(step: Step) -> bool:
    return bool(step.accesses) or step.decoded.name.startswith(_USING_STACK) or "[" in step.text


def _delivered_nowhere(trace: Trace, step: Step, access: MemoryAccess) -> Finding:
    """Return what an interrupt was refused for: its handler, or the stack for its frame, lies where no memory is."""
    if access.kind == "fetch":
        sentence = f"the handler that a gate names lies at {access.address:#x}, where this machine has no memory"
        return Finding(step.index, MEMORY, sentence, _slot(trace, step))
    if access.kind == "read":
        sentence = f"{step.decoded.name.upper()} reads a table at {access.address:#x}, where this machine has no memory"
        return Finding(step.index, MEMORY, sentence)
    sentence = f"the frame of an interrupt is pushed to {access.address:#x}, where this machine has no memory"
    return Finding(step.index, MEMORY, sentence, (_register(trace, step, "rsp" if step.bits == 64 else "esp"),))


def _unpaged(trace: Trace, address: int) -> str:
    """Return the note that paging is not on, where a program has loaded CR3 and means a linear address."""
    registers = trace.run.state_after.registers
    if not registers.cr3 or registers.is_set("cr0", "PG") or address < _ONE_MIB or registers.is_real:
        return ""
    return f"; CR3 = {registers.cr3:#x} was loaded, and CR0.PG is clear (CR0 = {registers.cr0:#x}): paging is off"
