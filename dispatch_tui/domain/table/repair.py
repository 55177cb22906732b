"""Rows: the fault, its diagnosis and its repair."""

from dispatch_tui.domain import commands as c
from dispatch_tui.domain.facts import Cause, EscalationReason, PartSource
from dispatch_tui.domain.message import N_
from dispatch_tui.domain.people import FIELD_ROLES
from dispatch_tui.domain.spec import Field, FieldKind, Requirement, Spec
from dispatch_tui.domain.table.common import (
    CURE,
    DECIDERS,
    DESK,
    IS_OVER,
    NEEDED_REASON,
    NOTE,
    REPORT_IS_OPEN,
    WAS_ON_SITE,
)
from dispatch_tui.domain.ticket import ACTIVE, FAULT_OPEN, Severity, Status

_NOT_ESCALATED = Requirement(
    lambda ticket: ticket.escalation is None,
    N_("Ticket {number} was already escalated to {person}."),
)
_ESCALATED = Requirement(
    lambda ticket: ticket.escalation is not None,
    N_("Ticket {number} was not escalated."),
)
_REPAIRABLE = Requirement(
    lambda ticket: ticket.unrepairable is None,
    N_("It is written down already that ticket {number} cannot be repaired."),
)
_UNREPAIRABLE = Requirement(
    lambda ticket: ticket.unrepairable is not None,
    N_(
        "First record for ticket {number} that it cannot be repaired, to what it was reduced "
        "and where that is written."
    ),
)
_LATE_FACTS = FAULT_OPEN | {Status.CLOSED}
_PART = (
    Field("name", FieldKind.LINE, N_("Part"), required=True),
    Field("model", FieldKind.LINE, N_("Model")),
    Field("serial", FieldKind.LINE, N_("Serial or batch")),
    Field("maker", FieldKind.LINE, N_("Maker")),
    Field("made_on", FieldKind.DAY, N_("Made on")),
)

ROWS = (
    Spec(
        name="diagnose",
        command=c.Diagnose,
        label=N_("Diagnose"),
        help=N_("Say how grave the fault is, what it came from and what was tried."),
        states=_LATE_FACTS,
        roles=DESK,
        own_roles=FIELD_ROLES,
        fields=(
            Field("severity", FieldKind.CHOICE, N_("Severity"), choices=tuple(Severity)),
            Field("cause", FieldKind.CHOICE, N_("Cause"), choices=tuple(Cause)),
            Field("found", FieldKind.TEXT, N_("What was found")),
            Field("tried", FieldKind.TEXT, N_("What was tried")),
        ),
        requires=(REPORT_IS_OPEN,),
        refusal=IS_OVER,
        time_label=N_("Found at"),
    ),
    Spec(
        name="escalate",
        command=c.Escalate,
        label=N_("Call in the specialist"),
        help=N_("Escalate to the pre-sales specialist, whose visit counts as arrival."),
        states=ACTIVE,
        roles=DECIDERS,
        fields=(
            Field("reason", FieldKind.CHOICE, N_("Reason"), True, tuple(EscalationReason)),
            Field("specialist", FieldKind.PERSON, N_("Specialist")),
            NOTE,
        ),
        requires=(_NOT_ESCALATED,),
        refusal=IS_OVER,
    ),
    Spec(
        name="end-escalation",
        command=c.EndEscalation,
        label=N_("Specialist not needed"),
        help=N_("Take the escalation back; the specialist comes off the ticket."),
        states=ACTIVE,
        roles=DECIDERS,
        fields=(NEEDED_REASON,),
        requires=(_ESCALATED,),
        refusal=IS_OVER,
    ),
    Spec(
        name="fit-part",
        command=c.FitPart,
        label=N_("Part in"),
        help=N_("Record a part that went into the device; within the warranty it costs nothing."),
        states=_LATE_FACTS,
        roles=DESK,
        own_roles=FIELD_ROLES,
        fields=(
            *_PART,
            Field("source", FieldKind.CHOICE, N_("From"), choices=tuple(PartSource)),
            Field("price", FieldKind.LINE, N_("Price")),
        ),
        requires=(WAS_ON_SITE, REPORT_IS_OPEN),
        refusal=IS_OVER,
        time_label=N_("Fitted at"),
    ),
    Spec(
        name="remove-part",
        command=c.RemovePart,
        label=N_("Part out"),
        help=N_("Record a part that came out of the device."),
        states=_LATE_FACTS,
        roles=DESK,
        own_roles=FIELD_ROLES,
        fields=_PART,
        requires=(WAS_ON_SITE, REPORT_IS_OPEN),
        refusal=IS_OVER,
        time_label=N_("Taken out at"),
    ),
    Spec(
        name="restore",
        command=c.Restore,
        label=N_("Works again"),
        help=N_("Record that the device, or a replacement, works again; stops the repair clock."),
        states=frozenset({Status.ON_SITE}),
        roles=DESK,
        own_roles=FIELD_ROLES,
        fields=(CURE,),
        refusal=N_("No engineer is on site for ticket {number}: record the arrival first."),
        over_refusal=IS_OVER,
        time_label=N_("Works since"),
    ),
    Spec(
        name="cannot-repair",
        command=c.CannotRepair,
        label=N_("Cannot be repaired"),
        help=N_("Record that the fault was reduced as far as possible; the repair clock goes on."),
        states=ACTIVE,
        roles=DESK,
        own_roles=FIELD_ROLES,
        fields=(
            Field("reduced", FieldKind.TEXT, N_("Reduced to"), required=True),
            Field("remains", FieldKind.TEXT, N_("What does not work"), required=True),
            Field("report", FieldKind.LINE, N_("Maintenance report"), required=True),
        ),
        requires=(WAS_ON_SITE, _REPAIRABLE),
        refusal=IS_OVER,
        time_label=N_("Found at"),
    ),
    Spec(
        name="agree-way",
        command=c.AgreeWay,
        label=N_("Way forward agreed"),
        help=N_("Record what was fixed with the customer in writing; the repair clock ends."),
        states=ACTIVE,
        roles=DESK,
        own_roles=FIELD_ROLES,
        fields=(
            Field("way", FieldKind.TEXT, N_("Way forward"), required=True),
            Field("name", FieldKind.LINE, N_("Agreed with"), required=True),
            Field("document", FieldKind.LINE, N_("In writing as"), required=True),
            Field("left_open", FieldKind.TEXT, N_("Still open")),
        ),
        requires=(_UNREPAIRABLE,),
        refusal=IS_OVER,
        time_label=N_("Agreed at"),
    ),
)
