"""The open queue as it is now: loaded once, then kept up by the feed."""

import asyncio
import heapq
from collections.abc import Callable, Iterable, Mapping
from contextlib import AsyncExitStack
from dataclasses import dataclass, field
from datetime import datetime
from importlib import import_module
from typing import TYPE_CHECKING, Any

from textual.message import Message

from dispatch_tui.desk.views import Case
from dispatch_tui.domain.alarms import LOUD, Alarm
from dispatch_tui.domain.duty import Rules
from dispatch_tui.domain.errors import DatabaseUnusable, DispatchError
from dispatch_tui.domain.people import Staff
from dispatch_tui.domain.reach import Reach
from dispatch_tui.settings import Settings

if TYPE_CHECKING:
    from dispatch_tui.desk.desk import Desk
    from dispatch_tui.desk.watching import Watch
    from dispatch_tui.storage.feed import Feed

RETRY_SECONDS = 1.0


@dataclass
class Opened(Message):
    """Somebody is signed in, and the queue is there."""


@dataclass
class Changed(Message):
    """Tickets were committed, by whomever; no numbers stand for a change of staff or rotation.

    `over` has those among them that are closed or cancelled now.
    """

    numbers: frozenset[str]
    over: Mapping[str, Case] = field(default_factory=dict)


@dataclass
class Rang(Message):
    """Flags that this person has not seen; `ring` when there is a new loud one among them."""

    alarms: tuple[Alarm, ...]
    ring: bool


@dataclass
class Trouble(Message):
    """The database does not answer; what is shown is as old as `since`. No error: it does again."""

    error: DispatchError | None
    since: datetime


@dataclass
class Refused(Message):
    """Nobody could be signed in."""

    error: DispatchError


@dataclass
class Failed(Message):
    """An error of our own: nothing more is heard of the database."""

    error: Exception


class Live:
    """Owns the desk of one console and tells the news; all of it runs in one event loop."""

    def __init__(
        self,
        settings: Settings,
        tell: Callable[[Message], Any],
        clock: Callable[[], datetime],
    ) -> None:
        self._settings = settings
        self._tell = tell
        self._clock = clock
        self._loaded = False
        self._people_changed = False
        self._trouble: Trouble | None = None
        self._desk: Desk | None = None
        self._watch: Watch | None = None
        self._feed: Feed | None = None
        self._rises: list[tuple[datetime, str]] = []
        self._rung: set[int] = set()
        self.cases: dict[str, Case] = {}
        self.staff: dict[str, Staff] = {}
        self.rules: Rules | None = None
        self.reach: Reach | None = None
        self.scanned_at: datetime | None = None

    @property
    def desk(self) -> "Desk":
        """The desk of whoever is signed in."""
        if self._desk is None:
            raise RuntimeError("nobody is signed in yet")
        return self._desk

    @property
    def signed_in(self) -> bool:
        """Whether there is a desk, and the queue of whoever sits at it."""
        return self._loaded

    async def run(self) -> None:
        """Sign in, load the queue and keep it up until cancelled."""
        async with AsyncExitStack() as stack:
            try:
                await self._open(stack)
            except DispatchError as error:
                self._tell(Refused(error))
                return
            self._loaded = True
            self._tell(Opened())
            try:
                await self._follow()
            except Exception as error:  # reads go on: the database stays open until the end
                self._tell(Failed(error))
                await asyncio.Event().wait()

    async def scan(self, now: datetime) -> None:
        """Raise the flags whose time has come since the last scan; nothing while in trouble."""
        if self._trouble is not None:
            return
        if self._people_changed:
            await self._reload_people()
        due = []
        while self._rises and self._rises[0][0] <= now:
            due.append(heapq.heappop(self._rises))
        try:
            await self._raise({number for _, number in due})
        except BaseException:
            for one in due:
                heapq.heappush(self._rises, one)
            raise
        risen = frozenset(number for _, number in due)
        self._expect(risen, now)
        self.scanned_at = now
        if risen:
            self._tell(Changed(risen))

    async def see(self, number: str, alarms: Iterable[Alarm]) -> None:
        """Remember that the flags of a ticket were seen."""
        seen = [one.id for one in alarms if one.flag.ticket == number]
        if seen and self._watch is not None:
            await self._watch.see(seen)
            await self._tell_unseen()

    async def _open(self, stack: AsyncExitStack) -> None:
        # Importing SQLAlchemy takes longer than the first paint: it happens beside it.
        bootstrap = await asyncio.to_thread(import_module, "dispatch_tui.bootstrap")
        watching = await asyncio.to_thread(import_module, "dispatch_tui.desk.watching")
        feeding = await asyncio.to_thread(import_module, "dispatch_tui.storage.feed")
        database = await stack.enter_async_context(bootstrap.opened(self._settings))
        self._desk = await bootstrap.desk_on(database, self._settings.login)
        self._desk.clock = self._clock
        self._watch = watching.Watch(self._desk)
        self._feed = feeding.feed_of(database)
        stack.callback(self._feed.stop)
        await self._feed.start()
        self.staff = await self.desk.staff()
        self.rules = await self.desk.rules()
        self.reach = await self.desk.reach()
        await self._reload()

    async def _follow(self) -> None:
        assert self._feed is not None
        assert self._watch is not None
        known = False
        while True:
            try:
                if self._trouble is not None:
                    await self._watch.check()
                if not known:
                    await self._watch.start()
                    known = True
                if self._trouble is not None:
                    await self._apply(None)
                    self._tell(Trouble(None, self._trouble.since))
                    self._trouble = None
                else:
                    await self._raise(self.cases)
                    await self._tell_unseen()
                async for change in self._feed.changes():
                    await self._apply(change.numbers)
                return
            except DatabaseUnusable as error:
                if self._trouble is None:
                    self._trouble = Trouble(error, self._clock())
                    self._tell(self._trouble)
                await asyncio.sleep(RETRY_SECONDS)

    async def _apply(self, numbers: frozenset[str] | None) -> None:
        over: dict[str, Case] = {}
        if numbers is None:
            before = set(self.cases)
            await self._reload()
            over = {one.number: one for one in await self.desk.cases(before - set(self.cases))}
            numbers = frozenset(before | set(self.cases))
        elif numbers:
            for case in await self.desk.cases(numbers):
                if case.is_open:
                    self.cases[case.number] = case
                else:
                    self.cases.pop(case.number, None)
                    over[case.number] = case
            self._expect(numbers, self._clock())
        else:
            self._people_changed = True
        if numbers:
            self._tell(Changed(numbers, over))
            await self._raise(numbers)
        await self._tell_unseen()

    async def _reload(self) -> None:
        self.cases = {case.number: case for case in await self.desk.open_cases()}
        self._rises = []
        self._expect(self.cases, self._clock())

    async def _reload_people(self) -> None:
        """Learn who there is: a commit without a ticket in it may have changed that."""
        self._people_changed = False
        staff, rules = await self.desk.staff(), await self.desk.rules()
        reach = await self.desk.reach()
        if (staff, rules, reach) != (self.staff, self.rules, self.reach):
            self.staff, self.rules, self.reach = staff, rules, reach
            self.desk.me = staff.get(self.desk.me.login, self.desk.me)
            self._tell(Changed(frozenset()))

    def _expect(self, numbers: Iterable[str], now: datetime) -> None:
        """Remember when the flags of these tickets rise next."""
        for number in numbers:
            case = self.cases.get(number)
            for clock in case.clocks if case else ():
                if (at := clock.next_rise_at(now)) is not None:
                    heapq.heappush(self._rises, (at, number))

    async def _raise(self, numbers: Iterable[str]) -> None:
        assert self._watch is not None
        cases = [self.cases[number] for number in numbers if number in self.cases]
        if await self._watch.scan(cases):
            await self._tell_unseen()

    async def _tell_unseen(self) -> None:
        assert self._watch is not None
        unseen = [one for one in await self._watch.unseen() if one.flag.level in LOUD]
        ring = any(one.id not in self._rung for one in unseen)
        self._rung.update(one.id for one in unseen)
        self._tell(Rang(tuple(unseen), ring))
