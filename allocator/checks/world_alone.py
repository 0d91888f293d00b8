"""Make one case of a small world by itself, and say in words how it differs from what was expected."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import asdict, dataclass
from typing import Any

import numpy as np

from allocator.assembly.image import Image
from allocator.checks.world_model import DF, ZF
from allocator.checks.world_sandbox import WorldSandbox
from allocator.findings import CONTRACT, FAULT, LIMIT, MODEL
from allocator.machine.run import FENCE, INTERRUPTED, MEMORY_FAULT, RETURNED, Run
from allocator.machine.run import LIMIT as NO_END

ALONE_LIMIT = 100_000
"""What one call may execute before it is said never to return; a scan of 16 pages takes two hundred."""

_PRESERVED = (
    "rbx", "rcx", "rdx", "rsi", "rdi", "rbp", "r8", "r9", "r10", "r11", "r12", "r13", "r14", "r15",
)  # fmt: skip


@dataclass(frozen=True)
class Difference:
    """One call in one small world that did not go as expected.

    ``pages`` are the states as in ``"1,1,2"``, page 0 first; ``kind`` is ``fault``, ``limit``, ``contract`` (a
    register, the direction flag, or memory elsewhere) or ``model`` (the result or the pages).
    """

    pages: str
    request: int
    kind: str
    expected: str
    came: str

    @property
    def order(self) -> tuple[int, int, str]:
        """What sorts the smallest first: fewest pages, then the smallest request."""
        return len(self.pages), self.request, self.pages

    def as_json(self) -> dict[str, Any]:
        """Return what JSON holds."""
        return asdict(self)


class LoneCaller:
    """A machine with an image and nothing else, for calls one by one."""

    def __init__(self, image: Image, routine: str, fill: Mapping[str, int]) -> None:
        self._routine = routine
        self._fill: dict[str, Any] = dict(fill)
        self._sandbox = WorldSandbox(image)
        self._pages = 0

    def set_pages(self, pages: int) -> None:
        """Tell the allocator how many pages the worlds have."""
        self._sandbox.set_pages(pages)
        self._pages = pages

    def call(self, case: np.void) -> Difference | None:
        """Make a case; None where it went as expected. Raises KeyboardInterrupt where Ctrl-C ended it."""
        sandbox = self._sandbox
        sandbox.lay(case["before"].tobytes())
        run = sandbox.machine.call(self._routine, limit=ALONE_LIMIT, rcx=int(case["request"]), **self._fill)
        if run.stop.kind == INTERRUPTED:
            raise KeyboardInterrupt
        after = sandbox.machine.read(sandbox.page_map, len(sandbox.beyond))
        damage = sandbox.damage()
        sandbox.repair()
        if case["breaks"]:
            return None if self._left_the_map(run) else self._difference(case, run, after, damage)
        is_same = run.stop.kind == RETURNED and _is_like(case, run, after)
        if is_same and damage is None and not _changed(run):
            return None
        return self._difference(case, run, after, damage)

    def unlike(self, case: np.void, kind: str, came: str) -> Difference:
        """Return the difference of a case that went as expected when it was made alone."""
        return Difference(self._states(case["before"].tobytes()), int(case["request"]), kind, self._wanted(case), came)

    def described(self, rax: int, after: bytes, status: int) -> str:
        """Say what a call left."""
        flags = f"zf={int(bool(status & ZF))} df={int(bool(status & DF))}"
        return f"rax={rax:#x} {flags} pages {self._states(after)}{self._beyond(after)}"

    def _difference(self, case: np.void, run: Run, after: bytes, damage: int | None) -> Difference:
        if run.stop.kind != RETURNED:
            kind = LIMIT if run.stop.kind == NO_END else FAULT
            return self.unlike(case, kind, f"{run.stop.kind}: {run.stop.message}")
        words = [self.described(run.rax, after, _status(run))]
        words += [f"{name} not preserved" for name in _changed(run)]
        words += [f"memory changed at {damage:#x}"] if damage is not None else []
        is_model = run.rax != case["rax"] or after != case["after"].tobytes() or run.zf != case["status"] & ZF
        return self.unlike(case, MODEL if is_model else CONTRACT, ", ".join(words))

    def _left_the_map(self, run: Run) -> bool:
        access = run.stop.access
        below = self._sandbox.page_map - 1
        return run.stop.kind in (FENCE, MEMORY_FAULT) and access is not None and access.address == below

    def _wanted(self, case: np.void) -> str:
        if case["breaks"]:
            return "a read below the page map"
        return self.described(int(case["rax"]), case["after"].tobytes(), int(case["status"]))

    def _states(self, window: bytes) -> str:
        return ",".join(str(state) for state in window[: self._pages])

    def _beyond(self, window: bytes) -> str:
        odd = [page for page in range(self._pages, len(window)) if window[page] != self._sandbox.beyond[page]]
        return "".join(f", byte {page} of the map became {window[page]}" for page in odd)


def _is_like(case: np.void, run: Run, after: bytes) -> bool:
    is_result = run.rax == case["rax"] and _status(run) == case["status"]
    return bool(is_result and after == case["after"].tobytes())


def _status(run: Run) -> int:
    return ZF * run.zf + DF * run.df


def _changed(run: Run) -> list[str]:
    # A routine that returned has popped its return address: RSP is then one qword higher than at its entry.
    names = [name for name in _PRESERVED if not run.preserved(name)]
    return names if run.rsp == run.before.rsp + 8 else [*names, "rsp"]
