"""The console on a real SQLite database with the people and files of the sample."""

import asyncio
import shutil
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import AsyncExitStack, asynccontextmanager
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

import pytest
from textual._context import active_app, active_message_pump
from textual.pilot import Pilot

from dispatch_tui.bootstrap import desk as open_desk
from dispatch_tui.bootstrap import opened
from dispatch_tui.console.app import DispatchApp
from dispatch_tui.desk.bringing.bring import bring
from dispatch_tui.desk.bringing.sheets import Source
from dispatch_tui.desk.desk import Desk
from dispatch_tui.domain import commands as c
from dispatch_tui.settings import Settings

SAMPLE = Path(__file__).parents[2] / "sample_data"
FILES = ("stations", "staff", "rotation", "customers", "contacts", "devices")
OPERATOR, MANAGER, OTHER_MANAGER = "luo.xiaoyan", "chen.jing", "shen.weiguo"
CT, VENTILATOR = "BH8K58139X", "NV-8009-26"
PATIENCE = 10.0


@pytest.fixture(scope="session")
def sample_file(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A database with the sample's files and no ticket, to be copied."""
    path = tmp_path_factory.mktemp("sample") / "dispatch.db"
    sources = [Source(f"{name}.csv", (SAMPLE / f"{name}.csv").read_bytes()) for name in FILES]

    async def fill() -> None:
        async with opened(Settings(database=str(path))) as database:
            zone = ZoneInfo("Asia/Shanghai")
            brought = await bring(database, sources, MANAGER, zone=zone, now=datetime.now(UTC))
            assert not brought.problems

    asyncio.run(fill())
    return path


class Centre:
    """One database, the desks of several people on it, and consoles that they open."""

    def __init__(self, path: Path, stack: AsyncExitStack) -> None:
        self.path = path
        self._stack = stack
        self._desks: dict[str, Desk] = {}

    def settings(self, login: str, language: str = "en") -> Settings:
        """The settings of one person's console."""
        return Settings(database=str(self.path), login=login, language=language)

    async def desk(self, login: str = MANAGER) -> Desk:
        """The desk of a person, as another terminal has it."""
        if login not in self._desks:
            self._desks[login] = await self._stack.enter_async_context(
                open_desk(self.settings(login))
            )
        return self._desks[login]

    async def log(
        self, fault: str = "No image", *, device: str = CT, ago: int = 90, **more: Any
    ) -> str:
        """Log a call some minutes ago; returns its number."""
        desk = await self.desk(OPERATOR)
        at = datetime.now(UTC) - timedelta(minutes=ago)
        call = c.LogCall(fault=fault, customer="C001", device=device, **more)
        return (await desk.log_call(call, reported_at=at)).number

    async def act(self, number: str, command: c.Command, login: str = MANAGER) -> None:
        """Give a command as somebody at another terminal."""
        await (await self.desk(login)).act(number, command)

    async def console(
        self,
        login: str = OPERATOR,
        size: tuple[int, int] = (80, 24),
        *,
        language: str = "en",
    ) -> "Console":
        """Open a console for a person; it is signed in when this returns."""
        app = DispatchApp(self.settings(login, language))
        pilot = await self._stack.enter_async_context(_running(app, size))
        console = Console(app, pilot)
        await console.until(lambda: app.live.signed_in and app.live.staff != {})
        return console


@asynccontextmanager
async def _running(app: DispatchApp, size: tuple[int, int]) -> AsyncIterator[Pilot[Any]]:
    """An app that runs in a task of its own: Textual begins and ends in one context."""
    ready: asyncio.Future[Pilot[Any]] = asyncio.get_running_loop().create_future()
    over = asyncio.Event()

    async def run() -> None:
        async with app.run_test(size=size) as pilot:
            ready.set_result(pilot)
            await over.wait()

    task = asyncio.create_task(run())
    await asyncio.wait((task, ready), return_when=asyncio.FIRST_COMPLETED)
    try:
        yield ready.result()
    finally:
        over.set()
        await task


class Console:
    """A console under test: keys go in, and what is there is looked at."""

    def __init__(self, app: DispatchApp, pilot: Pilot[Any]) -> None:
        self.app = app
        self.pilot = pilot
        self.results: list[Any] = []

    def enter(self) -> None:
        """Let what the test calls find this app, as the app's own tasks do."""
        active_app.set(self.app)
        active_message_pump.set(self.app)

    async def open(self, screen: Any) -> Any:
        """Put a form over the panes; its result is the last of `results`."""
        self.enter()
        self.app.push_screen(screen, self.results.append)
        await self.until(lambda: self.app.screen is screen and screen.is_mounted)
        await self.pilot.pause()
        return screen

    async def type(self, *texts: str) -> None:
        """Press keys; a text in angle brackets, such as <enter>, is one key."""
        self.enter()
        for text in texts:
            if text.startswith("<") and text.endswith(">") and len(text) > 2:
                await self.pilot.press(text[1:-1])
            else:
                await self.pilot.press(*(KEY_NAMES.get(char, char) for char in text))

    async def until(self, holds: Callable[[], bool | Awaitable[bool]]) -> None:
        """Wait for a condition."""
        self.enter()
        async with asyncio.timeout(PATIENCE):
            while True:
                found = holds()
                if found if isinstance(found, bool) else await found:
                    return
                await asyncio.sleep(0.01)

    async def seen(self, *texts: str) -> None:
        """Wait until all of these are on the screen, wrapped or not."""
        try:
            await self.until(lambda: all(text in self.text() + self.flat() for text in texts))
        except TimeoutError:
            pytest.fail(f"{texts} not all on the screen:\n{self.text()}")

    async def gone(self, *texts: str) -> None:
        """Wait until none of these is on the screen."""
        await self.until(lambda: not any(text in self.text() for text in texts))

    def flat(self) -> str:
        """What is on the screen as one line, without frames."""
        return " ".join(self.text().replace("|", " ").split())

    def text(self) -> str:
        """Everything that is on the screen."""
        _, height = self.app.size
        lines = self.app.screen._compositor.render_strips()
        return "\n".join("".join(segment.text for segment in line) for line in lines[:height])


KEY_NAMES = {" ": "space", "[": "left_square_bracket", "]": "right_square_bracket"}


@pytest.fixture
async def centre(tmp_path: Path, sample_file: Path) -> AsyncIterator[Centre]:
    """The sample's centre on a file of its own."""
    path = tmp_path / "dispatch.db"
    shutil.copy(sample_file, path)
    async with AsyncExitStack() as stack:
        yield Centre(path, stack)
