"""``allocator check --coverage``."""

from __future__ import annotations

import sys
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parents[1] / "cli"))
from commands import allocator


def test_the_checks_reach_every_instruction_and_outcome_of_the_shipped_source() -> None:
    said = allocator("check", "--coverage")

    assert 0 == said.code
    assert "memory.asm: 100.0%, 81 of 81 instructions, 12 of 12 outcomes of branches" in said.out


def test_a_routine_that_is_not_checked_is_never_run(tmp_path: Path) -> None:
    source = tmp_path / "t.asm"
    source.write_text("; f -- \n; IN nothing\n; OUT RAX = 1\n; FLAGS undefined\nf: mov eax, 1\n ret\ng: ret\n")

    assert (
        "     7  never run            0                    g: ret" in allocator("check", "-s", source, "--coverage").out
    )


def test_json_has_no_listing() -> None:
    said = allocator("check", "--coverage", "--json")

    assert (2, True) == (said.code, "without --json" in said.err)
