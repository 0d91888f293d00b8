"""Show what became of the values that one step produced: the steps that used them, and what holds them in the end.

went into 21 steps, and 6 branches went by it
       7     67  shr eax, 1                        rax = 0x20  flags
      16     80  je .full                          decides by it
"""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np

from allocator.addresses import Range
from allocator.registers import FLAGS, REGISTERS
from allocator.trace.forward import Forward
from allocator.trace.step import Step
from allocator.units import counted
from allocator.views.effects import describe_access
from allocator.views.extent import Extent
from allocator.views.ink import Ink
from allocator.views.listing import trace_listing
from allocator.views.names import Names
from allocator.views.table_entries import entry_text
from allocator.views.why_rows import statement_of

_MOST, _MOST_IN_FULL = 20, 10_000
_MOST_HELD = 200


def forward_text(forward: Forward, width: int, ink: Ink, extent: Extent) -> Iterator[str]:
    """Yield the lines: the step, those that its values reached, and where they still are."""
    yield ink.paint("what this step produced", "heading")
    yield from step_lines(forward.trace[forward.origin], width, ink)
    yield ""
    reached = f"went into {counted(len(forward), 'step')}, and {_branches(len(forward.decisions))} went by it"
    yield ink.paint(reached, "heading")
    used, most = np.union1d(forward.steps, forward.decisions), extent.most(_MOST, _MOST_IN_FULL)
    names, decided = Names(forward.trace.run), set(forward.decisions.tolist())
    for number in used[:most].tolist():
        yield _reached(forward.trace[number], forward, names, number in decided)
    if len(used) > most:
        yield f"{'...':>8}  {extent.left_out(counted(len(used) - most, 'later step'))}"
    yield ""
    yield ink.paint("it is still in", "heading")
    held = [*forward.registers, *(_range(where, names) for where in forward.memory[:_MOST_HELD])]
    yield f"  {', '.join(held) or 'nothing'}"


def step_lines(step: Step, width: int, ink: Ink) -> Iterator[str]:
    """Yield a step as a listing has it."""
    lines = trace_listing(step.trace, [step], width=width, ink=ink)
    # A listing begins with the number of steps that it leaves out.
    yield from (line for position, line in enumerate(lines) if position or not step.index)


def _branches(count: int) -> str:
    return f"{count:,} branch{'' if count == 1 else 'es'}"


def _reached(step: Step, forward: Forward, names: Names, decides: bool) -> str:
    outputs = forward.outputs(step.index)
    said = [f"{name} = {names.value(step.after[name])}" for name in outputs if name in REGISTERS and name not in FLAGS]
    said += [] if outputs else _stored(step, names)
    said += ["flags"] if FLAGS.keys() & set(outputs) else []
    said += ["decides by it"] if decides else []
    line = step.line
    return f"{step.index:>8}  {line.line if line else '':>5}  {statement_of(step):<32}  {'  '.join(said)}".rstrip()


def _stored(step: Step, names: Names) -> list[str]:
    """Return what the step stored; the entries that the page walk marked for it only where it stored nothing."""
    writes = [access for access in step.accesses if access.kind == "write"]
    stored = [access for access in writes if access.by != "mmu"]
    if not stored:
        return [entry_text(step, access) for access in writes]
    repeated = step.decoded.is_repeated
    return [piece.text for access in stored for piece in describe_access(access, names, repeated)]


def _range(where: Range, names: Names) -> str:
    return (
        names.address(where.start)
        if where.size == 1
        else f"{names.address(where.start)}..{names.address(where.end - 1)}"
    )
