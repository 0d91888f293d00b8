"""Refuse an instruction: the message and the hint that become an assembly error where the source is known."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from allocator.assembly.instruction import Operand


@dataclass(frozen=True, slots=True)
class Refusal:
    """Why an instruction was not encoded: one sentence, what to do about it, and which operand is to blame.

    ``operand`` counts from 0; None blames the whole instruction. A message that begins with a number begins with
    the value of that operand, which the source may have written otherwise.
    """

    message: str
    hint: str | None = None
    operand: int | None = None


class Refused(Exception):  # noqa: N818 -- never leaves the encoder, which turns it into its `Refusal`
    """Carry a refusal out of the middle of an encoding, with the operand that is to blame as it is by then."""

    def __init__(self, message: str, hint: str | None = None, operand: Operand | None = None) -> None:
        super().__init__(message)
        self.message = message
        self.hint = hint
        self.operand = operand
