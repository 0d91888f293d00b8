"""The story of a boot stays short, whatever a program does again and again, and shows what was on the screen."""

from __future__ import annotations

import booting

from allocator import assemble, shipped
from allocator.machine.pc import PC
from allocator.trace.boot_journey import Journey
from allocator.trace.recorder import record
from allocator.views.boot import MAX_RUNGS, boot_lines, boot_object


def story(pc: PC) -> list[str]:
    return list(boot_lines(Journey(pc, record(pc, limit=1_000_000))))


def found(lines: list[str], part: str) -> str:
    return next((line for line in lines if part in line), "nowhere in the story")


def test_a_program_that_waits_for_a_key_or_a_time_is_one_line() -> None:
    text = "mov cx, 9\nagain: mov ah, 1\nint 0x16\nmov ah, 0\nint 0x1A\nloop again\ncli\nhlt"
    text = text.replace("mov ah, 0\nint 0x1A", "push cx\nmov ah, 0\nint 0x1A\npop cx")
    assert "whether a key was pressed; ticks of the clock" in found(
        story(booting.real(text)), "INT 16h AH=01h, INT 1Ah AH=00h x9"
    )


def test_entries_of_the_firmware_map_are_a_line_each() -> None:
    text = """
        mov di, 0x600
        xor ebx, ebx
    next: mov eax, 0xE820
        mov ecx, 20
        mov edx, 0x534D4150
        int 0x15
        test ebx, ebx
        jnz next
        cli
        hlt
    """
    assert 3 == sum("INT 15h AX=E820h" in line for line in story(booting.real(text)))


def test_a_function_that_the_firmware_lacks_is_said_to_be_one() -> None:
    assert "this firmware does not have it" in found(
        story(booting.real("mov ax, 0x4F00\nint 0x10\ncli\nhlt")), "INT 10h AX=4F00h"
    )


def test_text_that_a_program_wrote_itself_is_shown() -> None:
    assert "  |!" in story(booting.real("mov ax, 0xB800\nmov es, ax\nmov byte [es:0], '!'\ncli\nhlt"))


def test_text_that_was_said_is_not_shown_twice() -> None:
    lines = story(booting.real("mov ax, 0x0E21\nint 0x10\ncli\nhlt"))
    assert "  !" in lines
    assert "nowhere in the story" == found(lines, "what stands on the screen")


def test_lines_that_were_said_again_and_again_are_one_line() -> None:
    text = "mov cx, 7\nagain: mov ax, 0x0E21\nint 0x10\nmov al, 10\nint 0x10\nloop again\ncli\nhlt"
    assert "  !  x7" in story(booting.real(text))


def test_a_program_without_a_page_map_has_no_picture_of_one() -> None:
    assert "nowhere in the story" == found(story(booting.real("cli\nhlt")), "each cell is")


def test_a_program_that_goes_up_and_down_has_a_short_ladder() -> None:
    text = """
        cli
        lgdt [gdtr]
        mov ecx, 50
    next: mov eax, cr0
        xor al, 1
        mov cr0, eax
        loop next
        hlt
    gdtr: dw 0
        dd 0
    """
    lines = story(booting.real(text))
    assert f"... and {51 - MAX_RUNGS} more changes of mode" in lines


def test_a_drive_that_is_not_there_is_named() -> None:
    lines = story(booting.real("mov ax, 0x0201\nmov cx, 1\nmov dx, 0\nmov bx, 0x8000\nint 0x13\ncli\nhlt"))
    assert "note: the program asked for drive 00h, and this disk is drive 80h (--floppy makes a floppy of it)" in lines


def test_the_screen_is_in_the_json_form() -> None:
    pc = booting.real("mov ax, 0x0E21\nint 0x10\ncli\nhlt")
    assert ["!"] == boot_object(Journey(pc, record(pc)))["screen"]


def test_the_tables_of_the_story_keep_to_the_width() -> None:
    pc = PC(assemble(shipped("boot.asm"), shipped("bridge.asm")), "16M")
    lines = "\n".join(boot_lines(Journey(pc, record(pc)), width=80)).split("\n")
    assert [] == [line for line in lines[1:] if len(line) > 80]  # the first one names the sources
    assert "    CF=0 EBX=1 ECX=20 EAX=SMAP       0x0..0x9ffff usable" in lines
