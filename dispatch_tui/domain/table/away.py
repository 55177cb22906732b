"""Rows: what leaves the customer, where it is, and what stands in for it."""

from dispatch_tui.domain import commands as c
from dispatch_tui.domain.away import EXCHANGE_STEPS, WORKSHOP_STEPS, Place
from dispatch_tui.domain.message import N_
from dispatch_tui.domain.people import FIELD_ROLES
from dispatch_tui.domain.spec import Field, FieldKind, Requirement, Spec
from dispatch_tui.domain.table.common import DESK, IS_OVER, NOTE, WAS_ON_SITE
from dispatch_tui.domain.ticket import FAULT_OPEN

_AWAY = Requirement(
    lambda ticket: any(one.out for one in ticket.removals),
    N_("Nothing of ticket {number} is away: record first that something was taken away."),
)
_LENT = Requirement(
    lambda ticket: any(one.out for one in ticket.loans),
    N_("The customer of ticket {number} has nothing on loan."),
)
_RECEIPT = (
    Field("item", FieldKind.LINE, N_("Thing"), required=True),
    Field("serial", FieldKind.LINE, N_("Serial"), required=True),
    Field("signed_by", FieldKind.LINE, N_("Receipt signed by"), required=True),
)
_WHICH = Field("serial", FieldKind.AWAY, N_("Which thing"))
_OWNER = Field("owner", FieldKind.PERSON, N_("Who answers for it"))
_WORD = Field("word_due_at", FieldKind.TIME, N_("Next word by"), ahead=True)

ROWS = (
    Spec(
        name="take-away",
        command=c.TakeAway,
        label=N_("Take away"),
        help=N_("Record by its receipt what left the customer; the repair clock runs on."),
        states=FAULT_OPEN,
        roles=DESK,
        own_roles=FIELD_ROLES,
        fields=(
            *_RECEIPT,
            Field("to", FieldKind.CHOICE, N_("Goes to"), True, tuple(Place)),
            Field("word_due_at", FieldKind.TIME, N_("Next word by"), required=True, ahead=True),
            Field("model", FieldKind.LINE, N_("Model")),
            _OWNER,
        ),
        requires=(WAS_ON_SITE,),
        refusal=IS_OVER,
        time_label=N_("Taken at"),
    ),
    Spec(
        name="report-workshop",
        command=c.ReportWorkshop,
        label=N_("Word from the workshop"),
        help=N_("Record how far the workshop is, and when it will be heard of next."),
        states=FAULT_OPEN,
        roles=DESK,
        own_roles=FIELD_ROLES,
        fields=(
            Field("step", FieldKind.CHOICE, N_("How far"), True, WORKSHOP_STEPS),
            _WORD,
            _WHICH,
            _OWNER,
            NOTE,
        ),
        requires=(_AWAY,),
        refusal=IS_OVER,
        time_label=N_("Heard at"),
    ),
    Spec(
        name="report-exchange",
        command=c.ReportExchange,
        label=N_("Word from procurement"),
        help=N_("Record how far the exchange with the manufacturer is, and when it is promised."),
        states=FAULT_OPEN,
        roles=DESK,
        own_roles=FIELD_ROLES,
        fields=(
            Field("step", FieldKind.CHOICE, N_("How far"), True, EXCHANGE_STEPS),
            _WORD,
            _WHICH,
            _OWNER,
            NOTE,
        ),
        requires=(_AWAY,),
        refusal=IS_OVER,
        time_label=N_("Heard at"),
    ),
    Spec(
        name="bring-back",
        command=c.BringBack,
        label=N_("Give back"),
        help=N_("Record that the customer has the thing again, or a new one in its place."),
        states=FAULT_OPEN,
        roles=DESK,
        own_roles=FIELD_ROLES,
        fields=(
            _WHICH,
            Field("new_serial", FieldKind.LINE, N_("Serial of a new one")),
            Field("received_by", FieldKind.LINE, N_("Received by")),
        ),
        requires=(_AWAY,),
        refusal=IS_OVER,
        time_label=N_("Given back at"),
    ),
    Spec(
        name="lend",
        command=c.Lend,
        label=N_("Leave on loan"),
        help=N_("Record by its receipt what the customer has on loan."),
        states=FAULT_OPEN,
        roles=DESK,
        own_roles=FIELD_ROLES,
        fields=(*_RECEIPT, Field("model", FieldKind.LINE, N_("Model"))),
        refusal=IS_OVER,
        time_label=N_("Lent at"),
    ),
    Spec(
        name="take-loan-back",
        command=c.TakeLoanBack,
        label=N_("Loan back"),
        help=N_("Record that what the customer had on loan is back."),
        states=FAULT_OPEN,
        roles=DESK,
        own_roles=FIELD_ROLES,
        fields=(Field("serial", FieldKind.LOAN, N_("Which loan")),),
        requires=(_LENT,),
        refusal=IS_OVER,
        time_label=N_("Back at"),
    ),
)
