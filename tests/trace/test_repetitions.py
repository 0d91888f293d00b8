"""A repeated string instruction is one step, however often it goes round, wherever its strings lie."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from reference.boot_programs import BOOT_PROGRAMS
from test_native_recorder import assert_equal

from allocator import Machine, Trace, assemble
from allocator.machine.pc import PC
from allocator.trace.native_recorder import record_natively
from allocator.trace.plain_recorder import record_plainly
from allocator.trace.step import Step
from allocator.trace.translation import Stretch, Translation

ROUNDS = 40_000
REGISTER = {16: "", 32: "e", 64: "r"}
SMALLER = "mov {r}si, 0x4000\n mov {r}di, {to}\n mov {r}cx, {count}\n {before}\n {rep}\n ret"
INSTRUCTIONS = (
    "rep movsb", "rep movsd", "rep stosb", "rep stosd", "rep lodsb", "rep lodsw", "repe cmpsb", "repne cmpsd",
    "repe scasb", "repne scasd",
)  # fmt: skip
STRINGS = {
    "apart": ("0x6000", 24, "cld"),
    "one into the other, upwards": ("0x4001", 24, "cld"),
    "one into the other by less than a word": ("0x4003", 24, "cld"),
    "one out of the other": ("0x3ff8", 24, "cld"),
    "downwards": ("0x6000", 24, "std"),
    "downwards into each other": ("0x3fff", 24, "std"),
    "one string": ("0x4000", 24, "cld"),
    "no round": ("0x6000", 0, "cld"),
}


def machine_of(bits: int, rep: str, to: str, count: int, before: str) -> Machine:
    text = SMALLER.format(r=REGISTER[bits], to=to, count=count, before=before, rep=rep)
    machine = Machine(assemble(text=f"bits {bits}\nf: {text}", origin=0x1000))
    machine.write(0x3F00, bytes(range(256)) * 4)
    return machine


def repeated(trace: Trace) -> Step:
    return next(step for step in trace if step.text.startswith("rep"))


@pytest.mark.parametrize("rep", INSTRUCTIONS)
@pytest.mark.parametrize("bits", [16, 32, 64])
def test_strings_are_recorded_as_the_twin_records_them(bits: int, rep: str) -> None:
    for to, count, before in STRINGS.values():
        twin = record_plainly(machine_of(bits, rep, to, count, before), "f")
        assert_equal(record_natively(machine_of(bits, rep, to, count, before), "f"), twin)


@pytest.mark.parametrize("rep", ["rep movsb", "repe cmpsb"])
def test_strings_of_several_slices_are_recorded_as_the_twin_records_them(rep: str) -> None:
    source = f"f: mov rsi, 0x800003\n lea rdi, [rsi + 7]\n mov ecx, {ROUNDS}\n cmp ecx, 1\n {rep}\n ret"
    traces = [record(Machine(assemble(text=source)), "f") for record in (record_natively, record_plainly)]
    assert_equal(*traces)


@pytest.mark.parametrize("record", [record_plainly, record_natively])
def test_what_a_step_wrote_itself_is_no_input_of_it(record: Callable[..., Trace]) -> None:
    trace = record(machine_of(64, "rep movsb", "0x4002", 6, "cld"), "f")
    assert [("read", 0x4000, b"\0\1"), ("write", 0x4002, b"\0\1\0\1\0\1")] == [
        (access.kind, access.address, access.after) for access in repeated(trace).accesses
    ]


@pytest.mark.parametrize("record", [record_plainly, record_natively])
def test_memory_before_a_string_that_is_moved_into_itself_is_what_it_was(record: Callable[..., Trace]) -> None:
    trace = record(machine_of(64, "rep movsb", "0x4002", 6, "cld"), "f")
    assert tuple(range(8)) == trace.memory_at("start", 0x4000, 8)


@pytest.mark.parametrize("record", [record_plainly, record_natively])
def test_a_string_that_runs_over_the_end_of_its_segment_is_two_stretches(record: Callable[..., Trace]) -> None:
    source = BOOT_PROGRAMS["services"].split("start:")[0]
    text = f"{source}start: xor ax, ax\n mov es, ax\n mov di, 0xfff8\n mov cx, 12\n mov al, 1\n rep stosb\n cli\n hlt\n"
    trace = record(PC(assemble(text=f"{text} times 510 - ($ - $$) db 0\n dw 0xaa55", bits=16), "64M"))
    assert [(0, 4), (0xFFF8, 8)] == [(access.address, access.size) for access in repeated(trace).accesses]


def test_rep_where_pages_lead_elsewhere_is_located_once_a_page_and_not_once_a_round(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    located: list[int] = []
    locate = Translation.locate

    def counted(self: Translation, *arguments: Any) -> list[Stretch]:
        located.append(arguments[2])
        return locate(self, *arguments)

    monkeypatch.setattr(Translation, "locate", counted)
    source = BOOT_PROGRAMS["handlers in protected mode"].replace("mov ecx, 3\n        rep movsd", "{}")
    few, many = (
        _count(
            located, lambda count=count: record_natively(PC(assemble(text=source.replace("{}", _copy(count))), "64M"))
        )
        for count in (4096, 16384)
    )
    assert 2 * (16384 - 4096) // 4096 == many - few


def _copy(count: int) -> str:
    return f"mov ecx, {count}\n rep movsb"


def _count(located: list[int], work: Callable[[], Trace]) -> int:
    located.clear()
    work()
    return len(located)
