"""Boot sectors with random bytes in their code, descriptors and tables: each is described, and a reset has a cause.

The short form runs with the other tests; ALLOCATOR_FULL=1 asks for the long one.
"""

from __future__ import annotations

import os
import random

import pytest
from reference.broken_boots import HEALTHY
from reference.broken_boots_tutorials import TUTORIALS

from allocator import Trace, assemble, record
from allocator.checks.broken_rule import find_broken_rules
from allocator.machine.disk import Disk
from allocator.machine.pc import PC
from allocator.machine.run import TRIPLE_FAULT
from allocator.views.broken_rules import broken_rules_lines

BOOTS = 40 if os.environ.get("ALLOCATOR_FULL") else 3
LIMIT = 40_000
PROGRAMS = HEALTHY | TUTORIALS
SECTOR = 510


def corrupted(name: str, seed: int) -> bytes:
    chance = random.Random(f"{name}-{seed}")
    data = bytearray(Disk.of(assemble(text=PROGRAMS[name], bits=16)).data)
    used = len(bytes(data[:SECTOR]).rstrip(b"\0"))
    for _ in range(chance.choice((1, 1, 2, 4))):
        place = chance.randrange(used)
        data[place] = chance.choice((0, 0xFF, data[place] ^ 1 << chance.randrange(8), chance.randrange(256)))
    return bytes(data)


def boot(data: bytes) -> Trace:
    return record(PC(data), limit=LIMIT)


@pytest.mark.parametrize("seed", range(BOOTS))
@pytest.mark.parametrize("name", PROGRAMS)
def test_a_corrupted_boot_is_described_and_a_reset_has_a_cause(name: str, seed: int) -> None:
    trace = boot(corrupted(name, seed))
    lines = list(broken_rules_lines(find_broken_rules(trace)))
    assert lines or trace.stop.kind != TRIPLE_FAULT


@pytest.mark.parametrize("limit", [0, 1, 5, 7, 0x16, 0xFFFF])
def test_a_gdt_that_ends_anywhere_is_described(limit: int) -> None:
    text = HEALTHY["protected"].replace("dw $ - gdt - 1", f"dw {limit}")
    assert limit == 0xFFFF or find_broken_rules(record(PC(assemble(text=text, bits=16)), limit=LIMIT))


@pytest.mark.parametrize("root", [0x1001, 0x1FFC, 0xFFFFFFFF, 0x70000000, 0xFEC00000, 0xF0000])
def test_any_root_of_the_tables_is_described(root: int) -> None:
    text = HEALTHY["paged"].replace("mov eax, 0x1000\n        mov cr3", f"mov eax, {root:#x}\n        mov cr3")
    trace = record(PC(assemble(text=text, bits=16)), limit=LIMIT)
    assert find_broken_rules(trace) or not trace.stop.is_fault


@pytest.mark.parametrize("entry", [0x1003, 0x1083, 0x80000003, 0xFFFFFFFF, 0x3])
def test_a_directory_that_points_at_itself_or_nowhere_is_described(entry: int) -> None:
    text = HEALTHY["paged"].replace("[0x1000], 0x2003", f"[0x1000], {entry:#x}")
    trace = record(PC(assemble(text=text, bits=16)), limit=LIMIT)
    assert find_broken_rules(trace) or not trace.stop.is_fault
