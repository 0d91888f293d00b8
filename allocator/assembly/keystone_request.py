"""Turn an instruction into the one line that Keystone is asked for, and its answer into our bytes.

    mov dword [es:edi+ecx*4+8], 5   asks for   mov dword ptr [ebx], 0x5
    C7 03 05 00 00 00               becomes    26 C7 44 8F 08 05 00 00 00

Keystone only ever sees the simplest address of the mode, ``[bx]``, ``[ebx]`` or ``[rbx]``; the address itself, prefixes
and numbers that must keep their full width are put in here. That takes whole classes of wrong code out of its
reach (lost indexes, truncated displacements, dropped overrides), and makes many instructions share one request.
Every number is hexadecimal: Keystone's radix is not reliable.
"""

from __future__ import annotations

from dataclasses import dataclass, replace

from allocator.assembly.addressing import Address, encode_address
from allocator.assembly.branches import condition
from allocator.assembly.immediates import immediate_bytes, signed, spoken
from allocator.assembly.instruction import Far, Immediate, Instruction, Memory, Operand, Register
from allocator.assembly.machine_code import MachineCode
from allocator.assembly.mnemonics import CONDITIONS
from allocator.assembly.operand_rules import ARITHMETIC, FULL_NUMBER
from allocator.assembly.prefixes import Prefixes
from allocator.assembly.refusal import Refused
from allocator.assembly.register_file import REGISTER_CODES, general
from allocator.assembly.usage import usage
from allocator.instructions.anatomy import ADDRESS_SIZE, OPERAND_SIZE, dissect
from allocator.units import counted

_PLAIN = {16: "bx", 32: "ebx", 64: "rbx"}
_PLAIN_MODRM = {16: 7, 32: 3, 64: 3}
_SIZE_NAMES = {1: "byte", 2: "word", 4: "dword", 6: "fword", 8: "qword", 10: "tbyte", 16: "xmmword"}
_CANONICAL = {number: suffix for suffix, number in reversed(CONDITIONS.items())}
_ALIASES = {"sal": "shl", "fwait": "wait", "loopz": "loope", "loopnz": "loopne"}
# A number of each width that no shorter field can hold.
_FULL_WIDTH = {1: 0x12, 2: 0x1234, 4: 0x12345678, 8: 0x12345678}


@dataclass(frozen=True, slots=True)
class KeystoneRequest:
    """One request to Keystone, and what is put into its answer.

    ``number`` replaces the last bytes of the answer, which are those of the number that was asked for instead.
    """

    text: str
    bits: int
    address: Address | None = None
    number: bytes = b""
    stand_in: bytes = b""

    def finish(self, code: bytes) -> MachineCode:
        """Return the machine code made from Keystone's `code`; raises Refused where it is not what was expected."""
        anatomy = dissect(code, self.bits)
        if anatomy is None or ADDRESS_SIZE in anatomy.prefixes or anatomy.is_avx:
            raise Refused(f"'{self.text}' came out as {code.hex(' ')}, which is not usable")
        if self.number:
            if not code.endswith(self.stand_in):
                raise Refused(f"'{self.text}' came out as {code.hex(' ')}, without its number")
            code = code[: -len(self.number)] + self.number
        own_66 = OPERAND_SIZE in anatomy.prefixes
        mandatory = bytes(byte for byte in anatomy.prefixes if byte != OPERAND_SIZE)
        is_mandatory = own_66 and anatomy.is_vector and not mandatory
        start = len(anatomy.prefixes) + bool(anatomy.rex)
        made = MachineCode(
            code[start:],
            own_66 and not is_mandatory,
            b"\x66" if is_mandatory else mandatory,
            anatomy.rex,
        )
        return made if self.address is None else self._with_address(made, code, anatomy.opcode_at, start)

    def _with_address(self, made: MachineCode, code: bytes, opcode_at: int, start: int) -> MachineCode:
        modrm = code[opcode_at + 1] if opcode_at + 1 < len(code) else 0xC0
        if modrm & 0xC7 != _PLAIN_MODRM[self.bits]:
            raise Refused(f"'{self.text}' came out as {code.hex(' ')}, without its address")
        return replace(
            made,
            opcode=code[start : opcode_at + 1],
            field=modrm >> 3 & 7,
            address=self.address,
            immediate=code[opcode_at + 2 :],
        )


def keystone_request(instruction: Instruction, prefixes: Prefixes) -> KeystoneRequest:
    """Return the request for an instruction whose sizes are settled; raises Refused."""
    if prefixes.operand_size and _is_contradicted(instruction, prefixes.operand_size):
        raise Refused(f"{instruction.mnemonic} has no form with that operand size prefix", "its operands say its size")
    words, address, number, stand_in = [], None, b"", b""
    for operand in _ordered(instruction):
        if isinstance(operand, Memory):
            address = encode_address(operand, instruction.bits, prefixes.address_size)
            words.append(_memory_text(operand, instruction.bits))
        elif isinstance(operand, Immediate):
            text, number, stand_in = _number_text(instruction, operand)
            words.append(text)
        else:
            words.append(_register_text(operand))
    name = _canonical_name(instruction)
    text = f"{name} {', '.join(words)}" if words else name
    return KeystoneRequest(text, instruction.bits, address, number, stand_in)


def _is_contradicted(instruction: Instruction, asked: int) -> bool:
    """Tell whether the operands have another size; that of the code's own width contradicts only whole numbers."""
    size = _size(instruction, 0)
    if asked == size or asked != instruction.bits // 8:
        return asked != size
    return size in (2, 4, 8) and any(_is_whole(each) for each in instruction.operands)


def _is_whole(operand: Operand) -> bool:
    return isinstance(operand, Immediate) or (isinstance(operand, Register) and general(operand.name) is not None)


def _ordered(instruction: Instruction) -> tuple[Operand, ...]:
    """Return the operands in the order for which Keystone chooses NASM's encoding."""
    operands = instruction.operands
    if instruction.mnemonic == "xchg" and len(operands) == 2 and not isinstance(operands[1], Memory):
        return (operands[1], operands[0])
    return operands


def _canonical_name(instruction: Instruction) -> str:
    name = instruction.mnemonic
    for stem in ("set", "cmov"):
        number = condition(name, stem)
        if number is not None:
            return stem + _CANONICAL[number]
    if name == "movsx" and _size(instruction, 0) == 8 and _size(instruction, 1) == 4:
        return "movsxd"
    return _ALIASES.get(name, name)


def _size(instruction: Instruction, position: int) -> int | None:
    operand = instruction.operands[position] if position < len(instruction.operands) else None
    if isinstance(operand, Register):
        return REGISTER_CODES[operand.name].size
    return operand.size if isinstance(operand, Memory) else None


def _memory_text(memory: Memory, bits: int) -> str:
    if memory.size is None:
        return f"[{_PLAIN[bits]}]"
    if memory.size not in _SIZE_NAMES:
        raise Refused(f"a memory operand of {memory.size} bytes is AVX, which the engine that runs it does not support")
    return f"{_SIZE_NAMES[memory.size]} ptr [{_PLAIN[bits]}]"


def _register_text(operand: Register | Far) -> str:
    if isinstance(operand, Far):
        raise Refused("selector:offset is an operand of jmp and call only")
    name = operand.name
    return f"st({name[2:]})" if name.startswith("st") and REGISTER_CODES[name].kind == "x87" else name


def _number_text(instruction: Instruction, operand: Immediate) -> tuple[str, bytes, bytes]:
    name = instruction.mnemonic
    if name in ("movd", "movq"):
        raise Refused(f"{name} does not take these operands", usage(instruction), operand)
    if name not in FULL_NUMBER and operand.value == 1 and operand.size == 1:
        # A size on the 1 of a shift asks NASM for the form with a number.
        return "0x12", b"\x01", b"\x12"
    if name not in FULL_NUMBER:
        return f"{immediate_bytes(operand, 1, name)[0]:#x}", b"", b""
    size = _size(instruction, 0) or 1
    if size not in _FULL_WIDTH:
        raise Refused(f"{name} does not take these operands", usage(instruction))
    target = instruction.operands[0]
    holder = target.name if isinstance(target, Register) else f"an operand of {counted(size, 'byte')}"
    value = _checked(name, operand, size, holder)
    if operand.relocatable or (operand.strict and operand.size != 1):
        width = min(size, 4)
        stand_in = _FULL_WIDTH[size]
        return (
            f"{stand_in:#x}",
            value.to_bytes(width, "little", signed=True),
            stand_in.to_bytes(width, "little"),
        )
    return f"{value:#x}", b"", b""


def _checked(name: str, operand: Immediate, size: int, holder: str) -> int:
    """Return the number as the signed one that `size` bytes hold; raises Refused where it does not fit."""
    value = signed(operand, size, holder)
    if size == 8 and not -(1 << 31) <= value < 1 << 31:
        raise Refused(
            f"{spoken(operand.value)} does not fit: {name} takes 32 bits and extends their sign to 64",
            "move the number into a register first: mov rcx, number",
            operand,
        )
    if operand.size == 1 and size > 1:
        if name not in ARITHMETIC | {"imul"} or not -128 <= value <= 127:
            raise Refused(
                f"{spoken(operand.value)} does not fit in a byte that is extended to {size}",
                "leave out 'byte'",
                operand,
            )
    elif operand.size not in (None, size) and not (size == 8 and operand.size == 4):
        raise Refused(
            f"operand sizes disagree: {size} bytes, and a number of {operand.size}", "leave out its size", operand
        )
    return value
