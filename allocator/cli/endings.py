"""Turn the ending of a run into what the command line says about it, and into an exit code."""

from __future__ import annotations

import sys
from collections.abc import Iterator

from allocator.machine.run import HALTED, INTERRUPTED, Run
from allocator.source import printable
from allocator.views.ink import PLAIN, Ink
from allocator.views.summary import ending

FINE, GUEST_FAILED = 0, 1


def failed(run: Run) -> bool:
    """Tell whether a called routine did not do what it was called for: a halt ends it before it returns."""
    return run.stop.is_fault or run.stop.kind == HALTED


def give_up(run: Run) -> None:
    """Raise KeyboardInterrupt when Ctrl-C ended the run: who pressed it wants neither a report nor half of the data."""
    if run.stop.kind == INTERRUPTED:
        raise KeyboardInterrupt


def exit_code(run: Run) -> int:
    """Return 0, or 1 when the guest failed."""
    return GUEST_FAILED if failed(run) else FINE


def ending_lines(run: Run, ink: Ink = PLAIN) -> Iterator[str]:
    """Yield how the run ended: the report of a fault, or what it returned."""
    if failed(run):
        yield from _report(run, ink)
    else:
        yield from ending(run, run.steps, ink)


def boot_ending_lines(run: Run, ink: Ink = PLAIN) -> Iterator[str]:
    """Yield how a boot ended, for which a halt is an ordinary end: a line, or the report of a fault."""
    if run.stop.is_fault:
        yield from _report(run, ink)
    else:
        yield ink.paint(
            f"{run.stop.kind} after {run.steps:,} steps at {printable(run.where)}: {run.stop.message}", "good"
        )


def _report(run: Run, ink: Ink) -> list[str]:
    from allocator.views.report import fault_report

    return fault_report(run, ink).split("\n")


def say_ending(run: Run) -> None:
    """Say on standard error, in a line, that a run failed whose data went elsewhere."""
    if failed(run):
        say_fault(run)


def say_fault(run: Run) -> None:
    """Say on standard error, in a line, how a run ended."""
    from allocator.views.report import summary_line

    print(printable(summary_line(run)), file=sys.stderr)
