"""Show the modes of paging side by side, as the manual's table does, and which one holds now.

      mode    CR0.PG  CR4.PAE  EFER.LME  linear   physical  entries  pages               tables
      none    0       -        -         32 bits  32 bits
    > 32-bit  1       0        0         32 bits  40 bits   4 bytes  4 KiB, 4 MiB (PSE)  directory, table

Source: Intel SDM volume 3, table 4-1; physical addresses as wide as the engine's processor has them.
"""

from __future__ import annotations

from allocator.machine.page_entries import BITS_32, LEVELS, LEVELS_4, NO_PAGING, PAE, PHYSICAL_BITS, paging_mode
from allocator.machine.system_registers import SystemRegisters
from allocator.views.html_style import fragment, row, table, text
from allocator.views.ink import PLAIN, Ink
from allocator.views.text_table import text_table

HEAD = ("  mode", "CR0.PG", "CR4.PAE", "EFER.LME", "linear", "physical", "entries", "pages", "tables")
TITLE = "Modes of paging"

_ROWS: dict[str, tuple[str, ...]] = {
    NO_PAGING: ("0", "-", "-", "32 bits", "32 bits", "", ""),
    BITS_32: ("1", "0", "0", "32 bits", f"{PHYSICAL_BITS} bits", "4 bytes", "4 KiB, 4 MiB (PSE)"),
    PAE: ("1", "1", "0", "32 bits", f"{PHYSICAL_BITS} bits", "8 bytes", "4 KiB, 2 MiB"),
    LEVELS_4: ("1", "1", "1", "48 bits", f"{PHYSICAL_BITS} bits", "8 bytes", "4 KiB, 2 MiB, 1 GiB"),
}
"""Mode to the cells behind it; which tables a walk goes through is added from `LEVELS`."""


def paging_modes_text(registers: SystemRegisters, ink: Ink = PLAIN, width: int | None = None) -> str:
    """Return a line for each mode, a mark before the one that holds."""
    return text_table(HEAD, _rows(registers), ink, width)


def paging_modes_html(registers: SystemRegisters) -> str:
    """Return a row for each mode; the one that holds stands out."""
    rows = (
        row(*(text(cell, "changed" if _is_now(cells) else "") for cell in cells), style="hit" if _is_now(cells) else "")
        for cells in _rows(registers)
    )
    return fragment(table(TITLE, HEAD, rows))


def _rows(registers: SystemRegisters) -> list[tuple[str, ...]]:
    now = paging_mode(registers)
    return [(f"{'>' if mode == now else ' '} {mode}", *_cells(mode)) for mode in _ROWS]


def _is_now(cells: tuple[str, ...]) -> bool:
    return cells[0].startswith(">")


def _cells(mode: str) -> tuple[str, ...]:
    structures = ", ".join(level.structure.removeprefix("page ") for level in LEVELS.get(mode, ()))
    return (*_ROWS[mode], structures)
