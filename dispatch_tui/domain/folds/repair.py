"""Folds: the fault, its repair, and more time for it."""

from msgspec.structs import asdict, replace

from dispatch_tui.domain import events as e
from dispatch_tui.domain import facts as f
from dispatch_tui.domain.folds.base import Fold, Told
from dispatch_tui.domain.folds.visits import gone, joined, led_by
from dispatch_tui.domain.ticket import Ticket


def _diagnosed(ticket: Ticket, event: e.Diagnosed, _: Told) -> Ticket:
    said = {name: value for name, value in asdict(event).items() if value}
    return replace(ticket, **said)


def _escalated(ticket: Ticket, event: e.Escalated, told: Told) -> Ticket:
    escalation = f.Escalation(specialist=event.specialist, reason=event.reason, at=told.at)
    ticket = joined(ticket, [event.specialist], told.at)
    return led_by(replace(ticket, escalation=escalation), ticket.lead or event.specialist)


def _escalation_ended(ticket: Ticket, _: e.EscalationEnded, told: Told) -> Ticket:
    specialist = ticket.escalation.specialist if ticket.escalation else ""
    ticket = gone(replace(ticket, escalation=None), [specialist], told.at)
    return led_by(ticket, ticket.lead or next((one.login for one in ticket.engineers), ""))


def _part_fitted(ticket: Ticket, event: e.PartFitted, told: Told) -> Ticket:
    part = f.Part(fitted=True, at=told.at, **asdict(event))
    return replace(ticket, parts=(*ticket.parts, part))


def _part_removed(ticket: Ticket, event: e.PartRemoved, told: Told) -> Ticket:
    part = f.Part(fitted=False, at=told.at, **asdict(event))
    return replace(ticket, parts=(*ticket.parts, part))


def _restored(ticket: Ticket, event: e.Restored, told: Told) -> Ticket:
    return replace(
        ticket,
        restored_at=told.at,
        what_was_done=event.what_was_done,
        original_dealt_with_at=told.first_at,
    )


def _unrepairable(ticket: Ticket, event: e.FoundUnrepairable, told: Told) -> Ticket:
    return replace(ticket, unrepairable=f.Unrepairable(at=told.at, **asdict(event)))


def _way_agreed(ticket: Ticket, event: e.WayAgreed, told: Told) -> Ticket:
    return replace(
        ticket,
        agreement=f.Agreement(at=told.at, **asdict(event)),
        original_dealt_with_at=told.first_at,
    )


def _consent_asked(ticket: Ticket, event: e.ConsentAsked, told: Told) -> Ticket:
    asked = f.ConsentAsked(name=event.name, phone=event.phone, until=event.until, at=told.at)
    return replace(ticket, consent_asked=asked)


def _consented(ticket: Ticket, event: e.Consented, told: Told) -> Ticket:
    consent = f.Consent(at=told.at, **asdict(event))
    return replace(ticket, consents=(*ticket.consents, consent), consent_asked=None)


def _consent_refused(ticket: Ticket, _: e.ConsentRefused, __: Told) -> Ticket:
    return replace(ticket, consent_asked=None)


FOLDS: dict[type[e.Event], Fold] = {
    e.Diagnosed: _diagnosed,
    e.Escalated: _escalated,
    e.EscalationEnded: _escalation_ended,
    e.PartFitted: _part_fitted,
    e.PartRemoved: _part_removed,
    e.Restored: _restored,
    e.FoundUnrepairable: _unrepairable,
    e.WayAgreed: _way_agreed,
    e.ConsentAsked: _consent_asked,
    e.Consented: _consented,
    e.ConsentRefused: _consent_refused,
}
