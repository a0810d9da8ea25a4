"""Memory of the chat while it serves: it is started, asked for its pages, and ended.

The failure this prevents: a memory figure of a server that has not loaded what it needs to answer.
"""

from __future__ import annotations

import os
import re
import signal
import subprocess
import urllib.request
from collections.abc import Mapping
from typing import IO

import psutil

from benchmarks.processes import ProgramFailed, assistant

_ADDRESS = re.compile(r"http://127\.0\.0\.1:\d+")
_PAGES = ("/", "/source/rgpd:art-33.1")
_PATIENCE = 30


def memory(variables: Mapping[str, str]) -> int:
    """Bytes resident once its pages were read; `ProgramFailed` when it does not start."""
    command = assistant("serve", "--port", "0")
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True, env={**os.environ, **variables}) as process:
        assert process.stdout is not None
        try:
            address = _address(process.stdout)
            for page in _PAGES:
                with urllib.request.urlopen(address + page, timeout=_PATIENCE) as response:  # noqa: S310  (loopback)
                    response.read()
            return sum(one.memory_info().rss for one in _family(process.pid))
        finally:
            process.send_signal(signal.SIGTERM)


def _address(output: IO[str]) -> str:
    for line in output:
        if found := _ADDRESS.search(line):
            return found[0]
    raise ProgramFailed("`assistant serve` ended before it served")


def _family(pid: int) -> list[psutil.Process]:
    parent = psutil.Process(pid)
    return [parent, *parent.children(recursive=True)]
