"""Turn instructions into bytes: the route from what the source says to what the processor reads.

    Instruction --write out, settle--> sizes decided --raw encodings----> bytes by table   what Keystone gets wrong
                                                     --keystone request-> one plain line   everything else
                                                                          | the child process
                                                                        bytes, with our address, prefixes, numbers
    all bytes --read back--> the same, or a refusal: a wrong encoding is an error and never a wrong program

- Bad instructions are answered with a `Refusal`, never with an exception.
- Answers are cached by instruction; what depends on where it lies (branches, addresses relative to RIP) is
  encoded again, without asking Keystone again.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from allocator.assembly import keystone_process
from allocator.assembly.branches import encode_branch, encode_far, is_relative_branch
from allocator.assembly.instruction import Far, Instruction, Memory, Operand
from allocator.assembly.keystone_request import KeystoneRequest, keystone_request
from allocator.assembly.machine_code import MachineCode
from allocator.assembly.mnemonics import MNEMONICS, suggest
from allocator.assembly.operand_rules import settle
from allocator.assembly.prefixes import Prefixes, sort_prefixes
from allocator.assembly.raw_encodings import encode_raw
from allocator.assembly.readback import difference
from allocator.assembly.refusal import Refusal, Refused
from allocator.assembly.shorthands import write_out
from allocator.assembly.usage import usage
from allocator.instructions import disassembly
from allocator.instructions.anatomy import LONGEST_INSTRUCTION

CACHE_ENTRIES = 1 << 16

Encoding = bytes | Refusal


@dataclass(frozen=True, slots=True)
class _Plan:
    """An instruction on its way: its sizes are settled, and it has its bytes, or what to ask Keystone for."""

    instruction: Instruction
    prefixes: Prefixes
    code: MachineCode | None = None
    form: KeystoneRequest | None = None


# What depends on where it lies is kept under the pair of both.
_encodings: dict[Instruction | tuple[Instruction, int], Encoding] = {}
_answers: dict[str, str] = {}


def encode_batch(requests: Sequence[tuple[Instruction, int]]) -> list[Encoding]:
    """Return the bytes of each instruction at its address, or why there are none, in one round trip at most.

    A branch's operand is its absolute target; without a ``distance`` a jump is short where that reaches.
    Raises AllocatorError only where Keystone cannot be loaded.
    """
    found = [_encodings.get(request[0]) or _encodings.get(request) for request in requests]
    if None in found:
        plans = {i: _plan(*requests[i]) for i, encoding in enumerate(found) if encoding is None}
        _ask_keystone([plan.form for plan in plans.values() if isinstance(plan, _Plan) and plan.form])
        for i, plan in plans.items():
            found[i] = _finish(plan, *requests[i])
    return [encoding for encoding in found if encoding is not None]


def _plan(asked: Instruction, address: int) -> _Plan | Encoding:
    try:
        _check_name(asked)
        instruction = write_out(asked)
        prefixes = sort_prefixes(instruction)
        if is_relative_branch(instruction):
            return encode_branch(instruction, prefixes, address)
        if any(isinstance(operand, Far) for operand in instruction.operands):
            return encode_far(instruction, prefixes, address)
        settled = settle(instruction)
        code = encode_raw(settled, prefixes)
        if code is not None:
            return _Plan(settled, prefixes, code)
        return _Plan(settled, prefixes, form=keystone_request(settled, prefixes))
    except Refused as refused:
        return _refusal(refused, asked)


def _refusal(refused: Refused, asked: Instruction) -> Refusal:
    return Refusal(refused.message, refused.hint, _place(refused.operand, asked.operands))


def _place(blamed: Operand | None, operands: tuple[Operand, ...]) -> int | None:
    """Return which operand of the source is to blame; its size may have been filled in since."""
    if blamed in operands:
        return operands.index(blamed)
    memory = [place for place, operand in enumerate(operands) if isinstance(operand, Memory)]
    return memory[0] if isinstance(blamed, Memory) and len(memory) == 1 else None


def _check_name(instruction: Instruction) -> None:
    if instruction.mnemonic not in MNEMONICS:
        meant = suggest(instruction.mnemonic)
        raise Refused(f"there is no instruction '{instruction.mnemonic}'", f"did you mean {meant}?" if meant else None)


def _ask_keystone(forms: Sequence[KeystoneRequest]) -> None:
    lines = list(dict.fromkeys(f"{form.bits} {form.text}" for form in forms))
    lines = [line for line in lines if line not in _answers]
    if not lines:
        return
    # Both engines load at the same time: the one here, the other in its process.
    keystone_process.warm_up()
    disassembly.warm_up()
    if len(_answers) >= CACHE_ENTRIES:
        _answers.clear()
    for line, answer in zip(lines, keystone_process.ask(lines), strict=True):
        _answers[line] = answer if answer is not None else "?Keystone did not answer"


def _finish(plan: _Plan | Encoding, instruction: Instruction, address: int) -> Encoding:
    try:
        encoding = _encode_plan(plan, instruction, address)
    except Refused as refused:
        encoding = _refusal(refused, instruction)
    if len(_encodings) >= CACHE_ENTRIES:
        _encodings.clear()
    _encodings[(instruction, address) if _depends_on_address(instruction) else instruction] = encoding
    return encoding


def _encode_plan(plan: _Plan | Encoding, instruction: Instruction, address: int) -> Encoding:
    if isinstance(plan, Refusal):
        return plan
    if isinstance(plan, bytes):
        return _read_back(instruction, sort_prefixes(instruction), plan, address)
    code = plan.code or _answered(plan)
    return _read_back(plan.instruction, plan.prefixes, code.compose(plan.prefixes, instruction.bits, address), address)


def _depends_on_address(instruction: Instruction) -> bool:
    return is_relative_branch(instruction) or any(
        isinstance(operand, Memory) and operand.relative for operand in instruction.operands
    )


def _answered(plan: _Plan) -> MachineCode:
    assert plan.form is not None
    answer = _answers.get(f"{plan.form.bits} {plan.form.text}", "?Keystone did not answer")
    if answer.startswith("?"):
        raise Refused(_no_such_form(plan.instruction), usage(plan.instruction))
    return plan.form.finish(bytes.fromhex(answer))


def _no_such_form(instruction: Instruction) -> str:
    if not instruction.operands:
        return f"{instruction.mnemonic} does not exist without operands"
    if instruction.bits == 64:
        return f"{instruction.mnemonic} does not take these operands"
    return f"{instruction.mnemonic} does not take these operands in {instruction.bits}-bit code"


def _read_back(instruction: Instruction, prefixes: Prefixes, code: bytes, address: int) -> bytes:
    if len(code) > LONGEST_INSTRUCTION:
        raise Refused(f"the instruction has {len(code)} bytes, and no instruction has more than {LONGEST_INSTRUCTION}")
    wrong = difference(instruction, prefixes, code, address)
    if wrong and instruction.prefixes:
        raise Refused(f"{' '.join(instruction.prefixes)} cannot stand before {instruction.mnemonic}: {wrong}")
    if wrong:
        raise Refused(
            f"the encoding of this {instruction.mnemonic} came out wrong ({code.hex(' ')}): {wrong}",
            "check its operands; where they are right, write the bytes with db",
        )
    return code
