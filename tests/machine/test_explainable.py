"""What any processor can be asked: a live machine, and the same one at a moment that is past."""

from __future__ import annotations

import pytest

from allocator import PC, Machine, assemble, record, shipped
from allocator.machine.explainable import Explainable

SOURCE = "privilege.asm"


@pytest.fixture(scope="module", params=["live", "past"])
def processor(request: pytest.FixtureRequest) -> Explainable:
    pc = PC(assemble(shipped(SOURCE)))
    trace = record(pc)
    return pc if request.param == "live" else trace.processor_at("end")


def test_descriptor_tables_are_asked_for_by_name(processor: Explainable) -> None:
    assert ["<GDT at 0x7dc8, limit 0x2f: 6 entries>", "<IDT at 0x1000, limit 0x197: 51 entries>"] == [
        repr(table) for table in (processor.gdt(), processor.idt())
    ]


def test_there_may_be_no_local_table(processor: Explainable) -> None:
    assert "LDTR holds the null selector: there is no LDT" == processor.ldt().problem


def test_page_tables_are_those_of_cr3_or_those_that_are_named(processor: Explainable) -> None:
    assert [0x2000, 0x3000] == [processor.page_tables(root).paging.root for root in (None, 0x3000)]


def test_memory_is_read_by_either_kind_of_address(processor: Explainable) -> None:
    assert b"\xaa" * 4 == processor.read_linear(0x401000, 4) == processor.read_physical(0x10000, 4)


def test_a_processor_in_real_mode_has_vectors() -> None:
    pc = PC(assemble(shipped(SOURCE)))
    assert (256, 0xF) == (len(pc.vectors()), pc.vectors()[0x15].segment >> 12)


def test_a_called_machine_can_be_asked_as_well() -> None:
    machine = Machine(assemble(text="f: ret"))
    machine.call("f")
    assert "<PageTables of 4-level paging at 0xffffffe000: 512 pages>" == repr(machine.page_tables())


def test_each_noun_is_said_in_one_line(processor: Explainable) -> None:
    state = processor.system_state()
    assert "<ProcessorState: paged32, privilege level 0, next at 0x7db1>" == repr(state)
    assert "<SystemRegisters: paged32, CR0 0x80010011, CR3 0x2000, CR4 0x0, EFER 0x0>" == repr(state.registers)


def test_a_notebook_shows_tables_and_registers(processor: Explainable) -> None:
    shown = [noun._repr_html_() for noun in (processor.gdt(), processor.page_tables(), processor.control_registers())]
    assert [True] * 3 == ["<table>" in html for html in shown]


def test_each_descriptor_names_the_registers_that_hold_its_selector(processor: Explainable) -> None:
    assert [(), ("cs",), ("ss",), (), ("ds",), ("tr",)] == [slot.held_by for slot in processor.gdt().slots]


def test_in_real_mode_no_register_holds_a_selector() -> None:
    trace = record(PC(assemble(shipped(SOURCE))))
    assert {()} == {slot.held_by for slot in trace.processor_at(17).gdt().slots}
