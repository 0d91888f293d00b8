"""The filters of `trace`: which steps each chooses."""

from __future__ import annotations

import pytest
from commands import allocator


def steps(*options: str) -> list[int]:
    said = allocator("trace", "os_mem_allocate", "rcx=3", "--format", "csv", "-F", "step", *options)
    return [int(line) for line in said.out.splitlines()[1:]]


CASES = {
    "everything": ((), list(range(54))),
    "a window": (("--window", "10:13"), [10, 11, 12]),
    "one step": (("--window", "10"), [10]),
    "a window open at its end": (("--window", "52:"), [52, 53]),
    "a window open at its start": (("--window", ":2"), [0, 1]),
    "a window past the end": (("--window", "53:99999999999999999999"), [53]),
    "a local label": (("--label", "os_mem_allocate.restart"), [13]),
    "a routine with its local labels": (("--label", "os_mem_allocate"), list(range(54))),
    "a label that was not reached": (("--label", "os_mem_release"), []),
    "an address": (("--address", "0x100038"), [14, 21, 28]),
    "an address by name": (("--address", "os_mem_allocate.next"), [14, 21, 28]),
    "addresses": (("--address", "os_mem_allocate.restart:os_mem_allocate.next+1"), [13, 14, 21, 28]),
    "writes": (("--access", "write"), [0, 1, 2, 41, 43]),
    "reads of a variable": (("--access", "read:os_MemAmount"), [6]),
    "writes to the page map": (("--access", "write:os_MemoryMap:os_MemoryMap+0x20000"), [43]),
    "the last byte of a long write": (("--access", "write:os_MemoryMap+0x1f"), [43]),
    "either of two": (("--address", "0x100035", "--address", "0x100034"), [12, 13]),
    "both of two": (("--access", "write", "--window", ":3", "--address", "0x100011"), [1]),
}


@pytest.mark.parametrize("name", CASES)
def test_a_filter_chooses(name: str) -> None:
    options, expected = CASES[name]

    assert expected == steps(*options)


def test_a_line_is_chosen_by_its_number() -> None:
    line = next(
        number
        for number, row in enumerate(allocator("trace", "os_mem_allocate", "rcx=3", "--format", "csv").out.splitlines())
        if ",std," in row
    )
    said = allocator("trace", "os_mem_allocate", "rcx=3", "--format", "csv", "-F", "line", "--window", str(line - 1))
    number = said.out.splitlines()[1]

    assert [line - 1] == steps("--line", number) == steps("--line", f"memory.asm:{number}")


def test_lines_of_another_source_are_not_chosen() -> None:
    said = allocator("trace", "os_mem_allocate", "rcx=3", "--line", "other.asm:78")

    assert (2, True) == (said.code, "not a number" in said.err)
