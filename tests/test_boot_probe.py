"""e820.asm makes a map of whatever firmware answers, in one format, and is not misled by what firmware gets wrong."""

from __future__ import annotations

import os
from pathlib import Path
from typing import NamedTuple

import pytest

from allocator import FirmwareMap, assemble, shipped
from allocator.assembly.image import Image
from allocator.machine.bios_misbehaviours import MISBEHAVIOURS
from allocator.machine.firmware_presets import preset_names
from allocator.machine.firmware_resolve import counted_entries
from allocator.machine.pc import PC
from allocator.units import KIB, MIB, PAGE_SIZE

E820, E801, OLD, CMOS = 1, 2, 3, 4
SOURCES = {
    "no-e820": E801,
    "smap-lost": E801,
    "e801-in-cx-dx": E801,
    "no-e820-e801": OLD,
    "e801-zero": OLD,
    "88-cf-unreliable": OLD,
}
NAMES = [misbehaviour.name for misbehaviour in MISBEHAVIOURS]
MAP, HEADER, ENTRY = 0x4000, 16, 24


class Probed(NamedTuple):
    """The map that was left: who answered, and base, length, type and attributes of each entry."""

    source: int
    entries: tuple[tuple[int, int, int, int], ...]

    @property
    def regions(self) -> tuple[tuple[int, int, int], ...]:
        """The entries without their attributes."""
        return tuple(entry[:3] for entry in self.entries)


def probed(pc: PC) -> Probed:
    magic, count, source, size = (pc.read(MAP + place, 4) for place in (0, 4, 8, 12))
    assert (b"MAP1", ENTRY) == (magic, int.from_bytes(size, "little"))
    content = pc.read(MAP + HEADER, int.from_bytes(count, "little") * ENTRY)
    records = [content[start : start + ENTRY] for start in range(0, len(content), ENTRY)]
    return Probed(int.from_bytes(source, "little"), tuple(map(fields, records)))


def fields(record: bytes) -> tuple[int, int, int, int]:
    base, length, kind, attributes = (record[0:8], record[8:16], record[16:20], record[20:24])
    return tuple(int.from_bytes(part, "little") for part in (base, length, kind, attributes))  # type: ignore[return-value]


@pytest.fixture(scope="module")
def journey() -> Image:
    """The boot sector and the bridge."""
    return assemble(shipped("boot.asm"), shipped("bridge.asm"))


def booted(program: Image, memory: str, *firmware: str) -> PC:
    pc = PC(program, memory=memory, firmware=firmware)
    assert "halted" == pc.boot().stop.kind
    return pc


@pytest.mark.parametrize("name", ["64M", "qemu-pc-4g", "hp-pavilion-dv5", "ibm-x3500-m4"])
def test_the_map_is_the_firmwares_entry_by_entry(journey: Image, name: str) -> None:
    probe = probed(booted(journey, name))

    assert tuple((entry.base, entry.length, entry.type) for entry in FirmwareMap.of(name).entries) == probe.regions
    assert E820 == probe.source


@pytest.mark.parametrize("name", NAMES)
def test_whatever_firmware_gets_wrong_the_best_service_that_is_left_is_believed(journey: Image, name: str) -> None:
    assert SOURCES.get(name, E820) == probed(booted(journey, "qemu-pc-4g", name)).source


@pytest.mark.parametrize("name", [name for name in NAMES if name not in SOURCES])
def test_of_a_list_that_is_believed_every_entry_that_counts_is_kept(journey: Image, name: str) -> None:
    pc = booted(journey, "qemu-pc-4g", name)
    counted = counted_entries(pc.bios.firmware_map.entries)

    assert tuple((entry.base, entry.length, entry.type) for entry in counted) == probed(pc).regions


EVERYTHING = [(memory, name) for memory in preset_names() for name in ("", *NAMES)]
SOME = [(memory, "") for memory in preset_names()] + [
    (memory, name) for memory in ("64M", "intel-865-p4") for name in NAMES
]


@pytest.mark.parametrize(("memory", "name"), EVERYTHING if os.environ.get("ALLOCATOR_FULL") else SOME)
def test_the_page_lies_inside_usable_memory_or_none_is_allocated(journey: Image, memory: str, name: str) -> None:
    pc = PC(journey, memory=memory, firmware=[name] if name else [])
    run = pc.boot()
    label = str(journey.locate(run.stop.address))

    assert label in ("bridge_done", "bridge_no_page.stop", "bridge_refuse.stop")
    if label == "bridge_done":
        usable = pc.bios.firmware_map.usable
        assert any(part.start <= run.rax and run.rax + PAGE_SIZE <= part.end for part in usable)


# Firmware of the test's own: the program is loaded in place of the bridge, and answers INT 15h itself.

FRAME = """
%include "boot_layout.asm"
        bits 16
        org BRIDGE
        dd 'BRDG'
        dw 4, 0
        mov word [0x15 * 4], handler
        mov word [0x15 * 4 + 2], 0
        call map_probe
        cli
        hlt
unknown:
        mov ah, 0x86
fails:
        push bp
        mov bp, sp
        or byte [bp + 6], 1
        pop bp
        iret
%include "e820.asm"
calls:
        dw 0
handler:
"""


def probe_with(handler: str, folder: Path, memory: str = "64M") -> PC:
    """Boot a machine whose INT 15h is `handler`; the others are the BIOS's."""
    program = folder / "program.asm"
    program.write_text(FRAME + handler + "\n times 4 * 512 - ($ - $$) db 0\n", encoding="ascii")
    return booted(assemble(shipped("boot.asm"), program, include=[shipped("e820.asm").parent]), memory)


def answer(
    *,
    base: str = "0x1000",
    length: str = "0x2000",
    following: str = "0",
    before: str = "",
    after: str = "",
) -> str:
    """Return a handler that answers E820 with one entry; `before` and `after` are code of its own."""
    return f"""
        cmp eax, 0xE820
        jne unknown
        inc word [calls]
        {before}
        mov dword [es:di], {base}
        mov dword [es:di + 4], 0
        mov dword [es:di + 8], {length}
        mov dword [es:di + 12], 0
        mov dword [es:di + 16], 1
        mov eax, edx
        mov ebx, {following}
        mov ecx, 20
        {after}
        iret
    """


def counting_to(number: int) -> str:
    """Return a handler whose list has so many entries."""
    last = f"inc ebx\n cmp bx, {number}\n jne .on\n mov ebx, 0\n.on:"
    return answer(base="ebx", following="ebx", before=last)


def test_without_any_service_the_cmos_is_asked_and_its_last_mib_left_out(tmp_path: Path) -> None:
    probe = probed(probe_with("jmp unknown", tmp_path))

    assert CMOS == probe.source
    assert ((0, 640 * KIB, 1), (MIB, 15 * MIB, 1), (16 * MIB, 47 * MIB, 1)) == probe.regions


def test_of_a_machine_below_16_mib_the_cmos_knows_one_amount(tmp_path: Path) -> None:
    assert ((0, 640 * KIB, 1), (MIB, 6 * MIB, 1)) == probed(probe_with("jmp unknown", tmp_path, "8M")).regions


@pytest.mark.parametrize("following", ["0", "1"])
def test_a_list_of_empty_entries_is_no_list_and_ends(tmp_path: Path, following: str) -> None:
    assert CMOS == probed(probe_with(answer(length="0", following=following), tmp_path)).source


def test_a_list_that_never_ends_is_not_believed(tmp_path: Path) -> None:
    assert CMOS == probed(probe_with(answer(following="1"), tmp_path)).source


def test_a_list_as_long_as_the_table_is_kept_whole(tmp_path: Path) -> None:
    probe = probed(probe_with(counting_to(170), tmp_path))

    assert (E820, 170) == (probe.source, len(probe.entries))


def test_a_list_one_longer_than_the_table_is_not_believed(tmp_path: Path) -> None:
    assert CMOS == probed(probe_with(counting_to(171), tmp_path)).source


def test_registers_segments_and_direction_may_come_back_changed(tmp_path: Path) -> None:
    changes = "mov esi, 1\n mov edi, 2\n mov ebp, 3\n mov edx, 4\n mov ds, si\n mov es, si\n std"

    assert ((0x1000, 0x2000, 1, 1),) == probed(probe_with(answer(after=changes), tmp_path)).entries


def test_the_high_halves_of_base_and_length_are_kept(tmp_path: Path) -> None:
    high = "mov dword [es:di + 4], 0x12\n mov dword [es:di + 12], 0x34"

    assert ((0x12_0000_1000, 0x34_0000_2000, 1),) == probed(probe_with(answer(after=high), tmp_path)).regions


def test_an_entry_whose_attributes_say_so_is_skipped(tmp_path: Path) -> None:
    """Three entries: base 1 on, 2 off, 3 on."""
    attributes = "mov ecx, 24\n mov byte [es:di + 20], bl\n cmp ebx, 3\n jne .on\n mov ebx, 0\n.on:"
    handler = answer(base="ebx", following="ebx", before="inc ebx", after=attributes)

    assert ((1, 0x2000, 1, 1), (3, 0x2000, 1, 3)) == probed(probe_with(handler, tmp_path)).entries


def test_what_an_answer_of_20_bytes_leaves_as_attributes_counts_for_nothing(tmp_path: Path) -> None:
    handler = answer(after="mov dword [es:di + 20], 0x66")

    assert ((0x1000, 0x2000, 1, 1),) == probed(probe_with(handler, tmp_path)).entries


def test_e801_without_memory_above_16_mib_has_two_entries(tmp_path: Path) -> None:
    handler = "cmp ax, 0xE801\n jne unknown\n mov ax, 0x1000\n xor bx, bx\n mov cx, ax\n mov dx, bx\n iret"

    assert ((0, 640 * KIB, 1), (MIB, 4 * MIB, 1)) == probed(probe_with(handler, tmp_path)).regions


def test_e801_with_more_than_fits_below_16_mib_is_not_believed(tmp_path: Path) -> None:
    handler = "cmp ax, 0xE801\n jne unknown\n mov ax, 0x3C01\n mov cx, ax\n iret"

    assert CMOS == probed(probe_with(handler, tmp_path)).source


def test_88h_that_knows_of_no_memory_is_not_believed(tmp_path: Path) -> None:
    assert CMOS == probed(probe_with("cmp ah, 0x88\n jne unknown\n xor ax, ax\n iret", tmp_path)).source
