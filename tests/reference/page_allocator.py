"""Model BareMetal's page allocator in Python: slow, obvious, and written from its behaviour, not from its code.

The page map has one byte for each 2 MiB page: 0 absent, 1 free, 2 used. Around it there is nothing: a
byte that a routine reads or writes outside of it is a fault. A model's function changes the map and
returns an `Outcome`.

Rules of `allocate`, each with the surprise that it brings:

    1. Asking for 0 pages fails.
    2. Pages are looked at from the last one (MiB / 2 - 1) downwards; the highest row that fits is taken.
    3. The scan gives up when it has *read* page 1, whatever that page holds: pages 0 and 1 are out of reach.
    4. A scan that starts on page 0 does not meet that end: it can take page 0 (address 0, which reads as a
       failure), else it goes on below the map. A scan that starts below the map is there already.

Not modelled: what lies around the map on a machine that has memory there, two processors, registers that
do not carry a result, and flags that nobody relies on.
"""

from __future__ import annotations

from dataclasses import dataclass, field

PAGE_MAP_START = 0x120000
PAGE_MAP_PAGES = 131_072
FREE = 1
USED = 2
PAGE_SIZE = 2 << 20
COUNTED_PAGES = 65_535


@dataclass(frozen=True)
class Fault:
    """An access outside of the page map: "read" or "write", and the registers and flags known at it."""

    kind: str
    address: int
    registers: dict[str, int] = field(default_factory=dict)


@dataclass(frozen=True)
class Outcome:
    """What a routine leaves: registers and flags that carry a result, pages changed, or the fault that ended it."""

    registers: dict[str, int] = field(default_factory=dict)
    pages_changed: dict[int, tuple[int, int]] = field(default_factory=dict)
    fault: Fault | None = None


class PageAllocator:
    """A page map and the amount of memory in MiB."""

    def __init__(self, pages: bytes = b"", mem_amount: int = 0) -> None:
        self.pages = bytearray(pages.ljust(PAGE_MAP_PAGES, b"\0"))
        self.mem_amount = mem_amount

    def allocate(self, rcx: int) -> Outcome:
        """Take the highest `rcx` free pages in a row."""
        if rcx == 0:
            return self._allocated(rcx, lowest=0, count=0)
        last_page = self.mem_amount // 2 - 1
        if last_page < 1:
            return self._allocate_from_page_0(rcx, last_page)
        if last_page >= PAGE_MAP_PAGES:
            return self._left_the_map(rcx, last_page)
        for highest in range(last_page, 1, -1):
            lowest = highest - rcx + 1
            if lowest >= 2 and all(self.pages[page] == FREE for page in range(lowest, highest + 1)):
                return self._allocated(rcx, lowest, rcx)
        return self._allocated(rcx, lowest=0, count=0)

    def release(self, rax: int, rcx: int, df: int = 0) -> Outcome:
        """Mark `rcx` pages free from the one that holds the address `rax` on, downwards when DF is set."""
        old: dict[int, int] = {}
        for done in range(rcx):
            page = rax // PAGE_SIZE + (-done if df else done)
            if not 0 <= page < PAGE_MAP_PAGES:
                at = {"rdi": PAGE_MAP_START + page, "rcx": rcx - done, "df": df}
                return Outcome({}, self._changed(old), Fault("write", PAGE_MAP_START + page, at))
            self._store(page, FREE, old)
        return Outcome({"rax": rax, "rcx": rcx, "df": df}, self._changed(old))

    def get_free(self, df: int = 0) -> Outcome:
        """Count the free pages among the first 65,535; with DF set the second byte read lies below the map."""
        if df:
            below = PAGE_MAP_START - 1
            return Outcome(fault=Fault("read", below, {"rsi": below, "df": 1}))
        return Outcome({"rcx": self.pages[:COUNTED_PAGES].count(FREE), "df": 0})

    def copy(self, rsi: int, rdi: int, rcx: int, df: int = 0) -> Outcome:
        """Copy `rcx` bytes one by one, inside the map, which serves as the data here."""
        old: dict[int, int] = {}
        for done in range(rcx):
            moved = -done if df else done
            source, destination = rsi + moved, rdi + moved
            at = {"rsi": source, "rdi": destination, "rcx": rcx - done, "df": df}
            for kind, address in (("read", source), ("write", destination)):
                if not 0 <= address - PAGE_MAP_START < PAGE_MAP_PAGES:
                    return Outcome({}, self._changed(old), Fault(kind, address, at))
            self._store(destination - PAGE_MAP_START, self.pages[source - PAGE_MAP_START], old)
        return Outcome({"rsi": rsi, "rdi": rdi, "rcx": rcx, "df": df}, self._changed(old))

    def _allocate_from_page_0(self, rcx: int, page: int) -> Outcome:
        if page == 0 and rcx == 1 and self.pages[0] == FREE:
            return self._allocated(rcx, lowest=0, count=1)
        return self._left_the_map(rcx, page=-1)

    def _allocated(self, rcx: int, lowest: int, count: int) -> Outcome:
        # ZF is set exactly when the address reads as a failure; RCX keeps the request.
        old: dict[int, int] = {}
        for page in range(lowest, lowest + count):
            self._store(page, USED, old)
        address = lowest * PAGE_SIZE
        return Outcome({"rax": address, "rcx": rcx, "zf": int(address == 0), "df": 0}, self._changed(old))

    def _left_the_map(self, rcx: int, page: int) -> Outcome:
        address = PAGE_MAP_START + page
        return Outcome(fault=Fault("read", address, {"rsi": address, "rcx": rcx, "df": 1}))

    def _store(self, page: int, value: int, old: dict[int, int]) -> None:
        old.setdefault(page, self.pages[page])
        self.pages[page] = value

    def _changed(self, old: dict[int, int]) -> dict[int, tuple[int, int]]:
        return {page: (value, self.pages[page]) for page, value in old.items() if self.pages[page] != value}
