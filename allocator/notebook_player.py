"""Show a trace in a notebook as a player: a widget whose pictures the kernel sends, window by window.

    player = TracePlayer(trace)     the last value of a cell shows it
    player.go(40)                   turns to that step, or to "end", or to a label
    player.step                     where the reader is

Where no kernel is, the same player stands in a frame with the steps that fit into it, and works on.
The one place that imports anywidget.
"""

from __future__ import annotations

from typing import Any

import anywidget
import traitlets

from allocator.trace.trace import Moment, Trace
from allocator.views.player_data import Plain, PlayerData
from allocator.views.player_page import player_frame, player_module, player_style
from allocator.views.player_questions import answer


class TracePlayer(anywidget.AnyWidget):
    """The player of one trace, opened at a moment; raises TraceError where the trace has no such moment."""

    _esm = player_module()
    _css = player_style()
    opening = traitlets.Dict().tag(sync=True)
    windows: traitlets.List[Plain] = traitlets.List().tag(sync=True)
    step = traitlets.Int().tag(sync=True)

    def __init__(self, trace: Trace, when: Moment = 0) -> None:
        self._data, first = PlayerData(trace), trace.moment(when)
        super().__init__(opening=self._data.opening(), windows=[self._data.window(first)], step=first)
        self.on_msg(self._answer)

    def go(self, when: Moment) -> None:
        """Turn to a moment: a step, its number, ``"start"``, ``"end"``, a label's first visit; raises TraceError."""
        self.step = self._data.trace.moment(when)
        self.send({"go": self.step})

    def _answer(self, _widget: object, message: object, _buffers: object) -> None:
        if isinstance(message, dict) and type(message.get("number")) is int:
            self.send({"number": message["number"], "answer": answer(self._data, message.get("question"))})

    def _repr_mimebundle_(self, **options: Any) -> Any:  # noqa: ANN401 -- as anywidget has it
        bundle = super()._repr_mimebundle_(**options)
        if not bundle:
            return bundle
        data, metadata = bundle if isinstance(bundle, tuple) else (bundle, {})
        return {**data, "text/plain": repr(self), "text/html": player_frame(self._data.trace, self.step)}, metadata

    def __repr__(self) -> str:
        return f"<TracePlayer of {self._data.trace!r}>"
