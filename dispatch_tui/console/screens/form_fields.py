"""The fields of a command as a form shows them, and what stands in them at first."""

from datetime import datetime

from dispatch_tui.console.widgets.choice import Choice, Option, priorities
from dispatch_tui.console.widgets.field import FieldRow
from dispatch_tui.console.widgets.inputs import LineInput, TextInput
from dispatch_tui.console.widgets.marks import SEPARATOR, Marks
from dispatch_tui.desk.views import TicketFile
from dispatch_tui.domain import commands as c
from dispatch_tui.domain.message import N_
from dispatch_tui.domain.spec import Field, FieldKind, Spec
from dispatch_tui.domain.table import CORRECTABLE
from dispatch_tui.domain.ticket import Assignment, Priority, Ticket
from dispatch_tui.words.speaker import Speaker

FOUND = (FieldKind.CUSTOMER, FieldKind.DEVICE)
"""Kinds that are found in the files and picked."""

TO_COME = "expected_at"
"""The one time that lies ahead."""


def field_row(field: Field, spec: Spec, file: TicketFile, speaker: Speaker) -> FieldRow:
    """Return the row of a field, filled with what stands in it at first."""
    label = speaker.translate(field.label)
    value = first_value(field, spec, file)
    match field.kind:
        case FieldKind.TEXT:
            return FieldRow(field.name, label, TextInput(value, field=field.name))
        case FieldKind.TIME:
            ahead = field.name == TO_COME
            hint = N_("in 2 h, 15:30, tomorrow 09:00") if ahead else N_("08:15, yesterday 17:00")
            line = LineInput(field=field.name, placeholder=speaker.translate(hint))
            return FieldRow(field.name, label, line, narrow=True)
        case FieldKind.CHOICE | FieldKind.ENGINEERS | FieldKind.ENGINEER:
            chosen = options(field, spec, file.case.ticket, speaker)
            control = Marks if field.kind is FieldKind.ENGINEERS else Choice
            return FieldRow(field.name, label, control(chosen, value, field=field.name))
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
    return ""


def options(field: Field, spec: Spec, ticket: Ticket, speaker: Speaker) -> list[Option]:
    """Return what a field can be: of facts those with a time, of people those it can be about."""
    people = [Option(one, speaker.name(one)) for one in candidates(spec, ticket)]
    if field.kind is FieldKind.ENGINEERS:
        return people
    if field.kind is FieldKind.ENGINEER:
        return [Option("", speaker.translate(N_("any"))), *people]
    if field.name == "what":
        known = [name for name in CORRECTABLE if fact_time(name, ticket)]
        return [Option(name, speaker.translate(CORRECTABLE[name])) for name in known]
    if field.name == "priority":
        return priorities(speaker)
    return [Option(one, one) for one in field.choices]


def fact_time(what: str, ticket: Ticket, login: str = "") -> datetime | None:
    """Return when a correctable fact happened, one engineer's where a login is given.

    None when it did not happen, or not on this visit.
    """
    if what in ("departed", "arrived"):
        people = [one for one in ticket.engineers if login in ("", one.login)]
        times = [getattr(one, f"{what}_at") for one in people]
        known = [at for at in times if at is not None]
        if known or login or what == "departed":
            return max(known, default=None)
    at: datetime | None = getattr(ticket, f"{what}_at")
    return at


def candidates(spec: Spec, ticket: Ticket) -> list[str]:
    """Return the logins of those on the ticket whom the command can be about."""

    def waits(one: Assignment) -> bool:
        if spec.command is c.Depart:
            return one.departed_at is None and one.arrived_at is None
        return spec.command is not c.Arrive or one.arrived_at is None

    return [one.login for one in ticket.engineers if waits(one)]
