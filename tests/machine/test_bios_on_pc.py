"""A PC that boots makes the recorded BIOS calls by real INT instructions, and gets SeaBIOS's answers.

The boot sector goes through a table on the disk: sets registers and flags, executes INT, and stores what came back.
Every call of every one of the fourteen machines is made.
"""

from __future__ import annotations

import json
import struct
from pathlib import Path

import pytest

from allocator import assemble
from allocator.machine.disk import Disk
from allocator.machine.firmware_map import FirmwareMap
from allocator.machine.pc import PC
from allocator.machine.region import Region
from allocator.machine.run import HALTED

CORPUS = json.loads((Path(__file__).parents[1] / "corpus" / "seabios-calls.json").read_text(encoding="utf-8"))
RESULTS = 0xA000
SAVED = struct.Struct("<8IHHH32s")
"""What the boot sector stores for each call: PUSHAD, DS, ES, flags, the buffer."""

BOOT_SECTOR = """
        bits 16
        org 0x7C00
        xor     ax, ax
        mov     ds, ax
        mov     es, ax
        mov     ss, ax
        mov     sp, 0x7000
        mov     ax, 0x0203              ; three sectors of table
        mov     cx, 2
        xor     dh, dh
        mov     bx, 0x7E00
        int     0x13
        jc      finished
next:   mov     bp, [entry]
        cmp     byte [bp], 0xFF
        je      finished
        mov     al, [bp]
        mov     [call_it+1], al
        mov     di, 0x9000
        mov     cx, 32
        mov     al, 0xA5
        rep stosb
        mov     eax, [bp+2]
        mov     ebx, [bp+6]
        mov     ecx, [bp+10]
        mov     edx, [bp+14]
        mov     esi, 0x51515151
        mov     edi, 0xD1D19000
        push    word [bp+18]
        mov     ebp, 0xB9B9B9B9
        popf
        jmp     call_it
call_it: int    0x15
        pushf
        push    es
        push    ds
        pushad
        xor     ax, ax
        mov     ds, ax
        mov     es, ax
        cld
        mov     si, sp
        mov     di, [result]
        mov     cx, 38
        rep movsb
        mov     si, 0x9000
        mov     cx, 32
        rep movsb
        mov     [result], di
        add     sp, 38
        cmp     sp, 0x7000
        jne     finished
        add     word [entry], 20
        jmp     next
finished: cli
        hlt
entry:  dw      0x7E00
result: dw      0xA000
        times   510-($-$$) db 0
        dw      0xAA55
"""


@pytest.fixture(scope="module")
def boot_sector() -> bytes:
    return bytes(assemble(text=BOOT_SECTOR, bits=16).segments[0].data)


@pytest.mark.parametrize("name", CORPUS["machines"])
def test_every_int_of_a_booted_pc_answers_as_seabios_does(boot_sector, name):
    machine = CORPUS["machines"][name]
    calls = {tag: {**CORPUS["calls"][tag], **own} for tag, own in machine["calls"].items()}
    table = b"".join(packed(call) for call in calls.values()) + b"\xff"
    firmware_map = FirmwareMap(tuple(Region(*entry) for entry in machine["entries"]), name=name)
    pc = PC(Disk.of(boot_sector + table.ljust(64 << 10, b"\0")), memory=firmware_map)

    run = pc.boot()

    assert HALTED == run.stop.kind, run.stop.message
    stored = pc.read(RESULTS, SAVED.size * len(calls))
    answers = [SAVED.unpack_from(stored, SAVED.size * number) for number in range(len(calls))]
    assert [] == [
        (tag, expected(call), found(answer))
        for (tag, call), answer in zip(calls.items(), answers, strict=True)
        if expected(call) != found(answer)
    ]


def packed(call) -> bytes:
    before = {name: int(value, 16) for name, value in call["in"].items()}
    registers = [before[name] for name in ("eax", "ebx", "ecx", "edx")]
    return struct.pack("<BB4IH", call["int"], 0, *registers, before["flags"])


def expected(call) -> dict[str, object]:
    after = {name: int(value, 16) for name, value in call["out"].items()}
    return {**after, "buffer": bytes.fromhex(call["buffer"]).ljust(32, b"\xa5")}


def found(answer: tuple) -> dict[str, object]:
    edi, esi, ebp, _, ebx, edx, ecx, eax, ds, es, flags, buffer = answer
    registers = {"eax": eax, "ebx": ebx, "ecx": ecx, "edx": edx, "esi": esi, "edi": edi, "ebp": ebp}
    return {**registers, "ds": ds, "es": es, "flags": flags, "buffer": buffer}
