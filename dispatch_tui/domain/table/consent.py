"""Rows: more time for the repair of a major fault, with the purchaser's consent only (S4)."""

from dispatch_tui.domain import commands as c
from dispatch_tui.domain.facts import How
from dispatch_tui.domain.message import N_
from dispatch_tui.domain.spec import Field, FieldKind, Requirement, Spec
from dispatch_tui.domain.table.common import (
    DECIDERS,
    IS_MAJOR,
    IS_OVER,
    PHONE,
    WAS_ON_SITE,
    WORDS,
)
from dispatch_tui.domain.ticket import ACTIVE

_ASKED = Requirement(
    lambda ticket: ticket.consent_asked is not None,
    N_("The purchaser was not asked for more time on ticket {number}."),
)
_UNTIL = Field("until", FieldKind.TIME, N_("Until"), required=True, ahead=True)

ROWS = (
    Spec(
        name="ask-consent",
        command=c.AskConsent,
        label=N_("Ask for more time"),
        help=N_("Record that the purchaser was asked; the limit stays until they agree."),
        states=ACTIVE,
        roles=DECIDERS,
        fields=(
            Field("name", FieldKind.LINE, N_("Who was asked"), required=True),
            _UNTIL,
            PHONE,
            Field("why", FieldKind.TEXT, N_("Why")),
        ),
        requires=(IS_MAJOR, WAS_ON_SITE),
        refusal=IS_OVER,
        time_label=N_("Asked at"),
    ),
    Spec(
        name="consent",
        command=c.Consent,
        label=N_("Purchaser agrees"),
        help=N_("Extend the repair to 48 h at most; the first limit stays visible."),
        states=ACTIVE,
        roles=DECIDERS,
        fields=(
            Field("name", FieldKind.LINE, N_("Who agreed"), required=True),
            Field("position", FieldKind.LINE, N_("Position"), required=True),
            Field("phone", FieldKind.LINE, N_("Phone"), required=True),
            Field("how", FieldKind.CHOICE, N_("How"), True, tuple(How)),
            Field("why", FieldKind.TEXT, N_("Why"), required=True),
            _UNTIL,
        ),
        requires=(IS_MAJOR, WAS_ON_SITE),
        refusal=IS_OVER,
        time_label=N_("Agreed at"),
    ),
    Spec(
        name="refuse-consent",
        command=c.RefuseConsent,
        label=N_("Purchaser does not agree"),
        help=N_("Record that there is no more time."),
        states=ACTIVE,
        roles=DECIDERS,
        fields=(Field("name", FieldKind.LINE, N_("Who said so"), required=True), WORDS),
        requires=(_ASKED,),
        refusal=IS_OVER,
        time_label=N_("Said at"),
    ),
)
