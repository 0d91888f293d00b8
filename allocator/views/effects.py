"""Say what a step did, in a few words each: registers, flags, memory, where it went.

    rax=0x40  ZF=1  read os_MemoryMap+0x1f = 1 (page 31: free)  taken: ZF is 1, to os_mem_allocate.full

A register is named as wide as the instruction wrote it. What a flag or a byte was before can be read further
up; only where memory had a meaning before (the page map, variables) is that said as well.
"""

from __future__ import annotations

from collections.abc import Iterator
from functools import lru_cache

from allocator.instructions.disassembly import Decoded
from allocator.machine.page_entries import ACCESSED, DIRTY
from allocator.registers import FLAGS, REGISTERS, RegisterView
from allocator.trace.trace import Access, Change, Step
from allocator.views.ink import Piece
from allocator.views.names import Names, page_states

SHOWN_BYTES = 8
_WORD_SIZES = (1, 2, 4, 8)


def step_effects(step: Step, names: Names) -> Iterator[Piece]:
    """Yield what `step` did, most telling first."""
    if step.decoded.is_repeated:
        yield Piece(f"{step.repeat} time{'' if step.repeat == 1 else 's'}", "flow")
    for full, change in step.registers.items():
        name = written_name(step, full, change)
        yield Piece(f"{name}={names.value(REGISTERS[name].of(change.after))}", "register")
    yield from (Piece(f"{flag.upper()}={change.after}", "flag") for flag, change in step.flags.items())
    repeated = step.decoded.is_repeated
    for access in step.accesses:
        yield from describe_access(access, names, repeated)
    yield from _flow(step, names)


def written_name(step: Step, full: str, change: Change) -> str:
    """Return the narrowest name of register `full` that the instruction wrote and that holds all that changed."""
    differing = change.before ^ change.after
    if step.bits < 64:
        differing &= 0xFFFFFFFF  # the upper halves exist in the engine, not in that mode
    for view in _candidates(step.decoded, full):
        if not differing & ~(view.mask << view.low):
            return view.name
    return full


@lru_cache(maxsize=4096)
def _candidates(decoded: Decoded, full: str) -> tuple[RegisterView, ...]:
    views = [view for view in REGISTERS.values() if view.full == full]
    written = sorted((view for view in views if view.name in decoded.writes), key=lambda view: view.width)
    usual = [view for view in views if view.width in (decoded.bits, 32) and decoded.bits <= view.width and not view.low]
    usual.sort(key=lambda view: view.width)  # of 16-bit code SP before ESP
    return (*(view for view in written if view.width < 32), *usual)


def describe_access(access: Access, names: Names, repeated: bool = False) -> Iterator[Piece]:
    """Yield one access in words: which way, where, which value, and what that means in the page map.

    ``repeated`` says that it stands for all rounds of a string instruction, and is no number.
    """
    repeated &= access.by != "mmu"
    value = _as_bytes if repeated or access.size not in _WORD_SIZES else _as_number
    where = names.address(access.address)
    there = "" if access.physical == access.address else f" (physical {access.physical:#x})"
    said = f"{_what_was_made(access)} {where}{there} = {value(access.after, names)}"
    is_in_map = access.address in names.page_map
    if (
        access.kind == "write"
        and access.before != access.after
        and not is_in_map
        and not names.is_stack(access.address)
    ):
        said += f", was {value(access.before, names)}"
    yield Piece(said, access.kind)
    if is_in_map:
        yield Piece(_pages(access, names), access.kind)


def _what_was_made(access: Access) -> str:
    if access.by == "program":
        return access.kind
    return f"mmu: sets {bits_set(access)} at" if access.by == "mmu" else f"{access.by}: {access.kind}"


def bits_set(access: Access) -> str:
    """Name the bits that the processor set in an entry of a page table: ``accessed``, ``dirty`` or both."""
    new = int.from_bytes(access.after, "little") & ~int.from_bytes(access.before, "little")
    return ", ".join(name for name, bit in (("accessed", ACCESSED), ("dirty", DIRTY)) if new & bit)


def _as_number(value: bytes, names: Names) -> str:
    return names.value(int.from_bytes(value, "little"))


def _as_bytes(value: bytes, _names: Names) -> str:
    shown = value[:SHOWN_BYTES].hex(" ")
    return shown if len(value) <= SHOWN_BYTES else f"{shown} ... ({len(value):,} bytes)"


def _pages(access: Access, names: Names) -> str:
    pages = names.pages(access.address, access.size)
    after = page_states(access.after[:SHOWN_BYTES])
    if access.kind == "read":
        return f"{pages}: {after}"
    return f"{pages}: {page_states(access.before[:SHOWN_BYTES])} -> {after}"


def _flow(step: Step, names: Names) -> Iterator[Piece]:
    following = step.index + 1
    if following >= len(step.trace):
        return
    target = step.trace[following].address
    decoded = step.decoded
    taken = target != step.address + len(step.code)
    if decoded.is_branch and decoded.name != "jmp":
        reason = ", ".join(_conditions(step))
        verdict = "taken" if taken else "not taken"
        yield Piece(f"{verdict}: {reason}" if reason else verdict, "flow")
    if taken:
        yield Piece(f"to {names.address(target)}", "flow")


def _conditions(step: Step) -> Iterator[str]:
    flags = step.before.rflags
    return (f"{flag.upper()} is {flags >> FLAGS[flag] & 1}" for flag in _flags_read(step.decoded))


@lru_cache(maxsize=4096)
def _flags_read(decoded: Decoded) -> tuple[str, ...]:
    return tuple(flag for flag in FLAGS if flag in decoded.reads)
