"""What happened to a ticket: the entries of its journal."""

from datetime import datetime

import msgspec

from dispatch_tui.domain.events.adverse import AdverseCleared, AdverseReported, AdverseSuspected
from dispatch_tui.domain.events.away import BroughtBack, LegReported, Lent, LoanReturned, TakenAway
from dispatch_tui.domain.events.base import Event
from dispatch_tui.domain.events.complaint import (
    Acknowledged,
    ComplaintAnswered,
    ComplaintOpened,
    Investigated,
    MeasuresTaken,
    SatisfactionRecorded,
)
from dispatch_tui.domain.events.consent import ConsentAsked, Consented, ConsentRefused
from dispatch_tui.domain.events.ending import (
    CalledBack,
    Cancelled,
    CaseKept,
    Closed,
    Merged,
    Reopened,
)
from dispatch_tui.domain.events.intake import (
    CallAdded,
    CallLogged,
    Corrected,
    LimitsSet,
    Noted,
    PrioritySet,
    TimeCorrected,
    Withdrawn,
)
from dispatch_tui.domain.events.phone import Responded, SolvedByPhone, VisitNeeded
from dispatch_tui.domain.events.repair import (
    Diagnosed,
    Escalated,
    EscalationEnded,
    FoundUnrepairable,
    PartFitted,
    PartRemoved,
    Restored,
    WayAgreed,
)
from dispatch_tui.domain.events.report import (
    ReportAmended,
    ReportFinished,
    ReportSigned,
    ServiceDescribed,
    TestRecorded,
)
from dispatch_tui.domain.events.visits import (
    Arrived,
    Assigned,
    Departed,
    Expected,
    LeftSite,
    Unassigned,
    VisitPlanned,
)

__all__ = [
    "Acknowledged",
    "AdverseCleared",
    "AdverseReported",
    "AdverseSuspected",
    "Arrived",
    "Assigned",
    "BroughtBack",
    "CallAdded",
    "CallLogged",
    "CalledBack",
    "Cancelled",
    "CaseKept",
    "Closed",
    "ComplaintAnswered",
    "ComplaintOpened",
    "ConsentAsked",
    "ConsentRefused",
    "Consented",
    "Corrected",
    "Departed",
    "Diagnosed",
    "Entry",
    "Escalated",
    "EscalationEnded",
    "Event",
    "Expected",
    "FoundUnrepairable",
    "Investigated",
    "LeftSite",
    "LegReported",
    "Lent",
    "LimitsSet",
    "LoanReturned",
    "MeasuresTaken",
    "Merged",
    "Noted",
    "PartFitted",
    "PartRemoved",
    "PrioritySet",
    "Reopened",
    "ReportAmended",
    "ReportFinished",
    "ReportSigned",
    "Responded",
    "Restored",
    "SatisfactionRecorded",
    "ServiceDescribed",
    "SolvedByPhone",
    "TakenAway",
    "TestRecorded",
    "TicketEvent",
    "TimeCorrected",
    "Unassigned",
    "VisitNeeded",
    "VisitPlanned",
    "WayAgreed",
    "Withdrawn",
]

TicketEvent = (
    CallLogged
    | CallAdded
    | LimitsSet
    | Noted
    | PrioritySet
    | Corrected
    | TimeCorrected
    | Withdrawn
    | Responded
    | VisitNeeded
    | SolvedByPhone
    | Assigned
    | Unassigned
    | VisitPlanned
    | Departed
    | Expected
    | Arrived
    | LeftSite
    | Diagnosed
    | Escalated
    | EscalationEnded
    | PartFitted
    | PartRemoved
    | Restored
    | FoundUnrepairable
    | WayAgreed
    | TakenAway
    | LegReported
    | BroughtBack
    | Lent
    | LoanReturned
    | ConsentAsked
    | Consented
    | ConsentRefused
    | CalledBack
    | CaseKept
    | Closed
    | Cancelled
    | Merged
    | Reopened
    | ComplaintOpened
    | Acknowledged
    | Investigated
    | MeasuresTaken
    | ComplaintAnswered
    | SatisfactionRecorded
    | AdverseSuspected
    | AdverseReported
    | AdverseCleared
    | TestRecorded
    | ServiceDescribed
    | ReportFinished
    | ReportSigned
    | ReportAmended
)


class Entry(msgspec.Struct, frozen=True, kw_only=True):
    """One line of a ticket's journal; `seq` counts from 1, both times are aware UTC.

    An entry that `follows` came of the same command as the one before it; one that is `imported`
    was told by a file.
    """

    seq: int
    event: TicketEvent
    actor: str
    occurred_at: datetime
    recorded_at: datetime
    follows: bool = False
    imported: bool = False
