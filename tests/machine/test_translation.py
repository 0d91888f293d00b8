"""Where an address leads, from a selector to a physical address."""

from __future__ import annotations

import dataclasses

import pytest
from hypothesis import example, given
from hypothesis import strategies as st
from reference.made_states import (
    DATA_32,
    GDT,
    LONG_64,
    LONG_MEMORY,
    PAGED_32,
    PAGED_MEMORY,
    PROTECTED_32,
    linear_memory,
    memory_of,
    state_of,
    words,
)  # fmt: skip

from allocator import Machine, assemble
from allocator.errors import UsageError
from allocator.machine.page_entries import LEVELS_5
from allocator.machine.paging import Access
from allocator.machine.system_registers import SystemRegisters, TableRegister
from allocator.machine.translation import Translation, translate


def led(registers: SystemRegisters, read, address, access: Access | None = None) -> Translation:
    return translate(state_of(registers), linear_memory(registers, read), address, access)


def test_a_number_is_a_linear_address():
    found = led(PAGED_32, PAGED_MEMORY, 0x403123)
    assert (None, 0x403123, 0x5123) == (found.segment, found.address, found.physical)


def test_a_segment_register_adds_its_base():
    stack = dataclasses.replace(PROTECTED_32, ss=0x20)
    assert 0x400010 == led(stack, PAGED_MEMORY, "ss:0x10").address


def test_a_selector_is_looked_up():
    assert 0x400010 == led(PROTECTED_32, PAGED_MEMORY, (0x20, 0x10)).address


def test_in_real_mode_a_selector_is_a_sixteenth_of_an_address():
    assert 0x12350 == led(SystemRegisters(), PAGED_MEMORY, "0x1234:0x10").address


def test_in_64_bit_code_ds_has_no_base():
    assert 0x201123 == led(LONG_64, LONG_MEMORY, "ds:0x201123").address


def test_in_64_bit_code_a_null_selector_is_no_problem():
    found = led(dataclasses.replace(LONG_64, ds=0), LONG_MEMORY, "ds:0x201123")
    assert (0x51123, ()) == (found.physical, found.problems)


def test_a_null_selector_leads_nowhere():
    found = led(PROTECTED_32, PAGED_MEMORY, (0, 0x10))
    assert (None, None, ("the null selector selects nothing",)) == (found.address, found.physical, found.problems)


def test_a_gate_has_no_memory():
    read = memory_of(words({GDT + 8: 0x8E00_0008_0000}, 8))
    assert "interrupt gate: it has no memory" in led(PROTECTED_32, read, (8, 0)).problems[0]


def test_an_offset_behind_the_limit():
    assert ("the offset 0x1000 lies behind the limit 0xfff",) == led(
        PROTECTED_32, PAGED_MEMORY, (0x20, 0x1000)
    ).problems


def test_an_offset_behind_64_kib_in_real_mode():
    assert ("the offset 0x10000 lies behind the limit 0xffff",) == led(
        SystemRegisters(), PAGED_MEMORY, "ds:0x10000"
    ).problems


def test_a_descriptor_that_is_not_present():
    read = memory_of(words({GDT + 8: DATA_32 & ~(1 << 47)}, 8))
    assert ("the descriptor is not present (P is clear)",) == led(PROTECTED_32, read, (8, 0)).problems


def test_a_register_keeps_what_it_was_loaded_with():
    read = memory_of(words({GDT + 0x10: DATA_32 | 5 << 16}, 8))
    found = led(PROTECTED_32, read, "ds:0x10")
    assert 0x10 == found.address
    assert "DS was loaded before the table became what it is: it still has base 0x0" in found.problems[0]


def test_user_code_asks_as_user_code():
    user = dataclasses.replace(PAGED_32, cs=0xB)
    assert "user code has no access" in led(user, PAGED_MEMORY, 0x1000).fault.reason


def test_an_access_can_be_given():
    assert 7 == led(PAGED_32, PAGED_MEMORY, 0x404000, Access("write", is_user=True)).fault.error_code


@pytest.mark.parametrize("address", ["ds", "ds:", "xs:5", "ds:zz", ":", 1.5, None, (1, 2, 3), True, ("ds", 5)])
def test_what_is_no_address_is_refused(address):
    with pytest.raises(UsageError):
        led(PROTECTED_32, PAGED_MEMORY, address)


def test_it_is_said_in_one_line():
    assert "<Translation ds:0x403123 -> 0x403123 -> 0x5123>" == repr(led(PAGED_32, PAGED_MEMORY, "ds:0x403123"))


def test_a_machine_translates_by_the_tables_that_it_runs_with():
    machine = Machine(assemble(text="f: ret"))
    machine.call("f")
    found = machine.translate("cs:0x100000")
    assert (0x100000, "long64", 1 << 30) == (found.physical, found.registers.mode, found.walk.page_size)


@given(
    st.integers(0, (1 << 32) - 1), st.integers(0, (1 << 64) - 1), st.integers(0, (1 << 64) - 1), st.booleans(),
    st.integers(0, 0xFFFF), st.integers(0, 0xFFFF), st.integers(0, (1 << 64) - 1), st.binary(max_size=64),
)  # fmt: skip
@example(cr0=0x80000000, cr3=0, cr4=0x1D60, is_long=True, limit=0, selector=0, offset=0, data=b"")  # of five levels
def test_no_state_and_no_memory_is_too_strange(  # noqa: PLR0917 -- hypothesis gives each by its place
    cr0, cr3, cr4, is_long, limit, selector, offset, data
):
    registers = SystemRegisters(
        cr0=cr0, cr3=cr3, cr4=cr4, efer=0x500 * is_long, gdtr=TableRegister(cr3 & 0xFFFFFFFF, limit), bits=32
    )
    state = dataclasses.replace(state_of(SystemRegisters()), registers=registers)
    read = memory_of({cr3 & 0xFFF: data})
    found = translate(state, linear_memory(registers, read), (selector, offset))
    is_unknown = found.walk is not None and found.walk.paging.mode == LEVELS_5
    assert (found.physical is None) == (found.walk is None or found.fault is not None or is_unknown)
    assert repr(found).startswith("<Translation")
