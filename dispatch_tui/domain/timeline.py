"""The entries of a journal as sentences."""

from collections.abc import Callable
from typing import Any

from dispatch_tui.domain import events as e
from dispatch_tui.domain.correctable import BY_EVENT, CORRECTABLE
from dispatch_tui.domain.facts import Answer, CallBackResult
from dispatch_tui.domain.message import N_, Message, say

Journal = tuple[e.Entry, ...]


def describe(entry: e.Entry, journal: Journal = ()) -> Message:
    """Return the sentence for one entry; logins in it are for the reader to turn into names."""
    match entry.event:
        case e.TimeCorrected():
            return _time_corrected(entry.event, journal)
        case e.LegReported(no=no):
            return _leg(entry.event, _item(e.TakenAway, no, journal))
        case e.BroughtBack(no=no):
            return _brought_back(entry.event, _item(e.TakenAway, no, journal))
        case e.LoanReturned(no=no):
            return say(N_("Loan is back: {item}"), item=_item(e.Lent, no, journal))
    return _SENTENCES[type(entry.event)](entry.event)


def _with(template: str, words: str, **values: object) -> Message:
    """A sentence, and after a colon what somebody added to it."""
    sentence = Message(template, values)
    return say(N_("{sentence}: {text}"), sentence=sentence, text=words) if words else sentence


def _facts(sentence: Message, *facts: object) -> Message:
    """A sentence, and in brackets the facts that belong to it, as far as there are any."""
    known = tuple(one for one in facts if one)
    return say(N_("{sentence} ({facts})"), sentence=sentence, facts=known) if known else sentence


def _assigned(event: e.Assigned) -> Message:
    if not event.engineers:
        return _with(N_("{lead} leads now"), event.why, lead=event.lead)
    return _with(N_("Assigned: {people}"), event.why, people=event.engineers)


def _departed(event: e.Departed) -> Message:
    if event.expected_at is None:
        return say(N_("Set out: {people}"), people=event.engineers)
    return say(
        N_("Set out: {people}, expected {expected}"),
        people=event.engineers,
        expected=event.expected_at,
    )


def _expected(event: e.Expected) -> Message:
    return _with(
        N_("Now expected {expected}: {people}"),
        event.reason,
        expected=event.expected_at,
        people=event.engineers,
    )


def _planned(event: e.VisitPlanned) -> Message:
    return say(
        N_("Visit planned for {at} ({purpose}): {people}"),
        at=event.planned_at,
        purpose=event.purpose,
        people=event.engineers,
    )


def _diagnosed(event: e.Diagnosed) -> Message:
    said = _facts(Message(N_("Diagnosed")), event.severity, event.cause)
    if event.found:
        said = say(N_("{sentence}: {text}"), sentence=said, text=event.found)
    if event.tried:
        said = say(N_("{sentence}; tried: {text}"), sentence=said, text=event.tried)
    return said


def _escalated(event: e.Escalated) -> Message:
    return _with(
        N_("Specialist called in: {person} ({reason})"),
        event.note,
        person=event.specialist,
        reason=event.reason,
    )


def _part(event: e.PartFitted | e.PartRemoved) -> Message:
    fitted = isinstance(event, e.PartFitted)
    sentence = say(N_("Part in: {text}") if fitted else N_("Part out: {text}"), text=event.name)
    source = event.source if isinstance(event, e.PartFitted) else None
    price = event.price if isinstance(event, e.PartFitted) else ""
    return _facts(sentence, event.model, event.serial, event.maker, source, price)


def _unrepairable(event: e.FoundUnrepairable) -> Message:
    return say(
        N_("Cannot be repaired: {remains}; reduced to: {reduced} (report {report})"),
        remains=event.remains,
        reduced=event.reduced,
        report=event.report,
    )


def _way_agreed(event: e.WayAgreed) -> Message:
    said = say(
        N_("Way forward agreed with {name}: {way} (in writing: {document})"),
        name=event.name,
        way=event.way,
        document=event.document,
    )
    if not event.left_open:
        return said
    return say(N_("{sentence}; still open: {text}"), sentence=said, text=event.left_open)


def _taken_away(event: e.TakenAway) -> Message:
    return say(
        N_("Taken away: {item} {serial}, to the {place}; signed by {name}, next word by {at}"),
        item=event.item,
        serial=event.serial,
        place=event.to,
        name=event.signed_by,
        at=event.word_due_at,
    )


def _leg(event: e.LegReported, item: str) -> Message:
    told = say(
        N_("Word from the {place} on {item}: {step}"),
        place=event.place,
        item=item,
        step=event.step,
    )
    if event.word_due_at is not None:
        told = say(N_("{sentence}, next word by {at}"), sentence=told, at=event.word_due_at)
    return say(N_("{sentence}: {text}"), sentence=told, text=event.note) if event.note else told


def _brought_back(event: e.BroughtBack, item: str) -> Message:
    given = say(N_("Given back: {item}"), item=item)
    return _facts(given, event.new_serial, event.received_by)


def _item(kind: type[e.TakenAway | e.Lent], no: int, journal: Journal) -> str:
    """What the thing that was taken or lent as number `no` is, with its serial."""
    gone = {seq for one in journal if isinstance(one.event, e.Withdrawn) for seq in one.event.seqs}
    things = [
        f"{one.event.item} {one.event.serial}"
        for one in journal
        if isinstance(one.event, kind) and one.seq not in gone
    ]
    return things[no - 1] if no <= len(things) else str(no)


def _lent(event: e.Lent) -> Message:
    return say(
        N_("Left on loan: {item} {serial}; signed by {name}"),
        item=event.item,
        serial=event.serial,
        name=event.signed_by,
    )


def _consent_asked(event: e.ConsentAsked) -> Message:
    return _with(
        N_("{name} was asked for more time, until {until}"),
        event.why,
        name=event.name,
        until=event.until,
    )


def _consented(event: e.Consented) -> Message:
    return say(
        N_("{name} ({position}, {phone}) agreed by {how} to more time, until {until}: {why}"),
        name=event.name,
        position=event.position,
        phone=event.phone,
        how=event.how,
        until=event.until,
        why=event.why,
    )


def _called_back(event: e.CalledBack) -> Message:
    if event.result is CallBackResult.UNREACHED:
        return _with(N_("Call-back: nobody was reached"), event.words)
    scores = tuple(one for one in (event.attitude, event.skill, event.speed) if one)
    works = event.result is CallBackResult.WORKS
    said = Message(
        N_("Call-back: it works as it should") if works else N_("Call-back: it does not work")
    )
    if scores:
        said = say(N_("{sentence}, scores {scores}"), sentence=said, scores=scores)
    return say(N_("{sentence}: {text}"), sentence=said, text=event.words) if event.words else said


def _investigated(event: e.Investigated) -> Message:
    if event.findings:
        return say(N_("Investigated: {text}"), text=event.findings)
    return say(N_("Not investigated: {text}"), text=event.why_not)


def _satisfaction(event: e.SatisfactionRecorded) -> Message:
    satisfied = event.satisfied is Answer.YES
    template = N_("{name} is satisfied") if satisfied else N_("{name} is not satisfied")
    return _with(template, event.words, name=event.name)


def _suspected(event: e.AdverseSuspected) -> Message:
    several = event.several is Answer.YES
    template = (
        N_("Suspected adverse event, several patients ({harm}): {text}")
        if several
        else N_("Suspected adverse event ({harm}): {text}")
    )
    return say(template, harm=event.harm, text=event.what)


def _adverse_reported(event: e.AdverseReported) -> Message:
    told = say(N_("Adverse event reported {how} to {to}"), how=event.how, to=event.to)
    return _facts(told, event.reference)


def _test(event: e.TestRecorded) -> Message:
    passed = event.passed is Answer.YES
    template = N_("Test passed: {item} {value}") if passed else N_("Test failed: {item} {value}")
    return _facts(say(template, item=event.item, value=event.value), event.limit, event.instrument)


def _service(event: e.ServiceDescribed) -> Message:
    return _with(
        N_("Device {state}, confirmed by {name}"),
        event.advice,
        state=event.state_after,
        name=event.confirmed_by,
    )


def _limits_set(event: e.LimitsSet) -> Message:
    if not event.contract:
        return Message(N_("No contract sets its limits any more"))
    limits = (
        (N_("answer {count} min"), event.response_minutes),
        (N_("on site {count} h"), event.on_site_hours),
        (N_("repair {count} h"), event.repair_hours),
    )
    told = tuple(say(template, count=count) for template, count in limits if count is not None)
    return _facts(say(N_("Limits of contract {contract}"), contract=event.contract), *told)


def _time_corrected(event: e.TimeCorrected, journal: Journal) -> Message:
    entry = next((one for one in journal if one.seq == event.seq), None)
    fact = BY_EVENT.get(type(entry.event)) if entry else None
    told = describe(entry, journal) if entry else str(event.seq)
    what = Message(CORRECTABLE[fact].label) if fact else told
    return _with(N_("Time corrected: {what} at {to}"), event.reason, what=what, to=event.to)


_SENTENCES: dict[type[e.Event], Callable[[Any], Message]] = {
    e.CallLogged: lambda one: say(
        N_("Fault reported: {text}") if one.kind == "fault" else N_("Complaint: {text}"),
        text=one.fault,
    ),
    e.CallAdded: lambda one: (
        say(N_("Merged from {number}: {text}"), number=one.merged_from, text=one.text)
        if one.merged_from
        else say(N_("Customer called again: {text}"), text=one.text)
    ),
    e.Responded: lambda one: _with(N_("Customer answered"), one.note),
    e.VisitNeeded: lambda one: say(N_("Needs a visit: {text}"), text=one.why),
    e.LimitsSet: _limits_set,
    e.Noted: lambda one: say(N_("Note: {text}"), text=one.text),
    e.Assigned: _assigned,
    e.Unassigned: lambda one: _with(N_("Taken off: {people}"), one.reason, people=one.engineers),
    e.VisitPlanned: _planned,
    e.Departed: _departed,
    e.Expected: _expected,
    e.Arrived: lambda one: say(N_("On site: {people}"), people=one.engineers),
    e.LeftSite: lambda one: _with(N_("Left: {people}"), one.note, people=one.engineers),
    e.Diagnosed: _diagnosed,
    e.Escalated: _escalated,
    e.EscalationEnded: lambda one: _with(N_("Specialist not needed"), one.reason),
    e.PartFitted: _part,
    e.PartRemoved: _part,
    e.Restored: lambda one: say(N_("Works again: {text}"), text=one.what_was_done),
    e.SolvedByPhone: lambda one: say(N_("Solved by phone: {text}"), text=one.what_was_done),
    e.FoundUnrepairable: _unrepairable,
    e.WayAgreed: _way_agreed,
    e.TakenAway: _taken_away,
    e.Lent: _lent,
    e.ConsentAsked: _consent_asked,
    e.Consented: _consented,
    e.ConsentRefused: lambda one: _with(
        N_("{name} did not agree to more time"), one.words, name=one.name
    ),
    e.CalledBack: _called_back,
    e.Closed: lambda one: _with(N_("Case closed"), one.note),
    e.CaseKept: lambda one: say(N_("Kept as a case: {text}"), text=one.symptom),
    e.Cancelled: lambda one: say(N_("Cancelled: {text}"), text=one.reason),
    e.Merged: lambda one: _with(N_("Merged into {number}"), one.reason, number=one.into),
    e.Reopened: lambda one: say(N_("Reopened: {text}"), text=one.reason),
    e.ComplaintOpened: lambda one: say(
        N_("Customer complains, see {number}: {text}"), number=one.number, text=one.text
    ),
    e.Acknowledged: lambda one: _with(N_("Complaint acknowledged"), one.note),
    e.Investigated: _investigated,
    e.MeasuresTaken: lambda one: say(N_("Measures: {text}"), text=one.measures),
    e.ComplaintAnswered: lambda one: say(N_("Customer answered: {text}"), text=one.answer),
    e.SatisfactionRecorded: _satisfaction,
    e.AdverseSuspected: _suspected,
    e.AdverseReported: _adverse_reported,
    e.AdverseCleared: lambda one: say(N_("No adverse event: {text}"), text=one.reason),
    e.TestRecorded: _test,
    e.ServiceDescribed: _service,
    e.ReportFinished: lambda one: say(N_("Service report final ({hash})"), hash=one.hash[:12]),
    e.ReportSigned: lambda one: _facts(
        say(N_("Report signed by {name}"), name=one.name), one.position
    ),
    e.ReportAmended: lambda one: say(
        N_("Report amended, {section}: {text}"), section=one.section, text=one.text
    ),
    e.PrioritySet: lambda one: _with(
        N_("Priority set to {priority}"), one.reason, priority=one.priority
    ),
    e.Corrected: lambda one: _with(N_("Intake corrected"), one.reason),
    e.Withdrawn: lambda one: say(N_("Taken back: entry {seqs}"), seqs=one.seqs),
}
