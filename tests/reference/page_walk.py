"""Translate one linear address the plain way: the twin of `allocator.machine.paging` and of the native walk.

Written from the tables of the Intel SDM, volume 3, chapter 4, with nothing of the package. The answer is
``(physical, error, bits)``: the physical address, or None with an error (see below), and the bits of the offset
in the page (12, 21, 22, 30; 0 without a page).
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import NamedTuple

NOT_CANONICAL = -2
OUTSIDE = -3
"""In place of a page fault's error code: #GP, and a table where no memory is."""


class Rules(NamedTuple):
    """How this processor pages: ``mode`` is 32-bit, PAE or 4-level, ``m`` the bits of a physical address."""

    mode: str
    root: int
    pse: bool = True
    nxe: bool = False
    wp: bool = False
    smep: bool = False
    smap: bool = False
    m: int = 40


def page_walk(  # noqa: PLR0911, PLR0917 -- as the manual's tables go, one rule after another
    rules: Rules,
    frames: Mapping[int, bytes],
    address: int,
    write: bool = False,
    user: bool = False,
    fetch: bool = False,
) -> tuple[int | None, int, int]:
    """Walk the tables that lie in `frames` (4 KiB by address)."""
    who = 2 * write + 4 * user + (16 if fetch and (rules.nxe or rules.smep) else 0)
    may_user = may_write = may_execute = True
    if rules.mode == "32-bit":
        shifts, width = (22, 12), 4
    elif rules.mode == "PAE":
        shifts, width = (30, 21, 12), 8
    else:
        shifts, width = (39, 30, 21, 12), 8
        if not (address < 1 << 47 or address >= (1 << 64) - (1 << 47)):
            return None, NOT_CANONICAL, 0
    table = rules.root
    for shift in shifts:
        number = address >> shift & (1023 if width == 4 else 3 if rules.mode == "PAE" and shift == 30 else 511)
        place = table + number * width
        frame = frames.get(place & ~0xFFF)
        if frame is None:
            return None, OUTSIDE, 0
        entry = int.from_bytes(frame[place & 0xFFF : (place & 0xFFF) + width], "little")
        if not entry & 1:
            return None, who, 0
        if rules.mode == "PAE" and shift == 30:
            if entry >> rules.m:
                return None, who | 9, 0
            table = entry & 0xFFFFFFFFFF000
            continue
        may_user &= bool(entry & 4)
        may_write &= bool(entry & 2)
        if width == 8:
            if entry >> 63 and not rules.nxe:
                return None, who | 9, 0
            may_execute &= not entry >> 63
            if (entry & (1 << (63 if rules.mode == "PAE" else 52)) - 1) >> rules.m:
                return None, who | 9, 0
            if shift == 39 and entry & 0x80:
                return None, who | 9, 0
        is_large = entry & 0x80 and (shift in (21, 30) or (shift == 22 and rules.pse))
        if is_large or shift == 12:
            if shift in (21, 30) and entry >> 13 & (1 << shift - 13) - 1:
                return None, who | 9, 0
            if shift == 22 and entry & 1 << 21:
                return None, who | 9, 0
            break
        table = entry & (0xFFFFF000 if width == 4 else 0xFFFFFFFFFF000)
    if user and not may_user:
        return None, who | 1, 0
    if fetch and not may_execute:
        return None, who | 1, 0
    if fetch and rules.smep and not user and may_user:
        return None, who | 1, 0
    if not fetch and rules.smap and not user and may_user:
        return None, who | 1, 0
    if write and not may_write and (user or rules.wp):
        return None, who | 1, 0
    if shift == 22:
        page = entry & 0xFFC00000 | (entry >> 13 & 0xFF) << 32
    elif width == 4:
        page = entry & 0xFFFFF000
    else:
        page = entry & 0xFFFFFFFFFF000 & -(1 << shift)
    return page | address & (1 << shift) - 1, 0, shift
