"""The machine that is called: registers in and out, limits, snapshots, replay."""

from __future__ import annotations

import _thread
import threading

import pytest

from allocator import GuestFault, Machine, assemble, record
from allocator.addresses import FENCES, PAGE_MAP, STACK, STACK_16
from allocator.errors import MachineError
from allocator.machine.called_state import FILL
from allocator.machine.entry import make_entry
from allocator.machine.run import Registers
from allocator.registers import FULL


def machine(text: str, memory: str = "64M", bits: int = 64) -> Machine:
    return Machine(assemble(text=text, bits=bits), memory)


def test_a_register_is_given_and_returned() -> None:
    assert machine("f: lea rax, [rcx + 1]\n ret").call("f", rcx=41).rax == 42


@pytest.mark.parametrize(
    ("name", "value", "full", "expected"),
    [
        ("eax", 5, "rax", 5),
        ("al", 5, "rax", FILL["rax"] & ~0xFF | 5),
        ("ah", 5, "rax", FILL["rax"] & ~0xFF00 | 5 << 8),
        ("r9w", 5, "r9", FILL["r9"] & ~0xFFFF | 5),
        ("rbx", -1, "rbx", (1 << 64) - 1),
        ("df", 1, "rflags", 0x402),
        ("cf", 1, "rflags", 0x3),
    ],
)
def test_a_register_is_given_by_any_name(name: str, value: int, full: str, expected: int) -> None:
    assert machine("f: ret").call("f", **{name: value}).before[full] == expected


@pytest.mark.parametrize(("name", "value"), [("rcx", 1 << 64), ("al", 256), ("ecx", -(1 << 32)), ("cf", 2)])
def test_a_value_that_does_not_fit_its_register_is_refused(name: str, value: int) -> None:
    with pytest.raises(MachineError, match="does not fit"):
        machine("f: ret").call("f", **{name: value})


@pytest.mark.parametrize("name", ["rxx", "rip", "cs"])
def test_a_register_that_cannot_be_given_is_refused(name: str) -> None:
    with pytest.raises(MachineError, match="not a register"):
        machine("f: ret").call("f", **{name: 0})


def test_an_unknown_routine_is_answered_with_the_nearest_name() -> None:
    with pytest.raises(MachineError, match="did you mean 'routine'"):
        machine("routine: ret").call("routin")


def test_a_name_of_a_file_is_no_image() -> None:
    with pytest.raises(MachineError, match=r"made of an Image, not of 'memory.asm': assemble\(Path"):
        Machine("memory.asm")  # type: ignore[arg-type]


def test_a_constant_is_no_routine() -> None:
    with pytest.raises(MachineError, match="a constant, not a label"):
        machine("f: ret\nsize equ 5").call("size")


@pytest.mark.parametrize("bits", [16, 32, 64])
def test_what_is_said_of_the_registers_before_a_call_is_what_the_engine_has(bits: int) -> None:
    subject = machine(f"bits {bits}\nf: nop\n ret")
    seen: list[bytes] = []
    with subject.watching(lambda _address, _size: seen.append(subject.registers_now())):
        run = subject.call("f", cx=7)
    assert [run.before[name] for name in FULL] == list(Registers(seen[0]).values())


def test_the_stack_shows_where_each_word_lies() -> None:
    assert machine("f: pop rax\n pop rax\n push rax\n sub rsp, 8\n ret").call("f").rax == 0x00BAD57A << 32 | 0x1EFF00


def test_the_limit_counts_the_rounds_of_rep() -> None:
    subject = machine("f: rep stosb\n ret")
    assert subject.call("f", rdi=0x200000, rcx=100, limit=50).stop.kind == "limit"
    assert subject.call("f", rdi=0x200000, rcx=100, limit=102).stop.kind == "returned"


def test_a_limit_beyond_the_first_slice_is_exact() -> None:
    run = machine("f: xor eax, eax\n.next: inc rax\n jmp .next").call("f", limit=1 + 2 * 200_000)
    assert (200_000, "limit") == (run.rax, run.stop.kind)


def test_steps_count_rep_once() -> None:
    assert machine("f: rep stosb\n ret").call("f", rdi=0x200000, rcx=100).steps == 2


def test_the_last_steps_of_a_run() -> None:
    run = machine("f: nop\n nop\n nop\n ret").call("f")
    assert run.last_steps(2) == (run.entry + 2, run.entry + 3)


def test_pages_changed_by_a_call_in_the_past() -> None:
    subject = machine("f: mov byte [os_MemoryMap + rcx], 2\n ret")
    runs = [subject.call("f", rcx=page) for page in (5, 6, 7)]
    subject.page_map.load(b"")
    assert [{5: (1, 2)}, {6: (1, 2)}, {7: (1, 2)}] == [run.pages_changed for run in runs]


def test_memory_changed_by_a_call() -> None:
    run = machine("f: mov dword [0x200000], 0x01000203\n ret").call("f")
    assert [(0x200000, b"\0\0", b"\3\2"), (0x200003, b"\0", b"\1")] == list(run.memory_changed)


def test_replaying_a_call_leaves_the_machine_as_it_is() -> None:
    subject = machine("f: inc byte [0x200000]\n ret")
    runs = [subject.call("f") for _ in range(3)]
    assert 2 == runs[0].steps
    assert b"\3" == subject.read(0x200000, 1)


def test_what_the_host_stored_between_two_calls_is_replayed() -> None:
    subject = machine("f: mov al, [0x200000]\n mov [0x200001], al\n ret")
    subject.call("f")
    subject.write(0x200000, b"\x21")
    assert [(0x200001, b"\0", b"\x21")] == list(subject.call("f").memory_changed)


def test_runs_stay_true_when_the_journal_is_full() -> None:
    subject = machine("f: inc dword [0x200000]\n mov eax, [0x200000]\n ret")
    runs = [subject.call("f") for _ in range(5000)]
    said = [
        (run.rax, run.steps, int.from_bytes(run.memory_after(0x200000, 4), "little")) for run in (runs[0], runs[4499])
    ]
    assert [(1, 3, 1), (4500, 3, 4500)] == said


def test_a_snapshot_brings_back_memory_that_was_written_since() -> None:
    subject = machine("f: mov byte [0x200000], 1\n mov byte [os_MemoryMap + 3], 2\n ret")
    saved = subject.snapshot()
    subject.call("f")
    subject.restore(saved)
    assert (b"\0", 1) == (subject.read(0x200000, 1), subject.page_map[3])


def test_a_snapshot_brings_back_the_clock() -> None:
    subject = machine("f: rdtsc\n ret")
    saved = subject.snapshot()
    first = subject.call("f").rax
    subject.restore(saved)
    assert subject.call("f").rax == first


def test_an_older_snapshot_can_be_restored_after_a_newer_one() -> None:
    subject = machine("f: inc byte [0x200000]\n ret")
    saves = []
    for _ in range(3):
        saves.append(subject.snapshot())
        subject.call("f")
    read = []
    for saved in (saves[2], saves[0], saves[1]):
        subject.restore(saved)
        read.append(subject.read(0x200000, 1))
    assert [b"\2", b"\0", b"\1"] == read


def test_a_result_is_the_registers() -> None:
    assert machine("f: mov eax, 3\n ret").call("f").result().rax == 3


def test_a_result_of_a_fault_is_raised_with_its_place() -> None:
    with pytest.raises(GuestFault, match="ud2"):
        machine("f: ud2").call("f").result()


def test_ctrl_c_stops_a_run_that_never_ends_and_the_machine_goes_on() -> None:
    subject = machine("f: jmp f\ng: mov eax, 9\n ret")
    threading.Timer(0.1, _thread.interrupt_main).start()
    assert ["interrupted", 9] == [subject.call("f", limit=10**12).stop.kind, subject.call("g").rax]


@pytest.mark.parametrize("fence", FENCES, ids=lambda fence: f"{fence.start:#x}")
@pytest.mark.parametrize("end", ["first", "last"])
def test_every_fence_ends_a_run(fence: tuple[int, int], end: str) -> None:
    address = fence[0] if end == "first" else fence[1] - 1
    run = machine("f: mov al, [rbx]\n ret").call("f", rbx=address)
    assert ("fence", ("read", address, 1)) == (run.stop.kind, run.stop.access)


@pytest.mark.parametrize("area", [PAGE_MAP, STACK, STACK_16])
def test_what_lies_between_fences_is_memory(area: tuple[int, int]) -> None:
    for address in (area[0], area[1] - 1):
        assert machine("f: mov al, [rbx]\n ret").call("f", rbx=address).stop.kind == "returned"


def test_a_stack_that_grows_for_ever_meets_its_fence() -> None:
    run = machine("f: push rax\n jmp f").call("f")
    assert ("fence", "write") == (run.stop.kind, run.stop.access.kind)
    assert "below the stack" in run.stop.message


def test_an_image_in_a_fence_is_refused() -> None:
    with pytest.raises(MachineError, match="runs into the fence"):
        machine("org 0x11fff0\nf: times 32 nop")


def test_an_image_beyond_memory_is_refused() -> None:
    with pytest.raises(MachineError, match="no memory"):
        machine("org 0x8000000\nf: ret")


def test_a_page_map_of_the_programs_own_is_left_as_it_is() -> None:
    subject = machine("f: ret\nos_MemoryMap: db 2, 1, 2, 1\nos_MemAmount: dd 8")
    assert (8, b"\2\1\2\1") == (subject.mem_amount, bytes(subject.page_map))


def test_the_page_map_is_made_from_the_firmware_map() -> None:
    subject = machine("f: ret", "64M")
    assert (64, b"\2" + b"\1" * 31 + b"\0" * 4) == (subject.mem_amount, bytes(subject.page_map)[:36])


def test_a_page_beyond_the_page_map_is_refused() -> None:
    with pytest.raises(MachineError, match="room for 131,072"):
        machine("f: ret").page_map[131_072] = 1


def test_a_call_that_is_recorded_advances_the_machine() -> None:
    subject = machine("f: inc byte [0x200000]\n ret")
    record(subject, "f")
    assert subject.read(0x200000, 1) == b"\1"


def test_an_entry_keeps_the_stack_aligned_as_a_call_leaves_it() -> None:
    assert make_entry("f", 0x100000, 64, None, None).state.stack_pointer % 16 == 8


def test_registers_iterate_over_full_names() -> None:
    assert tuple(machine("f: ret").call("f").registers) == FULL


def test_the_steps_of_a_run_that_never_returns_are_counted_natively() -> None:
    run = machine("f: inc eax\n jmp f").call("f", limit=1_000_001)
    assert (1_000_001, (run.entry + 2, run.entry)) == (run.steps, run.last_steps(2))


def test_the_steps_up_to_a_late_fault_are_exact() -> None:
    run = machine("f: inc eax\n cmp eax, 100000\n jb f\n.bad: ud2").call("f", rax=0)
    assert (300_001, "f.bad") == (run.steps, run.where)


def test_the_steps_of_many_rounds_are_those_of_the_instruction() -> None:
    run = machine("f: mov r8d, 1000\n.n: mov edi, 0x200000\n mov ecx, 100\n rep stosb\n dec r8d\n jnz .n\n ret").call(
        "f"
    )
    assert run.steps == 2 + 5 * 1000


def test_a_run_through_memory_that_nobody_wrote_is_stopped_soon() -> None:
    subject = machine("f: mov edx, 0x340000\n jmp rdx")
    runs = [subject.call("f", rax=0x300000) for _ in range(2)]
    assert ["limit", "limit"] == [run.stop.kind for run in runs]
    assert runs[0].stop.address == runs[1].stop.address
    assert "nothing was ever written" in runs[0].stop.message


def test_an_interrupted_run_can_be_asked_for_its_steps() -> None:
    subject = machine("f: jmp f")
    threading.Timer(0.1, _thread.interrupt_main).start()
    assert subject.call("f", limit=10**12).steps >= 0


def test_a_call_into_nowhere_is_blamed_on_its_entry() -> None:
    run = machine("f: ret").call(0x70000000)
    assert ("memory_fault", 0x70000000) == (run.stop.kind, run.stop.address)


@pytest.mark.parametrize(("org", "name"), [(0x120100, "page map"), (0x1E8000, "stack"), (0x1F1000, "descriptor table")])
def test_an_image_over_what_the_machine_needs_is_refused(org: int, name: str) -> None:
    with pytest.raises(MachineError, match=f"runs into the {name}"):
        machine(f"org {org:#x}\nf: ret")


def test_a_page_map_may_be_part_of_the_image() -> None:
    subject = machine("org 0x120000\nos_MemoryMap: db 2, 1, 1\nf: mov al, [os_MemoryMap + 1]\n ret")
    assert subject.call("f").al == 1


def test_a_call_that_a_hook_broke_off_is_in_no_journal() -> None:
    subject = machine("f: inc byte [0x200000]\n nop\n ret")

    def fail(address: int, _size: int) -> None:
        if address != subject.symbols["f"]:
            raise ZeroDivisionError

    with pytest.raises(ZeroDivisionError), subject.watching(fail):
        subject.call("f")
    assert [(0x200000, b"\1", b"\2")] == list(subject.call("f").memory_changed)
