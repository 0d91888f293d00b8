"""Show the registers around translation with their bits named, as text and as HTML."""

from __future__ import annotations

from collections.abc import Iterator

from allocator.machine.page_entries import Paging
from allocator.machine.system_registers import MEANINGS, SystemRegisters
from allocator.views.html_style import fragment, row, table, text
from allocator.views.ink import PLAIN, Ink
from allocator.views.text_table import text_table

HEAD = ("register", "value", "bits that are set")


def control_registers_text(registers: SystemRegisters, ink: Ink = PLAIN, width: int | None = None) -> str:
    """Return one line for each register."""
    return text_table(HEAD, list(_rows(registers)), ink, width)


def control_registers_html(registers: SystemRegisters) -> str:
    """Return one row for each register."""
    rows = (row(text(name), text(value), text(words)) for name, value, words in _rows(registers))
    return fragment(table(f"{registers.mode}, privilege level {registers.cpl}", HEAD, rows))


def _rows(registers: SystemRegisters) -> Iterator[tuple[str, str, str]]:
    for name in ("cr0", "cr3", "cr4", "efer"):
        value = getattr(registers, name)
        words = [f"{bit} {MEANINGS[bit]}" for bit in registers.names(name)]
        if name == "cr3":
            words = [_root_words(registers), *(words if registers.cr3 and not registers.is_set("cr4", "PCIDE") else [])]
        elif registers.reserved(name):
            words.append(f"reserved {registers.reserved(name):#x}")
        yield name.upper(), f"{value:x}", ", ".join(word for word in words if word) or "none"
    yield "RFLAGS", f"{registers.rflags:x}", " ".join(registers.names("rflags")) or "none"
    for name in ("gdtr", "idtr"):
        register = getattr(registers, name)
        entry = 16 if registers.is_long and name == "idtr" else 4 if name == "idtr" and registers.is_real else 8
        count = (register.limit + 1) // entry
        yield name.upper(), f"{register.base:x}", f"limit {register.limit:x}: {count:,} entries of {entry} bytes"
    for name in ("ldtr", "tr", "cs", "ss", "ds", "es", "fs", "gs"):
        yield name.upper(), f"{getattr(registers, name):x}", _selector_words(registers, name)


def _root_words(registers: SystemRegisters) -> str:
    paging = Paging.of(registers)
    return paging.problem or (f"{paging.levels[0].structure} at {paging.root:x}" if paging.levels else "not in use")


def _selector_words(registers: SystemRegisters, name: str) -> str:
    value = getattr(registers, name)
    if registers.is_real:
        return "" if name in ("ldtr", "tr") else f"base {value << 4:x}"
    if value & ~3 == 0:
        return "null"
    return f"entry {value >> 3} of the {'LDT' if value & 4 else 'GDT'}, RPL {value & 3}"
