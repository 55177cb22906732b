"""A connection that is given up: its thread ends, and nobody waits for it in vain."""

import asyncio
import contextlib
import threading
from pathlib import Path
from typing import Any

import pytest

from dispatch_tui.storage import driver
from dispatch_tui.storage.connection import Connection
from dispatch_tui.storage.place import prepare


async def test_closing_what_was_already_told_to_end_comes_back(tmp_path: Path) -> None:
    path = tmp_path / "dispatch.db"
    prepare(path)
    connection = await Connection(
        path, lambda: driver.open_for_work(path, 20, foreign_keys=True)
    ).open()
    closing = asyncio.create_task(connection.close())
    await asyncio.sleep(0)
    connection.stop()
    async with asyncio.timeout(5):
        with contextlib.suppress(ValueError):
            await closing
        await asyncio.to_thread(connection._thread.join)


@pytest.mark.filterwarnings("error::pytest.PytestUnhandledThreadExceptionWarning")
def test_an_answer_after_the_end_of_the_loop_is_dropped_and_the_file_closed(
    tmp_path: Path,
) -> None:
    path = tmp_path / "dispatch.db"
    prepare(path)
    begun, go_on = threading.Event(), threading.Event()
    held: list[Any] = []

    def work() -> None:
        begun.set()
        go_on.wait(5)

    async def leave_while_it_works() -> Connection:
        connection = await Connection(
            path, lambda: driver.open_for_work(path, 20, foreign_keys=True)
        ).open()
        held.append(connection._conn)
        working = asyncio.create_task(connection.run(work))
        await asyncio.to_thread(begun.wait, 5)
        working.cancel()
        return connection

    connection = asyncio.run(leave_while_it_works())
    go_on.set()
    connection._thread.join(5)
    assert not connection._thread.is_alive()
    with pytest.raises(driver.errors(), match="closed"):
        held[0].execute("SELECT 1")
