"""Look at some steps of a trace: those of a slice, those that a filter left."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, overload

from allocator.trace.step import Step

if TYPE_CHECKING:
    import numpy as np
    import numpy.typing as npt

    from allocator.trace.trace import Trace


class Steps(Sequence[Step]):
    """Some steps of a trace, in order; each is made when it is looked at. `indices` are their numbers."""

    __slots__ = ("_trace", "indices")

    def __init__(self, trace: Trace, indices: Sequence[int] | npt.NDArray[np.int64]) -> None:
        self._trace = trace
        self.indices = indices

    def __len__(self) -> int:
        return len(self.indices)

    @overload
    def __getitem__(self, index: int) -> Step: ...
    @overload
    def __getitem__(self, index: slice) -> Steps: ...
    def __getitem__(self, index: int | slice) -> Step | Steps:
        if isinstance(index, slice):
            return Steps(self._trace, self.indices[index])
        return Step(self._trace, int(self.indices[index]))

    def __repr__(self) -> str:
        return f"<{len(self):,} of {len(self._trace):,} steps>"
