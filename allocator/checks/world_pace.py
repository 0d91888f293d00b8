"""Bound a run that is made of thousands of calls: by time, at the engine's full speed, or exactly, by blocks.

By time is for rows of calls that are expected to go well; where one was cut short, whether its call was slow or never
returns is asked of an exact run, so that what is reported does not depend on the clock.
"""

from __future__ import annotations

import ctypes
from collections.abc import Iterator
from contextlib import contextmanager
from threading import Timer

from allocator.machine.machine import Machine
from allocator.machine.watcher import Watcher

_ALWAYS = 1 << 60
_FIRST_SECONDS, _SECONDS_PER_CALL = 0.2, 20e-6
"""A call takes half a microsecond; the machine may be busy."""


@contextmanager
def bounded_by_time(machine: Machine, calls: int) -> Iterator[None]:
    """While this is open, runs are not counted; one that takes far longer than `calls` calls should is stopped."""
    layout = machine.engine_layout(by_pointer=False)
    stop = ctypes.CFUNCTYPE(ctypes.c_int, ctypes.c_void_p)(layout.stop)
    timer = Timer(_FIRST_SECONDS + calls * _SECONDS_PER_CALL, stop, [layout.handle])
    timer.daemon = True
    with machine.watching_natively(_Uncounted(), (), 0):
        timer.start()
        try:
            yield
        finally:
            timer.cancel()
            timer.join()  # the engine must not be gone when it is stopped


@contextmanager
def bounded_exactly(machine: Machine, limit: int) -> Iterator[None]:
    """While this is open, runs are counted by blocks, and end at `limit` units."""
    try:
        from allocator.machine.pacer import Pacer
    except ImportError:  # Numba has no wheel for this platform: the engine counts, at half the speed
        yield
        return
    pacer = Pacer(machine, limit)
    with machine.watching_natively(pacer, pacer.hooks, pacer.user):
        yield


class _Uncounted(Watcher):
    """Has the engine not count, and takes each slice for all there was to run."""

    slice_units = _ALWAYS

    def begin_slice(self, units: int) -> int:
        """Let the engine run until it is stopped."""
        return 0
