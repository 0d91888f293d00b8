"""Show the processor as a boot left it: ``allocator boot --show WHAT``.

    registers              control registers and table registers, with what their bits mean
    gdt, ldt, idt          a descriptor table, decoded; idt in real mode: the vectors
    pages                  what the page tables map
    translation:ADDRESS    where 0xC0004000, ds:0x1234 or 8:0x1234 leads, entry by entry

Each is a view of its own; here they are found by name.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from typing import TYPE_CHECKING

from allocator.errors import UsageError
from allocator.registers import SEGMENTS
from allocator.units import parse_number

if TYPE_CHECKING:
    from allocator.machine.machine import Machine
    from allocator.machine.translation import Address
    from allocator.views.ink import Ink

_TRANSLATION = "translation:"


def check_views(names: Iterable[str]) -> None:
    """Refuse what cannot be shown, before anything runs; raises UsageError."""
    for name in names:
        if name.startswith(_TRANSLATION):
            _address(name)
        elif name not in VIEWS:
            known = f"{', '.join(VIEWS)}, translation:ADDRESS"
            raise UsageError(f"'{name}' cannot be shown\nhint: --show takes {known}")


def view_lines(machine: Machine, names: Iterable[str], ink: Ink) -> Iterator[str]:
    """Yield each view under its name, in the order asked for."""
    for name in names:
        yield ink.paint(name, "heading")
        yield _translation(machine, name, ink) if name.startswith(_TRANSLATION) else VIEWS[name](machine, ink)
        yield ""


def _address(name: str) -> Address:
    """Return the address behind ``translation:``."""
    text = name.removeprefix(_TRANSLATION)
    segment, colon, offset = text.rpartition(":")
    try:
        number = parse_number(offset)
        if colon and segment.lower() not in SEGMENTS:
            parse_number(segment)
    except UsageError:
        raise UsageError(f"'{text}' is no address\nhint: translation:0x1234, or translation:ds:0x1234") from None
    return text if colon else number


def _translation(machine: Machine, name: str, ink: Ink) -> str:
    from allocator.views.translation import translation_text

    return translation_text(machine.translate(_address(name)), ink)


def _registers(machine: Machine, ink: Ink) -> str:
    from allocator.views.control_registers import control_registers_text

    return control_registers_text(machine.system_state().registers, ink)


def _gdt(machine: Machine, ink: Ink) -> str:
    from allocator.machine.descriptor_tables import read_gdt
    from allocator.views.descriptor_tables import descriptor_table_text

    return descriptor_table_text(read_gdt(machine.system_state().registers, machine.read_linear), ink)


def _ldt(machine: Machine, ink: Ink) -> str:
    from allocator.machine.descriptor_tables import read_ldt
    from allocator.views.descriptor_tables import descriptor_table_text

    return descriptor_table_text(read_ldt(machine.system_state().registers, machine.read_linear), ink)


def _idt(machine: Machine, ink: Ink) -> str:
    from allocator.machine.descriptor_tables import read_idt, read_vectors
    from allocator.views.descriptor_tables import descriptor_table_text, vectors_text

    registers = machine.system_state().registers
    if registers.is_real:
        return vectors_text(read_vectors(registers, machine.read_linear), ink)
    return descriptor_table_text(read_idt(registers, machine.read_linear), ink)


def _pages(machine: Machine, ink: Ink) -> str:
    from allocator.views.page_tables import page_tables_text

    return page_tables_text(machine.page_tables(), ink)


VIEWS: dict[str, Callable[[Machine, Ink], str]] = {
    "registers": _registers,
    "gdt": _gdt,
    "ldt": _ldt,
    "idt": _idt,
    "pages": _pages,
}
"""Name to what shows it."""
