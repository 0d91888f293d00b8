"""The real processor is asked honestly: registers go in and come out, and every fault is noticed."""

from __future__ import annotations

import pytest
from oracles import require_real_cpu
from reference.real_cpu import DATA, GENERAL_AND_FLAGS, STACK_TOP, Case, Fault, Result, run_on_cpu

ENTRY = 0x100000
VARIABLES = 0x110000
STATUS_AND_DIRECTION = 0xCD5


@pytest.fixture(autouse=True)
def _processor() -> None:
    require_real_cpu()


def run(code: str, *cases: Case) -> list[Result]:
    return run_on_cpu([(ENTRY, bytes.fromhex(code))], ENTRY, cases or [Case()])


RET = "c3"


def test_every_register_reaches_the_program_and_comes_back() -> None:
    values = {name: 0x1111 * number + 1 for number, name in enumerate(GENERAL_AND_FLAGS)}
    values |= {"rsp": STACK_TOP - 0x80, "rflags": 0x202}

    assert values == run(RET, Case(values))[0].registers


@pytest.mark.parametrize("bit", [bit for bit in range(12) if STATUS_AND_DIRECTION >> bit & 1])
def test_every_status_flag_reaches_the_program_and_comes_back(bit: int) -> None:
    result = run(RET, Case({"rflags": 0x202 | 1 << bit}))[0]

    assert 1 << bit == result.registers["rflags"] & STATUS_AND_DIRECTION


def test_the_program_changes_a_register() -> None:
    assert 6 == run("48ffc0 c3", Case({"rax": 5}))[0].registers["rax"]  # inc rax


def test_the_program_reads_memory_that_the_case_filled() -> None:
    case = Case(memory=((VARIABLES, b"\x2a"),))

    assert 42 == run("8a042500001100 c3", case)[0].registers["rax"]  # mov al, [0x110000]


def test_what_the_program_stores_is_a_change() -> None:
    store = "c6042500001100 07 c3"  # mov byte [0x110000], 7

    assert {VARIABLES: (0, 7)} == run(store)[0].changed


def test_a_program_that_changes_itself_is_a_change() -> None:
    store = "c604250000100007 c3"  # mov byte [0x100000], 7

    assert {ENTRY: (0xC6, 7)} == run(store)[0].changed


def test_each_case_starts_from_fresh_memory() -> None:
    count = "fe042500001100 8a042500001100 c3"  # inc byte [0x110000]; mov al, [0x110000]

    assert [1, 1] == [result.registers["rax"] for result in run(count, Case(), Case())]


def test_a_read_where_nothing_is_mapped_is_a_fault_at_that_address() -> None:
    assert Fault("read", 0x140000) == run("8a042500001400 c3")[0].fault


def test_a_write_where_nothing_is_mapped_is_a_fault_at_that_address() -> None:
    assert Fault("write", 0x140000) == run("88042500001400 c3")[0].fault


def test_a_jump_to_where_nothing_is_mapped_is_a_fault_at_that_address() -> None:
    assert Fault("fetch", 0x140000) == run("ffe0", Case({"rax": 0x140000}))[0].fault  # jmp rax


def test_a_fault_shows_the_registers_at_it() -> None:
    fault = run("fd48ffc0 8a042500001400 c3", Case({"rax": 5}))[0]  # std; inc rax; mov al, [0x140000]

    assert (6, 1, ENTRY + 4) == (fault.registers["rax"], fault.registers["rflags"] >> 10 & 1, fault.registers["rip"])


@pytest.mark.parametrize(("code", "vector"), [("0f0b", 6), ("f7f1", 0), ("f4", 13)])
def test_an_exception_is_a_fault_named_by_its_vector(code: str, vector: int) -> None:
    assert Fault(f"exception {vector}", ENTRY) == run(code)[0].fault  # ud2; div ecx; hlt


def test_after_a_fault_the_next_case_runs() -> None:
    first, second = run("8a00 c3", Case({"rax": 0x140000}), Case({"rax": VARIABLES}))  # mov al, [rax]

    assert (Fault("read", 0x140000), None) == (first.fault, second.fault)


def test_a_child_that_dies_is_a_crash_and_the_next_case_runs() -> None:
    leave = "85c0 7407 b83c000000 0f05 c3"  # test eax, eax; jz ret; mov eax, 60 (exit); syscall

    crashed, returned = run(leave, Case({"rax": 1, "rdi": 3}), Case())
    assert ("crashed", None) == (crashed.fault and crashed.fault.kind, returned.fault)


def test_memory_below_the_page_map_can_be_there() -> None:
    regions = [*DATA, (0x11F000, 0x1000)]
    program = [(ENTRY, bytes.fromhex("8a0425ffff1100 c3"))]  # mov al, [0x11ffff]
    case = Case(memory=((0x11FFFF, b"\x2a"),))

    assert 42 == run_on_cpu(program, ENTRY, [case], regions)[0].registers["rax"]
