"""Name the fields of a step that ``-F`` can choose: the one table of single-valued columns.

Besides these, every register and flag is a field: its value after the step.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable

from allocator.errors import UsageError, did_you_mean
from allocator.registers import FLAGS, REGISTERS
from allocator.trace.trace import Access, Step
from allocator.views.source_text import split_comment

Field = Callable[[Step], str]


def _label(step: Step) -> str:
    return step.location.label if step.location else ""


def _offset(step: Step) -> str:
    return hex(step.location.offset) if step.location else ""


def _where(step: Step) -> str:
    return str(step.location or hex(step.address))


def _source(step: Step) -> str:
    return step.line.source.name if step.line else ""


def _line(step: Step) -> str:
    return str(step.line.line) if step.line else ""


def _statement(step: Step) -> str:
    return split_comment(step.line.source.line(step.line.line))[0] if step.line else ""


def _comment(step: Step) -> str:
    return split_comment(step.line.source.line(step.line.line))[1] if step.line else ""


def _registers(step: Step) -> str:
    return " ".join(f"{name}={change.after:#x}" for name, change in step.registers.items())


def _flags(step: Step) -> str:
    return " ".join(f"{name}={change.after}" for name, change in step.flags.items())


def _reads(step: Step) -> str:
    return " ".join(_access(access) for access in step.accesses if access.kind == "read")


def _writes(step: Step) -> str:
    return " ".join(_access(access) for access in step.accesses if access.kind == "write")


def _access(access: Access) -> str:
    maker = "" if access.by == "program" else f"@{access.by}"
    return f"{access.address:#x}:{access.after.hex()}{maker}"


def _logical(step: Step) -> str:
    return f"{step.before.cs:04x}:{step.place.offset:04x}"


FIELDS: dict[str, Field] = {
    "step": lambda step: str(step.index),
    "address": lambda step: hex(step.address),
    "logical": _logical,
    "bytes": lambda step: step.code.hex(),
    "text": lambda step: step.text,
    "mode": lambda step: step.mode,
    "bits": lambda step: str(step.bits),
    "label": _label,
    "offset": _offset,
    "where": _where,
    "source": _source,
    "line": _line,
    "statement": _statement,
    "comment": _comment,
    "repeat": lambda step: str(step.repeat),
    "registers": _registers,
    "flags": _flags,
    "reads": _reads,
    "writes": _writes,
}
"""Name to function. ``reads`` and ``writes`` are ``address:bytes``, the bytes as they lie in memory, then ``@firmware``
or ``@interrupt`` where not the program made them; ``logical`` is CS and the instruction pointer."""

DEFAULT_FIELDS = (
    "step", "address", "bytes", "text", "mode", "bits", "label", "offset", "source", "line", "repeat", "registers",
    "flags", "reads", "writes",
)  # fmt: skip


def find_fields(names: Iterable[str]) -> list[tuple[str, Field]]:
    """Return the fields of these names; raises UsageError with what was probably meant."""
    return [(name, _find(name.strip().lower())) for name in names]


def _find(name: str) -> Field:
    if name in FIELDS:
        return FIELDS[name]
    if name in FLAGS:
        return lambda step: str(step.after[name])
    if name in REGISTERS:
        return lambda step: hex(step.after[name])
    others = f"there are {', '.join(FIELDS)}, and every register and flag"
    hint = did_you_mean(name, [*FIELDS, *REGISTERS]) or others
    raise UsageError(f"'{name}' is not a field of a step\nhint: {hint}")
