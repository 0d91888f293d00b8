"""The views of coverage: listing, summary, page, and lcov as the real lcov reads it."""

from __future__ import annotations

import subprocess
from pathlib import Path

import pytest
from golden import assert_golden
from oracles import require_command

from allocator import Machine, assemble
from allocator.checks.coverage_recorder import CoverageRecorder
from allocator.coverage import Coverage
from allocator.views.coverage import coverage_listing, coverage_summary
from allocator.views.coverage_html import coverage_html
from allocator.views.lcov import coverage_lcov

GOLDEN = Path(__file__).parent / "golden"
POOL = """; pool.asm -- one page at a time, from the bottom
pool_take:
        mov     rsi, os_MemoryMap
.next:
        lodsb
        cmp     al, 1
        je      .found
        cmp     rsi, os_MemoryMap + 8
        jb      .next
        xor     eax, eax
        ret
.found:
        mov     byte [rsi - 1], 2
        lea     rax, [rsi - 1 - os_MemoryMap]
        shl     rax, 21
        ret

pool_give:
        shr     rax, 21
        mov     byte [rax + os_MemoryMap], 1
        ret
"""


@pytest.fixture
def pool(tmp_path: Path) -> Coverage:
    """What one page taken from a map of used and free pages reaches."""
    path = tmp_path / "pool.asm"
    path.write_text(POOL, encoding="utf-8")
    machine = Machine(assemble(path))
    machine.page_map.load(bytes([2, 2, 1, 1]))
    with CoverageRecorder(machine) as recorder:
        machine.call("pool_take")
    return recorder.coverage()


def named(coverage: Coverage, text: str) -> str:
    return text.replace(coverage.parts[0].source.name, "pool.asm")


def test_the_listing_shows_what_was_reached_beside_the_source(pool: Coverage) -> None:
    assert_golden(named(pool, "\n".join(coverage_listing(pool)) + "\n"), GOLDEN / "coverage-listing.txt")


def test_the_summary_has_a_line_for_each_source(pool: Coverage) -> None:
    [_head, line] = coverage_summary(pool)

    assert ["15", "5", "2", "1", "68.4%", "9", "always", "taken,", "10-11,", "19-21"] == line.split()[1:]


def test_all_of_several_sources_is_the_last_line(pool: Coverage) -> None:
    assert coverage_summary(pool + coverage_of_g("g: ret"))[-1].startswith("all ")


def coverage_of_g(text: str) -> Coverage:
    machine = Machine(assemble(text=text))
    with CoverageRecorder(machine) as recorder:
        machine.call("g")
    return recorder.coverage()


def test_nearly_all_is_not_all() -> None:
    machine = Machine(assemble(text="g: " + 3000 * "nop\n" + "ret\nh: ret"))
    with CoverageRecorder(machine) as recorder:
        machine.call("g")

    assert " 99.9% " in coverage_summary(recorder.coverage())[1]


def test_the_page_says_in_words_what_colour_says(pool: Coverage) -> None:
    page = coverage_html(pool)

    assert "always taken</span>" in page
    assert "never run</span>" in page


def test_a_source_cannot_put_tags_into_the_page() -> None:
    assert "<script>" not in coverage_html(coverage_of_g("g: ret ; <script>alert(1)</script>"))


def test_the_real_lcov_reads_the_same_numbers(pool: Coverage, tmp_path: Path) -> None:
    lcov = require_command("lcov")
    (tmp_path / "pool.info").write_text("\n".join(coverage_lcov(pool)) + "\n", encoding="utf-8")
    command = [lcov, "--rc", "lcov_branch_coverage=1", "--summary", str(tmp_path / "pool.info")]
    said = subprocess.run(command, capture_output=True, text=True, timeout=60, check=True)
    numbers = [line.split("(")[1] for line in (said.stdout + said.stderr).splitlines() if "%" in line]

    assert ["10 of 15 lines)", "1 of 2 functions)", "3 of 4 branches)"] == numbers
