"""Say whether a call changed only the memory that it was allowed to.

    run.changed_only("os_MemoryMap")            the whole page map
    run.changed_only("next_free")               from a label of the program to the next one
    run.changed_only(machine.page_map[29:32])   three bytes of it
    run.changed_only((0x120000, 0x120004))      from an address to before another one
    run.changed_only()                          nothing at all

What a routine pushed is its own: the stack below the caller's frame is left out.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import TYPE_CHECKING, Protocol, TypeAlias, runtime_checkable

from allocator.addresses import MACHINE_SYMBOLS, MEM_AMOUNT, PAGE_MAP, Range, without
from allocator.errors import UsageError, did_you_mean

if TYPE_CHECKING:
    from allocator.assembly.image import Image
    from allocator.machine.run import Change, Run

_DWORD = 4


@runtime_checkable
class Stretch(Protocol):
    """Anything that lies in memory and knows where and how long: pages of a machine's page map."""

    start: int

    def __len__(self) -> int: ...


Area: TypeAlias = "str | Range | tuple[int, int] | range | Stretch"


def stray_changes(run: Run, areas: Iterable[Area]) -> tuple[Change, ...]:
    """Return what `run` changed outside of `areas`, lowest address first; raises UsageError."""
    allowed = [find_area(run.image, area) for area in areas]
    own = Range(run.prepared.stack.start, run.prepared.frame_address)
    return tuple(part for change in run.memory_changed for part in outside(change, (*allowed, own)))


def outside(change: Change, areas: Iterable[Range]) -> Iterator[Change]:
    """Return the parts of `change` that lie in none of `areas`."""
    span = Range(change.address, change.address + len(change.before))
    return (_part(change, *left) for left in without([span], areas))


def _part(change: Change, start: int, end: int) -> Change:
    cut = slice(start - change.address, end - change.address)
    return change._replace(address=start, before=change.before[cut], after=change.after[cut])


def find_area(image: Image, area: Area) -> Range:
    """Return the bytes that `area` means; raises UsageError."""
    if isinstance(area, str):
        return _named(image, area)
    if isinstance(area, tuple):
        return Range(*area)
    return Range(area.start, area.stop if isinstance(area, range) else area.start + len(area))


def _named(image: Image, name: str) -> Range:
    if name in image.labels:
        return _label(image, name)
    known = {**MACHINE_SYMBOLS, **image.externals}
    sizes = {PAGE_MAP.start: PAGE_MAP.size, MEM_AMOUNT: _DWORD}
    if name not in known:
        hint = did_you_mean(name, [*image.labels, *known])
        raise UsageError(f"there is no symbol '{name[:60]}'" + (f"; {hint}" if hint else ""))
    start = known[name]
    if start not in sizes:
        raise UsageError(f"nobody says how long '{name}' is: write ({start:#x}, end)")
    return Range(start, start + sizes[start])


def _label(image: Image, name: str) -> Range:
    start = image.symbols[name]
    segment = image.segment_at(start)
    later = [image.symbols[label] for label in image.labels if image.symbols[label] > start]
    return Range(start, min([*later, max(segment.end if segment else 0, start + 1)]))
