"""Watched calls are judged as unwatched ones are."""

from __future__ import annotations

import pytest

from allocator import Image, Machine, assemble
from allocator.addresses import PAGE_MAP, Range
from allocator.checks.contract import check_contract
from allocator.checks.watch import ContractWatch
from allocator.findings import RuleResult

HEADER = "; IN RCX = which, 0..9\n; OUT RAX = x\n; FLAGS DF = 0\n; WRITES os_MemoryMap[0..3]\n; STACK 8 bytes\n"
# Each breaks one rule when RCX is 1, and none when it is 0.
BREAKING = {
    "preserves rbx": "lea rbx, [rbx+rcx]",
    "direction flag clear": "jrcxz .end\nstd\n.end:",
    "caller's frame untouched": "add [rsp+16], rcx",
    "uses at most 8 bytes of stack": "sub rsp, 16\nadd [rsp], rcx\nadd rsp, 16",
    "preserves memory outside os_MemoryMap[0..3]": "add [os_MemoryMap+4], cl",
    "stack pointer": "jrcxz .end\npush rax\n.end:",
    "returns to its caller": "jrcxz .end\nud2\n.end:",
}


def test_the_stretches_that_a_call_wrote(our_program: Image) -> None:
    machine = Machine(our_program)
    with ContractWatch(machine) as watch:
        run = machine.call("os_mem_allocate", rcx=3)

        assert (
            Range(run.before.rsp - 32, run.before.rsp),
            Range(PAGE_MAP.start + 29, PAGE_MAP.start + 32),
        ) == watch.written


def test_a_call_that_writes_all_over_the_place_is_judged_all_the_same() -> None:
    text = "; WRITES nothing\nf: " + "".join(f"mov byte [0x300000+{16 * place}], 1\n" for place in range(40)) + "ret"
    machine = Machine(assemble(text=text, name="t"))
    with ContractWatch(machine) as watch:
        run = machine.call("f")

        assert watch.written is None
        assert ["preserves memory"] == [result.rule for result in watch.check(run) if not result.held]


@pytest.mark.parametrize("rule", BREAKING)
def test_a_rule_that_the_second_call_breaks_is_found(rule: str) -> None:
    machine = Machine(assemble(text=f"{HEADER}f: {BREAKING[rule]}\nret", name="t"))
    with ContractWatch(machine) as watch:
        kept = watch.check(machine.call("f", rcx=0))
        broken = watch.check(machine.call("f", rcx=1))
        again = watch.check(machine.call("f", rcx=0))

    assert [] == [result.rule for result in (*kept, *again) if not result.held]
    assert rule in [result.rule for result in broken if not result.held]


def test_where_the_call_breaks_a_precondition_no_rule_applies() -> None:
    machine = Machine(assemble(text=f"{HEADER}f: inc rbx\ndec rbx\nret", name="t"))
    with ContractWatch(machine) as watch:
        assert watch.check(machine.call("f", rcx=0))
        assert () == watch.check(machine.call("f", rcx=10))


@pytest.mark.parametrize(
    ("routine", "given"),
    [
        ("os_mem_allocate", {"rcx": 2}),
        ("os_mem_allocate", {"rcx": 99}),
        ("os_mem_release", {"rax": 0x400000, "rcx": 2}),
        ("os_mem_get_free", {}),
        ("os_mem_copy", {"rsi": 0x400000, "rdi": 0x600000, "rcx": 5}),
    ],
)
def test_what_is_watched_is_judged_as_what_is_not(program: Image, routine: str, given: dict[str, int]) -> None:
    plain, watched = Machine(program), Machine(program)
    with ContractWatch(watched) as watch:
        results: list[tuple[RuleResult, ...]] = [watch.check(watched.call(routine, **given)) for _ in range(3)]

    assert [check_contract(plain.call(routine, **given)) for _ in range(3)] == results


def test_afterwards_nobody_watches(our_program: Image) -> None:
    machine = Machine(our_program)
    with ContractWatch(machine) as watch:
        machine.call("os_mem_get_free")
    machine.call("os_mem_allocate", rcx=1)

    assert watch.written is not None
    assert not any(PAGE_MAP.start <= stretch.start < PAGE_MAP.end for stretch in watch.written)
