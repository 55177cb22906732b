"""The open queue as it is now: loaded once, then kept up by the feed."""

import asyncio
from collections.abc import Callable, Iterable, Mapping
from contextlib import AsyncExitStack
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from importlib import import_module
from time import monotonic
from typing import TYPE_CHECKING, Any

from textual.message import Message

from dispatch_tui.console.bell import Bell
from dispatch_tui.console.presence import Presence
from dispatch_tui.console.troubles import Troubles
from dispatch_tui.desk.views import Case
from dispatch_tui.domain.alarms import Alarm
from dispatch_tui.domain.duty import Rules
from dispatch_tui.domain.errors import (
    DatabaseAway,
    DatabaseUnusable,
    DispatchError,
    NotAllowed,
    NotFound,
)
from dispatch_tui.domain.message import N_
from dispatch_tui.domain.people import Staff
from dispatch_tui.domain.reach import Reach
from dispatch_tui.settings import Settings

if TYPE_CHECKING:
    from dispatch_tui.desk.desk import Desk
    from dispatch_tui.desk.standing_by import StandingBy
    from dispatch_tui.storage.feed import Change, Feed

RETRY_SECONDS = 1.0
"""So long after a failure the database is opened again."""


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
class Refused(Message):
    """Nobody could be signed in, or whoever was is not any more."""

    error: DispatchError


@dataclass
class Failed(Message):
    """An error of our own: nothing more is heard of the database."""

    error: Exception


class Live:
    """Owns the desk of one console and tells the news; all of it runs in one event loop.

    Whatever breaks is begun anew: the file or the server is opened again, whoever sat at the desk
    signs in again, and everything is loaded again.
    """

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
        self._troubles = Troubles(tell, clock)
        self._desk: Desk | None = None
        self._feed: Feed | None = None
        self._writing: StandingBy | None = None
        self._bell = Bell(lambda alarms, ring: tell(Rang(alarms, ring)))
        self.presence = Presence(clock)
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
        """Sign in, load the queue and keep it up until cancelled, through all troubles."""
        while True:
            try:
                async with AsyncExitStack() as stack:
                    await self._open(stack)
                    await self._follow()
                    return
            except DatabaseUnusable as error:
                if not self._loaded and not isinstance(error, DatabaseAway):
                    self._tell(Refused(error))
                    return
                self._troubles.begin(error, self._silence)
            except DispatchError as error:
                self._tell(Refused(error))
                return
            await asyncio.sleep(RETRY_SECONDS)

    def strike(self, now: datetime, waiting: timedelta = timedelta()) -> None:
        """Ring for what has risen by now, and notice a database that is late: asks nobody.

        `waiting` is how long a write has taken so far.
        """
        if risen := self._bell.strike(self.cases, now):
            self._tell(Changed(risen))
        self._troubles.listen(self._silence, waiting)

    async def scan(self, now: datetime) -> None:
        """Raise the flags whose time has come, and find out whether one can save again."""
        self.strike(now)
        if not self._troubles.may_save:
            return
        trouble = self._troubles.now
        try:
            if trouble is not None and self._writing is not None:
                await self._writing.try_out()
            await self._bell.store()
        except DatabaseUnusable as error:
            self.not_saved(error)
            return
        self.scanned_at = now
        if trouble is not None and trouble is self._troubles.now:
            self._troubles.end()

    def not_saved(self, error: DatabaseUnusable) -> DispatchError:
        """Learn that something could not be saved: it is tried out until one can again.

        Returns what is wrong, which a database that is away cannot tell itself.
        """
        if self._loaded:
            self._troubles.begin_saving(error)
        trouble = self._troubles.now
        return trouble.error if trouble is not None and trouble.error is not None else error

    @property
    def _silence(self) -> timedelta:
        """How long nothing has been heard of the database."""
        seconds = monotonic() - self._feed.answered_at if self._feed is not None else 0.0
        return timedelta(seconds=seconds)

    async def see(self, number: str, alarms: Iterable[Alarm]) -> None:
        """Remember that the flags of a ticket were seen."""
        await self._bell.see(number, alarms)

    async def _open(self, stack: AsyncExitStack) -> None:
        # Importing SQLAlchemy takes longer than the first paint: it happens beside it.
        bootstrap, watching, standing_by, feeding = [
            await asyncio.to_thread(import_module, f"dispatch_tui.{one}") for one in _LATER
        ]
        database = await stack.enter_async_context(bootstrap.opened(self._settings, make=False))
        desk = await self._sign_in(bootstrap, database)
        feed = feeding.feed_of(database)
        stack.callback(feed.stop)
        await feed.start()
        staff, rules, reach = await desk.staff(), await desk.rules(), await desk.reach()
        before = self.cases
        cases = {case.number: case for case in await desk.open_cases()}
        over = {one.number: one for one in await desk.cases(set(before) - set(cases))}
        self._desk, self._feed, self.cases = desk, feed, cases
        self.staff, self.rules, self.reach = staff, rules, reach
        self.presence.heard(feed.present)
        self._writing = standing_by.StandingBy(desk, self.presence.console)
        await stack.enter_async_context(self.presence.told(self._writing, desk.me.login))
        if not self._loaded:
            self._loaded = True
            self._tell(Opened())
        else:
            self._tell(Changed(frozenset()))
            self._tell(Changed(frozenset(before) | frozenset(cases), over))
        await self._bell.begin(watching.Watch(desk), cases, self._clock())
        self._troubles.end()

    async def _sign_in(self, bootstrap: Any, database: Any) -> "Desk":
        """Return the desk of whom the settings name, or of whoever was signed in before."""
        login = self.desk.me.login if self._loaded else self._settings.login
        try:
            desk: Desk = await bootstrap.desk_on(database, login)
        except bootstrap.NoStaff as error:
            if not self._loaded:
                raise
            raise DatabaseAway(N_("Nobody is in the database now.")) from error
        except NotFound as error:
            if not self._loaded:
                raise
            raise _signed_out(login) from error
        desk.clock = self._clock
        return desk

    async def _follow(self) -> None:
        assert self._feed is not None
        try:
            async for change in self._feed.changes():
                await self._apply(change)
        except DispatchError:
            raise
        except Exception as error:  # reads go on: the database stays open until the end
            self._tell(Failed(error))
            await asyncio.Event().wait()

    async def _apply(self, change: "Change") -> None:
        now = self._clock()
        if change.present is not None:
            self.presence.heard(change.present)
        numbers = change.numbers
        if change.people and await self._reload_people():
            numbers = None  # another role sees other things
        over: dict[str, Case] = {}
        before = frozenset(self.cases)
        if numbers is None:
            self.cases = {case.number: case for case in await self.desk.open_cases()}
            over = {one.number: one for one in await self.desk.cases(before - set(self.cases))}
            numbers = before | self.cases.keys()
        else:
            for case in await self.desk.cases(numbers) if numbers else ():
                if case.is_open:
                    self.cases[case.number] = case
                else:
                    self.cases.pop(case.number, None)
                    over[case.number] = case
        if numbers:
            self._bell.expect(numbers, self.cases, now)
            self._tell(Changed(numbers, over))
            self._bell.find((self.cases[one] for one in numbers if one in self.cases), now)
        if change.flags or before != self.cases.keys():
            await self._bell.look()

    async def _reload_people(self) -> bool:
        """Learn who there is; returns whether whoever is signed in has another role now.

        Raises `NotAllowed` where they are not to be here any more.
        """
        staff, rules = await self.desk.staff(), await self.desk.rules()
        reach = await self.desk.reach()
        before = self.desk.me
        me = staff.get(before.login)
        if me is None or not me.active:
            raise _signed_out(before.login)
        if (staff, rules, reach) != (self.staff, self.rules, self.reach):
            self.staff, self.rules, self.reach = staff, rules, reach
            self.desk.me = me
            self._tell(Changed(frozenset()))
        return me.role is not before.role


_LATER = ("bootstrap", "desk.watching", "desk.standing_by", "storage.feed")


def _signed_out(login: str) -> NotAllowed:
    return NotAllowed(
        N_("{login} may not sign in any more: ask whoever looks after the accounts."), login=login
    )
