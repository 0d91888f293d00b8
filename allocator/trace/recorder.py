"""Record a call: choose the recorder that is done first.

The plain recorder starts at once and is slow; the native one takes a tenth of a second to load in a new process, and
seconds where it was never compiled before, and then records hundreds of times faster. So a call is recorded plainly up
to a bound, and natively from its start if it goes on beyond that. Both fill equal columns.
"""

from __future__ import annotations

import sys
from collections.abc import Callable

from allocator.machine.machine import DEFAULT_LIMIT, Machine
from allocator.machine.native_code import is_kept
from allocator.machine.run import LIMIT
from allocator.trace.plain_recorder import record_plainly
from allocator.trace.trace import Trace

PLAIN_UNITS = 20_000
"""Units after which the native recorder is worth its loading."""
PLAIN_UNITS_BESIDE_KEPT = 1_500
"""The same where the hooks were compiled by a process before this one."""
_HOOKS = "allocator.trace.native_hooks"
_NATIVE = "allocator.trace.native_recorder"


def record(
    machine: Machine, routine: str | int | None = None, *, limit: int = DEFAULT_LIMIT, returns: str | None = None,
    vectors: bool = False, **registers: int,
) -> Trace:  # fmt: skip
    """Call `routine` as `Machine.call` does, and return the trace of every instruction it executed.

    Without a routine a `PC` is booted, and the trace begins at the reset vector.
    ``vectors`` asks for the SSE registers as well (``step.vectors``), which costs time with every instruction.
    """
    if _NATIVE not in sys.modules:
        saved = machine.snapshot()
        plain = PLAIN_UNITS_BESIDE_KEPT if is_kept(_HOOKS) else PLAIN_UNITS
        bound = min(limit, plain)
        trace = record_plainly(machine, routine, limit=bound, returns=returns, vectors=vectors, **registers)
        if trace.stop.kind != LIMIT or limit <= plain:
            return trace
        machine.restore(saved)
    return _long_recorder()(machine, routine, limit=limit, returns=returns, vectors=vectors, **registers)


def _long_recorder() -> Callable[..., Trace]:
    try:
        from allocator.trace.native_recorder import record_natively
    except ImportError:  # Numba has no wheel for this platform
        return record_plainly
    return record_natively
