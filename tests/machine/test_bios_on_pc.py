"""A PC that boots makes the recorded BIOS calls by real INT instructions, and gets SeaBIOS's answers.

The boot sector goes through a table on the disk: sets registers, flags and a buffer, executes INT, and stores what
came back. Every recorded call is made: about memory on fourteen machines; disk, screen and keyboard on one.
"""

from __future__ import annotations

import json
import struct
from pathlib import Path
from typing import Any, NamedTuple

import pytest

from allocator import assemble
from allocator.machine.disk import Disk
from allocator.machine.firmware_map import FirmwareMap
from allocator.machine.pc import PC
from allocator.machine.region import Region
from allocator.machine.run import HALTED

CORPUS = Path(__file__).parents[1] / "corpus"
CALLS = json.loads((CORPUS / "seabios-calls.json").read_text(encoding="utf-8"))
SERVICES = json.loads((CORPUS / "seabios-services.json").read_text(encoding="utf-8"))
SIZES = {"hard disk": 1 << 20, "floppy": 1440 << 10}
RESULTS = 0xA000

ENTRY = struct.Struct("<BB7IH32s")
"""What the table says of each call: vector, EAX to EDX, ESI, EDI, EBP, flags, the buffer at 9000h."""
SAVED = struct.Struct("<8IHHH32s")
"""What is stored for each call: PUSHAD, DS, ES, flags, the buffer."""

BOOT_SECTOR = """
        bits 16
        org 0x7C00
        xor     ax, ax
        mov     ds, ax
        mov     es, ax
        mov     ss, ax
        mov     sp, 0x7000
        mov     ax, 0x020F              ; fifteen sectors of table
        mov     cx, 2
        xor     dh, dh
        mov     bx, [entry]
        int     0x13
        jc      finished
next:   mov     bp, [entry]
        cmp     byte [bp], 0xFF
        je      finished
        mov     al, [bp]
        mov     [call_it+1], al
        lea     si, [bp+32]
        mov     di, 0x9000
        mov     cx, 32
        rep movsb
        mov     eax, [bp+2]
        mov     ebx, [bp+6]
        mov     ecx, [bp+10]
        mov     edx, [bp+14]
        mov     esi, [bp+18]
        mov     edi, [bp+22]
        push    word [bp+30]
        mov     ebp, [bp+26]
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
        add     word [entry], 64
        jmp     next
finished: cli
        hlt
entry:  dw      0xC000
result: dw      0xA000
        times   510-($-$$) db 0
        dw      0xAA55
"""


class Call(NamedTuple):
    """One recorded call: what to set, and what must come back."""

    name: str
    entry: bytes
    after: dict[str, int]
    buffer: bytes


@pytest.fixture(scope="module")
def boot_sector() -> bytes:
    return bytes(assemble(text=BOOT_SECTOR, bits=16).segments[0].data)


@pytest.mark.parametrize("name", CALLS["machines"])
def test_every_call_about_memory_answers_as_seabios_does(boot_sector, name):
    machine = CALLS["machines"][name]
    calls = [memory_call(tag, {**CALLS["calls"][tag], **own}) for tag, own in machine["calls"].items()]
    firmware_map = FirmwareMap(tuple(Region(*entry) for entry in machine["entries"]), name=name)

    assert [] == differences(boot_sector, calls, firmware_map, 64 << 10)


@pytest.mark.parametrize("kind", SERVICES)
def test_every_other_call_answers_as_seabios_does(boot_sector, kind):
    calls = [service_call(recorded, boot_sector) for recorded in SERVICES[kind]]

    assert [] == differences(boot_sector, calls, FirmwareMap.of("qemu-pc-64m"), SIZES[kind])


def differences(boot_sector: bytes, calls: list[Call], firmware_map: FirmwareMap, size: int) -> list[object]:
    """Boot a PC that makes the calls; return name, expected and found of those that answer differently."""
    table = b"".join(call.entry for call in calls) + b"\xff"
    pc = PC(Disk.of((boot_sector + table.ljust(15 * 512, b"\0")).ljust(size, b"\x11")), memory=firmware_map)
    run = pc.boot()
    assert HALTED == run.stop.kind, run.stop.message
    stored = pc.read(RESULTS, SAVED.size * len(calls))
    answers = [found(SAVED.unpack_from(stored, SAVED.size * number)) for number in range(len(calls))]
    return [
        (call.name, call.after, answer)
        for call, (answer, buffer) in zip(calls, answers, strict=True)
        if call.after != {name: answer[name] for name in call.after} or call.buffer != buffer[: len(call.buffer)]
    ]


def memory_call(tag: str, call: dict[str, Any]) -> Call:
    before = numbers(call["in"])
    entry = packed(call["int"], before, (0x51515151, 0xD1D19000, 0xB9B9B9B9), before["flags"], b"")
    return Call(tag, entry, numbers(call["out"]), bytes.fromhex(call["buffer"]).ljust(32, b"\xa5"))


def service_call(call: dict[str, Any], boot_sector: bytes) -> Call:
    before = numbers(call["before"])
    buffer = bytes.fromhex(call["buffer"])
    entry = packed(call["int"], before, (0x9000, 0xD1D19010, 0xB9B9B9B9), 0x0202, buffer)
    left = boot_sector[:8] if call["left"] == "the boot sector" else bytes.fromhex(call["left"])
    name = f"INT {call['int']:02X}h AX={before['eax']:04X}h DX={before['edx']:X} {call['buffer']}"
    return Call(name, entry, numbers(call["after"]), left[:32])


def packed(vector: int, before: dict[str, int], pointers: tuple[int, ...], flags: int, buffer: bytes) -> bytes:
    registers = [before[name] for name in ("eax", "ebx", "ecx", "edx")]
    return ENTRY.pack(vector, 0, *registers, *pointers, flags, buffer.ljust(32, b"\xa5"))


def numbers(registers: dict[str, Any]) -> dict[str, int]:
    return {name: value if isinstance(value, int) else int(value, 16) for name, value in registers.items()}


def found(saved: tuple[Any, ...]) -> tuple[dict[str, int], bytes]:
    edi, esi, ebp, _, ebx, edx, ecx, eax, ds, es, flags, buffer = saved
    registers = {"eax": eax, "ebx": ebx, "ecx": ecx, "edx": edx, "esi": esi, "edi": edi, "ebp": ebp, "ds": ds, "es": es}
    return {**registers, "flags": flags, "cf": flags & 1, "zf": flags >> 6 & 1}, buffer
