"""Fixtures of the main screen's tests; a plugin, which each of their modules names."""

import asyncio
import shutil
from collections.abc import AsyncIterator
from contextlib import AsyncExitStack
from pathlib import Path

import pytest
from shift import MANAGER, NOW, ZONE, Shift

from dispatch_tui.bootstrap import opened
from dispatch_tui.desk.bringing.bring import bring
from dispatch_tui.desk.demo import sample
from dispatch_tui.settings import Settings


@pytest.fixture(scope="session")
def shift_file(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The sample with its tickets, moved to the frozen time; to be copied."""
    path = tmp_path_factory.mktemp("shift") / "dispatch.db"

    async def fill() -> None:
        async with opened(Settings(database=str(path))) as database:
            brought = await bring(database, sample(NOW, ZONE), MANAGER, zone=ZONE, now=NOW)
            assert not brought.problems

    asyncio.run(fill())
    return path


@pytest.fixture
async def shift(tmp_path: Path, shift_file: Path) -> AsyncIterator[Shift]:
    """The sample's shift on a file of its own."""
    path = tmp_path / "dispatch.db"
    shutil.copy(shift_file, path)
    async with AsyncExitStack() as stack:
        yield Shift(path, stack)
