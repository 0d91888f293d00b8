"""The graph of where a value came from: every step, every arc, and no arc over another."""

from __future__ import annotations

import re
from itertools import pairwise

import pytest
from reference.boot_programs import sector
from views.test_html import HOSTILE, Reader, text_of

from allocator import Image, Machine, Trace, assemble, record
from allocator.machine.pc import PC
from allocator.views.html_why import MOST_STEPS, Arc, arcs_of, is_apart, lanes_of, why_html


@pytest.fixture(scope="module")
def trace(our_program: Image) -> Trace:
    return record(Machine(our_program), "os_mem_allocate", rcx=3)


def traced(code: str, **registers: int) -> Trace:
    return record(Machine(assemble(text=code)), "f", **registers)


def test_the_value_is_said_first(trace: Trace) -> None:
    assert text_of(why_html(trace.why("rax"))).startswith("why rax at the end: 0x3a00000")


def test_each_step_is_a_row_with_what_it_made(trace: Trace) -> None:
    why = trace.why("rax")
    shown = why_html(why)

    assert len(why) == shown.count("<circle")
    assert "47 shl rbx, PAGE_SIZE_BITS rbx = 0x3a00000" in text_of(shown)


def test_inputs_stand_below_the_steps(trace: Trace) -> None:
    assert text_of(why_html(trace.why("rax"))).endswith("os_MemAmount = 0x40 as it lay there at the start")


def test_an_arc_leads_from_each_maker_to_its_user() -> None:
    trace = traced("f: mov rax, rcx\n mov rdx, rax\n add rdx, rax\n ret")
    why = trace.why("rdx")
    inputs = [each for each in why.inputs if each.kind != "constant"]

    assert {(0, 1, "rdx"), (0, 2, "rax"), (1, 2, "rax"), (2, 3, "rcx")} == set(arcs_of(why, [2, 1, 0], inputs))


def test_arcs_that_run_beside_each_other_have_lanes_of_their_own() -> None:
    arcs = [Arc(user, maker, "") for user in range(8) for maker in range(user + 1, 9)]
    lanes = lanes_of(arcs)

    clashes = [
        (one, other)
        for one in arcs
        for other in arcs
        if one is not other and lanes[one] == lanes[other] and not is_apart(one, other)
    ]
    assert [] == clashes


def test_an_arc_says_what_flows_along_it(trace: Trace) -> None:
    assert "<title>rbx</title>" in why_html(trace.why("rax"))


def test_a_value_that_no_step_made_has_no_steps() -> None:
    words = text_of(why_html(traced("f: ret").why("rcx")))

    assert "rcx" in words


def test_a_long_explanation_is_cut_and_says_so() -> None:
    trace = traced("f: mov ecx, 1000\n.next: add rax, rcx\n loop .next\n ret")
    shown = why_html(trace.why("rax"))

    assert MOST_STEPS == shown.count("<circle")
    assert "earlier steps are not drawn" in text_of(shown)
    assert len(shown) < 60_000


def test_steps_that_only_say_where_the_stack_lies_are_counted() -> None:
    trace = traced("f: push rdx\n push rcx\n pop rax\n pop rdx\n ret")

    assert "1 that only say where memory lies (segments, the stack) are left out" in text_of(why_html(trace.why("rax")))


def test_a_source_cannot_draw_outside_of_its_row() -> None:
    trace = record(Machine(assemble(text=f"f: mov rax, rcx ; {HOSTILE}", name=HOSTILE)), "f")

    assert {"script", "img"}.isdisjoint(Reader(why_html(trace.why("rax"))).tags)


def test_rows_do_not_overlap(trace: Trace) -> None:
    heights = [float(y) for y in re.findall(r'<circle[^>]* cy="([\d.]+)"', why_html(trace.why("rax")))]

    assert {22.0} == {after - before for before, after in pairwise(heights)}


def test_a_service_of_the_firmware_has_its_name() -> None:
    trace = record(PC(assemble(text=sector(" int 0x12\n mov bx, ax"), bits=16), "64M"), limit=10_000)

    assert 2 == text_of(why_html(trace.why("bx"))).count("INT 12h")
