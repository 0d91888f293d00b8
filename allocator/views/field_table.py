"""Show chosen fields of a trace's steps in columns, under their names.

A column is as wide as its name and grows with what has come so far, so that lines can be shown at once.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

from allocator.registers import FLAGS, REGISTERS
from allocator.source import printable
from allocator.trace.trace import Step
from allocator.views.fields import find_fields
from allocator.views.ink import PLAIN, Ink

_USUAL_WIDTHS = {"text": 28, "bytes": 14, "statement": 36, "where": 28, "label": 24, "registers": 24, "flags": 14}


def field_table(steps: Iterable[Step], fields: Sequence[str], ink: Ink = PLAIN) -> Iterator[str]:
    """Yield a heading, then a line for each step; raises UsageError for a field that is none."""
    chosen = find_fields(fields)
    names = [name for name, _ in chosen]
    widths = [max(len(name), _usual_width(name)) for name in names]
    yield ink.paint(_line(names, widths), "heading")
    for step in steps:
        yield _line([printable(value(step)) for _, value in chosen], widths)


def _usual_width(name: str) -> int:
    if name in REGISTERS and name not in FLAGS:
        return 2 + REGISTERS[name].width // 4
    return _USUAL_WIDTHS.get(name, 6)


def _line(values: Sequence[str], widths: list[int]) -> str:
    for position, value in enumerate(values):
        widths[position] = max(widths[position], len(value))
    return "  ".join(value.ljust(width) for value, width in zip(values, widths, strict=True)).rstrip()
