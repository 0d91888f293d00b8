"""Code that page tables show at another address than it was loaded to has labels and lines."""

from __future__ import annotations

from functools import cache
from pathlib import Path

from allocator import PC, Machine, Trace, assemble, load_trace, record, save_trace, shipped
from allocator.trace.code_home import code_home, places_at
from allocator.views.listing import trace_listing

TO_USER = 0x400000 - 0x7000


@cache
def privilege() -> Trace:
    return record(PC(assemble(shipped("privilege.asm"))))


def user_steps(trace: Trace) -> list[int]:
    return [step.index for step in trace if step.mode == "paged32" and step.before.cs & 3 == 3]


def test_a_process_has_the_labels_of_its_source() -> None:
    labels = [str(privilege()[step].location) for step in user_steps(privilege())]
    assert ["process_a", "process_a+0xa", "process_b", "process_b+0xa", "process_a+0xc"] == labels[:5]


def test_a_process_has_the_lines_of_its_source() -> None:
    step = privilege()[user_steps(privilege())[0]]
    assert step.line is not None
    assert "mov     dword [USER_DATA], MARK_A" in step.line.source.text.splitlines()[step.line.line - 1]


def test_a_label_is_reached_where_its_code_is_mapped() -> None:
    found = privilege().at("process_b")
    assert (privilege().image.symbols["process_b"] + TO_USER, 3) == (found.address, found.before.cs & 3)


def test_steps_are_selected_by_a_label_that_is_mapped_elsewhere() -> None:
    assert 2 == len(privilege().select(label="process_b"))


def test_the_address_of_a_step_stays_that_at_which_it_ran() -> None:
    step = privilege()[user_steps(privilege())[0]]
    number = int(privilege().columns.place[step.index])
    assert step.address - TO_USER == code_home(privilege(), number)


def test_the_listing_names_the_process() -> None:
    first = user_steps(privilege())[0]
    lines = list(trace_listing(privilege(), privilege()[first : first + 1]))
    assert any("<process_a>:" in line for line in lines)
    assert not any("outside the image" in line for line in lines)


def test_a_saved_trace_knows_it_too(tmp_path: Path) -> None:
    path = tmp_path / "privilege.parquet"
    save_trace(privilege(), path)
    saved = load_trace(path)
    assert [privilege()[step].location for step in user_steps(saved)] == [
        saved[step].location for step in user_steps(saved)
    ]


def test_code_that_lies_where_it_was_assembled_for_is_at_home() -> None:
    trace = record(Machine(assemble(text="f: nop\n ret")), "f")
    assert [place.address for place in trace.columns.places] == [
        code_home(trace, number) for number in range(len(trace.columns.places))
    ]


def test_a_place_is_found_by_both_of_its_addresses() -> None:
    home = privilege().image.symbols["process_a"]
    assert 1 == len(places_at(privilege(), home)) == len(places_at(privilege(), home + TO_USER))


def test_bytes_that_are_others_at_home_have_no_label() -> None:
    source = shipped("privilege.asm").read_text(encoding="utf-8")
    room = "        invlpg  [MOVING]\n        mov     eax, dword [MOVING]\n"
    push = "        push    PROCESS_DATA            ; as if A had been interrupted\n"
    assert (1, 1) == (source.count(room), source.count(push))
    changed = source.replace(room, "").replace(push, f"        mov     byte [process_b + 6], 0xCC\n{push}")
    trace = record(PC(assemble(text=changed, bits=16)))
    assert ["process_a", "None"] == [str(trace[step].location) for step in user_steps(trace)[:3:2]]
