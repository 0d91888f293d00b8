"""Translate many addresses at once: columns in, columns out, walked in native code by Numba.

    addresses, frames  ->  physical   fault                          page_bits
                           ........   TRANSLATED, or an error code   12, 21, 22 or 30; 0 without a page

- ``frames`` are 4 KiB of physical memory by address, as a machine's snapshot has them: what is not among them is zero.
- A frame is found by its number in a table of twice as many places or more, probed from a hash on.
- What the levels above the page tables say is kept for the 2 MiB (4 MiB in 32-bit paging) around an address, as a
  processor keeps it: one cached row and one entry suffice for most addresses.
- NX is turned over where it is kept, so that all rights of a walk are one AND of its entries.
- What comes out is what `paging.walk` says.

Not modelled: what `paging` does not model; accessed and dirty bits are not told of here.
"""

# Numba infers the types of what it compiles, and its decorators hide them from anybody else.
# mypy: ignore-errors
# ruff: noqa: ANN001, ANN202

from __future__ import annotations

from collections.abc import Mapping
from typing import NamedTuple

import numpy as np
from numba import njit

from allocator.machine.page_entries import BITS_32, LEVELS_4, LEVELS_5, NO_PAGING, PAE, Paging
from allocator.machine.paging import KERNEL_READ, Access
from allocator.units import FRAME_SIZE

TRANSLATED, NOT_CANONICAL, NOT_MODELLED = -1, -2, -3
"""In the column ``fault``, in place of a page fault's error code: none; #GP; 5-level paging."""

_HASH = np.uint64(0x9E3779B97F4A7C15)
_FRAME_OF = np.uint64(0x000FFFFFFFFFF000)
_P, _RW, _US, _PS, _NX = np.uint64(1), np.uint64(2), np.uint64(4), np.uint64(0x80), np.uint64(1 << 63)
_ZERO, _ONE, _OFFSET = np.uint64(0), np.uint64(1), np.uint64(0xFFF)
_FRAME_BITS = np.uint64(12)

SLOTS = 1 << 12
_CACHED = np.dtype(
    [
        # which 2 or 4 MiB have this page table, and where it begins
        ("key", np.uint64), ("table", np.uint64),
        # what the bits `mask` of an entry have to be, the rights above it considered
        ("mask", np.uint64), ("value", np.uint64),
        # which 2 or 4 MiB have one answer: the physical address, the fault, the page
        ("whole_key", np.uint64), ("base", np.uint64), ("fault", np.int8), ("page_bits", np.uint8),
    ],
    align=True,
)  # fmt: skip


class Translations(NamedTuple):
    """A row for each address; ``physical`` means something where ``fault`` is TRANSLATED."""

    physical: np.ndarray
    fault: np.ndarray
    page_bits: np.ndarray


class Frames:
    """Physical memory that can be searched by native code; made once for any number of translations."""

    def __init__(self, frames: Mapping[int, bytes]) -> None:
        self.words = np.frombuffer(b"".join(frames.values()) or bytes(FRAME_SIZE), np.uint64)
        places = 1 << (2 * len(frames) + 1).bit_length()
        self.shift = np.uint64(65 - places.bit_length())
        self.numbers = np.full(places, ~_ZERO)
        self.starts = np.zeros(places, np.int64)
        numbers = np.fromiter((address // FRAME_SIZE for address in frames), np.uint64, len(frames))
        _index(numbers, self.numbers, self.starts, self.shift)


def translate_columns(
    paging: Paging, frames: Frames | Mapping[int, bytes], addresses: np.ndarray, access: Access = KERNEL_READ
) -> Translations:
    """Translate a column of linear addresses, all asked for by the same `access`."""
    memory = frames if isinstance(frames, Frames) else Frames(frames)
    linear = np.ascontiguousarray(addresses, np.uint64)
    rows = len(linear)
    columns = Translations(np.empty(rows, np.uint64), np.empty(rows, np.int8), np.empty(rows, np.uint8))
    if paging.mode in (NO_PAGING, LEVELS_5):
        columns.physical[:] = linear & np.uint64(0xFFFFFFFF)
        columns.fault[:] = TRANSLATED if paging.mode == NO_PAGING else NOT_MODELLED
        columns.page_bits[:] = 0
        return columns
    words = memory.words.view(np.uint32) if paging.mode == BITS_32 else memory.words
    cached = np.full(SLOTS, ~_ZERO, _CACHED)
    _walk_all(_terms(paging, access), words, memory.numbers, memory.starts, memory.shift, cached, linear, *columns)
    return columns


_TERMS = np.dtype(
    [
        ("root", np.uint64), ("address_mask", np.uint64), ("is_canonical", np.bool_), ("has_large", np.bool_),
        # entries in a frame as a power of two; the first level, and that of a page table's directory
        ("entry_bits", np.uint64), ("first_shift", np.uint64), ("first_mask", np.uint64), ("reach", np.uint64),
        # bits that no entry may have; none of the first level; none of a page of 4 MiB
        ("reserved", np.uint64), ("reserved_first", np.uint64), ("reserved_large", np.uint64),
        # whether the first level has rights; those that a walk must leave, NX turned over, and those that it must not
        ("first_has_rights", np.bool_), ("wanted", np.uint64), ("looked_at", np.uint64),
        # the bits of the error code that say who asked
        ("who", np.int8),
    ]
)  # fmt: skip


def _terms(paging: Paging, access: Access) -> np.void:
    """Return in numbers what a walk by `access` looks for."""
    terms = np.zeros(1, _TERMS)[0]
    first = paging.levels[0]
    terms["root"], terms["has_large"] = paging.root, paging.has_large_pages or paging.mode != BITS_32
    terms["is_canonical"] = paging.mode == LEVELS_4
    terms["address_mask"] = (1 << 64) - 1 if paging.mode == LEVELS_4 else 0xFFFFFFFF
    terms["entry_bits"] = paging.levels[-1].bits
    terms["first_shift"], terms["first_mask"] = first.shift, (1 << first.bits) - 1
    terms["reach"] = 12 + paging.levels[-1].bits
    terms["first_has_rights"] = paging.mode != PAE
    _set_reserved(terms, paging)
    _set_rights(terms, paging, access)
    return terms


def _set_reserved(terms: np.void, paging: Paging) -> None:
    if paging.mode == BITS_32:
        terms["reserved_large"] = 0x3FE000 & -(1 << max(13, paging.physical_bits - 19))
        return
    upper = (1 << (63 if paging.mode == PAE else 52)) - (1 << paging.physical_bits)
    reserved = upper | (0 if paging.has_no_execute else 1 << 63)
    terms["reserved"] = reserved
    terms["reserved_first"] = upper | 1 << 63 if paging.mode == PAE else reserved | 0x80


def _set_rights(terms: np.void, paging: Paging, access: Access) -> None:
    is_write, is_fetch = access.kind == "write", access.kind == "fetch"
    respects = is_write and (access.is_user or paging.kernel_respects_read_only)
    spares = (paging.smep if is_fetch else paging.smap and not access.has_ac) and not access.is_user
    wanted = 4 * access.is_user | 2 * respects | (1 << 63 if is_fetch and paging.has_no_execute else 0)
    terms["wanted"] = wanted
    terms["looked_at"] = wanted | 4 * spares
    terms["who"] = 2 * is_write | 4 * access.is_user | 16 * (is_fetch and (paging.has_no_execute or paging.smep))


@njit(cache=True)
def _index(numbers, places, starts, shift):
    """Enter the number of each frame at the first free place from its hash on."""
    mask = len(places) - 1
    for row in range(len(numbers)):
        place = np.int64((numbers[row] * _HASH) >> shift)
        while places[place] != ~_ZERO:
            place = (place + 1) & mask
        places[place] = numbers[row]
        starts[place] = row


@njit(cache=True, inline="always")
def _start_of(number, numbers, starts, shift):
    """Return the row of a frame, or -1 where it is all zero."""
    mask = len(numbers) - 1
    place = np.int64((number * _HASH) >> shift)
    while numbers[place] != number:
        if numbers[place] == ~_ZERO:
            return -1
        place = (place + 1) & mask
    return starts[place]


@njit(cache=True)
def _look_up(terms, words, numbers, starts, shift, row, address):
    """Fill a row of the cache: walk down to the page table for `address`, to a large page, or to a fault."""
    row.key, row.whole_key, row.base, row.page_bits = ~_ZERO, address >> terms.reach, _ZERO, 0
    sign = address >> np.uint64(47)
    if terms.is_canonical and sign != _ZERO and sign != np.uint64(0x1FFFF):
        row.fault = NOT_CANONICAL
        return
    rights, level, mask, reserved = ~_ZERO, terms.first_shift, terms.first_mask, terms.reserved_first
    structure, first = terms.root, np.int64((terms.root & _OFFSET) >> np.uint64(3))
    while True:
        frame = _start_of(structure >> _FRAME_BITS, numbers, starts, shift)
        if frame < 0:
            row.fault = terms.who
            return
        table = (frame << np.int64(terms.entry_bits)) + first
        if level == _FRAME_BITS:
            _enter_table(terms, row, table, rights)
            return
        entry = np.uint64(words[table + np.int64((address >> level) & mask)])
        if not entry & _P or entry & reserved:
            row.fault = terms.who | 9 if entry & _P else terms.who
            return
        if terms.first_has_rights or level != terms.first_shift:
            rights &= entry ^ _NX
            if entry & _PS and terms.has_large:
                _enter_large(terms, row, address, entry, level, rights)
                return
        structure, first, reserved = entry & _FRAME_OF, 0, terms.reserved
        level, mask = level - terms.entry_bits, (_ONE << terms.entry_bits) - _ONE


@njit(cache=True)
def _enter_table(terms, row, table, rights):
    """Enter a page table into a row of the cache, with what its entries have to be."""
    row.key, row.whole_key, row.table = row.whole_key, ~_ZERO, np.uint64(table)
    # A right that is missing above can be given by no entry; one that must not be there is missing for all of them.
    row.mask = _P | terms.reserved | terms.wanted | (terms.looked_at & rights)
    row.value = _P | (terms.wanted & ~_NX)
    if rights & terms.wanted != terms.wanted:
        row.value = ~_ZERO


@njit(cache=True)
def _enter_large(terms, row, address, entry, level, rights):
    """Enter a page of 2 MiB, 4 MiB or 1 GiB into a row of the cache, or the fault that it is."""
    below, reserved, upper = (_ONE << level) - _ONE, terms.reserved_large, _ZERO
    if level == np.uint64(22):
        upper = ((entry >> np.uint64(13)) & np.uint64(0xFF)) << np.uint64(32)
    else:
        reserved = below & ~np.uint64(0x1FFF)
    if entry & reserved:
        row.fault = terms.who | 9
    elif rights & terms.looked_at != terms.wanted:
        row.fault = terms.who | 1
    else:
        row.fault, row.page_bits = TRANSLATED, level
        row.base = (entry & _FRAME_OF & ~below) | upper | ((address & below) >> terms.reach << terms.reach)


@njit(cache=True, nogil=True)
def _walk_all(terms, words, numbers, starts, shift, cached, linear, physical, fault, page_bits):
    """Fill the rows of the three columns."""
    reach, address_mask, reserved, absent = terms.reach, terms.address_mask, terms.reserved, terms.who
    inside, slots = (_ONE << reach) - _ONE, np.uint64(SLOTS - 1)
    for number in range(len(linear)):
        address = linear[number] & address_mask
        key = address >> reach
        row = cached[key & slots]
        if row.key != key:
            if row.whole_key != key:
                _look_up(terms, words, numbers, starts, shift, row, address)
            if row.whole_key == key:
                physical[number] = row.base | (address & inside) if row.fault == TRANSLATED else _ZERO
                fault[number], page_bits[number] = row.fault, row.page_bits
                continue
        entry = np.uint64(words[row.table + ((address & inside) >> _FRAME_BITS)])
        if entry & row.mask == row.value:
            physical[number] = (entry & _FRAME_OF) | (address & _OFFSET)
            fault[number], page_bits[number] = TRANSLATED, 12
        else:
            code = absent if not entry & _P else absent | 9 if entry & reserved else absent | 1
            physical[number], fault[number], page_bits[number] = _ZERO, code, 0
