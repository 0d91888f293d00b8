"""One entry of a firmware map: a stretch of physical addresses, and what firmware says it is.

    type  kind           may an allocator have it?
    1     usable         yes: the only one
    2     reserved       no: ROMs, devices, firmware's own memory
    3     ACPI data      no: tables; an operating system that has read them may take it back
    4     ACPI NVS       no: firmware keeps it across sleep
    5     unusable       no: defective memory
    6     disabled       no
    7     persistent     no: keeps its content without power (12 before ACPI had a number for it)
    any other            no: a type that came later is treated as reserved

Source: ACPI 6.5, section 15 "System Address Map Interfaces", tables 15.4 and 15.5; 12 and the soft
reservation (EFFFFFFFh, Linux's own) are conventions.
"""

from __future__ import annotations

from dataclasses import dataclass

from allocator.addresses import Range
from allocator.errors import MachineError

ADDRESS_END = 1 << 64
"""One past the last address that a record of firmware can name."""

USABLE = 1
RESERVED = 2
ACPI_DATA = 3
ACPI_NVS = 4
UNUSABLE = 5
DISABLED = 6
PERSISTENT = 7
PERSISTENT_OLD = 12
SOFT_RESERVED = 0xEFFF_FFFF

KINDS = {
    USABLE: "usable",
    RESERVED: "reserved",
    ACPI_DATA: "ACPI data",
    ACPI_NVS: "ACPI NVS",
    UNUSABLE: "unusable",
    DISABLED: "disabled",
    PERSISTENT: "persistent",
    PERSISTENT_OLD: "persistent",
    SOFT_RESERVED: "soft reserved",
}

# Where entries overlap, the one further down this list wins; a type that is not in it ranks as reserved.
_FROM_LENIENT_TO_STRICT = (
    USABLE,
    ACPI_DATA,
    SOFT_RESERVED,
    PERSISTENT,
    PERSISTENT_OLD,
    ACPI_NVS,
    RESERVED,
    DISABLED,
    UNUSABLE,
)
_STRICTNESS = {type_number: rank for rank, type_number in enumerate(_FROM_LENIENT_TO_STRICT)}


@dataclass(frozen=True)
class Region:
    """`length` bytes from `base`, of a `type`; `attributes` is the ACPI 3.0 dword, None in a 20-byte record."""

    base: int
    length: int
    type: int
    attributes: int | None = None

    def __post_init__(self) -> None:
        if self.base < 0 or self.length < 0 or self.base + self.length > ADDRESS_END:
            raise MachineError(
                f"a region of {self.length:#x} bytes at {self.base:#x} does not fit into 64-bit addresses"
            )
        if not 0 <= self.type < 1 << 32 or not 0 <= (self.attributes or 0) < 1 << 32:
            raise MachineError(f"the type and the attributes of a region are 32-bit numbers, not {self.type:#x}")

    @property
    def end(self) -> int:
        """One past the last byte."""
        return self.base + self.length

    @property
    def kind(self) -> str:
        """What the type means, in the words of the Linux log; ``type N`` where there is no word."""
        return KINDS.get(self.type, f"type {self.type}")

    @property
    def range(self) -> Range:
        """The addresses alone."""
        return Range(self.base, self.end)

    @property
    def is_enabled(self) -> bool:
        """Whether bit 0 of the attributes does not tell the reader to skip this entry."""
        return self.attributes is None or bool(self.attributes & 1)


def strictness(type_number: int) -> tuple[int, int]:
    """Return a key that orders types from usable to unusable; equal keys only for equal types."""
    return _STRICTNESS.get(type_number, _STRICTNESS[RESERVED]), type_number
