"""Say what went wrong: every error that a user can meet.

    AllocatorError
    |-- UsageError          the command line, or an argument, makes no sense
    |-- AssemblyError       a source is wrong: message, span, hint
    |   `-- SymbolError     a name that nobody defines
    |-- MachineError        a machine that cannot be built or asked for that
    |-- GuestFault          the guest did something that ended its run
    |-- TraceError          a saved trace that cannot be read
    `-- InternalError       our own defect
    ContractBroken          (an AssertionError) a routine broke its own comment

An engine's error never leaves the file that imports the engine. Only the command line prints an error
and picks an exit code: 1 for the guest or a check, 2 for wrong use or source, 70 for our own defect.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from allocator.source import Span


class AllocatorError(Exception):
    """Anything that this package raises on purpose."""


class UsageError(AllocatorError):
    """An argument that makes no sense; the message says what would."""


class AssemblyError(AllocatorError):
    """A source that cannot become an image.

    ``message`` is one sentence, ``span`` where it went wrong (or None where there is no line, as for a
    missing file), ``hint`` what to do about it.
    """

    def __init__(self, message: str, span: Span | None = None, hint: str | None = None) -> None:
        super().__init__(message)
        self.message = message
        self.span = span
        self.hint = hint

    def __str__(self) -> str:
        """The message with file, line and column, the line itself, a caret below it, and the hint."""
        lines = [f"{self.span}: error: {self.message}" if self.span else f"error: {self.message}"]
        if self.span:
            lines.append(self.span.drawn())
        if self.hint:
            lines.append(f"hint: {self.hint}")
        return "\n".join(lines)


class SymbolError(AssemblyError):
    """A name that neither the source nor the machine defines."""


class MachineError(AllocatorError):
    """A machine that cannot be built, or a request that it cannot fulfil."""


class GuestFault(AllocatorError):  # noqa: N818 -- the error is the guest's
    """The guest's own fault, raised only where a caller asked for a result; the text is the whole report."""


class TraceError(AllocatorError):
    """A saved trace that is damaged, hostile or newer than this program."""


class InternalError(AllocatorError):
    """A defect of this program: something that was checked turned out not to hold."""


class ContractBroken(AssertionError):  # noqa: N818 -- a failed assertion, not an error of ours
    """A routine did what the comment above it says it does not."""


def reason(error: OSError | ValueError) -> str:
    """Return why the system refused a file, in its own words; a ValueError is about the file's name."""
    return getattr(error, "strerror", None) or str(error)


def did_you_mean(word: str, known: Iterable[str]) -> str:
    """Return a hint that names the one of `known` that `word` resembles, or nothing.

    >>> did_you_mean("duoble", ["double", "half"])
    "did you mean 'double'?"
    """
    from difflib import get_close_matches

    near = get_close_matches(word[:100], known, 1)
    return f"did you mean '{near[0]}'?" if near else ""
