"""The course of a case as a row of a file tells it: from its columns to its journal."""

from collections.abc import Iterator, Mapping, Sequence
from datetime import datetime
from typing import Any, NamedTuple

from dispatch_tui.desk.bringing.taking import Terms
from dispatch_tui.domain import chronology
from dispatch_tui.domain import events as e
from dispatch_tui.domain.decide import CLOCK_SKEW
from dispatch_tui.domain.errors import InvalidInput
from dispatch_tui.domain.facts import LOW_SCORE, CallBackResult, Cause, How
from dispatch_tui.domain.files import Device
from dispatch_tui.domain.fold import evolve, opened
from dispatch_tui.domain.message import N_, Message
from dispatch_tui.domain.table import COMMANDS, state_obstacle
from dispatch_tui.domain.ticket import Kind, Priority, Severity

Values = Mapping[str, Any]

_ASSIGNED = N_("an engineer was assigned")
_NEEDED = N_("It is empty, but it is needed.")
_SCORES = ("attitude", "skill", "speed")
_BEFORE_DIAGNOSIS = frozenset({"respond", "assign", "depart", "arrive"})


class _Fact(NamedTuple):
    column: str
    command: str
    at: datetime
    event: e.TicketEvent


def course_of(
    number: str, values: Values, device: Device | None, terms: Terms
) -> tuple[e.Entry, ...]:
    """Return the journal of the facts of a row, in the order of their times.

    Raises `InvalidInput` naming the column of a fact that is missing or cannot have been.
    """
    reported = _Fact("reported_at", "", values["reported_at"], _call(values, device))
    facts = [reported, *_in_order(_facts(values))]
    _check_times(facts, terms.now)
    _check_course(number, facts)
    told = sorted(facts, key=lambda fact: fact.at)
    if values.get("notes"):
        told.append(_Fact("notes", "note", told[-1].at, e.Noted(text=values["notes"])))
    logged_by = values.get("logged_by") or terms.actor
    return tuple(
        e.Entry(
            seq=seq,
            event=fact.event,
            actor=logged_by if seq == 1 else terms.actor,
            occurred_at=fact.at,
            recorded_at=terms.now,
        )
        for seq, fact in enumerate(told, start=1)
    )


def _call(values: Values, device: Device | None) -> e.CallLogged:
    return e.CallLogged(
        kind=Kind(values.get("kind", Kind.FAULT)),
        priority=Priority(values.get("priority", Priority.NORMAL)),
        customer=values["customer"],
        caller=values.get("caller", ""),
        device=device.id if device else "",
        department=values.get("department", "") or (device.department if device else ""),
        contact=values.get("contact", ""),
        phone=values.get("phone", ""),
        fault=values["fault"],
        about=values.get("about", ""),
        channel=How(values.get("channel", How.CALL)),
    )


def _facts(values: Values) -> list[_Fact]:
    """The facts of a row in the order in which a case goes, without its reopening."""
    known = _times(values)
    _check_reasons(values, known)
    engineers = tuple(values.get("engineers", ()))
    done = values.get("what_was_done", "")
    events: tuple[tuple[str, str, e.TicketEvent], ...] = (
        ("responded_at", "respond", e.Responded(note=values.get("response_note", ""))),
        ("assigned_at", "assign", e.Assigned(engineers=engineers, lead=(*engineers, "")[0])),
        ("departed_at", "depart", e.Departed(engineers=engineers)),
        ("arrived_at", "arrive", e.Arrived(engineers=engineers)),
        ("restored_at", "restore", e.Restored(what_was_done=done)),
        ("solved_by_phone_at", "solve-by-phone", e.SolvedByPhone(what_was_done=done)),
        ("left_at", "leave", e.LeftSite(engineers=engineers)),
        ("called_back_at", "call-back", _called_back(values)),
        ("closed_at", "close", e.Closed()),
        ("cancelled_at", "cancel", e.Cancelled(reason=values.get("cancel_reason", ""))),
        ("reopened_at", "reopen", e.Reopened(reason=values.get("reopen_reason", ""))),
    )
    found = [
        _Fact(column, command, known[column], event)
        for column, command, event in events
        if column in known
    ]
    before = sum(fact.command in _BEFORE_DIAGNOSIS for fact in found)
    return _left_early([*found[:before], *_diagnosis(values, known), *found[before:]])


def _times(values: Values) -> dict[str, datetime]:
    """The times that are told, with that of an assignment that goes without saying."""
    known = {name: values[name] for name in values if name.endswith("_at") and values[name]}
    engineers = values.get("engineers", ())
    if engineers and "assigned_at" not in known:
        first = ("departed_at", "arrived_at", "responded_at", "reported_at")
        known["assigned_at"] = next(known[name] for name in first if name in known)
    if "assigned_at" in known and not engineers:
        raise InvalidInput(_NEEDED, field="engineers")
    return known


def _check_reasons(values: Values, known: Mapping[str, datetime]) -> None:
    for column, because in (
        ("what_was_done", ("restored_at", "solved_by_phone_at")),
        ("cancel_reason", ("cancelled_at",)),
        ("reopen_reason", ("reopened_at",)),
    ):
        if not values.get(column, "") and any(name in known for name in because):
            raise InvalidInput(_NEEDED, field=column)
    if "called_back_at" in known:
        _check_call_back(values)
    elif any(values.get(name) for name in (*_SCORES, "call_back_words")):
        raise InvalidInput(_NEEDED, field="called_back_at")


def _check_call_back(values: Values) -> None:
    scores = {name: values.get(name) for name in _SCORES}
    if values.get("call_back_words"):
        return
    for name, score in scores.items():
        if score is None:
            raise InvalidInput(
                N_("Ask for the three scores from 1 to 5, or write in words why there are none."),
                field=name,
            )
        if score <= LOW_SCORE:
            raise InvalidInput(
                N_("For so low a score, write down what the customer is not satisfied with."),
                field="call_back_words",
            )


def _called_back(values: Values) -> e.CalledBack:
    return e.CalledBack(
        result=CallBackResult.WORKS,
        attitude=values.get("attitude"),
        skill=values.get("skill"),
        speed=values.get("speed"),
        words=values.get("call_back_words", ""),
    )


def _diagnosis(values: Values, known: Mapping[str, datetime]) -> Iterator[_Fact]:
    """What was found, told when the fault was gone, or else as soon as it can have been known."""
    columns = [name for name in ("severity", "cause", "found") if values.get(name)]
    if not columns:
        return
    severity, cause = values.get("severity"), values.get("cause")
    times = ("restored_at", "solved_by_phone_at", "arrived_at", "responded_at", "reported_at")
    yield _Fact(
        columns[0],
        "diagnose",
        next(known[name] for name in times if name in known),
        e.Diagnosed(
            severity=Severity(severity) if severity else None,
            cause=Cause(cause) if cause else None,
            found=values.get("found", ""),
        ),
    )


def _left_early(facts: list[_Fact]) -> list[_Fact]:
    """The facts with leaving the customer before the repair where that is what is told."""
    left = next((fact for fact in facts if fact.command == "leave"), None)
    works = next((fact for fact in facts if fact.command == "restore"), None)
    if left is None or works is None or works.at <= left.at:
        return facts
    others = [fact for fact in facts if fact is not left]
    place = others.index(works)
    return [*others[:place], left, *others[place:]]


def _in_order(facts: list[_Fact]) -> list[_Fact]:
    """The facts as a case goes: what came after a reopening belongs to the second life."""
    reopened = next((fact for fact in facts if fact.command == "reopen"), None)
    if reopened is None:
        return facts
    others = [fact for fact in facts if fact is not reopened]
    before = [fact for fact in others if fact.at <= reopened.at]
    return [*before, reopened, *(fact for fact in others if fact.at > reopened.at)]


def _check_times(facts: Sequence[_Fact], now: datetime) -> None:
    reported = facts[0]
    assigned = next((fact for fact in facts if fact.command == "assign"), None)
    for fact in facts:
        if fact.at > now + CLOCK_SKEW:
            raise InvalidInput(
                N_("{at} is in the future: a fact can only be entered once it happened."),
                field=fact.column,
                at=fact.at,
            )
        if assigned and fact.command in ("depart", "arrive") and fact.at < assigned.at:
            then = chronology.SET_OUT if fact.command == "depart" else chronology.ARRIVED
            raise _contradiction(fact, then, assigned, _ASSIGNED)
    if assigned and assigned.at < reported.at:
        raise _contradiction(assigned, _ASSIGNED, reported, chronology.REPORTED)


def _contradiction(fact: _Fact, then: str, before: _Fact, first: str) -> InvalidInput:
    return InvalidInput(
        N_("It cannot be that {then} ({then_at}) before {first} ({first_at}): check the times."),
        field=fact.column,
        then=Message(then),
        then_at=fact.at,
        first=Message(first),
        first_at=before.at,
    )


def _check_course(number: str, facts: Sequence[_Fact]) -> None:
    """Refuse facts that the table of commands, or the order of time, forbids after those before."""
    entries = [
        e.Entry(seq=seq, event=fact.event, actor="", occurred_at=fact.at, recorded_at=fact.at)
        for seq, fact in enumerate(facts, start=1)
    ]
    ticket = opened(number, entries[0], facts[0].at)
    for fact, entry in zip(facts[1:], entries[1:], strict=True):
        if obstacle := state_obstacle(COMMANDS[fact.command], ticket, past=True):
            raise InvalidInput(obstacle.template, **{**obstacle.values, "field": fact.column})
        ticket = evolve(ticket, entry, fact.at)
    try:
        chronology.check_course(number, entries)
    except InvalidInput as error:
        values = dict(error.message.values)
        then_at = values.get("then_at")
        columns = (
            fact.column for fact in facts if fact.at == then_at and fact.command != "diagnose"
        )
        raise InvalidInput(
            error.message.template, **{**values, "field": next(columns, "")}
        ) from error
