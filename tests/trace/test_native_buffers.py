"""What the memory of the buffers held before makes no difference to a recording: most of it is never zeroed."""

from __future__ import annotations

import numpy as np
import pytest
from reference.mode_programs import MODE_PROGRAMS
from reference.programs import PROGRAMS

from allocator import Machine, Trace, assemble
from allocator.trace.native_recorder import NativeRecorder, record_natively
from allocator.trace.schema import COLUMNS
from allocator.trace.start import start_run

LIMIT = 2000
ZEROED = ("code_lines", "slot_place", "slot_generation", "general", "system")
"""The tables in which something is looked for, and what the engine fills the lower halves of."""
CHOSEN = {**dict(list(PROGRAMS.items())[::4]), **dict(list(MODE_PROGRAMS.items())[::3])}


def record_into_used_memory(machine: Machine) -> Trace:
    recorder = NativeRecorder(machine)
    for name, array in recorder._buffers._arrays.items():
        if name not in ZEROED and not name.endswith(("_ids", "_pointers")):
            array.view(np.uint8)[: 1 << 20] = 0xA5
    with machine.watching_natively(recorder, recorder.hooks, recorder.user):
        run = start_run(machine, "f", LIMIT, None, {"ecx": 9})
        columns = recorder.finish()
    return Trace(run, machine.firmware_map, columns)


@pytest.mark.parametrize("name", CHOSEN)
def test_a_recording_does_not_see_what_its_buffers_held_before(name: str) -> None:
    image = assemble(text=CHOSEN[name])
    clean = record_natively(Machine(image), "f", limit=LIMIT, ecx=9)
    used = record_into_used_memory(Machine(image))

    assert len(clean) > 0
    for column in [*[column.name for column in COLUMNS], "places", "repeats", "physical", "makers", "long"]:
        assert list(getattr(clean.columns, column)) == list(getattr(used.columns, column)), column
