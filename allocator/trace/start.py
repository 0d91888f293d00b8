"""Start the run that is to be recorded: the call of a routine, or the boot of a PC where no routine is named."""

from __future__ import annotations

from collections.abc import Mapping

from allocator.errors import MachineError
from allocator.machine.machine import Machine
from allocator.machine.run import Run


def start_run(
    machine: Machine, routine: str | int | None, limit: int, returns: str | None, registers: Mapping[str, int]
) -> Run:
    """Call `routine` as `Machine.call` does, or boot `machine`; raises MachineError where it cannot boot."""
    if routine is not None:
        return machine.call(routine, limit=limit, returns=returns, **registers)
    from allocator.machine.pc import PC  # devices and firmware, which a called machine does without

    if not isinstance(machine, PC):
        raise MachineError("this machine cannot boot: name the routine to call, or make a PC with a disk")
    if returns or registers:
        raise MachineError("a boot begins with the registers of a reset, and returns to nobody")
    return machine.boot(limit=limit)


def name_run(machine: Machine, routine: str | int | None) -> tuple[str, int]:
    """Return what a run that is to be started will be called, and where it begins."""
    if routine is None:
        from allocator.machine.pc import BOOT

        return BOOT.name, BOOT.address
    address = machine.image.symbols.get(routine, 0) if isinstance(routine, str) else routine
    return str(machine.image.locate(address) or f"{address:#x}"), address
