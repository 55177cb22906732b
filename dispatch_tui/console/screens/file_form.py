"""A form for one record of the files: new, or changed field by field."""

from collections.abc import Iterator, Mapping
from hashlib import blake2b
from typing import Any, ClassVar

from textual.app import ComposeResult
from textual.binding import BindingType
from textual.containers import VerticalScroll

from dispatch_tui.console.keys.bindings import bindings
from dispatch_tui.console.keys.forms import MERGING, TAKING
from dispatch_tui.console.screens import explaining
from dispatch_tui.console.screens.dialog import BACK
from dispatch_tui.console.screens.editing import EditScreen
from dispatch_tui.console.widgets.cells import Row
from dispatch_tui.console.widgets.choice import Choice, Option
from dispatch_tui.console.widgets.field import FieldRow
from dispatch_tui.console.widgets.inputs import LineInput, TextInput
from dispatch_tui.console.widgets.pick import LISTED, PickList, row
from dispatch_tui.desk.bringing.formats import FORMATS, CellKind, Column
from dispatch_tui.desk.views import Done
from dispatch_tui.domain.errors import Conflict, DispatchError
from dispatch_tui.domain.facts import DeviceState
from dispatch_tui.domain.message import N_, Message, say
from dispatch_tui.domain.spec import FieldKind
from dispatch_tui.domain.text import search_key
from dispatch_tui.words.files import TABLES
from dispatch_tui.words.labels import DEVICE_KINDS

IDENTITY = {"customers": ("code",), "devices": ("serial", "maker")}
"""What a record is known by everywhere: asked for when it is new, never changed."""

WAS = ".was"
"""Ends the name under which a draft holds what stood in a field before."""

HINTS = {"latitude": "30.66", "longitude": "104.07"}
"""What is typed into a field, for example."""

_THEIRS = N_("now there: {theirs} ({key} takes it)")
_AGAIN = N_("Enter saves yours on top of that.")


class FileForm(EditScreen):
    """The columns of a table as fields; only what differs from what was seen is saved."""

    WHOLE = True
    IN_TURN = True
    AUTO_FOCUS = "#fields LineInput, #fields TextInput, #fields Choice"
    PLACE = MERGING
    BINDINGS: ClassVar[list[BindingType]] = bindings(TAKING)
    DEFAULT_CSS = """
    FileForm PickList { height: 5; }
    """

    def __init__(
        self,
        table: str,
        key: tuple[str, ...] = (),
        record: Any = None,
        version: int = 0,
        prefilled: Mapping[str, str] | None = None,
    ) -> None:
        whom = "/".join(key or (prefilled or {}).values())
        super().__init__(f"file:{table}:{blake2b(whom.encode(), digest_size=12).hexdigest()}")
        self._table = table
        self._file_key = key
        self._version = version
        self._prefilled = dict(prefilled or {})
        self._theirs: dict[str, str] = {}
        hidden = IDENTITY.get(table, ()) if key else ()
        self._columns = {c.name: c for c in FORMATS[table].columns if c.name not in hidden}
        self._base = self._texts(record)

    def _texts(self, record: Any) -> dict[str, str]:
        """What stands in each field at first."""
        if record is None:
            first = {name: _text(column.empty) for name, column in self._columns.items()}
            return first | self._prefilled
        return {name: _text(getattr(record, name)) for name in self._columns}

    def compose_body(self) -> ComposeResult:
        """Make a field for each column."""
        with VerticalScroll(id="fields", can_focus=False):
            for name, column in self._columns.items():
                yield self._field(name, column)
        yield PickList(LISTED)

    def _field(self, name: str, column: Column) -> FieldRow:
        speaker, value = self.app.speaker, self._base[name]
        label = speaker.entry(name, self._table) + ("*" if column.needed else "")
        if column.kind is CellKind.TEXT:
            return FieldRow(name, label, TextInput(value, field=name))
        if column.kind is CellKind.YES_NO:
            options = [Option("no", speaker.translate(N_("no")))]
            options.append(Option("yes", speaker.translate(N_("yes"))))
            return FieldRow(name, label, Choice(options, value, field=name))
        if column.kind is CellKind.CHOICE:
            chosen = [Option(one, speaker.label(DeviceState(one))) for one in column.choices]
            return FieldRow(name, label, Choice(chosen, value, field=name))
        hint = HINTS.get(name, "YYYY-MM-DD" if column.kind is CellKind.DAY else "")
        narrow = column.kind in (CellKind.DAY, CellKind.DEGREES, CellKind.COUNT)
        return FieldRow(name, label, LineInput(value, field=name, placeholder=hint), narrow=narrow)

    async def on_mount(self) -> None:
        """Propose a code for a new customer."""
        if self._table == "customers" and not self._file_key and not self._base["code"]:
            self.run_worker(self._number(), group="number")

    def draw_words(self) -> None:
        """Draw all that is said."""
        super().draw_words()
        what = self.app.speaker.translate(TABLES[self._table])
        title = N_("{what}: change") if self._file_key else N_("{what}: put on file")
        self.head(self.say(title, what=what), "  ".join(self._file_key))
        self._read_kind()
        self.keys([("Enter", N_("on, save")), self.hint("form-save"), BACK])

    async def _number(self) -> None:
        """Propose a code for a new customer."""
        try:
            code = await self.app.desk.fresh_customer_code()
        except DispatchError as error:
            self.tell(self.say(error.message))
            return
        if self.standing and not self.value("code"):
            self._base["code"] = code
            self.put("code", code)

    def takes(self, row: FieldRow) -> Iterator[Message]:
        """Yield what a column takes, and whether it may stay empty."""
        column = self._columns[row.field]
        if column.kind is CellKind.DAY:
            yield say(explaining.KINDS[FieldKind.DAY])
        else:
            yield from super().takes(row)
        yield explaining.need(column.needed)

    # The draft

    def body(self) -> dict[str, str]:
        """Return what differs from what stood in the form at first, and what stood there."""
        changes = self._changes()
        return changes | {f"{name}{WAS}": self._base[name] for name in changes}

    def _changes(self) -> dict[str, str]:
        return {
            name: self.value(name) for name in self._columns if self.value(name) != self._base[name]
        }

    @property
    def typed(self) -> bool:
        """Whether anything differs: to empty a field is a change, too."""
        return bool(self.query(FieldRow)) and bool(self._changes())

    def restore(self, body: Mapping[str, str]) -> None:
        """Put back what a draft held; where others wrote meanwhile, that is shown."""
        self._theirs = {}
        for name, now in self._base.items():
            mine, was = body.get(name, now), body.get(f"{name}{WAS}", now)
            self.put(name, mine)
            if now not in (was, mine):
                self._show_theirs(name, now)
        self._read_kind()

    def missing(self) -> str:
        """Return the first needed field that is empty."""
        needed = (name for name, column in self._columns.items() if column.needed)
        return next((name for name in needed if not self.value(name).strip()), "")

    def edited(self, field: str) -> None:
        """What somebody else wrote is not offered any more once one goes on typing."""
        self._theirs.pop(field, None)
        self._read_kind()

    def _read_kind(self) -> None:
        """Say beside the kind of a device what it is called."""
        if self._table == "devices":
            kind = self.value("kind")
            word = self.app.speaker.device_kind(kind)
            self.row("kind").read(f"= {word}" if word != kind else "")

    def offers(self, field: str) -> tuple[list[Row], bool] | None:
        """Offer the people who can answer for a customer, and the kinds of devices."""
        said = search_key(self.value(field)) if field in self._columns else ""
        if self.value(field) == self._base[field]:
            return None
        if field == "responsible":
            people = [one for one in self.app.live.staff.values() if one.active]
            found = [
                row(one.login, one.name, self.app.speaker.label(one.role))
                for one in people
                if said in search_key(f"{one.name} {one.login}")
            ]
        elif field == "kind" and self._table == "devices":
            kinds = [(one, self.app.speaker.device_kind(one)) for one in DEVICE_KINDS]
            found = [row(one, word, one) for one, word in kinds if said in search_key(word + one)]
        else:
            return None
        return (found, bool(said)) if found else None

    def pick(self, field: str, key: str) -> None:
        """Take over the login of a person, or a kind."""
        self.put(field, key)
        self.query_one(PickList).display = False
        self._read_kind()
        self.step(field, 1)

    # Saving

    async def commit(self) -> Done:
        """Put it on file, or change what differs."""
        desk, table, key = self.app.desk, self._table, self._file_key
        changes, version, retry = self._changes(), self._version, self.key
        if key:
            done = await self.app.write(lambda: desk.change_file(table, key, changes, seen=version))
        else:
            texts = {name: one for name, one in (self._base | changes).items() if one}
            done = await self.app.write(lambda: desk.put_on_file(table, texts, retry_key=retry))
        return Done(number="/".join(done), version=0)

    async def refused(self, error: DispatchError) -> None:
        """Say what was refused; after a collision both are shown where both wrote."""
        await super().refused(error)
        if not isinstance(error, Conflict) or not self._file_key:
            return
        try:
            record, version = await self.app.desk.on_file(self._table, self._file_key)
        except DispatchError as trouble:
            self.tell(self.say(trouble.message))
            return
        if self.standing:
            self._merge(self._texts(record), version)
            self.tell(f"{self.say(error.message)} {self.say(_AGAIN)}")

    def _merge(self, now: dict[str, str], version: int) -> None:
        base, self._base, self._version = self._base, now, version
        for name, theirs in now.items():
            mine = self.value(name)
            if mine == base[name]:
                self.put(name, theirs)
            elif theirs not in (base[name], mine):
                self._show_theirs(name, theirs)

    def _show_theirs(self, name: str, theirs: str) -> None:
        self._theirs[name] = theirs
        key = self.sign("form-theirs")
        self.row(name).refuse(self.say(_THEIRS, theirs=theirs or "-", key=key))

    def action_theirs(self) -> None:
        """Take what somebody else wrote into this field in the place of one's own."""
        here = self.here
        if here is not None and here.field in self._theirs:
            self.put(here.field, self._theirs.pop(here.field))
            here.refuse("")
            self.keep_draft()


def _text(value: Any) -> str:
    """A value of a record as it is typed."""
    if value is None or value == ():
        return ""
    if isinstance(value, bool):
        return "yes" if value else "no"
    return str(value)
