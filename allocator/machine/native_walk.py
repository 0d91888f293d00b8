"""Translate many addresses at once: columns in, columns out, walked in native code by Numba.

    addresses, frames  ->  physical   fault                          page_bits
                           ........   TRANSLATED, or an error code   12, 21, 22 or 30; 0 without a page

- ``frames`` are 4 KiB of physical memory by address, as a machine's snapshot has them: what is not among them is zero.
- A frame is found by its number in a table of twice as many places or more, probed from a hash on.
- What was found is kept, as a processor keeps it: for the 4 KiB around an address the whole answer, packed into a word,
  and for the 2 MiB (4 MiB in 32-bit paging) around it what the levels above the page table say. So one look is enough
  for most addresses, and one entry more for most of the others.
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
_FRAME_BITS, _ABOVE_FRAME, _FAULT_OF = np.uint64(12), np.uint64(52), np.uint64(0xFF)

_MAX_PAGES, _MAX_REGIONS = 1 << 15, 1 << 12
_ROWS_AT_ONCE = 1 << 11
_PAGE = np.dtype([("number", np.uint64), ("answer", np.uint64)])
"""Which 4 KiB of addresses, and what they are: the frame in bits 51:12, the fault in 7:0, the page's bits above."""
_REGION = np.dtype(
    [
        # which 2 or 4 MiB; where the page table begins; what the bits `mask` of an entry have to be, the rights above
        # it considered. No bits: there is no page table, and `value` answers for all of the region
        ("number", np.uint64), ("table", np.uint64), ("mask", np.uint64), ("value", np.uint64),
    ],
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
        _enter_frames(numbers, self.numbers, self.starts, self.shift)


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
    pages, regions = _unknown(_PAGE, rows // 16, _MAX_PAGES), _unknown(_REGION, rows // 16, _MAX_REGIONS)
    index = memory.numbers, memory.starts, memory.shift
    _fill(_terms(paging, access), words, *index, regions, pages, linear, *columns)
    return columns


def _unknown(kind: np.dtype, wanted: int, most: int) -> np.ndarray:
    """Return a table of a power of two of rows in which nothing is entered yet."""
    table = np.empty(min(max(64, 1 << wanted.bit_length()), most), kind)
    table["number"] = ~_ZERO
    return table


_TERMS = np.dtype(
    [
        ("root", np.uint64), ("address_mask", np.uint64), ("is_canonical", np.bool_), ("has_large", np.bool_),
        # entries in a frame as a power of two; the first level; a region's size as a power of two, and less one
        ("entry_bits", np.uint64), ("first_shift", np.uint64), ("first_mask", np.uint64),
        ("reach", np.uint64), ("inside", np.uint64),
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
    terms["inside"] = (1 << 12 + paging.levels[-1].bits) - 1
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
def _enter_frames(numbers, places, starts, shift):
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


@njit(cache=True, inline="always")
def _packed(base, fault, page_bits):
    """Return an answer for 4 KiB of addresses as a word."""
    return base | np.uint64(page_bits) << _ABOVE_FRAME | (np.uint64(fault) & _FAULT_OF)


@njit(cache=True)
def _look_up(terms, words, numbers, starts, shift, region, address):
    """Enter the region of `address`: walk down to its page table, to a large page, or to a fault."""
    region.number, region.table, region.mask = address >> terms.reach, _ZERO, _ZERO
    sign = address >> np.uint64(47)
    if terms.is_canonical and sign != _ZERO and sign != np.uint64(0x1FFFF):
        region.value = _packed(_ZERO, NOT_CANONICAL, 0)
        return
    rights, level, mask, reserved = ~_ZERO, terms.first_shift, terms.first_mask, terms.reserved_first
    structure, first = terms.root, np.int64((terms.root & _OFFSET) >> np.uint64(3))
    while True:
        frame = _start_of(structure >> _FRAME_BITS, numbers, starts, shift)
        if frame < 0:
            region.value = _packed(_ZERO, terms.who, 0)
            return
        table = (frame << np.int64(terms.entry_bits)) + first
        if level == _FRAME_BITS:
            _enter_table(terms, region, table, rights)
            return
        entry = np.uint64(words[table + np.int64((address >> level) & mask)])
        if not entry & _P or entry & reserved:
            region.value = _packed(_ZERO, terms.who | 9 if entry & _P else terms.who, 0)
            return
        if terms.first_has_rights or level != terms.first_shift:
            rights &= entry ^ _NX
            if entry & _PS and terms.has_large:
                region.value = _large_page(terms, address, entry, level, rights)
                return
        structure, first, reserved = entry & _FRAME_OF, 0, terms.reserved
        level, mask = level - terms.entry_bits, (_ONE << terms.entry_bits) - _ONE


@njit(cache=True)
def _enter_table(terms, region, table, rights):
    """Enter a page table, with what its entries have to be."""
    region.table = np.uint64(table)
    # A right that is missing above can be given by no entry; one that must not be there is missing for all of them.
    region.mask = _P | terms.reserved | terms.wanted | (terms.looked_at & rights)
    region.value = _P | (terms.wanted & ~_NX)
    if rights & terms.wanted != terms.wanted:
        region.value = ~_ZERO


@njit(cache=True)
def _large_page(terms, address, entry, level, rights):
    """Return where the region of `address` lies in a page of 2 MiB, 4 MiB or 1 GiB, or the fault that it is."""
    below, reserved, upper = (_ONE << level) - _ONE, terms.reserved_large, _ZERO
    if level == np.uint64(22):
        upper = ((entry >> np.uint64(13)) & np.uint64(0xFF)) << np.uint64(32)
    else:
        reserved = below & ~np.uint64(0x1FFF)
    if entry & reserved:
        return _packed(_ZERO, terms.who | 9, 0)
    if rights & terms.looked_at != terms.wanted:
        return _packed(_ZERO, terms.who | 1, 0)
    return _packed((entry & _FRAME_OF & ~below) | upper | (address & below & ~terms.inside), TRANSLATED, level)


@njit(cache=True, inline="always")
def _answer(terms, region, entry, address):
    """Return what the 4 KiB around `address` are, of which `entry` is the entry if they have one."""
    if not region.mask:
        is_page = region.value & _FAULT_OF == _FAULT_OF
        return region.value | (address & terms.inside & ~_OFFSET) if is_page else region.value
    if entry & region.mask == region.value:
        return _packed(entry & _FRAME_OF, TRANSLATED, 12)
    if not entry & _P:
        return _packed(_ZERO, terms.who, 0)
    return _packed(_ZERO, terms.who | 9 if entry & terms.reserved else terms.who | 1, 0)


@njit(cache=True, nogil=True)
def _fill(terms, words, numbers, starts, shift, regions, pages, linear, physical, fault, page_bits):
    """Fill the three columns, so many rows at once that their answers are still at hand when they are taken apart."""
    for first in range(0, len(linear), _ROWS_AT_ONCE):
        some = slice(first, first + _ROWS_AT_ONCE)
        _walk_some(terms, words, numbers, starts, shift, regions, pages, linear[some], physical[some])
        _unpack(linear[some], physical[some], fault[some], page_bits[some])


@njit(cache=True)
def _walk_some(terms, words, numbers, starts, shift, regions, pages, linear, answers):
    """Fill the column of packed answers."""
    # Arrays are handed on by name only, or each page that is entered would count references.
    last_page, last_region = np.uint64(len(pages) - 1), np.uint64(len(regions) - 1)
    address_mask, reach, inside = terms.address_mask, terms.reach, terms.inside
    for row in range(len(linear)):
        address = linear[row] & address_mask
        number = address >> _FRAME_BITS
        page = pages[number & last_page]
        if page.number != number:
            region = regions[(address >> reach) & last_region]
            if region.number != address >> reach:
                _look_up(terms, words, numbers, starts, shift, region, address)
            entry = np.uint64(words[region.table + ((address & inside) >> _FRAME_BITS)])
            page.number, page.answer = number, _answer(terms, region, entry, address)
        answers[row] = page.answer


@njit(cache=True)
def _unpack(linear, physical, fault, page_bits):
    """Fill the three columns from the answers, which lie in the first; by itself, a loop for the vector unit."""
    for row in range(len(linear)):
        answer = physical[row]
        fault[row], page_bits[row] = np.int8(answer & _FAULT_OF), np.uint8(answer >> _ABOVE_FRAME)
        physical[row] = (answer & _FRAME_OF) | (linear[row] & _OFFSET) if answer & _FAULT_OF == _FAULT_OF else _ZERO
