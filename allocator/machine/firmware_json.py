"""Read a firmware map from JSON: our own ``e820 --json``, or any object with a list of entries.

An entry is an object with ``base``, ``length`` and ``type`` (numbers, or text such as ``0x100000``), and
optionally ``attributes`` (``acpi`` in other programs' output). A bare list of such objects will do.
"""

from __future__ import annotations

import json
from typing import Any

from allocator.errors import MachineError
from allocator.machine.firmware_lines import kind_of_word
from allocator.machine.region import ADDRESS_END, Region

_BASES = ("base", "start", "addr")
_LENGTHS = ("length", "len", "size")
_ATTRIBUTES = ("attributes", "acpi")


def read_json_map(text: str, name: str) -> tuple[Region, ...] | None:
    """Return the entries, or None when the text is not JSON or holds no list of entries; raises MachineError."""
    start = text.lstrip("\ufeff \t\r\n")[:1]
    if start not in ("{", "["):
        return None
    try:
        value = json.loads(text.strip("\ufeff"))
    except (ValueError, RecursionError):
        return None
    listed = value.get("entries") if isinstance(value, dict) else value
    if not isinstance(listed, list) or not listed or not all(isinstance(entry, dict) for entry in listed):
        return None
    if not any(_has_numbers(entry) for entry in listed):
        return None
    return tuple(_region(entry, f"{name}: entry {number}") for number, entry in enumerate(listed))


def _has_numbers(entry: dict[str, Any]) -> bool:
    return _first(entry, _BASES) is not None and "type" in entry


def _region(entry: dict[str, Any], where: str) -> Region:
    base = _number(_first(entry, _BASES), f"{where}: base")
    length = _number(_first(entry, _LENGTHS), f"{where}: length")
    attributes = _first(entry, _ATTRIBUTES)
    if base >= ADDRESS_END or base + length > ADDRESS_END:
        raise MachineError(f"{where} ends past 2^64: {length:#x} bytes at {base:#x}")
    return Region(
        base,
        length,
        _type(entry.get("type"), f"{where}: type"),
        None if attributes is None else _number(attributes, f"{where}: attributes", 32),
    )


def _first(entry: dict[str, Any], names: tuple[str, ...]) -> object:
    return next((entry[name] for name in names if name in entry), None)


def _type(value: object, where: str) -> int:
    named = kind_of_word(value) if isinstance(value, str) else None
    return _number(value, where, 32) if named is None else named


def _number(value: object, where: str, bits: int = 64) -> int:
    number = value
    if isinstance(value, str):
        try:
            number = int(value[:40], 0)
        except ValueError:
            number = None
    if isinstance(number, bool) or not isinstance(number, int) or not 0 <= number < 1 << bits:
        raise MachineError(
            f"{where} is {str(value)[:40]!r}; it has to be a number from 0 to 2^{bits} - 1, as 4096 or '0x1000'"
        )
    return number
