"""intcall.asm calls the interrupt that it is told, with the registers that it is told, and keeps its caller's."""

from __future__ import annotations

import struct
from pathlib import Path

import pytest

from allocator import assemble, shipped
from allocator.machine.pc import PC

NAMES = ("edi", "esi", "ebp", "esp", "ebx", "edx", "ecx", "eax")
SEGMENTS = ("gs", "fs", "es", "ds")
BLOCK = struct.Struct("<8I4HI")
GIVEN, ANSWERED, KEPT, STACK = 0x600, 0x640, 0x680, 0x6C0
"""Where the program keeps: the block it gives, the block it gets, PUSHAD after the call, SP before and after."""

PROGRAM = f"""
        bits 16
        org 0x8000
        dd 'BRDG'
        dw 2, 0
        mov word [NUMBER * 4], handler
        mov word [NUMBER * 4 + 2], 0
        mov eax, 0xA0000000
        mov fs, ax
        mov ax, 0x7777
        mov gs, ax
        mov ebx, 0xB1
        mov esi, 0xB2
        mov edi, 0xB3
        mov ebp, 0xB4
        mov eax, NUMBER
        mov edx, {GIVEN}
        mov ecx, OUTPUT
        mov [{STACK}], sp
        std
        call dword int_call
        pushfd
        pop dword [{STACK} + 8]
        mov [{STACK} + 2], sp
        mov [{STACK} + 4], gs
        cld
        mov sp, {KEPT} + 32
        pushad
        cli
        hlt
handler:
        HANDLER
        iret
%include "intcall.asm"
        times 1024 - ($ - $$) db 0
"""


def given(**values: int) -> bytes:
    """Pack a block: zeros but for `values`."""
    return BLOCK.pack(*(values.get(name, 0) for name in (*NAMES, *SEGMENTS, "eflags")))


class Called:
    """A PC on which the program ran to its end."""

    def __init__(self, folder: Path, block: bytes, handler: str = "nop", number: int = 0x60, output: int = ANSWERED):
        program = folder / "program.asm"
        program.write_text(PROGRAM, encoding="ascii")
        define = {"HANDLER": handler, "NUMBER": str(number), "OUTPUT": str(output)}
        boot = shipped("boot.asm")
        self.pc = PC(assemble(boot, program, include=[boot.parent], define=define))
        self.pc.write(GIVEN, block)
        assert "halted" == self.pc.boot().stop.kind

    @property
    def answered(self) -> dict[str, int]:
        """The block that came back."""
        values = BLOCK.unpack(self.pc.read(ANSWERED, BLOCK.size))
        return dict(zip((*NAMES, *SEGMENTS, "eflags"), values, strict=True))

    def dwords(self, address: int, count: int) -> tuple[int, ...]:
        """Memory as numbers."""
        return struct.unpack(f"<{count}I", self.pc.read(address, 4 * count))


DISTINCT = {name: 0x11111111 * number for number, name in enumerate(NAMES, 1) if name != "esp"}


def test_the_interrupt_gets_and_gives_back_every_register(tmp_path: Path) -> None:
    answered = Called(tmp_path, given(**DISTINCT)).answered

    assert DISTINCT == {name: answered[name] for name in DISTINCT}


def test_the_interrupt_gets_and_gives_back_every_segment(tmp_path: Path) -> None:
    segments = {"gs": 0x1111, "fs": 0x2222, "es": 0x3333, "ds": 0x4444}
    answered = Called(tmp_path, given(**segments)).answered

    assert segments == {name: answered[name] for name in segments}


@pytest.mark.parametrize("number", [0x60, 0x61, 0xFF])
def test_the_number_is_patched_into_the_instruction(tmp_path: Path, number: int) -> None:
    assert 0x1234 == Called(tmp_path, given(), "mov ax, 0x1234", number).answered["eax"]


def test_what_the_interrupt_changes_is_in_the_answer(tmp_path: Path) -> None:
    assert 0xFFFF0001 == Called(tmp_path, given(ebx=0xFFFF0000), "inc bx").answered["ebx"]


@pytest.mark.parametrize("flags", [0x002, 0x003, 0x402, 0x8D7])
def test_the_interrupt_gives_back_the_flags_that_it_got(tmp_path: Path, flags: int) -> None:
    assert flags == Called(tmp_path, given(eflags=flags)).answered["eflags"]


def test_the_block_that_was_given_is_left_as_it_is(tmp_path: Path) -> None:
    block = given(**DISTINCT)

    assert block == Called(tmp_path, block, "xor eax, eax").pc.read(GIVEN, BLOCK.size)


def test_without_a_place_for_it_the_answer_is_dropped(tmp_path: Path) -> None:
    called = Called(tmp_path, given(**DISTINCT), output=0)

    assert PC(called.pc.disk).read(0, BLOCK.size) == called.pc.read(0, BLOCK.size)


def test_the_caller_keeps_its_registers(tmp_path: Path) -> None:
    called = Called(tmp_path, given(**DISTINCT))
    edi, esi, ebp, _, ebx, edx, ecx, eax = called.dwords(KEPT, 8)

    assert (0xB3, 0xB2, 0xB4, 0xB1, GIVEN, ANSWERED, 0x60) == (edi, esi, ebp, ebx, edx, ecx, eax)


def test_the_caller_keeps_its_stack_segments_and_flags(tmp_path: Path) -> None:
    called = Called(tmp_path, given(**DISTINCT, ds=5, es=6, gs=7))
    before, after, gs = struct.unpack("<3H", called.pc.read(STACK, 6))
    [flags] = called.dwords(STACK + 8, 1)

    assert (before, 0x7777, 0x400) == (after, gs, flags & 0x400)


def test_the_bios_itself_can_be_called(tmp_path: Path) -> None:
    """INT 12h tells the memory below 640 KiB. The handler is only in the way of vector 60h."""
    program = PROGRAM.replace("mov word [NUMBER * 4], handler\n", "").replace("mov word [NUMBER * 4 + 2], 0\n", "")
    path = tmp_path / "bios.asm"
    path.write_text(program, encoding="ascii")
    define = {"HANDLER": "nop", "NUMBER": "0x12", "OUTPUT": str(ANSWERED)}
    boot = shipped("boot.asm")
    pc = PC(assemble(boot, path, include=[boot.parent], define=define))
    pc.boot()

    assert 640 == BLOCK.unpack(pc.read(ANSWERED, BLOCK.size))[NAMES.index("eax")]
