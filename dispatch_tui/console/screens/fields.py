"""Fields to type into, one after the other, with offers to pick from."""

from collections.abc import Iterator

from rich.cells import cell_len
from textual import events, on

from dispatch_tui.console.screens import explaining
from dispatch_tui.console.screens.explaining import Part
from dispatch_tui.console.screens.offering import OfferScreen
from dispatch_tui.console.screens.told import Told, told
from dispatch_tui.console.widgets.field import MARK_CELLS, FieldRow
from dispatch_tui.console.widgets.inputs import Edited
from dispatch_tui.desk.views import Done
from dispatch_tui.domain.message import N_, Message

MISSING = N_("{field} is missing: it is needed for this.")


class FieldScreen(OfferScreen[Done | None]):
    """What happens between fields: focus, times as they are told, Enter."""

    IN_TURN = False
    """Whether Enter goes through all fields one by one, and saves at the last."""
    DEFAULT_CSS = """
    FieldScreen {
        & #fields { height: auto; max-height: 100%; overflow: hidden auto; scrollbar-size: 1 1; }
        &.-roomy FieldRow { margin-bottom: 1; }
    }
    """

    def __init__(self) -> None:
        super().__init__()
        self.times: dict[str, Told] = {}

    # What a form says of itself

    def missing(self) -> str:
        """Return the first field that has to be filled before it can be saved, "" for none."""
        raise NotImplementedError

    def action_save(self) -> None:
        """Save, if nothing is missing."""
        raise NotImplementedError

    def edited(self, field: str) -> None:
        """Follow what was typed into a field."""

    # Fields

    @property
    def fields(self) -> dict[str, FieldRow]:
        """The fields by name, as far as they are shown."""
        return {row.field: row for row in self.query(FieldRow) if row.display}

    def row(self, field: str) -> FieldRow:
        """Return the row of a field, shown or not."""
        return self.query_one(f"#row-{field}", FieldRow)

    def value(self, field: str) -> str:
        """Return what stands in a field."""
        return self.row(field).value

    def put(self, field: str, value: str) -> None:
        """Replace what stands in a field."""
        self.row(field).control.put(value)

    def go_to(self, field: str) -> None:
        """Let a field be typed into."""
        self.row(field).take_focus()

    def read_time(self, field: str, *, ahead: bool = False) -> None:
        """Understand a time as it is typed, and say how."""
        now = self.app.now()
        self.times[field] = told(self.value(field), now, self.app.speaker.zone, ahead=ahead)
        self.show_time(field)

    def show_time(self, field: str) -> None:
        """Say beside a time how it is understood."""
        time = self.times.get(field, Told())
        row = self.row(field)
        if time.error is not None:
            row.read("= ?", doubtful=True)
        else:
            row.read(f"= {self.app.speaker.time(time.at, self.app.now())}" if time.at else "")

    def show_times(self) -> None:
        """Say beside every time that was told how it is understood."""
        for field in self.times:
            self.show_time(field)

    def align(self) -> None:
        """Give all labels the width of the longest."""
        rows = list(self.query(FieldRow))
        width = max((cell_len(row.label) for row in rows), default=0) + MARK_CELLS
        for row in rows:
            row.widen(width)

    def explained(self) -> Iterator[Part]:
        """Explain the field that is typed into, then the form."""
        if (row := self.here) is not None:
            yield Part(row.label.rstrip("*"), tuple(self.takes(row)))
        yield from super().explained()

    def takes(self, row: FieldRow) -> Iterator[Message]:
        """Yield what a field takes."""
        if self.focused is not None:
            yield explaining.control(self.focused)

    # Typing

    @on(Edited)
    def _edited(self, event: Edited) -> None:
        event.stop()
        if (row := self._row_of(event.widget)) is not None:
            row.refuse("")
            self.edited(row.field)
            self.offer()
            self.keep_draft()

    def enter(self, field: str) -> None:
        """Go on to what is still missing, or save when nothing is; or go on in turn."""
        if self.refuse_time(field):
            return
        if self.IN_TURN and field != list(self.fields)[-1]:
            self.step(field, 1)
            return
        missing = self.missing()
        if not missing:
            self.action_save()
        elif missing == field:
            row = self.fields[field]
            row.refuse(self.say(MISSING, field=row.label))
        else:
            self.go_to(missing)

    def step(self, field: str, fields: int) -> None:
        """Go to the field below or above, if there is one."""
        names = list(self.fields)
        place = names.index(field) + fields
        if 0 <= place < len(names):
            self.go_to(names[place])

    def on_descendant_focus(self, event: events.DescendantFocus) -> None:
        """Mark the field that is typed into, and offer what it can be."""
        here = self._row_of(event.widget)
        for row in self.query(FieldRow):
            row.mark(row is here)
        self.offer()

    def on_descendant_blur(self, event: events.DescendantBlur) -> None:
        """Say what is wrong with a time once it is left."""
        if (row := self._row_of(event.widget)) is not None:
            self.refuse_time(row.field)

    def refuse_time(self, field: str) -> bool:
        """Say that a time was not understood; returns whether that is so."""
        time = self.times.get(field)
        if time is None or time.error is None:
            return False
        self.fields[field].refuse(self.say(time.error.message))
        return True
