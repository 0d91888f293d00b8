"""A boot is recorded from the reset vector on: services, interrupts and exceptions are in their steps."""

from __future__ import annotations

from collections.abc import Callable
from functools import cache
from pathlib import Path

import pytest
from reference.boot_programs import BOOT_PROGRAMS, sector
from test_native_recorder import assert_equal

from allocator import Machine, Trace, assemble, record
from allocator.errors import MachineError
from allocator.machine.pc import PC
from allocator.trace.archive import load_trace, save_trace
from allocator.trace.keyframes import record_keyframes
from allocator.trace.native_recorder import record_natively
from allocator.trace.plain_recorder import record_plainly
from allocator.trace.step import Step
from allocator.trace.streaming import record_to
from allocator.views.jsonl import trace_jsonl

LIMIT = 5000


def pc_of(name: str) -> PC:
    return PC(assemble(text=BOOT_PROGRAMS[name], bits=16), "64M")


@cache
def booted(name: str) -> Trace:
    trace = record_plainly(pc_of(name), limit=LIMIT)
    assert trace.stop.kind == "halted"
    return trace


def step_of(name: str, text: str) -> Step:
    return next(step for step in booted(name) if step.text == text)


def accesses_of(step: Step) -> list[tuple[str, str, int, int]]:
    return [(access.by, access.kind, access.address, access.value) for access in step.accesses]


@pytest.mark.parametrize("by_pointer", [True, False])
@pytest.mark.parametrize("name", BOOT_PROGRAMS)
def test_every_boot_is_recorded_as_the_twin_records_it(name: str, by_pointer: bool) -> None:
    assert_equal(record_natively(pc_of(name), limit=LIMIT, by_pointer=by_pointer), booted(name))


@pytest.mark.parametrize("name", BOOT_PROGRAMS)
def test_recording_leaves_the_boot_as_it_is(name: str) -> None:
    run = pc_of(name).boot(limit=LIMIT)
    assert (run.registers, run.stop, run.steps) == (booted(name).run.registers, booted(name).stop, len(booted(name)))


def test_record_without_a_routine_boots() -> None:
    assert "boot" == record(pc_of("services")).run.routine


def test_a_called_machine_cannot_boot() -> None:
    with pytest.raises(MachineError, match="cannot boot"):
        record(Machine(assemble(text="f: ret")))


def test_the_first_step_is_the_reset_vector() -> None:
    first = booted("services")[0]
    assert (0xFFFF0, 0xF000, 0xFFF0) == (first.address, first.before.cs, first.before.rip)


def test_an_interrupt_reads_its_vector_and_pushes_its_frame() -> None:
    step = step_of("handlers in real mode", "int 0x21")
    handler, back = booted("handlers in real mode").image.symbols["handler"], step.address + 2
    assert [
        ("interrupt", "read", 0x84, handler),
        ("interrupt", "write", 0x7BFE, step.before.flags),
        ("interrupt", "write", 0x7BFC, 0),
        ("interrupt", "write", 0x7BFA, back - 0),
    ] == accesses_of(step)


def test_a_fault_is_a_step_that_is_executed_again() -> None:
    texts = [step.text for step in booted("handlers in real mode")]
    first = texts.index("div cx")
    assert ["div cx", "mov cx, 1", "iret", "div cx"] == texts[first : first + 4]


def test_what_a_fault_pushed_belongs_to_the_step_that_made_it() -> None:
    step = step_of("handlers in protected mode", "div ecx")
    assert ["interrupt"] * 5 == [access.by for access in step.accesses]
    assert step.before.esp - 12 == step.after.esp


def test_a_page_fault_sets_cr2_in_the_step_that_made_it() -> None:
    step = step_of("handlers in protected mode", "mov dword [0x400000], 7")
    assert 0x400000 == step.registers["cr2"].after


def test_a_store_that_faulted_is_made_when_it_is_executed_again() -> None:
    trace = booted("handlers in protected mode")
    address = step_of("handlers in protected mode", "mov dword [0x400000], 7").address
    first, again = (Step(trace, int(number)) for number in trace.visits(address))
    assert [] == [access for access in first.accesses if access.by == "program"]
    assert [("mmu", 0x20004), ("program", 0x400000)] == [(access.by, access.address) for access in again.accesses]


def test_a_service_writes_before_its_return_reads() -> None:
    made = [step for step in booted("services") if step.text == "iret"]
    makers = [[access.by for access in step.accesses] for step in made]
    assert all(by == sorted(by) for by in makers)  # firmware, then program


def loading(trace: Trace) -> Step:
    """Return the step in which INT 13h stored a sector at 8000h."""
    return next(step for step in trace if any(access.address == 0x8000 for access in step.accesses))


def test_the_sector_that_a_service_loads_is_its_write() -> None:
    access = next(access for access in loading(booted("services")).accesses if access.address == 0x8000)
    assert ("firmware", "write", 512) == (access.by, access.kind, access.size)
    assert booted("services").image.segments[0].data[:512] == access.after


def test_memory_is_known_before_and_after_a_service() -> None:
    trace = booted("services")
    loads = loading(trace).index
    assert (0, 0x31) == (trace.memory_at(loads, 0x8000, 1)[0], trace.memory_at(loads + 1, 0x8000, 1)[0])


def test_interrupt_flag_changes_where_it_is_set() -> None:
    assert (0, 1) == step_of("handlers in real mode", "sti").flags["if"]


@pytest.mark.parametrize("name", BOOT_PROGRAMS)
def test_a_saved_boot_is_read_back(name: str, tmp_path: Path) -> None:
    save_trace(booted(name), tmp_path / "t.parquet")
    assert list(trace_jsonl(booted(name))) == list(trace_jsonl(load_trace(tmp_path / "t.parquet")))


def test_a_boot_is_saved_while_it_runs(tmp_path: Path) -> None:
    record_to(tmp_path / "t", pc_of("services"), limit=LIMIT)
    assert list(trace_jsonl(booted("services"))) == list(trace_jsonl(load_trace(tmp_path / "t")))


@pytest.mark.parametrize("name", BOOT_PROGRAMS)
def test_a_window_of_a_boot_is_that_part_of_it(name: str) -> None:
    long = record_keyframes(pc_of(name), limit=LIMIT)
    window, whole = long.window(15, 40), booted(name)
    assert len(whole) == len(long)
    assert [(step.place, step.registers, step.accesses) for step in whole[15:40]] == [
        (step.place, step.registers, step.accesses) for step in window
    ]


def test_an_interrupt_leaves_the_status_flags_as_they_are() -> None:
    changed = {flag for step in booted("handlers in real mode") if step.text == "int 0x21" for flag in step.flags}
    assert {"if"} == changed


@pytest.mark.parametrize("record_it", [record_plainly, record_natively])
def test_a_byte_that_was_stored_under_another_address_is_known(record_it: Callable[..., Trace]) -> None:
    # The fault handler maps 400000h to 800000h; here C00000h leads there as well.
    table = "mov dword [0x400000], 7\n mov dword [0x20000 + 4 * 3], 0x800083\n"
    source = BOOT_PROGRAMS["handlers in protected mode"]
    source = source.replace("mov dword [0x400000], 7\n", f"{table} mov dword [0xc00000], 9\n")
    trace = record_it(PC(assemble(text=source, bits=16), "64M"), limit=LIMIT)
    stored = next(step.index for step in trace if "0xc00000" in step.text)
    assert [(7,), (9,)] == [trace.memory_at(moment, 0x400000, 1) for moment in (stored, stored + 1)]


ODD = {
    "a far return with a LOCK prefix": "push word 0\n push word .on\n db 0xf0\n retf\n.on: nop",
    "a return with a LOCK prefix that leads to itself": "push word .on\n push word .on\n.on: db 0xf0\n ret",
    "nothing but a LOCK prefix": "db 0xf0\n hlt",
    "a store of ten bytes where there is no memory": "mov eax, 0xc0000000\n fldz\n fbstp [eax]",
}


@pytest.mark.parametrize("name", ODD)
def test_what_only_random_code_does_is_recorded_as_the_twin_records_it(name: str) -> None:
    plain, native = (
        work(PC(assemble(text=sector(ODD[name]), bits=16), "64M"), limit=400)
        for work in (record_plainly, record_natively)
    )
    assert_equal(native, plain)
