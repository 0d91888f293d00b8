"""The Perfetto export keeps the rules by which Perfetto and chrome://tracing read it."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from allocator import Image, Machine, Trace, assemble, record
from allocator.trace.archive import load_trace, save_trace
from allocator.trace.plain_recorder import record_plainly
from allocator.views.perfetto import trace_perfetto

CALLS = "f: call .inner\ncall .inner\nret\n.inner: call .deep\nret\n.deep: ret"


def events(trace: Trace) -> list[dict[str, Any]]:
    found = json.loads("\n".join(trace_perfetto(trace)))
    assert isinstance(found["traceEvents"], list)
    return list(found["traceEvents"])


@pytest.fixture(scope="module")
def allocation(our_program: Image) -> Trace:
    return record(Machine(our_program, memory="64M"), "os_mem_allocate", rcx=3)


@pytest.fixture(scope="module")
def nested() -> Trace:
    return record(Machine(assemble(text=CALLS)), "f")


def test_every_event_has_the_keys_that_readers_demand(allocation: Trace) -> None:
    assert all({"ph", "name", "pid", "tid", "ts"} <= set(event) for event in events(allocation))


def test_lanes_have_names(allocation: Trace) -> None:
    names = {event["tid"]: event["args"]["name"] for event in events(allocation) if event["name"] == "thread_name"}
    assert {1: "mode", 2: "calls"} == names


def test_a_mode_lasts_from_the_first_step_to_the_last(allocation: Trace) -> None:
    modes = [(event["name"], event["ts"], event["dur"]) for event in events(allocation) if event["ph"] == "X"]
    assert [("long64", 0, len(allocation))] == modes


def test_a_change_of_mode_is_two_stretches() -> None:
    source = """
        bits 16
        org 0x7c00
        f:  cli
            lgdt [gdtr]
            mov eax, cr0
            or al, 1
            mov cr0, eax
            hlt
        gdt:  dq 0, 0x00cf9a000000ffff
        gdtr: dw 15
              dd gdt
    """
    trace = record_plainly(Machine(assemble(text=source)), "f")
    modes = [(event["name"], event["ts"]) for event in events(trace) if event["ph"] == "X"]
    assert [("real16", 0), ("protected16", 5)] == modes


def test_begins_and_ends_nest_on_each_lane(nested: Trace) -> None:
    open_calls: list[str] = []
    for event in events(nested):
        if event["ph"] == "B":
            open_calls.append(event["name"])
        elif event["ph"] == "E":
            open_calls.pop()
    assert [] == open_calls


def test_time_never_runs_backwards_on_a_lane(nested: Trace) -> None:
    times = [event["ts"] for event in events(nested) if event["ph"] in "BE"]
    assert sorted(times) == times


def test_calls_stand_where_they_were_made(nested: Trace) -> None:
    begun = [(event["ts"], event["name"]) for event in events(nested) if event["ph"] == "B"]
    assert [(0, "f"), (1, "f.inner"), (2, "f.deep"), (5, "f.inner"), (6, "f.deep")] == begun


def test_more_returns_than_calls_leave_the_lane_whole() -> None:
    trace = record(Machine(assemble(text="f: push .b\nret\n.b: push .c\nret\n.c: ret")), "f")
    assert 1 == sum(event["ph"] == "E" for event in events(trace))


def test_counters_tell_the_pages_before_and_after(allocation: Trace) -> None:
    free = [event["args"]["pages"] for event in events(allocation) if event["name"] == "free pages"]
    assert [31, 28] == free


def test_the_longest_run_shrinks_with_an_allocation(allocation: Trace) -> None:
    longest = [event["args"]["pages"] for event in events(allocation) if event["name"] == "longest free run"]
    assert [31, 28] == longest


def test_counters_change_at_the_step_that_wrote(allocation: Trace) -> None:
    written = allocation.last_write("page_map[29]").index  # type: ignore[union-attr]
    assert [0, written + 1] == [event["ts"] for event in events(allocation) if event["name"] == "free pages"]


def test_a_hole_in_the_map_is_counted_by_its_longest_side(our_program: Image) -> None:
    machine = Machine(our_program, memory="64M")
    machine.page_map.load(b"\2\1\1\1\2\1\1")
    found = events(record(machine, "os_mem_get_free"))
    assert [5, 3] == [event["args"]["pages"] for event in found if event["ph"] == "C"]


def test_a_natively_recorded_trace_gives_the_same_events(our_program: Image) -> None:
    native = pytest.importorskip("allocator.trace.native_recorder")
    both = [
        record(Machine(our_program, memory="64M"), "os_mem_allocate", rcx=3)
        for record in (record_plainly, native.record_natively)
    ]
    assert events(both[0]) == events(both[1])


def test_a_saved_trace_gives_the_same_events(allocation: Trace, tmp_path: Path) -> None:
    save_trace(allocation, tmp_path / "t")
    assert events(allocation) == events(load_trace(tmp_path / "t"))
