"""Single walks, fact by fact; that whole tables are walked as the engine does is in test_paging_agreement.py."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from allocator.machine.page_entries import Paging, decode_entry
from allocator.machine.paging import KERNEL_READ, Access, Update, walk
from allocator.machine.system_registers import SystemRegisters

USER_READ, USER_WRITE = Access("read", True), Access("write", True)
FETCH = Access("fetch")


def memory(entries: dict[int, int], end: int = 0x10000):
    def read(address: int, size: int) -> bytes:
        return entries.get(address, 0).to_bytes(8, "little")[:size] if address + size <= end else b""

    return read


def two_levels(pde: int = 0x2007, pte: int = 0x5007, address: int = 0x0040_3123, access: Access = KERNEL_READ, **how):
    return walk(Paging("32-bit", 0x1000, **how), address, memory({0x1004: pde, 0x200C: pte}), access)


def test_32_bit_paging_by_directory_and_table():
    assert (0x5123, 4096) == (two_levels().physical, two_levels().page_size)


def test_each_step_says_where_its_entry_lies():
    assert [(0x1000, 1, 0x1004), (0x2000, 3, 0x200C)] == [step[:3] for step in two_levels().steps]


def test_an_entry_names_its_bits():
    assert ("P", "R/W", "U/S", "A", "D", "G") == two_levels(pte=0x5167).steps[1].entry.flags


def test_a_page_of_4_mib():
    assert (0x00C0_3123, 1 << 22) == (two_levels(pde=0x00C0_0087).physical, two_levels(pde=0x00C0_0087).page_size)


def test_without_pse_an_entry_with_ps_is_a_table():
    assert 0x5123 == two_levels(pde=0x2087, has_large_pages=False).physical


def test_an_entry_with_ps_but_without_pse_is_told_of():
    assert "PS set, but CR4.PSE is clear" in two_levels(pde=0x2087, has_large_pages=False).problem


def test_a_page_of_4_mib_above_4_gib():
    assert 0x12_00C0_3123 == two_levels(pde=0x00C0_0087 | 0x12 << 13).physical


def test_not_present():
    fault = two_levels(pte=0x5006, access=USER_WRITE).fault
    assert (14, 6, ("W", "U"), "the PTE is not present (P is clear)") == (
        fault.vector, fault.error_code, fault.names, fault.reason,
    )  # fmt: skip


def test_user_code_on_a_page_of_the_kernel():
    fault = two_levels(pde=0x2003, access=USER_READ).fault
    assert (5, "user code has no access: U/S is clear in the PDE") == (fault.error_code, fault.reason)


def test_user_code_writes_to_a_read_only_page():
    fault = two_levels(pte=0x5005, access=USER_WRITE).fault
    assert (7, "user code cannot write: R/W is clear in the PTE") == (fault.error_code, fault.reason)


def test_the_kernel_writes_to_a_read_only_page():
    assert 0x5123 == two_levels(pte=0x5005, access=Access("write")).physical


def test_the_kernel_heeds_read_only_where_wp_is_set():
    fault = two_levels(pte=0x5005, access=Access("write"), kernel_respects_read_only=True).fault
    assert (3, "the kernel, as CR0.WP is set, cannot write: R/W is clear in the PTE") == (
        fault.error_code, fault.reason,
    )  # fmt: skip


def test_smep():
    fault = two_levels(access=FETCH, smep=True).fault
    assert (0x11, "the kernel executes no user page: CR4.SMEP is set") == (fault.error_code, fault.reason)


def test_smap():
    assert "CR4.SMAP is set" in two_levels(smap=True).fault.reason


def test_smap_is_suspended_by_ac():
    assert 0x5123 == two_levels(smap=True, access=Access("read", has_ac=True)).physical


def test_a_reserved_bit():
    fault = two_levels(pde=0x00E0_0087).fault
    assert (9, ("P", "RSVD"), "the PDE has reserved bits set: 0x200000") == (
        fault.error_code, fault.names, fault.reason,
    )  # fmt: skip


def test_a_walk_marks_entries_as_accessed_and_a_written_page_as_dirty():
    assert (Update(0x1004, 4, 0x2007, 0x2027), Update(0x200C, 4, 0x5007, 0x5067)) == two_levels(
        access=Access("write")
    ).updates


def test_a_walk_over_marked_entries_writes_nothing():
    assert () == two_levels(0x2027, 0x5027).updates


def test_tables_outside_memory_read_as_zero():
    found = two_levels(pde=0x20007)
    assert (None, 0, "the page table lies outside memory: there is none at 0x2000c") == (
        found.physical, found.fault.error_code, found.problem,
    )  # fmt: skip


def test_a_directory_that_is_its_own_page_table():
    found = walk(Paging("32-bit", 0x1000), 0xFFFF_FFFC, memory({0x1FFC: 0x1003}))
    assert (0x1FFC, [0x1000, 0x1000]) == (found.physical, [step.table for step in found.steps])


PAE = {0x1008: 0x2001, 0x2010: 0x3007, 0x3018: 0x5007}


def test_pae_by_three_levels():
    found = walk(Paging("PAE", 0x1000), 0x4040_3123, memory(PAE))
    assert (0x5123, ["PDPTE", "PDE", "PTE"]) == (found.physical, [step.entry.level.entry for step in found.steps])


def test_a_pdpte_of_pae_has_no_rights():
    assert 0x5123 == walk(Paging("PAE", 0x1000), 0x4040_3123, memory(PAE), USER_WRITE).physical


def test_bits_that_a_pdpte_of_pae_has_not_are_told_of():
    found = walk(Paging("PAE", 0x1000), 0x4040_3123, memory({**PAE, 0x1008: 0x2007}))
    assert "the PDPTE has reserved bits set (0x6): a processor refuses to load CR3, with #GP" == found.problem


def test_no_execute():
    tables = {**PAE, 0x3018: 0x5007 | 1 << 63}
    fault = walk(Paging("PAE", 0x1000, has_no_execute=True), 0x4040_3123, memory(tables), FETCH).fault
    assert (0x11, "the page is not executable: NX is set in the PTE") == (fault.error_code, fault.reason)


def test_nx_is_reserved_where_efer_nxe_is_clear():
    tables = {**PAE, 0x3018: 0x5007 | 1 << 63}
    assert 9 == walk(Paging("PAE", 0x1000), 0x4040_3123, memory(tables)).fault.error_code


LONG = {0x1000: 0x2007, 0x2008: 0x3007, 0x3010: 0x4007, 0x4018: 0x5007}
ADDRESS = 1 << 30 | 2 << 21 | 3 << 12 | 0x123


def test_long_mode_by_four_levels():
    assert 0x5123 == walk(Paging("4-level", 0x1000), ADDRESS, memory(LONG)).physical


def test_a_page_of_2_mib():
    found = walk(Paging("4-level", 0x1000), ADDRESS, memory({**LONG, 0x3010: 0x0060_0087}))
    assert (0x0060_3123, 1 << 21) == (found.physical, found.page_size)


def test_a_page_of_1_gib():
    found = walk(Paging("4-level", 0x1000), ADDRESS, memory({**LONG, 0x2008: 0x8000_0087}))
    assert (0x8040_3123, 1 << 30) == (found.physical, found.page_size)


def test_an_address_that_is_not_canonical():
    fault = walk(Paging("4-level", 0x1000), 1 << 47, memory(LONG)).fault
    assert (13, "0x800000000000 is not canonical: bits 63 to 47 differ") == (fault.vector, fault.reason)


def test_five_levels_are_not_modelled():
    assert "5-level paging (CR4.LA57) is not modelled" == walk(Paging("5-level", 0), 0, memory({})).problem


@pytest.mark.parametrize(
    ("mode", "cr0", "cr4", "efer"),
    [
        ("none", 0x11, 0x20, 0), ("32-bit", 0x80000011, 0, 0), ("PAE", 0x80000011, 0x20, 0),
        ("4-level", 0x80000011, 0x20, 0x500), ("5-level", 0x80000011, 0x1020, 0x500),
    ],
)  # fmt: skip
def test_the_registers_say_the_mode(mode, cr0, cr4, efer):
    assert mode == Paging.of(SystemRegisters(cr0=cr0, cr4=cr4, efer=efer)).mode


def test_a_cr3_that_is_not_aligned():
    paging = Paging.of(SystemRegisters(cr0=0x80000011, cr3=0x1804))
    assert (0x1000, "CR3 = 0x1804 is not at a multiple of 4096: bits 0x804 are ignored, "
            "the page directory is read at 0x1000") == (paging.root, paging.problem)  # fmt: skip


def test_pwt_and_pcd_of_cr3_are_no_address():
    assert None is Paging.of(SystemRegisters(cr0=0x80000011, cr3=0x1018)).problem


def test_the_pdpt_of_pae_lies_at_a_multiple_of_32():
    paging = Paging.of(SystemRegisters(cr0=0x80000011, cr3=0x1020, cr4=0x20))
    assert (0x1020, None) == (paging.root, paging.problem)


@given(st.integers(0, (1 << 64) - 1), st.sampled_from(["32-bit", "PAE", "4-level"]), st.booleans(), st.data())
def test_every_entry_can_be_decoded(value, mode, has_no_execute, data):
    paging = Paging(mode, 0, has_no_execute=has_no_execute)
    level = data.draw(st.sampled_from(paging.levels))
    entry = decode_entry(value & (1 << 8 * level.size) - 1, level, paging)
    assert 0 <= entry.address < 1 << 52
    assert entry.is_present or not (entry.flags or entry.reserved)
