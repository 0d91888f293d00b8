"""Where values came from, where they went, and that nothing is left out."""

from __future__ import annotations

import os
from random import Random

import numpy as np
import pytest
from reference.random_flow import SCRATCH, SCRATCH_SIZE, random_program

from allocator import Image, Machine, Trace, assemble, record, shipped
from allocator.errors import UsageError
from allocator.registers import GENERAL
from allocator.trace.backward import Wanted, walk_back
from allocator.trace.forward import produced, walk_on
from allocator.trace.locations import PARTS, read_mask
from allocator.trace.native_slice import walk_back_natively, walk_on_natively
from allocator.trace.why import Why, flow_table

PROGRAMS = 600 if os.environ.get("ALLOCATOR_FULL") else 15
CHANGED = tuple(name for name in GENERAL if name not in ("rsp", "rbp"))


def trace(text: str, **registers: int) -> Trace:
    return record(Machine(assemble(text=text)), "f", **registers)


def texts(why: Why) -> list[str]:
    return [step.text for step in why]


def inputs(why: Why, *kinds: str) -> list[str]:
    return [each.name for each in why.inputs if each.kind in (kinds or ("register", "memory", "outside"))]


@pytest.fixture(scope="module")
def allocation() -> Trace:
    return record(Machine(assemble(shipped("memory.asm"))), "os_mem_allocate", rcx=3)


# What is followed


def test_a_value_leads_back_to_a_register_of_the_caller() -> None:
    assert ["rcx"] == inputs(trace("f: mov rax, rcx\n ret").why("rax"))


def test_what_has_nothing_to_do_with_it_is_no_step() -> None:
    assert ["mov rax, rcx"] == texts(trace("f: mov rax, rcx\n mov rdx, rbx\n ret").why("rax"))


def test_a_value_that_nothing_made_is_its_own_input() -> None:
    assert ([], ["rbx"]) == (texts(trace("f: ret").why("rbx")), inputs(trace("f: ret").why("rbx")))


def test_a_constant_has_no_input() -> None:
    assert ["mov eax, 5"] == inputs(trace("f: mov eax, 5\n ret").why("rax"), "constant")


def test_a_constant_of_a_loop_is_one_input_with_its_count() -> None:
    why = trace("f: mov eax, 0\n.n: stc\n adc eax, eax\n loop .n\n ret", rcx=3).why("rax")
    assert [("mov eax, 0", 1), ("stc", 3)] == [(each.name, each.uses) for each in why.inputs if each.kind == "constant"]


@pytest.mark.parametrize("zeroing", ["xor eax, eax", "sub rax, rax", "and eax, 0"])
def test_a_register_that_is_zeroed_by_itself_has_no_input(zeroing: str) -> None:
    assert [] == inputs(trace(f"f: {zeroing}\n ret").why("rax"))


def test_sbb_of_a_register_with_itself_is_the_carry_flag() -> None:
    assert ["cf"] == inputs(trace("f: sbb eax, eax\n ret").why("rax"))


def test_a_part_of_a_register_is_followed_by_itself() -> None:
    why = trace("f: mov al, bl\n mov ah, cl\n ret").why("al")
    assert (["mov al, bl"], ["bl"]) == (texts(why), inputs(why))


def test_a_partial_write_keeps_the_rest() -> None:
    assert ["rax", "bl"] == inputs(trace("f: mov al, bl\n ret").why("rax"))


def test_writing_32_bits_leaves_nothing_of_the_rest() -> None:
    assert ["ebx"] == inputs(trace("f: mov eax, ebx\n ret").why("rax"))


def test_a_flag_is_followed_by_itself() -> None:
    why = trace("f: cmp rbx, rcx\n stc\n setz al\n ret").why("al")
    assert ["cmp rbx, rcx", "sete al"] == texts(why)


def test_inc_leaves_the_carry_flag() -> None:
    assert ["stc"] == texts(trace("f: stc\n inc rbx\n ret").why("cf"))


def test_a_shift_by_no_bits_leaves_the_flags() -> None:
    why = trace("f: cmp rbx, rdx\n shl rax, cl\n ret", rcx=0).why("zf")
    assert ["rax", "cl", "rdx", "rbx"] == sorted(inputs(why), key=["rax", "cl", "rdx", "rbx"].index)


def test_memory_is_followed_through_the_stack() -> None:
    why = trace("f: push rbx\n pop rax\n ret").why("rax")
    assert (["push rbx", "pop rax"], {"rbx", "rsp"}) == (texts(why), set(inputs(why)))


def test_memory_that_the_run_found_is_an_input() -> None:
    (given,) = trace("f: mov eax, [os_MemAmount]\n ret").why("rax").inputs
    assert ("memory", (0x110108, 0x11010C), (64).to_bytes(4, "little")) == (given.kind, given.where, given.value)


def test_what_decides_an_address_is_an_input() -> None:
    assert ["rbx", "0x120001"] == inputs(trace("f: mov al, [rbx]\n ret", rbx=0x120001).why("al"))


def test_a_byte_of_a_copy_comes_from_its_own_byte() -> None:
    text = "f: mov ecx, 8\n mov esi, 0x120000\n mov edi, 0x200000\n rep movsb\n ret"
    assert ["df", "0x120003"] == inputs(trace(text).why(0x200003))


def test_a_byte_of_a_copy_onto_itself_comes_from_any_of_its_bytes() -> None:
    text = "f: mov ecx, 8\n mov esi, 0x200000\n mov edi, 0x200001\n rep movsb\n ret"
    assert ["df", "0x200000"] == inputs(trace(text).why(0x200008))


def test_a_step_that_repeats_is_one_step() -> None:
    assert ["rep stosb"] == texts(trace("f: rep stosb\n ret", rdi=0x200000, rcx=9).why(0x200004))


def test_the_clock_comes_from_outside() -> None:
    assert ["rdtsc"] == inputs(trace("f: rdtsc\n ret").why("rax"))


def test_three_xors_that_exchange_two_registers_are_an_exchange() -> None:
    why = trace("f: xor rax, rbx\n xor rbx, rax\n xor rax, rbx\n ret").why("rax")
    assert ["rbx"] == inputs(why)


def test_of_six_xors_no_step_belongs_to_two_exchanges() -> None:
    text = "f: xor rax, rbx\n xor rbx, rax\n xor rax, rbx\n xor rbx, rax\n xor rax, rbx\n xor rbx, rax\n ret"
    assert ["rbx"] == inputs(trace(text).why("rbx"))


@pytest.mark.parametrize(("moment", "expected"), [(1, {"rax", "rbx"}), (2, {"rax"}), (3, {"rax"})])
def test_an_exchange_that_is_not_over_is_three_xors(moment: int, expected: set[str]) -> None:
    recorded = trace("f: xor rax, rbx\n xor rbx, rax\n xor rax, rbx\n ret")
    name = "rax" if moment == 1 else "rbx"
    assert expected <= set(inputs(recorded.why(name, moment)))


def test_a_moment_is_before_the_step() -> None:
    recorded = trace("f: mov eax, 1\n mov eax, 2\n ret")
    assert [[], ["mov eax, 1"], ["mov eax, 2"]] == [texts(recorded.why("rax", when)) for when in (0, 1, 2)]


def test_a_step_that_faulted_made_nothing() -> None:
    recorded = trace("f: mov eax, 1\n mov eax, [0x4000000]\n ret")
    assert ["mov eax, 1"] == texts(recorded.why("rax"))


def test_a_change_that_no_table_lists_counts() -> None:
    """CPUID changes all of four registers; Capstone lists only their lower halves."""
    recorded = trace("f: mov ebx, 1\n cpuid\n ret", rax=0, rcx=0)
    for name in recorded[1].registers:
        assert [1] == recorded.why(name).steps[-1:].tolist()


def test_a_register_that_was_written_with_its_own_value_was_written() -> None:
    assert ["mov eax, 5", "mov eax, 5"] == [
        trace("f: mov eax, 5\n mov eax, 5\n ret").who_set("rax", when).text for when in (1, 2)
    ]  # type: ignore[union-attr]


def test_who_set_a_flag() -> None:
    step = trace("f: stc\n mov eax, 1\n ret").who_set("cf")
    assert step and "stc" == step.text


def test_nobody_set_a_register() -> None:
    assert trace("f: ret").who_set("rbx") is None


def test_a_name_without_history_is_an_error() -> None:
    with pytest.raises(UsageError, match="'rip' is no register"):
        trace("f: ret").why("rip")


def test_without_control_branches_are_no_steps(allocation: Trace) -> None:
    assert not allocation.why("rax").decisions.size


def test_with_control_the_count_that_a_loop_ran_down_is_an_input() -> None:
    text = "f: mov eax, 1\n.n: add eax, eax\n dec rcx\n jnz .n\n ret"
    assert ([], ["rcx"]) == tuple(
        [name for name in inputs(trace(text, rcx=3).why("rax", control=control)) if name != "rsp"]
        for control in (False, True)
    )


def test_with_control_the_place_of_a_store_is_an_input() -> None:
    text = "f: mov byte [0x200000], 1\n mov [rbx], dl\n mov al, [0x200000]\n ret"
    assert ([], ["rbx"]) == tuple(
        [name for name in inputs(trace(text, rbx=0x200100).why("al", control=control)) if name != "rsp"]
        for control in (False, True)
    )


def test_the_address_that_an_allocation_returns_is_computed_from_the_amount_of_memory(allocation: Trace) -> None:
    assert ["0x110108"] == inputs(allocation.why("rax"))


def test_which_address_an_allocation_returns_is_decided_by_the_count_and_the_page_map(allocation: Trace) -> None:
    assert ["rcx", "rsp", "0x110108", "0x12001d"] == inputs(allocation.why("rax", control=True))


def test_the_byte_of_a_page_is_explained(allocation: Trace) -> None:
    why = allocation.why("page_map[31]")
    assert (b"\2", 43, ["rcx", "0x110108"]) == (why.value, why.steps[-1], inputs(why))


def test_a_variable_is_explained_as_wide_as_it_was_written() -> None:
    assert b"\4\3\2\1" == trace("f: mov dword [0x200000], 0x01020304\n ret").why(0x200000).value


# Other widths


def test_16_bit_code_goes_through_its_stack_segment() -> None:
    why = trace("bits 16\nf: push bx\n pop ax\n ret").why("ax")
    assert (["push bx", "pop ax"], {"sp", "bx", "ss"}) == (texts(why), {name.lstrip("e") for name in inputs(why)})


def test_16_bit_code_stores_through_es() -> None:
    text = "bits 16\nf: mov es, bx\n mov al, 5\n stosb\n ret"
    assert {"bx", "di"} == set(inputs(trace(text, rbx=0x500, rdi=0x10).why(0x5010)))


def test_cbw_in_16_bit_code_keeps_the_upper_half() -> None:
    assert ["eax"] == inputs(trace("bits 16\nf: cbw\n ret").why("eax"))


def test_32_bit_code_calls_and_returns() -> None:
    why = trace("bits 32\nf: call g\n ret\ng: mov eax, ecx\n ret").why("eax")
    assert (["mov eax, ecx"], ["ecx"]) == (texts(why), inputs(why))


def test_an_operand_in_the_stack_of_32_bit_code() -> None:
    why = trace("bits 32\nf: push ecx\n mov eax, [esp]\n pop ecx\n ret").why("eax")
    assert {"ecx", "ss"} < set(inputs(why))


# Sources


def test_a_source_has_its_value_and_its_maker(allocation: Trace) -> None:
    (source,) = allocation.why("rax").sources(48)
    assert ("rbx", 0x3A00000, (47,)) == (source.name, source.value, source.makers)


def test_a_source_that_is_an_input_has_no_maker(allocation: Trace) -> None:
    (source,) = allocation.why("rax").sources(6)
    assert ((0x110108, 0x11010C), 64, ()) == (source.where, source.value, source.makers)


def test_a_source_that_two_steps_made_has_both() -> None:
    why = trace("f: mov al, 1\n mov ah, 2\n mov bx, ax\n ret").why("bx")
    assert [(1, 0)] == [source.makers for source in why.sources(2)]


def test_only_outputs_that_were_used_are_contributions() -> None:
    why = trace("f: cmp rbx, rcx\n setz al\n ret").why("al")
    assert ["zf"] == why.contribution(0)


# Forwards


def test_what_a_value_reached() -> None:
    forward = trace("f: mov rax, 5\n mov rbx, rax\n mov ecx, 1\n lea rcx, [rcx + rbx]\n ret").forward(0)
    assert ([1, 3], ("rax", "rcx", "rbx")) == (forward.steps.tolist(), forward.registers)


def test_what_is_overwritten_is_not_reached_any_more() -> None:
    assert () == trace("f: mov eax, 5\n mov eax, 6\n ret").forward(0).registers


def test_a_value_goes_through_memory() -> None:
    forward = trace("f: mov eax, 5\n mov [0x200000], eax\n mov eax, 0\n mov edx, [0x200000]\n ret").forward(0)
    assert (("rdx",), ((0x200000, 0x200004),)) == (forward.registers, forward.memory)


def test_branches_that_went_by_a_value(allocation: Trace) -> None:
    assert [16, 18, 23, 25, 30, 32] == allocation.forward(6).decisions.tolist()


def test_what_the_last_step_produced_reached_nothing(allocation: Trace) -> None:
    assert 0 == len(allocation.forward(len(allocation) - 1))


# The promise, on random programs


def recorded(image: Image, registers: dict[str, int], memory: bytes) -> Trace:
    machine = Machine(image)
    machine.write(SCRATCH, memory)
    return record(machine, "f", rbp=SCRATCH, **registers)


def way(run: Trace) -> tuple[list[int], list[int]]:
    """The path that a run took, and the places that it went to in memory."""
    return [run.columns.places[number].address for number in run.columns.place], [int(at) for at in run.columns.address]


def random_target(random: Random) -> str | int:
    names = (
        "rax",
        "eax",
        "al",
        "ah",
        "rbx",
        "rcx",
        "rdx",
        "rsi",
        "rdi",
        "r8",
        "r9d",
        "cf",
        "zf",
        "sf",
        "of",
        "pf",
        "af",
    )
    return random.choice((random.choice(names), SCRATCH + random.randrange(SCRATCH_SIZE)))


def change_unnamed(random: Random, why: Why, registers: dict[str, int], memory: bytes) -> tuple[dict[str, int], bytes]:
    """Change inputs that the explanation does not name: parts of registers, and bytes."""
    named = sum(read_mask(each.name) for each in why.inputs if each.kind == "register")
    bytes_named = {byte for each in why.inputs if each.where for byte in range(*each.where)}
    changed, data = dict(registers), bytearray(memory)
    parts = [(name, part) for name in CHANGED for part in range(len(PARTS))]
    for name, part in random.sample(parts, random.choice((1, 4, 50))):
        low, width = PARTS[part]
        if not (read_mask(name) & -read_mask(name)) << part & named:
            changed[name] ^= random.getrandbits(width) << low
    for offset in random.sample(range(SCRATCH_SIZE), random.choice((0, 2, 60))):
        if SCRATCH + offset not in bytes_named:
            data[offset] = random.getrandbits(8)
    return changed, bytes(data)


@pytest.mark.campaign
@pytest.mark.parametrize("control", [False, True])
@pytest.mark.parametrize("branches", [False, True])
def test_changing_an_input_that_is_not_named_leaves_the_value(branches: bool, control: bool) -> None:
    compared = 0
    for seed in range(PROGRAMS):
        random = Random(seed)
        image = assemble(text=random_program(random, random.randint(2, 25), branches))
        registers = {name: random.getrandbits(64) for name in CHANGED}
        memory = random.randbytes(SCRATCH_SIZE)
        run = recorded(image, registers, memory)
        for _ in range(3):
            target = random_target(random)
            why = run.why(target, control=control)
            other = recorded(image, *change_unnamed(random, why, registers, memory))
            if other.stop.kind == "returned" and (control or way(run) == way(other)):
                assert why.value == other.why(why.target.where or target).value, (seed, target)
                compared += 1
    assert compared > PROGRAMS


@pytest.mark.campaign
def test_the_native_walk_back_marks_what_the_plain_one_does() -> None:
    for seed in range(PROGRAMS):
        random = Random(seed)
        run = recorded(assemble(text=random_program(random, 30, True)), {}, bytes(SCRATCH_SIZE))
        for control in (False, True):
            wanted = Wanted(1 << random.randrange(78), frozenset({SCRATCH + random.randrange(SCRATCH_SIZE)}))
            moment = random.randint(0, len(run))
            plain, native = (
                walk(run, flow_table(run), moment, wanted, control) for walk in (walk_back, walk_back_natively)
            )
            assert np.array_equal(plain.by_step, native.by_step), seed
            assert (plain.rest, plain.kinds) == (native.rest, native.kinds), seed


@pytest.mark.campaign
def test_the_native_walk_on_marks_what_the_plain_one_does() -> None:
    for seed in range(PROGRAMS):
        random = Random(seed)
        run = recorded(assemble(text=random_program(random, 30, True)), {}, bytes(SCRATCH_SIZE))
        origin = random.randrange(len(run))
        reached = produced(run, flow_table(run), origin)
        plain, native = (walk(run, flow_table(run), origin, reached) for walk in (walk_on, walk_on_natively))
        assert np.array_equal(plain.by_step, native.by_step), seed
        assert plain.rest == native.rest, seed
