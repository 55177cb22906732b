"""Rows: the service report, from its tests to the customer's signature."""

from dispatch_tui.domain import commands as c
from dispatch_tui.domain.facts import AFTER_SERVICE, Answer
from dispatch_tui.domain.message import N_
from dispatch_tui.domain.people import FIELD_ROLES
from dispatch_tui.domain.sections import Section
from dispatch_tui.domain.spec import Field, FieldKind, Requirement, Spec
from dispatch_tui.domain.table.common import DESK, IS_OVER, REPORT_IS_OPEN
from dispatch_tui.domain.ticket import AFTER_REPAIR, FAULT_OPEN, Status

_FINAL = Requirement(
    lambda ticket: ticket.report is not None,
    N_("The service report of ticket {number} is a draft: make it final first."),
)
_UNSIGNED = Requirement(
    lambda ticket: ticket.report is not None and not ticket.report.signed_by,
    N_("The service report of ticket {number} is already signed by {signed_by}."),
)
_STATES = AFTER_REPAIR | {Status.CLOSED}
_NOT_DONE = N_("Ticket {number} is {status}: the report is made once the fault is dealt with.")

ROWS = (
    Spec(
        name="record-test",
        command=c.RecordTest,
        label=N_("Enter a test"),
        help=N_("Record one test of the checklist for this kind of device, or any other."),
        states=FAULT_OPEN | {Status.CLOSED},
        roles=DESK,
        own_roles=FIELD_ROLES,
        fields=(
            Field("item", FieldKind.CHECK, N_("Test"), required=True),
            Field("value", FieldKind.LINE, N_("Value"), required=True),
            Field("passed", FieldKind.CHOICE, N_("Passed"), True, tuple(Answer)),
            Field("instrument", FieldKind.LINE, N_("Instrument")),
            Field("limit", FieldKind.LINE, N_("Limit")),
        ),
        requires=(REPORT_IS_OPEN,),
        refusal=IS_OVER,
        time_label=N_("Tested at"),
    ),
    Spec(
        name="describe-service",
        command=c.DescribeService,
        label=N_("State after service"),
        help=N_("Record what the device can be used for, who confirmed it, and your advice."),
        states=FAULT_OPEN | {Status.CLOSED},
        roles=DESK,
        own_roles=FIELD_ROLES,
        fields=(
            Field("state_after", FieldKind.CHOICE, N_("Device is"), True, AFTER_SERVICE),
            Field("confirmed_by", FieldKind.LINE, N_("Confirmed by"), required=True),
            Field("advice", FieldKind.TEXT, N_("Advice")),
        ),
        requires=(REPORT_IS_OPEN,),
        refusal=IS_OVER,
    ),
    Spec(
        name="finish-report",
        command=c.FinishReport,
        label=N_("Make the report final"),
        help=N_("Freeze the service report as the journal tells it now; only amendments follow."),
        states=_STATES,
        roles=DESK,
        own_roles=FIELD_ROLES,
        requires=(REPORT_IS_OPEN,),
        refusal=_NOT_DONE,
        over_refusal=IS_OVER,
        dangerous=True,
        final=True,
    ),
    Spec(
        name="sign-report",
        command=c.SignReport,
        label=N_("Report signed"),
        help=N_("Record who of the customer signed the service report."),
        states=_STATES,
        roles=DESK,
        own_roles=FIELD_ROLES,
        fields=(
            Field("name", FieldKind.LINE, N_("Signed by"), required=True),
            Field("position", FieldKind.LINE, N_("Position")),
        ),
        requires=(_FINAL, _UNSIGNED),
        refusal=_NOT_DONE,
        over_refusal=IS_OVER,
        time_label=N_("Signed at"),
    ),
    Spec(
        name="amend-report",
        command=c.AmendReport,
        label=N_("Amend the report"),
        help=N_("Add an amendment to a final report; what it amends stays as it was."),
        states=_STATES,
        roles=DESK,
        own_roles=FIELD_ROLES,
        fields=(
            Field("section", FieldKind.CHOICE, N_("Amends"), True, tuple(Section)),
            Field("text", FieldKind.TEXT, N_("Amendment"), required=True),
        ),
        requires=(_FINAL,),
        refusal=_NOT_DONE,
        over_refusal=IS_OVER,
    ),
)
