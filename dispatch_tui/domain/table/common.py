"""What several rows of the table share: roles, states, fields, requirements."""

from dispatch_tui.domain.message import N_
from dispatch_tui.domain.people import Role
from dispatch_tui.domain.spec import Field, FieldKind, Requirement
from dispatch_tui.domain.ticket import (
    ACTIVE,
    COMPLAINING,
    Kind,
    Severity,
    Status,
    Ticket,
)

DESK = frozenset({Role.OPERATOR, Role.MANAGER, Role.GENERAL_MANAGER})
DECIDERS = frozenset({Role.MANAGER, Role.GENERAL_MANAGER})
GENERAL_MANAGER = frozenset({Role.GENERAL_MANAGER})
EVERYONE_BUT_ADMIN = frozenset(Role) - {Role.ADMINISTRATOR}

EVERY_KIND = frozenset(Kind)
COMPLAINT = frozenset({Kind.COMPLAINT})
COMPLAINT_OPEN = COMPLAINING | {Status.LOGGED}

IS_OVER = N_("Ticket {number} is {status}; reopen it first.")
IS_ENDED = N_("Ticket {number} is {status}: nothing can be entered on it any more.")

REASON = Field("reason", FieldKind.TEXT, N_("Reason"))
NEEDED_REASON = Field("reason", FieldKind.TEXT, N_("Reason"), required=True)
CONTACT = Field("contact", FieldKind.LINE, N_("Contact"))
PHONE = Field("phone", FieldKind.LINE, N_("Phone"))
CURE = Field("what_was_done", FieldKind.TEXT, N_("What was done"), required=True)
ENGINEERS = Field("engineers", FieldKind.ENGINEERS, N_("Engineers"))
NOTE = Field("note", FieldKind.TEXT, N_("Note"))
WORDS = Field("words", FieldKind.TEXT, N_("In the customer's words"))

GOES_ON = Requirement(
    lambda ticket: ticket.status in ACTIVE or bool(ticket.out),
    N_("Ticket {number} is {status} and nothing is away or on loan; reopen it first."),
)
WAS_ON_SITE = Requirement(
    lambda ticket: ticket.arrived_at is not None,
    N_("Nobody has been on site for ticket {number} yet: record the arrival first."),
)
IS_MAJOR = Requirement(
    lambda ticket: ticket.severity is Severity.MAJOR,
    N_(
        "The fault of ticket {number} is an ordinary one: only a major fault can be extended; "
        "diagnose it as major if it is."
    ),
)
NOTHING_OUT = Requirement(
    lambda ticket: not ticket.out,
    N_("Still away or on loan for ticket {number}: {out}. Record first that it is back."),
    for_past=False,
)
NO_ADVERSE_PENDING = Requirement(
    lambda ticket: ticket.adverse is None or not ticket.adverse.pending,
    N_("The suspected adverse event of ticket {number} is not reported: report or clear it first."),
    for_past=False,
)
REPORT_IS_OPEN = Requirement(
    lambda ticket: ticket.report is None,
    N_("The service report of ticket {number} is final: amend it instead."),
)
SOMEBODY_ASSIGNED = Requirement(
    lambda ticket: bool(ticket.engineers),
    N_("Nobody is assigned to ticket {number} yet; assign an engineer first."),
)


def anybody(ticket: Ticket, what: str) -> bool:
    """Whether the trip of any engineer on the ticket is as said: "waiting", "travelling" …"""
    trips = [ticket.trip(one.login) for one in ticket.engineers]
    if what == "waiting":
        return any(trip is None or trip.waiting for trip in trips)
    if what == "coming":
        return any(trip is None or not trip.on_site for trip in trips)
    return any(trip is not None and getattr(trip, what) for trip in trips)
