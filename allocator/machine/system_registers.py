"""Hold the registers that decide how addresses are translated, and name their bits.

    CR0   PE protected mode, PG paging, WP the kernel too respects read-only pages
    CR3   where the top paging structure lies
    CR4   PSE pages of 4 MiB, PAE entries of 8 bytes, SMEP and SMAP keep the kernel off user pages
    EFER  LME long mode is wanted, LMA it is active, NXE the no-execute bit counts
    GDTR, IDTR, LDTR, TR   where the descriptor tables and the task state lie

Frozen: one moment of one processor. Nothing here reads memory.

Not modelled: the hidden part of segment registers, which keeps a descriptor after its table has changed.

Source: Intel SDM volume 3, sections 2.2 (modes), 2.2.1 (EFER), 2.4 (table registers), 2.5 (control registers).
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import NamedTuple

from allocator.registers import FLAGS

BITS: dict[str, dict[str, int]] = {
    "cr0": {"PE": 0, "MP": 1, "EM": 2, "TS": 3, "ET": 4, "NE": 5, "WP": 16, "AM": 18, "NW": 29, "CD": 30, "PG": 31},
    "cr3": {"PWT": 3, "PCD": 4},
    "cr4": {
        "VME": 0, "PVI": 1, "TSD": 2, "DE": 3, "PSE": 4, "PAE": 5, "MCE": 6, "PGE": 7, "PCE": 8, "OSFXSR": 9,
        "OSXMMEXCPT": 10, "UMIP": 11, "LA57": 12, "VMXE": 13, "SMXE": 14, "FSGSBASE": 16, "PCIDE": 17, "OSXSAVE": 18,
        "KL": 19, "SMEP": 20, "SMAP": 21, "PKE": 22, "CET": 23, "PKS": 24,
    },
    "efer": {"SCE": 0, "LME": 8, "LMA": 10, "NXE": 11},
    "rflags": {name.upper(): bit for name, bit in FLAGS.items()},
}  # fmt: skip
"""Register to its bits by name. All other bits of CR0, CR4 and EFER are reserved."""

MEANINGS: dict[str, str] = {
    "PE": "protected mode", "MP": "WAIT heeds TS", "EM": "no x87", "TS": "task switched", "ET": "x87 is a 387",
    "NE": "x87 errors are #MF", "WP": "read-only holds for the kernel", "AM": "alignment may be checked",
    "NW": "no write-through", "CD": "caches off", "PG": "paging",
    "PWT": "write-through", "PCD": "not cached",
    "VME": "virtual-8086 extensions", "PVI": "virtual interrupts", "TSD": "RDTSC for the kernel only",
    "DE": "debug extensions", "PSE": "pages of 4 MiB", "PAE": "8-byte entries", "MCE": "machine checks",
    "PGE": "global pages", "PCE": "RDPMC for all", "OSFXSR": "SSE", "OSXMMEXCPT": "SSE errors are #XM",
    "UMIP": "SGDT and the like for the kernel only", "LA57": "5-level paging", "VMXE": "VMX", "SMXE": "SMX",
    "FSGSBASE": "RDFSBASE and the like", "PCIDE": "address-space identifiers", "OSXSAVE": "XSAVE, AVX",
    "KL": "key locker", "SMEP": "the kernel runs no user page", "SMAP": "the kernel reads no user page",
    "PKE": "protection keys", "CET": "control-flow enforcement", "PKS": "protection keys of the kernel",
    "SCE": "SYSCALL", "LME": "wants long mode", "LMA": "long mode active", "NXE": "no-execute counts",
}  # fmt: skip
"""What a bit of CR0, CR3, CR4 or EFER, when it is set, means."""


class TableRegister(NamedTuple):
    """GDTR or IDTR: the linear address of a table, and the offset of its last byte."""

    base: int
    limit: int


_AT_RESET = TableRegister(0, 0xFFFF)
_REAL_VECTORS = TableRegister(0, 0x3FF)


@dataclass(frozen=True)
class SystemRegisters:
    """The registers around translation at one moment; ``bits`` is the width of the code that runs.

    Without arguments they are as after a reset (SDM volume 3, table 10-1), with code at address 0. ``ldtr``
    and ``tr`` are selectors. ``fs_base`` and ``gs_base`` count in 64-bit code only.
    """

    cr0: int = 0x60000010
    cr2: int = 0
    cr3: int = 0
    cr4: int = 0
    efer: int = 0
    rflags: int = 2
    gdtr: TableRegister = _AT_RESET
    idtr: TableRegister = _REAL_VECTORS
    ldtr: int = 0
    tr: int = 0
    es: int = 0
    cs: int = 0
    ss: int = 0
    ds: int = 0
    fs: int = 0
    gs: int = 0
    fs_base: int = 0
    gs_base: int = 0
    bits: int = 16

    def is_set(self, register: str, bit: str) -> bool:
        """Tell whether a bit is set, both by name: ``is_set("cr0", "PG")``."""
        return bool(getattr(self, register) >> BITS[register][bit] & 1)

    def names(self, register: str) -> tuple[str, ...]:
        """Return the names of the bits of `register` that are set, lowest first."""
        value = getattr(self, register)
        return tuple(name for name, bit in BITS[register].items() if value >> bit & 1)

    def reserved(self, register: str) -> int:
        """Return the bits of CR0, CR4 or EFER that are set and have no meaning."""
        return int(getattr(self, register)) & ~sum(1 << bit for bit in BITS[register].values())

    def with_root(self, root: int) -> SystemRegisters:
        """Return the same with other page tables: those at `root`."""
        return replace(self, cr3=root)

    @property
    def is_real(self) -> bool:
        """Whether selectors are addresses by themselves: real mode, or virtual-8086 mode."""
        return not self.is_set("cr0", "PE") or self.is_virtual

    @property
    def is_virtual(self) -> bool:
        """Whether this is virtual-8086 mode."""
        return self.is_set("cr0", "PE") and self.is_set("rflags", "VM") and not self.is_long

    @property
    def is_long(self) -> bool:
        """Whether long mode is active, for 64-bit code or for older code beneath it."""
        return self.is_set("efer", "LMA")

    @property
    def cpl(self) -> int:
        """The current privilege level, 0 to 3."""
        if self.is_virtual:
            return 3
        return 0 if self.is_real else self.cs & 3

    @property
    def mode(self) -> str:
        """``real16``, ``protected16``, ``protected32``, ``paged32`` or ``long64``, as a trace names modes."""
        if self.bits == 64:
            return "long64"
        if not self.is_set("cr0", "PE"):
            return "real16"
        if self.bits == 16:
            return "protected16"
        return "paged32" if self.is_set("cr0", "PG") else "protected32"

    def __repr__(self) -> str:
        values = ", ".join(f"{name.upper()} {getattr(self, name):#x}" for name in ("cr0", "cr3", "cr4", "efer"))
        return f"<SystemRegisters: {self.mode}, {values}>"

    def _repr_html_(self) -> str:
        from allocator.views.control_registers import control_registers_html

        return control_registers_html(self)
