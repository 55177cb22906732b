"""Pictures of the main screen, held against those that a person has looked at.

`uv run pytest tests/console/test_pictures.py --snapshot-update` takes new ones; look at them.
"""

import asyncio
import shutil
from collections.abc import Callable
from pathlib import Path

import pytest
from centre import FrozenClock
from pytest_textual_snapshot import SVGImageExtension  # type: ignore[import-untyped]
from shift import NOW, OPERATOR, RINGING, App
from textual.pilot import Pilot

from dispatch_tui.settings import Settings

pytest_plugins = ("main_fixtures",)

SVGImageExtension.file_extension = "svg"  # the plugin sets the name that syrupy had before its 5.0


async def rested(pilot: Pilot[int]) -> None:
    """Wait until everything has been drawn that the frozen time brings."""
    app = pilot.app
    assert isinstance(app, App)
    app.theme = "dispatch-dark"
    async with asyncio.timeout(20):
        while not (app.live.signed_in and app.main and len(app.main._alarms) == RINGING):
            await pilot.pause(0.02)
        await pilot.press("down", "down")
        while (
            app.main._file is None or app.main._file.case.number != app.main.board.table.cursor_key
        ):
            await pilot.pause(0.02)
    await pilot.pause()


@pytest.mark.parametrize(
    ("size", "language"),
    [
        ((80, 24), "en"),
        ((120, 40), "en"),
        ((160, 50), "en"),
        ((80, 24), "zh_CN"),
        ((120, 40), "zh_CN"),
    ],
    ids=["80x24-en", "120x40-en", "160x50-en", "80x24-zh", "120x40-zh"],
)
def test_the_main_screen_looks_as_it_was_approved(
    shift_file: Path,
    tmp_path: Path,
    snap_compare: Callable[..., bool],
    size: tuple[int, int],
    language: str,
) -> None:
    path = Path(shutil.copy(shift_file, tmp_path / "dispatch.db"))
    settings = Settings(database=str(path), login=OPERATOR, language=language)
    app = App(settings, clock=FrozenClock(NOW))
    assert snap_compare(app, terminal_size=size, run_before=rested)
