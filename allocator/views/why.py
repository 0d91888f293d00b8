"""Show where a value came from, the answer first and the inputs last.

    why rax at the end: 0x3a00000

      step   line  instruction       result               from (made by step)
        48    100  mov rax, rbx      rax = 0x3a00000      from rbx (47)
        47     99  shl rbx, ...      rbx = 0x3a00000      from rbx (46)         ; RBX = its address
      ...
    computed from
      os_MemAmount = 0x40             4 bytes at 0x110108, as they lay there at the start

- A number in brackets is the step, further down, that made what is used.
- Steps that only say where memory lies (segment registers, the stack pointer) are counted, not shown, unless one of
  these is asked for.
- Steps that repeat are shown once, with how often they repeat. Where that is still more than a screen, each line of the
  program is shown once, at the last time that it counted, and the earliest lines are only counted.
- All of it is shown where that is asked for (`extent.py`).
"""

from __future__ import annotations

from collections.abc import Iterator

from allocator.source import printable
from allocator.trace.why import Why
from allocator.views.extent import SCREEN, Extent
from allocator.views.ink import PLAIN, Ink
from allocator.views.names import Names
from allocator.views.why_decisions import decision_lines
from allocator.views.why_inputs import input_lines
from allocator.views.why_table import table_lines

DEFAULT_WIDTH = 140


def why_text(why: Why, *, width: int = DEFAULT_WIDTH, ink: Ink = PLAIN, extent: Extent = SCREEN) -> Iterator[str]:
    """Yield the lines of an explanation."""
    shown = why if extent.is_full else why.values
    yield ink.paint(f"{question_text(why)}: {_value(why)}", "heading")
    yield from table_lines(shown, len(why), width, ink, extent)
    yield ""
    yield ink.paint("computed from", "heading")
    yield from input_lines(shown, extent)
    yield from decision_lines(why, ink, extent)


def question_text(why: Why) -> str:
    """Return what was asked, in words."""
    return f"why {printable(why.target.name)} {moment_text(len(why.trace), why.moment)}"


def moment_text(length: int, moment: int) -> str:
    """Return a moment in words."""
    return "at the end" if moment == length else "at the start" if moment == 0 else f"before step {moment:,}"


def _value(why: Why) -> str:
    value = why.value
    if value is None:
        return "unknown"
    if isinstance(value, bytes):
        return value.hex(" ") if len(value) > 8 else f"{int.from_bytes(value, 'little'):#x}"
    meaning = Names(why.trace.run).value(value)
    return f"{value:#x}" if meaning in (f"{value:#x}", str(value)) else f"{value:#x} ({meaning})"
