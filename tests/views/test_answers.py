"""What answers say of the page walk, and how much of a long answer is shown."""

from __future__ import annotations

from functools import cache
from pathlib import Path

from reference.paged_programs import TABLES_A, paged

from allocator import Machine, Trace, assemble, record
from allocator.machine.pc import PC
from allocator.trace.archive import load_trace, save_trace
from allocator.views.answers import answer_text
from allocator.views.extent import SCREEN, Extent

ENTRY = TABLES_A + 4
MARKED = f"mov dword [0x400000], 5\n mov ebx, [{ENTRY:#x}]"


@cache
def marked() -> Trace:
    return record(PC(assemble(text=paged(MARKED, {0x400000: 0x400000}), bits=16), "64M"), limit=10_000)


def said(trace: Trace, question: str, extent: Extent = SCREEN) -> list[str]:
    return [" ".join(line.split()) for line in answer_text(trace.query(question), width=200, extent=extent)]


def test_what_the_page_walk_wrote_is_said_to_be_the_processors() -> None:
    assert said(marked(), f"writes {ENTRY:#x}")[-1].endswith(
        "mov dword [0x400000], 5 the processor sets accessed, dirty in the PDE at 0x20004, for 0x400000"
    )


def test_it_is_no_last_write() -> None:
    assert any("write 0x20004 = 0x400083" in line for line in said(marked(), f"last write {ENTRY:#x}"))


def test_a_saved_trace_says_it_as_well(tmp_path: Path) -> None:
    save_trace(marked(), tmp_path / "t.parquet")
    loaded = load_trace(tmp_path / "t.parquet")
    assert said(marked(), f"writes {ENTRY:#x}") == said(loaded, f"writes {ENTRY:#x}")


def test_what_a_value_reached_names_the_store_and_not_the_page_walk() -> None:
    trace = marked()
    store = next(step.index for step in trace if step.text == "mov dword [0x400000], 5")
    assert not any("sets accessed" in line for line in said(trace, f"forward {store - 1}")[4:])


def test_more_steps_that_a_value_reached_than_a_screen_holds_are_counted() -> None:
    trace = record(Machine(assemble(text="f: mov eax, 1\n.n: add eax, eax\n loop .n\n ret")), "f", rcx=50)
    assert "... 30 later steps: --all" in said(trace, "forward 0", Extent(hint="--all"))


def test_a_step_that_uses_and_decides_is_counted_once() -> None:
    trace = record(Machine(assemble(text="f: mov ecx, 3\n.n: loop .n\n ret")), "f")
    lines = said(trace, "forward 0")
    assert "went into 3 steps, and 3 branches went by it" in lines
    assert not any("later" in line for line in lines)
