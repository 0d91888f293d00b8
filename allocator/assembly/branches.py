"""Encode jumps and calls to a number: Keystone gets them wrong in 16-bit code, and NASM picks the size.

    jmp, jcc        short where it fits, else near
    call            near
    loop*, j*cxz    short; CX, ECX or RCX by the address size
    jmp, call s:o   far

A target is an address; IP is 16 bits wide in 16-bit code, so that a near jump reaches everything there.
"""

from __future__ import annotations

from allocator.assembly.instruction import Far, Immediate, Instruction
from allocator.assembly.machine_code import MachineCode
from allocator.assembly.mnemonics import CONDITIONS
from allocator.assembly.prefixes import Prefixes
from allocator.assembly.refusal import Refused

_LOOPS = {"loopne": 0xE0, "loopnz": 0xE0, "loope": 0xE1, "loopz": 0xE1, "loop": 0xE2}
_COUNTER_JUMPS = {"jcxz": 2, "jecxz": 4, "jrcxz": 8}
_COUNTERS = {"cx": 2, "ecx": 4, "rcx": 8}


def is_relative_branch(instruction: Instruction) -> bool:
    """Whether the instruction jumps to a number, so that its bytes depend on where it lies."""
    name, operands = instruction.mnemonic, instruction.operands
    if not operands or not isinstance(operands[0], Immediate):
        return False
    return name in ("jmp", "call") or name in _LOOPS or name in _COUNTER_JUMPS or condition(name, "j") is not None


def condition(name: str, stem: str) -> int | None:
    """Return the condition in ``jnz`` (`stem` ``j``), ``setnz`` or ``cmovnz``, or None where it is none of them."""
    return CONDITIONS.get(name[len(stem) :]) if name.startswith(stem) else None


def encode_branch(instruction: Instruction, prefixes: Prefixes, address: int) -> bytes:
    """Return the bytes of a jump, call or loop to a number; raises Refused."""
    target = instruction.operands[0]
    assert isinstance(target, Immediate)
    name = instruction.mnemonic
    width = max(32, instruction.bits)
    if not -(1 << width - 1) <= target.value < 1 << width:
        raise Refused(f"there is no address {target.value:#x} in {instruction.bits}-bit code", None, target)
    if name in _LOOPS or name in _COUNTER_JUMPS:
        return _encode_counting(instruction, target, prefixes, address)
    if len(instruction.operands) > 1:
        raise Refused(f"{name} takes one operand")
    size = _operand_size(instruction, target, prefixes)
    if name == "call":
        head = MachineCode(b"\xe8", size != instruction.bits // 8).compose(prefixes, instruction.bits, address)
        return _near(head, target, size, address)
    code = condition(name, "j")
    near = b"\xe9" if code is None else bytes([0x0F, 0x80 | code])
    short = b"\xeb" if code is None else bytes([0x70 | code])
    may_be_short = target.distance is None and target.size is None and not target.strict
    if target.distance == "short" or may_be_short:
        head = MachineCode(short, size != instruction.bits // 8).compose(prefixes, instruction.bits, address)
        if target.distance == "short" or -128 <= _short_distance(head, target, instruction, address) <= 127:
            return _required_short(head, target, instruction, address)
    head = MachineCode(near, size != instruction.bits // 8).compose(prefixes, instruction.bits, address)
    return _near(head, target, size, address)


def encode_far(instruction: Instruction, prefixes: Prefixes, address: int) -> bytes:
    """Return the bytes of ``jmp`` or ``call`` to ``selector:offset``; raises Refused."""
    target, bits = instruction.operands[0], instruction.bits
    if not isinstance(target, Far) or len(instruction.operands) > 1 or instruction.mnemonic not in ("jmp", "call"):
        raise Refused("selector:offset is the one operand of a jmp or a call")
    if bits == 64:
        raise Refused(
            f"{instruction.mnemonic} to selector:offset does not exist in 64-bit code",
            "push the selector and the offset, then retf",
        )
    size = target.size or prefixes.operand_size or bits // 8
    if size not in (2, 4):
        raise Refused("the offset of a far jump is a word or a dword")
    offset = _in_width(target.offset, size, "the offset")
    selector = _in_width(target.selector, 2, "the selector")
    opcode = b"\xea" if instruction.mnemonic == "jmp" else b"\x9a"
    code = MachineCode(opcode, size != bits // 8, immediate=offset + selector)
    return code.compose(prefixes, bits, address)


def _in_width(value: int, size: int, what: str) -> bytes:
    if not -(1 << (size * 8 - 1)) <= value < 1 << (size * 8):
        raise Refused(f"{what} {value:#x} does not fit in {size} bytes")
    return (value & ((1 << size * 8) - 1)).to_bytes(size, "little")


def _operand_size(instruction: Instruction, target: Immediate, prefixes: Prefixes) -> int:
    if target.size and instruction.mnemonic not in ("jmp", "call"):
        raise Refused(f"{instruction.mnemonic} takes a label without a size", "write near, short or nothing", target)
    size = target.size or prefixes.operand_size
    default = instruction.bits // 8
    if size in (None, default):
        return default
    if instruction.bits == 64 or size not in (2, 4):
        raise Refused(f"{instruction.bits}-bit code cannot jump to an offset of {size} bytes")
    return size


def _encode_counting(instruction: Instruction, target: Immediate, prefixes: Prefixes, address: int) -> bytes:
    name, bits = instruction.mnemonic, instruction.bits
    if target.size or target.distance == "near":
        raise Refused(f"{name} takes a label without a size: it is always short", None, target)
    size = _COUNTER_JUMPS.get(name) or prefixes.address_size or bits // 8
    if len(instruction.operands) == 2 and name in _LOOPS:
        size = _COUNTERS.get(getattr(instruction.operands[1], "name", ""), 0)
    elif len(instruction.operands) != 1:
        raise Refused(f"{name} takes one operand")
    if size not in ({2, 4} if bits != 64 else {4, 8}):
        raise Refused(f"{name} does not exist in {bits}-bit code with that counter")
    opcode = bytes([_LOOPS.get(name, 0xE3)])
    code = MachineCode(opcode, address_size=size != bits // 8)
    return _required_short(code.compose(prefixes, bits, address), target, instruction, address)


def _short_distance(head: bytes, target: Immediate, instruction: Instruction, address: int) -> int:
    return _wrapped(target.value - address - len(head) - 1, instruction.bits)


def _required_short(head: bytes, target: Immediate, instruction: Instruction, address: int) -> bytes:
    """Return `head` with a distance of one byte; raises Refused where that does not reach."""
    distance = _short_distance(head, target, instruction, address)
    if not -128 <= distance <= 127:
        excess = distance - 127 if distance > 0 else -128 - distance
        what = "a short jump" if target.distance == "short" else instruction.mnemonic
        raise Refused(
            f"{what} reaches -128 to 127 bytes, and the target is {distance} bytes away: {excess} too far",
            "leave out 'short'" if target.distance == "short" else "jump around it with a near jump",
            target,
        )
    return head + distance.to_bytes(1, "little", signed=True)


def _near(head: bytes, target: Immediate, size: int, address: int) -> bytes:
    if target.distance == "short":
        raise Refused("a call cannot be short", "leave out 'short'", target)
    width = min(size, 4)
    end = address + len(head) + width
    distance = _wrapped(target.value - end, size * 8)
    if not -(1 << (width * 8 - 1)) <= distance < 1 << (width * 8 - 1):
        raise Refused(
            f"the target {target.value:#x} is more than 2 GiB away from {address:#x}",
            "load it into a register: mov rax, target; jmp rax",
            target,
        )
    return head + distance.to_bytes(width, "little", signed=True)


def _wrapped(distance: int, bits: int) -> int:
    """Return `distance` as the processor adds it: modulo the width of the instruction pointer."""
    half = 1 << (bits - 1)
    return (distance + half) % (1 << bits) - half
