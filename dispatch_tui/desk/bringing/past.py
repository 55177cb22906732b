"""Takes the rows of past and open tickets: from the facts of a case to its journal."""

import re
from collections.abc import Iterable, Mapping, Sequence
from datetime import UTC, datetime
from typing import Any, NamedTuple

from dispatch_tui.desk.bringing.references import Shelves
from dispatch_tui.desk.bringing.report import Count
from dispatch_tui.desk.bringing.sheets import Sheet
from dispatch_tui.desk.bringing.taking import Rows, refuse
from dispatch_tui.domain import chronology
from dispatch_tui.domain import events as e
from dispatch_tui.domain.decide import CLOCK_SKEW
from dispatch_tui.domain.errors import InvalidInput
from dispatch_tui.domain.files import Device
from dispatch_tui.domain.fold import evolve, fold, opened
from dispatch_tui.domain.message import N_, Message
from dispatch_tui.domain.people import FIELD_ROLES
from dispatch_tui.domain.table import COMMANDS, state_obstacle
from dispatch_tui.domain.ticket import Kind, Priority, Ticket

Values = Mapping[str, Any]
Journals = Mapping[str, Sequence[e.Entry]]

KEY_PREFIX = "import:"
"""What the command key of an imported ticket's first entry begins with."""

_NUMBER = re.compile(r"(\d{6})-(\d{3,5})")
_ASSIGNED = N_("an engineer was assigned")


class Past(NamedTuple):
    """A ticket that the import adds."""

    ticket: Ticket
    entries: tuple[e.Entry, ...]


class _Fact(NamedTuple):
    column: str
    command: str
    at: datetime
    event: e.TicketEvent


def take(
    sheets: list[Sheet], shelves: Shelves, stored: Journals, actor: str, now: datetime
) -> tuple[Count, list[Past]]:
    """Return the tickets that are new; what cannot be taken is noted in its sheet.

    `stored` holds the journals of the tickets that are there already: the same facts are left
    alone, others are refused. Facts without a person are told by `actor`, all of them at `now`.
    """
    count = Count(table="tickets")
    found: list[Past] = []
    devices = _by_serial(shelves["devices"].records.values())
    rows = Rows(sheets)
    for sheet, row in rows:
        number = row.values["number"]
        try:
            _check_number(number)
            rows.first(number, "number", sheet, row)
            device = _device(row.values, devices, shelves)
            _check_people(row.values, shelves)
            past = _past(number, row.values, device, actor, now)
            if number not in stored:
                count.adds += 1
                found.append(past)
            elif _same(past.entries, stored[number]):
                count.same += 1
            else:
                raise InvalidInput(
                    N_("Ticket {number} is already there with other facts."),
                    field="number",
                    number=number,
                )
        except InvalidInput as error:
            refuse(sheet, row, error)
    return count, found


def _check_number(number: str) -> None:
    match = _NUMBER.fullmatch(number)
    try:
        day = datetime.strptime(match[1], "%y%m%d").replace(tzinfo=UTC) if match else None
    except ValueError:
        day = None
    if match is None or day is None or int(match[2]) == 0:
        raise InvalidInput(
            N_("“{value}” is no ticket number: it must be written YYMMDD-NNN."),
            field="number",
            value=number,
        )


def _by_serial(devices: Iterable[Device]) -> dict[str, list[Device]]:
    found: dict[str, list[Device]] = {}
    for device in devices:
        found.setdefault(device.serial, []).append(device)
        if device.id != device.serial:
            found.setdefault(device.id, []).append(device)
    return found


def _device(values: Values, devices: Mapping[str, list[Device]], shelves: Shelves) -> Device | None:
    """The machine of a ticket; raises `InvalidInput` where customer or machine are not known."""
    customer, serial = values["customer"], values.get("device_serial", "")
    if not customer and not values.get("caller"):
        raise InvalidInput(
            N_("Who calls? Name the customer, or write down what the caller says."),
            field="customer",
        )
    customers = shelves["customers"]
    if customer and (customer,) not in customers.records and customer not in customers.spoken_of:
        raise InvalidInput(N_("There is no customer {value}."), field="customer", value=customer)
    if not serial:
        return None
    named = devices.get(serial, [])
    if not named and serial in shelves["devices"].spoken_of:
        return None
    if not named:
        raise InvalidInput(N_("There is no device {value}."), field="device_serial", value=serial)
    theirs = [one for one in named if one.customer == customer]
    if len(theirs) == 1:
        return theirs[0]
    if theirs:
        raise InvalidInput(
            N_("Several devices have the serial {value}; write one of: {choices}."),
            field="device_serial",
            value=serial,
            choices=tuple(one.id for one in theirs),
        )
    raise InvalidInput(
        N_("Device {value} belongs to customer {owner}, not to {customer}."),
        field="device_serial",
        value=serial,
        owner=named[0].customer,
        customer=customer or "-",
    )


def _check_people(values: Values, shelves: Shelves) -> None:
    staff = shelves["staff"]
    for column, logins in (
        ("logged_by", (values.get("logged_by", ""),)),
        ("engineers", values.get("engineers", ())),
    ):
        for login in logins:
            person = staff.records.get((login,))
            if login and person is None and login not in staff.spoken_of:
                raise InvalidInput(N_("Nobody has the login {value}."), field=column, value=login)
            if column == "engineers" and person is not None and person.role not in FIELD_ROLES:
                raise InvalidInput(
                    N_("{name} is not an engineer and cannot be sent."),
                    field=column,
                    name=person.name,
                )


def _past(number: str, values: Values, device: Device | None, actor: str, now: datetime) -> Past:
    call = e.CallLogged(
        kind=Kind(values.get("kind", Kind.FAULT)),
        priority=Priority(values.get("priority", Priority.NORMAL)),
        customer=values["customer"],
        caller=values.get("caller", ""),
        device=device.id if device else "",
        department=values.get("department", "") or (device.department if device else ""),
        contact=values.get("contact", ""),
        phone=values.get("phone", ""),
        fault=values["fault"],
    )
    reported = _Fact("reported_at", "", values["reported_at"], call)
    facts = [reported, *_in_order(_facts(values))]
    _check_times(facts, now)
    _check_course(number, facts)
    told = sorted(facts, key=lambda fact: fact.at)
    if values.get("notes"):
        told.append(_Fact("notes", "note", told[-1].at, e.Noted(text=values["notes"])))
    entries = tuple(
        e.Entry(
            seq=seq,
            event=fact.event,
            actor=values.get("logged_by") or actor if seq == 1 else actor,
            occurred_at=fact.at,
            recorded_at=now,
        )
        for seq, fact in enumerate(told, start=1)
    )
    ticket = fold(number, entries)
    assert ticket is not None
    return Past(ticket, entries)


def _facts(values: Values) -> list[_Fact]:
    """The facts of a row in the order in which a case goes, without its reopening."""
    engineers = tuple(values.get("engineers", ()))
    known = {name: values[name] for name in values if name.endswith("_at") and values[name]}
    if engineers and "assigned_at" not in known:
        first = ("departed_at", "arrived_at", "responded_at", "reported_at")
        known["assigned_at"] = next(known[name] for name in first if name in known)
    if "assigned_at" in known and not engineers:
        raise InvalidInput(N_("It is empty, but it is needed."), field="engineers")
    done = values.get("what_was_done", "")
    for column, text, because in (
        ("what_was_done", done, ("restored_at", "solved_by_phone_at")),
        ("cancel_reason", values.get("cancel_reason", ""), ("cancelled_at",)),
        ("reopen_reason", values.get("reopen_reason", ""), ("reopened_at",)),
    ):
        if not text and any(name in known for name in because):
            raise InvalidInput(N_("It is empty, but it is needed."), field=column)
    events: tuple[tuple[str, str, e.TicketEvent], ...] = (
        ("responded_at", "respond", e.Responded(note=values.get("response_note", ""))),
        ("assigned_at", "assign", e.Assigned(engineers=engineers, lead=(*engineers, "")[0])),
        ("departed_at", "depart", e.Departed(engineers=engineers)),
        ("arrived_at", "arrive", e.Arrived(engineers=engineers)),
        ("restored_at", "restore", e.Restored(what_was_done=done)),
        ("solved_by_phone_at", "solve-by-phone", e.SolvedByPhone(what_was_done=done)),
        ("closed_at", "close", e.Closed()),
        ("cancelled_at", "cancel", e.Cancelled(reason=values.get("cancel_reason", ""))),
        ("reopened_at", "reopen", e.Reopened(reason=values.get("reopen_reason", ""))),
    )
    return [
        _Fact(column, command, known[column], event)
        for column, command, event in events
        if column in known
    ]


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
        columns = (fact.column for fact in facts if fact.at == values.get("then_at"))
        raise InvalidInput(
            error.message.template, **{**values, "field": next(columns, "")}
        ) from error


def _same(entries: Sequence[e.Entry], stored: Sequence[e.Entry]) -> bool:
    """Whether a stored journal begins with these facts; what was added to it since is its own."""
    return len(stored) >= len(entries) and all(
        (new.event, new.occurred_at) == (old.event, old.occurred_at)
        for new, old in zip(entries, stored, strict=False)
    )
