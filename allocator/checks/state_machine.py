"""Test an allocator by random sequences of operations, shrunk to the shortest that fails.

    POOL = Allocator(allocate="page_get", release="page_put", count_free=None, request="rdi", released=None)
    TestPool = state_machine(lambda: Machine(assemble(Path("pool.asm")), "16M"), POOL)

That is all a test file needs: pytest collects ``TestPool``. Hypothesis chooses the operations, `PagePool` judges
each. What fails is printed as a test to paste.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any
from unittest import TestCase

from allocator.checks.declaration import BAREMETAL, Allocator
from allocator.checks.page_pool import Block, PagePool
from allocator.errors import UsageError
from allocator.machine.machine import Machine

try:
    from hypothesis import HealthCheck, settings
    from hypothesis import strategies as st
    from hypothesis.stateful import Bundle, RuleBasedStateMachine, consumes, multiple, precondition, rule
except ImportError:
    raise UsageError("state machines need Hypothesis\nhint: pip install 'allocator-sandbox[check]'") from None

EXAMPLES = 40
STEPS = 30


def state_machine(
    make_machine: Callable[[], Machine], allocator: Allocator = BAREMETAL, *,
    fit: str = "any", first_page: int = 0, max_request: int = 6, examples: int = EXAMPLES, steps: int = STEPS,
) -> type[TestCase]:  # fmt: skip
    """Return a test case that drives `allocator` on machines like the one that `make_machine` makes.

    ``fit`` and ``first_page`` are what the allocator promises (see `PagePool`); ``max_request`` is the largest request
    in pages; ``examples`` sequences of at most ``steps`` operations are tried.
    """
    machine_class = _machine_class(make_machine, allocator, fit, first_page, max_request)
    case: type[TestCase] = machine_class.TestCase
    quiet = (HealthCheck.too_slow, HealthCheck.filter_too_much)
    case.settings = settings(  # type: ignore[attr-defined]
        max_examples=examples, stateful_step_count=steps, deadline=None, suppress_health_check=quiet,
        print_blob=False, report_multiple_bugs=False,
    )  # fmt: skip
    return case


def _machine_class(
    make_machine: Callable[[], Machine], allocator: Allocator, fit: str, first_page: int, max_request: int
) -> Any:  # noqa: ANN401 -- Hypothesis adds TestCase to the class when it is asked for
    kept: list[tuple[Machine, Any]] = []  # one machine, brought back to its start for each sequence

    class AllocatorMachine(RuleBasedStateMachine):
        blocks = Bundle("blocks")

        def __init__(self) -> None:
            super().__init__()
            if not kept:
                machine = make_machine()
                kept.append((machine, machine.snapshot()))
            machine, start = kept[0]
            machine.restore(start)
            self.pool = PagePool(machine, allocator, fit=fit, first_page=first_page)

        @rule(target=blocks, count=st.integers(0, max_request))
        def allocate(self, count: int) -> Any:  # noqa: ANN401 -- what goes into a bundle
            block = self.pool.allocate(count)
            return multiple() if block is None else block

        @precondition(lambda self: allocator.release is not None)
        @rule(block=consumes(blocks))
        def release(self, block: Block) -> None:
            self.pool.release(block)

        @precondition(lambda self: allocator.count_free is not None)
        @rule()
        def count_free(self) -> None:
            self.pool.count_free()

    AllocatorMachine.__name__ = f"{allocator.allocate}_sequences"
    return AllocatorMachine
