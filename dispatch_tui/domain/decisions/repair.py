"""Decisions about the fault, its repair, and more time for it."""

import re

from msgspec.structs import asdict

from dispatch_tui.domain import commands as c
from dispatch_tui.domain import events as e
from dispatch_tui.domain.clocks import REPAIR_CAP, agreed, extended_due_at
from dispatch_tui.domain.decisions.base import Decision, Events, Facts, check_ahead, person, same
from dispatch_tui.domain.errors import InvalidInput, NotPossible
from dispatch_tui.domain.message import N_
from dispatch_tui.domain.people import Role
from dispatch_tui.domain.ticket import Severity, Ticket

_PRICE = re.compile(r"\d{1,9}(\.\d{1,2})?")


def _diagnose(ticket: Ticket, command: c.Diagnose, _: Facts) -> Events:
    said = {name: value for name, value in asdict(command).items() if value}
    if not said:
        raise InvalidInput(
            N_("Say at least one of severity, cause, what was found, what was tried."),
            field="severity",
        )
    if command.severity is Severity.ORDINARY and ticket.consents:
        raise NotPossible(
            N_(
                "The purchaser agreed to more time on ticket {number} for a major fault: "
                "it stays one."
            ),
            number=ticket.number,
        )
    return (e.Diagnosed(**asdict(command)),)


def _escalate(ticket: Ticket, command: c.Escalate, facts: Facts) -> Events:
    specialists = [
        one.login for one in facts.staff.values() if one.role is Role.SPECIALIST and one.active
    ]
    if command.specialist:
        person(facts, command.specialist, "specialist")
        if command.specialist not in specialists:
            raise InvalidInput(
                N_("{name} is not a specialist; write one of: {logins}."),
                field="specialist",
                name=facts.staff[command.specialist].name,
                logins=tuple(specialists),
            )
    elif len(specialists) != 1:
        raise InvalidInput(
            N_("Which specialist? Write one of: {logins}."),
            field="specialist",
            logins=tuple(specialists) or ("-",),
        )
    specialist = command.specialist or specialists[0]
    return (e.Escalated(specialist=specialist, reason=command.reason, note=command.note),)


def _fit_part(ticket: Ticket, command: c.FitPart, facts: Facts) -> Events:
    _check_part(ticket, command, facts)
    price = command.price.strip()
    if price and not _PRICE.fullmatch(price):
        raise InvalidInput(
            N_("“{price}” is no price: write it in yuan, such as 1280 or 1280.50."),
            field="price",
            price=price,
        )
    cover = facts.verdict(ticket)
    if price and float(price) and cover.free:
        raise InvalidInput(
            N_("The device was in warranty until {until}: nothing is charged, leave the price."),
            field="price",
            until=cover.until.isoformat() if cover.until else "",
        )
    return (e.PartFitted(**{**asdict(command), "price": price}),)


def _remove_part(ticket: Ticket, command: c.RemovePart, facts: Facts) -> Events:
    _check_part(ticket, command, facts)
    return (e.PartRemoved(**asdict(command)),)


def _check_part(ticket: Ticket, command: c.FitPart | c.RemovePart, facts: Facts) -> None:
    if ticket.arrived_at is not None and facts.at < ticket.arrived_at:
        raise InvalidInput(
            N_(
                "No part can be changed before the engineer arrived ({arrived_at}): check the time."
            ),
            arrived_at=ticket.arrived_at,
        )
    if command.made_on and command.made_on > facts.now.astimezone(facts.zone).date():
        raise InvalidInput(
            N_("A part cannot have been made on {day}, a day to come: check the day."),
            field="made_on",
            day=command.made_on.isoformat(),
        )


def _check_until(ticket: Ticket, command: c.AskConsent | c.Consent, facts: Facts) -> None:
    """Refuse an extension past 48 h from the arrival, or one that is none (S4)."""
    start = ticket.arrived_at
    if start is None:
        raise AssertionError("the table asks for an arrival")
    cap, limit = start + REPAIR_CAP, start + agreed(facts.policy, ticket.limits).repair
    if command.until > cap:
        raise InvalidInput(
            N_("More than {hours} h from the arrival are not possible: until {cap} at the latest."),
            field="until",
            hours=int(REPAIR_CAP.total_seconds() // 3600),
            cap=cap,
        )
    if command.until <= limit:
        raise InvalidInput(
            N_("{until} is within the limit of {limit} as it is: no consent is needed."),
            field="until",
            until=command.until,
            limit=limit,
        )
    due_at = extended_due_at(ticket, start, limit)
    if facts.at > due_at:
        raise NotPossible(
            N_("The limit passed on {due_at}: what is agreed later does not undo the breach."),
            due_at=due_at,
        )


def _ask_consent(ticket: Ticket, command: c.AskConsent, facts: Facts) -> Events:
    check_ahead(command.until, facts, "until")
    _check_until(ticket, command, facts)
    return (e.ConsentAsked(**asdict(command)),)


def _consent(ticket: Ticket, command: c.Consent, facts: Facts) -> Events:
    check_ahead(command.until, facts, "until")
    _check_until(ticket, command, facts)
    return (e.Consented(**asdict(command)),)


DECISIONS: dict[type[c.Command], Decision] = {
    c.Respond: same(e.Responded),
    c.NeedVisit: same(e.VisitNeeded),
    c.SolveByPhone: same(e.SolvedByPhone),
    c.Diagnose: _diagnose,
    c.Escalate: _escalate,
    c.EndEscalation: same(e.EscalationEnded),
    c.FitPart: _fit_part,
    c.RemovePart: _remove_part,
    c.Restore: same(e.Restored),
    c.CannotRepair: same(e.FoundUnrepairable),
    c.AgreeWay: same(e.WayAgreed),
    c.AskConsent: _ask_consent,
    c.Consent: _consent,
    c.RefuseConsent: same(e.ConsentRefused),
}
