"""Whatever is allocated and released in whatever order, the sandbox and the model stay together."""

from __future__ import annotations

import hypothesis.strategies as st
import pytest
from hypothesis import settings
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, rule, run_state_machine_as_test
from reference.page_allocator import PAGE_MAP_PAGES, PAGE_SIZE, Outcome, PageAllocator

from allocator import Image, Machine, Run

PAGES = 24


class Sequence(RuleBasedStateMachine):
    """One machine and one model, driven by the same calls."""

    image: Image

    @initialize(pages=st.lists(st.sampled_from([0, 1, 1, 1, 2]), min_size=3, max_size=PAGES))
    def start(self, pages: list[int]) -> None:
        self.model = PageAllocator(bytes(pages), mem_amount=2 * len(pages))
        self.machine = Machine(self.image, memory="64M")
        self.machine.page_map.load(bytes(self.model.pages))
        self.machine.mem_amount = self.model.mem_amount

    @rule(count=st.integers(0, PAGES))
    def allocate(self, count: int) -> None:
        check(self.model.allocate(count), self.machine.call("os_mem_allocate", rcx=count))

    @rule(page=st.integers(0, PAGES), inside=st.integers(0, PAGE_SIZE - 1), count=st.integers(0, 5))
    def release(self, page: int, inside: int, count: int) -> None:
        address = page * PAGE_SIZE + inside
        check(self.model.release(address, count), self.machine.call("os_mem_release", rax=address, rcx=count))

    @rule()
    def get_free(self) -> None:
        check(self.model.get_free(), self.machine.call("os_mem_get_free"))

    @invariant()
    def maps_are_the_same(self) -> None:
        if hasattr(self, "machine"):
            assert bytes(self.model.pages) == bytes(self.machine.page_map)[:PAGE_MAP_PAGES]


def check(expected: Outcome, run: Run) -> None:
    assert "returned" == run.stop.kind
    assert expected.registers == {name: run.registers[name] for name in expected.registers}


@pytest.mark.parametrize("examples", [25])
def test_the_model_and_the_program_stay_together(program: Image, examples: int) -> None:
    bound = type("BoundSequence", (Sequence,), {"image": program})

    run_state_machine_as_test(bound, settings=settings(max_examples=examples, deadline=None, derandomize=True))
