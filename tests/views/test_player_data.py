"""Windows of a trace: everything that the player needs, and never more than a page can hold."""

from __future__ import annotations

import json
from random import Random

import pytest

from allocator import Image, Machine, Trace, assemble, record
from allocator.registers import FULL
from allocator.views.player_data import MOST_LABELS, MOST_RUNS, WINDOW_STEPS, PlayerData, pack, pack_map


def traced(code: str, **registers: int) -> Trace:
    return record(Machine(assemble(text=code)), "f", **registers)


def size_of(value: object) -> int:
    return len(json.dumps(value, separators=(",", ":")))


@pytest.fixture(scope="module")
def trace(our_program: Image) -> Trace:
    return record(Machine(our_program), "os_mem_allocate", rcx=3)


@pytest.fixture(scope="module")
def long() -> Trace:
    return traced("f: mov ecx, 500\n.next: add rax, rcx\n mov [os_MemoryMap + rcx], cl\n loop .next\n ret")


def test_the_opening_says_how_it_ended(trace: Trace) -> None:
    assert "returned: os_mem_allocate returned to its caller" == PlayerData(trace).opening()["stop"]


def test_the_opening_names_the_labels_that_were_reached_in_their_order(trace: Trace) -> None:
    labels = PlayerData(trace).opening()["labels"]

    assert ["os_mem_allocate", "os_mem_allocate.restart", "os_mem_allocate.next"] == labels[:3]
    assert "os_mem_release" not in labels


def test_a_window_begins_at_a_multiple_of_its_length(long: Trace) -> None:
    assert 2 * WINDOW_STEPS == PlayerData(long).window(2 * WINDOW_STEPS + 17)["first"]


def test_the_last_window_ends_with_the_trace(long: Trace) -> None:
    last = PlayerData(long).window(len(long))

    assert len(long) == last["first"] + len(last["steps"])


def test_a_window_has_all_registers_before_its_first_step(long: Trace) -> None:
    window = PlayerData(long).window(WINDOW_STEPS)

    assert {name: f"{long[WINDOW_STEPS].before[name]:x}" for name in FULL} == dict(
        zip(FULL, window["registers"], strict=True)
    )


def test_a_window_has_the_page_map_before_its_first_step(long: Trace) -> None:
    states = bytes(long.memory_at(3 * WINDOW_STEPS, "page_map[0..600]")).rstrip(b"\0")  # type: ignore[arg-type]

    assert pack_map(states) == PlayerData(long).window(3 * WINDOW_STEPS)["map"]


def test_a_page_map_that_did_not_change_is_not_said_again(trace: Trace) -> None:
    assert PlayerData(trace).window(0)["map"] is None


def test_a_step_says_what_it_did_in_the_words_of_the_listing(trace: Trace) -> None:
    assert "rax=0x40  read os_MemAmount = 0x40" == PlayerData(trace).window(0)["steps"][6][1]


def test_a_place_names_what_the_instruction_writes_even_if_nothing_changes() -> None:
    window = PlayerData(traced("f: mov rax, rax\n ret")).window(0)

    assert (["rax"], []) == (window["places"][0][9], window["steps"][0][2])


def test_a_repeated_instruction_says_how_often() -> None:
    window = PlayerData(traced("f: mov ecx, 5\n rep stosb\n ret", rdi=0x200000)).window(0)

    assert 5 == window["steps"][1][4]


def test_lines_around_those_that_ran_are_told(trace: Trace) -> None:
    lines = [line for _, line, _ in PlayerData(trace).window(0)["lines"]]

    assert trace[0].line is not None
    assert trace[0].line.line - 5 == lines[0]


# Bounds


def test_a_trace_of_54_steps_is_small(trace: Trace) -> None:
    data = PlayerData(trace)

    assert size_of(data.opening()) + size_of(data.window(0)) < 13_000


def test_bytes_that_are_alike_are_said_once() -> None:
    assert "=0*131072" == pack(bytes(131_072))


def test_a_long_move_of_random_bytes_is_cut() -> None:
    code = "f: mov ecx, 131072\n mov esi, 0x300000\n mov edi, 0x400000\n cld\n rep movsb\n ret"
    machine = Machine(assemble(text=code))
    machine.write(0x300000, Random(1).randbytes(131_072))
    trace = record(machine, "f", limit=400_000)

    assert size_of(PlayerData(trace).window(0)) < 50_000


def test_runs_are_told_up_to_the_last_one() -> None:
    assert "=2*1,1*2,0*3" == pack_map(b"\2\1\1\0\0\0")


def test_a_page_map_of_very_many_runs_is_cut() -> None:
    assert MOST_RUNS == pack_map(bytes([1, 2] * 65_536)).count("*")


def test_a_program_with_thousands_of_labels_names_the_first_ones() -> None:
    code = "f:\n" + "".join(f".label{number}: nop\n" for number in range(2 * MOST_LABELS)) + " ret"

    assert MOST_LABELS == len(PlayerData(traced(code)).opening()["labels"])


def test_a_line_of_10000_characters_is_cut() -> None:
    window = PlayerData(traced("f: ret ; " + 10_000 * "x")).window(0)

    assert "f: ret ; xxx" == window["lines"][0][2][:12]
    assert 160 == len(window["lines"][0][2])


def test_what_reorders_text_does_not_reach_the_page() -> None:
    window = PlayerData(traced("f: ret ; \N{RIGHT-TO-LEFT OVERRIDE}live")).window(0)

    assert "f: ret ; ?live" == window["lines"][0][2]


def test_an_empty_trace_has_a_window() -> None:
    trace = record(Machine(assemble(text="f: ret")), 0x5000000000)

    assert [] == PlayerData(trace).window(0)["steps"]


def test_a_saved_trace_is_shown_too(trace: Trace, tmp_path: object) -> None:
    from pathlib import Path

    from allocator.trace.archive import load_trace, save_trace

    path = Path(str(tmp_path)) / "trace.parquet"
    save_trace(trace, path)

    assert PlayerData(trace).window(0)["steps"] == PlayerData(load_trace(path)).window(0)["steps"]
