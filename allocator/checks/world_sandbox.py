"""Keep an eye on a machine's memory while a routine is called that nobody trusts.

A `WorldSandbox` is a machine that has memory only where it is needed: the sandbox that every called machine has,
what the image fills, and what it is told to have besides. A stray store elsewhere ends the run. What a routine may
change is the pages of its world and the stack below its return address; all other bytes can be compared with
what they were, and brought back.
"""

from __future__ import annotations

from collections.abc import Collection

from allocator.addresses import CALLER_FRAME_SIZE, FENCES, STACK, STACK_16, Range
from allocator.assembly.image import Image
from allocator.checks.world_model import MAX_PAGES
from allocator.machine.firmware_map import FirmwareMap
from allocator.machine.machine import Machine
from allocator.machine.memory import SANDBOX
from allocator.machine.region import USABLE, Region
from allocator.units import PAGE_SIZE

_LOW = Range(0, 0xA0000)


class WorldSandbox:
    """A machine with `image` and memory at `extra`, whose bytes outside of a world are watched over."""

    def __init__(self, image: Image, extra: Collection[Range] = (), watched: Collection[Range] = ()) -> None:
        """Of `extra`, only what `watched` names as well is compared."""
        high = [_whole_pages(segment.start, segment.end) for segment in image.segments if segment.end > PAGE_SIZE]
        own = [area for area in high if area not in extra]
        areas = sorted({_LOW, *own, *extra})
        self.machine = Machine(image, FirmwareMap(tuple(Region(area.start, area.size, USABLE) for area in areas)))
        self.page_map = self.machine.symbols["os_MemoryMap"]
        if "os_MemoryMap" not in image.labels:  # its own may have something else behind its pages
            self.machine.page_map.load(b"")
        self._places = [*_quiet_places(), *own, *watched]
        self._kept: list[bytes] = []
        self._first = self.beyond = self.machine.read(self.page_map, MAX_PAGES)

    def set_pages(self, pages: int) -> None:
        """Tell the allocator how many pages there are, and take this state as the one to be kept."""
        self.lay(self._first)
        self.machine.mem_amount = 2 * pages
        self.beyond = self.machine.read(self.page_map, MAX_PAGES)  # an image may have the amount right behind its map
        self.keep()

    def lay(self, world: bytes) -> None:
        """Lay a world: the first 16 bytes of the page map."""
        self.machine.write(self.page_map, world)

    def keep(self) -> None:
        """Take memory as it is now for what it should be."""
        self._kept = [self._content(place) for place in self._places]

    @property
    def is_intact(self) -> bool:
        """Whether all watched bytes are what they should be."""
        return all(self._content(place) == kept for place, kept in zip(self._places, self._kept, strict=True))

    def damage(self) -> int | None:
        """Return the address of the lowest watched byte that is not what it should be."""
        for place, kept in zip(self._places, self._kept, strict=True):
            now = self._content(place)
            if now != kept:
                return place.start + next(offset for offset, byte in enumerate(kept) if now[offset] != byte)
        return None

    def repair(self) -> None:
        """Make all watched bytes what they should be."""
        for place, kept in zip(self._places, self._kept, strict=True):
            if self._content(place) != kept:
                self.machine.write(place.start, kept)

    def _content(self, place: Range) -> bytes:
        content = self.machine.read(place.start, place.size)
        if self.page_map not in place:
            return content
        offset = self.page_map - place.start
        return content[:offset] + self.beyond + content[offset + MAX_PAGES :]


def _whole_pages(start: int, end: int) -> Range:
    return Range(start // PAGE_SIZE * PAGE_SIZE, -(-end // PAGE_SIZE) * PAGE_SIZE)


def _quiet_places() -> list[Range]:
    """Return what a called machine has but for its stacks; of these only what belongs to the caller."""
    gaps = sorted([*FENCES, STACK, STACK_16])
    places = [Range(STACK.end - CALLER_FRAME_SIZE, STACK.end), Range(SANDBOX[0].end, _LOW.end)]
    for part in SANDBOX:
        start = part.start
        for gap in gaps:
            if part.start <= gap.start and gap.end <= part.end:
                places.append(Range(start, gap.start))
                start = gap.end
        places.append(Range(start, part.end))
    return [place for place in places if place.size > 0]
