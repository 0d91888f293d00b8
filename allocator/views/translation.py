"""Show where an address leads, as text: the two figures of the textbooks, with this address's numbers in them.

    logical   ds:00003123    ds = 10, entry 2 of the GDT at 1010: data, base 00400000, limit ffffffff ...
    linear    00403123       0000000001   0000000011   000100100011
                             directory 1  table 3      offset 123
    CR3       00001000
      PDE     entry 1 at 1004: 00002007   page table at 2000            P R/W U/S
      PTE     entry 3 at 200c: 00005007   page of 4 KiB at 5000         P R/W U/S
    physical  00005123

Its words are those of the HTML twin, `translation_html`.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import NamedTuple

from allocator.machine.paging import Walk, WalkStep
from allocator.machine.segments import Descriptor, Gate, Segment
from allocator.machine.translation import SegmentUse, Translation
from allocator.units import format_size
from allocator.views.ink import PLAIN, Ink

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
        return f"{self.name} {self.value:x}" if self.name == "offset" else f"{self.name} {self.value}"


def translation_text(translation: Translation, ink: Ink = PLAIN) -> str:
    """Return the way of one address, stage by stage."""
    return "\n".join(_lines(translation, ink))


def _lines(translation: Translation, ink: Ink) -> Iterator[str]:
    if translation.segment:
        yield _stage("logical", logical_name(translation.segment), ink) + f"    {segment_words(translation.segment)}"
    walk = translation.walk
    if walk:
        yield from _walk_lines(walk, ink)
    for problem in translation.problems:
        yield ink.paint(f"! {problem}", "error")


def _walk_lines(walk: Walk, ink: Ink) -> Iterator[str]:
    fields = address_fields(walk)
    digits = address_digits(walk)
    yield (_stage("linear", f"{walk.address:0{digits}x}", ink) + "    " + "  ".join(_padded(fields, "bits"))).rstrip()
    if fields:
        yield " " * (14 + digits) + "  ".join(_padded(fields, "words")).rstrip()
        yield _stage("CR3", f"{walk.paging.root:0{digits}x}", ink) + f"    {walk.paging.mode} paging"
    for step in walk.steps:
        yield "  " + ink.paint(f"{step.entry.level.entry:<6}", "register") + "  " + step_words(step, walk)
    if walk.fault:
        yield _stage("fault", ink.paint(fault_words(walk), "error"), ink)
    elif walk.physical is not None:
        yield _stage("physical", f"{walk.physical:0{digits}x}", ink) + ("" if fields else "    paging is off")


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
    return f"{used.register or f'{used.selector:x}'}:{used.offset:08x}"


def segment_words(used: SegmentUse) -> str:
    """Return what the selector selects, and what is added to the offset."""
    base = "there is no linear address" if used.base is None else f"base {used.base:08x} is added"
    start = f"{used.register} = {used.selector:x}" if used.register else f"selector {used.selector:x}"
    if used.slot is None:
        return f"{start}, {base}"
    place = f"entry {used.slot.index} of the {used.slot.table.upper()} at {used.slot.address:x}"
    found = used.slot.descriptor
    return f"{start}, {place}: {descriptor_words(found) if found else 'nothing'}; {base}"


def descriptor_words(descriptor: Segment | Gate) -> str:
    """Return a descriptor in one line."""
    rights = f"DPL {descriptor.dpl}{'' if descriptor.is_present else ', not present'}"
    if isinstance(descriptor, Gate):
        target = f"to {descriptor.selector.value:x}:{descriptor.offset:x}"
        return f"{descriptor.kind} of {descriptor.bits} bits {target}, {rights}"
    if descriptor.kind in ("empty", "reserved"):
        return descriptor.kind
    span = f"base {descriptor.base:08x}, limit {descriptor.limit:08x}"
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
    return (*fields, Field("offset", low - 1, 0, walk.address & (1 << low) - 1))


def step_words(step: WalkStep, walk: Walk) -> str:
    """Return what one entry is and says."""
    entry = step.entry
    value = f"{entry.value:0{2 * entry.level.size}x}" if step.is_in_memory else "no memory"
    place = f"entry {step.number} at {step.address:x}: {value}"
    return f"{place:<{32 + 2 * entry.level.size}}{_leads_to(step, walk):<32}{' '.join(entry.flags)}".rstrip()


def _leads_to(step: WalkStep, walk: Walk) -> str:
    entry = step.entry
    if not entry.is_present:
        return "not present"
    if entry.reserved:
        return "reserved bits"
    if entry.is_page:
        return f"page of {format_size(1 << entry.level.shift)} at {entry.address:x}"
    following = walk.paging.levels[walk.paging.levels.index(entry.level) + 1]
    return f"{following.structure} at {entry.address:x}"


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
