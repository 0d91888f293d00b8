"""Judge the exercises of notebook 01: how BareMetal allocates, and a hash table on top of it."""

from __future__ import annotations

from itertools import groupby
from random import Random

from allocator.assembly.assembler import assemble, shipped
from allocator.assembly.image import Image
from allocator.checks.contract import check_contract
from allocator.exercises.exercise import Exercise, NotYetError, expect, program
from allocator.machine.machine import Machine
from allocator.machine.page_map import FREE, STATE_NAMES, USED
from allocator.machine.run import RETURNED, Run
from allocator.units import PAGE_SIZE

_MAPS = 60
_WORDS = 40


def _allocator() -> Image:
    return assemble(shipped("memory.asm"))


# -- numbers --


_STEPS_ELSEWHERE = {
    40: "So many it takes on a fresh machine. Here pages 12 to 31 are in use, and each of them is looked at.",
    54: "That was for three pages on a fresh machine. Here it is one, and pages 12 to 31 are in use.",
}


def _judge_busy_top(given: object) -> None:
    machine = Machine(_allocator(), memory="64M")
    for page in range(12, 32):
        machine.page_map[page] = USED
    expect(given, machine.call("os_mem_allocate", rcx=1).steps, _STEPS_ELSEWHERE)


BUSY_TOP = Exercise(
    _judge_busy_top,
    "Every page in use costs six instructions: lodsb, two comparisons with their jumps, and setting the counter again.",
    (
        "machine.page_map[31] = 2 marks one page. A loop marks twenty: for page in range(12, 32): ...",
        "machine.call(...) returns a run, and run.steps is how many instructions it executed.",
    ),
)


_PAGES_THERE = {
    64: "So many pages there are. Page 0 is in use from the start.",
    63: "So many pages are free. Can all of them be had? The end of section 10 says which one cannot.",
}


def _judge_largest_piece(given: object) -> None:
    machine = Machine(_allocator(), memory="128M")
    saved = machine.snapshot()
    count = 0
    while machine.call("os_mem_allocate", rcx=count + 1).rax:
        count += 1
        machine.restore(saved)
    expect(given, count, _PAGES_THERE)


LARGEST_PIECE = Exercise(
    _judge_largest_piece,
    "A machine of 128 MiB has 64 pages. Page 0 is the kernel's, and the scan ends before it reaches page 1.",
    (
        'Make a machine with Machine(image, memory="128M") and ask for more and more.',
        "A call that succeeds changes the machine. saved = machine.snapshot() and machine.restore(saved) undo that.",
    ),
)


# -- a routine --


def _judge_longest_row(given: object) -> None:
    machine = Machine(program(given, "os_mem_longest"), memory="64M")
    random = Random(1)
    for number in range(_MAPS):
        pages = bytes([FREE] * 32 if number == 0 else random.choices((FREE, USED), (3, 1), k=32))
        machine.page_map.load(pages)
        run = _returned(machine.call("os_mem_longest"))
        longest = max((len(list(row)) for state, row in groupby(pages) if state == FREE), default=0)
        if run.rax != longest:
            raise NotYetError(f"With this page map RAX is {run.rax}, and should be {longest}:\n{_said(pages)}")
        if bytes(machine.page_map)[:32] != pages:
            raise NotYetError("The answer is right, but the page map is another one afterwards.")
        if not run.preserved("rbx", "rbp", "rsi", "rdi", "rcx", "rdx") or run.registers.df:
            raise NotYetError("The answer is right, but the caller does not get all of its registers back.")


LONGEST_ROW = Exercise(
    _judge_longest_row,
    "BareMetal's users asked for this routine, and it never came.",
    (
        "os_mem_get_free walks over the whole map. Start from a copy of it.",
        "You need two counters: the length of the row that you are in, and the longest one so far. A page that is not "
        "free makes the first one zero.",
        "cmp, jbe and mov together keep the larger of two registers. There are os_MemAmount / 2 pages to look at.",
    ),
)


def _returned(run: Run) -> Run:
    if run.stop.kind != RETURNED:
        raise NotYetError(f"{run.routine} did not return: {run.stop.message} (at {run.where}).")
    return run


def _said(pages: bytes) -> str:
    rows = [(state, len(list(row))) for state, row in groupby(pages)]
    return ", ".join(f"{count} {STATE_NAMES[state]}" for state, count in rows)


# -- the hash table --


def _judge_table_count(given: object) -> None:
    machine = Machine(program(given, "table_new", "table_set", "table_count"), memory="64M")
    table = _returned(machine.call("table_new")).rax
    words = _words(machine)
    for count, address in enumerate([*words, *words], 1):
        _returned(machine.call("table_set", rdi=table, rsi=address, rdx=count))
        expected = min(count, len(words))
        run = _returned(machine.call("table_count", rdi=table))
        if run.rax != expected:
            again = " (the same words once more)" if count > len(words) else ""
            calls = "1 call" if count == 1 else f"{count} calls"
            raise NotYetError(f"After {calls} of table_set{again} RAX is {run.rax}, and should be {expected}.")
    broken = [result for result in check_contract(run) if not result.held]
    if broken:
        raise NotYetError(f"The answer is right, but the contract is broken: {broken[0].message}.")


def _words(machine: Machine) -> list[int]:
    """Put some words into a page of the machine, and return their addresses."""
    page = machine.call("os_mem_allocate", rcx=1).rax
    words = [f"word{number}".encode() for number in range(_WORDS)]
    if not page or page % PAGE_SIZE:
        raise NotYetError("os_mem_allocate of this program hands out nothing.")
    addresses = []
    for word in words:
        addresses.append(page)
        machine.write(page, word + b"\0")
        page += len(word) + 1
    return addresses


TABLE_COUNT = Exercise(
    _judge_table_count,
    "Counting looks at all 131,072 slots. A table that is asked often would keep the number beside them.",
    (
        "A slot is in use when its first eight bytes, the address of the key, are not zero.",
        "The last slot begins 16 bytes before the table ends: cmp with the table's address + 2 MiB.",
    ),
)
