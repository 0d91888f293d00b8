"""Choose steps of a trace: by their number, label, line, address, and by what they touch.

    --window 10:20          steps 10 to 19
    --label NAME            below this label; a routine's name includes its local labels
    --line [FILE:]A[:B]     from these lines of a source
    --address A[:B]         at these addresses
    --access KIND[:A[:B]]   that read or write (there)

Ranges are half-open, either end may be left out, and a single number means only itself. An option that is given
several times takes any of them; different options must all hold.
"""

from __future__ import annotations

import argparse
from collections.abc import Callable, Iterator, Mapping

from allocator.addresses import Range
from allocator.cli.options import parse_value
from allocator.errors import UsageError, did_you_mean
from allocator.trace.trace import Step, Trace

Predicate = Callable[[Step], bool]
_END = 1 << 64


def select_steps(trace: Trace, options: argparse.Namespace, symbols: Mapping[str, int]) -> Iterator[Step]:
    """Yield the steps of `trace` that the options choose, in order; raises UsageError before the first."""
    window = _range(options.window, symbols, f"--window {options.window}") if options.window else Range(0, _END)
    tests = _predicates(trace, options, symbols)
    chosen = range(min(window.start, len(trace)), min(window.end, len(trace)))
    return (step for step in map(trace.__getitem__, chosen) if all(test(step) for test in tests))


def _predicates(trace: Trace, options: argparse.Namespace, symbols: Mapping[str, int]) -> list[Predicate]:
    groups = (
        [_label(word, trace) for word in options.label],
        [_line(word, trace) for word in options.line],
        [_address(word, symbols) for word in options.address],
        [_access(word, symbols) for word in options.access],
    )
    return [_any_of(group) for group in groups if group]


def _any_of(tests: list[Predicate]) -> Predicate:
    return lambda step: any(test(step) for test in tests)


def _label(word: str, trace: Trace) -> Predicate:
    labels = trace.image.labels
    if word not in labels:
        hint = did_you_mean(word, labels) or f"there are {', '.join(sorted(labels)[:12])}"
        raise UsageError(f"--label {word}: the program has no such label\nhint: {hint}")
    return lambda step: step.location is not None and f"{step.location.label}.".startswith(f"{word}.")


def _line(word: str, trace: Trace) -> Predicate:
    name, colon, rest = word.partition(":")
    names = {source.name for source in trace.image.sources}
    has_name = bool(colon) and name in names
    lines = _range(rest if has_name else word, {}, f"--line {word}")
    return lambda step: (
        step.line is not None and step.line.line in lines and (not has_name or step.line.source.name == name)
    )


def _address(word: str, symbols: Mapping[str, int]) -> Predicate:
    addresses = _range(word, symbols, f"--address {word}")
    return lambda step: step.address in addresses


def _access(word: str, symbols: Mapping[str, int]) -> Predicate:
    kind, colon, place = word.partition(":")
    if kind not in ("read", "write"):
        raise UsageError(f"--access {word}: an access is read or write\nhint: write --access write:os_MemoryMap")
    touched = _range(place, symbols, f"--access {word}") if colon else Range(0, _END)
    return lambda step: any(
        access.kind == kind and access.address < touched.end and touched.start < access.address + access.size
        for access in step.accesses
    )


def _range(text: str, symbols: Mapping[str, int], word: str) -> Range:
    first, colon, last = text.partition(":")
    if not first and not last:
        raise UsageError(f"{word}: this is not a range\nhint: write A:B, A:, :B or A")
    start = parse_value(first, symbols, word) if first else 0
    end = parse_value(last, symbols, word) if last else (_END if colon else start + 1)
    if not 0 <= start <= end:
        raise UsageError(f"{word}: the range ends before it begins")
    return Range(start, end)
