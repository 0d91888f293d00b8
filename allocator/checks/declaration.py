"""Declare an allocator of pages: which routines it has, and which registers carry what.

The defaults are BareMetal's. Somebody else's allocator with the same kind of table is declared in a few lines:

    Allocator(allocate="page_get", release="page_put", count_free=None, request="rdi", released=None)

- The table (``page_map``) has one byte for each page, lowest page first; ``mem_amount`` is a dword in MiB.
- An address of 0 means failure.
- A routine or register that is None is not there; the laws that need it are left out.
"""

from __future__ import annotations

from dataclasses import dataclass

from allocator.assembly.image import Image
from allocator.units import PAGE_SIZE


@dataclass(frozen=True)
class Allocator:
    """The routines of an allocator and the registers they use.

    ``request`` is how many pages are asked for and ``address`` what is returned; ``release_address`` and
    ``release_count`` go into the release, ``released`` says how many pages were freed; ``free_count`` is the answer
    of ``count_free``.
    """

    allocate: str = "os_mem_allocate"
    release: str | None = "os_mem_release"
    count_free: str | None = "os_mem_get_free"
    request: str = "rcx"
    address: str = "rax"
    release_address: str = "rax"
    release_count: str = "rcx"
    released: str | None = "rcx"
    free_count: str = "rcx"
    page_size: int = PAGE_SIZE
    absent: int = 0
    free: int = 1
    used: int = 2

    def routines(self, image: Image) -> tuple[str, ...]:
        """Return those of its routines that `image` has."""
        names = (self.allocate, self.release, self.count_free)
        return tuple(name for name in names if name is not None and name in image.labels)


BAREMETAL = Allocator()
