"""Fold many accesses of one step into few that say the same: what was read before it was written, and what was left.

    rep movsb over 4 bytes, from 100h to 102h       read 100 write 102, read 101 write 103,
                                                    read 102 write 104, read 103 write 105
    folded                                          read 100..101, write 102..105

A byte that a step reads after it has written it is no input of the step, so it is not among what was read. Bytes that
lie together, linearly and physically, are one access, in ascending order, reads first.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterator, Sequence

from allocator.trace.recorded_access import RecordedAccess
from allocator.trace.schema import READ, WRITE

_NO, _YES = b"\0", b"\1"
_TOUCHED = re.compile(_YES + b"+")


def folded(accesses: Sequence[RecordedAccess]) -> list[RecordedAccess]:
    """Return the effect of accesses, given as they happened, in as few as possible; makers are kept apart."""
    parts: dict[tuple[int, int], list[RecordedAccess]] = {}
    for access in accesses:
        parts.setdefault((access.maker, access.physical - access.address), []).append(access)
    found = [each for part in parts.values() for each in _folded_part(part)]
    return sorted(found, key=lambda access: (access.maker, access.kind, access.address))


def folded_rounds(accesses: Sequence[RecordedAccess], has_two_reads: bool) -> list[RecordedAccess]:
    """Return the accesses of a repeated string instruction, folded; CMPS reads two strings in turn."""
    sides = (accesses[0::2], accesses[1::2]) if has_two_reads else (accesses,)
    return [each for side in sides for each in folded(side)]


def _folded_part(accesses: list[RecordedAccess]) -> list[RecordedAccess]:
    parts = [_Extent(accesses[0], begin, end) for begin, end in _extents(accesses)]
    begins = [extent.begin for extent in parts]
    owners = [parts[bisect_right(begins, access.address) - 1] for access in accesses]
    for access, owner in zip(accesses, owners, strict=True):
        owner.take_later(access)
    for access, owner in zip(reversed(accesses), reversed(owners), strict=True):
        owner.take_earlier(access)
    return [each for kind in (READ, WRITE) for extent in parts for each in extent.accesses(kind)]


def _extents(accesses: list[RecordedAccess]) -> list[tuple[int, int]]:
    """Return where the bytes begin and end that were touched, neighbours as one."""
    extents: list[tuple[int, int]] = []
    for begin, end in sorted((access.address, access.address + len(access.after)) for access in accesses):
        if extents and begin <= extents[-1][1]:
            extents[-1] = extents[-1][0], max(end, extents[-1][1])
        else:
            extents.append((begin, end))
    return extents


class _Extent:
    """Bytes that lie together, with what was found there first and left there last."""

    def __init__(self, like: RecordedAccess, begin: int, end: int) -> None:
        self.begin = begin
        self._like = like
        self._before, self._after = bytearray(end - begin), bytearray(end - begin)
        self._is_read, self._is_written = bytearray(end - begin), bytearray(end - begin)

    def take_later(self, access: RecordedAccess) -> None:
        """Take in what an access left, after all those before it."""
        where = self._where(access)
        self._after[where] = access.after
        if access.kind == WRITE:
            self._is_written[where] = _YES * len(access.after)

    def take_earlier(self, access: RecordedAccess) -> None:
        """Take in what an access found, after all those behind it."""
        where = self._where(access)
        self._before[where] = access.before
        self._is_read[where] = (_YES if access.kind == READ else _NO) * len(access.before)

    def accesses(self, kind: int) -> Iterator[RecordedAccess]:
        """Yield one access for all bytes together that were touched in this way."""
        is_write = kind == WRITE
        for match in _TOUCHED.finditer(self._is_written if is_write else self._is_read):
            address = self.begin + match.start()
            physical = address + self._like.physical - self._like.address
            before = bytes(self._before[slice(*match.span())])
            after = bytes(self._after[slice(*match.span())]) if is_write else before
            yield RecordedAccess(self._like.maker, kind, address, physical, before, after)

    def _where(self, access: RecordedAccess) -> slice:
        first = access.address - self.begin
        return slice(first, first + len(access.after))
