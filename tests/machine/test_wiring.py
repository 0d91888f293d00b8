from __future__ import annotations

import booting

from allocator.machine.run import Run
from allocator.machine.wiring import Guest
from allocator.trace.plain_recorder import record_plainly
from allocator.trace.schema import MAKERS


def guest() -> Guest:
    pc = booting.real("hlt")
    pc.boot()
    return Guest(pc._cpu, pc._memory)


def test_a_part_of_a_register_leaves_the_rest() -> None:
    subject = guest()
    subject.set("eax", 0x11223344)
    subject.set("ah", 0x99)
    assert 0x11229944 == subject.get("eax")


def test_a_flag_is_the_one_in_the_callers_frame() -> None:
    subject = guest()
    subject.set("cf", 1)
    frame = subject.read((subject.get("ss") << 4) + subject.get("sp") + 4, 2)
    assert (1, 1) == (subject.get("cf"), frame[0] & 1)


def test_a_flag_that_is_as_it_should_be_is_not_written() -> None:
    subject = guest()
    subject.set("zf", subject.get("zf"))
    assert [] == subject.accesses


def test_a_segment_that_a_service_sets_is_usable_at_once() -> None:
    # INT 13h, AH=08h returns the diskette's parameters at ES:DI, in ROM.
    run = booting.real("mov ah, 8\n mov dl, 0\n xor di, di\n int 0x13\n mov ax, es\n mov bl, [es:di]\n hlt").boot()
    assert run.memory_after((run.es << 4) + run.di, 1)[0] == run.bl


def test_in_and_out_reach_the_devices() -> None:
    run: Run = booting.real("mov al, 0x5A\n out 0x80, al\n xor al, al\n in al, 0x80\n hlt").boot()
    assert 0x5A == run.al


def test_the_program_after_a_port_that_ends_the_machine_does_not_run() -> None:
    run = booting.real("xor al, al\n out 0xF4, al\n mov bx, 1\n mov cx, 2\n hlt").boot()
    assert ("exited", 0, 0) == (run.stop.kind, run.bx, run.cx)


def test_what_a_service_writes_is_an_access_of_the_firmware() -> None:
    trace = record_plainly(booting.real("mov ah, 3\n xor bx, bx\n int 0x10\n hlt"))
    assert MAKERS.index("firmware") in trace.columns.makers.values()
