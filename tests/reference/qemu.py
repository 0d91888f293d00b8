"""Boot a disk on QEMU, a PC that somebody else wrote, and tell every instruction that it executed.

QEMU translates one instruction at a time and writes the registers before each into a log. SeaBIOS's own code is kept
out of it by address; what is left are the boot sector and whatever it loads, from 7C00h to the halt that nothing
interrupts. A repeated instruction is logged once for each repetition, and folded to one step here.

The machine has no network, no window and no device but the disk and, if asked for, a VGA; the disk is never written. It
is asked by its own monitor protocol whether it has halted, and is killed whatever happens.
"""

from __future__ import annotations

import json
import re
import subprocess
import time
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import NamedTuple

PROGRAM = "qemu-system-x86_64"
PROCESSOR = "Haswell"
"""What Unicorn's processor calls itself: CPUID answers the same."""
FIRST = 0x7C00
PROGRAM_MEMORY = (0x500, 0x9FC00)
"""Where code of the disk runs; SeaBIOS lies above."""
POLL_SECONDS = 0.05

NAMES_32 = ("eax", "ebx", "ecx", "edx", "esi", "edi", "ebp", "esp")
NAMES_64 = tuple(f"r{name[1:]}" for name in NAMES_32) + tuple(f"r{number}" for number in range(8, 16))


class Step(NamedTuple):
    """An instruction's linear address, and the general registers and flags before it, as wide as QEMU shows them."""

    address: int
    registers: tuple[int, ...]
    flags: int

    @property
    def named(self) -> dict[str, int]:
        """The registers by name: eight of 32 bits, or sixteen of 64."""
        return dict(zip(NAMES_64 if len(self.registers) == len(NAMES_64) else NAMES_32, self.registers, strict=True))


@dataclass(frozen=True)
class QemuRun:
    """Every step from the boot sector on, the last being the halt; memory and the monitor's answers, as asked for."""

    steps: list[Step]
    memory: Mapping[str, bytes]
    answers: Mapping[str, str]


class QemuFailed(Exception):  # noqa: N818 -- what happened, in a word
    """QEMU did not start, did not halt in time, or ended by itself."""


def boot(
    disk: Path,
    directory: Path,
    *,
    machine: str = "pc",
    memory: str = "64M",
    processor: str = PROCESSOR,
    drive: str = "ide",
    ranges: Mapping[str, tuple[int, int]] | None = None,
    questions: Iterable[str] = (),
    seconds: float = 60.0,
    traced: bool = True,
    has_screen: bool = False,
) -> QemuRun:
    """Boot `disk` until the processor halts with interrupts off; raises QemuFailed.

    ``drive`` is ``ide`` or ``floppy``; ``ranges`` are names of physical memory, address and size, to be read then, and
    ``questions`` are commands for the monitor. Without a screen its memory is not there.
    """
    log = directory / "steps.log"
    process = subprocess.Popen(
        [
            *_command(machine, processor, memory),
            *(["-vga", "std"] if has_screen else []),
            *_drive(disk, drive),
            *_translation(log if traced else None),
        ],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,  # a warning for each feature of the processor that is not translated
        text=True,
        bufsize=1,
    )
    try:
        monitor = _Monitor(process)
        _wait_for_halt(monitor, time.monotonic() + seconds)
        contents = {name: monitor.read(directory / name, *place) for name, place in (ranges or {}).items()}
        answers = {question: monitor.answer(question) for question in questions}
        monitor.ask("quit")
        process.wait(seconds)
        return QemuRun(list(fold(parse(log.read_bytes()))) if traced else [], contents, answers)
    finally:
        process.kill()
        process.communicate()
        log.unlink(missing_ok=True)


def _command(machine: str, processor: str, memory: str) -> list[str]:
    return [
        *(PROGRAM, "-M", machine, "-cpu", processor, "-m", memory, "-no-reboot"),
        *("-nodefaults", "-display", "none", "-nic", "none", "-qmp", "stdio"),
    ]


def _drive(disk: Path, kind: str) -> list[str]:
    return ["-drive", f"file={disk},format=raw,if={kind},snapshot=on"]


def _translation(log: Path | None) -> list[str]:
    if log is None:
        return ["-accel", "tcg"]
    low, high = PROGRAM_MEMORY
    area = f"{low:#x}+{high - low:#x}"
    return [*_one_by_one(), "-d", "cpu,exec,nochain", "-D", str(log), "-dfilter", area]


def _one_by_one() -> list[str]:
    """Return the option that translates one instruction at a time, whose name changed with version 8.1."""
    said = subprocess.run([PROGRAM, "--version"], capture_output=True, text=True, timeout=30, check=True).stdout
    version = tuple(map(int, re.findall(r"\d+", said)[:2]))
    return ["-accel", "tcg", "-singlestep"] if version < (8, 1) else ["-accel", "tcg,one-insn-per-tb=on"]


class _Monitor:
    """QEMU's monitor protocol: a line of JSON for a line of JSON, events between them."""

    def __init__(self, process: subprocess.Popen[str]) -> None:
        self._process = process
        self._line()
        self.ask("qmp_capabilities")

    def ask(self, command: str, **arguments: object) -> object:
        """Return the answer to one command."""
        assert self._process.stdin is not None
        try:
            self._process.stdin.write(json.dumps({"execute": command, "arguments": arguments}) + "\n")
        except OSError as error:
            raise QemuFailed(f"QEMU has ended: {error}") from error
        while "return" not in (answer := self._line()):
            if "error" in answer:
                raise QemuFailed(str(answer["error"]))
        return answer["return"]

    def _line(self) -> dict[str, object]:
        assert self._process.stdout is not None
        line = self._process.stdout.readline()
        if not line:
            raise QemuFailed("QEMU has ended: it says nothing more")
        try:
            answer: dict[str, object] = json.loads(line)
        except ValueError as error:
            raise QemuFailed(f"QEMU said {line!r}") from error
        return answer

    def answer(self, question: str) -> str:
        """Return what the monitor says to people."""
        return str(self.ask("human-monitor-command", **{"command-line": question}))

    def read(self, path: Path, address: int, size: int) -> bytes:
        """Return physical memory, by way of a file."""
        self.ask("pmemsave", val=address, size=size, filename=str(path))
        return path.read_bytes()


_FLAGS = re.compile(r"(?:EFL|RFL)=(\w+)")


def _wait_for_halt(monitor: _Monitor, deadline: float) -> None:
    while time.monotonic() < deadline:
        picture = monitor.answer("info registers")
        flags = _FLAGS.search(picture)
        if "HLT=1" in picture and flags is not None and not int(flags[1], 16) & 0x200:
            return
        time.sleep(POLL_SECONDS)
    raise QemuFailed(f"QEMU did not halt in time:\n{picture}")


_RECORD = re.compile(
    rb"^Trace \d+: \w+ \[\w+/(\w+)/.*\n"
    rb"(?:EAX=(\w+) EBX=(\w+) ECX=(\w+) EDX=(\w+)\nESI=(\w+) EDI=(\w+) EBP=(\w+) ESP=(\w+)\n"
    rb"|RAX=(\w+) RBX=(\w+) RCX=(\w+) RDX=(\w+)\nRSI=(\w+) RDI=(\w+) RBP=(\w+) RSP=(\w+)\n"
    rb"R8 =(\w+) R9 =(\w+) R10=(\w+) R11=(\w+)\nR12=(\w+) R13=(\w+) R14=(\w+) R15=(\w+)\n)"
    rb"[ER]IP=\w+ [ER]FL=(\w+) .* SMM=(\d)",
    re.MULTILINE,
)


def parse(log: bytes) -> Iterator[Step]:
    """Yield what a log of ``-d cpu,exec,nochain`` tells, from the boot sector on; system management code left out."""
    begun = False
    for match in _RECORD.finditer(log):
        address, *registers, flags, system_management = match.groups()
        begun = begun or int(address, 16) == FIRST
        if begun and system_management == b"0":
            yield Step(
                int(address, 16), tuple(int(value, 16) for value in registers if value is not None), int(flags, 16)
            )


def fold(steps: Iterator[Step]) -> Iterator[Step]:
    """Yield each step whose address is not that of the one before: repetitions, and what an interrupt put off."""
    last = -1
    for step in steps:
        if step.address != last:
            yield step
        last = step.address
