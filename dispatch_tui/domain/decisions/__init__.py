"""What follows from each command."""

from dispatch_tui.domain import commands as c
from dispatch_tui.domain import events as e
from dispatch_tui.domain.decisions import away, ending, intake, repair, report, visits
from dispatch_tui.domain.decisions.base import Decision

DECISIONS: dict[type[c.Command], Decision] = {
    kind: decision
    for part in (intake, visits, repair, away, ending, report)
    for kind, decision in part.DECISIONS.items()
}
"""By command."""

FIRST_EVENTS: dict[type[c.Command], type[e.Event]] = {
    c.AddCall: e.CallAdded,
    c.TakeInCall: e.CallAdded,
    c.SetLimits: e.LimitsSet,
    c.LogCall: e.CallLogged,
    c.Note: e.Noted,
    c.SetPriority: e.PrioritySet,
    c.Correct: e.Corrected,
    c.CorrectTime: e.TimeCorrected,
    c.Undo: e.Withdrawn,
    c.Respond: e.Responded,
    c.NeedVisit: e.VisitNeeded,
    c.SolveByPhone: e.SolvedByPhone,
    c.Assign: e.Assigned,
    c.Unassign: e.Unassigned,
    c.PlanVisit: e.VisitPlanned,
    c.Depart: e.Departed,
    c.Expect: e.Expected,
    c.Arrive: e.Arrived,
    c.Leave: e.LeftSite,
    c.Diagnose: e.Diagnosed,
    c.Escalate: e.Escalated,
    c.EndEscalation: e.EscalationEnded,
    c.FitPart: e.PartFitted,
    c.RemovePart: e.PartRemoved,
    c.Restore: e.Restored,
    c.CannotRepair: e.FoundUnrepairable,
    c.AgreeWay: e.WayAgreed,
    c.TakeAway: e.TakenAway,
    c.ReportWorkshop: e.LegReported,
    c.ReportExchange: e.LegReported,
    c.BringBack: e.BroughtBack,
    c.Lend: e.Lent,
    c.TakeLoanBack: e.LoanReturned,
    c.AskConsent: e.ConsentAsked,
    c.Consent: e.Consented,
    c.RefuseConsent: e.ConsentRefused,
    c.CallBack: e.CalledBack,
    c.Close: e.Closed,
    c.KeepCase: e.CaseKept,
    c.Cancel: e.Cancelled,
    c.Merge: e.Merged,
    c.Reopen: e.Reopened,
    c.Complain: e.ComplaintOpened,
    c.Acknowledge: e.Acknowledged,
    c.Investigate: e.Investigated,
    c.TakeMeasures: e.MeasuresTaken,
    c.AnswerComplaint: e.ComplaintAnswered,
    c.RecordSatisfaction: e.SatisfactionRecorded,
    c.CloseComplaint: e.Closed,
    c.SuspectAdverse: e.AdverseSuspected,
    c.ReportAdverse: e.AdverseReported,
    c.ClearAdverse: e.AdverseCleared,
    c.RecordTest: e.TestRecorded,
    c.DescribeService: e.ServiceDescribed,
    c.FinishReport: e.ReportFinished,
    c.SignReport: e.ReportSigned,
    c.AmendReport: e.ReportAmended,
}
"""The kind of entry that a command writes first, by which a retry of it is known."""
