"""asm/privilege.asm: two processes in ring 3, as our PC runs them and as QEMU does."""

from __future__ import annotations

import dataclasses
import struct
from pathlib import Path

import pytest
from oracles import require_qemu
from reference import qemu

from allocator import PC, Disk, Trace, assemble, record, shipped
from allocator.machine.page_ranges import PageTables, survey_page_tables
from allocator.machine.paging import Access
from allocator.views.mode_ladder import mode_ladder
from allocator.views.page_tables import two_page_tables_text

HAPPENED, DATA_A, DATA_B = 0x9000, 0x10000, 0x11000
MARK_A, MARK_B = 0xAAAAAAAA, 0xBBBBBBBB
TABLES = (0x2000, 0x5000)
BESIDE = """\
linear             A                             B
00000000-000fffff  00000000-000fffff kernel rwx  00000000-000fffff kernel rwx
00400000-00400fff  00007000-00007fff user r-x    00007000-00007fff user r-x
00401000-00401fff  00010000-00010fff user rwx    00011000-00011fff user rwx    differs
00402000-00402fff  00013000-00013fff kernel rwx  not mapped                    differs"""


@pytest.fixture(scope="module")
def booted() -> PC:
    pc = PC(assemble(shipped("privilege.asm")))
    assert "halted" == pc.boot().stop.kind
    return pc


@pytest.fixture(scope="module")
def trace() -> Trace:
    return record(PC(assemble(shipped("privilege.asm"))))


def tables_at(pc: PC, root: int) -> PageTables:
    return survey_page_tables(dataclasses.replace(pc.system_state().registers, cr3=root), pc.read)


def test_each_process_finds_its_own_page_and_the_tlb_remembers(booted):
    assert (MARK_A, 5, HAPPENED, 1, 2) == struct.unpack("<5I", booted.read(HAPPENED, 20))


@pytest.mark.parametrize(("page", "mark"), [(DATA_A, MARK_A), (DATA_B, MARK_B)])
def test_each_process_wrote_to_its_own_page(booted, page, mark):
    assert mark == int.from_bytes(booted.read(page, 4), "little")


def test_qemu_comes_to_the_same_end_and_marks_the_same_entries(booted, tmp_path: Path):
    require_qemu()
    disk = tmp_path / "privilege.img"
    disk.write_bytes(Disk.of(booted.image).data)
    ranges = {"happened": (HAPPENED, 20), "tables": TABLES}
    run = qemu.boot(disk, tmp_path, ranges=ranges, traced=False)
    assert {name: booted.read(*place) for name, place in ranges.items()} == run.memory


def test_user_code_can_read_itself_and_not_write(booted):
    read, write = (booted.translate(0x400000, Access(kind, is_user=True)) for kind in ("read", "write"))
    assert (0x7000, 7) == (read.physical, write.fault.error_code)


def test_the_tables_of_both_processes_side_by_side(booted):
    first, second = tables_at(booted, 0x2000), tables_at(booted, 0x3000)
    assert BESIDE == two_page_tables_text(first, second, ("A", "B"))


def test_the_kernel_is_entered_from_ring_3_and_left_for_it(trace):
    handler = trace.at("on_tell").index
    assert [3, 0] == [trace[step].before["cs"] & 3 for step in (handler - 1, handler)]


def test_a_descriptor_is_marked_where_it_lies(trace):
    load = next(step for step in trace[trace.at("protected.ready").index :] if step.text == "mov ds, eax")
    assert [(0x7DEC, 0x7DEC)] == [
        (each.address, each.physical) for each in load.accesses if (each.kind, each.by) == ("write", "program")
    ]


def test_the_page_fault_comes_back_to_the_process(trace):
    handler = trace.at("on_page_fault")
    back = next(step for step in trace[handler.index :] if step.text.startswith("iret"))
    assert (HAPPENED, 3) == (handler.before["cr2"], trace[back.index + 1].before["cs"] & 3)


def test_each_switch_of_page_tables_is_a_rung(trace):
    effects = [rung.preparations[-1].effect for rung in mode_ladder(trace) if rung.mode == "paged32"]
    assert [
        "CR0: WP read-only holds for the kernel, PG paging",
        "page tables at 3000",
        "page tables at 2000",
    ] == effects
