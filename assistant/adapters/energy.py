"""Energy used by answers: the processor's own counter where the system lets it be read, else an estimate.

The failure this prevents: a cost shown to the milliwatt that nobody can say how it was obtained.
"""

from __future__ import annotations

import time
from pathlib import Path

_RAPL = Path("/sys/class/powercap/intel-rapl:0/energy_uj")
WATTS_PER_CORE = 10.0
"""Assumed draw of one busy core of a server processor, its share of the memory and fans included."""

_MICROJOULES_PER_WATT_HOUR = 3.6e9


class RaplMeter:
    """Reads the processor package's energy counter (running average power limit interface)."""

    method = "measured: processor package energy counter (RAPL), whole machine"

    def __init__(self, counter: Path = _RAPL) -> None:
        self.counter = counter

    def read(self) -> float:
        """Watt-hours since the counter last wrapped."""
        return int(self.counter.read_text(encoding="ascii")) / _MICROJOULES_PER_WATT_HOUR


class ProcessorTimeMeter:
    """Estimates energy from the processor time of this process."""

    method = f"estimated: processor seconds of this process x {WATTS_PER_CORE:g} W per core"

    def read(self) -> float:
        """Watt-hours since the process started."""
        return time.process_time() * WATTS_PER_CORE / 3600


def energy_meter(counter: Path = _RAPL) -> RaplMeter | ProcessorTimeMeter:
    """The counter where it can be read, else the estimate."""
    meter = RaplMeter(counter)
    try:
        meter.read()
    except (OSError, ValueError):
        return ProcessorTimeMeter()
    return meter
