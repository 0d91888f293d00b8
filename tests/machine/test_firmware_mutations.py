"""Damaged logs lead to a firmware map or to one clear error, never to anything else."""

from __future__ import annotations

import os
import random

import pytest

from allocator.errors import MachineError
from allocator.machine.firmware_map import FirmwareMap
from allocator.machine.firmware_presets import preset_names
from allocator.machine.page_map import POLICIES, build_page_map

ROUNDS = 10_000 if os.environ.get("ALLOCATOR_FULL") else 500
PIECES = [
    b"BIOS-e820: ", b"[mem 0x", b"] usable", b"-", b" - ", b"@", b"SMAP type=01 base=", b" len=", b"(XEN) ",
    b"\0", b"\xff", b"0/start:0x", b"0/end:", b"0/type:", b"f" * 17, b"9" * 400, b"{", b"[", b"}", b'"entries":',
    b"type 99999999999", b"\r\n", b"\n> ", b"-1", b"1e999", b"NaN", b"persistent (type", b"0x", b" = 1 RAM",
    b"  0: ", b"null", b"\xe2\x80\xae",
]  # fmt: skip


def written(generator: random.Random) -> bytes:
    """A machine in one of the forms that files have."""
    firmware_map = FirmwareMap.of(generator.choice(preset_names()))
    form = generator.randrange(6)
    if form == 0:
        return firmware_map.to_json().encode()
    if form in (1, 2):
        return firmware_map.to_records(20 if form == 1 else 24)
    if form == 3:
        lines = (f" BIOS-e820: {e.base:016x} - {e.end:016x} ({e.kind})\n" for e in firmware_map.entries)
        return "".join(lines).encode()
    if form == 4:
        lines = (f"SMAP type={e.type:02x} base={e.base:016x} len={e.length:016x}\n" for e in firmware_map.entries)
        return "".join(lines).encode()
    return firmware_map.to_linux_log().encode()


def damaged(content: bytes, generator: random.Random) -> bytes:
    """The content after one to eight cuts, flips, repetitions and insertions."""
    for _ in range(generator.randint(1, 8)):
        start, end = sorted(generator.randrange(len(content) + 1) for _ in range(2))
        end = min(end, start + 80)
        piece = generator.choice(
            [
                b"",
                generator.choice(PIECES),
                generator.randbytes(3),
                content[start:end] * 2,
                bytes(byte ^ 1 for byte in content[start:end]),
                content[start:end][::-1],
            ]
        )
        content = content[:start] + piece + content[end:] if generator.random() < 0.9 else content[:start]
    return content


@pytest.mark.campaign
def test_damaged_logs_never_lead_to_a_traceback():
    outcomes = {"map": 0, "error": 0}
    for seed in range(ROUNDS):
        generator = random.Random(seed)
        content = damaged(written(generator), generator)
        try:
            firmware_map = FirmwareMap.from_log(content, "damaged")
        except MachineError as error:
            outcomes["error"] += 1
            assert str(error).startswith("damaged"), seed
        else:
            outcomes["map"] += 1
            assert all(build_page_map(firmware_map, policy).states for policy in POLICIES), seed
            assert all(problem.message for problem in firmware_map.problems), seed
    # Both ways must be walked, or the damage is too little or too much to tell anything.
    assert min(outcomes.values()) > ROUNDS // 10, outcomes
