"""Time the search for broken rules against the recorded boot; each row is a ratio measured in one run.

    PYTHONPATH=.:tests python tests/bench/bench_rules.py

A boot and its broken rules together take at most twice the boot; a run that stays in real mode costs next to nothing.
"""

from __future__ import annotations

import sys

from pairs import measure_pairs
from reference.boot_programs import BOOT_PROGRAMS
from reference.broken_boots import BROKEN_BOOTS, PAGED

from allocator import Trace, assemble, record, shipped
from allocator.assembly.image import Image
from allocator.checks.broken_rule import _found, find_broken_rules
from allocator.machine.pc import PC

LIMIT = 2.0
UNITS = 2_000_000
REPETITIONS = 7
PROGRAMS = {
    "the shipped chain": assemble(shipped("boot.asm"), shipped("bridge.asm")),
    "page tables of 4 MiB": assemble(text=PAGED, bits=16),
    "a boot that triple-faults": assemble(text=BROKEN_BOOTS["table not present"].text, bits=16),
    "real mode alone": assemble(text=BOOT_PROGRAMS["services"], bits=16),
}


def boot(image: Image) -> Trace:
    """Return a new machine's boot, recorded."""
    return record(PC(image), limit=UNITS)


def explain(image: Image) -> None:
    """Record a boot, and ask which rules it broke."""
    _found.cache_clear()
    find_broken_rules(boot(image))


def main() -> int:
    """Print the table; 1 when a limit is missed."""
    slow = False
    for name, image in PROGRAMS.items():
        explain(image)  # loads what is loaded late
        measured = measure_pairs(lambda image=image: explain(image), lambda image=image: boot(image), REPETITIONS)
        print(measured.row(f"{name}, with its rules", "the recorded boot alone", LIMIT))
        slow = slow or measured.ratio > LIMIT
    return int(slow)


if __name__ == "__main__":
    sys.exit(main())
