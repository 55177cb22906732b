"""What rings: flags as the clocks say, whether or not the database can take them just now."""

from collections.abc import Callable, Iterable, Mapping
from datetime import datetime
from typing import TYPE_CHECKING

from msgspec.structs import astuple

from dispatch_tui.console.rises import Rises
from dispatch_tui.desk.views import Case
from dispatch_tui.domain.alarms import LOUD, Alarm, Flag

if TYPE_CHECKING:
    from dispatch_tui.desk.watching import Watch

NOT_RAISED = 0
"""The id of an alarm that rings here and does not stand in the database yet."""


class Bell:
    """Rings for each loud flag once, and keeps in mind what this person has not seen.

    `ring` is told the flags not seen, and whether there is a new one among them.
    """

    def __init__(self, ring: Callable[[tuple[Alarm, ...], bool], None]) -> None:
        self._ring = ring
        self._watch: Watch | None = None
        self._rises = Rises()
        self._unseen: tuple[Alarm, ...] = ()
        self._waiting: dict[Flag, Alarm] = {}
        self._seen_early: set[Flag] = set()
        self._rung: set[Flag] = set()

    @property
    def watch(self) -> "Watch":
        """Where flags are raised."""
        if self._watch is None:
            raise RuntimeError("nobody watches yet")
        return self._watch

    async def begin(self, watch: "Watch", cases: Mapping[str, Case], now: datetime) -> None:
        """Begin with every open case as the database has it; what waited is found anew.

        Raises `DatabaseUnusable`.
        """
        await watch.start()
        self._watch = watch
        self._rises = Rises()
        self._waiting = {}
        self.expect(cases, cases, now)
        self._wait(cases.values(), now)
        await self.look()

    def expect(self, numbers: Iterable[str], cases: Mapping[str, Case], now: datetime) -> None:
        """Remember when the flags of these tickets rise next."""
        for number in numbers:
            case = cases.get(number)
            found = (clock.next_rise_at(now) for clock in (case.clocks if case else ()))
            self._rises.expect(number, (at for at in found if at is not None))

    def strike(self, cases: Mapping[str, Case], now: datetime) -> frozenset[str]:
        """Ring for what has risen by now; returns the tickets on which something has."""
        risen = self._rises.due(now)
        if risen:
            self.expect(risen, cases, now)
            self.find((cases[one] for one in risen if one in cases), now)
        return risen

    def find(self, cases: Iterable[Case], now: datetime) -> None:
        """Ring for what stands on these cases and was not raised; it waits to be stored."""
        if self._wait(cases, now):
            self._tell()

    async def store(self) -> None:
        """Raise what waits for it; raises `DatabaseUnusable`, and then it still waits."""
        waiting = list(self._waiting)
        if waiting:
            await self.watch.raise_(waiting)
            await self.look(waiting)

    async def look(self, raised: Iterable[Flag] = ()) -> None:
        """Learn what this person has not seen; raises `DatabaseUnusable`.

        What was `raised` just now waits no longer.
        """
        found = [one for one in await self.watch.unseen() if one.flag.level in LOUD]
        if early := [one.id for one in found if one.flag in self._seen_early]:
            await self.watch.see(early)
        self._unseen = tuple(one for one in found if one.flag not in self._seen_early)
        for flag in raised:
            self._waiting.pop(flag, None)
        self._tell()

    async def see(self, number: str, alarms: Iterable[Alarm]) -> None:
        """Remember that the flags of a ticket were seen; raises `DatabaseUnusable`."""
        mine = [one for one in alarms if one.flag.ticket == number]
        early = {one.flag for one in mine if one.id == NOT_RAISED}
        if early:
            self._seen_early |= early
            self._tell()
            await self.store()
        if raised := [one.id for one in mine if one.id != NOT_RAISED]:
            await self.watch.see(raised)
        if mine:
            await self.look()

    def _wait(self, cases: Iterable[Case], now: datetime) -> bool:
        """Let what stands on these cases wait; returns whether there is anything new."""
        fresh = [one for one in self.watch.standing(cases) if one not in self._waiting]
        for flag in sorted(fresh, key=astuple):
            self._waiting[flag] = Alarm(id=NOT_RAISED, flag=flag, raised_at=now)
        return bool(fresh)

    def _tell(self) -> None:
        """Tell what is not seen, in the database or here."""
        stored = {one.flag for one in self._unseen}
        here = (
            one
            for one in self._waiting.values()
            if one.flag.level in LOUD
            and one.flag not in stored
            and one.flag not in self._seen_early
        )
        alarms = (*self._unseen, *here)
        before, self._rung = self._rung, {one.flag for one in alarms}
        self._ring(alarms, not self._rung <= before)
