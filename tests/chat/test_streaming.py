import asyncio
import threading
import time
from collections.abc import Iterator
from contextlib import aclosing

import pytest

from assistant.chat.streaming import Producer
from assistant.errors import ContextOverflow


@pytest.fixture
def producer() -> Iterator[Producer[int]]:
    one: Producer[int] = Producer()
    yield one
    one.close()


async def gather(producer: Producer[int], source: Iterator[int]) -> list[int]:
    return [item async for item in producer.items(lambda: source)]


def test_items_come_in_order(producer: Producer[int]) -> None:
    assert asyncio.run(gather(producer, iter(range(5)))) == [0, 1, 2, 3, 4]


def test_ten_slow_answers_do_not_wait_for_one_another(producer: Producer[int]) -> None:
    meeting = threading.Barrier(10, timeout=10)

    def answer() -> Iterator[int]:
        yield meeting.wait()

    async def ask_ten_times() -> list[list[int]]:
        return await asyncio.gather(*(gather(producer, answer()) for _ in range(10)))

    assert sorted(asyncio.run(ask_ten_times())) == [[n] for n in range(10)]


def test_leaving_early_closes_the_iterator_in_its_own_thread(producer: Producer[int]) -> None:
    threads: list[str] = []
    closed = threading.Event()

    def endless() -> Iterator[int]:
        threads.append(threading.current_thread().name)
        try:
            while True:
                yield 1
                time.sleep(0.001)
        finally:
            threads.append(threading.current_thread().name)
            closed.set()

    async def read_one() -> int:
        async with aclosing(producer.items(endless)) as items:
            return await anext(items)

    assert asyncio.run(read_one()) == 1
    assert closed.wait(5)
    assert len(set(threads)) == 1


def test_cancelling_the_reader_stops_the_iterator(producer: Producer[int]) -> None:
    closed = threading.Event()

    def endless() -> Iterator[int]:
        try:
            while True:
                yield 1
                time.sleep(0.001)
        finally:
            closed.set()

    async def read_all() -> None:
        async with aclosing(producer.items(endless)) as items:
            async for _ in items:
                pass

    async def stop_it() -> None:
        task = asyncio.create_task(read_all())
        await asyncio.sleep(0.05)
        task.cancel()
        with pytest.raises(asyncio.CancelledError):
            await task

    asyncio.run(stop_it())
    assert closed.wait(5)


def test_an_error_of_the_iterator_is_raised_to_the_reader_after_its_items(producer: Producer[int]) -> None:
    seen: list[int] = []

    def breaks() -> Iterator[int]:
        yield 1
        raise ContextOverflow("too long")

    async def read() -> None:
        items = producer.items(breaks)
        seen.append(await anext(items))
        await anext(items)

    with pytest.raises(ContextOverflow, match="too long"):
        asyncio.run(read())
    assert seen == [1]


def test_closing_ends_answers_that_are_still_being_written() -> None:
    producer: Producer[int] = Producer()
    closed = threading.Event()

    def endless() -> Iterator[int]:
        try:
            while True:
                yield 1
                time.sleep(0.001)
        finally:
            closed.set()

    async def close_while_reading() -> int:
        items = producer.items(endless)
        first = await anext(items)
        await asyncio.to_thread(producer.close)
        await items.aclose()
        return first

    assert asyncio.run(close_while_reading()) == 1
    assert closed.is_set()


def test_an_answer_deep_in_a_model_does_not_keep_the_server_from_ending() -> None:
    producer: Producer[int] = Producer()
    released = threading.Event()

    def deep() -> Iterator[int]:
        yield 1
        released.wait(30)
        yield 2

    async def close_while_it_thinks() -> float:
        items = producer.items(deep)
        await anext(items)
        started = time.monotonic()
        await asyncio.to_thread(producer.close)
        await items.aclose()
        return time.monotonic() - started

    try:
        assert asyncio.run(close_while_it_thinks()) < 10
    finally:
        released.set()
