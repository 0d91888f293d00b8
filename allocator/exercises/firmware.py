"""Judge the exercises of notebook 02: how a PC tells how much memory it has."""

from __future__ import annotations

from allocator.exercises.exercise import Exercise, NotYetError, expect, program
from allocator.machine.bios import Bios
from allocator.machine.firmware_map import FirmwareMap
from allocator.machine.memory_answers import ask_e820, ask_extended
from allocator.machine.page_map import FREE, build_page_map
from allocator.machine.pc import PC
from allocator.machine.run import HALTED
from allocator.units import GIB, KIB, MIB, PAGE_SIZE

_MEMORY = "thinkpad-t400"
_MISBEHAVIOURS = ("edx-clobbered", "esi-ebp-clobbered", "cf-at-end")


_NOT_IN_16_BITS = dict.fromkeys(
    (GIB // KIB, (GIB - MIB) // KIB), "So much memory there is. But the answer comes in AX, which has 16 bits."
) | {65_535: "That is what AX could hold. Many BIOSes stop a little earlier, on purpose."}


def _judge_extended(given: object) -> None:
    expect(given, dict(ask_extended(Bios(FirmwareMap.of("1G"))).values)["ax"], _NOT_IN_16_BITS)


EXTENDED = Exercise(
    _judge_extended,
    "It is what it says on every machine with 64 MiB or more: a number of 16 bits cannot grow with the memory.",
    ('Bios(FirmwareMap.of("1G")) is that machine\'s firmware.', "Section 2 makes the same call on 128 MiB."),
)


def _judge_highest(given: object) -> None:
    plan = build_page_map(FirmwareMap.of("hp-8000-elite"), "regions")
    expect(given, plan.states.rfind(FREE, 0, 4 * GIB // PAGE_SIZE))


HIGHEST = Exercise(
    _judge_highest,
    "Usable memory ends at 0xdd7a1640 there. The page around this address is not usable as a whole.",
    (
        'Make a Machine with memory="hp-8000-elite".',
        "bytes(machine.page_map) has one byte for each page: find the last 1 below index 2048.",
    ),
)


def _judge_probe(given: object) -> None:
    image = program(given)
    for names in ((), *((name,) for name in _MISBEHAVIOURS)):
        run = PC(image, _MEMORY, firmware=names).boot()
        where = f"With the firmware '{names[0]}'" if names else "With firmware that behaves"
        if run.stop.kind != HALTED:
            raise NotYetError(f"{where} the program does not come to its hlt: {run.stop.message}.")
        expected = dict(ask_e820(Bios(FirmwareMap.of(_MEMORY), misbehaviours=names)).values)["entries"]
        if run.registers["bp"] != expected:
            raise NotYetError(f"{where} it counts {run.registers['bp']} entries, and there are {expected}.")


PROBE = Exercise(
    _judge_probe,
    "Careful programs keep nothing in registers across a call of the firmware, and give it everything anew.",
    (
        "edx has to be loaded inside the loop.",
        "Keep the count in memory: inc word [0x7000], and mov bp, [0x7000] at the end. It has to begin with 0.",
        "cf-at-end means that the table may end by CF = 1 as well as by ebx = 0. That last call brings no entry.",
    ),
)
