"""Read and write the raw records that INT 15h, E820h stores.

    offset  bytes  field
    0       8      base
    8       8      length
    16      4      type
    20      4      ACPI 3.0 attributes, only in records of 24 bytes; bit 0 clear: skip the entry

Source: ACPI 6.5, section 15.1, table 15.2.
"""

from __future__ import annotations

import struct
from collections.abc import Iterable

from allocator.errors import MachineError
from allocator.machine.region import ADDRESS_END, Region

RECORD, LONG_RECORD = RECORD_SIZES = 20, 24
"""Bytes of a record without attributes, and with them."""
ENABLED = 1
"""The attributes of an entry that came without: bit 0 set, so that it counts."""

LARGEST_USUAL_TYPE = 255
FIRST_OEM_TYPE = 0xE000_0000
ALL_ATTRIBUTES = 0xFF

_SHORT = struct.Struct("<QQI")
_LONG = struct.Struct("<QQII")


def pack_records(entries: Iterable[Region], size: int = RECORD) -> bytes:
    """Return the entries as records of `size` bytes; 20 leaves the attributes out."""
    _check(size)
    return b"".join(pack_record(entry, size) for entry in entries)


def pack_record(entry: Region, size: int) -> bytes:
    """Return one entry as a record of 20 or 24 bytes; of a whole 2^64 bytes the last is left out."""
    fields = (entry.base, min(entry.length, ADDRESS_END - 1), entry.type)
    if size == RECORD:
        return _SHORT.pack(*fields)
    return _LONG.pack(*fields, ENABLED if entry.attributes is None else entry.attributes)


def unpack_records(records: bytes, size: int = RECORD) -> tuple[Region, ...]:
    """Return the entries of raw records; raises MachineError for half a record or a region past 2^64."""
    _check(size)
    if not records or len(records) % size:
        raise MachineError(f"{len(records):,} bytes are not a number of {size}-byte E820 records")
    return tuple(_region(fields) for fields in _layout(size).iter_unpack(records))


def guess_records(raw: bytes, name: str) -> tuple[Region, ...]:
    """Return the entries of raw records whose size is not known; raises MachineError when they are none.

    The size is the one that divides the file and gives every record a type that firmware uses.
    """
    for size in RECORD_SIZES:
        if len(raw) % size == 0 and all(_is_plausible(fields) for fields in _layout(size).iter_unpack(raw)):
            return unpack_records(raw, size)
    raise MachineError(
        f"{name}: looked for a firmware map; this is a binary file of {len(raw):,} bytes, "
        "and it does not consist of E820 records of 20 or 24 bytes"
    )


def _is_plausible(fields: tuple[int, ...]) -> bool:
    base, length, kind = fields[:3]
    has_known_type = 0 < kind <= LARGEST_USUAL_TYPE or kind >= FIRST_OEM_TYPE
    return has_known_type and base + length <= ADDRESS_END and (len(fields) < 4 or fields[3] <= ALL_ATTRIBUTES)


def _layout(size: int) -> struct.Struct:
    return _SHORT if size == RECORD else _LONG


def _region(fields: tuple[int, ...]) -> Region:
    base, length, kind = fields[:3]
    if base + length > ADDRESS_END:
        raise MachineError(f"the record of {length:#x} bytes at {base:#x} ends past 2^64")
    return Region(base, length, kind, fields[3] if len(fields) > 3 else None)


def _check(size: int) -> None:
    if size not in RECORD_SIZES:
        raise MachineError(f"E820 records have 20 or 24 bytes, not {size}")
