"""The page map before any step, by the fast way, equals what the trace tells byte by byte."""

from __future__ import annotations

import pytest
from reference.paged_programs import paged

from allocator import PC, Machine, Trace, assemble, record
from allocator.views import player_maps
from allocator.views.names import Names
from allocator.views.page_history import page_history, place_of_map, touched_pages
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


ALIASED = """
 mov byte [0x800000 + os_MemoryMap + 3], 2
 mov byte [os_MemoryMap + 4], 2
"""


@pytest.fixture(scope="module")
def aliased() -> Trace:
    return record(PC(assemble(text=paged(ALIASED, a={0x800000: 0}))))


def test_a_page_that_is_marked_under_another_address_is_marked(aliased: Trace) -> None:
    maps = PageMaps(aliased, place_of_map(aliased))
    assert (b"\0\0\0\2\2", b"") == (maps.before(len(aliased)), maps.before(0))


def test_its_history_and_what_was_touched_are_those_of_the_page(aliased: Trace) -> None:
    history = page_history(aliased)
    assert [b"", b"\0\0\0\2", b"\0\0\0\2\2"] == [states.rstrip(b"\0") for states in history.states[:3]]
    assert [(3, 1, True), (4, 1, True)] == [touched[1:] for touched in touched_pages(aliased)]
