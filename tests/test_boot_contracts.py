"""The contracts of the routines between the boot sector and the page are complete, and true of whole boots."""

from __future__ import annotations

import re
import struct
from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass, field

import pytest

from allocator import assemble, shipped
from allocator.assembly.image import Image
from allocator.machine.pc import PC
from allocator.registers import FULL, GENERAL

KEYS = ["IN", "OUT", "FLAGS", "CLOBBERS", "WRITES", "STACK"]
FILES = ["boot", "bridge", "boot_layout", "page_map", "memory", "e820", "intcall", "a20", "console"]
NEVER_RETURNS = {
    "boot_start",
    "boot_refuse",
    "bridge_start",
    "bridge_refuse",
    "bridge_no_page",
    "protected_start",
    "long_start",
}
NOT_ON_THE_WAY = {"os_mem_release", "os_mem_get_free", "os_mem_copy", "cmos_read", "cmos_word", "keyboard_wait"}
"""No boot calls these: the allocator's others, and what only a machine without INT 15h or with line 20 off needs."""

MAKE = {"regions": {}, "baremetal": {"POLICY_BAREMETAL": ""}}
BOOTS = [
    ("regions", "16M", ()),
    ("regions", "16M", ("no-e820",)),
    ("regions", "16M", ("no-e820-e801",)),
    ("regions", "16M", ("far-entries",)),
    ("regions", "16M", ("attributes-clear",)),
    ("baremetal", "16M", ()),
    ("regions", "qemu-pc-2m", ()),
    ("regions", "qemu-pc-1m", ()),
]
_WORDS = struct.Struct(f"<{len(FULL)}Q")


@pytest.fixture(scope="module")
def journey() -> Image:
    """The boot sector and the bridge."""
    return assemble(shipped("boot.asm"), shipped("bridge.asm"))


def lines() -> Iterator[tuple[str, str]]:
    for name in FILES:
        for line in shipped(f"{name}.asm").read_text(encoding="utf-8").split("\n"):
            yield name, line


def test_these_are_the_files_that_the_image_is_made_of(journey: Image) -> None:
    assert {f"{name}.asm" for name in FILES} == {source.name for source in journey.sources}


def test_whatever_is_called_or_shared_has_a_contract_in_house_style(journey: Image) -> None:
    named = {match[1] for _, line in lines() if (match := re.match(r" {8}(?:call|global) +(?:dword )?(\w+)", line))}

    assert set() == named - journey.contracts.keys() - {"bridge_done"}
    assert {"house"} == {contract.style for contract in journey.contracts.values()}


def test_no_key_is_left_out_and_the_order_is_kept(journey: Image) -> None:
    found = {name: re.findall(r"^; ([A-Z]+) ", each.text, re.MULTILINE) for name, each in journey.contracts.items()}

    assert {} == {name: keys for name, keys in found.items() if keys != KEYS}


def test_every_statement_of_every_file_stands_in_its_column() -> None:
    shapes = r"|;.*|%\w+(?: .*)?|[\w.]+:(?: {2,};.*)?|\w+ +equ +.*| {8}[a-z]\w*(?: +\S.*)?"

    assert [] == [(name, line) for name, line in lines() if not re.fullmatch(shapes, line)]


def test_every_operand_begins_in_column_17() -> None:
    statements = [(name, line) for name, line in lines() if re.match(r" {8}(?!rep |es rep |o32 )[a-z]\w* +[^ ;]", line)]

    assert [] == [(name, line) for name, line in statements if line[15] != " " or line[16] == " "]


def test_every_comment_behind_code_begins_in_column_41_or_behind_a_long_statement() -> None:
    commented = [(name, line) for name, line in lines() if not line.startswith(";") and ";" in line]

    assert [] == [
        (name, line) for name, line in commented if line.index(";") != 40 and len(line.split(";")[0].rstrip()) < 40
    ]


# Whole boots, watched


@dataclass
class Watched:
    """How deep each routine's stack went, and the registers that it should have kept."""

    image: Image
    deepest: dict[str, int] = field(default_factory=lambda: defaultdict(int))
    broken: set[tuple[str, str]] = field(default_factory=set)
    _open: list[tuple[str, int, dict[str, int]]] = field(default_factory=list)

    def boot(self, memory: str, firmware: tuple[str, ...]) -> None:
        """Boot once, and look at the registers before every instruction outside of the BIOS."""
        routines = {self.image.symbols[name]: name for name in self.image.contracts}
        pc = PC(self.image, memory=memory, firmware=firmware)
        self._open = []

        def look(address: int, _size: int) -> None:
            if self.image.segment_at(address):
                self._look(dict(zip(FULL, _WORDS.unpack(pc.registers_now()), strict=True)), routines.get(address))

        with pc.stepping(look):
            assert "halted" == pc.boot().stop.kind

    def _look(self, now: dict[str, int], entered: str | None) -> None:
        pointer = now["rsp"]
        while self._open and pointer > self._open[-1][1]:
            self._close(now)
        if entered and (entered, pointer) not in [opened[:2] for opened in self._open[-1:]]:
            self._open.append((entered, pointer, now))
        for name, begin, _ in self._open:
            self.deepest[name] = max(self.deepest[name], begin - pointer)

    def _close(self, now: dict[str, int]) -> None:
        name, _, before = self._open.pop()
        kept = self.image.contracts[name].preserved
        names = set(GENERAL if kept == "all" else kept) - {"rsp"}
        self.broken |= {(name, register) for register in names if now[register] != before[register]}


@pytest.fixture(scope="module")
def watched() -> dict[str, Watched]:
    """All boots of `BOOTS`, by how the bridge was assembled."""
    found = {
        name: Watched(assemble(shipped("boot.asm"), shipped("bridge.asm"), define=define))
        for name, define in MAKE.items()
    }
    for name, memory, firmware in BOOTS:
        found[name].boot(memory, firmware)
    return found


def test_every_routine_keeps_the_registers_that_it_does_not_name(watched: dict[str, Watched]) -> None:
    assert set() == watched["regions"].broken | watched["baremetal"].broken


def test_the_stack_that_a_routine_names_is_the_deepest_that_it_went(watched: dict[str, Watched]) -> None:
    image = watched["regions"].image
    named = {name: each.stack for name, each in image.contracts.items()}
    seen = {name: max(each.deepest.get(name, -1) for each in watched.values()) for name in named}
    returning = named.keys() - NEVER_RETURNS - NOT_ON_THE_WAY

    assert {} == {name: (named[name], seen[name]) for name in returning if named[name] != seen[name]}


def test_all_other_routines_are_on_the_way_of_some_boot(watched: dict[str, Watched]) -> None:
    entered = {name for each in watched.values() for name in each.deepest}

    assert NOT_ON_THE_WAY | {"boot_refuse"} == watched["regions"].image.contracts.keys() - entered
