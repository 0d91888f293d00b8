"""Descriptor tables in memory: whole, cut off, elsewhere, absent."""

from __future__ import annotations

import struct

import pytest
from hypothesis import given
from hypothesis import strategies as st

from allocator.machine.descriptor_tables import (
    find_descriptor,
    find_gate,
    read_gdt,
    read_idt,
    read_ldt,
    read_vectors,
)
from allocator.machine.system_registers import SystemRegisters, TableRegister

CODE, DATA = 0x00CF9A000000FFFF, 0x00CF92000000FFFF
LDT = 0x0000_8200_2000_000F
PROTECTED = 0x11


def memory(data: bytes, start: int = 0x1000):
    def read(address: int, size: int) -> bytes:
        return data[address - start :][:size] if start <= address else b""

    return read


def registers(limit: int, **others: int) -> SystemRegisters:
    return SystemRegisters(cr0=PROTECTED, gdtr=TableRegister(0x1000, limit), bits=32, **others)


def test_a_table_has_its_descriptors_in_order():
    table = read_gdt(registers(0x17), memory(struct.pack("<3Q", 0, CODE, DATA)))
    assert ["empty", "code", "data"] == [slot.descriptor.kind for slot in table.slots]


def test_a_slot_knows_its_selector_and_its_address():
    slot = read_gdt(registers(0x17), memory(struct.pack("<3Q", 0, CODE, DATA))).slots[2]
    assert (0x10, 0x1010) == (slot.selector.value, slot.address)


def test_a_table_that_ends_within_a_descriptor():
    table = read_gdt(registers(0x14), memory(struct.pack("<3Q", 0, CODE, DATA)))
    assert "it ends 5 bytes into a descriptor: the limit 0x14 is no multiple of 8 less 1" == table.problem
    assert (None, "entry 2 does not end within the limit 0x14") == (table.slots[2].descriptor, table.slots[2].problem)


def test_a_table_where_no_memory_is():
    table = read_gdt(registers(0xF), memory(b""))
    assert ["there is no memory at 0x1000", "there is no memory at 0x1008"] == [slot.problem for slot in table.slots]


def test_a_selector_behind_the_end():
    slot = find_descriptor(registers(0x0F), memory(struct.pack("<2Q", 0, CODE)), 0x18)
    assert "entry 3 begins behind the limit 0xf" == slot.problem


def test_the_null_selector():
    assert "the null selector selects nothing" == find_descriptor(registers(0xF), memory(b""), 3).problem


def test_a_selector_of_the_ldt():
    data = struct.pack("<4Q", 0, LDT, 0, 0).ljust(0x1000 + 8, b"\0") + struct.pack("<Q", DATA)
    found = find_descriptor(registers(0x1F, ldtr=8), memory(data), 0xC)
    assert ("data", 0x2008) == (found.descriptor.kind, found.address)


def test_the_ldt_as_a_table():
    data = struct.pack("<4Q", 0, LDT, 0, 0).ljust(0x1000, b"\0") + struct.pack("<2Q", CODE, DATA)
    table = read_ldt(registers(0x1F, ldtr=8), memory(data))
    assert [("code", 4), ("data", 0xC)] == [(slot.descriptor.kind, slot.selector.value) for slot in table.slots]


def test_there_is_no_ldt():
    assert "there is no LDT" in read_ldt(registers(0xF), memory(b"")).problem


def test_ldtr_selects_something_else():
    table = read_ldt(registers(0xF, ldtr=8), memory(struct.pack("<2Q", 0, CODE)))
    assert "LDTR selects code, not an LDT" == table.problem


def test_an_ldt_that_is_not_present():
    table = read_ldt(registers(0xF, ldtr=8), memory(struct.pack("<2Q", 0, LDT & ~(1 << 47))))
    assert "the descriptor of the LDT is not present" == table.problem


def test_system_descriptors_of_long_mode_take_two_places():
    tss = struct.pack("<QQ", 0x0000_8900_0000_0067, 0)
    table = read_gdt(registers(0x27, efer=0x500), memory(struct.pack("<2Q", 0, CODE) + tss + struct.pack("<Q", DATA)))
    assert [(0, "empty"), (1, "code"), (2, "tss"), (4, "data")] == [
        (slot.index, slot.descriptor.kind) for slot in table.slots
    ]


def test_a_tss_of_long_mode_of_which_the_table_has_half():
    table = read_gdt(registers(0xF, efer=0x500), memory(struct.pack("<3Q", 0, 0x0000_8900_0000_0067, 0)))
    assert "its second half lies behind the end of the table" == table.slots[1].problem


def test_a_gate_of_the_idt():
    state = SystemRegisters(cr0=PROTECTED, idtr=TableRegister(0x1000, 0x7FF), bits=32)
    gate = find_gate(state, memory(bytes(8 * 14) + struct.pack("<Q", 0x0001_8E00_0008_0000)), 14).descriptor
    assert ("interrupt gate", 0x10000) == (gate.kind, gate.offset)


def test_a_vector_behind_the_end_of_the_idt():
    state = SystemRegisters(cr0=PROTECTED, idtr=TableRegister(0x1000, 0x3F), bits=32)
    assert "entry 13 begins behind the limit 0x3f" == find_gate(state, memory(bytes(0x40)), 13).problem


def test_an_idt_of_long_mode_has_entries_of_16_bytes():
    state = SystemRegisters(cr0=PROTECTED, efer=0x500, idtr=TableRegister(0x1000, 0x1F), bits=64)
    gates = struct.pack("<4Q", 0x8E00_0008_0010, 0, 0x8F00_0008_0020, 1)
    assert [(0, 0x10), (1, 0x100000020)] == [
        (slot.index, slot.descriptor.offset) for slot in read_idt(state, memory(gates)).slots
    ]


def test_an_idt_is_read_to_vector_255():
    state = SystemRegisters(cr0=PROTECTED, idtr=TableRegister(0x1000, 0xFFFF), bits=32)
    assert 256 == len(read_idt(state, memory(bytes(0x10000))).slots)


def test_vectors_of_real_mode():
    vectors = read_vectors(SystemRegisters(), memory(struct.pack("<HH", 0x1234, 0xF000).ljust(1024, b"\0"), 0))
    assert (256, 0xF000, 0x1234, 0xF1234) == (
        len(vectors), vectors[0].segment, vectors[0].offset, vectors[0].target,
    )  # fmt: skip


def test_a_short_table_of_vectors():
    vectors = read_vectors(SystemRegisters(idtr=TableRegister(0, 0x3F)), memory(bytes(1024), 0))
    assert [None, "the limit 0x3f does not reach vector 0x10"] == [vectors[15].problem, vectors[16].problem]


@given(st.binary(max_size=256), st.integers(0, 0xFFFF), st.integers(0, 0xFFFF), st.booleans())
def test_whatever_lies_in_memory_tables_can_be_read(data, limit, selector, is_long):
    state = registers(limit, ldtr=selector & ~4, efer=0x500 * is_long)
    read = memory(data)
    slots = (
        slot for table in (read_gdt(state, read), read_ldt(state, read), read_idt(state, read)) for slot in table.slots
    )
    assert [] == [slot for slot in slots if not slot.descriptor and not slot.problem]
    assert find_descriptor(state, read, selector).table in {"gdt", "ldt"}


@pytest.mark.parametrize("limit", [0, 7, 8, 0xFFFF])
def test_a_table_of_any_limit_has_an_entry_for_every_8_bytes_begun(limit):
    assert limit // 8 + 1 == len(read_gdt(registers(limit), memory(bytes(0x20000))).slots)
