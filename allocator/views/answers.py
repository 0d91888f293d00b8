"""Show the answer to a question about a trace, as a text."""

from __future__ import annotations

from collections.abc import Iterator

from allocator.machine.run import Registers
from allocator.machine.translation import Translation
from allocator.registers import FLAGS, FULL
from allocator.source import printable
from allocator.trace.accesses import Accesses
from allocator.trace.forward import Forward
from allocator.trace.query import Answer, Memory, Part
from allocator.trace.step import Access, Step
from allocator.trace.trace import Trace
from allocator.trace.why import Why
from allocator.views.effects import describe_access
from allocator.views.extent import SCREEN, Extent
from allocator.views.forward import forward_text, step_lines
from allocator.views.ink import PLAIN, Ink
from allocator.views.names import Names
from allocator.views.processor import processor_text
from allocator.views.table_entries import entry_text
from allocator.views.translation import translation_text
from allocator.views.why import DEFAULT_WIDTH, why_text
from allocator.views.why_rows import statement_of

_BYTES_A_LINE = 16


def answer_text(
    answer: Answer, *, width: int = DEFAULT_WIDTH, ink: Ink = PLAIN, extent: Extent = SCREEN
) -> Iterator[str]:
    """Yield the lines of an answer; of a long one as much as is wanted."""
    trace, value = answer.trace, answer.value
    if isinstance(value, Why):
        yield from why_text(value, width=width, ink=ink, extent=extent)
    elif isinstance(value, Forward):
        yield from forward_text(value, width, ink, extent)
    elif isinstance(value, Step):
        yield from step_lines(value, width, ink)
    elif isinstance(value, Accesses):
        yield from _accesses(trace, value)
    elif isinstance(value, Registers):
        yield from _registers(trace, value)
    elif isinstance(value, Memory):
        yield from _memory(trace, value)
    elif isinstance(value, Translation):
        yield translation_text(value, ink)
    elif isinstance(value, Part):
        yield processor_text(value.processor, value.name, ink, width)
    elif value is None:
        yield "no step of the run did"
    else:
        yield from _visits(trace, value.tolist())


def _accesses(trace: Trace, accesses: Accesses) -> Iterator[str]:
    names = Names(trace.run)
    count = len(accesses)
    yield f"{count:,} access{'' if count == 1 else 'es'}"
    for number, access in zip(accesses.steps.tolist(), accesses, strict=True):
        step = trace[number]
        said = _said(step, access, names)
        yield f"{number:>8}  {_line_number(step):>5}  {statement_of(step):<32}  {said}"


def _said(step: Step, access: Access, names: Names) -> str:
    if access.by == "mmu":
        return f"the processor {entry_text(step, access)}"
    return "  ".join(piece.text for piece in describe_access(access, names, step.decoded.is_repeated))


def _registers(trace: Trace, registers: Registers) -> Iterator[str]:
    names = Names(trace.run)
    for name in FULL:
        value = registers[name]
        meaning = names.known(value) if value >= 0x1000 else None
        yield f"{name:>6} = {value:#018x}{f'  {printable(meaning)}' if meaning else ''}".rstrip()
    yield f"{'flags':>6} = {' '.join(f'{flag.upper()}={registers[flag]}' for flag in FLAGS)}"


def _memory(trace: Trace, memory: Memory) -> Iterator[str]:
    names = Names(trace.run)
    for offset in range(0, len(memory.values), _BYTES_A_LINE):
        row = memory.values[offset : offset + _BYTES_A_LINE]
        shown = " ".join("??" if value is None else f"{value:02x}" for value in row)
        address = memory.where.start + offset
        yield f"{address:#010x}  {shown:<{3 * _BYTES_A_LINE}} {printable(names.known(address) or '')}".rstrip()
    if None in memory.values:
        yield "?? is what the run never touched: a saved trace does not know it"


def _visits(trace: Trace, steps: list[int]) -> Iterator[str]:
    yield f"{len(steps):,} visit{'' if len(steps) == 1 else 's'}"
    for visit, number in enumerate(steps, 1):
        yield f"{visit:>8,}  step {number:,}"


def _line_number(step: Step) -> str:
    return str(step.line.line) if step.line else ""
