"""What a form can know before anything is typed."""

from collections.abc import Callable, Mapping

from dispatch_tui.desk.views import TicketFile
from dispatch_tui.domain import commands as c
from dispatch_tui.domain.spec import Field, Spec
from dispatch_tui.domain.ticket import Ticket
from dispatch_tui.domain.visits import Purpose

_Known = Callable[[Ticket], str]


def prefilled(field: Field, spec: Spec, file: TicketFile) -> str:
    """Return what most likely belongs into a field, "" where nobody can know."""
    known = _KNOWN.get((spec.command, field.name))
    return known(file.case.ticket) if known else ""


def _asked(name: str) -> _Known:
    return lambda ticket: getattr(ticket.consent_asked, name, "") if ticket.consent_asked else ""


def _contact(ticket: Ticket) -> str:
    return ticket.contact


def _phone(ticket: Ticket) -> str:
    return ticket.phone


def _purpose(ticket: Ticket) -> str:
    """What is away has to be put in again by the next visit."""
    return Purpose.REINSTALL if any(one.out for one in ticket.removals) else ""


_KNOWN: Mapping[tuple[type[c.Command], str], _Known] = {
    (c.Consent, "name"): _asked("name"),
    (c.Consent, "phone"): _asked("phone"),
    (c.RefuseConsent, "name"): _asked("name"),
    (c.AskConsent, "phone"): _phone,
    (c.AgreeWay, "name"): _contact,
    (c.PlanVisit, "purpose"): _purpose,
    (c.TakeAway, "signed_by"): _contact,
    (c.Lend, "signed_by"): _contact,
    (c.BringBack, "received_by"): _contact,
    (c.DescribeService, "confirmed_by"): _contact,
    (c.SignReport, "name"): _contact,
    (c.RecordSatisfaction, "name"): _contact,
    (c.Complain, "contact"): _contact,
    (c.Complain, "phone"): _phone,
}
