"""The walk agrees with a plain twin, and with what the engine's own accesses do to the same page tables.

Compared with the engine: the physical address, or vector and error code, and every byte of memory afterwards: the
accessed and dirty bits that the walk foretells and nothing else. In full (ALLOCATOR_FULL=1) 100,000 accesses to 20,000
random sets of page tables.
"""

from __future__ import annotations

import os
import random
from collections.abc import Mapping

import pytest
from reference.engine_walk import MARK, WINDOW, EngineWalk
from reference.page_walk import OUTSIDE, Rules, page_walk
from reference.random_paging import MODES, random_address, random_world

from allocator.machine.exceptions import PAGE_FAULT
from allocator.machine.page_entries import Paging
from allocator.machine.paging import Access, Walk, walk

WORLDS = 6700 if os.environ.get("ALLOCATOR_FULL") else 200
ACCESSES = 5

pytestmark = pytest.mark.campaign


def paging(rules: Rules) -> Paging:
    return Paging(rules.mode, rules.root, rules.pse, rules.nxe, rules.wp, rules.smep, rules.smap)


def read_from(frames: Mapping[int, bytes], zero_until: int = 0):
    def read(address: int, size: int) -> bytes:
        frame = frames.get(address & ~0xFFF)
        if frame is not None:
            return frame[address & 0xFFF :][:size]
        return bytes(size) if address + size <= zero_until else b""

    return read


def random_access(generator: random.Random) -> Access:
    return Access(generator.choice(("read", "write", "fetch")), generator.random() < 0.5)


def outcome(found: Walk) -> tuple[int | None, int | None, int | None]:
    return found.physical, found.fault and found.fault.vector, found.fault and found.fault.error_code


def frames_after(found: Walk, frames: Mapping[int, bytes]) -> dict[int, bytes]:
    """Return the frames that the access changes."""
    stores = [(update.address, update.after.to_bytes(update.size, "little")) for update in found.updates]
    if found.access.kind == "write" and found.physical is not None:
        stores.append((found.physical, bytes([MARK])))
    after: dict[int, bytearray] = {}
    for address, data in stores:
        if address & ~0xFFF in frames:
            frame = after.setdefault(address & ~0xFFF, bytearray(frames[address & ~0xFFF]))
            frame[address & 0xFFF : (address & 0xFFF) + len(data)] = data
    return {address: bytes(data) for address, data in after.items() if data != frames[address]}


@pytest.mark.parametrize("mode", MODES)
def test_the_engine_makes_the_same_accesses(mode):
    generator = random.Random(mode)
    engine = EngineWalk(mode)
    seen = set()
    for _ in range(WORLDS):
        world = random_world(generator, mode)
        engine.load(world.rules, world.frames)
        read = read_from(engine.frames, WINDOW)
        for _ in range(ACCESSES):
            address, access = random_address(generator, mode), random_access(generator)
            if mode == "PAE" and address >> 30 == 3:
                address -= 1 << 30  # there the engine's own code lies
            if access.kind == "fetch":
                address &= ~0x800  # so that no instruction goes on into the next page
            found = walk(paging(world.rules), address, read, access)
            answer = engine.access(access.kind, address, access.is_user)
            assert outcome(found) == answer[:3], (world.rules, hex(address), access, found.steps)
            assert frames_after(found, engine.frames) == engine.changes(), (world.rules, hex(address), access)
            seen.add(outcome(found)[1:])
    assert len(seen) > 8  # too little variety would tell nothing


@pytest.mark.parametrize("mode", MODES)
def test_the_plain_twin_says_the_same(mode):
    generator = random.Random(mode)
    for _ in range(WORLDS):
        world = random_world(generator, mode)
        rules = world.rules._replace(smap=generator.random() < 0.3)
        for _ in range(ACCESSES):
            address, access = random_address(generator, mode), random_access(generator)
            found = walk(paging(rules), address, read_from(world.frames), access)
            expected = page_walk(
                rules, world.frames, address, access.kind == "write", access.is_user, access.kind == "fetch"
            )
            assert expected == in_twins_words(found), (rules, hex(address), access, found.steps)


def in_twins_words(found: Walk) -> tuple[int | None, int, int]:
    if found.physical is not None:
        return found.physical, 0, found.page_size.bit_length() - 1
    if not found.steps[-1:] or found.steps[-1].is_in_memory:
        assert found.fault is not None
        return None, found.fault.error_code if found.fault.vector == PAGE_FAULT else -2, 0
    return None, OUTSIDE, 0
