"""Boots of random code in every mode: whatever it does, the run ends in a stop that can be asked for its place."""

from __future__ import annotations

import os
import random

import booting
import pytest
from booting import FOR_USERS, INTERRUPT, to_user

from allocator.machine.disk import Disk
from allocator.machine.pc import PC
from allocator.machine.run import STOP_KINDS

PROGRAMS = 400 if os.environ.get("ALLOCATOR_FULL") else 12
LIMIT = 20_000
PLACE = b"\x90" * 64
NOPS = "times 64 nop\n"
FOR_ALL = dict.fromkeys(range(64), ("h", 8, INTERRUPT | FOR_USERS))
FOR_ALL_LONG = dict.fromkeys(range(64), ("h", 56, INTERRUPT))
DISKS = {
    "real": Disk.of(booting.disk(NOPS)).data,
    "protected": Disk.of(booting.protected_disk(f"{NOPS}h: iretd", FOR_ALL)).data,
    "user": Disk.of(booting.protected_disk(f"{to_user(0x3202)}{NOPS}h: iretd", FOR_ALL)).data,
    "long": Disk.of(booting.long_disk(f"{NOPS}h: iretq", FOR_ALL_LONG)).data,
}
LIKELY = bytes([0xCD, 0x0F, 0xCF, 0x8E, 0xCC, 0xF6, 0x66, 0xCB, 0x00, 0x20])


def random_disk(mode: str, seed: int) -> bytes:
    generator = random.Random(f"{mode} {seed}")
    code = bytes(generator.choice(LIKELY) if generator.random() < 0.3 else generator.randrange(256) for _ in PLACE)
    return DISKS[mode].replace(PLACE, code, 1)


@pytest.mark.parametrize("mode", DISKS)
def test_any_code_ends_in_a_stop_with_a_place(mode: str) -> None:
    for seed in range(PROGRAMS):
        run = PC(random_disk(mode, seed)).boot(limit=LIMIT)
        assert run.stop.kind in STOP_KINDS and run.stop.address >= 0, (mode, seed)
        assert "engine gave up" not in run.stop.message, (mode, seed)


@pytest.mark.parametrize("mode", DISKS)
def test_any_code_does_the_same_when_it_is_repeated(mode: str) -> None:
    for seed in range(PROGRAMS // 4):
        pc = PC(random_disk(mode, seed))
        first, second = pc.boot(limit=LIMIT), pc.boot(limit=LIMIT)
        assert dict(first.registers) == dict(second.registers), (mode, seed)
