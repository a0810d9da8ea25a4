"""Answers come from blocking code: each runs in a thread of its own, and can be stopped.

The failure this prevents: one long answer that freezes the page of everybody else, and a stop
button that leaves the model running.
"""

from __future__ import annotations

import asyncio
import threading
from collections.abc import AsyncGenerator, Callable, Generator, Iterator
from concurrent.futures import ThreadPoolExecutor
from typing import Generic, TypeVar

Item = TypeVar("Item")
_AT_ONCE = 64


class _End:
    """Marks the end of the queue."""


class Producer(Generic[Item]):
    """Runs blocking iterators in threads and hands their items to the event loop.

    An iterator is made, read and closed in one and the same thread, because some native libraries
    ask for it.
    """

    def __init__(self) -> None:
        self._executor = ThreadPoolExecutor(max_workers=_AT_ONCE, thread_name_prefix="answer")
        self._closing = threading.Event()

    async def items(self, start: Callable[[], Iterator[Item]]) -> AsyncGenerator[Item, None]:
        """Yield what `start()` yields; leaving the loop early stops the iterator at its next item.

        What the iterator raises is raised here.
        """
        loop = asyncio.get_running_loop()
        queue: asyncio.Queue[Item | _End] = asyncio.Queue()
        left = threading.Event()

        def produce() -> None:
            if left.is_set() or self._closing.is_set():
                return
            iterator = start()
            for item in iterator:
                if left.is_set() or self._closing.is_set():
                    break
                loop.call_soon_threadsafe(queue.put_nowait, item)
            if isinstance(iterator, Generator):
                iterator.close()

        work = loop.run_in_executor(self._executor, produce)
        work.add_done_callback(lambda _: queue.put_nowait(_End()))
        try:
            while not isinstance(item := await queue.get(), _End):
                yield item
            await work
        finally:
            left.set()
            work.add_done_callback(_retrieve)

    def close(self) -> None:
        """Stop all answers at their next item; called once, when the server ends."""
        self._closing.set()
        self._executor.shutdown(wait=True, cancel_futures=True)


def _retrieve(work: asyncio.Future[None]) -> None:
    """Read the outcome of an answer nobody waits for any more, so that asyncio does not report it as lost."""
    if not work.cancelled():
        work.exception()
