"""Where values came from that went through memory with several addresses, or that the page walk had a part in."""

from __future__ import annotations

from functools import cache
from random import Random

import numpy as np
import pytest
from reference.boot_programs import BOOT_PROGRAMS
from reference.paged_programs import TABLES_A, TABLES_B, paged

from allocator import Machine, Trace, assemble, record, shipped
from allocator.addresses import MACHINE_SYMBOLS
from allocator.cli.boot import CHAIN
from allocator.machine.disk import Disk
from allocator.machine.pc import PC
from allocator.trace.backward import WALKED, Wanted, touch_of, walk_back
from allocator.trace.forward import produced, walk_on
from allocator.trace.native_slice import walk_back_natively, walk_on_natively
from allocator.trace.why import Why, flow_table
from allocator.views.answers import answer_text

LOW, HIGH, OTHER = 0x400000, 0xC0000000, 0x800000
SWITCH_TO_A, SWITCH_TO_B = (f"mov eax, {table:#x}\n mov cr3, eax" for table in (TABLES_A, TABLES_B))


def moved_to(physical: int) -> str:
    return f"mov dword [{TABLES_A + 4:#x}], {physical | 0x83:#x}\n invlpg [{LOW:#x}]"


PROGRAMS = {
    "an alias": (
        f"mov ecx, 7\n mov [{HIGH:#x}], ecx\n mov ebx, [{LOW:#x}]\n mov edx, [{HIGH:#x}]",
        {LOW: LOW, HIGH: LOW},
        {},
    ),
    "two processes": (
        f"mov ecx, 10\n mov [{LOW:#x}], ecx\n {SWITCH_TO_B}\n mov edx, 11\n mov [{LOW:#x}], edx\n mov esi, [{LOW:#x}]\n"
        f"{SWITCH_TO_A}\n mov ebx, [{LOW:#x}]",
        {LOW: LOW},
        {LOW: OTHER},
    ),
    "a page that moves": (
        f"mov ecx, 10\n mov [{LOW:#x}], ecx\n {moved_to(OTHER)}\n mov ebx, [{LOW:#x}]\n"
        f"{moved_to(LOW)}\n mov edx, [{LOW:#x}]",
        {LOW: LOW},
        {},
    ),
    "a copy onto an alias": (
        f"mov esi, {LOW:#x}\n mov edi, {HIGH + 1:#x}\n mov ecx, 8\n rep movsb\n mov bl, [{LOW + 8:#x}]",
        {LOW: LOW, HIGH: LOW},
        {},
    ),
    "an entry that is read": (f"mov [{LOW:#x}], ecx\n mov ebx, [{TABLES_A + 4:#x}]", {LOW: LOW}, {}),
}


@cache
def boot(name: str) -> Trace:
    body, a, b = PROGRAMS[name]
    return record(PC(assemble(text=paged(body, a, b), bits=16), "64M"), limit=10_000)


def texts(why: Why) -> list[str]:
    """The steps since paging is on."""
    return [step.text for step in why if step.mode == "paged32"]


# What is followed


def test_a_store_under_an_alias_is_found() -> None:
    assert ["mov ecx, 7", "mov dword [0xc0000000], ecx", "mov ebx, dword [0x400000]"] == texts(
        boot("an alias").why("ebx")
    )


def test_of_two_processes_each_has_its_own_bytes() -> None:
    trace = boot("two processes")
    assert ["mov ecx, 0xa", "mov edx, 0xb"] == [texts(trace.why(name))[0] for name in ("ebx", "esi")]


def test_a_page_that_moved_leads_to_other_bytes() -> None:
    trace = boot("a page that moves")
    assert (["mov ebx, dword [0x400000]"], "mov ecx, 0xa") == (texts(trace.why("ebx")), texts(trace.why("edx"))[0])


def test_a_copy_onto_an_alias_of_itself_comes_from_all_of_its_bytes() -> None:
    trace = boot("a copy onto an alias")
    assert [(LOW, LOW + 8)] == [each.physical for each in trace.why("bl").inputs if each.kind == "memory"]


def test_bytes_of_memory_are_asked_for_as_they_are_mapped_at_the_moment() -> None:
    trace = boot("two processes")
    written = next(step for step in trace if step.text == "mov esi, dword [0x400000]")
    assert [b"\x0b\0\0\0", b"\x0a\0\0\0"] == [trace.why(LOW, when).value for when in (written, "end")]


def test_an_input_has_the_address_that_was_used_and_the_place_where_it_lay() -> None:
    (given,) = (each for each in boot("a page that moves").why("ebx").inputs if each.kind == "memory")
    assert ((LOW, LOW + 4), (OTHER, OTHER + 4), bytes(4)) == (given.where, given.physical, given.value)


def test_a_source_in_memory_has_the_step_that_stored_it_under_an_alias() -> None:
    why = boot("an alias").why("ebx")
    last = int(why.steps[-1])
    (maker,) = next(source.makers for source in why.sources(last) if source.physical)
    assert "mov dword [0xc0000000], ecx" == why.trace[maker].text


def test_of_many_bytes_each_has_the_step_that_stored_it() -> None:
    text = "f: mov [0x200000], rax\n mov [0x200004], rbx\n mov [0x20000c], r8d\n rep movsb\n ret"
    copied = record(Machine(assemble(text=text)), "f", rsi=0x200000, rdi=0x201000, rcx=16)
    (source,) = (each for each in copied.why((0x201000, 0x201010)).sources(3) if each.physical)
    assert (2, 1, 0) == source.makers


def test_of_bytes_that_were_overwritten_the_first_step_is_none_of_them() -> None:
    text = "f: mov [0x200000], rax\n mov [0x200000], rbx\n mov rdx, [0x200000]\n ret"
    (source,) = (each for each in record(Machine(assemble(text=text)), "f").why("rdx").sources(2) if each.physical)
    assert (1,) == source.makers


def test_what_a_value_reached_is_followed_through_an_alias() -> None:
    trace = boot("an alias")
    origin = next(step.index for step in trace if step.text == "mov ecx, 7")
    assert {"rbx", "rcx", "rdx"} <= set(trace.forward(origin).registers)


def test_what_a_value_reached_is_named_by_the_address_that_was_used_last() -> None:
    trace = boot("an alias")
    origin = next(step.index for step in trace if step.text == "mov ecx, 7")
    assert ((HIGH, HIGH + 4),) == trace.forward(origin).memory


def test_what_an_interrupt_pushed_is_followed() -> None:
    program = BOOT_PROGRAMS["handlers in real mode"]
    trace = record(PC(assemble(text=program, bits=16), "64M"), limit=10_000)
    entered = next(step.index for step in trace if step.text == "int 0x21")
    assert "iret" in [step.text for step in trace.forward(entered)]


@pytest.mark.parametrize("is_physical", [False, True])
def test_an_access_at_the_end_of_all_addresses_is_no_defect(is_physical: bool) -> None:
    """Only a file can say so."""
    trace = record(Machine(assemble(text="f: mov [0x200000], rax\n mov rbx, [0x200000]\n ret")), "f")
    last = (1 << 64) - 3
    for row in (0, 1):
        if is_physical:
            trace.columns.physical[row] = last
        else:
            trace.columns.address[row] = last  # type: ignore[index]
    assert [0, 1] == trace.why("rbx").steps.tolist()
    assert "rbx" in trace.forward(0).registers
    assert "mov rbx" in "\n".join(answer_text(trace.query("why rbx")))


# The page walk


def test_bits_that_the_page_walk_set_are_no_store_of_the_program() -> None:
    why = boot("an entry that is read").why("ebx")
    store = next(step for step in why if step.text == "mov dword [0x400000], ecx")
    assert ["mmu"] == [access.by for access in why.written(store.index)]


def test_what_the_program_stored_then_is_no_input_of_the_entry() -> None:
    assert "ecx" not in [each.name for each in boot("an entry that is read").why("ebx").inputs]


def test_the_rest_of_an_entry_is_as_the_program_made_it() -> None:
    why = boot("an entry that is read").why("ebx")
    assert f"mov dword [{TABLES_A + 4:#x}], 0x400083" in [step.text for step in why]


def test_the_page_walk_used_the_entry_as_it_was() -> None:
    why = boot("an entry that is read").why("ebx")
    store = next(step.index for step in why if step.text == "mov dword [0x400000], ecx")
    (entry,) = (source for source in why.sources(store) if source.physical)
    assert (LOW | 0x83, (TABLES_A + 4, TABLES_A + 8)) == (entry.value, entry.physical)


def test_the_last_write_of_an_entry_is_that_of_the_program() -> None:
    trace = boot("an entry that is read")
    step = trace.last_write(TABLES_A + 4)
    assert step and "mov dword [0x20004], 0x400083" == step.text


def test_all_writes_of_an_entry_have_that_of_the_page_walk() -> None:
    assert ["program", "mmu"] == [access.by for access in boot("an entry that is read").writes(TABLES_A + 4)][-2:]


def test_the_first_write_after_a_moment_is_that_of_the_program() -> None:
    trace = boot("an entry that is read")
    entry = trace.last_write(TABLES_A + 4)
    assert entry and trace.first_write(TABLES_A + 4, after=entry) is None


def test_an_entry_that_a_step_touched_was_reached_by_what_said_where() -> None:
    body = f"mov esi, {LOW:#x}\n mov eax, [esi]\n mov ebx, [{TABLES_A + 4:#x}]"
    trace = record(PC(assemble(text=paged(body, {LOW: LOW}), bits=16), "64M"), limit=10_000)
    origin = next(step.index for step in trace if step.text == f"mov esi, {LOW:#x}")
    assert "rbx" in trace.forward(origin).registers


# Against the same program without an alias


def random_stores(random: Random, pages: tuple[int, ...]) -> str:
    """Return statements that store and load four words, each time under one of these addresses of their page."""
    lines = []
    for _ in range(25):
        where = f"[{random.choice(pages) + random.randrange(8):#x}]"
        register, other = random.choices(("ebx", "ecx", "edx", "esi"), k=2)
        kinds = ("mov {0}, {1}", "mov {1}, {0}", "add {1}, {2}", "xor {1}, {0}", "add {0}, {1}", "mov {1}, 7")
        lines.append(random.choice(kinds).format(where, register, other))
    return "\n".join(lines)


@pytest.mark.parametrize("seed", range(6))
def test_under_an_alias_everything_comes_from_where_it_came_without_one(seed: int) -> None:
    mixed, straight = (
        record(PC(assemble(text=paged(random_stores(Random(seed), pages), {LOW: LOW, HIGH: LOW}), bits=16), "64M"))
        for pages in ((LOW, HIGH), (LOW, LOW))
    )
    for what in ("ebx", "ecx", "edx", "esi", LOW + 3):
        assert texts_of_steps(straight, what) == texts_of_steps(mixed, what)
    origin = straight.at("paged").index + seed
    assert straight.forward(origin).steps.tolist() == mixed.forward(origin).steps.tolist()


def texts_of_steps(trace: Trace, what: str | int) -> list[tuple[int, str]]:
    """The steps with what they did, by the name of the instruction."""
    return [(step.index, step.decoded.name) for step in trace.why(what, control=True)]


# Both twins


def assert_twins_agree(trace: Trace, seed: int, physical: range) -> None:
    random, table = Random(seed), flow_table(trace)
    for control in (False, True):
        wanted = Wanted(1 << random.randrange(90), frozenset(random.sample(physical, 3)))
        moment = random.randint(len(trace) // 2, len(trace))
        plain, native = (walk(trace, table, moment, wanted, control) for walk in (walk_back, walk_back_natively))
        assert np.array_equal(plain.by_step, native.by_step), seed
        assert (plain.rest, plain.kinds) == (native.rest, native.kinds), seed
    origin = random.randrange(len(trace))
    reached = produced(trace, table, origin)
    on, natively = (walk(trace, table, origin, reached) for walk in (walk_on, walk_on_natively))
    assert np.array_equal(on.by_step, natively.by_step), seed
    assert on.rest == natively.rest, seed


@pytest.mark.parametrize("name", PROGRAMS)
def test_the_native_walks_follow_memory_as_the_plain_ones_do(name: str) -> None:
    for seed in range(20):
        assert_twins_agree(boot(name), seed, range(*random_place(seed)))


def random_place(seed: int) -> tuple[int, int]:
    start = (LOW, OTHER, TABLES_A)[seed % 3]
    return start, start + 16


def test_the_native_walks_agree_over_two_processes_in_ring_3() -> None:
    trace = record(PC(assemble(shipped("privilege.asm")), "64M"), limit=100_000)
    assert any(touch_of(trace, row).kind == WALKED for row in range(len(trace.columns.address)))
    for seed in range(20):
        assert_twins_agree(trace, seed, range(*((0x9000, 0x9014), (0x10000, 0x10008), (0x5000, 0x5008))[seed % 3]))


def test_the_native_walks_agree_over_the_shipped_boot() -> None:
    trace = record(PC(Disk.of(assemble(*map(shipped, CHAIN), bits=16)), "64M"), limit=1_000_000)
    for seed, start in enumerate((0x4010, 0x7BE0, 0x8000, MACHINE_SYMBOLS["os_MemoryMap"])):
        assert_twins_agree(trace, seed, range(start, start + 32))
