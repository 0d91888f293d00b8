"""Make random programs that work under page tables of their own: they read, write, run and remap pages, and fault.

    000000  2 or 4 MiB, mapped to themselves, as one page or as pages of 4 KiB; here lies the program
    400000  sixteen pages of 4 KiB, whose frames and bits change; a page that is missing is mapped by the handler
    800000  a large page

Two sets of tables share the first and the last part. An entry is changed and then flushed at once, by INVLPG or by
loading CR3: what a processor does with an entry that it may still know is not told by the manual.
"""

from __future__ import annotations

from collections.abc import Mapping
from random import Random
from typing import NamedTuple

from booting import INTERRUPT, long, protected

from allocator.machine.pc import PC

PAGES = 16
WINDOW, LARGE_PAGE = 0x400000, 0x800000
ROOT_A, ROOT_B, LOW, TABLE_A, TABLE_B, MIDDLE_A, MIDDLE_B = (0x20000 + 0x1000 * number for number in range(7))
TOP_A, TOP_B = 0x30000, 0x31000
FRAMES = tuple(0x40000 + 0x1000 * number for number in range(24))


class _Mode(NamedTuple):
    """How the tables of a mode are laid, and how its programs name registers.

    ``window`` and ``large`` are numbers of entries in each of the two `directories`, ``upper`` what leads to these.
    """

    size: int
    window: int
    large: int
    upper: Mapping[int, int]
    directories: tuple[int, int]
    enter: str
    letter: str = "e"


_ENABLE = "mov eax, cr4\n or al, {bit:#x}\n mov cr4, eax"
_MODES = {
    "32-bit": _Mode(4, 1, 2, {}, (ROOT_A, ROOT_B), _ENABLE.format(bit=0x10)),
    "PAE": _Mode(
        8, 2, 4, {ROOT_A: MIDDLE_A | 1, ROOT_B: MIDDLE_B | 1}, (MIDDLE_A, MIDDLE_B), _ENABLE.format(bit=0x20)
    ),
    "4-level": _Mode(
        8, 2, 4, {ROOT_A: TOP_A | 7, ROOT_B: TOP_B | 7, TOP_A: MIDDLE_A | 7, TOP_B: MIDDLE_B | 7},
        (MIDDLE_A, MIDDLE_B), "", "r",
    ),
}  # fmt: skip
MODES = tuple(_MODES)


def random_paged(random: Random, name: str, length: int) -> PC:
    """Return a PC that boots a program of about `length` statements in the paging mode `name`."""
    mode = _MODES[name]
    body = [_tables(random, mode), mode.enter, *_load(mode, ROOT_A)]
    if mode.letter == "e":
        body += ["mov eax, cr0", f"or eax, {random.choice((0x80000000, 0x80010000)):#x}", "mov cr0, eax"]
    body += [line for _ in range(length) for line in _statement(random, mode)]
    gates = {14: ("on_fault", 0x08 if mode.letter == "e" else 0x38, INTERRUPT)}
    return (protected if mode.letter == "e" else long)("\n".join([*body, "hlt", _handler(mode)]), gates)


def _load(mode: _Mode, root: int) -> list[str]:
    return [f"mov eax, {root:#x}", f"mov cr3, {mode.letter}ax"]


def _tables(random: Random, mode: _Mode) -> str:
    lines = [f"mov dword [{place:#x}], {value:#x}" for place, value in mode.upper.items()]
    has_large = random.random() < 0.5
    for directory, table in zip(mode.directories, (TABLE_A, TABLE_B), strict=True):
        low = 0x83 if has_large else LOW | 7
        for number, value in ((0, low), (mode.window, table | 7), (mode.large, LARGE_PAGE | 0x87)):
            lines.append(f"mov dword [{directory + number * mode.size:#x}], {value:#x}")
        for number in range(PAGES):
            lines.append(f"mov dword [{table + number * mode.size:#x}], {_entry(random):#x}")
    loop = f"lea edi, [edi + {mode.size}]\n add eax, 0x1000\n cmp eax, 0x100000\n jb .low"
    lines.append(f"mov edi, {LOW:#x}\n mov eax, 3\n.low: mov [edi], eax\n{loop}")
    return "\n".join(lines)


def _entry(random: Random) -> int:
    bits = random.choice((7, 7, 7, 3, 6, 0x27, 0x67))
    return random.choice(FRAMES) | bits


def _handler(mode: _Mode) -> str:
    # Whatever faults in the window is mapped, and the instruction goes on.
    mend = "\n".join(f"or dword [eax * {mode.size} + {table:#x}], 3" for table in (TABLE_A, TABLE_B))
    a, width = mode.letter + "ax", 4 if mode.letter == "e" else 8
    index = f"mov {a}, cr2\n and eax, 0xFFFFF\n shr eax, 12"
    return f"on_fault: push {a}\n {index}\n {mend}\n pop {a}\n add {mode.letter}sp, {width}\n iret{'dq'[width // 8]}"


def _statement(random: Random, mode: _Mode) -> list[str]:
    page = WINDOW + 0x1000 * random.randrange(PAGES)
    place = random.choice((page, page, page, LARGE_PAGE)) + random.choice((0, 0x10, 0x7F0))
    across = f"[{min(page | 0xFFE, WINDOW + 0xEFFE):#x}]"
    kind = random.random()
    if kind < 0.25:
        return [f"mov edx, [{place:#x}]"]
    if kind < 0.5:
        return [random.choice((f"mov [{place:#x}], edx", f"add dword [{place:#x}], 3", f"xchg [{place:#x}], edx"))]
    if kind < 0.58:
        return [random.choice((f"mov edx, {across}", f"mov {across}, edx", f"add dword {across}, 5"))]
    if kind < 0.66:
        return [f"mov byte [{place:#x}], 0xC3", f"mov ecx, {place:#x}", f"call {mode.letter}cx"]
    if kind < 0.74:
        begin = WINDOW + random.randrange(PAGES - 4) * 0x1000 + 0xF00
        return [f"mov edi, {begin:#x}", f"mov ecx, {random.choice((2, 0x80, 0x900)):#x}", "rep stosd"]
    return _load(mode, random.choice((ROOT_A, ROOT_B))) if kind < 0.8 else _changed_entry(random, mode, page)


def _changed_entry(random: Random, mode: _Mode, page: int) -> list[str]:
    place = random.choice((TABLE_A, TABLE_B)) + (page - WINDOW) // 0x1000 * mode.size
    change = random.choice((
        f"mov dword [{place:#x}], {_entry(random):#x}", f"and dword [{place:#x}], 0xFFFFFF9F", f"mov edx, [{place:#x}]",
    ))  # fmt: skip
    return [change, *random.choice(([f"invlpg [{page:#x}]"], _load(mode, random.choice((ROOT_A, ROOT_B)))))]
