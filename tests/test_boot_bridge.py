"""bridge.asm goes on only where its tables have room, and passes through every mode on the way to a page."""

from __future__ import annotations

from itertools import groupby

import pytest

from allocator import FirmwareMap, assemble, record, shipped
from allocator.assembly.image import Image
from allocator.machine.pc import PC
from allocator.machine.region import Region
from allocator.machine.run import Run
from allocator.units import GIB, MIB

ROOM_START, ROOM_END = 0x100000, 0x140000
LOW = Region(0, 0xA0000, 1)
MEMORY = Region(MIB, 63 * MIB, 1)
NO_ROOM = 2


@pytest.fixture(scope="module")
def journey() -> Image:
    """The boot sector and the bridge."""
    return assemble(shipped("boot.asm"), shipped("bridge.asm"))


def boot(journey: Image, *entries: Region) -> Run:
    """Boot on a firmware map of these entries."""
    return PC(journey, memory=FirmwareMap((LOW, *entries))).boot()


def where(run: Run) -> str:
    return str(run.image.locate(run.stop.address))


def reserved(start: int, end: int) -> Region:
    return Region(start, end - start, 2)


@pytest.mark.parametrize(
    "entries",
    [
        [Region(MIB, 64 * MIB, 1), reserved(0xF0000, ROOM_START)],
        [MEMORY, reserved(ROOM_END, ROOM_END + 1)],
        [MEMORY, reserved(4 * GIB + ROOM_START, 4 * GIB + ROOM_END)],
        [reserved(64 * MIB, 65 * MIB), MEMORY, Region(4 * GIB, MIB, 1)],
        [Region(MIB, 5 * GIB, 1)],
    ],
    ids=["ends where the room begins", "begins where it ends", "the same above 4 GiB", "unsorted", "more than 4 GiB"],
)
def test_what_leaves_the_room_alone_is_no_reason_to_refuse(journey: Image, entries: list[Region]) -> None:
    assert "bridge_done" == where(boot(journey, *entries))


@pytest.mark.parametrize(
    "entries",
    [
        [MEMORY, reserved(ROOM_END - 1, ROOM_END)],
        [MEMORY, reserved(0xF0000, ROOM_START + 1)],
        [MEMORY, reserved(0xF0000, 5 * GIB)],
        [Region(MIB, ROOM_END - ROOM_START - 1, 1), Region(16 * MIB, 16 * MIB, 1)],
        [Region(4 * GIB, GIB, 1)],
        [],
    ],
    ids=["its last byte", "its first byte", "all of it", "too short", "only above 4 GiB", "no memory at 1 MiB"],
)
def test_where_the_tables_have_no_room_the_bridge_refuses(journey: Image, entries: list[Region]) -> None:
    run = boot(journey, *entries)

    assert ("bridge_refuse.stop", NO_ROOM) == (where(run), run.rax)


def test_a_refusal_in_long_mode_is_said_by_the_serial_port(journey: Image) -> None:
    pc = PC(journey, memory="qemu-pc-2m")
    pc.boot()

    assert "bridge: no page of 2 MiB is usable" in pc.console.text


def test_the_journey_passes_through_every_mode(journey: Image) -> None:
    trace = record(PC(journey, memory="16M"))
    modes = [place.mode for place in map(trace.columns.places.__getitem__, trace.columns.place)]

    assert ["real16", "protected16", "protected32", "paged32", "protected32", "paged32", "long64"] == [
        mode for mode, _ in groupby(modes)
    ]


def test_the_map_is_read_where_4_mib_pages_show_it_a_second_time(journey: Image) -> None:
    trace = record(PC(journey, memory="16M"))
    second = trace[trace.at("memory_end_find").index + 1]
    [count] = [access for access in second.accesses if access.by == "program"]

    assert (0xC0004004, 0x4004) == (count.address, count.physical)
