"""Rows: what is done on the phone, before anybody goes."""

from dispatch_tui.domain import commands as c
from dispatch_tui.domain.message import N_
from dispatch_tui.domain.people import FIELD_ROLES
from dispatch_tui.domain.spec import Field, FieldKind, Requirement, Spec
from dispatch_tui.domain.table.common import CURE, DESK, IS_OVER
from dispatch_tui.domain.ticket import ACTIVE, Status

_NOT_ANSWERED = Requirement(
    lambda ticket: ticket.responded_at is None,
    N_("The customer was already answered at {responded_at}; correct the time if it is wrong."),
)
_NOT_KNOWN = Requirement(
    lambda ticket: ticket.needs_visit_at is None,
    N_("It is known already that ticket {number} needs a visit: assign an engineer."),
)

ROWS = (
    Spec(
        name="respond",
        command=c.Respond,
        label=N_("Answer the customer"),
        help=N_(
            "Record the first talk with the customer about the fault; stops the response clock."
        ),
        states=ACTIVE,
        roles=DESK,
        own_roles=FIELD_ROLES,
        fields=(Field("note", FieldKind.TEXT, N_("What was learnt")),),
        requires=(_NOT_ANSWERED,),
        refusal=IS_OVER,
        time_label=N_("Talked at"),
    ),
    Spec(
        name="need-visit",
        command=c.NeedVisit,
        label=N_("Needs a visit"),
        help=N_("Record that it cannot be solved by phone; this was a talk with the customer."),
        states=frozenset({Status.LOGGED, Status.RESPONDED, Status.ASSIGNED}),
        roles=DESK,
        own_roles=FIELD_ROLES,
        fields=(Field("why", FieldKind.TEXT, N_("Why"), required=True),),
        requires=(_NOT_KNOWN,),
        refusal=N_("Ticket {number} is {status}: it was decided already that somebody goes."),
        over_refusal=IS_OVER,
        time_label=N_("Talked at"),
    ),
    Spec(
        name="solve-by-phone",
        command=c.SolveByPhone,
        label=N_("Solved by phone"),
        help=N_("Record that the fault is gone without a visit; the on-site clock falls away."),
        states=frozenset({Status.LOGGED, Status.RESPONDED, Status.ASSIGNED, Status.UNDER_WAY}),
        roles=DESK,
        own_roles=FIELD_ROLES,
        fields=(CURE,),
        refusal=N_("Ticket {number} is {status}: solving by phone is no longer what happened."),
        over_refusal=IS_OVER,
        time_label=N_("Solved at"),
    ),
)
