"""The magic ``%%asm`` in a real IPython shell, and, for what needs a process, in a real kernel."""

from __future__ import annotations

from collections.abc import Iterator
from typing import NamedTuple

import pytest
from IPython.core.interactiveshell import InteractiveShell
from IPython.utils.capture import capture_output
from jupyter_client.blocking import BlockingKernelClient
from jupyter_client.manager import KernelManager, start_new_kernel

from allocator import Image, Machine, Run, Trace

SECONDS = 60
ADD = "add_up:\n    lea rax, [rdi+5]\n    ret\n"


class Ran(NamedTuple):
    """What a cell returned, and what it said."""

    result: object
    said: str
    is_good: bool


class Notebook:
    """Cells that are run one after the other."""

    def __init__(self) -> None:
        self.shell = InteractiveShell()
        self.shell.run_line_magic("load_ext", "allocator")

    def run(self, cell: str) -> Ran:
        with capture_output(display=False) as captured:
            ran = self.shell.run_cell(cell, store_history=False)
        return Ran(ran.result, captured.stdout, bool(ran.success))

    def __getitem__(self, name: str) -> object:
        return self.shell.user_ns[name]


@pytest.fixture(scope="module")
def notebook() -> Iterator[Notebook]:
    yield Notebook()
    InteractiveShell.clear_instance()


def test_a_cell_becomes_an_image_called_image(notebook: Notebook) -> None:
    assert notebook.run(f"%%asm\n{ADD}").is_good

    image = notebook["image"]
    assert isinstance(image, Image) and "add_up" in image.labels


def test_the_image_can_have_another_name(notebook: Notebook) -> None:
    notebook.run(f"%%asm mine\n{ADD}")

    assert isinstance(notebook["mine"], Image)


def test_the_listing_of_the_cell_is_shown_without_the_source_before_it(notebook: Notebook) -> None:
    shown = notebook.run(f"%%asm -s memory.asm\n{ADD}").result._repr_html_()  # type: ignore[attr-defined]

    assert "lea rax, [rdi+5]" in shown
    assert "lodsb" not in shown


def test_a_quiet_cell_shows_nothing(notebook: Notebook) -> None:
    assert notebook.run(f"%%asm -q\n{ADD}").result is None


def test_a_routine_of_the_cell_is_run_with_its_registers(notebook: Notebook) -> None:
    run = notebook.run(f"%%asm --run add_up rdi=7\n{ADD}").result

    assert isinstance(run, Run) and run.rax == 12
    assert run is notebook["run"]
    assert isinstance(notebook["machine"], Machine)


def test_the_first_routine_of_the_cell_is_run_where_none_is_named(notebook: Notebook) -> None:
    run = notebook.run(f"%%asm -s memory.asm --run\nfirst:\n mov eax, 4\n ret\nsecond:\n ret\n{ADD}").result

    assert isinstance(run, Run) and (run.routine, run.rax) == ("first", 4)


def test_a_cell_can_be_traced(notebook: Notebook) -> None:
    trace = notebook.run(f"%%asm --trace add_up rdi=7\n{ADD}").result

    assert isinstance(trace, Trace) and len(trace) == 2
    assert trace is notebook["trace"] and trace.run is notebook["run"]


def test_a_routine_of_the_cell_calls_the_shipped_allocator(notebook: Notebook) -> None:
    run = notebook.run("%%asm -s memory.asm --run\nask:\n mov ecx, 3\n call os_mem_allocate\n ret\n").result

    assert isinstance(run, Run) and run.rax == 29 << 21


def test_the_machine_is_as_large_as_the_line_says(notebook: Notebook) -> None:
    notebook.run(f"%%asm --run add_up rdi=7 -m 8M\n{ADD}")

    machine = notebook["machine"]
    assert isinstance(machine, Machine) and machine.mem_amount == 8


def test_an_error_of_the_source_is_one_message_with_a_caret_at_the_cells_own_line(notebook: Notebook) -> None:
    ran = notebook.run("%%asm\nadd_up:\n    mov rax, rdj\n    ret\n")

    assert not ran.is_good
    assert [
        "cell:3:14: error: the name 'rdj' is not defined",
        "      mov rax, rdj",
        "               ^^^",
        "hint: define it, or give it as a symbol",
    ] == [line.replace("    ", "  ", 1) if line.startswith("    ") else line for line in ran.said.splitlines()]


@pytest.mark.parametrize(
    ("line", "said"),
    [
        ("%%asm --rum", "did you mean --run?"),
        ("%%asm 1st", "'1st' cannot be the name of a variable"),
        ("%%asm 'x", "No closing quotation"),
        ("%%asm --run add_up rdi", "'rdi' is not a register and its value"),
        ("%%asm --run nothing", "the routine 'nothing' is not in the image"),
        ("%%asm -s nothing.asm", "no source named 'nothing.asm' comes with the package"),
        ("%%asm -m much --run", "much"),
    ],
)
def test_a_wrong_line_is_one_message_without_a_traceback(notebook: Notebook, line: str, said: str) -> None:
    ran = notebook.run(f"{line}\n{ADD}")

    assert not ran.is_good
    assert said in ran.said
    assert "Traceback" not in ran.said and len(ran.said.splitlines()) <= 4


def test_a_cell_without_a_routine_cannot_be_run(notebook: Notebook) -> None:
    assert "the cell has no routine to run" in notebook.run("%%asm --run\ndb 1\n").said


def test_an_error_of_ours_in_python_names_the_line_of_the_cell(notebook: Notebook) -> None:
    ran = notebook.run("import allocator\n\nallocator.assemble(text='x: jmp x').nothing if 0 else None\n"
                       "allocator.Machine(allocator.assemble(text='x: ret')).call('y')")  # fmt: skip

    assert "the routine 'y' is not in the image; there are: x\nin line 4 of the cell" == ran.said.strip()


def test_an_error_of_anybody_else_keeps_its_traceback(notebook: Notebook) -> None:
    assert "ZeroDivisionError" in notebook.run("1 / 0").said


def test_a_routine_without_an_end_is_stopped_by_the_limit(notebook: Notebook) -> None:
    run = notebook.run("%%asm --run --limit 5000\nforever:\n jmp forever\n").result

    assert isinstance(run, Run) and run.stop.kind == "limit"
    assert notebook.run(f"%%asm --run add_up rdi=7\n{ADD}").is_good


def test_loading_it_twice_is_fine(notebook: Notebook) -> None:
    assert notebook.run("%reload_ext allocator").is_good
    assert notebook.run(f"%%asm\n{ADD}").is_good


# In a kernel


class Kernel(NamedTuple):
    """A kernel in a process of its own, and the way to it."""

    manager: KernelManager
    client: BlockingKernelClient


@pytest.fixture
def kernel() -> Iterator[Kernel]:
    manager, client = start_new_kernel(kernel_name="python3")
    yield Kernel(manager, client)
    client.stop_channels()
    manager.shutdown_kernel(now=True)


def printed(kernel: Kernel, code: str, interrupt: bool = False) -> str:
    """Run a cell and return what it printed; interrupt it as soon as it has printed something."""
    client = kernel.client
    asked = client.execute(code)
    texts: list[str] = []
    while True:
        message = client.get_iopub_msg(timeout=SECONDS)
        if message["parent_header"].get("msg_id") != asked:
            continue
        if message["msg_type"] == "stream":
            texts.append(message["content"]["text"])
            if interrupt:
                kernel.manager.interrupt_kernel()
                interrupt = False
        if message["msg_type"] == "status" and message["content"]["execution_state"] == "idle":
            return "".join(texts)


LONG_RUN = """
import threading
from allocator import Machine, assemble

def say_when_it_runs():
    while not any(thread.name == "allocator-guest" for thread in threading.enumerate()):
        pass
    print("running", flush=True)

threading.Thread(target=say_when_it_runs).start()
run = Machine(assemble(text="x: jmp x")).call("x", limit=1 << 40)
print(run.stop.kind)
"""


def test_a_kernel_interrupt_in_a_long_run_gives_a_run_that_says_so(kernel: Kernel) -> None:
    assert ["running", "interrupted"] == printed(kernel, LONG_RUN, interrupt=True).split()
    assert "interrupted" == printed(kernel, "print(run.stop.kind)").strip()
