"""The modes of paging, and which one holds."""

from __future__ import annotations

import dataclasses

import pytest
from reference.made_states import LONG_64, PAGED_32

from allocator.machine.page_entries import paging_mode
from allocator.machine.system_registers import SystemRegisters
from allocator.views.paging_modes import paging_modes_html, paging_modes_text

REGISTERS = {
    "none": SystemRegisters(),
    "32-bit": PAGED_32,
    "PAE": dataclasses.replace(PAGED_32, cr4=PAGED_32.cr4 | 0x20),
    "4-level": LONG_64,
}


@pytest.mark.parametrize("mode", REGISTERS)
def test_the_mode_that_holds_has_a_mark(mode: str) -> None:
    marked = [line.split()[1] for line in paging_modes_text(REGISTERS[mode]).splitlines() if line.startswith(">")]
    assert [paging_mode(REGISTERS[mode])] == marked == [mode]


@pytest.mark.parametrize("mode", REGISTERS)
def test_in_html_it_stands_out(mode: str) -> None:
    assert f'<tr class="hit"><td><span class="changed">&gt; {mode}</span>' in paging_modes_html(REGISTERS[mode])


def test_a_mode_without_tables_has_none() -> None:
    line = next(line for line in paging_modes_text(LONG_64).splitlines() if line.startswith("  none"))
    assert "  none     0       -        -         32 bits  32 bits" == line
