"""Takes the rows of past and open tickets, each with all that it refers to."""

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import UTC, datetime
from typing import Any, NamedTuple

from dispatch_tui.desk.bringing.course import course_of
from dispatch_tui.desk.bringing.references import Shelves
from dispatch_tui.desk.bringing.report import Count
from dispatch_tui.desk.bringing.sheets import Row, Sheet
from dispatch_tui.desk.bringing.taking import Rows, Terms
from dispatch_tui.domain import events as e
from dispatch_tui.domain.errors import InvalidInput
from dispatch_tui.domain.files import Device
from dispatch_tui.domain.fold import fold
from dispatch_tui.domain.message import N_
from dispatch_tui.domain.people import FIELD_ROLES
from dispatch_tui.domain.ticket import Kind, Ticket
from dispatch_tui.storage.journal import IMPORTED
from dispatch_tui.storage.spool import Spool

Values = Mapping[str, Any]
Journals = Mapping[str, Sequence[e.Entry]]

NUMBER = re.compile(r"(\d{6})-(\d{3,5})")


class Past(NamedTuple):
    """A ticket that the import adds: the entries of its row, and of each of its acts.

    `key` is the key of the command that its row stands for.
    """

    ticket: Ticket
    key: str
    entries: tuple[e.Entry, ...]
    acts: tuple[tuple[e.Entry, ...], ...] = ()

    @property
    def journal(self) -> tuple[e.Entry, ...]:
        """All its entries in order."""
        return (*self.entries, *(entry for act in self.acts for entry in act))


def name_there(sheet: Sheet, number: str) -> str:
    """Return what a ticket of another system is called, "" for a number of our own."""
    if sheet.mapping is None or not sheet.mapping.system or not number or NUMBER.fullmatch(number):
        return ""
    return f"{sheet.mapping.system}/{number}"


def here(sheet: Sheet, row: Row, spool: Spool) -> Row:
    """Return a row of another system with the numbers that its tickets have here.

    The number there is kept in its notes.
    """
    values = dict(row.values)
    for column in ("number", "about"):
        if name := name_there(sheet, values.get(column, "")):
            values[column] = spool.number_of(name) or values[column]
    if values["number"] != row.values["number"] and sheet.mapping is not None:
        there = f"{sheet.mapping.system} {row.values['number']}"
        values["notes"] = "\n".join(filter(None, (there, values.get("notes", ""))))
    return Row(row.place, row.line, values)


def take(
    rows: Rows, shelves: Shelves, stored: Journals, terms: Terms, spool: Spool, count: Count
) -> Iterator[Past]:
    """Yield the tickets that are new; what cannot be taken is noted in its sheet.

    `stored` holds the journals of the tickets that are there already: the same facts are left
    alone, others are refused. Facts without a person are told by whoever imports, all of them now.
    """
    devices = _by_serial(shelves["devices"].records.values())
    for sheet, given in rows:
        row = here(sheet, given, spool)
        number = row.values["number"]
        try:
            _check_number(number)
            rows.first("tickets", number, "number", row)
            _check_about(number, row.values, spool, stored)
            device = _device(row.values, devices, shelves)
            _check_people(row.values, shelves)
            entries = course_of(number, row.values, device, terms)
            if number not in stored:
                count.adds += 1
                yield _past(number, entries, name_there(sheet, given.values["number"]) or number)
            elif _same(entries, stored[number]):
                count.same += 1
            else:
                raise InvalidInput(
                    N_("Ticket {number} is already there with other facts."),
                    field="number",
                    number=number,
                )
        except InvalidInput as error:
            rows.refuse(sheet, row, error)


def _past(number: str, entries: tuple[e.Entry, ...], name: str) -> Past:
    ticket = fold(number, entries)
    if ticket is None:
        raise AssertionError(f"the journal of {number} folds to nothing")
    return Past(ticket, IMPORTED + name, entries)


def _check_about(number: str, values: Values, spool: Spool, stored: Journals) -> None:
    about = values.get("about", "")
    if not about:
        return
    if values.get("kind") != Kind.COMPLAINT:
        raise InvalidInput(
            N_("Only a complaint is about another ticket: leave it out, or log a complaint."),
            field="about",
        )
    known = about in stored or spool.is_spoken_of("tickets", about) or spool.gives(about)
    if about == number or not known:
        raise InvalidInput(
            N_("There is no ticket {number}: check the number."), field="about", number=about
        )


def _check_number(number: str) -> None:
    match = NUMBER.fullmatch(number)
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


def _same(entries: Sequence[e.Entry], stored: Sequence[e.Entry]) -> bool:
    """Whether a stored journal begins with these facts; what was added to it since is its own."""
    return len(stored) >= len(entries) and all(
        (new.event, new.occurred_at) == (old.event, old.occurred_at)
        for new, old in zip(entries, stored, strict=False)
    )
