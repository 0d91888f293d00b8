"""Make random page tables: half of what an entry can hold wrong is wrong somewhere, and some of it translates.

A world has few frames, at fixed places, which all serve as tables and as pages, so that entries point at each other
and at themselves.
"""

from __future__ import annotations

import random
from collections.abc import Mapping
from typing import NamedTuple

from reference.page_walk import Rules

FIRST, COUNT = 0x20_0000, 12
FRAMES = [FIRST + 0x1000 * number for number in range(COUNT)]
MODES = ("32-bit", "PAE", "4-level")
_INDICES = (0, 1, 2, 3, 200, 511, 512, 513, 1023)


class World(NamedTuple):
    """Page tables, and how the processor pages over them."""

    rules: Rules
    frames: Mapping[int, bytes]


def random_world(random_: random.Random, mode: str) -> World:
    """Return tables of `mode`, every entry that an address of `random_address` can meet filled."""
    rules = Rules(
        mode,
        root=random_.choice(FRAMES),
        pse=random_.random() < 0.8,
        nxe=random_.random() < 0.5 and mode != "32-bit",
        wp=random_.random() < 0.5,
        smep=random_.random() < 0.3,
    )
    return World(rules, {frame: _table(random_, mode) for frame in FRAMES})


def random_address(random_: random.Random, mode: str) -> int:
    """Return an address that meets filled entries."""
    offset = random_.randrange(0x1000)
    if mode == "32-bit":
        return random_.choice(_INDICES) << 22 | random_.choice(_INDICES) << 12 | offset
    low = random_.choice(_INDICES[:6]) << 21 | random_.choice(_INDICES[:6]) << 12 | offset
    if mode == "PAE":
        return random_.randrange(4) << 30 | low
    address = random_.choice(_INDICES[:6]) << 39 | random_.choice(_INDICES[:6]) << 30 | low
    if address >> 47 and random_.random() < 0.9:
        address |= 0xFFFF << 48
    return address


def _table(random_: random.Random, mode: str) -> bytes:
    size = 4 if mode == "32-bit" else 8
    table = bytearray(4096)
    for index in _INDICES:
        if index * size < 4096:
            table[index * size : (index + 1) * size] = _entry(random_, mode).to_bytes(size, "little")
    return bytes(table)


def _entry(random_: random.Random, mode: str) -> int:
    entry = random_.choice(FRAMES) | random_.randrange(0x1000)
    entry |= 1 if random_.random() < 0.9 else 0
    entry |= 6 if random_.random() < 0.7 else 0
    if random_.random() < 0.7:
        entry &= ~0x80
    elif random_.random() < 0.7:
        entry &= ~random_.choice((0x1FE000, 0x3FE000, 0x3FFFE000))  # aligned as a large page has to be
    if mode != "32-bit" and random_.random() < 0.2:
        entry |= 1 << random_.choice((63, 63, 62, 52, 51, 45, 40, 39, 33))
    if mode == "32-bit" and random_.random() < 0.1:
        entry |= 1 << random_.choice((21, 20, 13, 31))
    return entry
