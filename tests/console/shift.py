"""A shift at the sample's service centre: its database at a frozen time, and consoles on it."""

import asyncio
from collections.abc import AsyncIterator, Callable
from contextlib import AsyncExitStack, asynccontextmanager
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

import pytest
from centre import FrozenClock
from textual._context import active_app, active_message_pump
from textual.events import Key, Resize
from textual.geometry import Size
from textual.keys import _character_to_key
from textual.pilot import Pilot

from dispatch_tui.bootstrap import desk as open_desk
from dispatch_tui.console import app as console_app
from dispatch_tui.console.app import DispatchApp
from dispatch_tui.console.panes import board as board_pane
from dispatch_tui.console.panes.board import Board
from dispatch_tui.console.screens.main import MainScreen
from dispatch_tui.console.widgets.sheet import Sheet
from dispatch_tui.desk.desk import Desk
from dispatch_tui.domain import commands as c
from dispatch_tui.settings import Settings

ZONE = ZoneInfo("Asia/Shanghai")
NOW = datetime(2026, 3, 11, 3, 20, 30, tzinfo=UTC)
"""A Wednesday, 11:20 and 30 seconds in the company's zone."""

OPERATOR, MANAGER, OTHER_MANAGER = "luo.xiaoyan", "chen.jing", "shen.weiguo"
SUPERVISOR = "yue.wenjing"
ENGINEER = "xie.xiaodong"
CT = "BH8K58139X"
OPEN, NEAR, BREACHED, RINGING = 27, 7, 2, 6
"""How many of the sample's tickets are open at that time, near a limit, past one, and unseen."""
PATIENCE = 15.0
TYPED = {"space": " ", "slash": "/", "question_mark": "?"}


class App(DispatchApp):
    """The console, counting how often it rings."""

    CSS_PATH = str(Path(console_app.__file__).with_name("console.tcss"))
    bells = 0

    def bell(self) -> None:
        self.bells += 1

    def _freeze(self) -> None:
        """Where a hundred consoles run one after another, none is kept for ever."""


class Console:
    """A console under test: keys go in, and what is there is looked at."""

    def __init__(self, app: App, pilot: Pilot[Any], over: asyncio.Event) -> None:
        self.app = app
        self.pilot = pilot
        self._over = over

    @property
    def main(self) -> MainScreen:
        """The screen with the panes."""
        assert self.app.main is not None
        return self.app.main

    @property
    def board(self) -> Board:
        """The queue pane."""
        return self.main.board

    @property
    def numbers(self) -> list[str]:
        """The tickets of the list from top to bottom."""
        rows = self.board.table._rows
        return [rows[place].key for place in range(len(rows))]

    @property
    def cursor(self) -> str | None:
        """The ticket under the cursor."""
        return self.board.table.cursor_key

    def enter(self) -> None:
        """Let what the test calls find this app, as the app's own tasks do."""
        active_app.set(self.app)
        active_message_pump.set(self.app)

    async def press(self, *keys: str) -> None:
        """Press keys, by their names, each when what the one before brought about is done.

        The pilot's own way waits until the process idles, which one that polls hardly does.
        """
        self.enter()
        driver = self.app._driver
        assert driver is not None
        for name in keys:
            key = _character_to_key(name) if len(name) == 1 else name
            event = Key(key, name if len(name) == 1 else TYPED.get(name))
            event.set_sender(self.app)
            driver.send_message(event)
            await self.settled()

    async def settled(self) -> None:
        """Wait until every message is worked off, with those that came of it."""
        for _ in range(4):
            if self.app.is_running:
                await self.pilot.pause(0)

    async def type(self, text: str) -> None:
        """Type a text."""
        await self.press(*("space" if char == " " else char for char in text))

    async def until(self, holds: Callable[[], bool], patience: float = PATIENCE) -> None:
        """Wait for a condition."""
        self.enter()
        try:
            async with asyncio.timeout(patience):
                while not holds():
                    if self.app.crash is not None:
                        raise self.app.crash
                    await asyncio.sleep(0.01)
        except TimeoutError:
            pytest.fail(f"in vain; on the screen is:\n{self.text}")

    async def shows(self, *texts: str) -> None:
        """Wait until all of it is on the screen."""
        await self.until(lambda: all(text in self.text for text in texts))

    async def hides(self, text: str) -> None:
        """Wait until it is no longer on the screen."""
        await self.until(lambda: text not in self.text)

    async def go_to(self, number: str) -> None:
        """Move the cursor by keys onto a ticket."""
        await self.press("home")
        while self.cursor != number:
            before = self.cursor
            await self.press("down")
            assert self.cursor != before, f"{number} is not in the list"

    async def rested(self) -> None:
        """Wait until the panes show the ticket under the cursor."""
        number = self.cursor
        assert number is not None
        await self.until(lambda: number in self.sheet("ticket").split("\n")[0])

    async def resize(self, columns: int, lines: int) -> None:
        """Give the terminal another size."""
        self.enter()
        size = Size(columns, lines)
        self.app._driver._size = size  # type: ignore[union-attr]
        self.app.post_message(Resize(size, size))
        await self.until(lambda: self.app.screen.size == size and self.main.size == size)
        await self.until(lambda: self.app.screen._compositor.size == size)
        await self.settled()

    def moved_long_ago(self) -> None:
        """Let the cursor have rested for as long as it takes to sort anew."""
        self.board.table.last_moved_at -= board_pane.STILL_SECONDS + 1

    def sheet(self, name: str) -> str:
        """What is in sight of a sheet."""
        sheet = self.main.query_one(f"#{name}", Sheet)
        lines = (sheet._line(y) for y in range(sheet.size.height))
        return "\n".join("".join(span.text for span in one) for one in lines)

    @property
    def notice(self) -> str:
        """What is said at the bottom."""
        return " ".join(self.sheet("notice").split())

    @property
    def lines(self) -> list[str]:
        """The lines of the screen."""
        _, height = self.app.size
        strips = self.app.screen._compositor.render_strips()
        return ["".join(part.text for part in line) for line in strips[:height]]

    @property
    def text(self) -> str:
        """Everything that is on the screen."""
        return "\n".join(self.lines)

    async def close(self) -> None:
        """End it."""
        self._over.set()
        await asyncio.sleep(0)


class Shift:
    """One database at a time of its own, desks on it, and consoles that people open."""

    def __init__(self, path: Path, stack: AsyncExitStack) -> None:
        self.path = path
        self.clock = FrozenClock(NOW)
        self._stack = stack
        self._desks: dict[str, Desk] = {}

    def settings(self, login: str, language: str = "en") -> Settings:
        """The settings of one person's console."""
        return Settings(database=str(self.path), login=login, language=language)

    async def desk(self, login: str = MANAGER) -> Desk:
        """The desk of a person, as another terminal has it."""
        if login not in self._desks:
            desk = await self._stack.enter_async_context(open_desk(self.settings(login)))
            desk.clock = self.clock
            self._desks[login] = desk
        return self._desks[login]

    async def log(self, fault: str = "No image", *, ago: int = 0, **more: Any) -> str:
        """Log a call some minutes ago, as somebody at another terminal; returns its number."""
        desk = await self.desk(OPERATOR)
        call = c.LogCall(fault=fault, **({"customer": "C001", "device": CT} | more))
        at = self.clock.now - timedelta(minutes=ago)
        return (await desk.log_call(call, reported_at=at)).number

    async def act(self, number: str, command: c.Command, login: str = MANAGER) -> None:
        """Give a command as somebody at another terminal."""
        await (await self.desk(login)).act(number, command)

    async def cancel(self, number: str) -> None:
        """End a ticket as somebody at another terminal."""
        await self.act(number, c.Cancel(reason="a slip"))

    async def open_numbers(self) -> list[str]:
        """The open tickets, the least time left first."""
        return [case.number for case in await (await self.desk()).open_cases()]

    async def start(
        self, app: App, size: tuple[int, int] = (120, 40), *, opened: bool = True
    ) -> Console:
        """Start a console; unless said otherwise it is signed in when this returns."""
        console = await self._stack.enter_async_context(_running(app, size))
        if opened:
            await console.until(lambda: app.live.signed_in and bool(console.numbers))
            await console.rested()
        return console

    def app(self, login: str = OPERATOR, *, language: str = "en", **more: Any) -> App:
        """The console of a person, not started yet."""
        return App(self.settings(login, language), clock=self.clock, **more)

    async def console(
        self, login: str = OPERATOR, size: tuple[int, int] = (120, 40), *, language: str = "en"
    ) -> Console:
        """Open a console for a person; it is signed in when this returns."""
        return await self.start(self.app(login, language=language), size)


@asynccontextmanager
async def _running(app: App, size: tuple[int, int]) -> AsyncIterator[Console]:
    """An app that runs in a task of its own: Textual begins and ends in one context."""
    ready: asyncio.Future[Pilot[Any]] = asyncio.get_running_loop().create_future()
    over = asyncio.Event()

    async def run() -> None:
        async with app.run_test(size=size) as pilot:
            ready.set_result(pilot)
            await over.wait()
            app.exit(0)

    task = asyncio.create_task(run())
    await asyncio.wait((task, ready), return_when=asyncio.FIRST_COMPLETED)
    if task.done():
        await task
    try:
        yield Console(app, ready.result(), over)
    finally:
        over.set()
        await task
