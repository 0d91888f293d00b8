"""Time the whole command, from the shell's point of view, against merely importing the engines.

    python tests/bench/bench_command.py

The first row is the limit of the interface: a person who types ``allocator trace`` waits at most two and a half
times as long as Python needs to load what it stands on. The others are here to see where time goes.
"""

from __future__ import annotations

import sys

from pairs import measure_pairs, python

IMPORTS = "import unicorn, keystone, capstone, numpy"
ROWS = (
    ("allocator trace os_mem_allocate rcx=3", ("trace", "os_mem_allocate", "rcx=3"), 2.5),
    ("allocator trace ... --format jsonl", ("trace", "os_mem_allocate", "rcx=3", "--format", "jsonl"), 2.5),
    ("allocator run os_mem_allocate rcx=3", ("run", "os_mem_allocate", "rcx=3"), 2.5),
    ("allocator", (), 1.0),
)


def main() -> int:
    """Print the table; 1 when a row exceeds its limit."""
    reference = python("-c", IMPORTS)
    failed = 0
    for name, words, limit in ROWS:
        measured = measure_pairs(python("-m", "allocator", *words), reference)
        print(measured.row(name, "importing the engines and numpy", limit))
        failed |= measured.ratio > limit
    return int(failed)


if __name__ == "__main__":
    sys.exit(main())
