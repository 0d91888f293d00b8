"""Where addresses led at any moment of a trace, and that questions follow the bytes and not the addresses."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from functools import cache
from pathlib import Path

import pytest
from reference.paged_programs import TABLES_A, TABLES_B, paged

from allocator import Machine, Trace, assemble, record, shipped
from allocator.addresses import Range
from allocator.machine.pc import PC
from allocator.trace.archive import load_trace, save_trace
from allocator.trace.step import Access

LOW, HIGH, OTHER = 0x400000, 0xC0000000, 0x800000
ALIAS = {LOW: LOW, HIGH: LOW}
STORE_HIGH = f"mov dword [{HIGH:#x}], 7\n mov ebx, [{LOW:#x}]"
SWITCH_TO_A, SWITCH_TO_B = (f"mov eax, {table:#x}\n mov cr3, eax" for table in (TABLES_A, TABLES_B))
TWO_PROCESSES = f"""
        mov dword [{LOW:#x}], 0xa
        {SWITCH_TO_B}
in_b:   nop
        mov dword [{LOW:#x}], 0xb
        {SWITCH_TO_A}
in_a:   mov ebx, [{LOW:#x}]
"""


def booted(body: str, a: Mapping[int, int], b: Mapping[int, int] | None = None) -> Trace:
    return record(PC(assemble(text=paged(body, a, b), bits=16), "64M"), limit=10_000)


@cache
def alias() -> Trace:
    return booted(STORE_HIGH, ALIAS)


@cache
def processes() -> Trace:
    return booted(TWO_PROCESSES, {LOW: LOW}, {LOW: OTHER})


@cache
def privilege() -> Trace:
    return record(PC(assemble(shipped("privilege.asm")), "64M"), limit=100_000)


def texts(trace: Trace, *steps: int) -> list[str]:
    return [trace[step].text for step in steps]


def stored(accesses: Iterable[Access]) -> list[int]:
    """The values that the program wrote; the processor's own bits in page tables are none."""
    return [access.value for access in accesses if (access.kind, access.by) == ("write", "program")]


# Where an address led


def test_without_page_tables_an_address_is_where_it_says() -> None:
    trace = record(Machine(assemble(text="f: mov [0x200000], al\n ret")), "f")
    assert [(0x200000, 0x200004)] == trace.frames.physical(Range(0x200000, 0x200004), 1)


def test_an_alias_leads_to_the_frame() -> None:
    assert [(LOW + 2, LOW + 6)] == alias().frames.physical(Range(HIGH + 2, HIGH + 6), len(alias()))


def test_before_paging_an_address_is_where_it_says() -> None:
    assert [(HIGH, HIGH + 1)] == alias().frames.physical(Range(HIGH, HIGH + 1), 0)


def test_a_range_over_a_page_that_lies_elsewhere_is_in_pieces() -> None:
    pieces = alias().frames.physical(Range(HIGH - 1, HIGH + 0x1001), len(alias()))
    assert [(HIGH - 1, HIGH), (LOW, LOW + 0x1001)] == pieces


def test_under_other_tables_an_address_leads_elsewhere() -> None:
    trace, where = processes(), Range(LOW, LOW + 1)
    moments = (trace.at("in_b"), trace.at("in_a"))
    assert [[(OTHER, OTHER + 1)], [(LOW, LOW + 1)]] == [trace.frames.physical(where, each.index) for each in moments]


def test_a_page_that_was_never_touched_leads_where_its_tables_say() -> None:
    assert [(LOW + 0x5000, LOW + 0x5001)] == alias().frames.physical(Range(HIGH + 0x5000, HIGH + 0x5001), len(alias()))


def test_a_page_that_only_another_process_touched_leads_where_its_own_tables_say() -> None:
    trace = booted(
        f"mov dword [{LOW:#x}], 0xa\n {SWITCH_TO_B}\n in_b: mov dword [{HIGH:#x}], 1",
        {LOW: OTHER},
        {LOW: LOW, HIGH: OTHER},
    )
    assert [(LOW, LOW + 1)] == trace.frames.physical(Range(LOW, LOW + 1), trace.at("in_b").index)


def test_of_many_pages_those_that_were_never_touched_lead_to_themselves() -> None:
    where = Range(HIGH + 0x1000, HIGH + 0x100000)
    assert [where] == alias().frames.physical(where, len(alias()))


def test_all_places_that_an_address_led_to() -> None:
    assert [(LOW, LOW + 1), (OTHER, OTHER + 1)] == processes().frames.ever(Range(LOW, LOW + 1))


def test_from_a_moment_on_the_places_are_those_that_still_counted() -> None:
    trace = booted(TWO_PROCESSES + SWITCH_TO_B, {LOW: LOW}, {LOW: OTHER})
    last = trace.at("in_a").index
    assert [(LOW, LOW + 1), (OTHER, OTHER + 1)] == trace.frames.ever(Range(LOW, LOW + 1), last)


def test_a_variable_that_lies_across_two_pages_is_in_both() -> None:
    body = f"mov dword [{HIGH + 0x3FFFFE:#x}], 0x44332211\n mov bx, [{OTHER:#x}]"
    trace = booted(body, {HIGH: LOW, HIGH + 0x400000: OTHER, OTHER: OTHER})
    assert 0x4433 == trace.registers_at("end").bx
    assert [f"mov dword [{HIGH + 0x3FFFFE:#x}], 0x44332211"] == texts(trace, *trace.writes(OTHER + 1).steps.tolist())


def test_bytes_are_named_by_the_address_that_was_used_first() -> None:
    (named,) = alias().frames.named([Range(LOW, LOW + 4)])
    assert (Range(HIGH, HIGH + 4), Range(LOW, LOW + 4)) == named


def test_or_by_the_one_that_was_used_last() -> None:
    (named,) = alias().frames.named([Range(LOW, LOW + 4)], is_last=True)
    assert Range(LOW, LOW + 4) == named.where


# Questions


def test_the_last_write_is_found_under_an_alias() -> None:
    step = alias().last_write(LOW)
    assert step and "mov dword [0xc0000000], 7" == step.text


def test_a_write_is_found_under_every_alias() -> None:
    assert (1, 1) == tuple(len(alias().writes(where)) for where in (LOW, HIGH))


def test_the_last_write_is_that_of_the_process_that_runs() -> None:
    trace = processes()
    step = trace.last_write(LOW, before="in_a")
    assert step and "mov dword [0x400000], 0xa" == step.text


def test_what_another_process_wrote_at_that_address_is_no_last_write() -> None:
    assert processes().last_write(LOW, before="in_b") is None


def test_all_writes_to_an_address_are_those_of_both_processes() -> None:
    assert [0xA, 0xB] == stored(processes().writes(LOW))


def test_the_first_write_after_a_moment_is_that_of_the_next_process() -> None:
    step = processes().first_write(LOW, after="in_b")
    assert step and "mov dword [0x400000], 0xb" == step.text


def test_a_frame_is_asked_for_by_its_own_address() -> None:
    step = booted("mov dword [0xc0001234], 7", {HIGH: LOW}).last_write(LOW + 0x1234)
    assert step and "mov dword [0xc0001234], 7" == step.text


def test_steps_are_selected_by_the_memory_that_they_touched() -> None:
    assert ["mov dword [0xc0000000], 7"] == [step.text for step in alias().select(writes=LOW)]


def test_memory_before_a_process_touched_it_is_its_own() -> None:
    trace = processes()
    assert [(0,), (0xA,)] == [trace.memory_at(label, LOW, 1) for label in ("in_b", "in_a")]


def test_a_saved_trace_answers_like_a_fresh_one(tmp_path: Path) -> None:
    save_trace(processes(), tmp_path / "t.parquet")
    step = load_trace(tmp_path / "t.parquet").last_write(LOW, before="in_a")
    assert step and "mov dword [0x400000], 0xa" == step.text


# Two processes in ring 3


@pytest.mark.parametrize(("data", "value"), [(0x10000, 0xAAAAAAAA), (0x11000, 0xBBBBBBBB)])
def test_the_page_of_each_process_was_written_by_itself(data: int, value: int) -> None:
    step = privilege().last_write(data)
    assert step and f"mov dword [0x401000], {value:#x}" == step.text


def test_what_a_finds_after_b_has_written_is_its_own() -> None:
    trace = privilege()
    told = trace.last_write(0x9000)
    assert told and [0xAAAAAAAA] == stored(told.accesses)
    assert "mov dword [0x401000], 0xaaaaaaaa" in texts(trace, *trace.why(0x9000).steps.tolist())


def test_a_page_that_moved_is_read_where_the_tlb_still_finds_it() -> None:
    stale, fresh = (privilege().why(where) for where in (0x900C, 0x9010))
    assert ([1], [2]) == tuple(
        [value for step in why for value in stored(step.accesses) if value in (1, 2)][:1] for why in (stale, fresh)
    )
