"""Say the values of a failed assertion: registers, flags, bytes, changes of pages, and what was expected instead."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from allocator.machine.page_map import STATE_NAMES
from allocator.registers import FLAGS
from allocator.source import printable
from allocator.views.assertion_comparisons import COMPARISONS
from allocator.views.assertion_subjects import Claim

_SHOWN_BYTES = 16
_SHOWN_ITEMS = 4
_LONGEST = 60


def value_words(value: object, name: str = "") -> str:
    """Return a value as it stands in a headline; `name` is the register or flag that it is of."""
    if isinstance(value, int) and not isinstance(value, bool):
        return str(value) if 0 <= value < 10 or name in FLAGS else f"{value:#x}"
    if isinstance(value, bytes | bytearray):
        return value[:_SHOWN_BYTES].hex(" ") + (" ..." if len(value) > _SHOWN_BYTES else "")
    if isinstance(value, list | tuple | set | range):
        return _items_words(list(value), name)
    return printable(ascii(value))[:_LONGEST]


def _items_words(items: list[object], name: str) -> str:
    more = " ..." if len(items) > _SHOWN_ITEMS else ""
    return " or ".join(value_words(each, name) for each in items[:_SHOWN_ITEMS]) + more


def expectation(claim: Claim, name: str = "") -> str:
    """Return what was expected, as it goes on after a comma; `name` is the register or flag that it is about."""
    return expected_words(claim.operator, value_words(claim.expected, name))


def expected_words(written: str, expected: str) -> str:
    """Return what an operator and what it compares with, in words, ask for."""
    return COMPARISONS[written].wanted.format(expected)


def state_words(state: object) -> str:
    """Return what a byte of the page map means: ``used (2)``."""
    return f"{STATE_NAMES[state]} ({state})" if isinstance(state, int) and state in STATE_NAMES else value_words(state)


def change_words(change: object) -> str:
    """Return the change of a page in words: ``free -> used``."""
    if isinstance(change, tuple) and len(change) == 2:
        return " -> ".join(state_words(each).partition(" ")[0] for each in change)
    return value_words(change)


def pages_words(changes: Mapping[Any, object]) -> str:
    """Return changes of pages in words: ``page 29 free -> used``."""
    shown = [
        f"page {page if isinstance(page, int) else value_words(page)} {change_words(change)}"
        for page, change in list(changes.items())[:_SHOWN_ITEMS]
    ]
    more = f" and {len(changes) - _SHOWN_ITEMS:,} more" if len(changes) > _SHOWN_ITEMS else ""
    return (", ".join(shown) or "no page") + more
