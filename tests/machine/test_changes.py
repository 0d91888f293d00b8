"""Only these bytes changed: what a call may change is named, what it pushes is its own."""

from __future__ import annotations

import pytest

from allocator import PC, Machine, MachineError, Run, assemble, shipped
from allocator.addresses import Range
from allocator.checks.contract import check_contract
from allocator.errors import UsageError
from allocator.machine.changes import find_area, stray_changes

SOURCE = """\
f:      push    rax
        mov     byte [os_MemoryMap + 4], 9
        mov     byte [os_MemoryMap + 5], 9
        inc     dword [count]
        pop     rax
        ret
quiet:  push    rax
        pop     rax
        ret
count:  dd      0
name:   db      "pool"
"""


@pytest.fixture
def machine() -> Machine:
    return Machine(assemble(text=SOURCE))


@pytest.fixture
def run(machine: Machine) -> Run:
    return machine.call("f")


def test_all_that_changed_is_named(run: Run) -> None:
    assert run.changed_only("os_MemoryMap", "count")


def test_what_is_not_named_is_found(run: Run) -> None:
    assert not run.changed_only("os_MemoryMap")


def test_what_a_routine_pushed_is_its_own(machine: Machine) -> None:
    assert machine.call("quiet").changed_only()


def test_what_strays_is_cut_to_the_bytes_outside(run: Run) -> None:
    assert ((0x120005, b"\1", b"\t"),) == stray_changes(run, [(0x120000, 0x120005), "count"])


def test_a_page_of_the_map_is_named_by_a_slice(machine: Machine, run: Run) -> None:
    assert run.changed_only(machine.page_map[4:6], "count")


def test_a_slice_of_the_page_map_holds_the_states(machine: Machine) -> None:
    assert b"\2\1\1" == machine.page_map[:3]


def test_a_slice_of_the_page_map_keeps_what_was_read(machine: Machine) -> None:
    before = machine.page_map[4:6]

    machine.call("f")

    assert b"\1\1" == before


def test_a_slice_of_every_other_page_is_refused(machine: Machine) -> None:
    with pytest.raises(MachineError, match="one after the other"):
        _ = machine.page_map[::2]


def test_a_label_reaches_to_the_next_one(run: Run) -> None:
    assert Range(run.image.symbols["count"], run.image.symbols["name"]) == find_area(run.image, "count")


def test_the_last_label_reaches_to_the_end(run: Run) -> None:
    assert 4 == find_area(run.image, "name").size


def test_the_machines_page_map_is_all_of_it(run: Run) -> None:
    assert Range(0x120000, 0x140000) == find_area(run.image, "os_MemoryMap")


def test_a_symbol_that_is_not_there_is_refused_with_the_nearest(run: Run) -> None:
    with pytest.raises(UsageError, match="no symbol 'os_MemoryMop'; did you mean 'os_MemoryMap'"):
        run.changed_only("os_MemoryMop")


def test_a_symbol_without_a_size_is_refused(run: Run) -> None:
    with pytest.raises(UsageError, match=r"how long 'programlocation' is: write \(0x200000, end\)"):
        run.changed_only("programlocation")


def test_a_machine_leads_back_to_the_calls_it_made(machine: Machine) -> None:
    machine.call("f")
    machine.page_map[4] = 1
    machine.call("quiet")

    assert ["f", "quiet"] == [moment.call.entry.name for moment in machine.moments]


@pytest.fixture(scope="module")
def called_after_boot() -> Run:
    pc = PC(assemble(shipped("boot.asm"), shipped("bridge.asm")), "16M")
    pc.boot()
    return pc.call("os_mem_allocate", rcx=1)


def test_the_stack_of_a_call_after_a_boot_is_its_own(called_after_boot: Run) -> None:
    assert called_after_boot.changed_only("os_MemoryMap")


def test_what_a_call_after_a_boot_changes_elsewhere_counts(called_after_boot: Run) -> None:
    assert not called_after_boot.changed_only()


def test_a_contract_is_kept_in_a_call_after_a_boot(called_after_boot: Run) -> None:
    assert [] == [result for result in check_contract(called_after_boot) if not result.held]
