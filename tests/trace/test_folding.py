"""Many accesses of one step become few that say the same."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from reference.boot_programs import sector
from test_native_recorder import assert_equal

from allocator import PC, Trace, assemble
from allocator.trace.archive import load_trace, save_trace
from allocator.trace.folding import folded
from allocator.trace.native_recorder import record_natively
from allocator.trace.own_accesses import MOST_UNFOLDED, OwnAccesses
from allocator.trace.plain_recorder import record_plainly
from allocator.trace.recorded_access import RecordedAccess
from allocator.trace.schema import READ, WRITE

SIZE = 24
FIRMWARE = 2
LINE_FEEDS = """
        mov     ax, 0x2000
        mov     es, ax
        xor     di, di
        mov     al, 10
        mov     cx, 200
        rep stosb
        mov     ax, 0x1300
        mov     bx, 7
        mov     cx, 200
        xor     dx, dx
        xor     bp, bp
        int     0x10
        mov     ax, 0x0a41
        mov     cx, 300
        int     0x10
        mov     ax, 0x0601
        mov     cx, 0x0101
        mov     dx, 0x1730
        int     0x10
        mov     ax, 0x027f
        mov     cx, 1
        mov     dx, 0x80
        mov     bx, 0x8000
        int     0x13
"""


def of(kind: int, address: int, before: bytes, after: bytes) -> RecordedAccess:
    return RecordedAccess(FIRMWARE, kind, address, address, before, after)


def made(plan: list[tuple[bool, int, bytes]]) -> tuple[list[RecordedAccess], bytes]:
    """Return accesses to memory that held its own addresses, and what they left."""
    memory, accesses = bytearray(range(SIZE)), []
    for is_write, address, data in plan:
        where = slice(address, address + len(data))
        before = bytes(memory[where])
        memory[where] = data if is_write else before
        accesses.append(of(WRITE if is_write else READ, address, before, bytes(memory[where])))
    return accesses, bytes(memory)


PLANS = st.lists(
    st.tuples(st.booleans(), st.integers(0, SIZE - 4), st.binary(min_size=1, max_size=4)), min_size=1, max_size=12
)


@given(PLANS)
def test_what_is_left_is_left_by_the_folded_accesses(plan: list[tuple[bool, int, bytes]]) -> None:
    accesses, left = made(plan)
    memory = bytearray(range(SIZE))
    for access in folded(accesses):
        if access.kind == WRITE:
            memory[access.address : access.address + len(access.after)] = access.after
    assert left == memory


@given(PLANS)
def test_what_was_found_first_is_found_by_the_folded_accesses(plan: list[tuple[bool, int, bytes]]) -> None:
    for access in folded(made(plan)[0]):
        assert bytes(range(access.address, access.address + len(access.before))) == access.before


@given(PLANS)
def test_a_byte_is_read_where_it_was_read_before_it_was_written(plan: list[tuple[bool, int, bytes]]) -> None:
    first: dict[int, bool] = {}
    for is_write, address, data in plan:
        for byte in range(address, address + len(data)):
            first.setdefault(byte, is_write)
    found = [access for access in folded(made(plan)[0]) if access.kind == READ]
    assert {byte for byte, is_write in first.items() if not is_write} == {
        byte for access in found for byte in range(access.address, access.address + len(access.after))
    }


@given(PLANS)
def test_folding_in_two_parts_is_folding_at_once(plan: list[tuple[bool, int, bytes]]) -> None:
    accesses, _left = made(plan)
    assert folded(accesses) == folded([*folded(accesses[:5]), *folded(accesses[5:])])


def test_neighbours_whose_frames_lie_apart_stay_two() -> None:
    here, there = of(READ, 0xFFC, b"1234", b"1234"), of(READ, 0x1000, b"5678", b"5678")._replace(physical=0x9000)
    assert [here, there] == folded([here, there])


def test_who_made_an_access_is_kept() -> None:
    mine, other = of(WRITE, 0, b"\0", b"\1"), of(WRITE, 1, b"\0", b"\1")._replace(maker=1)
    assert [other, mine] == folded([mine, other])


def test_a_service_that_goes_on_and_on_needs_no_more_room() -> None:
    own = OwnAccesses()
    for turn in range(10 * MOST_UNFOLDED):
        own.add(of(WRITE, 8 * (turn % 7), bytes([turn % 256]), bytes([(turn + 7) % 256])), is_later=True)
    assert len(own.later) <= MOST_UNFOLDED


@pytest.fixture(scope="module")
def scrolled() -> Trace:
    return record_natively(PC(assemble(text=sector(LINE_FEEDS), bits=16), "64M"))


def test_a_service_that_scrolls_200_times_is_recorded(scrolled: Trace) -> None:
    assert "halted" == scrolled.stop.kind


def test_a_service_that_scrolls_200_times_is_recorded_as_the_twin_records_it(scrolled: Trace) -> None:
    assert_equal(scrolled, record_plainly(PC(assemble(text=sector(LINE_FEEDS), bits=16), "64M")))


def test_the_screen_that_a_service_scrolled_200_times_is_known(scrolled: Trace) -> None:
    pc = PC(assemble(text=sector(LINE_FEEDS), bits=16), "64M")
    pc.boot()
    assert tuple(pc.read(0xB8000, 4000)) == scrolled.memory_at("end", 0xB8000, 4000)


def test_a_service_that_scrolls_200_times_is_saved(scrolled: Trace, tmp_path: Path) -> None:
    save_trace(scrolled, tmp_path / "saved.parquet")
    assert_equal(load_trace(tmp_path / "saved.parquet"), scrolled)
