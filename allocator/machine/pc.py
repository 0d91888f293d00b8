"""Be a PC that boots: reset vector, firmware, a disk, devices, and whatever the program makes of the processor.

    pc = PC(Disk.of(image), memory="64M")
    run = pc.boot()                            -> Run: run.stop, run.steps, pc.console.text
    pc.call("os_mem_allocate", rcx=2)          -> Run: in the state that the boot left behind

    FFFF0  reset vector -> POST, a few instructions -> INT 19h -> boot sector at 7C00 -> what it loads -> ...

One run passes through all modes. Where a run ends: at HLT and at a jump to itself, unless timer or keyboard interrupts
there (`waiting`); where a key is waited for that nobody will press; at a port that ends the machine; at a fault that
nobody handles; at the limit.

Not modelled: interrupts while code runs that does not wait; a processor that starts at FFFFFFF0, in the mirror of the
ROM; ROM that stays as it is when it is written to; segment limits, the end of the instruction pointer at FFFF, address
line 20 (always on), checks of segment types and of reserved bits that the engine does not make; task switches,
virtual-8086 mode, SMM, SYSCALL and SYSENTER; APIC, HPET, PCI.

Source: Intel SDM volume 3, sections 10.1 (reset), 10.1.4 (first instruction).
"""

from __future__ import annotations

import struct
from collections.abc import Iterable, Mapping
from pathlib import Path

from allocator.addresses import RETURN_ADDRESS, RETURN_OFFSET_16
from allocator.assembly.image import Image
from allocator.errors import MachineError
from allocator.machine.bios import Bios
from allocator.machine.bios_misbehaviours import changed_map, find_misbehaviours
from allocator.machine.called_state import FILL, PRESENT, RESET, RESET_REGISTERS, CalledState
from allocator.machine.console import Console
from allocator.machine.cpu import Cpu
from allocator.machine.devices import Devices, DevicesState
from allocator.machine.disk import Disk
from allocator.machine.entry import Entry
from allocator.machine.firmware_map import FirmwareMap
from allocator.machine.machine import Machine, Snapshot
from allocator.machine.memory import LOW, Memory
from allocator.machine.replay import Journal
from allocator.machine.run import Registers, Run
from allocator.registers import FULL

BOOT_LIMIT = 20_000_000
"""Units after which a boot is stopped unless the caller says otherwise."""
RESET_VECTOR = 0xFFFF0
_NOWHERE = (1 << 64) - 1
_WORDS = struct.Struct(f"<{len(FULL)}Q")
BOOT = Entry(
    name="boot",
    address=RESET_VECTOR,
    state=CalledState(16, RESET_REGISTERS["cs"], 0, origin=RESET),
    begin=RESET_REGISTERS["rip"],
    until=_NOWHERE,
    return_counter=b"",
    frame=b"",
    frame_address=0,
    start=_WORDS.pack(*[RESET_REGISTERS.get(name, 0) for name in FULL]),
)
"""The run from the reset vector on."""


class PC(Machine):
    """A PC with `disk` in it.

    ``disk`` is a `Disk` or what ``Disk.of`` takes; ``memory`` and ``policy`` are as for `Machine`; ``firmware`` names
    misbehaviours of the firmware; ``keys`` is what will be typed. Raises MachineError for a disk that cannot be
    started, an unknown misbehaviour, and a character that no key types.
    """

    def __init__(
        self, disk: Disk | Image | bytes | Path | str, memory: int | str | Path | FirmwareMap = "64M", *,
        policy: str = "regions", firmware: Iterable[str] = (), keys: str = "",
    ) -> None:  # fmt: skip
        self.disk = Disk.of(disk)
        self.firmware = tuple(firmware)
        self.keys = keys
        self._power_on: Snapshot | None = None
        self._given = FirmwareMap.of(memory)
        super().__init__(self.disk.image, changed_map(self._given, find_misbehaviours(self.firmware)), policy=policy)

    def _make_memory(self, cpu: Cpu) -> Memory:
        return Memory(cpu, self.firmware_map, fences=(), always=LOW)

    def _fill(self) -> None:
        devices = Devices(self._given, self.disk, self.keys)
        self.bios = Bios(self._given, self.disk, devices, self.firmware)
        for address, data in self.bios.rom():
            self._store(address, data)
        self._executor.connect(self.bios)
        self._cpu.reset(BOOT.state, {})

    @property
    def devices(self) -> Devices:
        """What answers at the ports."""
        return self.bios.devices

    @property
    def console(self) -> Console:
        """What was said on screen, on the serial port and on the debug port."""
        return self.devices.console

    # -- running --

    def boot(self, *, limit: int = BOOT_LIMIT) -> Run:
        """Switch the machine on and run it until it stops; `limit` as in `Machine.call`.

        The first boot begins with the memory as the host left it, every later one with the same memory again.
        """
        if self._power_on is None:
            self._power_on = self.snapshot()
            self._journal = Journal(self._power_on, self.make_twin)
        else:
            self.restore(self._power_on)
        return self._run(BOOT, {}, limit)

    def _find_entry(self, routine: str | int, returns: str | None) -> Entry:
        """Prepare a call in the mode, and on the stack, that the program left behind."""
        if self._power_on is None:
            raise MachineError("nothing can be called before the machine was booted: boot() it first")
        named = super()._find_entry(routine, returns)
        self._entries.clear()  # the state of the next call is another one
        state = self.system_state()
        bits = state.bits
        _check_width(named, bits, returns)
        base = 0 if bits == 64 else state.segments["cs"].base
        target = RETURN_OFFSET_16 if bits == 16 else RETURN_ADDRESS
        pointer = (state.rsp & ~0xF if bits == 64 else state.rsp) - bits // 8
        stack = pointer + (0 if bits == 64 else state.segments["ss"].base)
        place = self._executor.linear_memory().walk(stack).physical
        if place is None or not self._memory.exists(place):
            raise MachineError(f"the stack pointer {state.rsp:#x} leads nowhere: nothing can be called now")
        called = CalledState(bits, state.registers.cs, pointer, origin=PRESENT)
        return Entry(
            name=named.name,
            address=named.address,
            state=called,
            begin=named.address - base,
            until=base + target,
            return_counter=target.to_bytes(8, "little"),
            frame=target.to_bytes(bits // 8, "little"),
            frame_address=place,
            start=self._start(named.address - base, pointer),
        )

    def _start(self, counter: int, pointer: int) -> bytes:
        now = dict(Registers(self._cpu.registers()))
        return _WORDS.pack(*{**now, **FILL, "rsp": pointer, "rip": counter}.values())

    # -- state --

    def snapshot(self, known: Mapping[int, bytes] | None = None) -> Snapshot:
        """Return the machine's state, devices included; frames equal to those of `known` are shared with it."""
        return super().snapshot(known)._replace(devices=self.devices.save())

    def restore(self, saved: Snapshot) -> None:
        """Bring the machine back to a state that `snapshot` returned."""
        super().restore(saved)
        if isinstance(saved.devices, DevicesState):
            self.devices.restore(saved.devices)

    def make_twin(self, base: Snapshot) -> PC:
        """Return another PC with the same disk, firmware and memory map, in the state `base`."""
        twin = PC(self.disk, self._given, policy=self.policy, firmware=self.firmware, keys=self.keys)
        twin._power_on = self._power_on
        twin.restore(base)
        return twin

    def __repr__(self) -> str:
        return f"<PC of {self.firmware_map.name}: {self.disk!r}, {self.policy} policy>"


def _check_width(called: Entry, bits: int, returns: str | None) -> None:
    if called.bits != bits:
        raise MachineError(f"{called.name} is {called.bits}-bit code, and the machine runs {bits}-bit code now")
    if returns not in (None, f"near{bits}"):
        raise MachineError(f"a routine that is called after a boot returns near{bits}, not {returns}")
