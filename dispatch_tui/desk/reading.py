"""What a person can look at."""

import asyncio
from collections.abc import AsyncIterator, Callable, Iterable, Sequence
from datetime import datetime, tzinfo
from operator import itemgetter
from typing import TypeVar

from msgspec.structs import replace

from dispatch_tui.desk.cases import case_of
from dispatch_tui.desk.reporting import report_file
from dispatch_tui.desk.roster import roster_of
from dispatch_tui.desk.views import (
    WITH_OVER,
    Case,
    DeviceFile,
    Roster,
    TicketFile,
    View,
    by_time_left,
    shown_in,
)
from dispatch_tui.domain.clocks import Policy
from dispatch_tui.domain.device_history import state_of
from dispatch_tui.domain.duty import (
    HolidayRoster,
    MemberShifts,
    Override,
    Rules,
    Span,
    rules_of,
    spans,
)
from dispatch_tui.domain.errors import NotFound
from dispatch_tui.domain.files import Customer, Device
from dispatch_tui.domain.fold import fold
from dispatch_tui.domain.message import N_
from dispatch_tui.domain.people import Staff
from dispatch_tui.domain.phones import masked, masked_data, sees_colleagues, sees_customers
from dispatch_tui.domain.repeats import recent_faults, repeat_of, repeats_in
from dispatch_tui.domain.report import ReportFile
from dispatch_tui.domain.table import COMMANDS, LOG, role_obstacle, state_obstacle
from dispatch_tui.domain.text import clean_line
from dispatch_tui.domain.ticket import Ticket
from dispatch_tui.domain.warranty import verdict
from dispatch_tui.storage import drafts, files, journal, records, tickets
from dispatch_tui.storage.engine import Database
from dispatch_tui.storage.journal import Line
from dispatch_tui.storage.rows import TicketRow
from dispatch_tui.storage.tickets import AT_ONCE, Connection

Thing = TypeVar("Thing")

PAGE = 200
"""Tickets of the past that are loaded at once."""


class Reading:
    """The read models of one person's desk; nothing here writes."""

    def __init__(
        self,
        database: Database,
        me: Staff,
        *,
        zone: tzinfo,
        clock: Callable[[], datetime],
        policy: Policy,
    ) -> None:
        self.database = database
        self.me = me
        self.zone = zone
        self.clock = clock
        self.policy = policy

    async def open_cases(self) -> list[Case]:
        """Return every open ticket, least time left first."""
        async with self.database.read() as connection:
            found = await tickets.open_rows(connection)
        return await _by_time_left(await self._cases(found))

    async def cases(self, numbers: Iterable[str]) -> list[Case]:
        """Return the tickets of these numbers, open or not."""
        async with self.database.read() as connection:
            found = await tickets.rows(connection, numbers)
        return await self._cases(found)

    async def over_cases(
        self, before: str = "", limit: int = PAGE, at: datetime | None = None
    ) -> list[Case]:
        """Return closed and cancelled tickets, newest first, those with numbers below `before`.

        With `at`, those that had ended for good by then.
        """
        async with self.database.read() as connection:
            found = await tickets.over_rows(connection, before, limit, at)
            if at is not None:
                return await self._as_of(connection, found, at)
        return await self._cases(found)

    async def cases_at(self, at: datetime, *, over: bool = False) -> list[Case]:
        """Return the tickets that were open at a time, by all that is known today.

        With `over`, also those that were over then but went on later.
        """
        async with self.database.read() as connection:
            found = await self._as_of(connection, await tickets.rows_at(connection, at), at)
        return await _by_time_left([one for one in found if over or one.is_open])

    async def pages(
        self, view: View, at: datetime | None = None, *, most: int = PAGE
    ) -> AsyncIterator[list[Case]]:
        """Yield the tickets of a view, now or as they were at a time.

        First those that are open, least time left first, then pages of those that are over, the
        newest first: never is more in memory than is looked at.
        """
        now, with_over = at or self.clock(), view in WITH_OVER
        if at is not None:
            yield self._shown(view, await self.cases_at(at, over=with_over), now)
        elif view is not View.OVER:
            yield self._shown(view, await self.open_cases(), now)
        before = ""
        while with_over and (page := await self.over_cases(before, min(most, PAGE), at)):
            yield self._shown(view, page, now)
            before = page[-1].number

    def _shown(self, view: View, found: Sequence[Case], now: datetime) -> list[Case]:
        return [one for one in found if shown_in(view, one, now, self.me.login)]

    async def ticket(self, number: str) -> TicketFile:
        """Return everything about a ticket; raises `NotFound`."""
        number = clean_line(number)
        async with self.database.read() as connection:
            found = await tickets.rows(connection, [number])
            if not found:
                raise NotFound(N_("There is no ticket {number}."), number=number)
            lines = await journal.ticket_journal(connection, number)
            ticket = found[0].ticket
            customer = await files.customer(connection, ticket.customer)
            device = await files.device(connection, ticket.device)
            past = await tickets.device_rows(connection, ticket.device) if device else []
        history = {row.ticket.number: row for row in past}
        faults = [row.ticket for row in past]
        repeated = repeat_of(ticket, faults)
        file = TicketFile(
            case=case_of(found[0], self.policy),
            journal=journal.entries_of(lines),
            customer=customer,
            device=device,
            obstacles={
                spec.name: role_obstacle(spec, self.me, ticket) or state_obstacle(spec, ticket)
                for spec in COMMANDS.values()
            },
            verdict=verdict(device, ticket.reported_at.astimezone(self.zone).date()),
            repeats=repeated.number if repeated else "",
            recent=tuple(self._case(history[one.number]) for one in recent_faults(ticket, faults)),
        )
        return self._as_seen(file, ticket)

    async def lines(self, number: str) -> list[Line]:
        """Return the journal of a ticket as it is stored; raises `NotFound`."""
        number = clean_line(number)
        async with self.database.read() as connection:
            lines = await journal.ticket_journal(connection, number)
        ticket = fold(number, journal.entries_of(lines)) if lines else None
        if ticket is None:
            raise NotFound(N_("There is no ticket {number}."), number=number)
        if sees_customers(self.me, ticket):
            return lines
        return [replace(one, data=masked_data(one.data)) for one in lines]

    async def report(self, number: str, no: int = 0) -> ReportFile:
        """Return the service report of a ticket, or its earlier one `no`; raises `NotFound`.

        Raises `NotPossible` for a complaint, and for a frozen text that cannot be read.
        """
        number = clean_line(number)
        async with self.database.read() as connection:
            rows = await tickets.rows(connection, [number])
            file = await report_file(connection, number, zone=self.zone, policy=self.policy, no=no)
        return self._as_seen(file, rows[0].ticket)

    def may_log(self) -> bool:
        """Whether this person takes calls."""
        return role_obstacle(LOG, self.me, None) is None

    async def device(self, device_id: str) -> DeviceFile:
        """Return a machine and its past; raises `NotFound`."""
        device_id = clean_line(device_id)
        async with self.database.read() as connection:
            device = await files.device(connection, device_id)
            if device is None:
                raise NotFound(N_("There is no device {device}."), device=device_id)
            customer = await files.customer(connection, device.customer)
            rows = await tickets.device_rows(connection, device_id)
        return await self._device_file(device, customer, rows)

    async def _device_file(
        self, device: Device, customer: Customer | None, rows: Sequence[TicketRow]
    ) -> DeviceFile:
        past = [row.ticket for row in rows]
        return DeviceFile(
            device=self._as_seen(device),
            customer=self._as_seen(customer),
            history=tuple(await self._cases(rows)),
            state=state_of(device.state, past),
            repeats=frozenset(repeats_in(past)),
        )

    async def staff(self) -> dict[str, Staff]:
        """Return everybody by login."""
        async with self.database.read() as connection:
            staff = await files.all_staff(connection)
        return {login: self._as_seen(one) for login, one in staff.items()}

    async def rules(self) -> Rules | None:
        """Return what says who is on duty, None without a rotation plan."""
        async with self.database.read() as connection:
            plan = await files.rotation_plan(connection)
            if plan is None:
                return None
            return rules_of(
                plan,
                (await files.all_staff(connection)).values(),
                *[
                    (await records.everything(connection, record)).values()
                    for record in (MemberShifts, Override, HolidayRoster)
                ],
            )

    async def preview(self, since: datetime, until: datetime) -> list[Span]:
        """Return the roster over [since, until), in spans; empty without a rotation plan."""
        rules = await self.rules()
        return spans(rules, since, until) if rules is not None else []

    async def roster(self, at: datetime | None = None) -> Roster:
        """Return who is on duty and what everybody is doing, now or at a time."""
        cases = await (self.open_cases() if at is None else self.cases_at(at))
        return roster_of(
            await self.staff(),
            await self.rules(),
            (case.ticket for case in cases),
            at or self.clock(),
        )

    async def draft(self, form: str) -> tuple[dict[str, str], datetime] | None:
        """Return what this person had typed into a form, and when."""
        async with self.database.read() as connection:
            return await drafts.load(connection, self.me.login, form)

    async def _as_of(
        self, connection: Connection, rows: Sequence[TicketRow], at: datetime
    ) -> list[Case]:
        """The cases as they were at a time; a ticket that had not been reported is none."""
        found = []
        for start in range(0, len(rows), AT_ONCE):
            some = rows[start : start + AT_ONCE]
            journals = await journal.ticket_journals(connection, [r.ticket.number for r in some])
            for row in some:
                number = row.ticket.number
                ticket = fold(number, journal.entries_of(journals[number]), until=at)
                if ticket is not None:
                    found.append(self._case(row, ticket))
            await asyncio.sleep(0)
        return found

    async def _cases(self, rows: Sequence[TicketRow]) -> list[Case]:
        return [self._case(row) async for row in _in_turns(rows)]

    def _case(self, row: TicketRow, ticket: Ticket | None = None) -> Case:
        return self._as_seen(case_of(row, self.policy, ticket), row.ticket)

    def _as_seen(self, thing: Thing, ticket: Ticket | None = None) -> Thing:
        """What this person sees of what is on file, or of a ticket: numbers or masks."""
        colleague = isinstance(thing, Staff)
        whole = sees_colleagues(self.me) if colleague else sees_customers(self.me, ticket)
        return thing if whole else masked(thing)


async def _in_turns(things: Sequence[Thing]) -> AsyncIterator[Thing]:
    """Yield what is given, and let others have their turn in between."""
    for start in range(0, len(things), AT_ONCE):
        for thing in things[start : start + AT_ONCE]:
            yield thing
        await asyncio.sleep(0)


async def _by_time_left(cases: Sequence[Case]) -> list[Case]:
    keyed = [(by_time_left(case), case) async for case in _in_turns(cases)]
    keyed.sort(key=itemgetter(0))
    return [case for _, case in keyed]
