"""What a call did is compared with the comment above the routine."""

from __future__ import annotations

import pytest

from allocator import ContractBroken, Image, Machine, Run, assemble, record
from allocator.checks.contract import broken_preconditions, check_contract, enforce
from allocator.findings import RuleResult
from allocator.machine.run import RETURNED
from allocator.registers import GENERAL

NOTHING = "; IN nothing\n; OUT nothing\n; CLOBBERS nothing\n; WRITES nothing\n"


def run_of(text: str, **registers: int) -> Run:
    return Machine(assemble(text=text, name="t")).call("f", **registers)


def broken(text: str, **registers: int) -> dict[str, str]:
    return {result.rule: result.message for result in check_contract(run_of(text, **registers)) if not result.held}


def rules(text: str, **registers: int) -> set[str]:
    return {result.rule for result in check_contract(run_of(text, **registers))}


@pytest.mark.parametrize("rcx", [0, 1, 3, 1000])
def test_our_allocator_keeps_its_contract(our_program: Image, rcx: int) -> None:
    assert {True} == {rule.held for rule in check_contract(Machine(our_program).call("os_mem_allocate", rcx=rcx))}


@pytest.mark.parametrize("routine", ["os_mem_allocate", "os_mem_release", "os_mem_get_free", "os_mem_copy"])
def test_the_articles_routines_keep_their_loose_contracts(article_program: Image, routine: str) -> None:
    run = Machine(article_program).call(routine, rax=0x400000, rcx=2, rsi=0x400000, rdi=0x600000)
    assert {True} == {result.held for result in check_contract(run)}


def test_without_a_contract_there_is_no_rule() -> None:
    assert set() == rules("f: ret")


def test_every_register_that_out_does_not_name_has_a_rule() -> None:
    found = rules("; OUT RAX = x\nf: ret")

    assert {f"preserves {name}" for name in GENERAL if name not in ("rax", "rsp")} <= found
    assert "preserves rax" not in found


def test_a_register_that_was_pushed_and_not_popped() -> None:
    text = NOTHING + "f: push rdx\nmov rdx, 1\nadd rsp, 8\nret"

    assert {
        "preserves rdx": "failed to preserve rdx (pushed at line 5, never popped; last changed at line 6: mov edx, 1)"
    } == broken(text)


def test_a_register_that_was_popped_into_another() -> None:
    said = broken(NOTHING + "f: push rbx\npush rdx\npop rbx\npop rdx\nret")

    assert "failed to preserve rbx (pushed at line 5, popped into rdx at line 8" in said["preserves rbx"]


def test_a_register_that_nobody_saved() -> None:
    assert "never saved; last changed at line 5: " in broken(NOTHING + "f: inc r12\nret")["preserves r12"]


def test_a_clobbered_register_may_change() -> None:
    assert {} == broken("; CLOBBERS R12\nf: inc r12\nret")


def test_a_segment_register_is_preserved() -> None:
    assert ["preserves fs"] == list(broken(NOTHING + "f: push rax\nxor eax, eax\nmov fs, ax\npop rax\nret"))


def test_a_pop_that_is_missing() -> None:
    said = broken(NOTHING + "f: push rdx\nret")

    assert "returned with the stack pointer 8 bytes too low: a push has no pop" == said["stack pointer"]


def test_a_pop_too_many() -> None:
    said = broken(NOTHING + "f: pop r8\npop r9\npush r8\nret")

    assert "returned with the stack pointer 8 bytes too high: more was popped than pushed" == said["stack pointer"]


def test_where_the_routine_does_not_return_nothing_else_is_judged() -> None:
    assert ["returns to its caller"] == list(broken(NOTHING + "f: mov rbx, 1 << 45\nmov al, [rbx]\nret"))


def test_a_direction_flag_that_stays_set() -> None:
    assert {"direction flag clear": "df is 1 on return (left so by line 2: std)"} == broken(
        "; OUT nothing\nf: std\nret"
    )


def test_a_loose_contract_asks_for_the_direction_flag_too() -> None:
    assert ["direction flag clear"] == list(broken("; OUT: nothing\nf: std\nret"))


def test_a_direction_flag_that_the_caller_had_set_may_stay() -> None:
    assert {} == broken("; OUT: nothing\nf: ret", df=1)


def test_a_flag_that_the_contract_gives_a_value() -> None:
    assert {"cf = 0": "cf is 1 on return (left so by line 2: stc)"} == broken("; FLAGS CF = 0\nf: stc\nret")


def test_flags_that_are_to_be_preserved() -> None:
    assert ["preserves cf"] == list(broken("; FLAGS preserved\nf: stc\nret"))


def test_a_range_of_out() -> None:
    assert {"rax in 0..9": "returned rax = 0xa"} == broken("; OUT RAX = x, 0..9\nf: mov eax, 10\nret")


def test_a_broken_precondition_is_the_callers_fault() -> None:
    run = run_of("; IN RCX = pages, 1..5\n; OUT nothing\nf: inc rbx\nret", rcx=6)

    assert ("rcx = 0x6 is not in 1..5",) == broken_preconditions(run)
    assert () == check_contract(run)


def test_a_write_outside_of_writes() -> None:
    said = broken("; WRITES os_MemoryMap[0..3]\nf: mov dword [os_MemoryMap + 2], 0x04030201\nret")

    assert {
        "preserves memory outside os_MemoryMap[0..3]": (
            "changed 2 bytes at os_MemoryMap[4] (written at line 2: mov dword [0x120002], 0x4030201)"
        )
    } == said


def test_writes_in_prose_is_no_rule() -> None:
    assert not any("memory" in rule for rule in rules("; WRITES what RDI points at\nf: ret"))


def test_the_callers_frame() -> None:
    assert ["caller's frame untouched"] == list(broken(NOTHING + "f: mov byte [rsp + 16], 1\nret"))


def test_more_stack_than_stack_says() -> None:
    said = broken("; STACK 8 bytes\nf: push rax\npush rbx\npop rbx\npop rax\nret")

    assert {"uses at most 8 bytes of stack": "uses 16 bytes of stack"} == said


@pytest.mark.parametrize(("bits", "register"), [(16, "si"), (32, "esi")])
def test_code_of_other_widths_is_judged_in_its_own(bits: int, register: str) -> None:
    origin = "org 0x7c00\n" if bits == 16 else ""
    text = f"bits {bits}\n{origin}; OUT nothing\nf: inc {register}\nret"

    assert ["preserves rsi"] == list(broken(text))


def test_a_held_rule_costs_no_message() -> None:
    assert RuleResult("preserves rbx", True) in check_contract(run_of("; OUT nothing\nf: ret"))


def test_a_broken_contract_is_raised_with_every_broken_rule() -> None:
    with pytest.raises(ContractBroken, match=r"f broke its contract\n  preserves rbx: .*\n  direction flag clear: "):
        enforce(run_of("; OUT nothing\nf: inc rbx\nstd\nret"))


def test_a_kept_contract_returns_the_run() -> None:
    assert RETURNED == enforce(run_of("; OUT nothing\nf: ret")).stop.kind


def test_a_trace_that_is_given_serves_for_the_place() -> None:
    trace = record(Machine(assemble(text="; OUT nothing\nf: inc rbx\nret", name="t")), "f")

    assert [2] == [result.line for result in check_contract(trace.run, trace) if not result.held]


def test_a_second_call_is_judged_by_its_own_state(our_program: Image) -> None:
    machine = Machine(our_program)
    machine.call("os_mem_allocate", rcx=2)

    assert {True} == {result.held for result in check_contract(machine.call("os_mem_allocate", rcx=2))}
