"""Read and write the page map as it lies in a machine's memory."""

from __future__ import annotations

from typing import TYPE_CHECKING, overload

from allocator.addresses import PAGE_MAP, PAGE_MAP_PAGES
from allocator.errors import MachineError
from allocator.machine.page_map import ABSENT, FREE

if TYPE_CHECKING:
    from allocator.machine.machine import Machine


class Pages(bytes):
    """The states of some pages as they were when they were read, which know where they lie: ``page_map[29:32]``."""

    start: int


class PageMap:
    """The page map of a machine: ``page_map[31] = 1``, ``bytes(page_map)``, ``page_map.load(b"...")``.

    One byte for each 2 MiB page: 0 absent, 1 free, 2 used. Its length is the room there is, not the pages there are.
    """

    __slots__ = ("machine", "start")

    def __init__(self, machine: Machine) -> None:
        self.machine = machine
        self.start = machine.symbols["os_MemoryMap"]

    def __len__(self) -> int:
        return PAGE_MAP_PAGES if self.start == PAGE_MAP.start else max(1, self.machine.mem_amount // 2)

    @overload
    def __getitem__(self, page: int) -> int: ...
    @overload
    def __getitem__(self, page: slice) -> Pages: ...
    def __getitem__(self, page: int | slice) -> int | Pages:
        if isinstance(page, slice):
            return self._slice(page)
        return self.machine.read(self.start + self._checked(page), 1)[0]

    def _slice(self, wanted: slice) -> Pages:
        first, end, step = wanted.indices(len(self))
        if step != 1:
            raise MachineError("pages are asked for one after the other: page_map[29:32]")
        pages = Pages(self.machine.read(self.start + first, max(0, end - first)))
        pages.start = self.start + first
        return pages

    def __setitem__(self, page: int, state: int) -> None:
        self.machine.write(self.start + self._checked(page), bytes([state]))

    def _checked(self, page: int) -> int:
        if not 0 <= page < len(self):
            raise MachineError(f"page {page} is not in the page map, which has room for {len(self):,} pages")
        return page

    def __bytes__(self) -> bytes:
        return self.machine.read(self.start, len(self))

    def load(self, states: bytes) -> None:
        """Set the first pages to `states` and all others to absent."""
        if len(states) > len(self):
            raise MachineError(f"{len(states):,} pages do not fit: the page map has room for {len(self):,}")
        self.machine.write(self.start, bytes(states).ljust(len(self), b"\0"))

    def _repr_html_(self) -> str:
        from allocator.views.html import page_map_html

        return page_map_html(bytes(self))

    def __repr__(self) -> str:
        states = bytes(self)
        free, absent = states.count(FREE), states.count(ABSENT)
        return f"<PageMap at {self.start:#x}: {free} free, {len(states) - free - absent} used>"
