"""Be the interval timer and port 61h, as far as boot code touches them.

    40h-42h   counters 0-2: read and written low byte, high byte, or one after the other, as 43h said
    43h       which counter, how it is read, its mode; a counter's latch
    61h       bit 0 gate of counter 2, bit 1 speaker, bit 4 toggles with every refresh, bit 5 output of counter 2

Time is not modelled: instead a counter has gone on whenever it is looked at, so that loops that wait for one end; and
the timer ticks whenever the processor has nothing else to do but wait for that, `MOST_TICKS` times.
Not modelled: how often it ticks, ticks while code runs, the modes' wave forms, BCD counting, the read-back command's
status.
Source: Intel 8254 data sheet; PIIX data sheet, "NMI Status and Control".
"""

from __future__ import annotations

from typing import NamedTuple

CONTROL, PORT_61 = 0x43, 0x61
LOW, HIGH, BOTH = 1, 2, 3
COUNTS_BETWEEN_LOOKS = 977
"""A prime, so that loops that wait for a certain bit see it change."""
MOST_TICKS = 1000
"""Ticks for which a program may wait: 55 seconds of a PC's, after which nothing else is expected to happen."""
_REFRESH, _OUTPUT_2, _WRITABLE_61 = 0x10, 0x20, 0x0F


class Counter(NamedTuple):
    """One counter: `latched` is the value held for reading, `pending` its high byte or the low one written."""

    reload: int = 0
    value: int = 0
    access: int = BOTH
    latched: int | None = None
    is_second: bool = False
    pending: int = 0


class PitState(NamedTuple):
    """The counters, the writable bits of port 61h with those that change by themselves, and how often it ticked."""

    counters: tuple[Counter, Counter, Counter] = (Counter(), Counter(), Counter())
    port_61: int = 0
    ticks: int = 0


class Pit:
    """Ports 40h to 43h and 61h."""

    ports = (0x40, 0x41, 0x42, CONTROL, PORT_61)

    def __init__(self) -> None:
        self.state = PitState()

    def tick(self) -> bool:
        """Let the timer tick; tell whether it did, since it does so for a while only."""
        if self.state.ticks >= MOST_TICKS:
            return False
        self.state = self.state._replace(ticks=self.state.ticks + 1)
        return True

    def read(self, port: int) -> int:
        """Return a byte of a counter that has gone on since, or port 61h."""
        if port == CONTROL:
            return 0xFF
        if port == PORT_61:
            self.state = self.state._replace(port_61=self.state.port_61 ^ (_REFRESH | _OUTPUT_2))
            return self.state.port_61
        return self._read_counter(port - 0x40)

    def write(self, port: int, value: int) -> None:
        """Set a counter's byte, choose how counters are accessed, or set port 61h."""
        if port == CONTROL:
            self._control(value)
        elif port == PORT_61:
            kept = self.state.port_61 & ~_WRITABLE_61
            self.state = self.state._replace(port_61=kept | (value & _WRITABLE_61))
        else:
            self._write_counter(port - 0x40, value)

    def _control(self, value: int) -> None:
        number, access = value >> 6, (value >> 4) & 3
        if number == 3:  # read-back: bit 5 clear latches the counts of the counters in bits 1 to 3
            for each in range(3):
                if not value & 0x20 and value & (2 << each):
                    self._latch(each)
        elif access == 0:
            self._latch(number)
        else:
            self._set(number, Counter(access=access))

    def _latch(self, number: int) -> None:
        counter = self._gone_on(self.state.counters[number])
        self._set(number, counter._replace(latched=counter.value, is_second=False))

    def _read_counter(self, number: int) -> int:
        counter = self.state.counters[number]
        if counter.latched is None:
            counter = self._gone_on(counter)
        value = counter.value if counter.latched is None else counter.latched
        if counter.access == BOTH and not counter.is_second:
            self._set(number, counter._replace(latched=value, is_second=True))
            return value & 0xFF
        self._set(number, counter._replace(latched=None, is_second=False))
        return value & 0xFF if counter.access == LOW else value >> 8

    def _write_counter(self, number: int, value: int) -> None:
        counter = self.state.counters[number]
        if counter.access == BOTH and not counter.is_second:
            self._set(number, counter._replace(pending=value, is_second=True))
            return
        count = {LOW: value, HIGH: value << 8, BOTH: counter.pending | value << 8}[counter.access]
        self._set(number, Counter(reload=count, value=count, access=counter.access))

    @staticmethod
    def _gone_on(counter: Counter) -> Counter:
        span = counter.reload or 0x10000
        return counter._replace(value=(counter.value - COUNTS_BETWEEN_LOOKS) % span)

    def _set(self, number: int, counter: Counter) -> None:
        counters = list(self.state.counters)
        counters[number] = counter
        self.state = self.state._replace(counters=(counters[0], counters[1], counters[2]))
