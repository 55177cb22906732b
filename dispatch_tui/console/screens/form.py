"""A form for any command of the table."""

from collections.abc import Mapping
from datetime import datetime
from functools import partial
from typing import TYPE_CHECKING, Any, ClassVar, cast

import msgspec
from textual import work
from textual.app import ComposeResult
from textual.binding import BindingType
from textual.containers import VerticalScroll

from dispatch_tui.console.screens import call_card
from dispatch_tui.console.screens.dialog import BACK
from dispatch_tui.console.screens.editing import EditScreen
from dispatch_tui.console.screens.form_fields import (
    FOUND,
    TO_COME,
    fact_time,
    field_row,
    first_value,
    options,
)
from dispatch_tui.console.screens.told import Told
from dispatch_tui.console.widgets.cells import Row
from dispatch_tui.console.widgets.choice import Choice
from dispatch_tui.console.widgets.field import FieldRow, Still
from dispatch_tui.console.widgets.inputs import LineInput
from dispatch_tui.console.widgets.marks import SEPARATOR
from dispatch_tui.console.widgets.pick import PickList, row
from dispatch_tui.console.widgets.wrapping import Span, line
from dispatch_tui.desk.views import Done, Hit, TicketFile
from dispatch_tui.domain import commands as c
from dispatch_tui.domain.errors import Conflict, DispatchError, InvalidInput
from dispatch_tui.domain.message import N_
from dispatch_tui.domain.spec import Field, FieldKind, Spec

if TYPE_CHECKING:
    from dispatch_tui.desk.finding import Finding

WHEN = "occurred_at"
"""The field for when it happened; nothing typed means now."""

NONE = "none"
"""Key of the row that takes the device off."""


class FormScreen(EditScreen):
    """The fields of one command on one ticket, seen at the version that was read last."""

    AUTO_FOCUS = "#fields FieldRow LineInput, #fields FieldRow TextInput, #fields FieldRow Choice"
    BINDINGS: ClassVar[list[BindingType]] = []
    DEFAULT_CSS = """
    FormScreen {
        & #about { height: 2; margin: 0 0 1 2; }
        & PickList { height: 7; }
    }
    """

    def __init__(self, file: TicketFile, spec: Spec, finding: "Finding | None" = None) -> None:
        super().__init__(f"act:{file.case.number}:{spec.name}")
        self._file = file
        self._spec = spec
        self._finding = finding
        self._hits: dict[str, Hit | None] = {}
        self._picked: dict[str, str] = {}

    @property
    def _finds(self) -> bool:
        return any(field.kind in FOUND for field in self._spec.fields)

    def compose_body(self) -> ComposeResult:
        """Make what it is about, the fields of the command and the time when it happened."""
        yield Still(id="about")
        with VerticalScroll(id="fields", can_focus=False):
            for field in self._spec.fields:
                yield field_row(field, self._spec, self._file, self.app.speaker)
            if self._spec.time_label:
                hint = self.app.speaker.translate(N_("now; or 20 min ago, 08:15"))
                label = self.app.speaker.translate(self._spec.time_label)
                yield FieldRow(WHEN, label, LineInput(field=WHEN, placeholder=hint), narrow=True)
        yield PickList()

    async def on_mount(self) -> None:
        """Say what it is about."""
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
        if self._spec.dangerous:
            self.tell(self.say(N_("This cannot be taken back later than 10 seconds.")), "near")
        self._show_recorded()
        self._draw_keys()
        if self._finds:
            self._load()

    def _draw_keys(self) -> None:
        if self._spec.dangerous:
            keys = [("Enter", N_("on")), ("ctrl+g", self._spec.label)]
        elif self.query_one(PickList).display:
            keys = [("Up/Down", N_("choose")), ("Enter", N_("take"))]
        else:
            keys = [("Enter", N_("on, save")), ("ctrl+g", N_("save"))]
        self.keys([*keys, BACK])

    @work
    async def _load(self) -> None:
        # Only here, since it brings SQLAlchemy along, which the first paint does not wait for.
        from dispatch_tui.desk.finding import Finding

        self._finding = self._finding or Finding(self.app.desk.database)
        try:
            await self._finding.load()
        except DispatchError as error:
            self.tell(self.say(error.message))
        if self.standing:
            self.offer()

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

    def _first(self, field: Field) -> str:
        return first_value(field, self._spec, self._file)

    # Typing

    def edited(self, field: str) -> None:
        """Understand times, and forget what was picked for another text."""
        kinds = {one.name: one.kind for one in self._spec.fields}
        if field == WHEN or kinds[field] is FieldKind.TIME:
            self.read_time(field, ahead=field == TO_COME)
        elif kinds[field] in FOUND:
            self._picked.pop(field, None)
        self._show_recorded()

    def _show_recorded(self) -> None:
        """Say beside a time that is corrected what was recorded."""
        if self._spec.command is c.CorrectTime:
            ticket = self._file.case.ticket
            at = fact_time(self.value("what"), ticket, self.value("engineer"))
            recorded = self.say(N_("recorded as {at}"), at=at) if at else ""
            self.query_one("#to", LineInput).placeholder = recorded

    def missing(self) -> str:
        """Return the first required field that is empty."""
        required = (field.name for field in self._spec.fields if field.required)
        return next((name for name in required if not self.value(name).strip()), "")

    def enter(self, field: str) -> None:
        """Go on; what is dangerous is not saved by Enter."""
        if self._spec.dangerous and not self.missing() and not self.refuse_time(field):
            what = self.app.speaker.translate(self._spec.label)
            self.tell(self.say(N_("Sure? ctrl+g: {what}. Esc: back."), what=what), "near")
        else:
            super().enter(field)

    # Finding

    def offers(self, field: str) -> tuple[list[Row], bool] | None:
        """Return customers or devices to pick from."""
        kinds = {one.name: one.kind for one in self._spec.fields}
        if kinds.get(field) not in FOUND or self._finding is None or field in self._picked:
            return None
        said = self.value(field).strip()
        wanted = next(one for one in self._spec.fields if one.name == field)
        if said == self._first(wanted):
            return None
        self._hits = {}
        rows = []
        if kinds[field] is FieldKind.DEVICE:
            rows = [row(NONE, self.say(N_("No device")))]
            self._hits[NONE] = None
        for hit in self._finding.find(said):
            code = hit.device.id if hit.device else hit.customer.code
            if (kinds[field] is FieldKind.DEVICE) == (hit.device is not None):
                if code not in self._hits:
                    rows.insert(
                        len(self._hits) - (NONE in self._hits), call_card.hit_row(code, hit)
                    )
                self._hits[code] = hit
        return rows, bool(said)

    def offering(self, shown: bool) -> None:
        """Say what the keys do."""
        self._draw_keys()

    def pick(self, field: str, key: str) -> None:
        """Take over the customer or the device that was picked."""
        hit = self._hits.get(key)
        if hit is None:
            self.put(field, "")
            self._picked[field] = ""
        elif hit.device is not None and field == "device":
            self.put(field, f"{hit.device.name}  {hit.device.serial}")
            self._picked[field] = hit.device.id
        else:
            self.put(field, hit.customer.name)
            self._picked[field] = hit.customer.code
        self.offer()

    # Saving

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
        value = self.value(field.name)
        if field.kind is FieldKind.TIME:
            return self.times.get(field.name, Told()).at
        if field.kind is FieldKind.ENGINEERS:
            return self._people(field, value)
        if (
            self._spec.command is c.Correct
            and field.name != "reason"
            and value == self._first(field)
        ):
            return None
        if field.kind in FOUND:
            if field.name not in self._picked:
                raise InvalidInput(N_("Choose one from the list."), field=field.name)
            return self._picked[field.name]
        return value

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
        self._see(file)
        obstacle = self._file.obstacles[self._spec.name]
        then = obstacle or N_("What you typed is still here: Enter saves it on top of that.")
        self.tell(f"{self.say(error.message)} {self.say(then)}")

    def _see(self, file: TicketFile) -> None:
        """Take the ticket as it is now; fields that nobody touched show what is there now."""
        touched = {
            field.name: self.value(field.name)
            for field in self._spec.fields
            if self.value(field.name) != self._first(field)
        }
        self._file = file
        for field in self._spec.fields:
            control = self.row(field.name).control
            if isinstance(control, Choice):
                ticket, speaker = file.case.ticket, self.app.speaker
                control.change_options(options(field, self._spec, ticket, speaker))
            control.put(touched.get(field.name, self._first(field)))
