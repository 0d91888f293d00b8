"""What the machine did by itself, and CS:IP in real mode, are in every view of a boot."""

from __future__ import annotations

import json
from functools import cache
from pathlib import Path

import pytest
from golden import assert_golden
from reference.boot_programs import BOOT_PROGRAMS
from reference.mode_programs import MODE_PROGRAMS

from allocator import Machine, Trace, assemble
from allocator.machine.pc import PC
from allocator.trace.plain_recorder import record_plainly
from allocator.views.csv import trace_csv
from allocator.views.jsonl import trace_jsonl
from allocator.views.jsonl_columns import jsonl_texts
from allocator.views.listing import trace_listing
from allocator.views.listing_columns import listing_texts

GOLDEN = Path(__file__).parent / "golden"
NAMES = [*BOOT_PROGRAMS, *MODE_PROGRAMS]


@cache
def recorded(name: str) -> Trace:
    if name in BOOT_PROGRAMS:
        return record_plainly(PC(assemble(text=BOOT_PROGRAMS[name], bits=16), "64M"), limit=5000)
    return record_plainly(Machine(assemble(text=MODE_PROGRAMS[name]), "64M"), "f")


def lines(name: str) -> list[dict]:
    return [json.loads(line) for line in trace_jsonl(recorded(name))][1:]


def test_the_listing_of_a_boot() -> None:
    text = "\n".join(trace_listing(recorded("handlers in real mode"), width=120)) + "\n"
    assert_golden(text, GOLDEN / "listing-boot.txt")


def test_the_listing_of_paging() -> None:
    text = "\n".join(trace_listing(recorded("paging and back"), width=120)) + "\n"
    assert_golden(text, GOLDEN / "listing-paging.txt")


@pytest.mark.parametrize("name", NAMES)
def test_a_listing_by_columns_is_the_listing(name: str) -> None:
    trace = recorded(name)
    assert "\n".join(trace_listing(trace, width=160)) == "\n".join(listing_texts(trace, 160))


@pytest.mark.parametrize("name", NAMES)
def test_json_lines_by_columns_are_the_json_lines(name: str) -> None:
    trace = recorded(name)
    assert "\n".join(trace_jsonl(trace)) == "\n".join(jsonl_texts(trace))


def test_json_lines_say_who_made_an_access() -> None:
    makers = {access["by"] for line in lines("services") for access in line["accesses"]}
    assert {"program", "firmware", "interrupt"} == makers


def test_json_lines_have_both_addresses() -> None:
    line = next(line for line in lines("paging and back") if line["text"] == "mov eax, dword [0x800010]")
    assert [("mmu", "0x20008", "0x20008"), ("program", "0x800010", "0x400010")] == [
        (access["by"], access["address"], access["physical"]) for access in line["accesses"]
    ]


def test_json_lines_name_the_modes_of_the_interface() -> None:
    modes = {line["mode"] for line in lines("long mode and back")}
    assert {"real16", "protected16", "protected32", "paged32", "long64"} == modes


def test_a_field_is_cs_and_the_instruction_pointer() -> None:
    rows = list(trace_csv(recorded("services"), fields=["logical", "address"]))
    assert ["logical,address", "f000:fff0,0xffff0"] == rows[:2]


def test_a_field_of_accesses_says_who_made_them() -> None:
    rows = list(trace_csv(recorded("handlers in real mode"), fields=["text", "reads"]))
    assert "int 0x21,0x84:" in (row := next(row for row in rows if row.startswith("int 0x21")))
    assert row.endswith("@interrupt")


def test_a_called_machine_shows_no_segments_for_64_bit_code(our_program: object) -> None:
    trace = record_plainly(Machine(our_program), "os_mem_allocate", rcx=1)  # type: ignore[arg-type]
    assert not any("0000:" in line for line in trace_listing(trace))
