"""Show how a run climbs from mode to mode: the step of each switch, and what was prepared for it.

    step   mode         where                 prepared by
    0      real16       reset
    412    protected16  start+0x12
                        405 lgdt [gdtr]       GDT at 7c40, limit 17
                        411 mov cr0, eax      CR0: PE protected mode
    413    protected32  start32
                        412 jmp 8:start32     CS = 8

A rung is a step in another mode than the one before, or under other page tables. What prepared it are the instructions
before it, since the rung before, that load a table register, a control register or EFER; and the last one, where that
loads CS. Far returns before it, such as those of firmware, prepare nothing.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import NamedTuple

from allocator.instructions.disassembly import decode
from allocator.machine.system_registers import BITS, MEANINGS
from allocator.registers import FULL
from allocator.trace.schema import MODES
from allocator.trace.system_history import loaded_selector, loaded_table
from allocator.trace.trace import Step, Trace
from allocator.views.html_style import fragment, row, table, text
from allocator.views.ink import PLAIN, Ink
from allocator.views.text_table import text_table

HEAD = ("step", "mode", "where", "prepared by", "")
MOST_RUNGS = 64
_MOST_PREPARATIONS, _LOOKED_AT = 12, 200
_EFER = 0xC0000080
_PREPARES = re.compile(r"(lgdt|lidt|lldt|ltr|lmsw|wrmsr)\b|mov cr[034],|(jmp|call) (far |[^\[]*:)|retf|iret")


class Preparation(NamedTuple):
    """An instruction that a switch needed, and what it did."""

    step: int
    instruction: str
    effect: str


@dataclass(frozen=True)
class Rung:
    """The first step in a mode, or under other page tables; ``where`` is its label or address."""

    step: int
    mode: str
    where: str
    preparations: tuple[Preparation, ...] = ()


def mode_ladder(trace: Trace) -> tuple[Rung, ...]:
    """Return the rungs of a run, `MOST_RUNGS` at most."""
    starts = _switches(trace)[:MOST_RUNGS]
    preparing = _preparing(trace)
    cuts = [bisect_left(preparing, start) for start in starts]
    return tuple(
        _rung(trace, start, preparing[max(first, last - _LOOKED_AT) : last])
        for start, first, last in zip(starts, [0, *cuts], cuts, strict=False)
    )


def mode_ladder_text(rungs: Sequence[Rung], ink: Ink = PLAIN, width: int | None = None) -> str:
    """Return a line for each rung and one for each thing that prepared it."""
    return text_table(HEAD, [cells for rung in rungs for cells in _rows(rung)], ink, width, above=3)


def mode_ladder_html(rungs: Sequence[Rung]) -> str:
    """Return the ladder as a table."""
    rows = (
        row(text(step, "faint"), text(mode, "changed"), text(where), text(instruction), text(effect))
        for rung in rungs
        for step, mode, where, instruction, effect in _rows(rung)
    )
    return fragment(table("Modes", HEAD, rows))


def _rows(rung: Rung) -> Iterator[tuple[str, ...]]:
    start = (str(rung.step), rung.mode, rung.where)
    yield from [(*start, "", "")] if not rung.preparations else []
    for each in rung.preparations:
        yield (*start, f"{each.step} {each.instruction}", each.effect)
        start = ("", "", "")


def _switches(trace: Trace) -> list[int]:
    """Return the steps at which the mode or, under paging, CR3 is another than before; the first step is one."""
    import numpy as np

    if not len(trace):
        return []
    modes = np.array([MODES.index(place.mode) for place in trace.columns.places], np.uint8)
    of_steps = modes[np.asarray(trace.columns.place)]
    switches = {0, *(int(step) + 1 for step in np.flatnonzero(of_steps[1:] != of_steps[:-1])[:MOST_RUNGS])}
    loads = np.flatnonzero(np.asarray(trace.columns.register) == FULL.index("cr3"))[:MOST_RUNGS]
    steps = [trace.change_rows.step_of(int(row)) + 1 for row in loads]
    return sorted(switches | {step for step in steps if step < len(trace) and trace[step].before["cr0"] >> 31})


def _preparing(trace: Trace) -> list[int]:
    """Return the steps whose instruction can prepare a switch, in order."""
    import numpy as np

    texts = (decode(place.code, place.bits, place.address).text for place in trace.columns.places)
    numbers = [number for number, shown in enumerate(texts) if _PREPARES.match(shown)]
    return [int(step) for step in np.flatnonzero(np.isin(np.asarray(trace.columns.place), numbers))]


def _rung(trace: Trace, start: int, preparing: Sequence[int]) -> Rung:
    step = trace[start]
    found = ((trace[number], _effect(trace[number], is_last=number == start - 1)) for number in preparing)
    made = [Preparation(each.index, each.text, effect) for each, effect in found if effect]
    where = str(step.location or f"{step.address:x}")
    return Rung(start, step.mode, where, tuple(made[-_MOST_PREPARATIONS:]))


def _effect(step: Step, is_last: bool) -> str:
    """Return what an instruction did for a switch, "" where it did nothing."""
    name = step.text.split()[0]
    if name in ("lgdt", "lidt"):
        return _table_words(step, "GDT" if name == "lgdt" else "IDT")
    if name == "wrmsr":
        is_efer = step.before["rcx"] & 0xFFFFFFFF == _EFER
        return f"EFER: {_bit_words('efer', step.before['rax'] & 0xFFFFFFFF) or 'no bit is set'}" if is_efer else ""
    if name in ("lldt", "ltr"):
        return f"{'LDTR' if name == 'lldt' else 'TR'} = {loaded_selector(step):x}"
    changed = [each for each in step.registers.items() if is_last or each[0] != "cs"]
    words = [_register_words(name, change.before, change.after) for name, change in changed]
    return "; ".join(word for word in words if word)


def _register_words(name: str, before: int, after: int) -> str:
    if name == "cs":
        return f"CS = {after:x}"
    if name == "cr3":
        return f"page tables at {after:x}"
    if name not in ("cr0", "cr4"):
        return ""
    cleared = _bit_words(name, before & ~after, short=True)
    words = [_bit_words(name, after & ~before), f"{cleared} cleared" if cleared else ""]
    return f"{name.upper()}: {', '.join(word for word in words if word)}"


def _bit_words(register: str, value: int, short: bool = False) -> str:
    names = [name for name, bit in BITS[register].items() if value >> bit & 1]
    return ", ".join(names if short else [f"{name} {MEANINGS[name]}" for name in names])


def _table_words(step: Step, name: str) -> str:
    base, limit = loaded_table(step)
    return f"{name} at {base:x}, limit {limit:x}"
