"""What lies where in memory after a boot."""

from __future__ import annotations

from functools import cache
from pathlib import Path

import booting
from golden import assert_golden

from allocator import PC, Trace, assemble, record, shipped
from allocator.views.memory_layout import HEAD, Area, memory_layout, memory_layout_html, memory_layout_text


@cache
def booted(*names: str) -> Trace:
    return record(PC(assemble(*map(shipped, names)), "16M"))


def named(trace: Trace, what: str) -> list[tuple[int, int]]:
    return [(area.start, area.end) for area in memory_layout(trace) if area.what.startswith(what)]


def test_layouts_as_text() -> None:
    traces = [booted("boot.asm", "bridge.asm"), booted("privilege.asm")]
    text = "\n\n".join(memory_layout_text(memory_layout(trace)) for trace in traces)
    assert_golden(text + "\n", Path(__file__).parent / "golden" / "memory_layouts.txt")


def test_the_sectors_are_those_of_the_disk() -> None:
    trace = booted("boot.asm", "bridge.asm")
    start, end = named(trace, "read from the disk: bridge")[0]
    image = b"".join(segment.data for segment in trace.image.segments if segment.start == start)
    assert image[:64] == bytes(trace.memory_at(trace.at("bridge_start"), start, 64))
    assert end - start >= len(image)


def test_a_table_that_two_processes_share_is_named_once() -> None:
    assert [(0x4000, 0x5000)] == named(booted("privilege.asm"), "page tables of CR3 2000 and 3000")


def test_entries_of_the_firmware_map_that_follow_each_other_are_one_area() -> None:
    text = """
        mov di, 0x600
        xor ebx, ebx
    next: mov eax, 0xE820
        mov ecx, 20
        mov edx, 0x534D4150
        int 0x15
        add di, 20
        test ebx, ebx
        jnz next
        cli
        hlt
    """
    assert [(0x600, 0x600 + 3 * 20)] == named(record(booting.real(text)), "entries of the firmware map")


def test_a_place_that_is_asked_into_again_and_again_is_named_once() -> None:
    assert 1 == len(named(booted("boot.asm", "bridge.asm"), "entries of the firmware map"))


def test_a_program_without_tables_has_none() -> None:
    trace = record(booting.real("push ax\ncli\nhlt"))
    assert [[], [], []] == [named(trace, what) for what in ("GDT", "IDT", "page tables")]


def test_pushes_that_lie_far_from_each_other_are_two_stacks() -> None:
    trace = record(booting.real("mov sp, 0x5000\npush ax\nmov sp, 0x7000\npush ax\ncli\nhlt"))
    assert {(0x4FFE, 0x5000)} <= set(named(trace, "stack"))
    assert [area for area in memory_layout(trace) if area.start < 0x7000 <= area.end and area.what == "stack"]


def test_areas_stand_in_the_order_of_addresses() -> None:
    areas = memory_layout(booted("boot.asm", "bridge.asm"))
    assert sorted(area.start for area in areas) == [area.start for area in areas]


def test_html_has_a_row_for_each_area_and_escapes() -> None:
    html = memory_layout_html([Area(0, 16, "<b>", 3), Area(16, 32, "x")])
    assert (3, len(HEAD), False) == (html.count("<tr>"), html.count("<th "), "<b>" in html)
