"""What the processor itself sets in page tables is in the trace: then memory can be told from it, bit for bit."""

from __future__ import annotations

import os
from functools import cache
from pathlib import Path
from random import Random

import pytest
from reference.paged_programs import TABLES_A, TABLES_B, paged
from reference.random_paged import MODES, random_paged
from test_native_recorder import assert_equal

from allocator import PC, Machine, Trace, assemble, load_trace, record, shipped
from allocator.trace import native_recorder
from allocator.trace.keyframes import record_keyframes
from allocator.trace.native_recorder import record_natively
from allocator.trace.plain_recorder import record_plainly
from allocator.trace.step import Step
from allocator.trace.streaming import record_to
from allocator.units import FRAME_SIZE

PROGRAMS = 300 if os.environ.get("ALLOCATOR_FULL") else 6
STATEMENTS = 40
_BODY = """
 mov eax, [0x400000]
 mov eax, [0x400000]
first: mov [0x400004], eax
again: mov [0x400008], eax
 and dword [0x20004], ~0x60
stale: mov [0x400000], eax
 invlpg [0x400000]
fresh: inc dword [0x400000]
 mov eax, 0x21000
 mov cr3, eax
other: mov eax, [0x400000]
"""


def frames_of(trace: Trace, beginning: dict[int, bytes]) -> dict[int, bytes]:
    """Return memory at the end: as it was, and all that the trace says was written."""
    frames = {address: bytearray(data) for address, data in beginning.items()}
    for step in trace:
        for access in step.accesses:
            for place, byte in enumerate(access.after if access.kind == "write" else b"", access.physical):
                frames.setdefault(place - place % FRAME_SIZE, bytearray(FRAME_SIZE))[place % FRAME_SIZE] = byte
    return {address: bytes(data) for address, data in frames.items() if any(data)}


def told_and_found(pc: PC) -> tuple[dict[int, bytes], dict[int, bytes]]:
    beginning = dict(pc.snapshot().frames)
    return frames_of(record(pc), beginning), dict(pc.snapshot().frames)


@cache
def program() -> Trace:
    image = assemble(text=paged(_BODY, a={0x400000: 0x800000}, b={0x400000: 0xC00000}))
    return record_plainly(PC(image))


def marks(trace: Trace) -> list[tuple[str, int, int]]:
    """Return the text, the entry and its new bits of every step at which the processor set some."""
    return [
        (step.text, access.address, int.from_bytes(access.after, "little") ^ int.from_bytes(access.before, "little"))
        for step in trace
        for access in step.accesses
        if access.by == "mmu"
    ]


def entries_set_at(label: str) -> list[int]:
    step: Step = program().at(label)
    return [access.address for access in step.accesses if access.by == "mmu"]


def test_each_bit_is_set_once_by_the_first_step_that_needs_it() -> None:
    read, body, code = "mov eax, dword [0x400000]", TABLES_A + 4, TABLES_A
    assert [(read, body, 0x20), ("mov dword [0x400004], eax", body, 0x40)] == [
        mark for mark in marks(program()) if mark[1] != code
    ][:2]


def test_the_first_fetch_marks_the_page_of_the_code() -> None:
    paged_step = program().at("paged").index
    assert [(TABLES_A, 0x20)] == [
        (access.address, int.from_bytes(access.after, "little") & 0x20)
        for access in program()[paged_step].accesses
        if access.by == "mmu" and access.address == TABLES_A
    ]


def test_a_page_that_is_known_is_not_walked_to_again() -> None:
    assert [] == entries_set_at("again")


def test_a_bit_that_was_cleared_stays_clear_until_the_translation_is_flushed() -> None:
    assert ([], [TABLES_A + 4]) == (entries_set_at("stale"), entries_set_at("fresh"))


def test_a_read_and_a_write_of_one_step_mark_once() -> None:
    (marked,) = [access for access in program().at("fresh").accesses if access.by == "mmu"]
    assert (b"\x83\0\x80\0", b"\xe3\0\x80\0") == (marked.before, marked.after)


def test_what_the_processor_sets_comes_before_the_access_that_needs_it() -> None:
    assert ["mmu", "program", "program"] == [access.by for access in program().at("fresh").accesses]


def test_other_tables_are_marked_anew() -> None:
    assert [TABLES_B, TABLES_B + 4] == entries_set_at("other")


def test_the_tables_of_the_shipped_boot_are_those_of_its_trace() -> None:
    told, found = told_and_found(PC(assemble(shipped("boot.asm"), shipped("bridge.asm"))))
    assert told == found


def test_the_tables_of_two_processes_are_those_of_their_trace() -> None:
    told, found = told_and_found(PC(assemble(shipped("privilege.asm"))))
    assert told == found


@pytest.mark.parametrize("mode", MODES)
@pytest.mark.parametrize("seed", range(PROGRAMS))
def test_memory_under_page_tables_can_be_told_from_the_trace(mode: str, seed: int) -> None:
    pc = random_paged(Random(seed), mode, STATEMENTS)
    beginning = dict(pc.snapshot().frames)
    trace = record_natively(pc)
    assert "halted" == trace.stop.kind
    assert frames_of(trace, beginning) == dict(pc.snapshot().frames)
    assert_equal(trace, record_plainly(random_paged(Random(seed), mode, STATEMENTS)))


def test_recording_marks_no_page_that_the_program_did_not_use() -> None:
    watched, alone = PC(assemble(shipped("privilege.asm"))), PC(assemble(shipped("privilege.asm")))
    record_natively(watched)
    alone.boot()
    assert dict(alone.snapshot().frames) == dict(watched.snapshot().frames)


def test_tables_that_were_there_before_the_recording_are_marked_as_they_were_found() -> None:
    pc = random_paged(Random(1), "4-level", STATEMENTS)
    pc.boot()
    pc.write(TABLES_A + 0x40, bytes(8))
    trace = record_natively(pc)
    assert_equal(trace, record_natively(random_paged(Random(1), "4-level", STATEMENTS)))


def test_a_call_under_tables_that_the_host_laid_is_marked() -> None:
    text = "f: mov rax, 0x500000\n mov cr3, rax\n mov eax, [0x200000]\n ret"
    machine = Machine(assemble(text=text))
    machine.write(0x500000, (0x501003).to_bytes(8, "little"))
    machine.write(0x501000, b"".join((number << 30 | 0x83).to_bytes(8, "little") for number in range(512)))
    set_bits = [(place, bits) for _, place, bits in marks(record_plainly(machine, "f"))]
    assert [(0x500000, 0x20), (0x501000, 0x20)] == set_bits


def test_what_was_streamed_is_marked_as_what_was_recorded(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    whole = record_natively(random_paged(Random(3), "PAE", 200))
    monkeypatch.setattr(native_recorder, "SINK_STEPS", 100)
    monkeypatch.setattr(native_recorder, "SLICE_UNITS", 64)
    monkeypatch.setattr(native_recorder.NativeRecorder, "slice_units", 64)
    record_to(tmp_path / "t.parquet", random_paged(Random(3), "PAE", 200))
    assert len(list((tmp_path / "t.parquet").iterdir())) > 3
    assert_equal(load_trace(tmp_path / "t.parquet"), whole)


def test_a_window_of_a_long_run_is_marked_as_the_whole_is() -> None:
    whole = record_natively(random_paged(Random(4), "32-bit", STATEMENTS))
    long = record_keyframes(random_paged(Random(4), "32-bit", STATEMENTS))
    first, last = len(whole) - 60, len(whole)
    expected = [[access.by for access in step.accesses] for step in whole[first:last]]
    assert expected == [[access.by for access in step.accesses] for step in long.window(first, last)]
