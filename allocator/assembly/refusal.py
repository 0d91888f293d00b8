"""Refuse an instruction: the message and the hint that become an assembly error where the source is known."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Refusal:
    """Why an instruction was not encoded: one sentence, and what to do about it."""

    message: str
    hint: str | None = None


class Refused(Exception):  # noqa: N818 -- never leaves the encoder, which turns it into its `Refusal`
    """Carry a `Refusal` out of the middle of an encoding."""

    def __init__(self, message: str, hint: str | None = None) -> None:
        super().__init__(message)
        self.refusal = Refusal(message, hint)
