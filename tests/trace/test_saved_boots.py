"""A boot that was saved answers and looks like the boot that was recorded."""

from __future__ import annotations

import json
from functools import cache
from pathlib import Path

import pytest
from reference.boot_programs import BOOT_PROGRAMS, sector
from test_native_recorder import assert_equal

from allocator import PC, Trace, assemble, record
from allocator.errors import TraceError
from allocator.trace.archive import load_trace, save_trace
from allocator.trace.diff import diff
from allocator.trace.saved_run import SavedRun
from allocator.views.perfetto import trace_perfetto
from allocator.views.report import fault_report

FAULT = sector(
    "lgdt [gdtr]\n mov eax, cr0\n or al, 1\n mov cr0, eax\n jmp 8:up\n",
    """
bits 32
up:     mov ax, 0x10
        mov ss, ax
        mov ds, ax
        mov esp, 0x7000
        mov byte [0xffffffff], 1
align 8
gdt:    dq 0, 0x00cf9b000000ffff, 0x00cf93000000ffff
gdtr:   dw $ - gdt - 1
        dd gdt
""",
)
SOURCES = {**BOOT_PROGRAMS, "a fault in protected mode": FAULT}


@cache
def booted(name: str) -> Trace:
    return record(PC(assemble(text=SOURCES[name], bits=16), "64M"))


def saved(trace: Trace, folder: Path) -> Trace:
    save_trace(trace, folder / "boot.parquet")
    return load_trace(folder / "boot.parquet")


@pytest.mark.parametrize("name", SOURCES)
def test_it_has_the_same_steps(name: str, tmp_path: Path) -> None:
    assert_equal(saved(booted(name), tmp_path), booted(name))


@pytest.mark.parametrize("name", SOURCES)
def test_its_report_is_the_same(name: str, tmp_path: Path) -> None:
    assert fault_report(booted(name).run) == fault_report(saved(booted(name), tmp_path).run)


def test_it_can_be_saved_once_more(tmp_path: Path) -> None:
    once = saved(booted("a fault in protected mode"), tmp_path)
    assert fault_report(once.run) == fault_report(saved(once, tmp_path).run)


def test_the_report_of_a_recording_that_was_cut_off_does_without_the_processor(tmp_path: Path) -> None:
    trace = saved(booted("services"), tmp_path)
    assert isinstance(trace.run, SavedRun)
    cut = SavedRun(trace.run._beginning, trace.run._end._replace(processor=None), len(trace), trace.run.last_steps(64))
    with pytest.raises(TraceError, match="state of its processor"):
        assert cut.state_after
    assert "halted" in fault_report(cut)


@pytest.mark.parametrize("name", SOURCES)
def test_two_boots_of_one_disk_do_the_same(name: str, tmp_path: Path) -> None:
    assert diff(booted(name), saved(booted(name), tmp_path)).is_same


def test_boots_of_two_disks_part_where_the_sector_that_was_read_differs() -> None:
    difference = diff(booted("services"), booted("handlers in real mode"))
    assert difference.data is not None
    assert difference.data.left is not None
    assert (11, "iret") == (difference.data.left.index, difference.data.left.text)


def test_boots_part_where_other_services_are_called() -> None:
    left, right = (record(PC(assemble(text=sector(text), bits=16), "64M")) for text in ("int 0x12", "int 0x11"))
    assert ["int 0x12", "int 0x11"] == [trace[diff(left, right).common - 1].text for trace in (left, right)]


@pytest.mark.parametrize("name", SOURCES)
def test_perfetto_shows_each_mode_from_its_first_step_to_its_last(name: str) -> None:
    events = json.loads("".join(trace_perfetto(booted(name))))["traceEvents"]
    shown = [(event["name"], event["ts"]) for event in events if event.get("cat") == "mode"]
    assert [(change.mode, change.step) for change in booted(name).modes] == shown
