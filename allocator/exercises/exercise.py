"""Hold one exercise and say what an answer to it is worth."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass

from allocator.assembly.image import Image
from allocator.errors import AllocatorError
from allocator.views.html_style import fragment, text


class NotYetError(Exception):
    """An answer is wrong; the text says in what, and does not say what would be right."""


@dataclass(frozen=True)
class Exercise:
    """One exercise.

    ``judge`` takes an answer and raises NotYetError where it is wrong. ``reason`` is what is worth knowing once it
    is solved, ``hints`` lead there, the first one gently.
    """

    judge: Callable[[object], None]
    reason: str
    hints: tuple[str, ...]


@dataclass(frozen=True)
class Verdict:
    """What an answer is worth, and what to say to whoever gave it."""

    is_right: bool
    message: str

    def _repr_html_(self) -> str:
        return fragment(f"<p>{text(self._title, '' if self.is_right else 'changed')} {_paragraphs(self.message)}</p>")

    @property
    def _title(self) -> str:
        return "Right." if self.is_right else "Not yet."

    def __repr__(self) -> str:
        return f"{self._title} {self.message}"


def _paragraphs(message: str) -> str:
    return "<br>".join(text(line) for line in message.split("\n"))


def judge(exercise: Exercise, given: object) -> Verdict:
    """Return the verdict on an answer; None and ... mean that there is none yet."""
    if given is None or given is ...:
        return Verdict(False, "There is no answer yet. When you are stuck, ask for a hint.")
    try:
        exercise.judge(given)
    except (NotYetError, AllocatorError) as problem:
        return Verdict(False, str(problem))
    return Verdict(True, exercise.reason)


def number(given: object) -> int:
    """Return an answer that has to be a whole number; raises NotYetError."""
    if isinstance(given, bool) or not isinstance(given, int):
        raise NotYetError(f"The answer is a whole number, such as 42 or 0x2a, and this is {_kind(given)}.")
    return given


def expect(given: object, expected: int, mistakes: Mapping[int, str] | None = None) -> None:
    """Compare a number with what a run yielded; raises NotYetError that says which way to go.

    `mistakes` are numbers that one comes to by a step left out, and what to say of them.
    """
    value = number(given)
    if value != expected:
        which = "small" if value < expected else "large"
        raise NotYetError((mistakes or {}).get(value, f"That is too {which}."))


def program(given: object, *routines: str) -> Image:
    """Return an answer that has to be a program with these routines; raises NotYetError."""
    if not isinstance(given, Image):
        raise NotYetError(f"The answer is a program: the variable that %%asm made. This is {_kind(given)}.")
    missing = [name for name in routines if name not in given.labels]
    if missing:
        raise NotYetError(f"The program has no label '{missing[0]}'.")
    return given


def _kind(given: object) -> str:
    return "a text" if isinstance(given, str) else f"of the type {type(given).__name__}"
