"""Name what real firmware got wrong about memory, so that a probe can be tried against it.

    Misbehaviour   name, one sentence, and a change of the map, or of the answers of E820h, E801h, 88h

- A change of the map is a change of the truth: memory, page map and checks see it too. A change of an answer is not.
- Several are applied in the order given: the first changes what the next is given.
- What only a fallback meets takes the better services away: ``e801-zero`` has no E820h.

Source: maps as machines logged them, which ship as presets; Ralf Brown's Interrupt List, INT 15h, E820h; what the
probes of Linux, Xen and the OSDev wiki say that they guard against.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field, replace
from difflib import get_close_matches

from allocator.errors import MachineError
from allocator.machine import bios_answer_quirks as answers
from allocator.machine import bios_map_quirks as maps
from allocator.machine.bios_call import Service
from allocator.machine.bios_memory import E801, E820, EXTENDED_SIZE, SYSTEM_FUNCTIONS
from allocator.machine.firmware_map import FirmwareMap
from allocator.source import printable

Wrap = Callable[[Service], Service]


@dataclass(frozen=True)
class Misbehaviour:
    """One thing that firmware gets wrong: `wraps` maps a function of INT 15h to what becomes of it."""

    name: str
    about: str
    change_map: Callable[[maps.Entries], maps.Entries] | None = None
    wraps: Mapping[int, Wrap] = field(default_factory=dict)


_NO_E820: Mapping[int, Wrap] = {E820: answers.absent}
_NO_E820_E801: Mapping[int, Wrap] = {E820: answers.absent, E801: answers.absent}

MISBEHAVIOURS = (
    Misbehaviour(
        "adjacent",
        "one stretch of usable memory is told in two entries, the second beginning inside a page where the first ends: "
        "firmware that puts its map together from pieces does not join them",
        maps.in_two_halves,
    ),
    Misbehaviour(
        "attributes-clear",
        "24-byte entries whose attribute dword was never filled in, so that bit 0 asks to ignore each of them: "
        "firmware that says 24 and knows 20",
        maps.with_clear_attributes,
    ),
    Misbehaviour(
        "cf-at-end",
        "the last entry does not set EBX to 0; one more call ends the chain with CF = 1 and EAX not 'SMAP': "
        "the specification allows it, and Xen's probe tells of BIOSes that do it",
        wraps={E820: answers.end_by_carry},
    ),
    Misbehaviour(
        "ebx-opaque",
        "EBX is no number of an entry but something that only firmware understands, as the specification says: "
        "a probe that counts for itself fails",
        wraps={E820: answers.lead_on_opaquely},
    ),
    Misbehaviour(
        "ecx-ignored",
        "20 bytes are stored whatever ECX says, and ECX stays as it was, so that 24 bytes seem to have come: "
        "Award's Modular BIOS 4.50PG",
        wraps={E820: answers.ignore_size},
    ),
    Misbehaviour(
        "edx-clobbered",
        "EDX does not survive the call, so that the next one lacks 'SMAP': careful probes load it anew each time",
        wraps={E820: answers.clobber_edx},
    ),
    Misbehaviour(
        "esi-ebp-clobbered",
        "ESI and EBP do not survive the call: careful probes keep nothing in registers across it",
        wraps={E820: answers.clobber_esi_ebp},
    ),
    Misbehaviour(
        "far-entries",
        "a reserved entry just below 2^46: servers and virtual machines describe devices up there",
        maps.with_far_entry,
    ),
    Misbehaviour(
        "first-ram-not-at-0",
        "the first frame is not usable: UEFI machines keep non-volatile data there, coreboot its tables",
        maps.without_first_frame,
    ),
    Misbehaviour(
        "high-word-must-be-clear",
        "EAX must be 0000E820h; with anything in its upper half the call fails: Ralf Brown's list knows such BIOSes",
        wraps={E820: answers.want_clear_high_word},
    ),
    Misbehaviour(
        "hole-at-15m",
        "the sixteenth MiB is not memory: boards with VIA VT8371 and ATI RS480 chipsets, whose logs show it",
        maps.with_hole,
    ),
    Misbehaviour(
        "more-than-32",
        "38 entries, more than many a loader has room for: an IBM x3500 M4 has 36",
        maps.with_many_entries,
    ),
    Misbehaviour(
        "no-e820", "there is no E820h, only E801h and 88h: a Compaq LTE Lite, a Soekris net4521", wraps=_NO_E820
    ),
    Misbehaviour(
        "no-e820-e801",
        "there is neither E820h nor E801h, only 88h, which ends at 63 MiB: a ProLiant 1500, a 486",
        wraps=_NO_E820_E801,
    ),
    Misbehaviour(
        "one-ram-entry",
        "there is one usable entry, and none below 1 MiB: Linux asks for at least two before it believes a map",
        maps.with_one_usable_entry,
    ),
    Misbehaviour(
        "only-changed-fields",
        "only fields that differ from the entry before are stored, since the buffer is thought to be the same: "
        "a BIOS for which Linux uses one buffer for all calls",
        wraps={E820: answers.write_changed_fields},
    ),
    Misbehaviour(
        "overlap",
        "a reserved entry lies inside a usable one, which still has its full length: "
        "a reader has to let the stricter of the two win",
        maps.with_overlap,
    ),
    Misbehaviour(
        "ram-at-4g-plus-4k",
        "memory above 4 GiB begins at 0x100001000: a Jetway board for AMD processors",
        maps.with_shifted_high_memory,
    ),
    Misbehaviour(
        "smap-lost",
        "in the middle of the chain EAX is not 'SMAP' any more, and nothing of the map is to be trusted: "
        "BIOSes because of which Linux drops the map and asks E801h",
        wraps={E820: answers.lose_signature},
    ),
    Misbehaviour(
        "unaligned-ends",
        "usable memory ends 16 bytes into a frame: an HP 8000 Elite",
        maps.with_unaligned_end,
    ),
    Misbehaviour(
        "unknown-types",
        "entries of types that no standard names: coreboot (16) and a Supermicro X8SIE (9)",
        maps.with_unknown_types,
    ),
    Misbehaviour(
        "unsorted",
        "the entries are not in order of address: a machine whose map is among Syslinux's test data",
        maps.backwards,
    ),
    Misbehaviour(
        "zero-length",
        "entries of length zero, one of them the last: the probe of the OSDev wiki skips them",
        maps.with_empty_entries,
    ),
    Misbehaviour(
        "88-cf-unreliable",
        "there is 88h alone, and it leaves CF as it was, so that success may look like failure: "
        "BIOSes from before CF was part of the answer",
        wraps={**_NO_E820_E801, EXTENDED_SIZE: answers.keep_carry},
    ),
    Misbehaviour(
        "e801-in-cx-dx",
        "no E820h, and E801h answers in CX and DX alone, with AX = BX = 0: "
        "BIOSes for which Linux and others look at both pairs",
        wraps={**_NO_E820, E801: answers.answer_in_cx_dx},
    ),
    Misbehaviour(
        "e801-zero",
        "no E820h, and E801h says zero without CF: a call that is there and knows nothing; 88h is left",
        wraps={**_NO_E820, E801: answers.answer_zero},
    ),
)
"""All of them; each a few lines in `bios_map_quirks` or `bios_answer_quirks`."""

_BY_NAME = {each.name: each for each in MISBEHAVIOURS}


def find_misbehaviours(names: Iterable[str]) -> tuple[Misbehaviour, ...]:
    """Return the misbehaviours of these names; raises MachineError with what there is."""
    return tuple(_find(name) for name in names)


def changed_map(firmware_map: FirmwareMap, misbehaviours: Iterable[Misbehaviour]) -> FirmwareMap:
    """Return the map that firmware with these misbehaviours tells, and means."""
    for each in misbehaviours:
        if each.change_map:
            entries = each.change_map(firmware_map.entries)
            firmware_map = replace(firmware_map, entries=entries, name=f"{firmware_map.name} ({each.name})")
    return firmware_map


def changed_functions(misbehaviours: Iterable[Misbehaviour]) -> dict[int, Service]:
    """Return the functions of INT 15h that firmware with these misbehaviours has."""
    functions = dict(SYSTEM_FUNCTIONS)
    for each in misbehaviours:
        for number, wrap in each.wraps.items():
            functions[number] = wrap(functions[number])
    return functions


def _find(name: str) -> Misbehaviour:
    if name in _BY_NAME:
        return _BY_NAME[name]
    close = get_close_matches(name[:80].lower(), _BY_NAME, n=2, cutoff=0.5)
    near = f"did you mean {' or '.join(close)}? " if close else ""
    raise MachineError(
        f"there is no firmware that misbehaves by the name of '{printable(name[:80])}': {near}"
        f"there are {', '.join(sorted(_BY_NAME))}"
    )
