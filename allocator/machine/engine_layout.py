"""Tell native code what it needs to know of an engine."""

from __future__ import annotations

from typing import NamedTuple


class EngineLayout(NamedTuple):
    """What native code needs to know of an engine: addresses of its functions, and numbers of its registers.

    ``state`` is the address of the processor's state, or 0 where its layout is not the one that was verified: there
    the general registers come first, in the order of `GENERAL`, then RIP, RFLAGS and the lazy flags. ``save_context``
    copies it into ``context``, behind a header.
    """

    handle: int
    state: int
    read_registers: int
    read_register: int
    read_memory: int
    stop: int
    general_ids: tuple[int, ...]
    system_ids: tuple[int, ...]
    vector_ids: tuple[int, ...]
    flags_id: int
    save_context: int
    restore_context: int
    context: int
    read_linear: int
    translate: int
