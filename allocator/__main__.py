"""Be the command ``allocator``: the one place that prints an error and picks an exit code.

    0     fine
    1     the guest failed, or a check
    2     wrong use, or a wrong source
    70    a defect of this program (EX_SOFTWARE of sysexits.h); ALLOCATOR_DEBUG=1 shows where
    130   Ctrl-C

Nothing heavy is imported before the arguments are known to make sense.
"""

from __future__ import annotations

import contextlib
import os
import sys
from collections.abc import Sequence
from pathlib import Path

from allocator.errors import AllocatorError, GuestFault, InternalError

FINE, GUEST_FAILED, WRONG_USE, DEFECT, CTRL_C = 0, 1, 2, 70, 130
_TOO_LITTLE_MEMORY = "there is not enough memory for this\nhint: a smaller --limit records less"
_ASSEMBLING = ("trace", "run", "assemble", "check")


def main(arguments: Sequence[str] | None = None) -> int:
    """Do what the command line asks for, and return the exit code."""
    words = list(sys.argv[1:] if arguments is None else arguments)
    _prepare_streams()
    try:
        code = _dispatch(words)
        sys.stdout.flush()  # a reader that went away is noticed here, not at the interpreter's end
    except SystemExit as finished:  # --help and --version
        return finished.code if isinstance(finished.code, int) else FINE
    except KeyboardInterrupt:
        return CTRL_C
    except Exception as error:
        return _answer(error)
    return code


def _dispatch(words: Sequence[str]) -> int:
    if not words:
        from allocator.cli.welcome import WELCOME

        print(WELCOME, end="")
        return FINE
    from allocator.cli.output import refuse_to_overwrite
    from allocator.cli.parser import parse

    options = parse(words)
    refuse_to_overwrite(options)
    if options.verb in _ASSEMBLING and not getattr(options, "preprocess", False):
        _start_keystone()
    code: int = options.run(options)
    return code


def _start_keystone() -> None:
    # Its process loads Keystone while this one loads the rest.
    from allocator.assembly import keystone_process

    keystone_process.warm_up()


def _prepare_streams() -> None:
    # A source may hold what a narrow terminal encoding does not: show ? instead of failing.
    for name, mode in (("stdin", "r"), ("stdout", "w"), ("stderr", "w")):
        stream = getattr(sys, name)
        if stream is None:  # closed by the shell; in this order each gets its own number again
            setattr(sys, name, Path(os.devnull).open(mode))  # noqa: SIM115 -- for the rest of the process
        elif mode == "w" and hasattr(stream, "reconfigure"):
            stream.reconfigure(errors="replace")


def _answer(error: Exception) -> int:
    """Say what `error` means to the user, and return the exit code for it."""
    if isinstance(error, BrokenPipeError):
        return _close_quietly()
    if isinstance(error, GuestFault):
        return _complain(str(error), GUEST_FAILED)
    if isinstance(error, OSError):  # reading is translated where it is done: this is our output
        return _complain(f"cannot write the output: {error.strerror or error}", WRONG_USE)
    if isinstance(error, MemoryError):
        return _complain(_TOO_LITTLE_MEMORY, WRONG_USE)
    if isinstance(error, AllocatorError) and not isinstance(error, InternalError):
        return _complain(str(error), WRONG_USE)
    return _admit(error)


def _complain(message: str, code: int) -> int:
    from allocator.source import printable

    lines = [printable(line) for line in message.split("\n")]
    if "error: " not in lines[0] and code == WRONG_USE:
        lines[0] = f"error: {lines[0]}"
    _say("\n".join(lines))
    return code


def _admit(error: Exception) -> int:
    if os.environ.get("ALLOCATOR_DEBUG"):
        import traceback

        traceback.print_exception(type(error), error, error.__traceback__)
    first = f"{type(error).__name__}: {error}".split("\n")[0]
    return _complain(
        f"internal error: {first}\nThis is a defect of allocator, not of your source: please report it. "
        "ALLOCATOR_DEBUG=1 shows where it happened.",
        DEFECT,
    )


def _say(text: str) -> None:
    with contextlib.suppress(OSError):  # where nobody listens, the exit code still says it
        print(text, file=sys.stderr)


def _close_quietly() -> int:
    # The reader has seen enough. Python flushes once more at its end, which must not fail again.
    os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
    return FINE


if __name__ == "__main__":
    sys.exit(main())
