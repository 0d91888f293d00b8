"""Put the parts of an instruction in their order.

    [F2|F3] [F0] [segment] [66] [67] [66|F2|F3 that belong to the opcode] [REX] opcode [ModRM ...] [immediate]

This is NASM's order of prefixes, so that the same instruction has the same bytes.

Two families of instructions take their size differently in 64-bit code: those of the stack are 64 bits wide by
themselves (`stacked`), the others 32 bits wide unless REX.W says otherwise (`sized`).
"""

from __future__ import annotations

from dataclasses import dataclass

from allocator.assembly.addressing import Address
from allocator.assembly.prefixes import SEGMENT_BYTES, Prefixes
from allocator.assembly.refusal import Refused
from allocator.assembly.register_file import RegisterCode


@dataclass(frozen=True, slots=True)
class MachineCode:
    """The parts of one instruction.

    ``operand_size`` says whether 66 is to be emitted, ``mandatory`` are prefixes that belong to the opcode.
    ``opcode`` includes escapes; for VEX it is the four bytes from C4 on, which become three from C5 on where they can.
    ``field`` is ModRM's middle field; it counts where ``address`` or ``register`` (ModRM's last field, with mod 3) is
    given. ``address_size`` and ``segment`` are of an address that has no ModRM.
    """

    opcode: bytes
    operand_size: bool = False
    mandatory: bytes = b""
    rex: int = 0
    field: int = 0
    address: Address | None = None
    register: int | None = None
    immediate: bytes = b""
    address_size: bool = False
    segment: str | None = None

    def compose(self, prefixes: Prefixes, bits: int, address: int) -> bytes:
        """Return the bytes of this instruction at `address`."""
        head = self._head(prefixes, bits)
        modrm = b""
        if self.register is not None:
            modrm = bytes([0xC0 | (self.field & 7) << 3 | self.register & 7])
        elif self.address is not None:
            modrm = bytes([self.address.modrm | (self.field & 7) << 3]) + self.address.tail
        if self.address is not None and self.address.target is not None:
            end = address + len(head) + len(modrm) + 4 + len(self.immediate)
            modrm += _distance(self.address.target, end)
        return head + modrm + self.immediate

    def _head(self, prefixes: Prefixes, bits: int) -> bytes:
        head = bytearray(b"\x9b" if prefixes.wait else b"")
        if prefixes.repeat:
            head.append(prefixes.repeat)
        if prefixes.lock:
            head.append(0xF0)
        segment = (self.address.segment if self.address else self.segment) or prefixes.segment
        if segment:
            head.append(SEGMENT_BYTES[segment])
        if self.operand_size:
            head.append(0x66)
        if self.address_size or (self.address and self.address.size != bits // 8):
            head.append(0x67)
        head += self.mandatory
        rex = self.rex | (self.address.rex if self.address else 0)
        if rex and bits != 64:
            raise Refused("this form exists in 64-bit code only")
        if len(self.opcode) == 4 and self.opcode[0] == 0xC4:
            return bytes(head) + self._vex(rex)
        if rex:
            head.append(0x40 | rex)
        return bytes(head) + self.opcode

    def _vex(self, rex: int) -> bytes:
        # VEX holds R, X and B inverted in the top of its second byte.
        _, second, third, opcode = self.opcode
        second &= ~((rex & 7) << 5)
        if second & 0x7F == 0x61 and not third & 0x80:
            return bytes([0xC5, second & 0x80 | third, opcode])
        return bytes([0xC4, second, third, opcode])


def _distance(target: int, end: int) -> bytes:
    distance = (target - end) & 0xFFFF_FFFF_FFFF_FFFF
    if distance >= 1 << 63:
        distance -= 1 << 64
    if not -(1 << 31) <= distance < 1 << 31:
        raise Refused(
            f"the address {target:#x} is too far from {end:#x} for an address relative to RIP",
            "load it into a register: mov rax, address",
        )
    return distance.to_bytes(4, "little", signed=True)


STACK_64 = "in 64-bit code the stack holds qwords (or words)"


def sized(opcode: bytes, size: int, bits: int, *, address_size: bool = False) -> MachineCode:
    """Return the code of an instruction whose size in 64-bit code is 4 unless REX.W says 8."""
    default = 2 if bits == 16 else 4
    if size == 8 and bits != 64:
        raise Refused("this instruction exists in 64-bit code only")
    return MachineCode(opcode, size == 6 - default, rex=8 if size == 8 else 0, address_size=address_size)


def stacked(opcode: bytes, size: int, bits: int, immediate: bytes = b"") -> MachineCode:
    """Return the code of an instruction that moves the stack pointer: in 64-bit code by 8, or by 2 with 66."""
    default = bits // 8
    size = size or default
    if size == 8 and bits != 64:
        raise Refused("this instruction exists in 64-bit code only")
    if size == 4 and bits == 64:
        raise Refused("this size does not exist in 64-bit code", STACK_64)
    return MachineCode(opcode, size != default, immediate=immediate)


def with_register(opcode: bytes, field: int, code: RegisterCode, size: int, bits: int) -> MachineCode:
    """Return the code of an instruction on one register; `size` 0 means that the register's does not count."""
    rex = (8 if size == 8 else 0) | code.number >> 3
    return MachineCode(
        opcode, bool(size) and size == (4 if bits == 16 else 2), rex=rex, field=field, register=code.number
    )
