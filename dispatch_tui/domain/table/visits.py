"""Rows: who goes, and how far their visits have come."""

from dispatch_tui.domain import commands as c
from dispatch_tui.domain.message import N_
from dispatch_tui.domain.people import FIELD_ROLES
from dispatch_tui.domain.spec import Field, FieldKind, Requirement, Spec
from dispatch_tui.domain.table.common import (
    DECIDERS,
    DESK,
    ENGINEERS,
    GOES_ON,
    IS_OVER,
    NOTE,
    REASON,
    SOMEBODY_ASSIGNED,
    anybody,
)
from dispatch_tui.domain.ticket import FAULT_OPEN
from dispatch_tui.domain.visits import Purpose

_SOMEBODY_TO_TAKE_OFF = Requirement(
    lambda ticket: bool(ticket.engineers),
    N_("Nobody is assigned to ticket {number} that could be taken off."),
)
_SOMEBODY_TO_DEPART = Requirement(
    lambda ticket: anybody(ticket, "waiting"),
    N_("Every engineer on ticket {number} has already set out."),
)
_SOMEBODY_TO_ARRIVE = Requirement(
    lambda ticket: anybody(ticket, "coming"),
    N_("Every engineer on ticket {number} is already on site."),
)
_SOMEBODY_TRAVELS = Requirement(
    lambda ticket: anybody(ticket, "travelling"),
    N_("Nobody is under way to ticket {number}: record first that somebody set out."),
)
_SOMEBODY_IS_THERE = Requirement(
    lambda ticket: anybody(ticket, "on_site"),
    N_("Nobody is on site for ticket {number} who could leave."),
)

ROWS = (
    Spec(
        name="assign",
        command=c.Assign,
        label=N_("Assign engineers"),
        help=N_("Give the ticket to one or more engineers, one of whom leads."),
        states=FAULT_OPEN,
        roles=DECIDERS,
        fields=(
            Field("engineers", FieldKind.ENGINEERS, N_("Engineers"), required=True),
            Field("lead", FieldKind.ENGINEER, N_("Lead")),
            Field("why", FieldKind.TEXT, N_("Why they")),
        ),
        requires=(GOES_ON,),
        refusal=IS_OVER,
    ),
    Spec(
        name="unassign",
        command=c.Unassign,
        label=N_("Take engineers off"),
        help=N_("Take engineers off the ticket; none named means all of them."),
        states=FAULT_OPEN,
        roles=DECIDERS,
        fields=(ENGINEERS, REASON),
        requires=(GOES_ON, _SOMEBODY_TO_TAKE_OFF),
        refusal=IS_OVER,
    ),
    Spec(
        name="plan-visit",
        command=c.PlanVisit,
        label=N_("Plan a visit"),
        help=N_("Say who is to go and when; nobody counts as under way by that."),
        states=FAULT_OPEN,
        roles=DESK,
        fields=(
            Field("planned_at", FieldKind.TIME, N_("Planned for"), required=True, ahead=True),
            ENGINEERS,
            Field("purpose", FieldKind.CHOICE, N_("Purpose"), choices=tuple(Purpose)),
        ),
        requires=(GOES_ON, SOMEBODY_ASSIGNED),
        refusal=IS_OVER,
    ),
    Spec(
        name="depart",
        command=c.Depart,
        label=N_("Engineer set out"),
        help=N_("Record that engineers set out for the customer."),
        states=FAULT_OPEN,
        roles=DESK,
        own_roles=FIELD_ROLES,
        fields=(ENGINEERS, Field("expected_at", FieldKind.TIME, N_("Expected at"), ahead=True)),
        requires=(GOES_ON, SOMEBODY_ASSIGNED, _SOMEBODY_TO_DEPART),
        refusal=IS_OVER,
        time_label=N_("Set out at"),
    ),
    Spec(
        name="expect",
        command=c.Expect,
        label=N_("Arrives at another time"),
        help=N_("Record what was heard of an engineer under way: when the arrival is expected."),
        states=FAULT_OPEN,
        roles=DESK,
        own_roles=FIELD_ROLES,
        fields=(
            Field("expected_at", FieldKind.TIME, N_("Expected at"), required=True, ahead=True),
            ENGINEERS,
            REASON,
        ),
        requires=(GOES_ON, SOMEBODY_ASSIGNED, _SOMEBODY_TRAVELS),
        refusal=IS_OVER,
    ),
    Spec(
        name="arrive",
        command=c.Arrive,
        label=N_("Engineer on site"),
        help=N_("Record the arrival; stops the on-site clock and starts the repair clock."),
        states=FAULT_OPEN,
        roles=DESK,
        own_roles=FIELD_ROLES,
        fields=(ENGINEERS,),
        requires=(GOES_ON, SOMEBODY_ASSIGNED, _SOMEBODY_TO_ARRIVE),
        refusal=IS_OVER,
        time_label=N_("Arrived at"),
    ),
    Spec(
        name="leave",
        command=c.Leave,
        label=N_("Engineer left"),
        help=N_("Record that engineers left the customer; the clocks run on."),
        states=FAULT_OPEN,
        roles=DESK,
        own_roles=FIELD_ROLES,
        fields=(ENGINEERS, NOTE),
        requires=(_SOMEBODY_IS_THERE,),
        refusal=IS_OVER,
        time_label=N_("Left at"),
    ),
)
