"""Show the processor at a moment of a boot: ``allocator boot --show WHAT [--at WHEN]``.

    registers              control registers and table registers, with what their bits mean
    gdt, ldt, idt          a descriptor table, decoded; idt in real mode: the vectors
    task                   the task state segment: stacks for more privileged code
    pages                  what the page tables map
    paging                 the modes of paging, and which one holds
    memory                 what lies where in physical memory: sectors, tables, stacks, the page map
    modes                  which modes the boot went through, and how its code was found in memory in each
    translation:ADDRESS    where 0xC0004000, ds:0x1234 or 8:0x1234 leads, entry by entry
    bits:ADDRESS           every selector, descriptor and entry on that way, bit by bit

WHEN is the number of a step, a label, ``LABEL visit N``, or ``end``, the default.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import TYPE_CHECKING

from allocator.errors import UsageError
from allocator.registers import SEGMENTS
from allocator.units import parse_number

if TYPE_CHECKING:
    from allocator.machine.explainable import Explainable
    from allocator.machine.translation import Address
    from allocator.trace.trace import Trace
    from allocator.views.ink import Ink

PARTS = ("registers", "gdt", "ldt", "idt", "task", "pages", "paging")
"""What is shown by its name alone; `views.processor` shows it."""
OF_THE_BOOT = ("modes", "memory")
"""What is shown of the whole boot."""
WAYS = ("translation:", "bits:")
"""What is shown of one address."""
KNOWN = (*PARTS, *OF_THE_BOOT, *(f"{way}ADDRESS" for way in WAYS))
"""What a user can ask for."""


def check_views(names: Iterable[str]) -> None:
    """Refuse what cannot be shown, before anything runs; raises UsageError."""
    for name in names:
        if name.startswith(WAYS):
            _address(name)
        elif name not in (*PARTS, *OF_THE_BOOT):
            raise UsageError(f"'{name}' cannot be shown\nhint: --show takes {', '.join(KNOWN)}")


def view_lines(
    trace: Trace, processor: Explainable, names: Iterable[str], ink: Ink, width: int | None
) -> Iterator[str]:
    """Yield each view under its name, in the order asked for."""
    from allocator.views.processor import processor_text

    for name in names:
        yield ink.paint(name, "heading")
        if name in OF_THE_BOOT:
            yield _modes(trace, ink, width) if name == "modes" else _memory(trace, ink, width)
        else:
            is_way = name.startswith(WAYS)
            yield _way(processor, name, ink) if is_way else processor_text(processor, name, ink, width)
        yield ""


def _address(name: str) -> Address:
    """Return the address behind ``translation:`` or ``bits:``."""
    way, _, text = name.partition(":")
    segment, colon, offset = text.rpartition(":")
    try:
        number = parse_number(offset)
        if colon and segment.lower() not in SEGMENTS:
            parse_number(segment)
    except UsageError:
        raise UsageError(f"'{text}' is no address\nhint: {way}:0x1234, or {way}:ds:0x1234") from None
    return text if colon else number


def _modes(trace: Trace, ink: Ink, width: int | None) -> str:
    from allocator.views.mode_addresses import mode_addresses, mode_addresses_text
    from allocator.views.mode_ladder import mode_ladder, mode_ladder_text

    ladder = mode_ladder_text(mode_ladder(trace), ink, width)
    return f"{ladder}\n\n{mode_addresses_text(mode_addresses(trace), ink, width)}"


def _memory(trace: Trace, ink: Ink, width: int | None) -> str:
    from allocator.views.memory_layout import memory_layout, memory_layout_text

    return memory_layout_text(memory_layout(trace), ink, width)


def _way(processor: Explainable, name: str, ink: Ink) -> str:
    from allocator.views.bit_fields import translation_bits_text
    from allocator.views.translation import translation_text

    show = translation_bits_text if name.startswith("bits:") else translation_text
    return show(processor.translate(_address(name)), ink)
