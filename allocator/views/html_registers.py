"""Show registers as two tables side by side, before and after, with those that changed marked."""

from __future__ import annotations

from collections.abc import Mapping

from allocator.registers import FLAGS, GENERAL, STATUS_FLAGS
from allocator.views.html_style import row, side_by_side, table, text

_SHOWN_FLAGS = (*STATUS_FLAGS, "df", "if")


def change_tables(before: Mapping[str, int], after: Mapping[str, int]) -> str:
    """Return the general registers and the flags before and after something."""
    rows = [_change_row(name, f"{before[name]:016x}", f"{after[name]:016x}") for name in (*GENERAL, "rip")]
    return _two_tables(("register", "before", "after"), [*rows, _change_row("flags", _flags(before), _flags(after))])


def value_tables(registers: Mapping[str, int]) -> str:
    """Return the general registers and the flags at one moment."""
    rows = [row(name, f"{registers[name]:016x}") for name in (*GENERAL, "rip")]
    return _two_tables(("register", "value"), [*rows, row("flags", _flags(registers))])


def _two_tables(head: tuple[str, ...], rows: list[str]) -> str:
    half = len(rows) // 2
    return side_by_side(table("", head, rows[:half]), table("", head, rows[half:]))


def _change_row(name: str, before: str, after: str) -> str:
    if before == after:
        return row(name, text(before), text("the same", "faint"))
    return row(text(name, "changed"), text(before), text(after, "changed"))


def _flags(registers: Mapping[str, int]) -> str:
    """Return the flags that are set, by name; the others are clear."""
    value = registers["rflags"]
    names = [name.upper() for name in _SHOWN_FLAGS if value >> FLAGS[name] & 1]
    return " ".join(names) or "none set"
