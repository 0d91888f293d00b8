r"""A sandbox for allocator assembly: assemble, run, trace every instruction.

    source text -> assemble -> Image -> Machine -> call -> Run
                                 |             \-> record -> Trace -> views, queries, checks
                                Disk -> PC -> boot, and the same

Names are loaded when they are first used (PEP 562), so that importing the package costs nothing.
"""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from allocator.assembly.assembler import assemble, shipped
    from allocator.assembly.image import Image
    from allocator.errors import (
        AllocatorError,
        AssemblyError,
        ContractBroken,
        GuestFault,
        MachineError,
        SymbolError,
        TraceError,
        UsageError,
    )
    from allocator.machine.disk import Disk
    from allocator.machine.firmware_map import FirmwareMap
    from allocator.machine.machine import Machine
    from allocator.machine.pc import PC
    from allocator.machine.run import Run, Stop
    from allocator.trace.archive import load_trace, save_trace
    from allocator.trace.recorder import record
    from allocator.trace.trace import Trace

__version__ = "0.1.0"

# In the order of the route.
_HOMES = {
    "assemble": "allocator.assembly.assembler",
    "shipped": "allocator.assembly.assembler",
    "Image": "allocator.assembly.image",
    "Disk": "allocator.machine.disk",
    "FirmwareMap": "allocator.machine.firmware_map",
    "Machine": "allocator.machine.machine",
    "PC": "allocator.machine.pc",
    "Run": "allocator.machine.run",
    "Stop": "allocator.machine.run",
    "record": "allocator.trace.recorder",
    "Trace": "allocator.trace.trace",
    "save_trace": "allocator.trace.archive",
    "load_trace": "allocator.trace.archive",
    "AllocatorError": "allocator.errors",
    "UsageError": "allocator.errors",
    "AssemblyError": "allocator.errors",
    "SymbolError": "allocator.errors",
    "MachineError": "allocator.errors",
    "GuestFault": "allocator.errors",
    "TraceError": "allocator.errors",
    "ContractBroken": "allocator.errors",
}

__all__ = [
    "PC",
    "AllocatorError",
    "AssemblyError",
    "ContractBroken",
    "Disk",
    "FirmwareMap",
    "GuestFault",
    "Image",
    "Machine",
    "MachineError",
    "Run",
    "Stop",
    "SymbolError",
    "Trace",
    "TraceError",
    "UsageError",
    "assemble",
    "load_trace",
    "record",
    "save_trace",
    "shipped",
]


def __getattr__(name: str) -> Any:  # noqa: ANN401 -- the value of any public name
    if name not in _HOMES:
        raise AttributeError(f"module 'allocator' has no attribute '{name}'")
    value = getattr(import_module(_HOMES[name]), name)
    globals()[name] = value
    return value


def load_ipython_extension(shell: Any) -> None:  # noqa: ANN401 -- IPython's shell, which not everybody has
    """Answer ``%load_ext allocator`` in a notebook: the magic ``%%asm``."""
    from allocator.notebook_magics import load

    load(shell)


def __dir__() -> list[str]:
    return sorted({*globals(), *__all__})
