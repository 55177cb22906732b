"""Rows: complaints, followed until the customer is satisfied (S17)."""

from dispatch_tui.domain import commands as c
from dispatch_tui.domain.facts import Answer, How
from dispatch_tui.domain.message import N_
from dispatch_tui.domain.spec import Field, FieldKind, Spec
from dispatch_tui.domain.table.common import (
    COMPLAINT,
    COMPLAINT_OPEN,
    CONTACT,
    DESK,
    GENERAL_MANAGER,
    NOTE,
    PHONE,
    WORDS,
)
from dispatch_tui.domain.ticket import Status

_SETTLED = N_("Complaint {number} is {status}; reopen it first.")

ROWS = (
    Spec(
        name="complain",
        command=c.Complain,
        label=N_("Record a complaint"),
        help=N_("Open a complaint about this case; the general manager follows it."),
        states=frozenset(Status),
        roles=DESK,
        fields=(
            Field("text", FieldKind.TEXT, N_("What is complained about"), required=True),
            Field("channel", FieldKind.CHOICE, N_("By"), choices=tuple(How)),
            CONTACT,
            PHONE,
        ),
        time_label=N_("Said at"),
    ),
    Spec(
        name="acknowledge",
        command=c.Acknowledge,
        label=N_("Acknowledge"),
        help=N_("Record that the customer was told that the complaint is being looked into."),
        states=frozenset({Status.LOGGED}),
        kinds=COMPLAINT,
        roles=DESK,
        fields=(NOTE,),
        refusal=N_("Complaint {number} was acknowledged already: it is {status}."),
        time_label=N_("Told at"),
    ),
    Spec(
        name="investigate",
        command=c.Investigate,
        label=N_("Investigate"),
        help=N_("Record what was found, or the reason why it is not looked into."),
        states=COMPLAINT_OPEN - {Status.SATISFIED},
        kinds=COMPLAINT,
        roles=GENERAL_MANAGER,
        fields=(
            Field("findings", FieldKind.TEXT, N_("Findings")),
            Field("why_not", FieldKind.TEXT, N_("Why not")),
        ),
        refusal=_SETTLED,
    ),
    Spec(
        name="take-measures",
        command=c.TakeMeasures,
        label=N_("Take measures"),
        help=N_("Record what is done so that it does not happen again."),
        states=COMPLAINT_OPEN - {Status.SATISFIED},
        kinds=COMPLAINT,
        roles=GENERAL_MANAGER,
        fields=(Field("measures", FieldKind.TEXT, N_("Measures"), required=True),),
        refusal=_SETTLED,
    ),
    Spec(
        name="answer",
        command=c.AnswerComplaint,
        label=N_("Answer the complaint"),
        help=N_("Record the answer to the customer."),
        states=frozenset({Status.INVESTIGATED}),
        kinds=COMPLAINT,
        roles=GENERAL_MANAGER,
        fields=(
            Field("answer", FieldKind.TEXT, N_("Answer given"), required=True),
            Field("how", FieldKind.CHOICE, N_("By"), choices=tuple(How)),
        ),
        refusal=N_("Complaint {number} is {status}: investigate it, or say why not, first."),
        over_refusal=_SETTLED,
        time_label=N_("Replied at"),
    ),
    Spec(
        name="record-satisfaction",
        command=c.RecordSatisfaction,
        label=N_("Customer satisfied?"),
        help=N_("Record whether the customer is satisfied, and who said so."),
        states=frozenset({Status.ANSWERED}),
        kinds=COMPLAINT,
        roles=DESK,
        fields=(
            Field("satisfied", FieldKind.CHOICE, N_("Satisfied"), True, tuple(Answer)),
            Field("name", FieldKind.LINE, N_("Who said so"), required=True),
            WORDS,
        ),
        refusal=N_("Complaint {number} is {status}: answer it first."),
        over_refusal=_SETTLED,
        time_label=N_("Said at"),
    ),
    Spec(
        name="close-complaint",
        command=c.CloseComplaint,
        label=N_("Close the complaint"),
        help=N_("End a complaint whose customer said that they are satisfied."),
        states=frozenset({Status.SATISFIED}),
        kinds=COMPLAINT,
        roles=GENERAL_MANAGER,
        fields=(NOTE,),
        refusal=N_(
            "Complaint {number} is {status}: it is closed when the customer said “satisfied”."
        ),
        over_refusal=N_("Ticket {number} is already {status}."),
    ),
)
