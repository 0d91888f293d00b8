"""Show where an address leads, as text: one line a stage, as the figures of the textbooks have it.

    logical   ds:00402010    ds = 23: index 4, GDT, RPL 3
      GDT     entry 4 at 7de8: 00cff3000000ffff  data, base 0, limit ffffffff, DPL 3, writable, accessed
    linear    00402010    base 0 + offset 402010
                          0000000001   0000000010  000000010000
                          directory 1  table 2     offset 10
    CR3       00002000    32-bit paging
      PDE 1   at 2004: 00005027  page table at 5000      P R/W U/S A
      PTE 2   at 5008: 00013023  page of 4 KiB at 13000  P R/W A
    physical  00013010    kernel rwx

Numbers are hexadecimal, as the manuals have them; those of entries are decimal. Rights are those that all entries on
the way leave, written as `page_tables` does.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import NamedTuple

from allocator.machine.descriptor_tables import Slot
from allocator.machine.page_entries import NO_EXECUTE, USER, WRITABLE
from allocator.machine.paging import Access, Walk, WalkStep
from allocator.machine.segments import Descriptor, Gate, Segment, Selector
from allocator.machine.translation import SegmentUse, Translation
from allocator.units import format_size
from allocator.views.ink import PLAIN, Ink

_LONG = 1 << 53
_SHORT = {"PML4": "PML4", "PDPT": "PDPT", "page directory": "directory", "page table": "table"}


class Field(NamedTuple):
    """Some bits of a linear address: what they count, and the number."""

    name: str
    high: int
    low: int
    value: int

    @property
    def bits(self) -> str:
        """The bits themselves."""
        return f"{self.value:0{self.high - self.low + 1}b}"

    @property
    def words(self) -> str:
        """What they count, and the number."""
        return f"{self.name} {self.value:x}" if self.name in ("offset", "rest") else f"{self.name} {self.value}"


def translation_text(translation: Translation, ink: Ink = PLAIN) -> str:
    """Return the way of one address, stage by stage."""
    return "\n".join(_lines(translation, ink))


def _lines(translation: Translation, ink: Ink) -> Iterator[str]:
    used = translation.segment
    if used:
        yield _stage("logical", logical_name(used), ink) + f"    {selector_words(used)}"
    if used and used.slot:
        yield "  " + ink.paint(f"{used.slot.table.upper():<6}", "register") + f"  {slot_words(used.slot)}"
    if translation.walk:
        yield from _walk_lines(translation.walk, sum_words(used) if used else "", ink)
    for problem in translation.problems:
        yield ink.paint(f"! {problem}", "error")


def _walk_lines(walk: Walk, origin: str, ink: Ink) -> Iterator[str]:
    fields, digits = address_fields(walk), address_digits(walk)
    lines = ["  ".join(_padded(fields, part)).rstrip() for part in ("bits", "words")] if fields else []
    first = origin or (lines.pop(0) if lines else "")
    yield f"{_stage('linear', f'{walk.address:0{digits}x}', ink)}    {first}".rstrip()
    yield from (" " * (14 + digits) + line for line in lines)
    if fields:
        yield _stage("CR3", f"{walk.paging.root:0{digits}x}", ink) + f"    {walk.paging.mode} paging"
        yield from _entry_lines(walk, ink)
    if walk.fault:
        yield _stage("fault", ink.paint(fault_words(walk), "error"), ink)
    elif walk.physical is not None:
        yield f"{_stage('physical', f'{walk.physical:0{digits}x}', ink)}    {rights_words(walk)}"


def _entry_lines(walk: Walk, ink: Ink) -> Iterator[str]:
    rows = [_entry_cells(step, walk) for step in walk.steps]
    widths = [max(map(len, column)) for column in zip(*rows, strict=True)]
    for name, *rest in rows:
        cells = [cell.ljust(width) for cell, width in zip(rest, widths[1:], strict=True)]
        yield ("  " + ink.paint(name.ljust(max(6, widths[0])), "register") + "  " + "  ".join(cells)).rstrip()


def _entry_cells(step: WalkStep, walk: Walk) -> tuple[str, str, str, str]:
    entry = step.entry
    value = f"{entry.value:0{2 * entry.level.size}x}" if step.is_in_memory else "no memory"
    name = f"{entry.level.entry} {step.number}"
    return name, f"at {step.address:x}: {value}", leads_to(step, walk), " ".join(entry.flags)


def _stage(name: str, value: str, ink: Ink) -> str:
    return ink.paint(f"{name:<8}", "heading") + "  " + value


def _padded(fields: tuple[Field, ...], attribute: str) -> Iterator[str]:
    for field in fields:
        yield str(getattr(field, attribute)).ljust(max(len(field.bits), len(field.words)))


# -- words that both forms share --


def address_digits(walk: Walk) -> int:
    """Return how many digits addresses of this walk have."""
    return 16 if walk.paging.mode in ("4-level", "5-level") else 8


def logical_name(used: SegmentUse) -> str:
    """Return the address as a program writes it."""
    digits = 4 if used.slot is None and used.offset <= 0xFFFF else 8
    return f"{used.register or f'{used.selector:x}'}:{used.offset:0{digits}x}"


def selector_words(used: SegmentUse) -> str:
    """Return what a selector says by itself."""
    kind = "segment" if used.slot is None else "selector"
    start = f"{used.register} = {used.selector:x}" if used.register else f"{kind} {used.selector:x}"
    if used.slot is None:
        return f"{start}: times 16 is {used.base:x}" if used.base == used.selector << 4 else start
    chosen = Selector(used.selector)
    return f"{start}: index {chosen.index}, {chosen.table.upper()}, RPL {chosen.rpl}"


def slot_words(slot: Slot) -> str:
    """Return where a descriptor lies, its bytes, and what they say."""
    found = slot.descriptor
    place = f"entry {slot.index} at {slot.address:x}"
    return f"{place}: {found.value:0{2 * found.size}x}  {descriptor_words(found)}" if found else f"{place}: nothing"


def sum_words(used: SegmentUse) -> str:
    """Return what was added to what."""
    return f"base {used.base:x} + offset {used.offset:x}"


def segment_words(used: SegmentUse) -> str:
    """Return all of segmentation in one line, for who cannot see the figure."""
    place = f"; {slot_words(used.slot)}" if used.slot else ""
    end = "there is no linear address" if used.base is None else sum_words(used)
    return f"{selector_words(used)}{place}; {end}"


def descriptor_words(descriptor: Segment | Gate) -> str:
    """Return a descriptor in one line."""
    rights = f"DPL {descriptor.dpl}{'' if descriptor.is_present else ', not present'}"
    if isinstance(descriptor, Gate):
        target = f"to {descriptor.selector.value:x}:{descriptor.offset:x}"
        return f"{descriptor.kind} of {descriptor.bits} bits {target}, {rights}"
    if descriptor.kind in ("empty", "reserved"):
        return descriptor.kind
    span = f"base {descriptor.base:x}, limit {descriptor.limit:x}"
    return ", ".join([f"{kind_words(descriptor)}", span, rights, *segment_flags(descriptor)])


def kind_words(descriptor: Descriptor) -> str:
    """Return the kind of a descriptor, with its width where it has one."""
    if isinstance(descriptor, Segment) and descriptor.kind in ("code", "tss"):
        return f"{descriptor.bits}-bit {descriptor.kind.replace('tss', 'TSS')}"
    if isinstance(descriptor, Gate):
        return f"{descriptor.bits}-bit {descriptor.kind}"
    return descriptor.kind.replace("ldt", "LDT")


def segment_flags(segment: Segment) -> tuple[str, ...]:
    """Return what else a segment is."""
    words = {
        "writable": segment.is_writable,
        "readable": segment.kind == "code" and segment.is_readable,
        "conforming": segment.is_conforming,
        "expands down": segment.expands_down,
        "busy": segment.is_busy,
        "accessed": segment.is_accessed,
        "64-bit in long mode": segment.kind == "code" and not segment.is_long and bool(segment.value & _LONG),
    }
    return tuple(word for word, holds in words.items() if holds)


def address_fields(walk: Walk) -> tuple[Field, ...]:
    """Return the parts of the linear address that the walk used, the highest first; none without paging."""
    fields = []
    for step in walk.steps:
        level = step.entry.level
        fields.append(Field(_SHORT[level.structure], level.shift + level.bits - 1, level.shift, step.number))
    if not fields:
        return ()
    low = fields[-1].low
    name = "offset" if walk.physical is not None or walk.steps[-1].entry.level is walk.paging.levels[-1] else "rest"
    return (*fields, Field(name, low - 1, 0, walk.address & (1 << low) - 1))


def leads_to(step: WalkStep, walk: Walk) -> str:
    """Return what an entry leads to: the next table, a page, or nothing."""
    entry = step.entry
    if not entry.is_present:
        return "not present"
    if entry.reserved:
        return "reserved bits"
    if entry.is_page:
        return f"page of {format_size(1 << entry.level.shift)} at {entry.address:x}"
    following = walk.paging.levels[walk.paging.levels.index(entry.level) + 1]
    return f"{following.structure} at {entry.address:x}"


def rights_words(walk: Walk) -> str:
    """Return who may do what with the page that a walk found: what all of its entries leave."""
    if not walk.steps:
        return "paging is off"
    who = "user" if walk.is_user else "kernel"
    return f"{who} r{'w' if walk.is_writable else '-'}{'x' if walk.is_executable else '-'}"


def refusing_entries(walk: Walk) -> frozenset[int]:
    """Return which entries of a walk are the reason of its fault: all that lack the right, or the last one."""
    if walk.physical is not None or not walk.steps:
        return frozenset()
    found = [place for place, step in enumerate(walk.steps) if step.entry.is_present and _refuses(step, walk.access)]
    is_right = walk.steps[-1].entry.is_present and not walk.steps[-1].entry.reserved
    return frozenset(found if found and is_right else [len(walk.steps) - 1])


def _refuses(step: WalkStep, access: Access) -> bool:
    value = step.entry.value
    lacks = {
        "read": access.is_user and not value & USER,
        "write": not value & WRITABLE or (access.is_user and not value & USER),
        "fetch": bool(value & NO_EXECUTE) or (access.is_user and not value & USER),
    }
    return step.entry.has_rights and lacks[access.kind]


def fault_words(walk: Walk) -> str:
    """Return the exception with its error code and the reason."""
    fault = walk.fault
    if fault is None:
        return ""
    name = {14: "#PF", 13: "#GP"}[fault.vector]
    who = f"{'user' if walk.access.is_user else 'kernel'} {walk.access.kind}"
    return (
        f"{name}({fault.error_code:x}{': ' if fault.names else ''}{' '.join(fault.names)}) on a {who}: {fault.reason}"
    )
