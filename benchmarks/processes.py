"""Programs run as a person runs them: wall time, and the most memory they held.

This module stays light: on Linux a child's peak starts at that of the process which started it. The
failure this prevents: a cold start timed in a warm process.
"""

from __future__ import annotations

import json
import os
import subprocess
import sys
import time
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any, NoReturn

from assistant.errors import AssistantError


class ProgramFailed(Exception):
    """A program that was to be measured ended with an error."""


@dataclass(frozen=True, slots=True)
class Ran:
    """What a program printed, how long it took, and its peak memory in bytes."""

    output: str
    seconds: float
    peak: int

    def result(self) -> dict[str, Any]:
        """The JSON object on its last line."""
        found: dict[str, Any] = json.loads(self.output.strip().splitlines()[-1])
        return found


def assistant(*arguments: str) -> list[str]:
    """The command line of this installation."""
    return [str(Path(sys.executable).with_name("assistant")), *arguments]


def part(module: str, *arguments: str) -> list[str]:
    """A module of this package as a program of its own."""
    return [sys.executable, "-m", f"benchmarks.{module}", *arguments]


def end(main: Callable[[], None]) -> NoReturn:
    """Run a part of this package and exit; an error that a person can mend is one line."""
    try:
        main()
    except AssistantError as error:
        print(f"error: {error}", file=sys.stderr)
        sys.exit(error.exit_code)
    sys.exit(0)


def run(command: Sequence[str], variables: Mapping[str, str]) -> Ran:
    """Run a program to its end; `ProgramFailed` when it does not exit with 0."""
    started = time.perf_counter()
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True, env={**os.environ, **variables}) as process:
        assert process.stdout is not None
        output = process.stdout.read()
        _, status, usage = os.wait4(process.pid, 0)
        process.returncode = os.waitstatus_to_exitcode(status)
    seconds = time.perf_counter() - started
    if process.returncode:
        raise ProgramFailed(f"{' '.join(command)} ended with {process.returncode}")
    return Ran(output, seconds, usage.ru_maxrss * (1 if sys.platform == "darwin" else 1024))
