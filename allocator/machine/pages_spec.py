"""Read a page map as people write it after ``--pages``.

    used:0 free:1-31 used:4     runs of pages, the last page included; commas or blanks between them
    @FILE                       the bytes of the map, one for each page

Later runs win; pages that are not named are absent.
"""

from __future__ import annotations

from pathlib import Path

from allocator.addresses import PAGE_MAP_PAGES
from allocator.errors import UsageError, reason
from allocator.machine.page_map import ABSENT, STATE_NAMES, PageRun
from allocator.units import parse_number

_STATES_BY_NAME = {name: state for state, name in STATE_NAMES.items()}


def parse_pages_spec(text: str) -> bytes:
    r"""Return the page map that ``--pages`` describes, trailing absent pages left out; raises UsageError.

    >>> parse_pages_spec("used:0 free:1-3 used:2")
    b'\x02\x01\x02\x01'
    """
    if text.startswith("@"):
        return _pages_of_file(Path(text[1:]))
    states = bytearray(PAGE_MAP_PAGES)
    words = text.replace(",", " ").split()
    if not words:
        raise UsageError("the page map is empty: write runs such as used:0 free:1-31, or @FILE")
    for word in words:
        run = _parse_run(word)
        states[run.start : run.end] = bytes([run.state]) * run.count
    return bytes(states).rstrip(bytes([ABSENT]))


def _parse_run(word: str) -> PageRun:
    name, colon, pages = word.partition(":")
    if not colon or name not in _STATES_BY_NAME:
        raise UsageError(
            f"'{word}' is not a run of pages: write absent, free or used, a colon, and pages, as free:1-31"
        )
    first_text, dash, last_text = pages.partition("-")
    first = parse_number(first_text)
    last = parse_number(last_text) if dash else first
    if not 0 <= first <= last < PAGE_MAP_PAGES:
        raise UsageError(f"'{word}': pages go from 0 to {PAGE_MAP_PAGES - 1:,}, the first before the last")
    return PageRun(first, last - first + 1, _STATES_BY_NAME[name])


def _pages_of_file(path: Path) -> bytes:
    try:
        if not path.is_file():
            raise UsageError(f"{path}: there is no such file of page map bytes")
        with path.open("rb") as stream:
            states = stream.read(PAGE_MAP_PAGES + 1)
    except (OSError, ValueError) as error:
        raise UsageError(f"{path}: cannot read the page map: {reason(error)}") from error
    if len(states) > PAGE_MAP_PAGES:
        raise UsageError(f"{path}: a page map has at most {PAGE_MAP_PAGES:,} bytes, one for each page")
    return states.rstrip(bytes([ABSENT]))
