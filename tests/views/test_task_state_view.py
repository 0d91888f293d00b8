"""A task state segment, as text and as HTML."""

from __future__ import annotations

from functools import cache

from booting import protected, to_user

from allocator import PC, assemble, shipped
from allocator.views.html_style import text
from allocator.views.processor import processor_text
from allocator.views.task_state import task_state_html, task_state_text

TWO_PROCESSES = """\
task state of 32 bits at 1800
field   value  what it is for
ESP0    9000   stack for privilege level 0
SS0     10     stack segment for privilege level 0
ESP1    0      stack for privilege level 1
SS1     0      stack segment for privilege level 1
ESP2    0      stack for privilege level 2
SS2     0      stack segment for privilege level 2
IO_MAP  0      offset of the map of ports that programs may use"""


@cache
def processes() -> PC:
    pc = PC(assemble(shipped("privilege.asm")))
    pc.boot()
    return pc


def test_the_stacks_of_a_kernel_with_two_processes() -> None:
    assert TWO_PROCESSES == task_state_text(processes().task_state())


def test_each_field_is_a_row_of_html() -> None:
    assert TWO_PROCESSES.count("\n") == task_state_html(processes().task_state()).count("<tr>")


def test_it_is_shown_by_its_name() -> None:
    assert task_state_text(processes().task_state()) == processor_text(processes(), "task")


def test_where_none_was_loaded_is_said_so() -> None:
    pc = protected("hlt")
    pc.boot()
    assert "no task state\n  problem: TR holds 0x0: LTR has loaded no task state" == task_state_text(pc.task_state())
    assert text("LTR has loaded no task state") in task_state_html(pc.task_state())


def test_what_a_switch_of_tasks_would_load_is_shown_where_it_is_there() -> None:
    pc = protected(f"mov dword [0xF01C], 0x5000\n{to_user()} hlt")
    pc.boot()
    assert "CR3     5000   loaded by a switch of tasks" in task_state_text(pc.task_state())
