"""Time the translation of many addresses against a plain Python walk; each row is a ratio measured in one run.

    PYTHONPATH=.:tests python tests/bench/bench_translate.py

One million addresses of user memory through page tables that map 64 MiB in pages of 4 KiB, all frames shuffled, a
tenth of them not present; the plain walk does a hundredth of them.
"""

from __future__ import annotations

import random
import sys

import numpy as np
from pairs import measure_pairs
from reference.page_walk import Rules, page_walk

from allocator.machine.native_walk import Frames, translate_columns
from allocator.machine.page_entries import Paging
from allocator.machine.paging import Access

ADDRESSES = 1_000_000
SAMPLE = 10_000
PAGES = 16384
LIMIT = 1 / 500
USER_READ = Access("read", is_user=True)
SHIFTS = {"32-bit": (22,), "PAE": (30, 21), "4-level": (39, 30, 21)}


def mapped_frames(mode: str) -> dict[int, bytes]:
    """Return the page tables of a process, which begin at 1 MiB."""
    generator = random.Random(mode)
    size = 4 if mode == "32-bit" else 8
    tables: dict[int, bytearray] = {0x100000: bytearray(4096)}
    frames = list(range(0x4000, 0x4000 + PAGES))
    generator.shuffle(frames)
    for page, frame in enumerate(frames):
        table = 0x100000
        for shift in SHIFTS[mode]:
            table = _below(tables, table, _index(page << 12, shift, size), size, shift == 30 and mode == "PAE")
        flags = 7 if generator.random() < 0.9 else 6
        _put(tables[table], _index(page << 12, 12, size), size, frame << 12 | flags)
    return {address: bytes(table) for address, table in tables.items()}


def _index(address: int, shift: int, size: int) -> int:
    return address >> shift & 4096 // size - 1


def _below(tables: dict[int, bytearray], table: int, index: int, size: int, is_pdpte: bool) -> int:
    entry = int.from_bytes(tables[table][index * size : (index + 1) * size], "little")
    if not entry:
        entry = 0x100000 + 0x1000 * len(tables) | (1 if is_pdpte else 7)
        tables[entry & ~0xFFF] = bytearray(4096)
        _put(tables[table], index, size, entry)
    return entry & ~0xFFF


def _put(table: bytearray, index: int, size: int, entry: int) -> None:
    table[index * size : (index + 1) * size] = entry.to_bytes(size, "little")


def main() -> int:
    """Print the table; 1 when a limit is missed."""
    slow = False
    for mode in SHIFTS:
        frames = mapped_frames(mode)
        addresses = np.random.default_rng(1).integers(0, PAGES << 12, ADDRESSES, np.uint64)
        sample = [int(address) for address in addresses[:SAMPLE]]
        rules, paging = Rules(mode, 0x100000), Paging(mode, 0x100000)
        plain = [page_walk(rules, frames, address, user=True) for address in sample]
        native = translate_columns(paging, frames, addresses, USER_READ)
        found = [
            int(place) if fault < 0 else None
            for place, fault in zip(native.physical[:SAMPLE], native.fault, strict=False)
        ]
        assert [physical for physical, _, _ in plain] == found
        memory = Frames(frames)
        measured = measure_pairs(
            lambda paging=paging, memory=memory, addresses=addresses: translate_columns(
                paging, memory, addresses, USER_READ
            ),
            lambda rules=rules, frames=frames, sample=sample: [
                page_walk(rules, frames, each, user=True) for each in sample
            ],
            5,
        )
        ratio = measured.reference * ADDRESSES / SAMPLE / measured.ours
        each = 1e9 * measured.ours / ADDRESSES
        plain_each = 1e9 * measured.reference / SAMPLE
        print(f"{mode:8} {each:6.1f} ns an address, plain {plain_each:8.0f} ns: {ratio:6.0f} times  (limit 500)")
        slow = slow or ratio < 1 / LIMIT
    return int(slow)


if __name__ == "__main__":
    sys.exit(main())
