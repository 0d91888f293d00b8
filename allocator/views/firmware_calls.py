"""Show what a program asked its firmware, call by call: the protocol of E820 above all.

    step  call                  asked                    answered                        what
     229  INT 15h AX=E820h      EBX=0 ECX=24 EDX=SMAP    CF=0 EBX=1 ECX=20 EAX=SMAP      0x0..0x9ffff usable
     438  INT 10h AH=0Eh x28                                                             "memory map by E820"

- Calls in a row of the same function that only say, draw, read or wait are one line.
- A few of them that come again and again in the same order, as where a program waits for a key or for a while, are one
  line as well: ``INT 16h AH=01h, INT 1Ah AH=00h x18``.
- Answers are the registers that changed, and CF where the service says with it whether it failed.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from itertools import groupby

from allocator.machine.bios import INTERRUPTS
from allocator.machine.bios_memory import SMAP
from allocator.machine.region import Region
from allocator.source import printable
from allocator.trace.firmware_calls import FirmwareCall
from allocator.views.ink import PLAIN, Ink
from allocator.views.text_table import text_table

_ABOUT: Mapping[tuple[int, int], str] = {
    (0x08, -1): "a tick of the timer",
    (0x10, 0x0E): "say a character", (0x10, 0x00): "set the video mode", (0x10, 0x03): "where the cursor is",
    (0x10, 0x01): "shape of the cursor", (0x10, 0x02): "place the cursor", (0x10, 0x06): "scroll up",
    (0x10, 0x07): "scroll down", (0x10, 0x08): "read a character", (0x10, 0x09): "write characters",
    (0x10, 0x0A): "write characters", (0x10, 0x0C): "draw a pixel", (0x10, 0x0D): "read a pixel",
    (0x10, 0x0F): "which video mode", (0x10, 0x12): "which adapter", (0x10, 0x1A): "which adapter",
    (0x10, 0x13): "say a text", (0x11, -1): "what is installed", (0x12, -1): "KiB of base memory",
    (0x13, 0x00): "reset the drive", (0x13, 0x02): "read sectors, by cylinder", (0x13, 0x08): "geometry of the drive",
    (0x13, 0x41): "can it read by number", (0x13, 0x42): "read sectors, by number", (0x13, 0x48): "size of the drive",
    (0x15, 0xE820): "next entry of the firmware map", (0x15, 0xE801): "memory below and above 16 MiB",
    (0x15, 0x88): "KiB above 1 MiB", (0x15, 0xE881): "memory below and above 16 MiB, 32 bits",
    (0x15, 0x2400): "close address line 20", (0x15, 0x2401): "open address line 20",
    (0x15, 0x2402): "whether address line 20 is open", (0x15, 0x2403): "how address line 20 can be opened",
    (0x15, 0x86): "wait", (0x15, 0x87): "move a block of memory", (0x15, 0xC0): "configuration table",
    (0x16, 0x00): "wait for a key", (0x16, 0x01): "whether a key was pressed", (0x19, -1): "start from the disk",
    (0x1A, 0x00): "ticks of the clock", (0x1A, 0x02): "time of day", (0x1A, 0x04): "date",
}  # fmt: skip
"""What a function is for; -1 for vectors without functions."""
_BY_AX = frozenset({(0x15, 0xE8), (0x15, 0x24), (0x15, 0xDA), (0x10, 0x4F), (0x10, 0x10), (0x10, 0x11), (0x1A, 0xB1)})
_WITHOUT_FUNCTIONS = frozenset({0x08, 0x11, 0x12, 0x18, 0x19})
_FOLDED = frozenset({
    (0x10, 0x0E), (0x10, 0x09), (0x10, 0x0A), (0x10, 0x0C), (0x10, 0x0D), (0x13, 0x02), (0x13, 0x42), (0x15, 0x86),
    (0x16, 0x01), (0x16, 0x11), (0x1A, 0x00), (0x08, -1),
})  # fmt: skip
_NEVER_FOLDED = frozenset({0x15, 0x19})
"""Vectors whose calls, but for those of `_FOLDED`, are each worth a line."""
_LONGEST_CYCLE, _FEWEST_ROUNDS = 6, 3
_FAILING = frozenset({0x13, 0x15, 0x1A})
_ASKED = ("eax", "ebx", "ecx", "edx", "esi", "edi", "ebp")
_HEAD = ("step", "call", "asked", "answered", "what")
_LONGEST_TEXT = 60


def function_of(call: FirmwareCall) -> tuple[int, int]:
    """Return vector and function: AX where the vector has functions by AX, else AH; -1 where it has none."""
    if call.vector in _WITHOUT_FUNCTIONS:
        return call.vector, -1
    ah = call.before.ah
    return call.vector, call.before.ax if (call.vector, ah) in _BY_AX else ah


def call_name(call: FirmwareCall) -> str:
    """Return ``INT 15h AX=E820h``, ``INT 13h AH=42h``, ``INT 12h``."""
    vector, function = function_of(call)
    if function < 0:
        return f"INT {vector:02X}h"
    return f"INT {vector:02X}h A{'X' if function > 0xFF else 'H'}={function:02X}h"


def purpose_of(call: FirmwareCall) -> str:
    """Return what the function is for, in a few words; "" where it is none of the usual ones."""
    return _ABOUT.get(function_of(call), "")


def calls_text(
    calls: Sequence[FirmwareCall], ink: Ink = PLAIN, width: int | None = None, most: int | None = None
) -> str:
    """Return a table of the calls, those that only repeat folded; of `most` rows, and how many are left out."""
    rows = list(_rows([(function, list(group)) for (function, _), group in groupby(calls, _fold_key())]))
    hidden = 0 if most is None else max(0, len(rows) - most)
    shown = rows[: len(rows) - hidden]
    digits = max(len(_HEAD[0]), *(len(step) for step, *_ in shown))
    table = text_table(_HEAD, [(step.rjust(digits), *rest) for step, *rest in shown], ink, width, above=3)
    return f"{table}\n... and {hidden:,} more lines" if hidden else table


Group = tuple[tuple[int, int], list[FirmwareCall]]
"""A function, and calls of it in a row."""


def _fold_key() -> Callable[[FirmwareCall], tuple[tuple[int, int], int]]:
    """Return a key that is equal for calls in a row that are one line."""

    def key(call: FirmwareCall) -> tuple[tuple[int, int], int]:
        function = function_of(call)
        return function, 0 if function in _FOLDED else call.step

    return key


def _rows(groups: Sequence[Group]) -> Iterator[tuple[str, str, str, str, str]]:
    place = 0
    while place < len(groups):
        period, rounds = _cycle_at(groups, place)
        yield _row(*groups[place]) if rounds == 1 else _cycle_row(groups[place : place + period], rounds)
        place += period * rounds


def _cycle_at(groups: Sequence[Group], place: int) -> tuple[int, int]:
    """Return how many groups from `place` on come again and again, and how often; (1, 1) where none do."""
    best = (1, 1)
    for period in range(1, _LONGEST_CYCLE + 1):
        cycle = [function for function, _ in groups[place : place + period]]
        if len(cycle) < period or not all(map(_is_foldable, cycle)):
            break
        rounds = next(
            (at // period for at, group in enumerate(groups[place:]) if group[0] != cycle[at % period]),
            (len(groups) - place) // period,
        )
        if rounds >= _FEWEST_ROUNDS and rounds * period > best[0] * best[1]:
            best = (period, rounds)
    return best


def _is_foldable(function: tuple[int, int]) -> bool:
    return function in _FOLDED or function[0] not in _NEVER_FOLDED


def _cycle_row(groups: Sequence[Group], rounds: int) -> tuple[str, str, str, str, str]:
    names = ", ".join(call_name(calls[0]) for _, calls in groups)
    about = "; ".join(dict.fromkeys(filter(None, (_ABOUT.get(function, "") for function, _ in groups))))
    return f"{groups[0][1][0].step:,}", f"{names} x{rounds}", "", "", about


def _row(function: tuple[int, int], calls: Sequence[FirmwareCall]) -> tuple[str, str, str, str, str]:
    first = calls[0]
    name = call_name(first) + (f" x{len(calls)}" if len(calls) > 1 else "")
    say = _SAYING.get(function)
    what = say(calls) if say else _ABOUT.get(function) or _unserved(first)
    if len(calls) > 1:
        return f"{first.step:,}", name, "", "", what
    return f"{first.step:,}", name, _asked(first), _answered(first), what


def _unserved(call: FirmwareCall) -> str:
    """Say of a function without a name that the firmware does not have it, if that is so."""
    interrupt = INTERRUPTS.get(call.vector)
    is_served = (
        interrupt is None or not interrupt.functions or interrupt.find(call.before.ax) is not interrupt.otherwise
    )
    return "" if is_served else "this firmware does not have it"


def _asked(call: FirmwareCall) -> str:
    if function_of(call) == (0x15, 0xE820):
        return f"EBX={call.before.ebx:x} ECX={call.before.ecx} {_value('edx', call.before.edx)}"
    given = (name for name in _ASKED[1:4] if call.before[name])
    return " ".join(_value(name, call.before[name]) for name in given)


def _answered(call: FirmwareCall) -> str:
    changed = [name for name in _ASKED if call.before[name] != call.after[name]]
    said = [f"CF={call.after.cf}"] if call.vector in _FAILING else []
    if function_of(call) == (0x15, 0xE820) and not call.after.cf:
        said += [f"EBX={call.after.ebx:x}", f"ECX={call.after.ecx}", _value("eax", call.after.eax)]
        return " ".join(said)
    return " ".join([*said, *(_value(name, call.after[name]) for name in changed)])


def _value(name: str, value: int) -> str:
    return f"{name.upper()}=SMAP" if value == SMAP else f"{name.upper()}={value:x}h"


# -- what some functions are about --


def _said_text(calls: Sequence[FirmwareCall]) -> str:
    text = bytes(call.before.al for call in calls).decode("cp437").replace("\r", "")
    shown = printable(text.replace("\n", " / ").strip(" /"))
    return f'"{shown[:_LONGEST_TEXT]}{"..." if len(shown) > _LONGEST_TEXT else ""}"'


def _entry(calls: Sequence[FirmwareCall]) -> str:
    [call] = calls
    if call.after.cf:
        return (
            "no entry: the firmware does not have the call"
            if not call.before.ebx
            else "no entry: the list is at its end"
        )
    record = b"".join(data for _, data in sorted(call.written.items()))
    if len(record) < 20:
        return "nothing was written"
    base, length = (int.from_bytes(record[at : at + 8], "little") for at in (0, 8))
    region = Region(base, length, int.from_bytes(record[16:20], "little"))
    end = "" if call.after.ebx else "; the last"
    return f"{region.base:#x}..{region.end - 1:#x} {region.kind}{end}" if length else f"an entry of no length{end}"


def _sectors(calls: Sequence[FirmwareCall]) -> str:
    failed = [call for call in calls if call.after.cf]
    drives = ", ".join(f"{drive:02X}h" for drive in sorted({call.before.dl for call in failed}))
    return f"{_ABOUT[function_of(calls[0])]}{f', {len(failed)} of them failed: drive {drives}' if failed else ''}"


_SAYING: Mapping[tuple[int, int], Callable[[Sequence[FirmwareCall]], str]] = {
    (0x10, 0x0E): _said_text,
    (0x15, 0xE820): _entry,
    (0x13, 0x02): _sectors,
    (0x13, 0x42): _sectors,
}


def call_objects(calls: Iterable[FirmwareCall]) -> list[dict[str, object]]:
    """Return the calls as they stand in JSON: vector, function, registers asked and answered."""
    return [
        {
            "step": call.step, "vector": hex(call.vector), "call": call_name(call), "cf": call.after.cf,
            "asked": {name: hex(call.before[name]) for name in _ASKED},
            "answered": {name: hex(call.after[name]) for name in _ASKED if call.before[name] != call.after[name]},
        }
        for call in calls
    ]  # fmt: skip
