from __future__ import annotations

import json
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from reference.programs import PROGRAMS
from reference.traced_coverage import trace_coverage

from allocator import Image, Machine, assemble, record
from allocator.checks.coverage import slots_of
from allocator.checks.coverage_recorder import CoverageRecorder
from allocator.checks.coverage_session import CoverageSession
from allocator.coverage import Coverage, Instruction, plain_coverage
from allocator.machine.page_map import FREE, USED

CHOICE = """
f:      cmp     rcx, 1
        je      .one
        mov     eax, 2
        ret
.one:   mov     eax, 1
        ret
"""


def covered(image: Image, *calls: int, routine: str = "f") -> Coverage:
    machine = Machine(image)
    with CoverageRecorder(machine) as recorder:
        for rcx in calls:
            machine.call(routine, limit=10_000, rcx=rcx)
    return recorder.coverage()


def at(coverage: Coverage, line: int) -> Instruction:
    [instruction] = coverage.parts[0].by_line[line]
    return instruction


def test_what_was_not_called_is_missing() -> None:
    coverage = covered(assemble(text=CHOICE))

    assert {("run",)} == {each.missing for each in coverage.parts[0].instructions}
    assert 0 == coverage.percent


def test_a_branch_that_was_taken_only_was_never_not_taken() -> None:
    assert ("not taken",) == at(covered(assemble(text=CHOICE), 1), 3).missing


def test_a_branch_that_was_not_taken_only_was_never_taken() -> None:
    assert ("taken",) == at(covered(assemble(text=CHOICE), 2, 3), 3).missing


def test_both_calls_together_reach_everything() -> None:
    assert 100 == covered(assemble(text=CHOICE), 1, 2).percent


def test_outcomes_count_as_much_as_instructions() -> None:
    # of 6 instructions and 2 outcomes: 4 and 1
    assert 100 * 5 / 8 == covered(assemble(text=CHOICE), 1).percent


def test_times_are_counted() -> None:
    assert (5, 2, 3) == at(covered(assemble(text=CHOICE), 1, 1, 2, 2, 2), 3).reach[:3]


def test_a_repeated_string_instruction_runs_once() -> None:
    assert 1 == at(covered(assemble(text="f: mov edi, 0x200000\n rep stosb\n ret"), 100), 2).reach.times


def test_a_branch_to_itself_runs_every_time() -> None:
    assert (7, 6, 1) == at(covered(assemble(text="f: loop f\n ret"), 7), 1).reach[:3]


def test_padding_and_data_are_no_instructions() -> None:
    source = "f: ret\n align 16\ng: db 0x90, 0x90\n dq f\n align 2\n ret\n"

    assert [1, 6] == [slot.line.line for slot in slots_of(assemble(text=source))]


def test_every_instruction_of_a_line_counts() -> None:
    assert [0, 1, 2] == [slot.number for slot in slots_of(assemble(text="f: times 3 nop"))]


def test_a_line_can_be_taken_out() -> None:
    source = "f: ret\n ud2                    ; no cover: nothing leads here\n"

    assert 100 == covered(assemble(text=source), 0).percent


def test_a_fault_is_reached_and_what_follows_is_not() -> None:
    coverage = covered(assemble(text="f: ud2\n ret"), 0)

    assert [(), ("run",)] == [each.missing for each in coverage.parts[0].instructions]


def test_a_branch_before_the_limit_went_no_way() -> None:
    machine = Machine(assemble(text="f: jmp .on\n.on: jz .off\n ret\n.off: ret"))
    with CoverageRecorder(machine) as recorder:
        machine.call("f", limit=2, zf=0)
        machine.call("f", limit=2, zf=0)

    assert (2, 0, 0) == at(recorder.coverage(), 2).reach[:3]


# States of the page map


def test_the_page_that_was_read_says_in_which_state_an_instruction_is_reached(our_program: Image) -> None:
    machine = Machine(our_program)
    machine.page_map.load(bytes([2, 1, 2, 1, 1]))
    machine.mem_amount = 10
    with CoverageRecorder(machine) as recorder:
        machine.call("os_mem_allocate", rcx=3)
    found = [each for each in recorder.coverage().parts[0].instructions if each.label == "os_mem_allocate.next"]
    states = {each.text: each.reach.states for each in found}

    assert {"lodsb": 1 << FREE | 1 << USED, "dec rbx": 1 << FREE} == {
        text: states[text] for text in ("lodsb", "dec rbx")
    }


def test_a_state_holds_until_the_routine_is_entered_again(our_program: Image) -> None:
    machine = Machine(our_program)
    with CoverageRecorder(machine) as recorder:
        machine.call("os_mem_allocate", rcx=1)
        machine.call("os_mem_allocate", rcx=1)
    first = recorder.coverage().parts[0].instructions[0]

    assert (2, 0) == (first.reach.times, first.reach.states)


# Adding up


def test_the_same_source_adds_up_wherever_it_lies() -> None:
    one, other = assemble(text=CHOICE), assemble(text=CHOICE, origin=0x200000)

    assert 100 == (covered(one, 1) + covered(other, 2)).percent


def test_another_text_of_the_same_name_is_another_source() -> None:
    coverage = covered(assemble(text=CHOICE), 1) + covered(assemble(text=CHOICE + "\n"), 2)

    assert 2 == len(coverage.parts)


def test_it_goes_to_another_process_and_back() -> None:
    coverage = covered(assemble(text=CHOICE), 1)

    assert coverage == plain_coverage(json.loads(json.dumps(coverage.as_plain())))


def test_a_session_keeps_what_its_tests_reached() -> None:
    session = CoverageSession()
    for rcx in (1, 2):
        with session.test():
            machine = Machine(assemble(text=CHOICE))
            session.cover(machine)
            machine.call("f", rcx=rcx)

    assert 100 == session.coverage().percent


def test_a_session_is_about_the_sources_that_were_asked_for(tmp_path: Path) -> None:
    (tmp_path / "pool.asm").write_text(CHOICE)
    (tmp_path / "other.asm").write_text("g: ret")
    session = CoverageSession(["pool.asm", "list.asm"])
    with session.test():
        session.cover(Machine(assemble(tmp_path / "pool.asm", tmp_path / "other.asm")))

    assert ["pool.asm"] == [part.source.path.name for part in session.coverage().parts if part.source.path]
    assert ("list.asm",) == session.missed_names


def test_a_recorder_does_not_hear_what_happens_after_it(our_program: Image) -> None:
    machine = Machine(our_program)
    with CoverageRecorder(machine) as recorder:
        pass
    machine.call("os_mem_allocate", rcx=1)

    assert 0 == recorder.coverage().percent


def test_a_trace_can_be_recorded_meanwhile() -> None:
    machine = Machine(assemble(text=CHOICE))
    with CoverageRecorder(machine) as recorder:
        trace = record(machine, "f", rcx=1)

    assert trace_coverage(trace) == recorder.coverage()


# The twin


@pytest.mark.parametrize("name", PROGRAMS)
def test_native_code_and_the_trace_agree(name: str) -> None:
    image = assemble(text=PROGRAMS[name])
    machine, twin = Machine(image), Machine(image)
    with CoverageRecorder(machine) as recorder:
        machine.call("f", limit=2_000, rcx=5)

    assert trace_coverage(record(twin, "f", limit=2_000, rcx=5)) == recorder.coverage()


@settings(max_examples=25, deadline=None)
@given(states=st.lists(st.integers(0, 2), min_size=1, max_size=12), rcx=st.integers(0, 5))
def test_they_agree_on_random_page_maps(our_program: Image, states: list[int], rcx: int) -> None:
    machine, twin = Machine(our_program), Machine(our_program)
    for each in (machine, twin):
        each.page_map.load(bytes(states))
        each.mem_amount = 2 * len(states)
    with CoverageRecorder(machine) as recorder:
        machine.call("os_mem_allocate", limit=20_000, rcx=rcx)

    assert trace_coverage(record(twin, "os_mem_allocate", limit=20_000, rcx=rcx)) == recorder.coverage()
