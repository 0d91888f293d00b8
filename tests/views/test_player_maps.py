"""The page map before any step, by the fast way, equals what the trace tells byte by byte."""

from __future__ import annotations

import pytest

from allocator import Machine, Trace, assemble, record
from allocator.views import player_maps
from allocator.views.names import Names
from allocator.views.player_maps import PageMaps

CODE = """
f:      mov ecx, 40
.next:  mov [os_MemoryMap + rcx], cl
        mov [os_MemoryMap + rcx * 2 - 3], rax   ; reaches below the map, too
        loop .next
        mov edi, os_MemoryMap - 4
        mov al, 7
        mov ecx, 30
        cld
        rep stosb
        mov byte [os_MemoryMap + 3], 0
        ret
"""


@pytest.fixture(scope="module")
def trace() -> Trace:
    return record(Machine(assemble(text=CODE)), "f", rax=0x0102030405060708)


@pytest.mark.parametrize("every", [1, 7, 1 << 16])
def test_the_fast_way_tells_the_same_at_every_step(trace: Trace, every: int, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(player_maps, "KEYFRAME_WRITES", every)
    where = Names(trace.run).page_map
    maps = PageMaps(trace, where)

    for step in range(len(trace) + 1):
        told = bytes(byte or 0 for byte in trace.memory_at(step, where.start, 256))
        assert told.rstrip(b"\0") == maps.before(step)


def test_a_jump_back_tells_the_same_as_before(trace: Trace) -> None:
    maps = PageMaps(trace, Names(trace.run).page_map)
    early = maps.before(10)
    maps.before(len(trace))

    assert early == maps.before(10)
