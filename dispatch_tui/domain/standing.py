"""Where a case stands, in words: what is so now, who has it, what is odd about it."""

from collections.abc import Iterator
from datetime import datetime

from dispatch_tui.domain.away import Removal
from dispatch_tui.domain.message import N_, Message, say
from dispatch_tui.domain.people import Role
from dispatch_tui.domain.ticket import ACTIVE, AFTER_REPAIR, Kind, Status, Ticket
from dispatch_tui.domain.visits import Visit, VisitState, silent


def standing(ticket: Ticket) -> Message | None:
    """Return what is going on with the case beyond its status, None where that says it all."""
    if ticket.status in AFTER_REPAIR and ticket.out:
        return say(N_("Still out: {things}"), things=_things(ticket))
    match ticket.status:
        case Status.ASSIGNED | Status.UNDER_WAY | Status.ON_SITE:
            return _visit(ticket)
        case Status.IN_WORKSHOP | Status.AT_MANUFACTURER:
            return _leg(awaited(ticket))
        case Status.UNREPAIRABLE if ticket.unrepairable:
            return say(N_("What does not work: {text}"), text=ticket.unrepairable.remains)
        case Status.AGREED if ticket.agreement:
            return say(N_("Way forward: {text}"), text=ticket.agreement.way)
        case Status.MERGED:
            return say(N_("Goes on as {number}"), number=ticket.merged_into)
        case _:
            return None


def holder(ticket: Ticket) -> str | Role | None:
    """Return who has the case: a login, a role, None when it is over."""
    if not ticket.is_open:
        return None
    if ticket.kind is Kind.COMPLAINT:
        return Role.GENERAL_MANAGER
    match ticket.status:
        case Status.LOGGED:
            return Role.OPERATOR
        case Status.IN_WORKSHOP | Status.AT_MANUFACTURER:
            return awaited(ticket).owner
        case Status.CLOSED:
            return Role.MANAGER
        case Status.CONFIRMED if not ticket.out and ticket.adverse and ticket.adverse.pending:
            return Role.MANAGER
        case status if status in AFTER_REPAIR:
            return Role.OPERATOR
        case _:
            return ticket.lead or Role.MANAGER


def concerns(ticket: Ticket, now: datetime) -> Iterator[Message]:
    """Yield what somebody has to look after, the gravest first; nothing about clocks."""
    if ticket.adverse is not None and ticket.adverse.suspected:
        yield say(N_("Suspected adverse event: {harm}"), harm=ticket.adverse.harm)
    for trip in silent(ticket.visits, now):
        yield say(
            N_("{person} is silent: expected {at}, nothing heard since"),
            person=trip.login,
            at=trip.expected_at,
        )
    for thing in overdue(ticket, now):
        yield say(
            N_("No word on {item} from {person}: it was due {at}"),
            item=thing.item,
            person=thing.owner,
            at=thing.word_due_at,
        )
    if ticket.consent_asked is not None and ticket.status in ACTIVE:
        yield say(
            N_("Waiting for the consent of {name} ({phone}) to more time, asked {at}"),
            name=ticket.consent_asked.name,
            phone=ticket.consent_asked.phone or "-",
            at=ticket.consent_asked.at,
        )
    if ticket.complaints and ticket.is_open:
        yield say(N_("The customer complained: {numbers}"), numbers=ticket.complaints)


def overdue(ticket: Ticket, now: datetime) -> list[Removal]:
    """Return the things away on which the next word should have come."""
    return [one for one in ticket.removals if one.overdue(now)]


def awaited(ticket: Ticket) -> Removal:
    """Return the thing away that is waited for: the next to be heard of, ready ones last."""
    things = [one for one in ticket.removals if one.out]
    return min(things, key=lambda one: (one.ready, one.word_due_at or ticket.reported_at))


def next_word_at(ticket: Ticket) -> datetime | None:
    """When the next word on anything that is away is due."""
    times = (one.word_due_at for one in ticket.removals if one.out)
    return min((at for at in times if at is not None), default=None)


def _things(ticket: Ticket) -> tuple[str, ...]:
    return tuple(f"{one.item} {one.serial}" for one in ticket.out)


def _leg(thing: Removal) -> Message:
    where = say(
        N_("{item} {serial}: {place}, {step} since {at}"),
        item=thing.item,
        serial=thing.serial,
        place=thing.place,
        step=thing.step,
        at=thing.step_at,
    )
    if thing.word_due_at is None:
        return where
    return say(N_("{sentence}; next word by {at}"), sentence=where, at=thing.word_due_at)


def _visit(ticket: Ticket) -> Message | None:
    live = [one for one in ticket.visits if one.live]
    if not live:
        gone = [one for one in ticket.visits if one.ended_at]
        return say(N_("Visit {no} is over: nobody is there"), no=gone[-1].no) if gone else None
    order = (VisitState.ARRIVED, VisitState.DEPARTED, VisitState.PLANNED)
    visit = min(live, key=lambda one: order.index(one.state))
    return _of_visit(visit)


def _of_visit(visit: Visit) -> Message:
    people = tuple(one.login for one in visit.trips)
    first = visit.trips[0] if visit.trips else None
    match visit.state:
        case VisitState.ARRIVED:
            there = [one for one in visit.trips if one.on_site]
            return say(
                N_("Visit {no}: {people} on site since {at}"),
                no=visit.no,
                people=tuple(one.login for one in there),
                at=there[0].arrived_at,
            )
        case VisitState.DEPARTED:
            going = [one for one in visit.trips if one.travelling]
            template = (
                N_("Visit {no}: {people} under way since {at}, expected {expected}")
                if going[0].expected_at
                else N_("Visit {no}: {people} under way since {at}")
            )
            return say(
                template,
                no=visit.no,
                people=tuple(one.login for one in going),
                at=going[0].departed_at,
                expected=going[0].expected_at,
            )
        case _ if visit.planned_at and first:
            return say(
                N_("Visit {no} planned for {at} ({purpose}): {people}"),
                no=visit.no,
                at=visit.planned_at,
                purpose=visit.purpose,
                people=people,
            )
        case _:
            return say(N_("Visit {no}: {people}"), no=visit.no, people=people)
