"""Write a trace in the format that was asked for: what the verbs ``trace`` and ``dump`` share.

`FORMATS` is the table: what a format is called, what makes it, and which options make sense with it.
"""

from __future__ import annotations

import argparse
import sys
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from itertools import islice
from typing import TYPE_CHECKING, NamedTuple

from allocator.errors import UsageError

if TYPE_CHECKING:
    from allocator.trace.step import Step
    from allocator.trace.trace import Trace
    from allocator.views.ink import Ink

AROUND = 10
"""Steps that --around shows on each side."""


MANY_STEPS = 1000
"""Steps from which on it pays to write by columns."""


class Request(NamedTuple):
    """A finished trace, the steps of it that are to be shown (None for all), and how."""

    trace: Trace
    steps: Iterable[Step] | None
    fields: list[str] | None
    options: argparse.Namespace
    ink: Ink


class Format(NamedTuple):
    """What yields the lines of a format; ``parts`` if it can show chosen steps, ``fields`` if chosen columns."""

    lines: Callable[[Request], Iterator[str]]
    parts: bool = True
    fields: bool = False


def add_view_options(parser: argparse.ArgumentParser) -> None:
    """Add the format, the fields and the filters."""
    parser.add_argument("--format", default="text", metavar="FORMAT", help=f"{', '.join(FORMATS)} (text)")
    parser.add_argument(
        "-F", "--fields", metavar="NAME,...", help="the columns of text or csv; registers are fields too"
    )
    parser.add_argument("--window", metavar="A:B", help="only steps A to B, B not included")
    for name, (form, said) in _FILTERS.items():
        parser.add_argument(f"--{name}", action="append", default=[], metavar=form, help=said)
    parser.add_argument("--head", type=_count, metavar="N", help="only the first N of these steps")
    parser.add_argument("--tail", type=_count, metavar="N", help="only the last N of these steps")
    parser.add_argument("--around", metavar="STEP|LABEL", help=f"only {AROUND} steps on each side of this one")
    parser.add_argument("--fold", action="store_true", help="show one round of each loop, and how many there were")


_FILTERS = {
    "label": ("NAME", "only steps below this label"),
    "line": ("[FILE:]A[:B]", "only steps of these lines of the source"),
    "address": ("A[:B]", "only steps at these addresses"),
    "access": ("KIND[:A[:B]]", "only steps that read or write (there)"),
}


def check_view_options(options: argparse.Namespace) -> None:
    """Say what makes no sense before anything runs; raises UsageError."""
    from allocator.views.fields import find_fields

    form = _format(options.format)
    find_fields(_fields(options) or ())
    if options.fields and not form.fields:
        raise UsageError(f"-F chooses columns of text and csv; {options.format} always has all")
    if _chooses(options) and not form.parts:
        raise UsageError(f"--format {options.format} holds the whole trace: leave out {_chosen_words(options)}")
    if options.fold and (options.format != "text" or options.fields):
        raise UsageError("--fold is for the text that people read: use it without --format and -F")
    if options.format == "parquet" and options.output is None:
        raise UsageError("--format parquet needs a file\nhint: name it with -o FILE")


def asks_for_view(options: argparse.Namespace) -> bool:
    """Tell whether a format, fields or filters were asked for."""
    return options.format != "text" or bool(options.fields) or options.fold or _chooses(options)


def write_trace(trace: Trace, options: argparse.Namespace, symbols: Mapping[str, int]) -> None:
    """Write `trace` as the options say; raises UsageError and TraceError."""
    from allocator.cli.output import choose_ink, write_lines
    from allocator.cli.pager import paged
    from allocator.cli.progress import shown_progress

    if options.format == "parquet":
        from allocator.trace.archive import save_trace

        save_trace(trace, options.output)
        return
    steps = _choose_steps(trace, options, symbols)
    request = Request(trace, steps, _fields(options), options, choose_ink(options))
    lines = _format(options.format).lines(request)
    with paged(options):
        write_lines(shown_progress(lines, len(trace), options), options.output)


def _count(text: str) -> int:
    if not text.isdigit():
        raise argparse.ArgumentTypeError(f"{text} is not a number of steps")
    return int(text[:18])


def _fields(options: argparse.Namespace) -> list[str] | None:
    return options.fields.split(",") if options.fields else None


_CHOOSING = ("window", *_FILTERS, "head", "tail", "around")


def _chosen_words(options: argparse.Namespace) -> str:
    return ", ".join(f"--{name}" for name in _CHOOSING if getattr(options, name) not in (None, []))


def _chooses(options: argparse.Namespace) -> bool:
    return bool(_chosen_words(options))


def _choose_steps(trace: Trace, options: argparse.Namespace, symbols: Mapping[str, int]) -> Iterable[Step] | None:
    from allocator.cli.selection import select_steps

    if not _chooses(options):
        return None
    if options.around is not None:
        options.window = _around(trace, options)
    steps: Iterable[Step] = select_steps(trace, options, symbols)
    if options.head is not None:
        steps = islice(steps, options.head)
    return _last(steps, trace, options) if options.tail is not None else steps


def _around(trace: Trace, options: argparse.Namespace) -> str:
    if options.window is not None:
        raise UsageError("--around and --window both say which steps: use one of them")
    text = options.around
    step = trace.moment(int(text)) if text.isdigit() else trace.at(text).index
    return f"{max(0, step - AROUND)}:{step + AROUND + 1}"


def _last(steps: Iterable[Step], trace: Trace, options: argparse.Namespace) -> Sequence[Step]:
    if all(getattr(options, name) in (None, []) for name in _CHOOSING if name != "tail"):
        return trace[max(0, len(trace) - options.tail) :]
    numbers = [step.index for step in steps]
    return [trace[number] for number in numbers[max(0, len(numbers) - options.tail) :]]


def _format(name: str) -> Format:
    if name in FORMATS:
        return FORMATS[name]
    later = f"'{name}' is not there yet" if name in LATER else f"there is no format '{name}'"
    raise UsageError(f"--format {name}: {later}\nhint: the formats are {', '.join(FORMATS)}")


def _text(request: Request) -> Iterator[str]:
    from allocator.cli.endings import ending_lines
    from allocator.cli.output import terminal_width
    from allocator.views.field_table import field_table
    from allocator.views.fold import folded_steps
    from allocator.views.listing import DEFAULT_WIDTH, trace_listing
    from allocator.views.summary import opening

    trace, steps, ink = request.trace, request.steps, request.ink
    if request.fields:
        yield from field_table(trace if steps is None else steps, request.fields, ink)
        return
    width = terminal_width(DEFAULT_WIDTH)
    yield from opening(trace.run, _arguments(request), trace.firmware_map, ink)
    if request.options.fold:
        folded = folded_steps(trace, None if steps is None else [step.index for step in steps])
        yield from trace_listing(trace, folded, width=width, ink=ink)
    elif steps is None and len(trace) > MANY_STEPS and not ink.is_on:
        from allocator.views.listing_columns import listing_texts  # by columns of NumPy, which a short listing spares

        yield from listing_texts(trace, width)
    else:
        yield from trace_listing(trace, steps, width=width, ink=ink)
    yield ""
    yield from ending_lines(trace.run, ink)


def _arguments(request: Request) -> list[str]:
    typed: list[str] | None = getattr(request.options, "registers", None)
    return (
        [f"{name}={value if value < 10 else hex(value)}" for name, value in request.trace.run.given.items()]
        if typed is None
        else typed
    )


def _jsonl(request: Request) -> Iterator[str]:
    from allocator.views.jsonl import trace_jsonl

    if request.steps is None and len(request.trace) > MANY_STEPS:
        from allocator.views.jsonl_columns import jsonl_texts

        return jsonl_texts(request.trace)
    return trace_jsonl(request.trace, request.steps)


def _csv(request: Request) -> Iterator[str]:
    from allocator.views.csv import trace_csv
    from allocator.views.fields import DEFAULT_FIELDS

    return trace_csv(request.trace, request.steps, request.fields or DEFAULT_FIELDS)


def _parquet(request: Request) -> Iterator[str]:
    raise UsageError(f"{request.options.output}: a saved trace is not made of lines")


def _tenet(request: Request) -> Iterator[str]:
    from allocator.views.tenet import RECOMMENDED_LINES, trace_tenet

    if len(request.trace) > RECOMMENDED_LINES:
        print(f"Tenet recommends at most {RECOMMENDED_LINES:,} lines; these are more", file=sys.stderr)
    return trace_tenet(request.trace)


def _perfetto(request: Request) -> Iterator[str]:
    from allocator.views.perfetto import trace_perfetto

    return trace_perfetto(request.trace)


def _html(request: Request) -> Iterator[str]:
    from allocator.views.player_page import player_page

    trace, steps = request.trace, request.steps
    numbers = [0, len(trace) - 1] if steps is None else [step.index for step in steps]
    if not numbers:
        raise UsageError("no step is left to show: the page would be empty")
    yield from player_page(trace, max(0, numbers[0]), numbers[-1] + 1).splitlines()


FORMATS: dict[str, Format] = {
    "text": Format(_text, fields=True),
    "jsonl": Format(_jsonl),
    "csv": Format(_csv, fields=True),
    "parquet": Format(_parquet, parts=False),
    "tenet": Format(_tenet, parts=False),
    "perfetto": Format(_perfetto, parts=False),
    "html": Format(_html),
}
"""Format to what makes it; another format is another row."""
LATER = ("drcov", "lcov", "vcd")
