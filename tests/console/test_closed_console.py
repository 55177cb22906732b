"""Nothing leads out of the console: no shell, no browser, and for a guest of the server no file."""

import signal
import webbrowser
from collections.abc import Iterator
from pathlib import Path

import pytest
from msgspec.structs import replace
from shift import OPERATOR, App, Shift
from textual.drivers.headless_driver import HeadlessDriver

from dispatch_tui.console.screens import acting

pytest_plugins = ("main_fixtures",)


@pytest.fixture
def stops() -> Iterator[list[int]]:
    """The signals to stop that this process got, which it lives through."""
    got: list[int] = []
    before = signal.signal(signal.SIGTSTP, lambda number, _: got.append(number))
    yield got
    signal.signal(signal.SIGTSTP, before)


async def test_a_guest_writes_no_list_to_the_disk_of_the_server(
    shift: Shift, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    folder = tmp_path / "documents"
    monkeypatch.setattr(acting, "export_folder", lambda: folder)
    settings = replace(shift.settings(OPERATOR), remote=True, guarded=True)
    console = await shift.start(App(settings, clock=shift.clock), (80, 24))
    await console.press("w")
    await console.until(lambda: "Over SSH no file is written" in console.notice)
    assert not folder.exists()


async def test_textuals_own_ways_out_are_closed(
    shift: Shift, stops: list[int], monkeypatch: pytest.MonkeyPatch
) -> None:
    opened: list[str] = []
    monkeypatch.setattr(webbrowser, "open", lambda url, *_, **__: opened.append(url))
    monkeypatch.setattr(HeadlessDriver, "can_suspend", True)
    console = await shift.console(OPERATOR)
    app = console.app
    await app.run_action("suspend_process")
    await app.run_action("screenshot")
    await console.press("ctrl+z")
    app.open_url("https://example.org")
    assert app.deliver_screenshot() is None
    assert app.deliver_text(Path(__file__)) is None
    assert app.deliver_binary(Path(__file__)) is None
    assert (stops, opened) == ([], [])
