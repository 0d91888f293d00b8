"""Hold a rule of the manual that a run broke: at which step, and which steps set the values that decided.

They are found by `checks.broken_rule`, and shown by `views.broken_rules`.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import NamedTuple

from allocator.assembly.image import Line


class Setting(NamedTuple):
    """A value that decided: what it is called, what it was, the step that set it, and the source of that.

    ``step`` is None for what was never set by the program; ``line`` may still be that of bytes on the disk.
    """

    name: str
    value: str
    step: int | None
    text: str = ""
    line: Line | None = None


@dataclass(frozen=True)
class BrokenRule:
    """A rule that a run broke at `step`: its name, the section of the manual, and a sentence with values.

    ``text`` is the instruction and ``line`` its source; ``settings`` are the steps that set the values. ``is_latent``
    is whether nothing came of it here, and a real PC would fault; ``is_consequence`` whether it only says why the
    exception that came of another rule was not handled.
    """

    rule: str
    section: str
    sentence: str
    step: int
    text: str
    line: Line | None
    settings: tuple[Setting, ...]
    is_latent: bool
    is_consequence: bool = False
