"""Control registers, descriptor tables, vectors and page tables, as text and as HTML."""

from __future__ import annotations

import dataclasses
import struct
from pathlib import Path

from golden import assert_golden
from reference.made_states import (
    CODE_32,
    DIRECTORY,
    GDT,
    LONG_64,
    LONG_MEMORY,
    PAGED_32,
    PAGED_MEMORY,
    TABLE,
    linear_memory,
    memory_of,
)

from allocator.machine.descriptor_tables import read_gdt, read_idt, read_vectors
from allocator.machine.page_ranges import survey_page_tables
from allocator.machine.system_registers import SystemRegisters, TableRegister
from allocator.views.control_registers import control_registers_html, control_registers_text
from allocator.views.descriptor_tables import (
    descriptor_table_html,
    descriptor_table_text,
    vectors_html,
    vectors_text,
)
from allocator.views.page_tables import (
    page_tables_html,
    page_tables_text,
    two_page_tables_html,
    two_page_tables_text,
)

GOLDEN = Path(__file__).parent / "golden"
TSS = 0x0000_8B00_3000_0067
STRANGE_GDT = struct.pack("<7Q", 0, CODE_32, 0, 0, TSS, 0x0003_EC02_0008_1000, 1 << 47 | 8 << 40)
GATES = struct.pack("<4Q", 0x0001_8E00_0008_2345, 0, 0, 0x0001_EF00_0008_2345)
OTHER = memory_of({DIRECTORY: (TABLE | 7).to_bytes(4, "little"), TABLE: struct.pack("<3I", 3, 0x1003, 0x9003)})


def strange_gdt():
    registers = SystemRegisters(cr0=0x11, bits=32, gdtr=TableRegister(GDT, 0x3A))
    return read_gdt(registers, memory_of({GDT: STRANGE_GDT}))


def idt():
    return read_idt(SystemRegisters(cr0=0x11, bits=32, idtr=TableRegister(GDT, 0x1F)), memory_of({GDT: GATES}))


def vectors():
    table = struct.pack("<HH", 5, 0xF000) * 8 + struct.pack("<HH", 0x1234, 0x50) + struct.pack("<HH", 5, 0xF000) * 247
    return read_vectors(SystemRegisters(idtr=TableRegister(0, 0x3FB)), memory_of({0: table}))


def two_processes():
    return survey_page_tables(PAGED_32, PAGED_MEMORY), survey_page_tables(PAGED_32, OTHER)


def test_control_registers():
    strange = dataclasses.replace(SystemRegisters(cs=0x1234), cr0=0x60000050)
    texts = [control_registers_text(registers) for registers in (LONG_64, PAGED_32, strange)]
    assert_golden("\n\n".join(texts) + "\n", GOLDEN / "control_registers.txt")


def test_descriptor_tables():
    shown = [read_gdt(PAGED_32, linear_memory(PAGED_32, PAGED_MEMORY).peek), strange_gdt(), idt()]
    texts = [*map(descriptor_table_text, shown), vectors_text(vectors())]
    assert_golden("\n\n".join(texts) + "\n", GOLDEN / "descriptor_tables.txt")


def test_page_tables():
    broken = memory_of({DIRECTORY: struct.pack("<3I", 0x40000007, 0x00200087, DIRECTORY | 7)})
    endless = memory_of({DIRECTORY: struct.pack("<Q", DIRECTORY | 7) * 512})
    texts = [
        page_tables_text(survey_page_tables(PAGED_32, PAGED_MEMORY)),
        page_tables_text(survey_page_tables(LONG_64, LONG_MEMORY)),
        page_tables_text(survey_page_tables(PAGED_32, broken)),
        page_tables_text(survey_page_tables(LONG_64, endless, most=3)),
        page_tables_text(survey_page_tables(SystemRegisters(), PAGED_MEMORY)),
        two_page_tables_text(*two_processes(), ("first", "second")),
    ]
    assert_golden("\n\n".join(texts) + "\n", GOLDEN / "page_tables.txt")


def test_html_has_a_row_for_each_register():
    assert 15 + 1 == control_registers_html(LONG_64).count("<tr>")


def test_html_of_a_descriptor_table_says_what_is_wrong():
    html = descriptor_table_html(strange_gdt())
    assert "it ends 3 bytes into a descriptor" in html
    assert '<span class="fault">! type 0x8 is reserved</span>' in html


def test_html_of_vectors_has_a_row_for_each_run():
    assert 5 == vectors_html(vectors()).count("<tr>")


def test_html_of_page_tables_has_a_row_for_each_run():
    tables = survey_page_tables(PAGED_32, PAGED_MEMORY)
    assert 1 + len(tables.ranges) == page_tables_html(tables).count("<tr>")


def test_html_marks_where_two_processes_differ():
    assert 2 * 5 == two_page_tables_html(*two_processes(), ("first", "second")).count('class="changed"')


def test_names_of_processes_are_escaped():
    assert "<b>" not in two_page_tables_html(*two_processes(), ("<b>", "&"))


def test_notebooks_show_page_tables():
    tables = survey_page_tables(PAGED_32, PAGED_MEMORY)
    assert page_tables_html(tables) == tables._repr_html_()
