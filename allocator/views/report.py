"""Report a fault: what happened, which rule it broke, where, with which registers, and how it came to that.

    what        the kind of ending and one sentence
    where       label, file, line, and the line itself with a mark below the statement
    access      the address that was touched, by its name
    registers   four in a row, those that the instruction reads marked with *
    processor   of a machine that booted: see `report_machine`
    stack       the words above the stack pointer, by their meaning
    last steps  oldest first, the one that failed marked with =>
    SUMMARY     all of it in one line, for logs and searches

The order is the one that AddressSanitizer made familiar. Nothing in it is coloured unless asked for, and what
comes from a source cannot control a terminal.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from allocator.assembly.image import Line
from allocator.errors import TraceError
from allocator.instructions.anatomy import LONGEST_INSTRUCTION
from allocator.instructions.disassembly import Decoded, decode
from allocator.machine.processor_state import ProcessorState
from allocator.machine.run import (
    CPU_FAULT,
    FENCE,
    HALTED,
    INTERRUPTED,
    LIMIT,
    MEMORY_FAULT,
    TRIPLE_FAULT,
    UNKNOWN_SERVICE,
    UNSUPPORTED,
    Run,
)
from allocator.registers import GENERAL, REGISTERS, STATUS_FLAGS
from allocator.source import printable
from allocator.views.firmware_names import ROM, is_boot
from allocator.views.ink import PLAIN, Ink
from allocator.views.names import Names
from allocator.views.report_machine import machine_lines
from allocator.views.source_text import condensed, split_comment

STEPS_SHOWN = 8
STACK_WORDS = 4
_RULES = {
    MEMORY_FAULT: "memory must exist where it is touched: the firmware map says where",
    FENCE: "a called routine keeps out of the fences around the page map and the stack",
    CPU_FAULT: "a called machine has no exception handlers: an exception ends the run",
    HALTED: "a routine returns to its caller",
    LIMIT: "a routine returns within the limit (--limit N, or limit=N)",
    UNSUPPORTED: "what the engine would run wrongly is refused",
    INTERRUPTED: "Ctrl-C ends a run",
}
_BOOT_RULES = {
    MEMORY_FAULT: "memory must exist where it is touched: the firmware map says where (-m gives the machine another)",
    CPU_FAULT: "an exception needs a handler: a vector in real mode, a gate of the IDT in the other modes",
    TRIPLE_FAULT: "an exception that cannot be delivered, nor what follows from that, resets a processor",
    LIMIT: "a program that is done halts; one that is not is stopped sooner or later (--limit N, or limit=N)",
    UNKNOWN_SERVICE: "what is asked of the firmware must be a service of this firmware",
    UNSUPPORTED: "what the engine would run wrongly is refused",
    INTERRUPTED: "Ctrl-C ends a run",
}


def fault_report(run: Run, ink: Ink = PLAIN) -> str:
    """Return the whole report on a run that did not end well."""
    return _Report(run, ink).text()


def summary_line(run: Run) -> str:
    """Return the last line of the report: kind, sentence and place."""
    return f"SUMMARY: allocator: {run.stop.kind}: {run.stop.message}; at {_place(run)}"


def _place(run: Run) -> str:
    line = run.image.line_at(run.stop.address)
    place = printable(run.where)
    return f"{place}, {printable(line.source.name)}:{line.line}" if line else place


def _known_state(run: Run) -> ProcessorState | None:
    try:
        return run.state_after if is_boot(run) else None
    except TraceError:  # a recording that was cut off
        return None


class _Report:
    """The parts of one report."""

    def __init__(self, run: Run, ink: Ink) -> None:
        self._run = run
        self._ink = ink
        self._names = Names(run)
        self._address = run.stop.address
        self._line = run.image.line_at(self._address)
        # Where a machine booted, only the processor knows how wide its code is and where its segments lie.
        self._state: ProcessorState | None = _known_state(run)
        self._bits = self._bits_at(self._address)
        self._decoded = self._decode(self._address)

    def text(self) -> str:
        parts = (
            self._what(), self._source(), self._registers(), self._flags(), self._machine(), self._stack(),
            self._last_steps(), [summary_line(self._run)],
        )  # fmt: skip
        return "\n\n".join("\n".join(part) for part in map(list, parts) if part)

    def _what(self) -> Iterator[str]:
        stop = self._run.stop
        yield f"{self._ink.paint(f'{stop.kind}:', 'error')} {self._ink.paint(stop.message, 'heading')}"
        rules = _BOOT_RULES if self._state else _RULES
        if stop.kind in rules:
            yield f"  rule     {rules[stop.kind]}"
        yield f"  where    {_place(self._run)}, address {self._address:#x}{self._logical()}"
        if stop.access:
            name = self._names.known(stop.access.address)
            shown = f"{stop.access.address:#x}" + (f" = {printable(name)}" if name else "")
            yield f"  access   {stop.access.kind}, {stop.access.size} byte(s) at {shown}"
        if stop.vector is not None:
            code = "" if stop.error_code is None else f", error code {stop.error_code:#x}"
            yield f"  vector   {stop.vector}{code}"

    def _logical(self) -> str:
        if self._bits != 16:
            return ""
        selector = self._run.registers.cs
        base = self._state.segments["cs"].base if self._state else selector << 4
        if self._state and self._state.counter in ROM and self._address not in ROM:  # its INT pushed CS last but one
            selector = int.from_bytes(self._run.memory_after(self._stack_top() + 2, 2), "little")
            base = selector << 4
        offset = self._address - base
        return f" (CS:IP = {selector:04x}:{offset:04x})" if 0 <= offset <= 0xFFFF else ""

    def _bits_at(self, address: int) -> int:
        if self._state is None:
            return self._run.image.bits_at(address)
        return 16 if address in ROM else self._state.bits

    def _stack_top(self) -> int:
        """Return the linear address of the stack pointer."""
        pointer, state = self._run.registers.rsp, self._state
        if state:
            return pointer if state.bits == 64 else state.segments["ss"].base + (pointer & (1 << state.stack_bits) - 1)
        pointer &= (1 << self._bits) - 1
        return pointer + (self._run.registers.ss << 4) if self._bits == 16 else pointer

    def _source(self) -> Iterator[str]:
        if self._line is None:
            return
        text = printable(self._line.source.line(self._line.line).expandtabs(8)).rstrip()
        statement, _ = split_comment(text)
        column = text.find(statement)
        yield f"{printable(self._line.source.name)}:{self._line.line}:"
        yield f"    {text}"
        yield "    " + " " * column + self._ink.paint("^" * max(1, len(statement)), "mark")

    def _registers(self) -> Iterator[str]:
        registers = self._run.registers
        width = self._bits
        names = GENERAL if width == 64 else tuple(_narrow(name, width) for name in GENERAL[:8])
        read = {REGISTERS[name].full for name in (self._decoded.reads if self._decoded else ()) if name in REGISTERS}
        yield "registers at that moment (* = the instruction reads it)"
        for start in range(0, len(names), 4):
            yield (
                "  "
                + "".join(
                    f"{'*' if REGISTERS[name].full in read else ' '}{name:>3} {registers[name]:0{width // 4}x}  "
                    for name in names[start : start + 4]
                ).rstrip()
            )
        yield f"   rip {registers.rip:0{width // 4}x}"
        yield from self._meanings(names, read)

    def _meanings(self, names: Sequence[str], read: set[str]) -> Iterator[str]:
        for name in names:
            value = self._run.registers[name]
            meaning = self._names.value(value)
            if REGISTERS[name].full in read and not meaning[0].isdigit():
                yield f"   {name} is {printable(meaning)}"

    def _flags(self) -> Iterator[str]:
        registers = self._run.registers
        yield "flags  " + " ".join(f"{flag.upper()}={registers[flag]}" for flag in (*STATUS_FLAGS, "df", "if", "tf"))

    def _machine(self) -> Iterator[str]:
        return machine_lines(self._run, self._ink) if self._state else iter(())

    def _stack(self) -> Iterator[str]:
        size = self._bits // 8
        linear = self._stack_top()
        words = self._run.memory_after(linear, STACK_WORDS * size)
        yield "stack, from the top" if words else "stack: the stack pointer leads to no memory"
        for offset in range(0, len(words) - size + 1, size):
            value = int.from_bytes(words[offset : offset + size], "little")
            place = self._names.address(linear + offset)
            meaning = self._names.value(value)
            said = "" if meaning[0].isdigit() else f"  {printable(meaning)}"
            yield f"  {linear + offset:x}  {place:<12}  {value:0{2 * size}x}{said}"

    def _last_steps(self) -> Iterator[str]:
        addresses = self._run.last_steps(STEPS_SHOWN)
        steps = self._run.steps
        yield f"last steps of {steps:,}"
        following = (*addresses[1:], self._address)[: len(addresses)]  # none, where not one step was made
        for number, (address, behind) in enumerate(zip(addresses, following, strict=True), steps - len(addresses)):
            is_last = number == steps - 1
            mark = self._ink.paint("=>", "mark") if is_last and address == self._address else "  "
            yield f"{mark} {self._step(number, address, behind)}".rstrip()

    def _step(self, number: int, address: int, following: int) -> str:
        decoded = self._decode(address, following)
        text = decoded.text if decoded else "(no memory)"
        return f"{number:>6}  {address:x}  {text:<28}  {_source_of(self._run.image.line_at(address))}"

    def _decode(self, address: int, following: int | None = None) -> Decoded | None:
        size = LONGEST_INSTRUCTION
        code = self._run.image.bytes_at(address, size) or self._run.memory_after(address, size)
        if not code:
            return None
        bits = self._bits_at(address)
        # The code may have had another width then: that with which the instruction ends where the next one ran.
        likely = (width for width in (bits, 16, 32) if address + decode(code, width, address).size == following)
        return decode(code, next(likely, bits) if self._state else bits, address)


def _narrow(full: str, width: int) -> str:
    return full[1:] if width == 16 else f"e{full[1:]}"


def _source_of(line: Line | None) -> str:
    if line is None:
        return ""
    statement, comment = condensed(line)
    place = f"{printable(line.source.name)}:{line.line}"
    return f"{place}: {statement}  {comment}".rstrip()
