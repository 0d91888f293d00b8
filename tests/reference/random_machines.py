"""Make random small machines, each with one call to make on it, the same ones for the same seed.

Sizes, maps and requests lean towards where behaviour changes: no memory at all, 1 to 3 pages, a request
one larger than what is there, the end of the map, numbers near 2 to the 64, a direction flag that is set.
"""

from __future__ import annotations

import random
from collections.abc import Callable
from dataclasses import dataclass

from reference.page_allocator import PAGE_MAP_PAGES, PAGE_MAP_START, PAGE_SIZE, Outcome, PageAllocator

GENERAL = ("rax", "rcx", "rdx", "rbx", "rbp", "rsi", "rdi", *(f"r{number}" for number in range(8, 16)))
FENCE_PAGES = 4096
STATUS = 0xCD5
DIRECTION = 0x400


@dataclass(frozen=True)
class RandomMachine:
    """A page map (the rest of it is 0), MiB of memory, and a routine with all general registers but RSP."""

    pages: bytes
    mem_amount: int
    routine: str
    registers: dict[str, int]
    rflags: int

    @property
    def df(self) -> int:
        """The direction flag on entry."""
        return self.rflags >> 10 & 1

    def expected(self) -> Outcome:
        """Return what the model says."""
        model = PageAllocator(self.pages, self.mem_amount)
        value = self.registers
        calls: dict[str, Callable[[], Outcome]] = {
            "os_mem_allocate": lambda: model.allocate(value["rcx"]),
            "os_mem_release": lambda: model.release(value["rax"], value["rcx"], self.df),
            "os_mem_get_free": lambda: model.get_free(self.df),
            "os_mem_copy": lambda: model.copy(value["rsi"], value["rdi"], value["rcx"], self.df),
        }
        return calls[self.routine]()


def random_machines(count: int, seed: int) -> list[RandomMachine]:
    """Return `count` machines; half of the calls allocate."""
    rng = random.Random(seed)
    return [_random_machine(rng) for _ in range(count)]


def _random_machine(rng: random.Random) -> RandomMachine:
    pages = _random_pages(rng)
    routine = rng.choices(("os_mem_allocate", "os_mem_release", "os_mem_get_free", "os_mem_copy"), (10, 4, 1, 4))[0]
    registers = {name: rng.getrandbits(64) for name in GENERAL}
    if routine == "os_mem_allocate":
        registers["rcx"] = _random_request(rng, len(pages))
    if routine == "os_mem_release":
        registers |= _random_release(rng, len(pages))
    if routine == "os_mem_copy":
        registers |= _random_copy(rng, len(pages))
    backwards = DIRECTION if rng.random() < 0.1 else 0
    rflags = 0x202 | rng.getrandbits(12) & STATUS & ~DIRECTION | backwards
    return RandomMachine(pages, _random_amount(rng, len(pages)), routine, registers, rflags)


def _random_pages(rng: random.Random) -> bytes:
    count = rng.choices((rng.randrange(5), rng.randrange(5, 40), rng.randrange(40, 600), 70_000), (20, 60, 19, 1))[0]
    free = rng.choice((0.0, 0.3, 0.7, 0.9, 0.97, 1.0))
    other = rng.choice((b"\2", b"\0\2", b"\0\2\3\xff"))
    return bytes(1 if rng.random() < free else rng.choice(other) for _ in range(count))


def _random_amount(rng: random.Random, pages: int) -> int:
    beyond = 2 * (PAGE_MAP_PAGES + rng.randrange(1, FENCE_PAGES))
    exact = 2 * pages + rng.randrange(2)
    return rng.choices((exact, rng.randrange(8), 2 * rng.randrange(pages + 9), beyond), (70, 15, 13, 2))[0]


def _random_request(rng: random.Random, pages: int) -> int:
    huge = rng.choice((2**64 - 1, 2**63, 2**32, 2**32 + 1, 65_536, 131_072))
    return rng.choices((rng.randrange(4), rng.randrange(9), rng.randrange(pages + 3), huge), (45, 30, 20, 5))[0]


def _random_release(rng: random.Random, pages: int) -> dict[str, int]:
    page = rng.choices((rng.randrange(pages + 4), PAGE_MAP_PAGES - rng.randrange(-9, 60)), (85, 15))[0]
    return {"rax": page * PAGE_SIZE + rng.choice((0, 0, rng.randrange(PAGE_SIZE))), "rcx": rng.randrange(50)}


def _random_copy(rng: random.Random, pages: int) -> dict[str, int]:
    source = rng.randrange(pages + 4)
    apart = rng.choice((rng.randrange(-9, 10), rng.randrange(-60, 100)))
    near_end = PAGE_MAP_PAGES - 120 if rng.random() < 0.1 else 0
    place = PAGE_MAP_START + near_end
    return {"rsi": place + source % 120, "rdi": place + source % 120 + apart, "rcx": rng.randrange(70)}
