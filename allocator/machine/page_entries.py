"""Decode the entries of page tables, in each of the modes of paging.

    32-bit    31..22 directory  21..12 table                                      11..0 offset   entries of 4 bytes
    PAE       31..30 PDPT       29..21 directory  20..12 table                    11..0 offset   entries of 8 bytes
    4-level   47..39 PML4       38..30 PDPT       29..21 directory  20..12 table  11..0 offset   entries of 8 bytes

    entry     63  62..52   51..12    11..9    8  7   6  5  4    3    2    1    0
              NX  ignored  address   ignored  G  PS  D  A  PCD  PWT  U/S  R/W  P

- An entry with PS is no table but a page: of 4 MiB (with CR4.PSE), of 2 MiB, or of 1 GiB.
- A page of 4 MiB has bits 39 to 32 of its address in bits 20 to 13 (PSE-36).
- Which bits must be zero depends on the mode, on EFER.NXE and on how many bits a physical address has.

Not modelled: 5-level paging, protection keys, PAT.

Source: Intel SDM volume 3, section 4.1.1 and table 4-1 (modes), tables 4-4 to 4-6 (32-bit), 4-8 to 4-11 (PAE), 4-15 to
4-20 (4-level).
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import NamedTuple

from allocator.machine.system_registers import SystemRegisters

NO_PAGING, BITS_32, PAE, LEVELS_4, LEVELS_5 = "none", "32-bit", "PAE", "4-level", "5-level"
PHYSICAL_BITS = 40
"""MAXPHYADDR, as the engine's processor says in CPUID leaf 80000008h."""


class Level(NamedTuple):
    """One step of a walk: the structure, its entries, and which bits of an address count them."""

    structure: str
    entry: str
    shift: int
    bits: int
    size: int

    def entry_number(self, address: int) -> int:
        """Return the number of the entry for a linear address."""
        return address >> self.shift & (1 << self.bits) - 1


LEVELS: dict[str, tuple[Level, ...]] = {
    BITS_32: (Level("page directory", "PDE", 22, 10, 4), Level("page table", "PTE", 12, 10, 4)),
    PAE: (
        Level("PDPT", "PDPTE", 30, 2, 8),
        Level("page directory", "PDE", 21, 9, 8),
        Level("page table", "PTE", 12, 9, 8),
    ),
    LEVELS_4: (
        Level("PML4", "PML4E", 39, 9, 8),
        Level("PDPT", "PDPTE", 30, 9, 8),
        Level("page directory", "PDE", 21, 9, 8),
        Level("page table", "PTE", 12, 9, 8),
    ),
}
"""Mode of paging to its levels, from CR3 downwards."""

PRESENT, WRITABLE, USER, ACCESSED, DIRTY, LARGE, NO_EXECUTE = 1, 2, 4, 0x20, 0x40, 0x80, 1 << 63
_TABLE_BITS = {"P": 0, "R/W": 1, "U/S": 2, "PWT": 3, "PCD": 4, "A": 5}
_PAGE_BITS = {**_TABLE_BITS, "D": 6, "G": 8}
_ADDRESS = 0x000F_FFFF_FFFF_F000


@dataclass(frozen=True)
class Paging:
    """What CR0, CR3, CR4 and EFER say about translation; ``root`` is where the top structure lies."""

    mode: str
    root: int
    has_large_pages: bool = True
    has_no_execute: bool = False
    kernel_respects_read_only: bool = False
    smep: bool = False
    smap: bool = False
    physical_bits: int = PHYSICAL_BITS
    problem: str | None = None

    @classmethod
    def of(cls, registers: SystemRegisters) -> Paging:
        """Return the paging of these registers."""
        mode = paging_mode(registers)
        return cls(
            mode,
            _root(mode, registers.cr3),
            registers.is_set("cr4", "PSE") or mode != BITS_32,
            registers.is_set("efer", "NXE") and mode in (PAE, LEVELS_4),
            registers.is_set("cr0", "WP"),
            registers.is_set("cr4", "SMEP"),
            registers.is_set("cr4", "SMAP"),
            problem=_root_problem(mode, registers),
        )

    @property
    def levels(self) -> tuple[Level, ...]:
        """The levels of a walk, from CR3 downwards."""
        return LEVELS.get(self.mode, ())


@dataclass(frozen=True)
class PageEntry:
    """An entry of a paging structure, decoded for its level and mode."""

    value: int
    level: Level
    is_page: bool
    reserved: int
    """Its bits that are set and must not be."""

    @property
    def is_present(self) -> bool:
        """P: whether the rest of it means anything."""
        return bool(self.value & PRESENT)

    @property
    def address(self) -> int:
        """The physical address of the next structure, or of the page."""
        if not self.is_page:
            return self.value & (_ADDRESS if self.level.size == 8 else 0xFFFFF000)
        below = (1 << self.level.shift) - 1
        if self.level.size == 8:
            return self.value & _ADDRESS & ~below
        upper = (self.value >> 13 & 0xFF) << 32 if self.level.entry == "PDE" else 0
        return self.value & 0xFFFFF000 & ~below | upper

    @property
    def has_rights(self) -> bool:
        """Whether its R/W, U/S and NX count: everywhere but in a PDPTE of PAE."""
        return self.level.bits != 2

    @property
    def flags(self) -> tuple[str, ...]:
        """The names of its bits that are set, lowest first."""
        if not self.is_present:
            return ()
        bits = _PAGE_BITS if self.is_page else _TABLE_BITS
        names = [name for name, bit in bits.items() if self.value >> bit & 1]
        names += ["PS"] if self.is_page and self.level.entry != "PTE" else []
        return (*names, *(["NX"] if self.value & NO_EXECUTE else []))

    def _repr_html_(self) -> str:
        from allocator.views.bit_fields_html import bits_html

        return bits_html(self)


def decode_entry(value: int, level: Level, paging: Paging) -> PageEntry:
    """Decode an entry of `level`."""
    is_page = level.entry == "PTE" or bool(value & LARGE and _may_be_large(level, paging))
    return PageEntry(value, level, is_page, value & _must_be_zero(level, is_page, paging) if value & PRESENT else 0)


def paging_mode(registers: SystemRegisters) -> str:
    """Return the mode of paging: ``none``, ``32-bit``, ``PAE``, ``4-level`` or ``5-level``."""
    if not registers.is_set("cr0", "PG"):
        return NO_PAGING
    if not registers.is_set("cr4", "PAE"):
        return BITS_32
    if not registers.is_long:
        return PAE
    return LEVELS_5 if registers.is_set("cr4", "LA57") else LEVELS_4


def _may_be_large(level: Level, paging: Paging) -> bool:
    if paging.mode == BITS_32:
        return paging.has_large_pages
    return level.entry == "PDE" or (level.entry == "PDPTE" and paging.mode == LEVELS_4)


def _must_be_zero(level: Level, is_page: bool, paging: Paging) -> int:
    if paging.mode == BITS_32:
        return 0x3FE000 & -(1 << max(13, paging.physical_bits - 19)) if is_page and level.entry == "PDE" else 0
    top = 63 if paging.mode == PAE else 52
    mask = (1 << top) - (1 << paging.physical_bits)
    mask |= 0 if paging.has_no_execute and level.bits != 2 else NO_EXECUTE
    mask |= LARGE if level.entry == "PML4E" else 0
    return mask | ((1 << level.shift) - (1 << 13) if is_page and level.entry != "PTE" else 0)


def _root(mode: str, cr3: int) -> int:
    if mode == NO_PAGING:
        return 0
    if mode == PAE:
        return cr3 & 0xFFFFFFE0
    return cr3 & (0xFFFFF000 if mode == BITS_32 else _ADDRESS)


def _root_problem(mode: str, registers: SystemRegisters) -> str | None:
    if mode in (NO_PAGING, LEVELS_5) or (mode == LEVELS_4 and registers.is_set("cr4", "PCIDE")):
        return None
    ignored = registers.cr3 & (0x7 if mode == PAE else 0xFE7)
    if not ignored:
        return None
    boundary = 32 if mode == PAE else 4096
    return (
        f"CR3 = {registers.cr3:#x} is not at a multiple of {boundary}: bits {ignored:#x} are ignored, "
        f"the {LEVELS[mode][0].structure} is read at {_root(mode, registers.cr3):#x}"
    )
