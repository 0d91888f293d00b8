"""Draw the address map of a machine whose routines are called, and name the places in it.

    000000  +------------------------------+
            | first frame, filled          |  real hardware keeps its interrupt vectors here
    001000  +------------------------------+
            | free                         |
    006000  | - - - fence - - - - - - - -  |
    007000  | stack of 16-bit routines     |  grows down from 7C00
    007C00  | 16-bit code (the boot sector)|
    010000  | sentinel of 16-bit calls lies just below
    0A0000  +==============================+  not memory on a PC: video, ROMs
    100000  +------------------------------+
            | code: origin of an Image     |
    110000  | system variables             |  os_MemAmount at 110108
    11F000  | - - - fence - - - - - - - -  |
    120000  | os_MemoryMap                 |  131,072 bytes, one for each 2 MiB page
    140000  | - - - fence - - - - - - - -  |
    1DF000  | - - - fence - - - - - - - -  |
    1E0000  | stack                        |  grows down from 1F0000
    1F0000  | - - - fence - - - - - - - -  |  a routine returns to 1F0800, where nothing is
    1F1000  | descriptors (GDT)            |  flat code and data of 16, 32 and 64 bits
    1F2000  | free                         |
    200000  +------------------------------+
            | page 1: programs             |
            :                              :
   (1 TiB - 8 KiB, physical)                  page tables of 64-bit code: the first 512 GiB, identity

A fence is a rule of the sandbox: real hardware has memory there. Addresses that BareMetal's last
assembly kernel fixed are kept (kernel 100000, variables 110000, map 120000, programs 200000).
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import NamedTuple

from allocator.units import FRAME_SIZE


class Range(NamedTuple):
    """Half-open: `start` belongs to it, `end` does not."""

    start: int
    end: int

    @property
    def size(self) -> int:
        """Bytes in the range."""
        return self.end - self.start

    def __contains__(self, address: object) -> bool:
        return isinstance(address, int) and self.start <= address < self.end


def without(ranges: Iterable[Range], holes: Iterable[Range]) -> Iterator[Range]:
    """Yield what the `holes`, in any order, leave of each range."""
    cuts = sorted(holes)
    for start, end in ranges:
        rest = start
        for cut in cuts:
            if rest < cut.end and cut.start < end:
                if rest < cut.start:
                    yield Range(rest, cut.start)
                rest = cut.end
        if rest < end:
            yield Range(rest, end)


ORIGIN = 0x100000
"""Where an image starts unless the source says otherwise."""
ORIGIN_16 = 0x7C00
"""Where an image that starts in 16-bit code begins: where firmware loads a boot sector."""

FIRST_FRAME = Range(0, FRAME_SIZE)
PAGE_MAP_PAGES = 131_072
"""Room in the page map: 256 GiB of 2 MiB pages."""
PAGE_MAP = Range(0x120000, 0x120000 + PAGE_MAP_PAGES)
STACK = Range(0x1E0000, 0x1F0000)
STACK_16 = Range(0x7000, 0x7C00)

MEM_AMOUNT = 0x110108
"""A dword: the amount of memory in MiB."""

RETURN_ADDRESS = 0x1F0800
"""Where a called 32- or 64-bit routine returns to: inside a fence, so that nothing else lies there."""
RETURN_OFFSET_16 = 0xFFF0
"""Where a routine returns to that pops 16 bits: an offset in its code segment."""
CALLER_FRAME_SIZE = 0x100
"""Bytes of stack above the return address: they belong to the caller."""

DESCRIPTORS = Range(0x1F1000, 0x1F2000)
"""The descriptor table of a called machine: null, code 64, code 32, data, code 16."""
PAGE_TABLES = Range((1 << 40) - 2 * FRAME_SIZE, 1 << 40)
"""Physical: the page tables of called 64-bit code. They map the first 512 GiB to themselves."""

FENCES = (
    Range(0x006000, 0x007000),
    Range(PAGE_MAP.start - FRAME_SIZE, PAGE_MAP.start),
    Range(PAGE_MAP.end, PAGE_MAP.end + FRAME_SIZE),
    Range(STACK.start - FRAME_SIZE, STACK.start),
    Range(STACK.end, STACK.end + FRAME_SIZE),
)
"""What a called machine refuses to touch, in order of address."""

MACHINE_SYMBOLS = {
    "os_MemoryMap": PAGE_MAP.start,
    "os_MemAmount": MEM_AMOUNT,
    "os_StackBase": 0x110028,
    "os_SystemVariables": 0x110000,
    "os_KernelStart": ORIGIN,
    "programlocation": 0x200000,
}
"""The machine's own names, at the addresses that BareMetal documented."""
