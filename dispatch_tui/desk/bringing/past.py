"""Takes the rows of past and open tickets, each with all that it refers to."""

import re
from collections.abc import Iterable, Mapping, Sequence
from datetime import UTC, datetime
from typing import Any, NamedTuple

from dispatch_tui.desk.bringing.course import course_of
from dispatch_tui.desk.bringing.references import Shelves
from dispatch_tui.desk.bringing.report import Count
from dispatch_tui.desk.bringing.sheets import Sheet
from dispatch_tui.desk.bringing.taking import Rows, Terms, refuse
from dispatch_tui.domain import events as e
from dispatch_tui.domain.errors import InvalidInput
from dispatch_tui.domain.files import Device
from dispatch_tui.domain.fold import fold
from dispatch_tui.domain.message import N_
from dispatch_tui.domain.people import FIELD_ROLES
from dispatch_tui.domain.ticket import Kind, Ticket

Values = Mapping[str, Any]
Journals = Mapping[str, Sequence[e.Entry]]

_NUMBER = re.compile(r"(\d{6})-(\d{3,5})")


class Past(NamedTuple):
    """A ticket that the import adds: the entries of its row, and of each of its acts."""

    ticket: Ticket
    entries: tuple[e.Entry, ...]
    acts: tuple[tuple[e.Entry, ...], ...] = ()

    @property
    def journal(self) -> tuple[e.Entry, ...]:
        """All its entries in order."""
        return (*self.entries, *(entry for act in self.acts for entry in act))


def take(
    sheets: list[Sheet], shelves: Shelves, stored: Journals, terms: Terms
) -> tuple[Count, list[Past]]:
    """Return the tickets that are new; what cannot be taken is noted in its sheet.

    `stored` holds the journals of the tickets that are there already: the same facts are left
    alone, others are refused. Facts without a person are told by whoever imports, all of them now.
    """
    count = Count(table="tickets")
    found: list[Past] = []
    devices = _by_serial(shelves["devices"].records.values())
    known = {number for sheet in sheets for number in sheet.spoken_of} | set(stored)
    rows = Rows(sheets)
    for sheet, row in rows:
        number = row.values["number"]
        try:
            _check_number(number)
            rows.first(number, "number", sheet, row)
            _check_about(number, row.values, known)
            device = _device(row.values, devices, shelves)
            _check_people(row.values, shelves)
            entries = course_of(number, row.values, device, terms)
            if number not in stored:
                count.adds += 1
                found.append(_past(number, entries))
            elif _same(entries, stored[number]):
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


def _past(number: str, entries: tuple[e.Entry, ...]) -> Past:
    ticket = fold(number, entries)
    if ticket is None:
        raise AssertionError(f"the journal of {number} folds to nothing")
    return Past(ticket, entries)


def _check_about(number: str, values: Values, known: set[str]) -> None:
    about = values.get("about", "")
    if not about:
        return
    if values.get("kind") != Kind.COMPLAINT:
        raise InvalidInput(
            N_("Only a complaint is about another ticket: leave it out, or log a complaint."),
            field="about",
        )
    if about not in known or about == number:
        raise InvalidInput(
            N_("There is no ticket {number}: check the number."), field="about", number=about
        )


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


def _same(entries: Sequence[e.Entry], stored: Sequence[e.Entry]) -> bool:
    """Whether a stored journal begins with these facts; what was added to it since is its own."""
    return len(stored) >= len(entries) and all(
        (new.event, new.occurred_at) == (old.event, old.occurred_at)
        for new, old in zip(entries, stored, strict=False)
    )
