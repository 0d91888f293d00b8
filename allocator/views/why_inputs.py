"""Say what a value was computed from in the end: what the caller left, what lay in memory, what came from outside.

os_MemAmount = 0x40               4 bytes at 0x110108, as they lay there at the start
rcx = 3                           as the routine found it at the start
INT 15h AX=E820h                  the firmware: next entry of the firmware map, first at step 230
constants of the program          mov rdx, os_MemoryMap (8), std (12)
"""

from __future__ import annotations

from collections.abc import Iterator

from allocator.registers import FLAGS, REGISTERS
from allocator.trace.firmware_calls import call_at
from allocator.trace.trace import Trace
from allocator.trace.why import Input, Why
from allocator.views.extent import Extent
from allocator.views.firmware_calls import call_name, purpose_of
from allocator.views.names import Names, page_range
from allocator.views.why_rows import statement_of

_MOST, _MOST_IN_FULL = 10, 1000
_MOST_CONSTANTS, _MOST_CONSTANTS_IN_FULL = 4, 100
_NAMED = 32


def input_lines(why: Why, extent: Extent) -> Iterator[str]:
    """Yield a line an input, and one for all constants."""
    inputs = [each for each in why.inputs if each.kind != "constant"]
    constants = [each for each in why.inputs if each.kind == "constant"]
    most, names = extent.most(_MOST, _MOST_IN_FULL), Names(why.trace.run)
    for each in inputs[:most]:
        yield f"  {_from_outside(why, each) if each.kind == 'outside' else _input(each, names)}"
    if len(inputs) > most:
        yield f"  {extent.left_out(f'and {len(inputs) - most:,} more inputs')}"
    if constants:
        yield _line(
            "constants of the program",
            _constants(why.trace, constants, extent.most(_MOST_CONSTANTS, _MOST_CONSTANTS_IN_FULL)),
        )
    if not inputs and not constants:
        yield "  nothing"


def _line(what: str, where: str) -> str:
    return f"  {what:<{_NAMED}}  {where}"


def _constants(trace: Trace, constants: list[Input], most: int) -> str:
    steps = [each.step for each in constants if each.step is not None]
    shown = ", ".join(f"{statement_of(trace[step])} ({step:,})" for step in steps[:most])
    return f"{shown}{f' and {len(constants) - most:,} more' if len(constants) > most else ''}"


def _from_outside(why: Why, given: Input) -> str:
    times = f", {given.uses:,} times" if given.uses > 1 else ""
    first = f"first at step {given.step:,}" if times else f"at step {given.step:,}"
    name, origin = outside_words(why.trace, given)
    return f"{name:<{_NAMED}}  {origin}, {first}{times}"


def outside_words(trace: Trace, given: Input) -> tuple[str, str]:
    """Return what an input from outside is called, and where it came from."""
    call = call_at(trace, given.step) if given.step is not None else None
    if call is None:
        return given.name, "from outside of the program"
    purpose = purpose_of(call)
    return call_name(call), f"the firmware{f': {purpose}' if purpose else ''}"


def _input(given: Input, names: Names) -> str:
    if given.where is None:
        value = f" = {_number(given.value)}" if isinstance(given.value, int) else ""
        return f"{f'{given.name.upper() if given.name in FLAGS else given.name}{value}':<{_NAMED}}  {_whose(given)}"
    size = given.where.size
    named = f"{names.address(given.where.start)}{_bytes(given, names)}"
    where = f"{size:,} byte{'s' if size > 1 else ''} at {given.where.start:#x}{_physical(given)}"
    is_page = given.where.start in names.page_map
    pages = f" ({page_range(given.where.start - names.page_map.start, size)})" if is_page else ""
    return f"{named:<{_NAMED}}  {where}{pages}, as {'they' if size > 1 else 'it'} lay there at the start"


def _physical(given: Input) -> str:
    is_elsewhere = given.where and given.physical and given.where.start != given.physical.start
    return f" (physical {given.physical.start:#x})" if is_elsewhere and given.physical else ""


def _whose(given: Input) -> str:
    if given.name in REGISTERS and REGISTERS[given.name].full == "rsp":
        return "where the stack lay at the start"
    return "as the routine found it at the start"


def _number(value: int) -> str:
    return str(value) if value < 10 else f"{value:#x}"


def _bytes(given: Input, names: Names) -> str:
    if not isinstance(given.value, bytes):
        return ""
    if len(given.value) in (1, 2, 4, 8) and given.where and given.where.start not in names.page_map:
        return f" = {_number(int.from_bytes(given.value, 'little'))}"
    shown = given.value[:8].hex(" ")
    return f" = {shown}{' ...' if len(given.value) > 8 else ''}"
