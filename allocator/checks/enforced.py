"""Hold every call of a machine to the contract in the comment above the routine."""

from __future__ import annotations

from allocator.checks.contract import enforce
from allocator.machine.machine import DEFAULT_LIMIT, Machine
from allocator.machine.run import Run


class EnforcedMachine(Machine):
    """A machine whose calls raise ContractBroken where the routine does not do what its comment says."""

    def call(
        self, routine: str | int, *, limit: int = DEFAULT_LIMIT, returns: str | None = None, **registers: int
    ) -> Run:
        """Call `routine` as `Machine.call` does; raises ContractBroken that names every rule it broke."""
        __tracebackhide__ = True
        return enforce(super().call(routine, limit=limit, returns=returns, **registers))
