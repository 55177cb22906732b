"""A line between a client and a server that is slow, stalls, freezes or breaks."""

import asyncio
import random
import threading
from collections.abc import Coroutine
from concurrent.futures import Future
from types import TracebackType
from typing import Any, TypeVar

import msgspec

T = TypeVar("T")

PIECE = 120
"""Bytes that travel together: a tenth of a second of 9.6 kbit/s."""

BUFFERED = 16_384
"""Bytes that are under way at most; after that whoever writes has to wait."""


class Weather(msgspec.Struct, frozen=True, kw_only=True):
    """How a line is, each way; times in seconds, `rate` in bytes a second (0: any)."""

    delay: float = 0.0
    jitter: float = 0.0
    rate: float = 0.0
    stall: float = 0.0
    stall_every: float = 0.0


FAIR = Weather()
TRAIN = Weather(delay=0.3, jitter=0.1, rate=1200.0, stall=5.0, stall_every=20.0)
"""A phone's hotspot: 300 ms and 100 ms more or less, 9.6 kbit/s, now and then nothing for 5 s."""
SLOW = Weather(delay=0.3, jitter=0.1, rate=1200.0)
"""The same without the stalls."""


class Relay:
    """Passes connections on to a port of loopback in some weather, the same for the same seed.

    `down` counts the bytes that reached clients, `up` those that reached the server, which knows
    its clients by the `ports` that they come from.
    """

    def __init__(self, port: int, weather: Weather = FAIR, seed: int = 1) -> None:
        self.weather = weather
        self.up = self.down = 0
        self.ports: set[int] = set()
        self._target = port
        self._chance = random.Random(seed)
        self._loop = asyncio.new_event_loop()
        self._thaw = asyncio.Event()
        self._thaw.set()
        self._writers: set[asyncio.StreamWriter] = set()
        self._tasks: set[asyncio.Task[None]] = set()
        self._thread = threading.Thread(target=self._loop.run_forever, daemon=True)
        self._thread.start()
        self._server = self._call(asyncio.start_server(self._accept, "127.0.0.1", 0))
        self.port: int = self._server.sockets[0].getsockname()[1]

    def __enter__(self) -> "Relay":
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self._call(self._end())
        self._loop.call_soon_threadsafe(self._loop.stop)
        self._thread.join()
        self._loop.close()

    def freeze(self) -> None:
        """Pass nothing on any more, and tell nobody."""
        self._loop.call_soon_threadsafe(self._thaw.clear)

    def thaw(self) -> None:
        """Go on where it froze."""
        self._loop.call_soon_threadsafe(self._thaw.set)

    def cut(self) -> None:
        """Break every connection."""
        self._call(self._cut())

    async def _cut(self) -> None:
        for writer in self._writers:
            writer.transport.abort()

    async def _end(self) -> None:
        self._server.close()
        await self._cut()
        for task in self._tasks:
            task.cancel()
        await asyncio.gather(*self._tasks, return_exceptions=True)

    async def _accept(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        task = asyncio.current_task()
        assert task is not None
        self._tasks.add(task)
        task.add_done_callback(self._tasks.discard)
        far_reader, far_writer = await asyncio.open_connection("127.0.0.1", self._target)
        self.ports.add(far_writer.get_extra_info("sockname")[1])
        pair = {writer, far_writer}
        self._writers |= pair
        try:
            async with asyncio.TaskGroup() as group:
                group.create_task(self._pass(reader, far_writer, up=True))
                group.create_task(self._pass(far_reader, writer, up=False))
        except* (OSError, EOFError):
            """One end has gone: so does the other."""
        finally:
            self._writers -= pair
            for one in pair:
                one.transport.abort()

    async def _pass(
        self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter, *, up: bool
    ) -> None:
        pieces: asyncio.Queue[tuple[float, bytes]] = asyncio.Queue(BUFFERED // PIECE)
        async with asyncio.TaskGroup() as group:
            group.create_task(self._deliver(pieces, writer, up=up))
            free_at = stalls_at = self._loop.time()
            while True:
                await self._thaw.wait()
                piece = await reader.read(PIECE)
                if not piece:
                    raise EOFError
                weather, now = self.weather, self._loop.time()
                free_at = max(free_at, now)
                if weather.rate:
                    free_at += len(piece) / weather.rate
                if weather.stall and now >= stalls_at + weather.stall_every:
                    stalls_at = now
                    free_at += weather.stall
                jitter = self._chance.uniform(-weather.jitter, weather.jitter)
                await pieces.put((free_at + weather.delay + jitter, piece))

    async def _deliver(
        self,
        pieces: "asyncio.Queue[tuple[float, bytes]]",
        writer: asyncio.StreamWriter,
        *,
        up: bool,
    ) -> None:
        while True:
            due_at, piece = await pieces.get()
            await asyncio.sleep(max(0.0, due_at - self._loop.time()))
            await self._thaw.wait()
            writer.write(piece)
            if up:
                self.up += len(piece)
            else:
                self.down += len(piece)
            await writer.drain()

    def _call(self, work: Coroutine[Any, Any, T]) -> T:
        done: Future[T] = asyncio.run_coroutine_threadsafe(work, self._loop)
        return done.result(10)
