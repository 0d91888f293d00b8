"""What the plain recorder writes down: the twin of everything faster."""

from __future__ import annotations

import pytest

from allocator import Machine, Trace, assemble, record
from allocator.machine.run import Registers
from allocator.registers import FULL


def trace(text: str, memory: str = "64M", **registers: int) -> Trace:
    return record(Machine(assemble(text=text), memory), "f", **registers)


def test_every_instruction_is_a_step() -> None:
    assert ["nop", "mov eax, 5", "ret"] == [step.text for step in trace("f: nop\n mov eax, 5\n ret")]


def test_a_step_shows_the_registers_that_it_changed() -> None:
    assert {"rbx": (0x00C0FFEE_BAD04444, 7)} == trace("f: mov rbx, 7\n ret")[0].registers


def test_a_step_shows_the_flags_that_it_changed() -> None:
    assert {"zf": (0, 1), "pf": (0, 1)} == trace("f: cmp rax, rax\n ret")[0].flags


def test_flags_are_no_register_of_a_step() -> None:
    assert {} == trace("f: stc\n ret")[0].registers


def test_a_write_has_the_bytes_before_and_after() -> None:
    step = trace("f: mov word [os_MemoryMap + 4], 0x0203\n ret")[0]
    assert ("write", 0x120004, 2, b"\1\1", b"\3\2") == (
        *step.accesses[0][:1],
        *step.accesses[0][2:3],
        *step.accesses[0][4:],
    )


def test_a_read_has_the_bytes_that_it_found() -> None:
    (access,) = trace("f: mov eax, [os_MemAmount]\n ret")[0].accesses
    assert ("read", 4, 64) == (access.kind, access.size, access.value)


def test_movbe_stores_what_lies_in_memory_afterwards() -> None:
    step = trace("f: mov eax, 0x01020304\n movbe [0x200000], eax\n ret")[1]
    assert b"\1\2\3\4" == step.accesses[0].after


def test_a_read_and_a_write_of_one_step_are_two_accesses() -> None:
    accesses = trace("f: inc byte [os_MemoryMap + 1]\n ret")[0].accesses
    assert [("read", 1), ("write", 2)] == [(access.kind, access.value) for access in accesses]


def test_accesses_behind_an_unaligned_store_are_recorded() -> None:
    recorded = trace("f: mov [0x20000b], ebx\n" + " nop\n" * 9 + " inc byte [0x200020]\n ret")
    assert [1, 2] == [len(recorded[0].accesses), len(recorded[10].accesses)]


def test_a_store_far_from_code_is_reported_once() -> None:
    recorded = trace("f: mov edi, 0x200000\n mov ecx, 3\n.n: stosb\n loop .n\n ret")
    assert [3, 9] == [len(recorded.arrays.address) - 1, len(recorded)]


def test_rep_is_one_step_with_its_count() -> None:
    step = trace("f: rep stosb\n ret", rdi=0x200000, rcx=5, al=7)[0]
    assert (5, {"rcx": (5, 0), "rdi": (0x200000, 0x200005)}) == (step.repeat, step.registers)


def test_rep_has_one_access_for_each_side() -> None:
    step = trace("f: rep movsw\n ret", rsi=0x120000, rdi=0x200000, rcx=3)[0]
    sides = [(access.kind, access.address, access.size, access.before, access.after) for access in step.accesses]
    source = b"\2\1\1\1\1\1"
    assert [("read", 0x120000, 6, source, source), ("write", 0x200000, 6, bytes(6), source)] == sides


def test_rep_downwards_has_its_lowest_address_first() -> None:
    step = trace("f: std\n rep stosd\n cld\n ret", rdi=0x200010, rcx=2, eax=0x04030201)[1]
    assert (0x20000C, b"\1\2\3\4" * 2) == (step.accesses[0].address, step.accesses[0].after)


def test_rep_with_nothing_to_do_is_a_step_without_accesses() -> None:
    step = trace("f: rep stosb\n ret", rdi=0x200000, rcx=0)[0]
    assert (0, ()) == (step.repeat, step.accesses)


def test_repe_cmpsb_has_two_reads() -> None:
    step = trace("f: repe cmpsb\n ret", rsi=0x120001, rdi=0x120002, rcx=3)[0]
    assert [("read", 0x120002, 3), ("read", 0x120001, 3)] == [(a.kind, a.address, a.size) for a in step.accesses]


def test_repe_that_ends_early_counts_its_rounds() -> None:
    assert trace("f: repe cmpsb\n ret", rsi=0x120000, rdi=0x120001, rcx=9)[0].repeat == 1


def test_a_store_into_its_own_block_is_one_step() -> None:
    steps = trace("f: mov byte [rel g + 1], 7\ng: mov al, 1\n ret")
    assert [1, 0, 1] == [len(step.accesses) for step in steps]


def test_code_that_changed_is_shown_as_it_was_executed() -> None:
    recorded = trace("f: call g\n mov byte [rel g + 1], 7\n call g\n ret\ng: mov al, 1\n ret")
    assert ["mov al, 1", "mov al, 7"] == [step.text for step in recorded if step.text.startswith("mov al")]


def test_a_branch_to_itself_is_a_step_each_time() -> None:
    assert 4 == len(trace("f: loop f\n ret", rcx=3))


def test_rdtsc_changes_its_own_step() -> None:
    assert {"rax", "rdx"} == set(trace("f: rdtsc\n ret")[0].registers)


def test_the_faulting_instruction_is_the_last_step() -> None:
    recorded = trace("f: nop\n mov eax, [0x4000000]\n ret")
    assert (2, {}, ()) == (len(recorded), recorded[1].registers, recorded[1].accesses)


def test_the_state_before_a_step_is_the_state_after_the_one_before_it() -> None:
    recorded = trace("f: mov eax, 1\n.next: add eax, eax\n dec rcx\n jnz .next\n ret", rcx=2000)
    for index in (0, 511, 512, 513, 1024, 5000, len(recorded) - 2):
        assert recorded[index].after == recorded[index + 1].before


def test_the_state_after_the_last_step_is_the_state_after_the_run() -> None:
    recorded = trace("f: mov eax, 1\n push rax\n pop rbx\n stc\n ret")
    assert recorded[-1].after == recorded.run.registers


def test_the_state_before_the_first_step_is_the_state_before_the_run() -> None:
    recorded = trace("f: ret", rcx=3)
    assert recorded[0].before == recorded.run.before


def test_every_state_is_what_the_engine_had() -> None:
    machine = Machine(assemble(text="f: mov eax, 1\n.n: push rax\n pop rbx\n add eax, ebx\n dec rcx\n jnz .n\n ret"))
    saved = machine.snapshot()
    states: list[Registers] = []
    with machine.watching(lambda _address, _size: states.append(Registers(machine.registers_now()))):
        machine.call("f", rcx=9)
    machine.restore(saved)
    assert states == [step.before for step in record(machine, "f", rcx=9)]


@pytest.mark.parametrize(("bits", "mode"), [(16, "real16"), (32, "protected32"), (64, "long64")])
def test_a_step_knows_its_mode(bits: int, mode: str) -> None:
    step = trace(f"bits {bits}\nf: ret")[0]
    assert (bits, mode) == (step.bits, step.mode)


def test_recording_does_not_change_the_run() -> None:
    text = "f: mov edi, 0x200000\n rep stosb\n rdtsc\n push rax\n pop rbx\n cmp rbx, rdx\n ret"
    plain = Machine(assemble(text=text)).call("f", rcx=100)
    watched = trace(text, rcx=100).run
    assert [plain.registers[name] for name in FULL] == [watched.registers[name] for name in FULL]
    assert plain.memory_changed == watched.memory_changed


def test_a_label_is_found_by_its_visit() -> None:
    recorded = trace("f: nop\n.next: dec rcx\n jnz .next\n ret", rcx=3)
    assert [1, 3, 5] == [recorded.at("f.next", visit).index for visit in (1, 2, 3)]


def test_a_step_leads_back_to_its_line() -> None:
    step = trace("f:\n nop\n\n mov eax, 5 ; five\n ret")[1]
    assert (4, " mov eax, 5 ; five") == (step.line.line, step.line.source.line(step.line.line))
