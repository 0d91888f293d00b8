"""The ladder of modes, of runs that climb up and down."""

from __future__ import annotations

from pathlib import Path

from golden import assert_golden
from reference.mode_programs import MODE_PROGRAMS

from allocator import Machine, Trace, assemble, record
from allocator.trace.schema import MODES
from allocator.views.mode_ladder import MOST_RUNGS, Preparation, mode_ladder, mode_ladder_html, mode_ladder_text

NAMES = ("protected mode and back", "paging and back", "long mode and back")


def recorded(source: str) -> Trace:
    return record(Machine(assemble(text=source)), "f")


def test_ladders_as_text():
    texts = [f"{name}\n{mode_ladder_text(mode_ladder(recorded(MODE_PROGRAMS[name])))}" for name in NAMES]
    assert_golden("\n\n".join(texts) + "\n", Path(__file__).parent / "golden" / "mode_ladders.txt")


def test_every_rung_is_in_the_mode_of_its_step():
    trace = recorded(MODE_PROGRAMS["long mode and back"])
    rungs = mode_ladder(trace)
    assert [trace[rung.step].mode for rung in rungs] == [rung.mode for rung in rungs]
    assert set(MODES) == {rung.mode for rung in rungs}


def test_a_rung_names_what_prepared_it():
    rungs = mode_ladder(recorded(MODE_PROGRAMS["protected mode and back"]))
    assert Preparation(6, "jmp 8:0x8016", "CS = 8") in rungs[2].preparations


def test_a_run_in_one_mode_has_one_rung():
    rungs = mode_ladder(recorded("bits 64\nf: ret"))
    assert [(0, "long64", "f", ())] == [(rung.step, rung.mode, rung.where, rung.preparations) for rung in rungs]


def test_other_page_tables_are_a_rung():
    source = """
    bits 64
    f:  mov rax, cr3
        lea rbx, [rax + 0x1000 + 0x23]
        mov [0x180000], rbx
        mov edx, 0x180000
        mov cr3, rdx
        mov cr3, rax
        ret
    """
    rungs = mode_ladder(recorded(source))
    assert ["page tables at 180000", "page tables at ffffffe000"] == [
        rung.preparations[-1].effect for rung in rungs[1:]
    ]


def test_a_run_that_switches_without_end_has_a_bounded_ladder():
    source = "bits 64\nf: mov rax, cr3\n mov ecx, 300\n.l: xor rax, 8\n mov cr3, rax\n loop .l\n ret"
    assert MOST_RUNGS == len(mode_ladder(recorded(source)))


def test_labels_are_escaped():
    html = mode_ladder_html(mode_ladder(recorded("bits 64\nf: ret")))
    assert "<table>" in html
    assert "long64" in html
