"""The names of ports at which the machine has nothing."""

from __future__ import annotations

import booting

from allocator.trace.boot_journey import Journey
from allocator.trace.plain_recorder import record_plainly
from allocator.views.boot import boot_lines
from allocator.views.port_names import unanswered_text


def test_the_ports_of_one_device_are_one_run() -> None:
    assert "0x3f2 floppy controller, 0xcf8-0xcfb PCI configuration" == unanswered_text(
        [0xCF9 - 1, 0xCF9, 0xCFA, 0xCFB, 0x3F2]
    )


def test_a_port_that_nobody_knows_is_a_number() -> None:
    assert "0x5000" == unanswered_text([0x5000])


def test_the_story_says_which_ports_nobody_answered() -> None:
    pc = booting.real("mov dx, 0x3F2\nin al, dx\nin al, dx\ncli\nhlt")
    story = list(boot_lines(Journey(pc, record_plainly(pc, limit=1000))))
    assert "note: ports without a device here: 0x3f2 floppy controller" in story


def test_a_boot_begins_with_no_port_tried() -> None:
    pc = booting.real("mov dx, 0x3F2\nin al, dx\ncli\nhlt")
    pc.boot()
    pc.boot()
    assert (0x3F2,) == pc.devices.unanswered
