"""Which outputs of an instruction come from which of its inputs, where the tables alone would be too coarse."""

from __future__ import annotations

from random import Random

import pytest
from reference.boot_programs import sector
from reference.random_flow import SCRATCH_SIZE, random_program
from test_why import CHANGED, change_unnamed, random_target, recorded, texts, way
from test_why_memory import assert_twins_agree

from allocator import Trace, assemble, record
from allocator.machine.pc import PC
from allocator.trace.flow import MOST_RULES, Rule, flow_of
from allocator.trace.flow_table import bounded
from allocator.trace.schema import Place

SOME = 15


def boot_of(body: str) -> Trace:
    return record(PC(assemble(text=sector(body), bits=16), "64M"), limit=10_000)


def sources(trace: Trace, what: str) -> list[str]:
    """The steps that gave a constant to what is asked for."""
    return [text for text in texts(trace.why(what).values) if text.startswith("mov e")]


# A selector


def test_a_selector_comes_from_16_bits() -> None:
    trace = boot_of(" mov eax, 0x12340050\n mov es, ax\n mov bx, es")
    assert not [each for each in trace.why("bx").inputs if each.name == "eax"]


# All registers at once


@pytest.mark.parametrize("width", ["", "d"])
def test_of_all_registers_that_were_pushed_each_is_itself(width: str) -> None:
    trace = boot_of(f" mov ebx, 7\n mov ecx, 8\n pusha{width}\n mov ebx, 9\n popa{width}")
    assert ["mov ebx, 7"] == sources(trace, "bx")


def test_a_word_of_those_that_were_pushed_is_that_of_its_register() -> None:
    trace = boot_of(" mov esi, 6\n mov edi, 7\n pusha\n pop ax\n pop bx")
    assert ["mov esi, 6"] == sources(trace, "bx")


def test_popping_all_words_leaves_the_upper_halves() -> None:
    trace = boot_of(" mov ebx, 0x70007\n pusha\n mov ebx, 0x80008\n popa")
    assert (0x80007, ["mov ebx, 0x70007", "mov ebx, 0x80008"]) == (
        trace.registers_at("end").ebx,
        sorted(sources(trace, "ebx")),
    )


def test_the_stack_pointer_that_was_pushed_with_all_is_where_it_was() -> None:
    trace = boot_of(" mov esp, 0x7000\n pusha\n pop ax\n pop ax\n pop ax\n pop ax")
    assert "mov esp, 0x7000" in texts(trace.why("ax"))


def test_a_register_that_was_popped_with_all_has_the_source_of_its_own() -> None:
    trace = boot_of(" mov ebx, 7\n pusha\n popa")
    why = trace.why("bx").values
    (source,) = (each for each in why.sources(int(why.steps[-1])) if each.physical)
    assert (7, ["pusha"]) == (source.value, [trace[maker].text for maker in source.makers])


def test_what_one_register_reached_through_the_stack_is_itself() -> None:
    trace = boot_of(" mov ebx, 7\n pusha\n popa")
    origin = next(step.index for step in trace if step.text == "mov ebx, 7")
    assert {"rbx"} == set(trace.forward(origin).registers)


@pytest.mark.parametrize("width", ["", "d"])
def test_both_walks_follow_each_of_all_registers(width: str) -> None:
    trace = boot_of(f" mov ebx, 7\n pusha{width}\n mov [bx + 0x600], bx\n popa{width}\n push bx\n pop dx")
    for seed in range(40):
        assert_twins_agree(trace, seed, range(0x7BE0, 0x7C00))


# Rules


@pytest.mark.parametrize("code", [b"\x60", b"\x61", b"\x66\x60", b"\x89\xd8", b"\xf3\xa4", b"\xcf", b"\xc8\x10\0\1"])
def test_an_instruction_has_no_more_rules_than_a_mark_has_room_for(code: bytes) -> None:
    assert MOST_RULES >= len(flow_of(Place(0x7C00, code, 16, "real16")).rules)


def test_more_rules_than_that_are_made_one() -> None:
    flow = flow_of(Place(0x7C00, b"\x61", 16, "real16"))
    more = flow._replace(rules=(*flow.rules, Rule(1, 2), Rule(4, 8, walks=True)))
    fewer = bounded(more)
    assert (MOST_RULES, flow.outputs | 5, True) == (len(fewer.rules), fewer.outputs, fewer.rules[-1].walks)


# Values alone


def test_a_register_in_a_stack_is_followed_without_the_stack_pointer() -> None:
    trace = boot_of(" mov sp, 0x7000\n push bx\n pop ax")
    assert ["push bx", "pop ax"] == texts(trace.why("ax").values)


def test_a_stack_pointer_that_is_a_value_is_followed() -> None:
    trace = boot_of(" mov sp, 0x7000\n mov ax, sp")
    assert "mov sp, 0x7000" in texts(trace.why("ax").values)


def test_the_values_are_a_part_of_the_whole() -> None:
    for seed in range(SOME):
        random = Random(seed)
        run = recorded(assemble(text=random_program(random, 20, True)), {}, bytes(SCRATCH_SIZE))
        why = run.why(random_target(random), control=True)
        assert set(why.values.steps.tolist()) <= set(why.steps.tolist()), seed


@pytest.mark.campaign
def test_changing_what_the_values_do_not_name_leaves_the_value() -> None:
    compared = 0
    for seed in range(SOME):
        random = Random(seed)
        image = assemble(text=random_program(random, random.randint(2, 25), True))
        registers, memory = {name: random.getrandbits(64) for name in CHANGED}, random.randbytes(SCRATCH_SIZE)
        run = recorded(image, registers, memory)
        for _ in range(4):
            target = random_target(random)
            why = run.why(target).values
            other = recorded(image, *change_unnamed(random, why, registers, memory))
            if other.stop.kind == "returned" and way(run) == way(other):
                assert why.value == other.why(why.target.where or target).value, (seed, target)
                compared += 1
    assert compared > SOME
