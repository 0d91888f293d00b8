"""boot.asm loads what lies behind it, by whatever way the BIOS has, or says why not; NASM makes the same bytes."""

from __future__ import annotations

import subprocess
from pathlib import Path

import pytest
from oracles import require_nasm

from allocator import assemble, shipped
from allocator.machine.pc import PC
from allocator.units import KIB

ASSEMBLY = shipped("boot.asm").parent
SECTOR = 512
NO_BRIDGE = "boot: no bridge behind the boot sector"
NO_READ = "boot: the disk cannot be read"


@pytest.fixture(scope="module")
def boot_sector() -> bytes:
    """The 512 bytes."""
    [segment] = assemble(shipped("boot.asm")).segments
    return segment.data


@pytest.mark.parametrize("name", ["boot", "bridge"])
@pytest.mark.parametrize("policy", [{}, {"POLICY_BAREMETAL": ""}], ids=["regions", "baremetal"])
def test_nasm_makes_the_same_bytes(name: str, policy: dict[str, str], tmp_path: Path) -> None:
    out = tmp_path / "out.bin"
    options = [f"-d{macro}" for macro in policy]
    command = [require_nasm(), "-f", "bin", "-Werror", *options, "-i", f"{ASSEMBLY}/", "-o", str(out)]
    subprocess.run([*command, str(shipped(f"{name}.asm"))], check=True, timeout=60)
    image = assemble(shipped("boot.asm"), shipped("bridge.asm"), define=policy)

    assert out.read_bytes() == image.segments[("boot", "bridge").index(name)].data


def test_boot_sector_and_bridge_are_two_segments_of_one_image() -> None:
    image = assemble(shipped("boot.asm"), shipped("bridge.asm"))

    assert [0x7C00, 0x8000] == [segment.start for segment in image.segments]


def test_the_boot_sector_is_a_sector_with_a_signature(boot_sector: bytes) -> None:
    assert (SECTOR, b"\x55\xaa") == (len(boot_sector), boot_sector[-2:])


def test_room_for_the_disks_signature_and_partitions_is_left_alone(boot_sector: bytes) -> None:
    assert bytes(510 - 440) == boot_sector[440:510]


def test_the_page_by_the_historic_sum_lies_in_the_hole_below_4_gib() -> None:
    image = assemble(shipped("boot.asm"), shipped("bridge.asm"), define={"POLICY_BAREMETAL": ""})

    assert 0xFFE00000 == PC(image, memory="qemu-pc-4g", policy="baremetal").boot().rax


def bridge_of(sectors: int, code: str) -> bytes:
    """Return a bridge that says it has so many sectors, with code and the rest filled with its sectors' numbers."""
    [segment] = assemble(text=f"bits 16\norg 0x8000\ndd 'BRDG'\ndw {sectors}, 0\n{code}").segments
    rest = b"".join(bytes([number]) * SECTOR for number in range(1, sectors))
    return segment.data.ljust(SECTOR, b"\0") + rest


HALT = "cli\nhlt"


@pytest.mark.parametrize("size", [0, 360 * KIB, 1440 * KIB, 2880 * KIB], ids=["disk", "360K", "1.44M", "2.88M"])
def test_every_sector_arrives_from_a_disk_of_any_geometry(boot_sector: bytes, size: int) -> None:
    bridge = bridge_of(64, HALT)
    pc = PC((boot_sector + bridge).ljust(size, b"\0"))

    assert "halted" == pc.boot().stop.kind
    assert bridge == pc.read(0x8000, len(bridge))


def test_the_bridge_gets_the_number_of_the_drive(boot_sector: bytes) -> None:
    floppy = (boot_sector + bridge_of(1, HALT)).ljust(1440 * KIB, b"\0")

    assert [0x80, 0x00] == [PC(disk).boot().registers.rdx for disk in (boot_sector + bridge_of(1, HALT), floppy)]


@pytest.mark.parametrize("bridge", [bytes(SECTOR), bridge_of(0, HALT), bridge_of(1, HALT)[:4] + b"\x41\0" + bytes(506)])
def test_what_is_no_bridge_is_not_entered(boot_sector: bytes, bridge: bytes) -> None:
    pc = PC(boot_sector + bridge)

    assert "halted" == pc.boot().stop.kind
    assert NO_BRIDGE in pc.console.text


@pytest.mark.parametrize("disk_end", [1, 3])
def test_a_disk_that_ends_too_early_cannot_be_read(boot_sector: bytes, disk_end: int) -> None:
    pc = PC((boot_sector + bridge_of(8, HALT))[: disk_end * SECTOR])

    assert "halted" == pc.boot().stop.kind
    assert NO_READ in pc.console.text


# A BIOS of the test's own: entered for the first time, the bridge takes INT 13h over and starts the boot sector again.

TAKEN, CALLS, READS = 0x600, 0x602, 0x604
"""Words: the vector is taken; calls of INT 13h; those of them that read."""

AGAIN = f"""
        inc word [{TAKEN}]
        cmp word [{TAKEN}], 2
        je done
        mov eax, [0x13 * 4]
        mov [0x608], eax
        mov dword [0x13 * 4], handler
        jmp 0x07C0:0
done:
        cli
        hlt
chain:
        jmp far [cs:0x608]
fails:
        mov ah, 1
        push bp
        mov bp, sp
        or byte [bp + 6], 1
        pop bp
        iret
handler:
        inc word [cs:{CALLS}]
"""


def booted_again(boot_sector: bytes, handler: str, size: int = 0) -> PC:
    pc = PC((boot_sector + bridge_of(3, AGAIN + handler)).ljust(size, b"\0"))
    assert "halted" == pc.boot().stop.kind
    return pc


def word(pc: PC, address: int) -> int:
    return int.from_bytes(pc.read(address, 2), "little")


def test_a_boot_sector_that_is_entered_at_07c0_0000_works_as_well(boot_sector: bytes) -> None:
    assert 2 == word(booted_again(boot_sector, "jmp chain"), TAKEN)


READ = "cmp ah, 0x42\n je reads\n cmp ah, 2\n jne chain\nreads:\n inc word [cs:{}]\n cmp word [cs:{}], {}\n".format


@pytest.mark.parametrize("size", [0, 1440 * KIB], ids=["by number", "by place"])
def test_a_read_that_fails_twice_is_tried_a_third_time(boot_sector: bytes, size: int) -> None:
    pc = booted_again(boot_sector, READ(READS, READS, 3) + "jb fails\n jmp chain", size)

    assert (2, 5) == (word(pc, TAKEN), word(pc, READS))


def test_a_read_that_fails_three_times_is_given_up(boot_sector: bytes) -> None:
    pc = booted_again(boot_sector, READ(READS, READS, 4) + "jb fails\n jmp chain")

    assert (1, 3) == (word(pc, TAKEN), word(pc, READS))
    assert NO_READ in pc.console.text


def test_a_bios_without_reads_by_number_is_asked_by_place(boot_sector: bytes) -> None:
    handler = "cmp ah, 0x41\n je fails\n cmp ah, 0x42\n jne chain\n inc word [cs:0x604]\n jmp chain"
    pc = booted_again(boot_sector, handler)

    assert (2, 0) == (word(pc, TAKEN), word(pc, READS))


def test_a_bios_that_tells_no_geometry_has_a_floppys(boot_sector: bytes) -> None:
    pc = booted_again(boot_sector, "cmp ah, 8\n je fails\n jmp chain", 1440 * KIB)

    assert 2 == word(pc, TAKEN)
