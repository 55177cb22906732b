"""What a decision rests on, and what several decisions check."""

from collections.abc import Callable, Mapping, Sequence
from datetime import UTC, datetime, timedelta, tzinfo
from typing import Any

import msgspec
from msgspec.structs import asdict

from dispatch_tui.domain import events as e
from dispatch_tui.domain.clocks import Policy
from dispatch_tui.domain.errors import InvalidInput, NotFound
from dispatch_tui.domain.facts import Limits
from dispatch_tui.domain.files import Customer, Device
from dispatch_tui.domain.message import N_
from dispatch_tui.domain.people import Staff
from dispatch_tui.domain.ticket import Kind, Ticket
from dispatch_tui.domain.warranty import Verdict, verdict

CLOCK_SKEW = timedelta(seconds=60)
"""How far ahead of ours the clock of another machine may be."""


class Facts(msgspec.Struct, frozen=True, kw_only=True):
    """What a decision rests on beside the ticket.

    `now` is the time of entry, `at` the time of the fact, both aware UTC; `staff` holds everybody
    by login; `journal` the ticket's entries so far; `other` is the ticket that a command names,
    `fresh_number` that of a ticket that the command opens, `history` the tickets of the device;
    `limits` are those that a contract of the customer sets on the day of the report.
    """

    now: datetime
    at: datetime
    actor: Staff
    staff: Mapping[str, Staff] = {}
    journal: tuple[e.Entry, ...] = ()
    policy: Policy = Policy()
    customer: Customer | None = None
    device: Device | None = None
    zone: tzinfo = UTC
    other: Ticket | None = None
    history: tuple[Ticket, ...] = ()
    fresh_number: str = ""
    limits: Limits | None = None

    def verdict(self, ticket: Ticket) -> Verdict:
        """What the ticket's device was covered by on the day of the report."""
        return verdict(self.device, ticket.reported_at.astimezone(self.zone).date())


Events = tuple[e.TicketEvent, ...]
Decision = Callable[[Ticket, Any, Facts], Events]


def same(event: type[e.Event]) -> Decision:
    """A decision for commands whose event says the same in the past tense."""
    return lambda _ticket, command, _facts: (event(**asdict(command)),)  # type: ignore[return-value]


def under_contract(ticket: Ticket, facts: Facts) -> Events:
    """Return the limits of the contract as an event, where they are not those of the ticket."""
    if ticket.kind is not Kind.FAULT or facts.limits == ticket.limits:
        return ()
    return (e.LimitsSet(**asdict(facts.limits or Limits())),)


def check_not_in_future(at: datetime, now: datetime) -> None:
    """Raise `InvalidInput` for a fact that has not happened yet."""
    if at > now + CLOCK_SKEW:
        raise InvalidInput(
            N_("{at} is in the future: a fact can only be entered once it happened."), at=at
        )


def check_ahead(at: datetime, facts: Facts, field: str) -> None:
    """Raise `InvalidInput` for what is to come but lies before the fact itself."""
    if at < facts.at:
        raise InvalidInput(
            N_("{at} has passed already: say when it will be, such as 15:30 or tomorrow 09:00."),
            field=field,
            at=at,
        )


def person(facts: Facts, login: str, field: str) -> Staff:
    """Return an active person; raises `NotFound`."""
    found = facts.staff.get(login)
    if found is None or not found.active:
        raise NotFound(
            N_("Nobody is called {login}; see the roster for the logins."),
            field=field,
            login=login,
        )
    return found


def on_ticket(ticket: Ticket, logins: Sequence[str], facts: Facts) -> tuple[str, ...]:
    """Return the logins, each once; raises `NotFound` for somebody who does not have the ticket."""
    for login in logins:
        if ticket.assignment(login) is None:
            known = facts.staff.get(login)
            raise NotFound(
                N_("{name} is not on ticket {number}; assign them first."),
                name=known.name if known else login,
                number=ticket.number,
            )
    return tuple(dict.fromkeys(logins))


def names(facts: Facts, logins: Sequence[str]) -> tuple[str, ...]:
    """Return the names of people, the login where there is none."""
    return tuple(facts.staff[one].name if one in facts.staff else one for one in logins)


def standing_entries(journal: Sequence[e.Entry]) -> list[e.Entry]:
    """Return the entries that were not taken back."""
    gone = {s for one in journal if isinstance(one.event, e.Withdrawn) for s in one.event.seqs}
    return [one for one in journal if one.seq not in gone]
