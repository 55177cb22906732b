"""Everything that ever happened to a device, in one timeline, from its tickets and its file."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import datetime
from enum import StrEnum
from typing import Any

import msgspec

from dispatch_tui.domain.facts import DeviceState, Part
from dispatch_tui.domain.message import N_, Message, say
from dispatch_tui.domain.ticket import Kind, Status, Ticket

NOT_COUNTED = frozenset({Status.CANCELLED, Status.MERGED})
"""Tickets in these states tell nothing about the device."""

PLACE = ("customer", "department")
"""The fields of a device's file that say where it stands."""


class Topic(StrEnum):
    """What an entry of the timeline is about."""

    FAULT = "fault"
    COMPLAINT = "complaint"
    VISIT = "visit"
    PART = "part"
    AWAY = "away"
    REPORT = "report"
    MOVED = "moved"
    FILE = "file"


class Filing(msgspec.Struct, frozen=True, kw_only=True):
    """One line in the journal of a file: who changed which fields from what to what.

    `kind` is that of the line: added, changed, called, withdrawn; `words` were told with it.
    """

    at: datetime
    by: str
    kind: str
    changes: Mapping[str, tuple[Any, Any]] = {}
    words: str = ""


class Happening(msgspec.Struct, frozen=True, kw_only=True):
    """One entry of the timeline; `number` is the ticket that it belongs to, "" for the file."""

    at: datetime
    topic: Topic
    text: Message
    number: str = ""


def timeline(tickets: Iterable[Ticket], filings: Sequence[Filing] = ()) -> list[Happening]:
    """Return what happened to a device, the newest first."""
    found = [one for ticket in tickets for one in _of_ticket(ticket)]
    found += [one for filing in reversed(filings) for one in _filed(filing)]
    return sorted(found, key=lambda one: one.at, reverse=True)


def state_of(state: DeviceState, tickets: Iterable[Ticket]) -> DeviceState:
    """Return how a device stands: an open fault says more than its file.

    `state` is what the file says.
    """
    if state is DeviceState.RETIRED:
        return state
    away = {
        Status.IN_WORKSHOP: DeviceState.WORKSHOP,
        Status.AT_MANUFACTURER: DeviceState.MANUFACTURER,
        Status.UNREPAIRABLE: DeviceState.LIMITED,
    }
    for ticket in tickets:
        if ticket.kind is Kind.FAULT and ticket.status in away:
            return away[ticket.status]
    return state


def _of_ticket(ticket: Ticket) -> Iterator[Happening]:
    for at, topic, text in _told(ticket):
        yield Happening(at=at, topic=topic, text=text, number=ticket.number)


def _told(ticket: Ticket) -> Iterator[tuple[datetime, Topic, Message]]:
    kind = Topic.COMPLAINT if ticket.kind is Kind.COMPLAINT else Topic.FAULT
    yield ticket.reported_at, kind, _reported(ticket)
    for visit in ticket.visits:
        for trip in visit.trips:
            if trip.arrived_at is not None:
                yield trip.arrived_at, Topic.VISIT, say(N_("On site: {person}"), person=trip.login)
    for part in ticket.parts:
        yield part.at, Topic.PART, _part(part)
    yield from _away(ticket)
    for report in ticket.reports:
        yield report.at, Topic.REPORT, say(N_("Service report final"))
    if ticket.dealt_with_at is not None:
        yield ticket.dealt_with_at, kind, _dealt_with(ticket)


def _reported(ticket: Ticket) -> Message:
    said = say(N_("Reported: {text}"), text=ticket.fault)
    if ticket.kind is Kind.COMPLAINT:
        said = say(N_("Complaint: {text}"), text=ticket.fault)
    if ticket.status in NOT_COUNTED:
        said = say(N_("{sentence} ({facts})"), sentence=said, facts=(ticket.status,))
    return said


def _part(part: Part) -> Message:
    sentence = say(N_("Part in: {text}") if part.fitted else N_("Part out: {text}"), text=part.name)
    facts = tuple(one for one in (part.model, part.serial) if one)
    return say(N_("{sentence} ({facts})"), sentence=sentence, facts=facts) if facts else sentence


def _away(ticket: Ticket) -> Iterator[tuple[datetime, Topic, Message]]:
    for gone in ticket.removals:
        said = say(N_("Taken away: {item} {serial}"), item=gone.item, serial=gone.serial)
        yield gone.taken_at, Topic.AWAY, said
        if gone.returned_at is not None:
            yield gone.returned_at, Topic.AWAY, say(N_("Given back: {item}"), item=gone.item)
    for loan in ticket.loans:
        said = say(N_("On loan: {item} {serial}"), item=loan.item, serial=loan.serial)
        yield loan.lent_at, Topic.AWAY, said
        if loan.returned_at is not None:
            yield loan.returned_at, Topic.AWAY, say(N_("Loan is back: {item}"), item=loan.item)


def _dealt_with(ticket: Ticket) -> Message:
    if ticket.restored_at is None and ticket.solved_at is None:
        way = ticket.agreement.way if ticket.agreement else ""
        return say(N_("Way forward agreed: {text}"), text=way)
    by_phone = ticket.restored_at is None
    template = N_("Solved by phone: {text}") if by_phone else N_("Works again: {text}")
    said = say(template, text=ticket.what_was_done)
    if ticket.cause is None:
        return said
    return say(N_("{sentence} ({facts})"), sentence=said, facts=(ticket.cause,))


def _filed(filing: Filing) -> Iterator[Happening]:
    if filing.kind == "added":
        text = say(N_("Put on file by {person}"), person=filing.by)
        yield Happening(at=filing.at, topic=Topic.FILE, text=text)
        return
    moved = [name for name in PLACE if name in filing.changes]
    others = {name: one for name, one in filing.changes.items() if name not in PLACE}
    if moved:
        was, new = (_place(filing, moved, side) for side in (0, 1))
        text = say(N_("Moved from {was} to {new}"), was=was, new=new)
        yield Happening(at=filing.at, topic=Topic.MOVED, text=text)
    if others:
        text = say(N_("{person} changed {changes}"), person=filing.by, changes=told(others))
        yield Happening(at=filing.at, topic=Topic.FILE, text=text)


def told(changes: Mapping[str, tuple[Any, Any]]) -> tuple[Message, ...]:
    """Return the changes of a file as parts of a sentence; the names are those of its fields."""
    return tuple(
        say(
            N_("{entry} from {was} to {new}"),
            entry=name,
            was="-" if was in ("", None) else was,
            new="-" if now in ("", None) else now,
        )
        for name, (was, now) in changes.items()
    )


def _place(filing: Filing, names: Sequence[str], side: int) -> str:
    return " ".join(str(filing.changes[name][side] or "-") for name in names)
