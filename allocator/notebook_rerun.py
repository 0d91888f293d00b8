"""Change one instruction and run again from where the call began.

    trace = record(machine, "os_mem_allocate", rcx=3)
    again(trace, "os_mem_allocate.next+6", "cmp al, 2")     the same call with that instruction changed
    again(trace, trace[18], "cmp al, 2")                    the same, pointed at by a step
    again(trace, rcx=5)                                     the same program with another register

- The new run begins in the state that the machine was in before the old one. Neither the old machine nor the old
  trace changes, so that both can be compared: ``trace.diff(again(...))``.
- Nothing moves. A shorter instruction is filled up with NOP; a longer one has no room and is refused.
- A boot begins with the machine switched off, and its disk is made of the changed program.
- The changed line says in its comment what it was.
"""

from __future__ import annotations

import re
from dataclasses import replace
from typing import Any

from allocator.assembly.assembler import assemble
from allocator.assembly.image import Image, Line, Segment
from allocator.errors import UsageError
from allocator.machine.disk import Disk
from allocator.machine.machine import DEFAULT_LIMIT, Machine
from allocator.machine.pc import BOOT, PC
from allocator.machine.run import Run
from allocator.source import Source
from allocator.trace.ranges import find_range
from allocator.trace.recorder import record
from allocator.trace.trace import Step, Trace
from allocator.views.source_text import split_comment

_NOP = b"\x90"
_JUMP = re.compile(r"(\s*j\w+\s+)(?!short\b|near\b)", re.IGNORECASE)
_COMMENT_COLUMN = 32

Place = str | int | Step
"""An instruction: a label with a distance (``"os_mem_allocate.next+6"``), an address, or a step of a trace."""


def again(
    past: Run | Trace, where: Place | None = None, text: str = "", *, limit: int = DEFAULT_LIMIT, **registers: int
) -> Trace:
    """Make a finished call again, with the instruction at `where` replaced by `text`, and record it.

    ``registers`` replace those that the call was given. Raises UsageError where there is no such instruction,
    or no room for the new one, and AssemblyError where `text` is wrong.
    """
    run = past.run if isinstance(past, Trace) else past
    machine = run.machine_before()
    if isinstance(machine, PC) and run.entry == BOOT.address:
        return _boot_again(machine, run, where, text, limit)
    if where is not None:
        machine = _with_image(machine, patch(run.image, where, text))
    routine = run.routine if run.routine in run.image.labels else run.entry
    given: dict[str, Any] = {**run.given, **registers}
    return record(machine, routine, limit=limit, **given)


def _boot_again(machine: PC, run: Run, where: Place | None, text: str, limit: int) -> Trace:
    disk = machine.disk if where is None else Disk.of(patch(run.image, where, text))
    changed = PC(disk, machine.firmware_map, policy=machine.policy, firmware=machine.firmware)
    return record(changed, limit=limit)


def _with_image(machine: Machine, image: Image) -> Machine:
    """Return a machine in the state of `machine` whose program is `image`, of the same size in the same place."""
    if isinstance(machine, PC):
        raise UsageError(
            "what was called after a boot keeps its program\nhint: change the boot itself: again(boot, ...)"
        )
    changed = Machine(image, machine.firmware_map, policy=machine.policy)
    changed.restore(machine.snapshot())
    for old, new in zip(machine.image.segments, image.segments, strict=True):
        for offset in (at for at in range(len(new.data)) if old.data[at] != new.data[at]):
            changed.write(new.start + offset, new.data[offset : offset + 1])
    return changed


def patch(image: Image, where: Place, text: str) -> Image:
    """Return `image` with the instruction at `where` replaced by `text`; everything else stays in its place.

    Raises UsageError where there is no such instruction or no room, and AssemblyError where `text` is wrong.
    """
    line = _instruction_at(image, where)
    code = _encode(image, line, text)
    if len(code) > line.size and _JUMP.match(text):
        code = _encode(image, line, _JUMP.sub(r"\1short ", text))
    if len(code) > line.size:
        raise UsageError(
            f"'{text.strip()}' has {len(code)} bytes, and the instruction that it replaces has {line.size}\n"
            "hint: take a shorter one, or change the source and assemble it again"
        )
    return _with_line(_with_bytes(image, line, code.ljust(line.size, _NOP)), line, text)


def _instruction_at(image: Image, where: Place) -> Line:
    address = where.address if isinstance(where, Step) else find_range(image, where).start
    line = image.line_at(address)
    if line is None or not line.code or line.address != address:
        before = f"\nhint: the nearest one before it is at {line.address:#x}" if line and line.code else ""
        raise UsageError(f"no instruction of the program begins at {address:#x}{before}")
    return line


def _encode(image: Image, line: Line, text: str) -> bytes:
    near = image.locate(line.address)
    routine = near.label.partition(".")[0] if near else ""
    own = f"{routine}."
    local = {name[len(routine) :]: value for name, value in image.symbols.items() if name.startswith(own)}
    symbols = {**image.symbols, **local}
    segments = assemble(text=text, symbols=symbols, bits=line.bits, origin=line.address, name="<change>").segments
    if not segments:
        raise UsageError("there is no instruction to put there\nhint: 'nop' does nothing")
    return segments[0].data


def _with_bytes(image: Image, line: Line, code: bytes) -> Image:
    def changed(segment: Segment) -> Segment:
        if not segment.start <= line.address < segment.end:
            return segment
        offset = line.address - segment.start
        return Segment(segment.start, segment.data[:offset] + code + segment.data[offset + len(code) :])

    return replace(image, segments=tuple(changed(segment) for segment in image.segments))


def _with_line(image: Image, line: Line, text: str) -> Image:
    """Return the image whose source reads `text` there, unless the line stands for more than one instruction."""
    if sum(each.source is line.source and each.line == line.line for each in image.lines) > 1:
        return image
    lines = line.source.text.split("\n")
    was, _ = split_comment(lines[line.line - 1])
    statement = f"        {' '.join(text.split())}"
    lines[line.line - 1] = f"{statement:<{_COMMENT_COLUMN}}; was: {was}"
    source = Source(line.source.name, "\n".join(lines), line.source.path, line.source.encoding)
    return replace(
        image,
        lines=tuple(replace(each, source=source) if each.source is line.source else each for each in image.lines),
        sources=tuple(source if each is line.source else each for each in image.sources),
    )
