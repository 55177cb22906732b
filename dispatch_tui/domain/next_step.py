"""What must happen next on a ticket: by which command, in words."""

from datetime import datetime

import msgspec

from dispatch_tui.domain.message import N_, Message, say
from dispatch_tui.domain.standing import awaited, overdue
from dispatch_tui.domain.ticket import ACTIVE, AFTER_REPAIR, Status, Ticket
from dispatch_tui.domain.visits import VisitState, live_trips, silent


class Step(msgspec.Struct, frozen=True):
    """What has to be done: the name of the command ("" for none), and the sentence that says it.

    `phone` says that the customer has to be called for it, `person` who of our own people has to.
    """

    command: str
    sentence: Message
    phone: bool = False
    person: str = ""


_COMPLAINT = {
    Status.LOGGED: Step(
        "acknowledge", Message(N_("Tell the customer that the complaint is looked into.")), True
    ),
    Status.ACKNOWLEDGED: Step(
        "investigate", Message(N_("Investigate the complaint, or say why not."))
    ),
    Status.INVESTIGATED: Step(
        "answer", Message(N_("Take measures and answer the customer.")), True
    ),
    Status.ANSWERED: Step(
        "record-satisfaction", Message(N_("Ask the customer whether they are satisfied.")), True
    ),
    Status.SATISFIED: Step("close-complaint", Message(N_("Close the complaint."))),
}
_OVER = {
    Status.CLOSED: Step("", Message(N_("Nothing: the case is closed."))),
    Status.CANCELLED: Step("", Message(N_("Nothing: the ticket was cancelled."))),
    Status.MERGED: Step("", Message(N_("Nothing: the case goes on as another ticket."))),
}
_ANSWER = Step("respond", Message(N_("Call the customer back about the fault.")), True)
_ADVERSE = Step(
    "report-adverse", Message(N_("Report the suspected adverse event to the authority."))
)
_AGREE = Step("agree-way", Message(N_("Agree with the customer in writing how it goes on.")), True)
_CALL_BACK = Step(
    "call-back", Message(N_("Call the customer back: does it work as it should?")), True
)
_CALL_BACK_AGREED = Step(
    "call-back", Message(N_("Call the customer back: does it go as was agreed?")), True
)


def next_step(ticket: Ticket, now: datetime) -> Step:
    """Return what has to be done next; logins in the sentence are for the reader to name."""
    status = ticket.status
    if status in _OVER:
        pending = status is Status.CLOSED and ticket.is_open
        return _ADVERSE if pending else _OVER[status]
    if ticket.complaint is not None:
        return _COMPLAINT[status]
    if status in AFTER_REPAIR:
        return _after_repair(ticket)
    if status is Status.LOGGED:
        return _ANSWER
    step = _towards_repair(ticket, now)
    if status in ACTIVE and not ticket.talked_at:
        sentence = say(N_("Call the customer back about the fault. {then}"), then=step.sentence)
        return Step(_ANSWER.command, sentence, True, step.person)
    return step


def _towards_repair(ticket: Ticket, now: datetime) -> Step:
    if quiet := silent(ticket.visits, now):
        return Step(
            "expect",
            say(N_("Call {person}: where are they?"), person=quiet[0].login),
            person=quiet[0].login,
        )
    match ticket.status:
        case Status.RESPONDED if ticket.needs_visit_at:
            return Step("assign", Message(N_("Assign an engineer: a visit is needed.")))
        case Status.RESPONDED:
            return Step("assign", Message(N_("Assign an engineer, or solve it by phone.")))
        case Status.ASSIGNED:
            return _set_out(ticket)
        case Status.UNDER_WAY:
            who = _furthest(ticket, VisitState.DEPARTED)
            return Step("arrive", say(N_("{lead} is on the way: record the arrival."), lead=who))
        case Status.ON_SITE:
            return _on_site(ticket)
        case Status.UNREPAIRABLE:
            return _AGREE
        case _:
            return _leg(ticket, now)


def _set_out(ticket: Ticket) -> Step:
    if ticket.arrived_at is not None and not any(one.live for one in ticket.visits):
        return Step("plan-visit", Message(N_("The fault is still there: plan the next visit.")))
    planned = min(
        (
            visit
            for visit in ticket.visits
            if visit.state is VisitState.PLANNED and visit.planned_at
        ),
        key=lambda visit: visit.planned_at or ticket.reported_at,
        default=None,
    )
    if planned is None:
        return Step("depart", say(N_("{lead} has to set out."), lead=ticket.lead))
    logins = [one.login for one in planned.trips]
    who = ticket.lead if ticket.lead in logins or not logins else logins[0]
    sentence = N_("{lead} has to set out, planned for {at}.")
    return Step("depart", say(sentence, lead=who, at=planned.planned_at))


def _on_site(ticket: Ticket) -> Step:
    if ticket.unrepairable is not None:
        return _AGREE
    who = _furthest(ticket, VisitState.ARRIVED)
    if ticket.cause is None:
        sentence = N_("{lead} is on site: record the diagnosis, or when it works again.")
        return Step("diagnose", say(sentence, lead=who))
    return Step("restore", say(N_("{lead} is on site: record when it works again."), lead=who))


def _leg(ticket: Ticket, now: datetime) -> Step:
    if late := overdue(ticket, now):
        return Step(
            _report_command(late[0].place.value),
            say(
                N_("Ask {person}: the word on {item} is due."),
                person=late[0].owner,
                item=late[0].item,
            ),
            person=late[0].owner,
        )
    thing = awaited(ticket)
    if thing.ready and any(one.live for one in ticket.visits):
        return _set_out(ticket)
    if thing.ready and not ticket.engineers:
        sentence = N_("{item} is ready: assign who puts it in again.")
        return Step("assign", say(sentence, item=thing.item))
    if thing.ready:
        sentence = N_("{item} is ready: plan the visit to put it in again.")
        return Step("plan-visit", say(sentence, item=thing.item))
    return Step(
        _report_command(thing.place.value),
        say(
            N_("Wait for the word of {person} on {item} by {at}."),
            person=thing.owner,
            item=thing.item,
            at=thing.word_due_at,
        ),
    )


def _after_repair(ticket: Ticket) -> Step:
    if ticket.confirmed_at is None:
        return _CALL_BACK_AGREED if ticket.status is Status.AGREED else _CALL_BACK
    if any(one.out for one in ticket.removals):
        return Step("bring-back", Message(N_("Give back what is still away.")))
    if ticket.out:
        return Step("take-loan-back", Message(N_("Take back what the customer has on loan.")))
    if ticket.adverse is not None and ticket.adverse.pending:
        return _ADVERSE
    if ticket.report is None and ticket.arrived_at is not None:
        return Step("close", Message(N_("Close the case; the service report is not final yet.")))
    return Step("close", Message(N_("Close the case.")))


def _report_command(place: str) -> str:
    return "report-workshop" if place == "workshop" else "report-exchange"


def _furthest(ticket: Ticket, state: VisitState) -> str:
    """Who of those that far has it, the lead before others."""
    logins = [
        trip.login
        for visit, trip in live_trips(ticket.visits)
        if visit.state is state
        and (trip.on_site if state is VisitState.ARRIVED else trip.travelling)
    ]
    return ticket.lead if ticket.lead in logins or not logins else logins[0]
