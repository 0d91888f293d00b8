"""Tests that fail, one for each kind of message; the golden texts hold what is said about them."""

import pytest

from allocator import assemble
from allocator.checks.bench import Bench
from allocator.checks.contract import enforce
from allocator.checks.declaration import BAREMETAL
from allocator.checks.laws import check_laws
from allocator.machine.pc import PC

BOOT_SECTOR = """
        bits    16
        org     0x7c00
start:  mov     ah, 0x42        ; no such service of this interrupt
        int     0x12
        mov     bx, ax
        hlt
        times   510 - ($ - $$) db 0
        dw      0xaa55
"""

pytestmark = pytest.mark.allocator(source="pool.asm", memory="64M")


def test_register_after_a_call(machine):
    run = machine.call("take", rcx=3)
    assert run.rax == 0x3A00000


def test_register_of_a_call_inside_the_assertion(machine):
    assert machine.call("take", rcx=3).rax == 0x3A00000


def test_register_before_a_step(machine, record):
    trace = record(machine, "take", rcx=3)
    assert trace[8].before.rdi == 29


def test_register_that_nothing_wrote(machine):
    assert machine.call("sum").r8 == 0


def test_register_by_its_own_name(machine):
    address = machine.call("take", rcx=1).rax
    assert address % 0x200000 == 0


def allocate(machine, pages):
    return machine.call("take", rcx=pages).rax


def test_register_that_a_function_returned(machine):
    assert allocate(machine, 2) == 0x3C00000


def test_number_computed_from_a_register(machine):
    run = machine.call("take", rcx=1)
    assert run.rax % 0x200000 == 0


def test_flag(machine):
    run = machine.call("sum")
    assert run.cf == 0, "CF says that it failed"


def test_flag_as_a_truth(machine):
    run = machine.call("sum")
    assert not run.registers.cf


def test_result_of_a_variable(machine):
    registers = machine.call("sum").result()
    assert registers.eax == 10


def test_page_of_the_map(machine):
    machine.call("take", rcx=3)
    assert machine.page_map[28] == 1


def test_pages_of_the_map(machine):
    machine.call("take", rcx=3)
    assert machine.page_map[27:32] == b"\1\1\2\2\2"


def test_bytes_of_memory(machine):
    machine.call("sum")
    assert machine.read(machine.symbols["total"], 4) == (10).to_bytes(4, "little")


def test_memory_that_the_test_stored(machine):
    machine.call("sum")
    machine.write(machine.symbols["total"], b"\1\2\3\4")
    assert machine.read(machine.symbols["total"], 4) == b"\0\0\0\0"


def test_memory_that_nothing_wrote(machine):
    machine.call("sum")
    assert machine.page_map[5] == 2


def test_memory_before_a_step(machine, record):
    trace = record(machine, "take", rcx=3)
    assert trace.memory_at("end", "page_map[28]") == (1,)


def test_pages_changed(machine):
    run = machine.call("take", rcx=3)
    assert run.pages_changed == {29: (1, 2), 30: (1, 2), 31: (1, 2)}


def test_one_page_changed(machine):
    run = machine.call("take", rcx=1)
    assert run.pages_changed[31] == (2, 1)


def test_preserved(machine):
    run = machine.call("spoil")
    assert run.preserved("rbx", "rdx", "rsi")


def test_changed_only(machine):
    run = machine.call("take", rcx=3)
    assert run.changed_only(machine.page_map[29:32])


def test_changed_only_with_several_places(machine):
    run = machine.call("sum")
    assert run.changed_only()


def test_pattern_with_something_else_in_between(machine, record):
    trace = record(machine, "take", rcx=3)
    assert trace.matches("push{2} mov shr sub mov add rep stosb")


def test_pattern_with_a_gap(machine, record):
    trace = record(machine, "take", rcx=3)
    assert trace.matches("push ... cld ... rep stosb")


def test_pattern_that_must_not_be(machine, record):
    trace = record(machine, "take", rcx=3)
    assert not trace.matches("inc rcx|push")


def test_count_of_instructions(machine, record):
    trace = record(machine, "sum")
    assert trace.count("movzx") == 4


def test_count_of_calls(machine, record):
    trace = record(machine, "twice")
    assert trace.calls("sum") == 1


def test_count_of_reads(machine, record):
    trace = record(machine, "sum")
    assert trace.reads("table..table+7") == 4


def test_count_of_what_never_happened(machine, record):
    trace = record(machine, "sum")
    assert trace.count("lodsb") == 4


def test_count_of_writes_of_a_register(machine, record):
    trace = record(machine, "spoil")
    assert len(trace.register_writes("rdx")) <= 1


def test_steps(machine):
    assert machine.call("twice").steps <= 60


def test_mode(machine, record):
    step = record(machine, "sum").at("sum.next", visit=2)
    assert step.mode == "protected32"


def test_text_of_a_step(machine, record):
    trace = record(machine, "sum")
    assert trace.at("sum.next").text == "movsx edx, byte [rsi]"


def test_kind_of_the_end(machine):
    run = machine.call("fall")
    assert run.stop.kind == "returned"


def test_register_of_a_call_that_did_not_return(machine):
    assert machine.call("fall").rax == 0


def test_result_of_a_fault(machine):
    machine.call("fall").result()


def test_contract(machine):
    enforce(machine.call("spoil"))


@pytest.mark.allocator(contract=True)
def test_contract_of_the_marker(machine):
    machine.call("spoil")


def test_laws(sandbox):
    assert not check_laws(Bench(sandbox(), BAREMETAL), ["double free", "foreign free"])


def test_either_of_two(machine):
    run = machine.call("sum")
    assert run.stop.kind == "returned" and run.eax in (10, 0)


def test_register_after_a_boot():
    pc = PC(assemble(text=BOOT_SECTOR, name="sector.asm"), memory="8M")
    assert pc.boot().bx == 0


def test_mode_during_a_boot(record):
    pc = PC(assemble(text=BOOT_SECTOR, name="sector.asm"), memory="8M")
    assert record(pc).at("start").mode == "long64"


def test_what_is_not_about_a_run(machine):
    machine.call("sum")
    assert sorted([3, 1, 2]) == [1, 2]
