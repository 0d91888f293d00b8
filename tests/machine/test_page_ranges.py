"""Page tables as runs of pages; that they agree with single walks on random tables."""

from __future__ import annotations

import dataclasses
import random
import struct

import pytest
from reference.made_states import DIRECTORY, LONG_64, LONG_MEMORY, PAGED_32, PAGED_MEMORY, TABLE, memory_of, words
from reference.random_paging import MODES, random_world

from allocator import Machine, assemble
from allocator.machine.page_entries import Paging
from allocator.machine.page_ranges import survey_page_tables
from allocator.machine.paging import Access, walk
from allocator.machine.system_registers import SystemRegisters


def test_pages_that_follow_each_other_are_one_run():
    first = survey_page_tables(PAGED_32, PAGED_MEMORY).ranges[0]
    assert (0, 0x10000, 0, 16, "kernel rwx") == (first.start, first.end, first.physical, first.pages, first.rights)


def test_other_rights_begin_another_run():
    runs = survey_page_tables(PAGED_32, PAGED_MEMORY).ranges
    assert ["kernel rwx", "user rwx", "user r-x", "kernel rwx"] == [run.rights for run in runs]


def test_large_pages_and_no_execute():
    runs = survey_page_tables(LONG_64, LONG_MEMORY).ranges
    assert [1 << 21, *[1 << 12] * 4, 1 << 30] == [run.page_size for run in runs]
    assert [True, True, False, True, False, True] == [run.is_executable for run in runs]


def test_the_tables_themselves_are_named():
    assert (DIRECTORY, TABLE, 0x3000) == survey_page_tables(PAGED_32, PAGED_MEMORY).tables


def test_without_paging_there_is_nothing():
    assert () == survey_page_tables(SystemRegisters(), PAGED_MEMORY).ranges


def test_the_upper_half_of_long_mode_is_canonical():
    read = memory_of(words({DIRECTORY + 0xFF8: 0x2007, 0x2FF8: 0x83}, 8))
    assert 0xFFFFFFFFC0000000 == survey_page_tables(LONG_64, read).ranges[0].start


def test_a_directory_that_holds_itself_shows_its_tables_as_pages():
    read = memory_of(words({DIRECTORY + 0xFFC: DIRECTORY | 3, DIRECTORY: TABLE | 3, TABLE: 0x5003}, 4))
    runs = survey_page_tables(PAGED_32, read).ranges
    assert [(0, 0x5000), (0xFFC00000, TABLE), (0xFFFFF000, DIRECTORY)] == [(run.start, run.physical) for run in runs]


def test_tables_that_lead_on_without_end_are_cut_off():
    read = memory_of({DIRECTORY: struct.pack("<Q", DIRECTORY | 7) * 512})
    found = survey_page_tables(LONG_64, read, most=10)
    assert (False, 10) == (found.is_complete, len(found.ranges))


def test_a_long_way_through_few_pages_ends_too():
    entries = struct.pack("<Q", DIRECTORY | 7) * 511 + bytes(8)  # a page table reached by 2 ** 27 ways
    found = survey_page_tables(LONG_64, memory_of({DIRECTORY: entries}), most=1 << 30)
    assert not found.is_complete


def test_tables_outside_memory_and_reserved_bits_are_told_of():
    read = memory_of(words({DIRECTORY: 0x40000007, DIRECTORY + 4: 0x00200087}, 4))
    problems = survey_page_tables(PAGED_32, read).problems
    assert (
        "the page table at 0x40000000 lies outside memory, which reads as zero",
        "the PDE for 0x400000 has reserved bits set: 0x200000",
    ) == problems


def test_a_cr3_that_is_not_aligned_is_told_of():
    found = survey_page_tables(dataclasses.replace(PAGED_32, cr3=DIRECTORY + 4), PAGED_MEMORY)
    assert "not at a multiple of 4096" in found.problems[0]


def test_a_machine_shows_its_tables():
    machine = Machine(assemble(text="f: ret"))
    machine.call("f")
    assert [(0, 1 << 39, 0)] == [run[:3] for run in machine.page_tables().ranges]


@pytest.mark.parametrize("mode", MODES)
def test_every_run_is_what_single_walks_say(mode):
    generator = random.Random(mode)
    for _ in range(20):
        world = random_world(generator, mode)
        registers = as_registers(world.rules)

        def read(address: int, size: int, frames=world.frames) -> bytes:
            frame = frames.get(address & ~0xFFF)
            return b"" if frame is None else frame[address & 0xFFF :][:size]

        found = survey_page_tables(registers, read, most=300)
        paging = Paging.of(registers)
        for run in generator.sample(found.ranges, min(20, len(found.ranges))):
            walked = walk(paging, run.end - 1, read, Access("read"))
            assert run.physical + (run.end - run.start) - 1 == walked.physical
            assert (run.page_size, run.is_user, run.is_writable, run.is_executable) == (
                walked.page_size, walked.is_user, walked.is_writable, walked.is_executable,
            )  # fmt: skip


def as_registers(rules) -> SystemRegisters:
    pae = rules.mode != "32-bit"
    efer = 0x500 * (rules.mode == "4-level") | 0x800 * rules.nxe
    return SystemRegisters(
        cr0=0x80000011, cr3=rules.root, cr4=0x10 * rules.pse | 0x20 * pae, efer=efer, bits=64 if efer & 0x400 else 32
    )


def test_pages_that_were_written_or_not_are_one_run():
    entries = struct.pack("<4I", 0x3, 0x1023, 0x2063, 0x3003)
    assert 1 == len(survey_page_tables(PAGED_32, memory_of({DIRECTORY: b"\x03\x20", TABLE: entries})).ranges)
