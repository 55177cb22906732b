"""Rows: suspected adverse events, with dates of their own."""

from dispatch_tui.domain import commands as c
from dispatch_tui.domain.facts import AdverseReport, Answer, Harm
from dispatch_tui.domain.message import N_
from dispatch_tui.domain.people import FIELD_ROLES
from dispatch_tui.domain.spec import Field, FieldKind, Requirement, Spec
from dispatch_tui.domain.table.common import DECIDERS, DESK, EVERY_KIND, IS_ENDED, NEEDED_REASON
from dispatch_tui.domain.ticket import Status

_SUSPECTED = Requirement(
    lambda ticket: ticket.adverse is not None and ticket.adverse.suspected,
    N_("No adverse event is suspected on ticket {number}."),
)
_STATES = frozenset(Status) - {Status.CANCELLED, Status.MERGED}

ROWS = (
    Spec(
        name="suspect-adverse",
        command=c.SuspectAdverse,
        label=N_("Suspected adverse event"),
        help=N_("A patient may have been harmed: starts the dates by which it is reported."),
        states=_STATES,
        kinds=EVERY_KIND,
        roles=DESK,
        own_roles=FIELD_ROLES,
        fields=(
            Field("harm", FieldKind.CHOICE, N_("Harm"), True, tuple(Harm)),
            Field("what", FieldKind.TEXT, N_("What happened to whom"), required=True),
            Field(
                "several", FieldKind.CHOICE, N_("Several patients"), choices=tuple(reversed(Answer))
            ),
        ),
        refusal=IS_ENDED,
        time_label=N_("Learnt at"),
    ),
    Spec(
        name="report-adverse",
        command=c.ReportAdverse,
        label=N_("Adverse event reported"),
        help=N_("Record that the authority was told, by phone or in writing."),
        states=_STATES,
        kinds=EVERY_KIND,
        roles=DECIDERS,
        fields=(
            Field("how", FieldKind.CHOICE, N_("How"), True, tuple(AdverseReport)),
            Field("to", FieldKind.LINE, N_("To whom"), required=True),
            Field("reference", FieldKind.LINE, N_("Reference")),
        ),
        requires=(_SUSPECTED,),
        refusal=IS_ENDED,
        time_label=N_("Authority told at"),
    ),
    Spec(
        name="clear-adverse",
        command=c.ClearAdverse,
        label=N_("No adverse event"),
        help=N_("Record why the suspicion was unfounded."),
        states=_STATES,
        kinds=EVERY_KIND,
        roles=DECIDERS,
        fields=(NEEDED_REASON,),
        requires=(_SUSPECTED,),
        refusal=IS_ENDED,
        dangerous=True,
    ),
)
