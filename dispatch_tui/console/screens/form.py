"""A form for any command of the table."""

from collections.abc import Iterator, Mapping
from datetime import datetime
from functools import partial
from typing import Any, ClassVar, cast

import msgspec
from textual.app import ComposeResult
from textual.binding import BindingType
from textual.containers import VerticalScroll

from dispatch_tui.console.keys.bindings import bindings
from dispatch_tui.console.keys.forms import MERGING, TAKING
from dispatch_tui.console.keys.registry import named
from dispatch_tui.console.screens import explaining
from dispatch_tui.console.screens.dialog import BACK
from dispatch_tui.console.screens.explaining import Part
from dispatch_tui.console.screens.form_fields import (
    FOUND,
    field_row,
    is_asked,
    is_listed,
    options,
)
from dispatch_tui.console.screens.on_ticket import OnTicket
from dispatch_tui.console.screens.picking import PickScreen
from dispatch_tui.console.screens.told import Told
from dispatch_tui.console.widgets.choice import Choice
from dispatch_tui.console.widgets.field import FieldRow, Still
from dispatch_tui.console.widgets.inputs import LineInput
from dispatch_tui.console.widgets.marks import SEPARATOR
from dispatch_tui.console.widgets.pick import LISTED, PickList
from dispatch_tui.console.widgets.wrapping import Span, line
from dispatch_tui.desk.views import Done, TicketFile
from dispatch_tui.domain import commands as c
from dispatch_tui.domain.correctable import CORRECTABLE
from dispatch_tui.domain.errors import Conflict, DispatchError, InvalidInput
from dispatch_tui.domain.message import N_, Message, say
from dispatch_tui.domain.spec import Field, FieldKind
from dispatch_tui.domain.when import parse_day

WHEN = "occurred_at"
"""The field for when it happened; nothing typed means now."""

_BEGINNINGS = (FieldKind.CHOICE, FieldKind.ENGINEERS)
"""Whom or what it is about comes first and is filled at a stroke: the form has only begun."""

SOON = N_("It can be taken back within 10 seconds ({keys}), and not later.")
FINAL = N_("It cannot be taken back.")
_SAVE_ON_TOP = N_("What you typed is still here: Enter saves it on top of that.")
_CLASH = N_("Where both of you wrote, both is shown: {key} takes theirs, Enter keeps yours.")
_NOW_THERE = N_("now there: {theirs} ({key} takes it)")


class FormScreen(PickScreen, OnTicket[Done | None]):
    """The fields of one command on one ticket, seen at the version that was read last."""

    AUTO_FOCUS = ", ".join(
        f"#fields FieldRow.-asked {one}" for one in ("LineInput", "TextInput", "Choice")
    )
    PLACE = MERGING
    BINDINGS: ClassVar[list[BindingType]] = bindings(TAKING)
    DEFAULT_CSS = """
    FormScreen {
        & #about { height: 2; margin: 0 0 1 2; }
        & PickList { height: 7; }
    }
    """

    @property
    def number(self) -> str:
        """The ticket that the command is about."""
        return self._file.case.number

    @property
    def doing(self) -> str:
        """The command."""
        return self._spec.name

    def compose_body(self) -> ComposeResult:
        """Make what it is about, the fields of the command and the time when it happened."""
        yield Still(id="about")
        with VerticalScroll(id="fields", can_focus=False):
            for field in self._spec.fields:
                row = field_row(field, self._spec, self._file, self.app.speaker)
                self._ask(field, row)
                yield row
            if self._spec.time_label:
                hint = self.app.speaker.translate(N_("now; or 20 min ago, 08:15"))
                label = self.app.speaker.translate(self._spec.time_label)
                row = FieldRow(WHEN, label, LineInput(field=WHEN, placeholder=hint), narrow=True)
                row.add_class("-asked")
                yield row
        yield PickList(None if self.finds else LISTED)

    def _ask(self, field: Field, row: FieldRow) -> None:
        """Show the row of a field, but not one that leaves no choice of whom it is about."""
        row.display = is_asked(field, self._spec, self._file.case.ticket)
        row.set_class(row.display, "-asked")

    async def on_mount(self) -> None:
        """Understand the times that stand in it."""
        for field in self._spec.fields:
            if field.kind is FieldKind.TIME and self.value(field.name):
                self.read_time(field.name, ahead=field.ahead)

    def draw_words(self) -> None:
        """Draw all that is said."""
        super().draw_words()
        case, speaker = self._file.case, self.app.speaker
        self.head(speaker.translate(self._spec.label), case.number)
        about = "  ".join(one for one in (case.short_name, case.device_name) if one)
        self.sheet(
            "#about",
            [
                line(
                    Span(about or case.ticket.caller, "strong"),
                    Span(f"  {case.ticket.fault}"),
                    wrap=False,
                ),
                line(Span(speaker.translate(self._spec.help), "muted"), wrap=False),
            ],
        )
        self.show_times()
        self._show_recorded()
        self.draw_keys()

    def draw_keys(self) -> None:
        """Say what the keys do: to pick, to save, or to do what cannot be taken back."""
        if self._spec.dangerous:
            keys = [("Enter", N_("on")), self.hint("form-save", self._spec.label)]
        elif self.query_one(PickList).display:
            keys = [("Up/Down", N_("choose")), ("Enter", N_("take"))]
        else:
            keys = [("Enter", N_("on, save")), self.hint("form-save")]
        self.keys([*keys, BACK])

    def explained(self) -> Iterator[Part]:
        """Explain the field, then the command and who may give it."""
        parts = super().explained()
        if self.here is not None:
            yield next(parts)
        label = self.app.speaker.translate(self._spec.label)
        yield Part(label, tuple(explaining.command(self._spec)))

    def takes(self, row: FieldRow) -> Iterator[Message]:
        """Yield what a field of the command takes."""
        asked = self._kinds.get(row.field)
        return explaining.field(asked) if asked is not None else iter((explaining.when(),))

    # The draft

    def body(self) -> dict[str, str]:
        """Return what differs from what stood in the form at first."""
        body = {
            field.name: self.value(field.name)
            for field in self._spec.fields
            if self.value(field.name) != self._first(field)
        }
        if self._spec.time_label:
            body[WHEN] = self.value(WHEN)
        for name, time in self.times.items():
            body[f"{name}.at"] = time.at.isoformat() if time.at and time.words else ""
        return body | {f"{name}.code": code for name, code in self._picked.items()}

    def restore(self, body: Mapping[str, str]) -> None:
        """Put back what a draft held."""
        names = {field.name: self._first(field) for field in self._spec.fields}
        if self._spec.time_label:
            names[WHEN] = ""
        for name, first in names.items():
            self.put(name, body.get(name, first))
            if at := body.get(f"{name}.at", ""):
                words = body.get(name, "")
                self.times[name] = Told(words=words, at=datetime.fromisoformat(at))
        self._picked = {name: body[f"{name}.code"] for name in names if f"{name}.code" in body}
        for name in self.times:
            self.show_time(name)
        self._show_recorded()

    # Typing

    def edited(self, field: str) -> None:
        """Understand times, and forget what was picked for another text."""
        wanted = self._kinds.get(field)
        if wanted is None or wanted.kind is FieldKind.TIME:
            self.read_time(field, ahead=wanted is not None and wanted.ahead)
        elif wanted.kind in FOUND or is_listed(wanted):
            self._picked.pop(field, None)
        self._theirs.pop(field, None)
        self._show_recorded()

    def _show_recorded(self) -> None:
        """Say beside a time that is corrected what was recorded."""
        if self._spec.command is c.CorrectTime:
            ticket = self._file.case.ticket
            at = CORRECTABLE[self.value("what")].at(ticket, self.value("engineer"))
            recorded = self.say(N_("recorded as {at}"), at=at) if at else ""
            self.query_one("#to", LineInput).placeholder = recorded

    def missing(self) -> str:
        """Return the first required field that is empty."""
        required = (field.name for field in self._spec.fields if field.required)
        return next((name for name in required if not self.value(name).strip()), "")

    def enter(self, field: str) -> None:
        """Go on; what has just been begun is not saved by Enter."""
        if after := self._after_choice(field):
            self.go_to(after)
        else:
            super().enter(field)

    def _after_choice(self, field: str) -> str:
        """Return what to ask after a choice that may stay open: the next field that is empty."""
        wanted = self._kinds.get(field)
        if wanted is None or wanted.required or wanted.kind not in _BEGINNINGS:
            return ""
        names = [name for name in self.fields if name != WHEN]
        later = names[names.index(field) + 1 :]
        return next((name for name in later if not self.value(name).strip()), "")

    # Saving

    def begin_saving(self) -> None:
        """Save; what hurts is asked for once more, by another key."""
        if not self._spec.dangerous:
            super().begin_saving()
            return
        from dispatch_tui.console.screens.sure import SureScreen

        case, spec = self._file.case, self._spec
        device = self._file.device
        name = f"{case.number}  {case.customer_name or case.ticket.caller}"
        machine = f"{device.name} {device.model}  {device.serial}" if device else case.device_name
        about = [name, machine, case.ticket.fault, *self._to_name()]
        undo = ", ".join(self.app.keymap.signs(named()["undo"]))
        warning = say(FINAL) if spec.final else say(SOON, keys=undo)
        self.app.push_screen(
            SureScreen(spec.label, about, spec.label, warning), self._answered_sure
        )

    def _answered_sure(self, sure: bool | None) -> None:
        if sure and self.standing:
            super().begin_saving()

    def _to_name(self) -> list[str]:
        """What else is named in the question: the other ticket of a merge."""
        others = (one.name for one in self._spec.fields if one.kind is FieldKind.TICKET)
        return [f"-> {self.value(name)}" for name in others]

    async def commit(self) -> Done:
        """Give the command."""
        facts = {
            field.name: fact
            for field in self._spec.fields
            if (fact := self._fact(field)) is not None
        }
        command = msgspec.convert(facts, self._spec.command)
        number, version = self._file.case.number, self._file.case.ticket.version
        at = self.times.get(WHEN, Told()).at
        job = partial(
            self.app.desk.act, number, command, key=self.key, version=version, occurred_at=at
        )
        return cast(Done, await self.app.write(job))

    def _fact(self, field: Field) -> Any:
        """What a field brings to the command, None where it stays at its default."""
        value = self.value(field.name)
        if (
            self._spec.command is c.Correct
            and field.name != "reason"
            and value == self._first(field)
        ):
            return None
        match field.kind:
            case FieldKind.TIME:
                return self.times.get(field.name, Told()).at
            case FieldKind.ENGINEERS:
                return self._people(field, value)
            case FieldKind.DAY:
                return parse_day(value) if value.strip() else None
            case FieldKind.SCORE:
                return int(value) if value else None
            case FieldKind.CHECK:
                return self._picked.get(field.name, value)
        if field.kind in FOUND or is_listed(field):
            if field.name in self._picked:
                return self._picked[field.name]
            if field.kind in FOUND or value.strip():
                raise InvalidInput(N_("Choose one from the list."), field=field.name)
            return None
        return value or None if field.kind is FieldKind.CHOICE else value

    def _people(self, field: Field, value: str) -> tuple[str, ...]:
        named = tuple(one for one in value.split(SEPARATOR) if one)
        if not named and self._first(field):
            raise InvalidInput(N_("Mark at least one with space."), field=field.name)
        return named

    async def refused(self, error: DispatchError) -> None:
        """Say what was refused; after a collision the ticket is looked at again."""
        await super().refused(error)
        if not isinstance(error, Conflict):
            return
        try:
            file = await self.app.desk.ticket(self._file.case.number)
        except DispatchError as trouble:
            self.tell(self.say(trouble.message))
            return
        if not self.standing:
            return
        self._merge(file)
        then = self._file.obstacles[self._spec.name] or (_CLASH if self._theirs else _SAVE_ON_TOP)
        key = self.sign("form-theirs")
        self.tell(f"{self.say(error.message)} {self.say(then, key=key)}")

    def _merge(self, file: TicketFile) -> None:
        """Take the ticket as it is now: what nobody else touched stays as typed, and what only
        others touched shows what is there now; where both did, both are shown."""
        base = {name: self._first(field) for name, field in self._kinds.items()}
        mine = {name: self.value(name) for name in self._kinds}
        self._file, self._theirs = file, {}
        for name, field in self._kinds.items():
            control, theirs = self.row(name).control, self._first(field)
            self._ask(field, self.row(name))
            if isinstance(control, Choice):
                ticket, speaker = file.case.ticket, self.app.speaker
                control.change_options(options(field, self._spec, ticket, speaker))
            touched = mine[name] != base[name]
            control.put(mine[name] if touched else theirs)
            if touched and theirs not in (base[name], mine[name]):
                self._theirs[name] = theirs
                key = self.sign("form-theirs")
                self.row(name).refuse(self.say(_NOW_THERE, theirs=theirs or "-", key=key))

    def action_theirs(self) -> None:
        """Take what somebody else entered into this field in the place of one's own."""
        here = self.here
        if here is not None and here.field in self._theirs:
            self.put(here.field, self._theirs.pop(here.field))
            self._picked.pop(here.field, None)
            here.refuse("")
            self.keep_draft()
