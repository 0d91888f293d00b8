"""Both programs, the model and the real processor agree on 2,000 random machines (20,000 with ALLOCATOR_FULL=1).

One call on each machine, with every general register and flag given. Compared is everything that the call
left: registers, flags (those that the processor's manual leaves undefined apart), changed bytes of the page
map, the access that ended it, and how many steps it took.
"""

from __future__ import annotations

import os
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache

import numpy as np
import pytest
from oracles import require_real_cpu
from reference import real_cpu
from reference.random_machines import GENERAL, RandomMachine, random_machines

from allocator import Image, Machine, Run

pytestmark = pytest.mark.campaign

MAP = 0x120000
MEM_AMOUNT = 0x110108
ROUTINES = ("os_mem_allocate", "os_mem_release", "os_mem_get_free", "os_mem_copy")
FLAGS = {"cf": 0, "pf": 2, "af": 4, "zf": 6, "sf": 7, "df": 10, "of": 11}
UNDEFINED = {"os_mem_allocate": {"af", "of"}}
"""After XOR, and after SHL by more than one (SDM volume 2)."""


@dataclass(frozen=True)
class Left:
    """What a call left behind."""

    registers: dict[str, int]
    flags: dict[str, int]
    pages_changed: dict[int, tuple[int, int]]
    fault: tuple[str, int] | None


def left_by_run(machine: RandomMachine, run: Run, pages: bytes) -> Left:
    assert run.stop.kind in {"returned", "fence"}, run.stop
    access = run.stop.access
    changes = changed(machine.pages.ljust(len(pages), b"\0"), pages)
    return left(machine, dict(run.registers), changes, (access.kind, access.address) if access else None)


def changed(before: bytes, after: bytes) -> dict[int, tuple[int, int]]:
    # Not run.pages_changed, which runs the call again: 2,000 times that is half a minute.
    differing = np.flatnonzero(np.frombuffer(before, np.uint8) != np.frombuffer(after, np.uint8))
    return {int(page): (before[page], after[page]) for page in differing}


def left_by_processor(machine: RandomMachine, result: real_cpu.Result) -> Left:
    fault = (result.fault.kind, result.fault.address or 0) if result.fault else None
    return left(machine, result.registers, {address - MAP: change for address, change in result.changed.items()}, fault)


def left(
    machine: RandomMachine,
    registers: dict[str, int],
    pages_changed: dict[int, tuple[int, int]],
    fault: tuple[str, int] | None,
) -> Left:
    general = {name: registers[name] for name in (*GENERAL, "rsp")}
    known = FLAGS.keys() - UNDEFINED.get(machine.routine, set())
    flags = {name: registers["rflags"] >> FLAGS[name] & 1 for name in sorted(known)}
    return Left(general, flags, pages_changed, fault)


@cache
def machines() -> list[RandomMachine]:
    return random_machines(20_000 if os.environ.get("ALLOCATOR_FULL") else 2_000, seed=2)


class Programs:
    """What each program left on every machine, run once and kept."""

    def __init__(self) -> None:
        self._runs: dict[int, list[tuple[Left, int]]] = {}

    def __call__(self, image: Image) -> list[tuple[Left, int]]:
        """Return (what was left, steps) for each of the machines."""
        if id(image) not in self._runs:
            sandbox = Machine(image, memory="64M")
            self._runs[id(image)] = [run_in_sandbox(sandbox, machine) for machine in machines()]
        return self._runs[id(image)]


def run_in_sandbox(sandbox: Machine, machine: RandomMachine) -> tuple[Left, int]:
    sandbox.page_map.load(machine.pages)
    sandbox.mem_amount = machine.mem_amount
    run = sandbox.call(machine.routine, **machine.registers, rflags=machine.rflags)
    # Counting the steps of a count of 65,536 pages takes a third of a second; test_behaviour.py does it twice.
    steps = run.steps if machine.routine != "os_mem_get_free" else 0
    return left_by_run(machine, run, bytes(sandbox.page_map)), steps


@pytest.fixture(scope="module")
def sandboxed() -> Programs:
    return Programs()


def disagreements(expected: Sequence[object], actual: Sequence[object]) -> list[tuple[RandomMachine, object, object]]:
    """Return the first few machines on which the two differ."""
    compared = zip(machines(), expected, actual, strict=True)
    return [(machine, one, other) for machine, one, other in compared if one != other][:3]


def test_the_sandbox_does_what_the_model_says(program: Image, sandboxed: Programs) -> None:
    wrong = []
    for machine, (what_was_left, _) in zip(machines(), sandboxed(program), strict=True):
        outcome = machine.expected()
        said = {**outcome.registers, **(outcome.fault.registers if outcome.fault else {})}
        known = {**what_was_left.registers, **what_was_left.flags}
        fault = (outcome.fault.kind, outcome.fault.address) if outcome.fault else None
        expected = (said, outcome.pages_changed, fault)
        actual = ({name: known[name] for name in said}, what_was_left.pages_changed, what_was_left.fault)
        if expected != actual:
            wrong.append((machine, expected, actual))

    assert [] == wrong[:3]


def test_registers_that_carry_no_result_are_preserved(program: Image, sandboxed: Programs) -> None:
    results = {"os_mem_allocate": "rax", "os_mem_get_free": "rcx"}
    changed = [
        (machine, name)
        for machine, (what_was_left, _) in zip(machines(), sandboxed(program), strict=True)
        for name in GENERAL
        if what_was_left.fault is None
        and name != results.get(machine.routine)
        and what_was_left.registers[name] != machine.registers[name]
    ]

    assert [] == changed[:3]


def test_both_programs_leave_the_same(our_program: Image, article_program: Image, sandboxed: Programs) -> None:
    article = [what_was_left for what_was_left, _ in sandboxed(article_program)]
    ours = [what_was_left for what_was_left, _ in sandboxed(our_program)]

    assert [] == disagreements(article, ours)


def test_both_programs_take_the_same_number_of_steps(
    our_program: Image, article_program: Image, sandboxed: Programs
) -> None:
    article = [steps for _, steps in sandboxed(article_program)]
    ours = [steps for _, steps in sandboxed(our_program)]

    assert [] == disagreements(article, ours)


def test_the_real_processor_agrees_with_the_sandbox(program: Image, sandboxed: Programs) -> None:
    require_real_cpu()
    sandbox = [what_was_left for what_was_left, _ in sandboxed(program)]

    assert [] == disagreements(run_on_processor(program), sandbox)


def run_on_processor(image: Image) -> list[Left]:
    """Run the image's own bytes: one child for each routine."""
    segments = [(segment.start, segment.data) for segment in image.segments]
    by_position: dict[int, Left] = {}
    for routine in ROUTINES:
        chosen = [(position, machine) for position, machine in enumerate(machines()) if machine.routine == routine]
        results = real_cpu.run_on_cpu(segments, image.symbols[routine], [as_case(machine) for _, machine in chosen])
        for (position, machine), result in zip(chosen, results, strict=True):
            by_position[position] = left_by_processor(machine, result)
    return [by_position[position] for position in range(len(machines()))]


def as_case(machine: RandomMachine) -> real_cpu.Case:
    memory = ((MEM_AMOUNT, machine.mem_amount.to_bytes(4, "little")), (MAP, machine.pages))
    return real_cpu.Case({**machine.registers, "rflags": machine.rflags}, memory)


# What the 2,000 machines are worth


@pytest.mark.parametrize("routine", ROUTINES)
def test_every_routine_is_called_at_least_50_times(routine: str) -> None:
    assert sum(machine.routine == routine for machine in machines()) >= 50


def test_many_allocations_succeed_and_many_fail() -> None:
    outcomes = [m.expected().registers.get("rax") for m in machines() if m.routine == "os_mem_allocate"]

    assert sum(rax == 0 for rax in outcomes) >= 200
    assert sum(bool(rax) for rax in outcomes) >= 200


@pytest.mark.parametrize("kind", ["read", "write"])
def test_at_least_50_calls_fault_by_a(kind: str) -> None:
    faults = [machine.expected().fault for machine in machines()]

    assert sum(fault is not None and fault.kind == kind for fault in faults) >= 50
