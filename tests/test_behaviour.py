"""BareMetal's allocator behaves as it always did: ours and the article's listing, fact by fact.

Unless a test says otherwise the machine has 64 MiB and the pages 0 to 31 are free, page 0 included.
"""

from __future__ import annotations

import pytest

from allocator import Image, Machine, Run, assemble

MAP = 0x120000
MAP_PAGES = 131_072
ELSEWHERE = 0x300000
PAGE = 2 << 20
FREE, USED = 1, 2
PRESERVED = {"rbx": 11, "rdx": 12, "rsi": 13, "rdi": 14, "rbp": 15, **{f"r{number}": number for number in range(8, 16)}}


def set_memory(machine: Machine, mib: int, pages: bytes | None = None) -> None:
    """Make the page map `pages` (all of the memory free) and the rest of it absent."""
    states = bytes([FREE]) * (mib // 2) if pages is None else pages
    machine.page_map.load(states)
    machine.mem_amount = mib


def allocate(machine: Machine, count: int, **registers: int) -> Run:
    return machine.call("os_mem_allocate", rcx=count, **registers)


def access(run: Run) -> tuple[str, int]:
    assert run.stop.access is not None, run.stop
    return run.stop.access.kind, run.stop.access.address


# os_mem_allocate: what it hands out


def test_the_last_page_is_handed_out_first(pc: Machine) -> None:
    assert 0x3E00000 == allocate(pc, 1).registers.rax


def test_one_then_three_then_five_pages_come_from_the_top_downwards(pc: Machine) -> None:
    addresses = [allocate(pc, count).registers.rax for count in (1, 3, 5)]

    assert [0x3E00000, 0x3800000, 0x2E00000] == addresses


def test_what_was_handed_out_is_marked_used_and_nothing_else_changes(pc: Machine) -> None:
    changes = [allocate(pc, count).pages_changed for count in (1, 3, 5)]

    assert [pages_marked(31, 31), pages_marked(28, 30), pages_marked(23, 27)] == changes


def pages_marked(first: int, last: int) -> dict[int, tuple[int, int]]:
    return dict.fromkeys(range(first, last + 1), (FREE, USED))


def test_23_pages_are_left_of_32_after_9_were_handed_out(pc: Machine) -> None:
    for count in (1, 3, 5):
        allocate(pc, count)

    assert 23 == pc.call("os_mem_get_free").registers.rcx


def test_a_row_must_not_be_interrupted(pc: Machine) -> None:
    pc.page_map[30] = USED

    assert 28 * PAGE == allocate(pc, 2).registers.rax


def test_a_page_that_does_not_exist_interrupts_a_row(pc: Machine) -> None:
    pc.page_map[30] = 0

    assert 28 * PAGE == allocate(pc, 2).registers.rax


@pytest.mark.parametrize(("count", "address"), [(30, 0x400000), (31, 0), (32, 0)])
def test_pages_0_and_1_are_out_of_reach(pc: Machine, count: int, address: int) -> None:
    assert address == allocate(pc, count).registers.rax


def test_30_single_pages_can_be_allocated_of_64_mib(pc: Machine) -> None:
    addresses = [allocate(pc, 1).registers.rax for _ in range(31)]

    assert [page * PAGE for page in range(31, 1, -1)] + [0] == addresses


def test_asking_for_nothing_fails_and_touches_nothing(pc: Machine) -> None:
    run = allocate(pc, 0)

    assert (0, {}) == (run.registers.rax, run.pages_changed)


@pytest.mark.parametrize("count", [2**16, 2**32, 2**32 + 1, 2**63, 2**64 - 1])
def test_a_huge_request_fails_and_touches_nothing(pc: Machine, count: int) -> None:
    run = allocate(pc, count)

    assert (0, {}) == (run.registers.rax, run.pages_changed)


# os_mem_allocate: very small and very large machines


@pytest.mark.parametrize(("mib", "address"), [(4, 0), (5, 0), (6, 0x400000), (7, 0x400000)])
def test_the_smallest_machine_that_can_hand_out_a_page_has_6_mib(pc: Machine, mib: int, address: int) -> None:
    set_memory(pc, mib)

    assert address == allocate(pc, 1).registers.rax


@pytest.mark.parametrize("mib", [2, 3])
def test_with_one_page_of_memory_page_0_is_lost_in_a_success_that_reads_as_a_failure(pc: Machine, mib: int) -> None:
    set_memory(pc, mib)
    run = allocate(pc, 1)

    assert (0, 1, {0: (FREE, USED)}) == (run.registers.rax, run.registers.zf, run.pages_changed)


@pytest.mark.parametrize("mib", [2, 3])
def test_with_one_page_of_memory_that_is_used_the_scan_goes_on_below_the_map(pc: Machine, mib: int) -> None:
    set_memory(pc, mib, pages=b"\2")

    assert ("read", MAP - 1) == access(allocate(pc, 1))


@pytest.mark.parametrize("mib", [0, 1])
class TestWithLessThanOnePage:
    def test_the_first_byte_read_lies_below_the_map(self, pc: Machine, mib: int) -> None:
        set_memory(pc, mib)

        assert ("read", MAP - 1) == access(allocate(pc, 1))

    def test_that_is_a_fence_of_the_sandbox(self, pc: Machine, mib: int) -> None:
        set_memory(pc, mib)

        assert "fence" == allocate(pc, 1).stop.kind

    def test_the_direction_flag_is_still_set_there(self, pc: Machine, mib: int) -> None:
        set_memory(pc, mib)

        assert 1 == allocate(pc, 1).registers.df

    def test_rsi_has_not_stepped_on_there(self, pc: Machine, mib: int) -> None:
        set_memory(pc, mib)

        assert MAP - 1 == allocate(pc, 1).registers.rsi

    def test_it_is_the_load_of_the_scan_that_faults(self, pc: Machine, program: Image, mib: int) -> None:
        set_memory(pc, mib)
        loads = {name: program.symbols[name] for name in program.labels if name.endswith(("nextpage", "allocate.next"))}

        assert list(loads.values()) == [allocate(pc, 1).registers.rip]


class TestWithMemoryBelowTheMap:
    """The machine's own map has a fence below it; a map elsewhere has memory there, as real hardware has."""

    BYTE = ELSEWHERE - 16

    @pytest.fixture
    def run(self, program: Image) -> Run:
        source = program.sources[0]
        moved = assemble(text=source.text, name=source.name, symbols={"os_MemoryMap": ELSEWHERE})
        machine = Machine(moved, memory="64M")
        machine.mem_amount = 0
        machine.write(self.BYTE, bytes([FREE]))
        machine.write(self.BYTE - 1, bytes([FREE]))
        return allocate(machine, 1)

    def test_the_first_byte_1_that_is_met_is_overwritten(self, run: Run) -> None:
        outside_of_stack = [
            change for change in run.memory_changed if change.address < MAP or change.address > MAP << 1
        ]

        assert [(self.BYTE, bytes([FREE]), bytes([USED]))] == outside_of_stack

    def test_the_address_handed_out_is_negative(self, run: Run) -> None:
        assert 2**64 - 16 * PAGE == run.registers.rax


def test_more_than_128_gib_makes_the_scan_start_beyond_a_map_of_65_536_bytes(pc: Machine) -> None:
    pc.page_map[65_536] = FREE
    pc.mem_amount = 131_074

    assert 65_536 * PAGE == allocate(pc, 1).registers.rax


def test_more_than_256_gib_makes_the_scan_start_beyond_the_map(pc: Machine) -> None:
    pc.mem_amount = 2 * (MAP_PAGES + 1)

    assert ("read", MAP + MAP_PAGES) == access(allocate(pc, 1))


# os_mem_allocate: registers and flags


@pytest.mark.parametrize("count", [1, 30])
def test_zf_is_clear_after_a_success(pc: Machine, count: int) -> None:
    assert 0 == allocate(pc, count).registers.zf


@pytest.mark.parametrize("count", [0, 31, 2**64 - 1])
def test_zf_is_set_after_a_failure(pc: Machine, count: int) -> None:
    assert 1 == allocate(pc, count).registers.zf


@pytest.mark.parametrize("count", [0, 1, 31])
@pytest.mark.parametrize("df", [0, 1])
def test_the_direction_flag_is_clear_afterwards_whatever_it_was(pc: Machine, count: int, df: int) -> None:
    assert 0 == allocate(pc, count, df=df).registers.df


@pytest.mark.parametrize("count", [0, 1, 3, 31, 2**64 - 1])
def test_rcx_keeps_the_request_in_success_and_failure(pc: Machine, count: int) -> None:
    assert count == allocate(pc, count).registers.rcx


@pytest.mark.parametrize("count", [0, 1, 31])
@pytest.mark.parametrize("register", sorted(PRESERVED))
def test_allocating_preserves_every_register_but_rax(pc: Machine, count: int, register: str) -> None:
    run = allocate(pc, count, **PRESERVED)

    assert PRESERVED[register] == run.result()[register]


def test_rsp_is_what_it_was_before_the_call(pc: Machine) -> None:
    assert allocate(pc, 1).registers.rsp == allocate(pc, 40).registers.rsp


def test_two_processors_that_scan_before_either_marks_get_the_same_page(pc: Machine, program: Image) -> None:
    """There is no lock. The first processor is held where its scan has ended, while the second allocates."""
    first = allocate(pc, 1, limit=STEPS_TO_MARK)
    second = allocate(pc, 1, rsp=first.registers.rsp - 0x100)
    mark = next(name for name in program.labels if name.endswith("mark"))
    general = {name: getattr(first.registers, name) for name in ("rax", "rbx", "rcx", "rdx", "rsi", "rdi")}
    first_again = pc.call(mark, **general, rsp=first.registers.rsp + 8)

    assert [31 * PAGE, 31 * PAGE] == [second.registers.rax, first_again.registers.rax]


STEPS_TO_MARK = 21


# os_mem_release


def release(machine: Machine, address: int, count: int, **registers: int) -> Run:
    return machine.call("os_mem_release", rax=address, rcx=count, **registers)


def test_released_pages_are_free(pc: Machine) -> None:
    address = allocate(pc, 3).registers.rax

    assert dict.fromkeys((29, 30, 31), (USED, FREE)) == release(pc, address, 3).pages_changed


def test_released_pages_are_handed_out_again(pc: Machine) -> None:
    address = allocate(pc, 3).registers.rax
    release(pc, address, 3)

    assert address == allocate(pc, 3).registers.rax


def test_as_many_pages_are_reported_freed_as_were_asked_for(pc: Machine) -> None:
    assert 0 == release(pc, 0x3E00000, 0).registers.rcx
    assert 5 == release(pc, 0x3E00000, 5).registers.rcx


def test_page_0_can_be_freed(pc: Machine) -> None:
    pc.page_map[0] = USED

    assert {0: (USED, FREE)} == release(pc, 0, 1).pages_changed


def test_an_address_inside_a_page_stands_for_the_page(pc: Machine) -> None:
    pc.page_map[31] = USED

    assert {31: (USED, FREE)} == release(pc, 0x3E00000 + 0x1FFFFF, 1).pages_changed


def test_freeing_twice_is_silent(pc: Machine) -> None:
    run = release(pc, 0x3E00000, 1)

    assert ("returned", {}) == (run.stop.kind, run.pages_changed)


def test_an_address_beyond_memory_makes_a_page_exist(pc: Machine) -> None:
    assert {32: (0, FREE)} == release(pc, 32 * PAGE, 1).pages_changed


def test_more_than_the_rest_of_the_map_is_written_past_it(pc: Machine) -> None:
    run = release(pc, (MAP_PAGES - 1) * PAGE, 2)

    assert (("write", MAP + MAP_PAGES), {MAP_PAGES - 1: (0, FREE)}) == (access(run), run.pages_changed)


def test_with_the_direction_flag_set_pages_are_freed_downwards(pc: Machine) -> None:
    set_memory(pc, 64, pages=bytes([USED]) * 32)

    assert dict.fromkeys((8, 9, 10), (USED, FREE)) == release(pc, 10 * PAGE, 3, df=1).pages_changed


def test_with_the_direction_flag_set_freeing_goes_on_below_the_map(pc: Machine) -> None:
    assert ("write", MAP - 1) == access(release(pc, 0, 2, df=1))


@pytest.mark.parametrize("register", sorted(PRESERVED))
def test_releasing_preserves_every_register(pc: Machine, register: str) -> None:
    assert PRESERVED[register] == release(pc, 0x3E00000, 1, **PRESERVED).result()[register]


@pytest.mark.parametrize("df", [0, 1])
def test_releasing_preserves_rax_and_the_direction_flag(pc: Machine, df: int) -> None:
    run = release(pc, 0x3E00000, 1, df=df)

    assert (0x3E00000, df) == (run.registers.rax, run.registers.df)


# os_mem_get_free


def test_32_pages_are_counted_at_64_mib(pc: Machine) -> None:
    assert 32 == pc.call("os_mem_get_free").registers.rcx


def test_31_pages_are_counted_once_page_0_is_taken(pc: Machine) -> None:
    pc.page_map[0] = USED

    assert 31 == pc.call("os_mem_get_free").registers.rcx


def test_only_the_state_free_is_counted(pc: Machine) -> None:
    set_memory(pc, 64, pages=bytes(range(256)))

    assert 1 == pc.call("os_mem_get_free").registers.rcx


def test_of_65_536_free_pages_65_535_are_counted(pc: Machine) -> None:
    set_memory(pc, 131_072)

    assert 65_535 == pc.call("os_mem_get_free").registers.rcx


def test_the_last_page_counted_is_65_534(pc: Machine) -> None:
    set_memory(pc, 131_072, pages=bytes(65_534) + bytes([FREE, FREE, FREE]))

    assert 1 == pc.call("os_mem_get_free").registers.rcx


def test_counting_with_the_direction_flag_set_reads_below_the_map(pc: Machine) -> None:
    assert ("read", MAP - 1) == access(pc.call("os_mem_get_free", df=1))


@pytest.mark.parametrize("register", sorted({"rax": 0, **PRESERVED}))
def test_counting_preserves_every_register_but_rcx(pc: Machine, register: str) -> None:
    values = {"rax": 10, **PRESERVED}

    assert values[register] == pc.call("os_mem_get_free", **values).result()[register]


def test_counting_changes_no_page(pc: Machine) -> None:
    assert {} == pc.call("os_mem_get_free").pages_changed


# Steps: what the routines cost


def test_counting_costs_6_steps_for_a_page_that_is_not_free(pc: Machine) -> None:
    set_memory(pc, 131_072, pages=bytes(65_536))

    assert 6 * 65_535 + 15 == pc.call("os_mem_get_free").steps


def test_counting_costs_8_steps_for_a_free_page(pc: Machine) -> None:
    set_memory(pc, 131_072)

    assert 8 * 65_535 + 15 == pc.call("os_mem_get_free").steps


@pytest.mark.parametrize("pages", [3, 31, 300])
def test_scanning_costs_6_steps_for_a_page_that_is_not_free(pc: Machine, pages: int) -> None:
    set_memory(pc, 2 * pages, pages=bytes([USED]) * pages)

    assert 6 * (pages - 2) + 23 == allocate(pc, 1).steps


def test_two_steps_are_enough_to_refuse_a_request_for_nothing(pc: Machine) -> None:
    assert 3 + 2 + 2 + 4 == allocate(pc, 0).steps
