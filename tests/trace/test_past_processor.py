"""A trace tells of any step what a live machine that stands there says."""

from __future__ import annotations

from collections.abc import Callable
from functools import cache
from pathlib import Path
from typing import NamedTuple

import pytest
from reference.boot_programs import BOOT_PROGRAMS
from reference.broken_boots import BROKEN_BOOTS
from reference.mode_programs import MODE_PROGRAMS

from allocator import PC, Machine, Trace, assemble, load_trace, record, save_trace, shipped
from allocator.errors import TraceError, UsageError
from allocator.machine.page_ranges import PageTables
from allocator.machine.processor_state import ProcessorState
from allocator.views.answers import answer_text

ADDRESSES = (
    0x1234, 0x401004, 0x402000, 0xC0100000, "ds:0x1234", "cs:0x10", "ss:0x10", "es:0", "fs:8", "gs:8",
    (8, 0x10), (0x10, 0x20),
)  # fmt: skip
LIMIT = 3000
BOOTS = {
    **BOOT_PROGRAMS,
    **{name: broken.text for name, broken in BROKEN_BOOTS.items()},
    "privilege": shipped("privilege.asm").read_text(encoding="utf-8"),
}


class Seen(NamedTuple):
    """What a processor says of itself."""

    state: ProcessorState
    translations: tuple[str, ...]
    pages: PageTables


def seen(processor) -> Seen:
    return Seen(
        processor.system_state(),
        tuple(repr(processor.translate(each)) for each in ADDRESSES),
        processor.page_tables(),
    )


def seen_live(machine: Machine, run: Callable[[Machine], object], every: int) -> dict[int, Seen]:
    found: dict[int, Seen] = {}
    number = 0

    def step(_address: int, _size: int) -> None:
        nonlocal number
        if number % every == 0:
            found[number] = seen(machine)
        number += 1

    with machine.stepping(step):
        run(machine)
    return found


@pytest.mark.parametrize("name", BOOTS)
def test_a_boot_is_told_as_the_machine_itself_tells_it(name: str) -> None:
    image = assemble(text=BOOTS[name], bits=16)
    live = seen_live(PC(image), lambda pc: pc.boot(limit=LIMIT), every=211)
    trace = record(PC(image), limit=LIMIT)
    assert live == {step: seen(trace.processor_at(step)) for step in live}


@pytest.mark.parametrize("name", MODE_PROGRAMS)
def test_a_call_is_told_as_the_machine_itself_tells_it(name: str) -> None:
    image = assemble(text=MODE_PROGRAMS[name])
    live = seen_live(Machine(image), lambda machine: machine.call("f"), every=7)
    trace = record(Machine(image), "f")
    assert live == {step: seen(trace.processor_at(step)) for step in live}


@cache
def privilege() -> Trace:
    return record(PC(assemble(shipped("privilege.asm"))))


def test_the_same_address_leads_elsewhere_after_each_switch_of_cr3() -> None:
    trace = privilege()
    switches = [step.index + 1 for step in trace if step.text == "mov cr3, eax"]
    assert [0x401000, 0x11000, 0x10000] == [trace.translate(0x401000, switch).physical for switch in switches]


def test_the_end_is_what_the_machine_is_left_as() -> None:
    pc = PC(assemble(shipped("privilege.asm")))
    trace = record(pc)
    assert seen(pc) == seen(trace.processor_at("end"))


def test_a_step_translates_as_it_found_things() -> None:
    step = privilege().at("protected.ready")
    assert (None, "protected32") == (step.translate(0x402000).walk.fault, step.translate(0).registers.mode)


def test_the_tlb_remembers_what_the_tables_no_longer_say() -> None:
    trace = privilege()
    second = [step for step in trace[trace.at("on_finish").index :] if step.text == "mov eax, dword [0x402000]"][1]
    assert (0x13000, 0x12000) == (second.translate(0x402000).physical, second.accesses[0].physical)


def test_a_step_says_when_it_used_what_the_tlb_remembered() -> None:
    reads = [
        step for step in privilege()[privilege().at("on_finish").index :] if step.text == "mov eax, dword [0x402000]"
    ]
    said = "the step itself used the frame at 0x12000: the processor remembered it from before (its TLB)"
    assert [(), (said,), ()] == [step.translate(0x402000).problems for step in reads]


def test_a_saved_trace_tells_the_same(tmp_path: Path) -> None:
    path = tmp_path / "privilege.parquet"
    save_trace(privilege(), path)
    saved = load_trace(path)
    steps = range(0, len(saved), 97)
    assert [seen(privilege().processor_at(step)) for step in steps] == [
        seen(saved.processor_at(step)) for step in steps
    ]


def test_a_saved_call_knows_the_tables_of_the_sandbox(tmp_path: Path) -> None:
    path = tmp_path / "call.parquet"
    save_trace(record(Machine(assemble(text="f: ret")), "f"), path)
    assert 0x12345 == load_trace(path).translate("ds:0x12345", 0).physical


def test_what_a_saved_trace_does_not_tell_is_an_error(tmp_path: Path) -> None:
    path = tmp_path / "call.parquet"
    save_trace(record(Machine(assemble(text="f: mov eax, 0x200000\n mov cr3, rax\n ret")), "f", limit=2), path)
    with pytest.raises(TraceError, match="does not tell what lay at 0x200000"):
        load_trace(path).translate(0x1234)


def test_a_booted_pc_that_is_called_goes_on_from_what_its_boot_left() -> None:
    pc = PC(assemble(shipped("boot.asm"), shipped("bridge.asm")))
    pc.boot()
    state = pc.system_state()
    trace = record(pc, "os_mem_allocate", rcx=1)
    assert state.registers.gdtr == trace.processor_at(0).state.registers.gdtr
    assert 0x3C00000 == trace.translate("ds:0x3C00000").physical


def test_16_bit_operands_load_a_base_of_24_bits() -> None:
    trace = record(PC(assemble(text=BROKEN_BOOTS["base of 24 bits"].text, bits=16)), limit=LIMIT)
    base = next(step for step in trace if step.text.startswith("lgdt")).index + 1
    assert 0 == trace.processor_at(base).state.gdtr.base >> 24


def test_it_is_said_in_one_line() -> None:
    assert "<PastProcessor before step 0: real16, privilege level 0>" == repr(privilege().processor_at(0))


def test_what_is_no_address_is_refused() -> None:
    with pytest.raises(UsageError):
        privilege().translate("ds")


@pytest.mark.parametrize(
    ("question", "said"),
    [
        ("translate 0x401004 at on_tell", "physical  00010004    user rwx"),
        ("translate ds:0x402000 at end", "physical  00013000    kernel rwx"),
        ("translate gdt at end", "physical  00007dc8    kernel rwx"),
        ("gdt at protected", "28        7df0  0000890018000067  32-bit TSS   1800  67        0"),
        ("idt", "e       1070  0000ee0000087d5d  32-bit interrupt gate  8:7d5d    3"),
        ("idt at 0", "vector  at   segment:offset"),
        ("paging at protected", "> none     0       -        -         32 bits  32 bits"),
        ("ldt", "! LDTR holds the null selector: there is no LDT"),
        ("pages at on_tell", "00401000-00401fff  00010000-00010fff  1 of 4 KiB    user rwx"),
        ("registers at protected", "CR0       11     PE protected mode, ET x87 is a 387"),
    ],
)
def test_a_question_in_words_is_answered_by_the_view(question: str, said: str) -> None:
    assert [said] == [
        line[: len(said)]
        for text in answer_text(privilege().query(question))
        for line in text.splitlines()
        if said in line
    ]


def test_a_moment_that_is_not_there_is_said_once() -> None:
    with pytest.raises(UsageError) as caught:
        privilege().query("translate 5 at 99999")
    assert 1 == str(caught.value).count("questions are:")


@pytest.mark.parametrize("question", ["translate ds", "translate zz:5", "translate 0x5 at nowhere", "gdt at nowhere"])
def test_a_question_that_makes_no_sense_has_a_caret(question: str) -> None:
    with pytest.raises(UsageError, match=r"\^"):
        privilege().query(question)
