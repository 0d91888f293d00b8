"""Write a trace as comma-separated values: a row of names, then a row for each step (RFC 4180, lines end in LF)."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable, Iterator, Sequence

from allocator.trace.trace import Step, Trace
from allocator.views.fields import DEFAULT_FIELDS, find_fields


def trace_csv(
    trace: Trace, steps: Iterable[Step] | None = None, fields: Sequence[str] = DEFAULT_FIELDS
) -> Iterator[str]:
    """Yield the rows as text without line ends; raises UsageError for a field that is none."""
    chosen = find_fields(fields)
    yield _row([name for name, _ in chosen])
    for step in trace if steps is None else steps:
        yield _row([value(step) for _, value in chosen])


def _row(values: Sequence[str]) -> str:
    text = io.StringIO()
    csv.writer(text, lineterminator="").writerow(values)
    return text.getvalue()
