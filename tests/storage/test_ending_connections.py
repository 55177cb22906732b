"""A connection that is given up: its thread ends, and nobody waits for it in vain."""

import asyncio
import contextlib
from pathlib import Path

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
