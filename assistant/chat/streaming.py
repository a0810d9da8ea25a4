"""Answers come from blocking code: each runs in a thread of its own, and can be stopped.

The failure this prevents: one long answer that freezes the page of everybody else, and a stop
button that leaves the model running.
"""

from __future__ import annotations

import asyncio
import threading
import time
from collections.abc import AsyncGenerator, Callable, Generator, Iterator
from concurrent.futures import Future
from typing import Generic, TypeVar

Item = TypeVar("Item")
_SECONDS_TO_END = 2.0


class _End:
    """Marks the end of the queue."""


class Producer(Generic[Item]):
    """Runs blocking iterators, one thread each, and hands their items to the event loop.

    An iterator is made, read and closed in one and the same thread, because some native libraries
    ask for it. The threads are daemons: one that is deep in a model does not keep the program from ending.
    """

    def __init__(self) -> None:
        self._closing = threading.Event()
        self._threads: set[threading.Thread] = set()

    async def items(self, start: Callable[[], Iterator[Item]]) -> AsyncGenerator[Item, None]:
        """Yield what `start()` yields; leaving the loop early stops the iterator at its next item.

        What the iterator raises is raised here.
        """
        loop = asyncio.get_running_loop()
        queue: asyncio.Queue[Item | _End] = asyncio.Queue()
        left = threading.Event()
        work: Future[None] = Future()

        def hand_over(item: Item) -> bool:
            if left.is_set() or self._closing.is_set():
                return False
            loop.call_soon_threadsafe(queue.put_nowait, item)
            return True

        ended = asyncio.wrap_future(work)
        ended.add_done_callback(lambda _: queue.put_nowait(_End()))
        self._run(lambda: _read(start, hand_over), work)
        try:
            while not isinstance(item := await queue.get(), _End):
                yield item
            await ended
        finally:
            left.set()
            ended.add_done_callback(_retrieve)

    def close(self) -> None:
        """Stop all answers at their next item and wait a little for them; called once, when the server ends."""
        self._closing.set()
        deadline = time.monotonic() + _SECONDS_TO_END
        for thread in tuple(self._threads):
            thread.join(max(0.0, deadline - time.monotonic()))

    def _run(self, task: Callable[[], None], work: Future[None]) -> None:
        def run() -> None:
            try:
                task()
            except BaseException as error:  # noqa: BLE001  (raised again where the items are read)
                work.set_exception(error)
            else:
                work.set_result(None)
            finally:
                self._threads.discard(thread)

        thread = threading.Thread(target=run, name="answer", daemon=True)
        self._threads.add(thread)
        thread.start()


def _read(start: Callable[[], Iterator[Item]], hand_over: Callable[[Item], bool]) -> None:
    """Hand over items until there are no more, or nobody wants them."""
    iterator = start()
    try:
        for item in iterator:
            if not hand_over(item):
                break
    finally:
        if isinstance(iterator, Generator):
            iterator.close()


def _retrieve(ended: asyncio.Future[None]) -> None:
    """Read the outcome of an answer nobody waits for any more, so that asyncio does not report it as lost."""
    if not ended.cancelled():
        ended.exception()
