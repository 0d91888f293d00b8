"""Follow one instruction of the program on its way to bytes, for as long as addresses move.

- An instruction whose operands depend on no name is asked for once. So is, under ``times``, one whose bytes do not
  depend on where it lies: its one encoding stands for all repetitions.
- A jump that the source leaves open is asked for as short as it goes. Once it had to grow it stays near.
- NASM shortens a jump only to a label of its own section: how far another target is, only a linker would know.

Source: NASM manual, 2.1.24 "The -O Option"; the last rule is what real NASM 2.16 does.
"""

from __future__ import annotations

from dataclasses import replace

from allocator.assembly.directives import Item
from allocator.assembly.encoder import Refusal
from allocator.assembly.expressions import Scope
from allocator.assembly.instruction import Far, Immediate, Instruction, Memory, Register
from allocator.assembly.instruction import Operand as Resolved
from allocator.assembly.operands import Operand, Plain
from allocator.assembly.syntax import Code
from allocator.assembly.tokens import parse_integer
from allocator.errors import AssemblyError
from allocator.source import Span

_RESOLVED = (Register, Immediate, Far, Memory)
_COUNTING_JUMPS = frozenset(("jcxz", "jecxz", "jrcxz"))


class Pending:
    """One instruction: what the encoder was asked for it, and what it answered."""

    def __init__(self, item: Item, body: Code) -> None:
        self.item = item
        self.body = body
        self.branches = body.mnemonic.startswith(("j", "call", "loop", "xbegin"))
        self.shortened = body.mnemonic.startswith("j") and body.mnemonic not in _COUNTING_JUMPS
        self.fixed = not self.branches and all(isinstance(operand, _RESOLVED) for operand in body.operands)
        self.near: set[int] = set()
        self.asked: dict[int, tuple[Instruction, int]] = {}
        self.refusals: dict[int, Refusal] = {}

    @property
    def settled(self) -> bool:
        """Whether its bytes are known whatever moves."""
        return self.fixed and bool(self.item.parts) and not self.refusals

    def questions(self, scope: Scope, room: int) -> list[tuple[int, Instruction, int]]:
        """Return what has to be encoded, or encoded again: repetition, instruction, address.

        Raises AssemblyError, also for more than `room` repetitions whose bytes depend on where they lie.
        """
        if self.fixed and self.asked:
            return []
        instruction = self._instruction(scope)
        if not self._depends_on_place(instruction):
            self._forget_from(1)
            return self._unless_asked(0, instruction, 0)
        count = self.item.count
        if count > max(1, room):
            raise self.item.statement.start.error("too many repetitions of instructions that depend on their address")
        self._forget_from(count)
        return self._placed(instruction, count)

    def _placed(self, instruction: Instruction, count: int) -> list[tuple[int, Instruction, int]]:
        questions: list[tuple[int, Instruction, int]] = []
        address = self.item.address
        for index in range(count):
            pinned = _near(instruction) if index in self.near else instruction
            questions += self._unless_asked(index, pinned, address)
            address += len(self.item.parts[index]) if index < len(self.item.parts) else 0
        return questions

    def _forget_from(self, count: int) -> None:
        del self.item.parts[count:]
        if len(self.asked) > count:
            self.asked = {index: question for index, question in self.asked.items() if index < count}
            self.refusals = {index: refusal for index, refusal in self.refusals.items() if index < count}

    def _instruction(self, scope: Scope) -> Instruction:
        mode = self.item.mode
        operands = tuple(
            operand if isinstance(operand, _RESOLVED) else operand.resolve(scope, mode)
            for operand in self.body.operands
        )
        instruction = Instruction(self.body.mnemonic, operands, self.body.prefixes, mode.bits)
        if self.shortened and operands and not self._is_in_section(self.body.operands[0], scope):
            return _near(instruction)
        return instruction

    def _is_in_section(self, operand: Operand, scope: Scope) -> bool:
        if not isinstance(operand, Plain):
            return False
        terms = operand.value.evaluate(scope).terms
        return len(terms) == 1 and terms[0].key == self.item.section.key

    def _depends_on_place(self, instruction: Instruction) -> bool:
        operands: tuple[Resolved, ...] = instruction.operands
        if self.branches and operands and isinstance(operands[0], Immediate):
            return True
        return any(isinstance(operand, Memory) and operand.relative for operand in operands)

    def _unless_asked(self, index: int, instruction: Instruction, address: int) -> list[tuple[int, Instruction, int]]:
        if self.asked.get(index) == (instruction, address):
            return []
        self.asked[index] = (instruction, address)
        return [(index, instruction, address)]

    def store(self, index: int, answer: bytes | Refusal) -> bool:
        """Keep the encoder's answer; returns whether the size changed."""
        if isinstance(answer, Refusal):
            self.refusals[index] = answer
            return False
        self.refusals.pop(index, None)
        parts = self.item.parts
        parts.extend([b""] * (index + 1 - len(parts)))
        before, parts[index] = parts[index], answer
        if before and len(answer) > len(before) and self.shortened:
            self.near.add(index)
        return len(answer) != len(before)

    def refused(self) -> AssemblyError:
        """Build the error for what the encoder said of the first repetition that it refused."""
        refusal = self.refusals[min(self.refusals)]
        if refusal.operand is None:
            return AssemblyError(refusal.message, self.item.statement.span, refusal.hint)
        span = self.body.places[refusal.operand].span
        return AssemblyError(_as_written(refusal.message, span), span, refusal.hint)


def _as_written(message: str, span: Span) -> str:
    """Return a message that begins with a number with that number as the source writes it."""
    written = span.source.line(span.line)[span.column - 1 : span.column - 1 + span.length]
    said, _, rest = message.partition(" ")
    is_number = parse_integer(written.lstrip("-")) is not None if written.lstrip("-")[:1].isdigit() else False
    return f"{written} {rest}" if is_number and said.lstrip("-")[:1].isdigit() else message


def _near(instruction: Instruction) -> Instruction:
    target = instruction.operands[0]
    if not isinstance(target, Immediate) or target.distance or target.size:
        return instruction
    return replace(instruction, operands=(replace(target, distance="near"), *instruction.operands[1:]))
