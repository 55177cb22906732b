"""The fields of a command as a form shows them, and what stands in them at first."""

from collections.abc import Mapping

from msgspec import NODEFAULT
from msgspec.structs import fields as struct_fields

from dispatch_tui.console.screens.prefilled import prefilled
from dispatch_tui.console.widgets.choice import Choice, Option, priorities
from dispatch_tui.console.widgets.field import FieldRow
from dispatch_tui.console.widgets.inputs import LineInput, TextInput
from dispatch_tui.console.widgets.marks import SEPARATOR, Marks
from dispatch_tui.desk.views import Case, TicketFile
from dispatch_tui.domain import commands as c
from dispatch_tui.domain.checklists import checklist
from dispatch_tui.domain.correctable import CORRECTABLE
from dispatch_tui.domain.message import N_
from dispatch_tui.domain.people import Role, Staff
from dispatch_tui.domain.spec import SCORES, Field, FieldKind, Spec
from dispatch_tui.domain.ticket import Kind, Priority, Ticket
from dispatch_tui.words.speaker import Speaker

FOUND = (FieldKind.CUSTOMER, FieldKind.DEVICE)
"""Kinds that are found in the files and picked."""

_IN_A_ROW = (
    FieldKind.CHOICE,
    FieldKind.ENGINEER,
    FieldKind.SCORE,
    FieldKind.AWAY,
    FieldKind.LOAN,
)

MOST_IN_SIGHT = 6
"""So many choices stand in a row; of more, one is found in a list."""


def is_listed(field: Field) -> bool:
    """Whether a field is typed into, and its value picked from a list below."""
    if field.kind in (FieldKind.PERSON, FieldKind.TICKET, FieldKind.CHECK):
        return True
    return (
        field.kind is FieldKind.CHOICE and len(field.choices) > MOST_IN_SIGHT and not _what(field)
    )


def is_asked(field: Field, spec: Spec, ticket: Ticket) -> bool:
    """Whether a field leaves a choice: with one engineer on the ticket nobody asks which one."""
    who = field.kind in (FieldKind.ENGINEERS, FieldKind.ENGINEER)
    return not who or len(candidates(spec, ticket)) > 1


def field_row(field: Field, spec: Spec, file: TicketFile, speaker: Speaker) -> FieldRow:
    """Return the row of a field, filled with what stands in it at first."""
    label = speaker.translate(field.label)
    value = first_value(field, spec, file)
    if is_listed(field):
        return FieldRow(field.name, label, LineInput(value, field=field.name))
    match field.kind:
        case FieldKind.TEXT:
            return FieldRow(field.name, label, TextInput(value, field=field.name))
        case FieldKind.TIME:
            ahead = N_("in 2 h, 15:30, tomorrow 09:00")
            hint = ahead if field.ahead else N_("08:15, yesterday 17:00")
            line = LineInput(value, field=field.name, placeholder=speaker.translate(hint))
            return FieldRow(field.name, label, line, narrow=True)
        case FieldKind.DAY:
            line = LineInput(value, field=field.name, placeholder="2026-01-31")
            return FieldRow(field.name, label, line, narrow=True)
        case FieldKind.ENGINEERS:
            people = options(field, spec, file.case.ticket, speaker)
            return FieldRow(field.name, label, Marks(people, value, field=field.name))
        case kind if kind in _IN_A_ROW:
            chosen = options(field, spec, file.case.ticket, speaker)
            return FieldRow(field.name, label, Choice(chosen, value, field=field.name))
        case _:
            return FieldRow(field.name, label, LineInput(value, field=field.name))


def first_value(field: Field, spec: Spec, file: TicketFile) -> str:
    """Return what stands in a field at first: for a correction what is there now."""
    ticket = file.case.ticket
    match field.kind:
        case FieldKind.ENGINEERS:
            return SEPARATOR.join(candidates(spec, ticket))
        case FieldKind.CUSTOMER:
            return file.customer.name if file.customer else ""
        case FieldKind.DEVICE:
            return f"{file.device.name}  {file.device.serial}" if file.device else ""
        case FieldKind.CHOICE if field.name == "priority":
            urgent = ticket.priority is Priority.EMERGENCY
            return Priority.NORMAL if urgent else Priority.EMERGENCY
    if spec.command is c.Correct and field.name != "reason":
        return str(getattr(ticket, field.name))
    return prefilled(field, spec, file) or _default(field, spec)


def options(field: Field, spec: Spec, ticket: Ticket, speaker: Speaker) -> list[Option]:
    """Return what a field can be: of facts those with a time, of people those it can be about."""
    match field.kind:
        case FieldKind.ENGINEERS:
            return [Option(one, speaker.name(one)) for one in candidates(spec, ticket)]
        case FieldKind.ENGINEER:
            people = [Option(one, speaker.name(one)) for one in candidates(spec, ticket)]
            return [Option("", speaker.translate(N_("any"))), *people]
        case FieldKind.SCORE:
            return [Option("", "-"), *(Option(str(one), str(one)) for one in SCORES)]
        case FieldKind.AWAY | FieldKind.LOAN:
            things = ticket.removals if field.kind is FieldKind.AWAY else ticket.loans
            out = [one for one in things if one.out]
            return [Option(one.serial, f"{one.item} {one.serial}") for one in out]
    if _what(field):
        known = {name: one for name, one in CORRECTABLE.items() if one.at(ticket, "")}
        return [Option(name, speaker.translate(one.label)) for name, one in known.items()]
    if field.name == "priority":
        return priorities(speaker)
    chosen = [Option(one, speaker.choice(field, one)) for one in field.choices]
    return chosen if _default(field, spec) else [Option("", "-"), *chosen]


def listed(
    field: Field,
    spec: Spec,
    file: TicketFile,
    speaker: Speaker,
    staff: Mapping[str, Staff],
    cases: Mapping[str, Case],
) -> list[tuple[Option, str]]:
    """Return what a listed field can be picked from, each with what is said beside it."""
    ticket = file.case.ticket
    match field.kind:
        case FieldKind.PERSON:
            people = [one for one in staff.values() if one.active]
            if spec.command is c.Escalate:
                people = [one for one in people if one.role is Role.SPECIALIST]
            return [(Option(one.login, one.name), speaker.label(one.role)) for one in people]
        case FieldKind.TICKET:
            others = [one for one in cases.values() if one.number != ticket.number]
            faults = [one for one in others if one.ticket.kind is Kind.FAULT]
            same = [one for one in faults if one.ticket.customer == ticket.customer]
            same.sort(key=lambda one: one.ticket.device != ticket.device)
            return [(Option(one.number, one.number), one.ticket.fault) for one in same]
        case FieldKind.CHECK:
            done = {one.item for one in ticket.tests}
            checks = checklist(file.device.kind if file.device else "")
            return [
                (Option(one.code, speaker.check(one.code)), one.limit)
                for one in sorted(checks, key=lambda one: one.code in done)
            ]
        case _:
            return [(Option(one, speaker.choice(field, one)), "") for one in field.choices]


def candidates(spec: Spec, ticket: Ticket) -> list[str]:
    """Return the logins of those on the ticket whom the command can be about."""

    def fits(login: str) -> bool:
        trip = ticket.trip(login)
        if spec.command is c.Depart:
            return trip is None or trip.waiting
        if spec.command is c.Arrive:
            return trip is None or not trip.on_site
        if spec.command is c.Expect:
            return trip is not None and trip.travelling
        return spec.command is not c.Leave or (trip is not None and trip.on_site)

    return [one.login for one in ticket.engineers if fits(one.login)]


def _what(field: Field) -> bool:
    return field.choices == tuple(CORRECTABLE)


def _default(field: Field, spec: Spec) -> str:
    default = next(one.default for one in struct_fields(spec.command) if one.name == field.name)
    return "" if default is NODEFAULT or default is None or default == () else str(default)
