"""Hold what a PC boots from: sectors of 512 bytes, and the program that they came from where it is known.

    Disk.of(image)     7C00h..7DFFh is sector 0: the boot sector, which ends in 55AAh
                       what follows in that segment: sectors 1, 2, ...
                       the other segments behind it in order of address, each from the next whole sector
    Disk.of(path)      a raw image as `dd`, `nasm -f bin` or `qemu-img` leave it: byte n is byte n

- A disk of a floppy's exact size is a floppy: drive 00h. Any other is a hard disk: drive 80h. `as_floppy` makes a
  floppy of a smaller one, as programs expect that name drive 00h instead of the one in DL.
- A hard disk's geometry is what SeaBIOS tells under QEMU: 63 sectors, 16 heads, and above 1,024 cylinders twice
  the heads and half the cylinders.
- A size that is no whole number of sectors is filled up with zeros, as QEMU does it, and `notes` says so.
- What stands on it is never written back.

Not modelled: a geometry guessed from a partition table, CD-ROMs, sectors of 4 KiB. Partitions are a loader's affair.
Source: Ralf Brown's Interrupt List, INT 13h and the floppy format table; SeaBIOS block.c, setup_translation.
"""

from __future__ import annotations

import stat
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import NamedTuple

from allocator.addresses import ORIGIN_16
from allocator.assembly.image import Image, Segment
from allocator.errors import MachineError, reason
from allocator.source import printable
from allocator.units import KIB, MIB, format_size

SECTOR_SIZE = 512
SIGNATURE = b"\x55\xaa"
"""The last two bytes of a sector that firmware starts."""
MAX_DISK_BYTES = 512 * MIB

FLOPPY_DRIVE = 0x00
HARD_DRIVE = 0x80
"""What INT 13h calls the first drive of each kind, in DL."""


class Geometry(NamedTuple):
    """How INT 13h counts sectors: by cylinder from 0, head from 0, and sector from 1."""

    cylinders: int
    heads: int
    sectors: int

    def lba(self, cylinder: int, head: int, sector: int) -> int | None:
        """Return the number of a sector counted from 0, or None where there is no such place."""
        if not (0 <= cylinder < self.cylinders and 0 <= head < self.heads and 1 <= sector <= self.sectors):
            return None
        return (cylinder * self.heads + head) * self.sectors + sector - 1


_FLOPPIES = {
    160 * KIB: Geometry(40, 1, 8),
    180 * KIB: Geometry(40, 1, 9),
    320 * KIB: Geometry(40, 2, 8),
    360 * KIB: Geometry(40, 2, 9),
    720 * KIB: Geometry(80, 2, 9),
    1200 * KIB: Geometry(80, 2, 15),
    1440 * KIB: Geometry(80, 2, 18),
    2880 * KIB: Geometry(80, 2, 36),
}
_USUAL_FLOPPIES = (1440 * KIB, 2880 * KIB)
_HARD_HEADS, _HARD_SECTORS = 16, 63
_MIN_CYLINDERS, _MAX_CYLINDERS = 2, 1024


@dataclass(frozen=True)
class Disk:
    """Sectors in order, the `image` whose addresses the code in them has, and what to call it.

    ``notes`` are sentences on how it was made into a disk, for people. ``Disk.of`` makes one and checks it.
    """

    data: bytes = field(repr=False)
    image: Image
    name: str
    notes: tuple[str, ...] = ()

    @classmethod
    def of(cls, source: Disk | Image | bytes | Path | str) -> Disk:
        """Return `source` as a disk: an assembled image, the bytes of one, or a Path to a raw disk image.

        Raises MachineError for what no firmware would start: no 55AAh at the end of the first sector, less
        than a sector, nothing at 7C00h; and for more than 512 MiB.
        """
        if isinstance(source, Disk):
            return source
        if isinstance(source, Image):
            return _of_image(source)
        if isinstance(source, bytes | bytearray | memoryview):
            return _of_bytes(bytes(source), "<bytes>")
        path = Path(source)
        return _of_bytes(_read(path), printable(str(path)))

    def as_floppy(self) -> Disk:
        """Return a floppy with the same sectors, filled up with zeros; raises MachineError for more than 2.88 MB."""
        size = next((size for size in _USUAL_FLOPPIES if size >= len(self.data)), None)
        if self.is_floppy:
            return self
        if size is None:
            raise MachineError(f"{self.name}: {format_size(len(self.data))} do not fit on a floppy: at most 2.88 MB do")
        note = f"put on a floppy of {size // KIB:,} KiB: drive 00h"
        return replace(self, data=self.data.ljust(size, b"\0"), notes=(*self.notes, note))

    @property
    def sector_count(self) -> int:
        """How many sectors there are."""
        return len(self.data) // SECTOR_SIZE

    @property
    def is_floppy(self) -> bool:
        """Whether it has the exact size of a floppy disk."""
        return len(self.data) in _FLOPPIES

    @property
    def drive(self) -> int:
        """The number that firmware hands to a boot sector in DL."""
        return FLOPPY_DRIVE if self.is_floppy else HARD_DRIVE

    @property
    def geometry(self) -> Geometry:
        """Cylinders, heads and sectors as INT 13h tells them; a hard disk's last cylinder may be incomplete."""
        return _FLOPPIES.get(len(self.data)) or _hard_geometry(self.sector_count)

    def sectors(self, lba: int, count: int) -> bytes | None:
        """Return `count` sectors from number `lba`, counted from 0, or None where not all of them exist."""
        if lba < 0 or count < 0 or lba + count > self.sector_count:
            return None
        return self.data[lba * SECTOR_SIZE : (lba + count) * SECTOR_SIZE]

    def __repr__(self) -> str:
        kind = "floppy" if self.is_floppy else "hard disk"
        return f"<Disk {self.name}: {kind}, {self.sector_count:,} sectors>"


def _hard_geometry(sector_count: int) -> Geometry:
    cylinders, heads = max(_MIN_CYLINDERS, sector_count // (_HARD_HEADS * _HARD_SECTORS)), _HARD_HEADS
    while cylinders > _MAX_CYLINDERS:
        cylinders, heads = cylinders // 2, heads * 2
    return Geometry(cylinders, heads, _HARD_SECTORS)


def _of_image(image: Image) -> Disk:
    names = ", ".join(source.name for source in image.sources)
    segments = sorted((s for s in image.segments if s.data), key=lambda s: (s.start != ORIGIN_16, s.start))
    if not segments or segments[0].start != ORIGIN_16:
        raise MachineError(
            f"{names}: nothing of this image lies at 7C00h, where firmware loads a boot sector: "
            "begin it with org 0x7C00"
        )
    data = b"".join(_filled(segment.data) for segment in segments)
    _check(data, names, len(segments[0].data))
    return Disk(data, image, names)


def _of_bytes(data: bytes, name: str) -> Disk:
    _check(data, name, len(data))
    filled = _filled(data)
    sector = Segment(ORIGIN_16, filled[:SECTOR_SIZE])
    image = Image((sector,), {}, frozenset(), {}, (), {}, (), bits=16)
    return Disk(filled, image, name, _notes(len(data), len(filled)))


def _notes(size: int, filled: int) -> tuple[str, ...]:
    if size == filled:
        return ()
    return (f"{size:,} bytes are no whole number of sectors: {filled - size} zeros were added",)


def _filled(data: bytes) -> bytes:
    missing = -len(data) % SECTOR_SIZE
    return data + bytes(missing) if missing else data


def _check(data: bytes, name: str, size: int) -> None:
    """Refuse what firmware would not start; `size` is how much of the first sector and what follows was given."""
    if not size:
        raise MachineError(f"{name}: the disk image is empty; a boot sector has {SECTOR_SIZE} bytes")
    if len(data) > MAX_DISK_BYTES:
        raise MachineError(f"{name}: {format_size(len(data))} of disk are too much: the limit is 512 MiB")
    if size < SECTOR_SIZE:
        raise MachineError(f"{name}: {size} bytes are less than a boot sector, which has {SECTOR_SIZE}; {_HINT}")
    end = data[SECTOR_SIZE - 2 : SECTOR_SIZE]
    if end != SIGNATURE:
        raise MachineError(
            f"{name}: the first sector ends in {end.hex(' ')} and not in 55 aa: no firmware starts it; {_HINT}"
        )


_HINT = "in its source the last line is: times 510-($-$$) db 0, and then dw 0xAA55"


def _read(path: Path) -> bytes:
    name = printable(str(path))
    try:
        facts = path.stat()
        if not stat.S_ISREG(facts.st_mode):
            raise MachineError(f"{name}: is not a regular file; a disk is the raw image of one")
        if facts.st_size > MAX_DISK_BYTES:
            raise MachineError(f"{name}: {format_size(facts.st_size)} of disk are too much: the limit is 512 MiB")
        with path.open("rb") as stream:
            return stream.read(MAX_DISK_BYTES + 1)
    except (OSError, ValueError) as error:
        raise MachineError(f"{name}: cannot read the disk image: {reason(error)}") from error
