"""Rows: the call after the repair, and how a case ends."""

from dispatch_tui.domain import commands as c
from dispatch_tui.domain.facts import Answer, CallBackResult
from dispatch_tui.domain.message import N_
from dispatch_tui.domain.people import FIELD_ROLES
from dispatch_tui.domain.spec import Field, FieldKind, Requirement, Spec
from dispatch_tui.domain.table.common import (
    DECIDERS,
    DESK,
    EVERY_KIND,
    NEEDED_REASON,
    NO_ADVERSE_PENDING,
    NOTE,
    NOTHING_OUT,
    REASON,
    WORDS,
)
from dispatch_tui.domain.ticket import ACTIVE, AFTER_REPAIR, OVER, Status

_NOT_YET = N_("Ticket {number} is {status}: the fault must be gone before it is closed.")
_CALLED_BACK = Requirement(
    lambda ticket: ticket.confirmed_at is not None,
    N_("The customer of ticket {number} was not called back yet: do that first."),
    for_past=False,
)

ROWS = (
    Spec(
        name="call-back",
        command=c.CallBack,
        label=N_("Call back"),
        help=N_("Ask the customer whether it works as it should; “no” reopens the case."),
        states=AFTER_REPAIR - {Status.CONFIRMED},
        roles=DESK,
        fields=(
            Field("result", FieldKind.CHOICE, N_("Works"), True, tuple(CallBackResult)),
            Field("attitude", FieldKind.SCORE, N_("Attitude")),
            Field("skill", FieldKind.SCORE, N_("Skill")),
            Field("speed", FieldKind.SCORE, N_("Speed")),
            WORDS,
            Field("complaint", FieldKind.CHOICE, N_("Complains"), choices=tuple(reversed(Answer))),
        ),
        refusal=N_("Ticket {number} is {status}: there is nothing to call back about yet."),
        over_refusal=N_(
            "Ticket {number} is {status}: there is nothing to call back about any more."
        ),
        time_label=N_("Called back at"),
    ),
    Spec(
        name="keep-case",
        command=c.KeepCase,
        label=N_("Keep as a case"),
        help=N_("Mark a solved case as worth keeping; it is shown when the like is reported."),
        states=AFTER_REPAIR | {Status.CLOSED},
        roles=DESK,
        own_roles=FIELD_ROLES,
        fields=(
            Field("symptom", FieldKind.TEXT, N_("Symptom"), required=True),
            Field("cause", FieldKind.TEXT, N_("Cause"), required=True),
            Field("cure", FieldKind.TEXT, N_("Cure"), required=True),
        ),
        refusal=N_("Ticket {number} is {status}: only what was dealt with is worth keeping."),
    ),
    Spec(
        name="close",
        command=c.Close,
        label=N_("Close the case"),
        help=N_("End the case after the customer said, called back, that the fault is gone."),
        states=AFTER_REPAIR,
        roles=DESK,
        fields=(NOTE,),
        requires=(_CALLED_BACK, NOTHING_OUT),
        refusal=_NOT_YET,
        over_refusal=N_("Ticket {number} is already {status}."),
    ),
    Spec(
        name="reopen",
        command=c.Reopen,
        label=N_("Reopen"),
        help=N_("Take the case up again; its clocks run on as if they had never stopped."),
        states=AFTER_REPAIR | OVER | {Status.SATISFIED},
        kinds=EVERY_KIND,
        roles=DECIDERS,
        fields=(NEEDED_REASON,),
        refusal=N_("Ticket {number} is {status}: it is still open."),
        dangerous=True,
    ),
    Spec(
        name="cancel",
        command=c.Cancel,
        label=N_("Cancel"),
        help=N_("End a ticket that was opened by mistake; its clocks become void."),
        states=ACTIVE,
        roles=DECIDERS,
        fields=(NEEDED_REASON,),
        requires=(NOTHING_OUT, NO_ADVERSE_PENDING),
        refusal=N_("Ticket {number} is {status} and can no longer be cancelled."),
        dangerous=True,
    ),
    Spec(
        name="merge",
        command=c.Merge,
        label=N_("Merge into another"),
        help=N_("It is the same fault as on another ticket: the clocks of this one end."),
        states=frozenset({Status.LOGGED, Status.RESPONDED, Status.ASSIGNED}),
        roles=DECIDERS,
        fields=(Field("into", FieldKind.TICKET, N_("Into ticket"), required=True), REASON),
        requires=(NOTHING_OUT, NO_ADVERSE_PENDING),
        refusal=N_("Ticket {number} is {status}: it has a course of its own and stays apart."),
        dangerous=True,
        final=True,
    ),
)
