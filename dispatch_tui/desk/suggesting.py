"""Who should go to a ticket, from everything that is on file about people and places."""

from collections import Counter
from collections.abc import Iterable, Mapping
from datetime import datetime

import msgspec

from dispatch_tui.desk.reading import Reading
from dispatch_tui.domain.clocks import ClockKind, clocks
from dispatch_tui.domain.day_plan import Planned, Solve, plan
from dispatch_tui.domain.duty import Rules, on_leave, staff_at
from dispatch_tui.domain.errors import NotFound, NotPossible
from dispatch_tui.domain.files import Station, Travel
from dispatch_tui.domain.lending import Lending, placed
from dispatch_tui.domain.message import N_, Message
from dispatch_tui.domain.people import FIELD_ROLES, Certificate, Staff
from dispatch_tui.domain.reach import Reach
from dispatch_tui.domain.roster import Doing, Job, free_at, jobs
from dispatch_tui.domain.suggestion import (
    FAIR_DAYS,
    Candidate,
    Need,
    Suggestion,
    Weights,
    shortfall,
    suggest,
)
from dispatch_tui.domain.text import clean_line
from dispatch_tui.domain.ticket import Ticket
from dispatch_tui.domain.travel import Spot, Times, spot_of
from dispatch_tui.storage import files, records, tickets
from dispatch_tui.storage.tickets import Connection

WEIGHTS = "suggestion_weights"
"""The setting that says how much each part counts."""


class Suggested(msgspec.Struct, frozen=True, kw_only=True):
    """Everybody ranked for one ticket; `shortfall` says why nobody on duty can go at once."""

    number: str
    at: datetime
    need: Need
    ranked: tuple[Suggestion, ...]
    shortfall: tuple[Message, ...]

    @property
    def first(self) -> Suggestion | None:
        """Who is proposed: who can go at once, else who will be free again."""
        return next((one for one in self.ranked if not one.obstacles), None)


class _Known(msgspec.Struct, frozen=True, kw_only=True):
    """What is on file for a suggestion."""

    staff: Mapping[str, Staff]
    rules: Rules | None
    certificates: tuple[Certificate, ...]
    stations: Mapping[str, Station]
    customers: Mapping[str, Spot]
    times: Times
    open: tuple[Ticket, ...]
    recent: Mapping[str, int]
    device_past: tuple[Ticket, ...]
    customer_past: tuple[Ticket, ...]


class Suggesting(Reading):
    """What a person is told about who should go."""

    async def weights(self) -> Weights:
        """Return how much each part of a suggestion counts in this company."""
        async with self.database.read() as connection:
            said = await files.setting(connection, WEIGHTS)
        return msgspec.json.decode(said, type=Weights) if said else Weights()

    async def suggestions(self, number: str, weights: Weights | None = None) -> Suggested:
        """Rank everybody for a ticket as things are now; raises `NotFound`."""
        number, now = clean_line(number), self.clock()
        rules = await self.rules()
        async with self.database.read() as connection:
            found = await tickets.rows(connection, [number])
            if not found:
                raise NotFound(N_("There is no ticket {number}."), number=number)
            ticket = found[0].ticket
            known = await self._known(connection, rules, now, ticket)
        need = self._need(ticket, found[0].device_kind, known, now)
        weights = weights or await self.weights()
        ranked = suggest(_candidates(known, now), need, known.times, weights)
        return Suggested(
            number=number,
            at=now,
            need=need,
            ranked=tuple(ranked),
            shortfall=shortfall(ranked, need),
        )

    async def reach(self) -> Reach:
        """Return who is how far from which customer."""
        async with self.database.read() as connection:
            staff = await _placed(connection, self.clock())
            stations = await files.all_stations(connection)
            customers = await files.customer_spots(connection)
            certificates = await records.everything(connection, Certificate)
            times = await records.everything(connection, Travel)
        return Reach(
            people=tuple(one for one in staff.values() if one.active and one.role in FIELD_ROLES),
            certificates=tuple(certificates.values()),
            stations={code: spot_of(one) for code, one in stations.items()},
            customers=customers,
            times={(one.origin, one.destination): one.minutes for one in times.values()},
        )

    async def day_plan(self, weights: Weights | None = None) -> list[Planned]:
        """Propose who goes where for every fault that nobody has yet, the most urgent first.

        Raises `NotPossible` where the package that finds the best plan is not installed.
        """
        solve, now, rules = solver(), self.clock(), await self.rules()
        async with self.database.read() as connection:
            known = await self._known(connection, rules, now)
            rows = await tickets.open_rows(connection)
        waiting = [
            row for row in rows if not row.ticket.engineers and self._due_at(row.ticket) is not None
        ]
        asked = [
            (row.ticket.number, self._need(row.ticket, row.device_kind, known, now))
            for row in waiting
        ]
        asked.sort(key=lambda one: (one[1].due_at or now, one[0]))
        candidates = list(_candidates(known, now))
        return plan(asked, candidates, known.times, weights or await self.weights(), solve)

    def _need(self, ticket: Ticket, kind: str, known: "_Known", now: datetime) -> Need:
        return Need(
            kind=kind,
            spot=known.customers.get(ticket.customer, Spot()),
            due_at=self._due_at(ticket),
            now=now,
            day=now.astimezone(self.zone).date(),
        )

    def _due_at(self, ticket: Ticket) -> datetime | None:
        """Until when somebody has to be on site."""
        running = (one for one in clocks(ticket, self.policy) if one.kind is ClockKind.ON_SITE)
        return next((one.due_at for one in running if one.running), None)

    async def _known(
        self,
        connection: Connection,
        rules: Rules | None,
        now: datetime,
        ticket: Ticket | None = None,
    ) -> _Known:
        first_day = (now - FAIR_DAYS).astimezone(self.zone)
        stations = await files.all_stations(connection)
        customers = await files.customer_spots(connection)
        certificates = await records.everything(connection, Certificate)
        times = await records.everything(connection, Travel)
        past, others = [], []
        if ticket is not None:
            others = await tickets.customer_rows(connection, ticket.customer)
            past = await tickets.device_rows(connection, ticket.device) if ticket.device else []
        return _Known(
            staff=await _placed(connection, now),
            rules=rules,
            certificates=tuple(certificates.values()),
            stations=stations,
            customers=customers,
            times={(one.origin, one.destination): one.minutes for one in times.values()},
            open=tuple(row.ticket for row in await tickets.open_rows(connection)),
            recent=await tickets.assigned_since(connection, f"{first_day:%y%m%d}"),
            device_past=tuple(row.ticket for row in past),
            customer_past=tuple(row.ticket for row in others),
        )


async def _placed(connection: Connection, now: datetime) -> dict[str, Staff]:
    """Everybody, at the station to which they are lent now."""
    lendings = await records.everything(connection, Lending)
    return placed(await files.all_staff(connection), lendings.values(), now)


def solver() -> Solve:
    """Return what finds the best plan; raises `NotPossible` where it is not installed."""
    try:
        from scipy.optimize import linear_sum_assignment
    except ModuleNotFoundError as error:
        raise NotPossible(
            N_("A plan for the whole day needs one more package: install dispatch-tui[plan].")
        ) from error
    return lambda costs: [int(column) for column in linear_sum_assignment(costs)[1]]


def _candidates(known: _Known, now: datetime) -> Iterable[Candidate]:
    group, serving = staff_at(known.rules, now) if known.rules is not None else ("", ())
    held, where = jobs(known.open), {one.number: one.customer for one in known.open}
    device_visits = _visitors(known.device_past)
    customer_visits = _visitors(known.customer_past)
    shares = _shares(known.recent, known.staff)
    for person in known.staff.values():
        if not person.active or person.role not in FIELD_ROLES:
            continue
        job = held.get(person.login, Job())
        yield Candidate(
            person=person,
            spot=_spot(person, job, known, where),
            job=job,
            on_duty=person.login in serving,
            in_turn=bool(group) and person.group == group,
            free_at=free_at(job, now),
            off=on_leave(known.rules, person.login, now) if known.rules is not None else None,
            certificates=tuple(one for one in known.certificates if one.login == person.login),
            device_visits=device_visits[person.login],
            customer_visits=customer_visits[person.login],
            share=shares.get(person.group, 0.5),
        )


def _spot(person: Staff, job: Job, known: _Known, where: Mapping[str, str]) -> Spot:
    """Where they will set out from: the customer they are with or off to, else their station."""
    if job.doing in (Doing.UNDER_WAY, Doing.ON_SITE):
        return known.customers.get(where.get(job.number, ""), Spot())
    return spot_of(known.stations.get(person.station))


def _visitors(past: Iterable[Ticket]) -> Counter[str]:
    """How often each has been on site."""
    return Counter(
        login
        for ticket in past
        for login in {
            trip.login for visit in ticket.visits for trip in visit.trips if trip.arrived_at
        }
    )


def _shares(recent: Mapping[str, int], staff: Mapping[str, Staff]) -> dict[str, float]:
    """The part that each group had of the tickets that somebody was given."""
    counts = Counter[str]()
    for login, count in recent.items():
        if login in staff and staff[login].group:
            counts[staff[login].group] += count
    total = counts.total()
    groups = {one.group for one in staff.values() if one.group}
    return {group: counts[group] / total for group in groups} if total else {}
