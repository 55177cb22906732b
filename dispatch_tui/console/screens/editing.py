"""What every form does: fields, offers to pick from, a draft, and one command that is saved."""

import contextlib
from collections.abc import Mapping
from datetime import datetime
from typing import ClassVar
from uuid import uuid4

import msgspec
from rich.cells import cell_len
from textual import events, on
from textual.binding import Binding, BindingType
from textual.widget import Widget

from dispatch_tui.console.screens.dialog import Dialog
from dispatch_tui.console.screens.drafting import DraftKeeper
from dispatch_tui.console.screens.told import Told, told
from dispatch_tui.console.widgets.cells import Row
from dispatch_tui.console.widgets.field import MARK, FieldRow
from dispatch_tui.console.widgets.inputs import Edited, Entered, Steered
from dispatch_tui.console.widgets.pick import PickList
from dispatch_tui.desk.views import Done
from dispatch_tui.domain.errors import DispatchError, InvalidInput
from dispatch_tui.domain.message import N_

MISSING = N_("{field} is missing: it is needed for this.")
KEY, ASIDE = "key", "aside"
"""Names in a draft, beside those of its fields: the command's key, and another draft."""
SLOW_SECONDS = 0.4
"""A save that takes longer than this says that it is under way."""


class EditScreen(Dialog[Done | None]):
    """A form: what is typed is kept, and it closes on the acknowledgement of its command.

    Its key is made when it opens and is kept for every retry, so that trying again is harmless.
    """

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("ctrl+g", "save", show=False),
        Binding("ctrl+n", "afresh", show=False),
    ]
    DEFAULT_CSS = """
    EditScreen {
        & #fields { height: auto; max-height: 100%; overflow: hidden auto; scrollbar-size: 1 1; }
        & PickList { display: none; }
        &.-roomy FieldRow { margin-bottom: 1; }
    }
    """

    def __init__(self, form: str) -> None:
        super().__init__()
        self.form = form
        self.key = uuid4().hex
        self.times: dict[str, Told] = {}
        self._tried: Mapping[str, str] | None = None
        self._saving = False
        self._aside: Mapping[str, str] = {}
        self._keeper = DraftKeeper(self._keep, self._draft_trouble)

    # What a form says of itself

    def body(self) -> dict[str, str]:
        """Return all that a draft has to hold beside the key."""
        raise NotImplementedError

    def restore(self, body: Mapping[str, str]) -> None:
        """Put back what a draft held."""
        raise NotImplementedError

    def missing(self) -> str:
        """Return the first field that has to be filled before it can be saved, "" for none."""
        raise NotImplementedError

    async def commit(self) -> Done:
        """Give the command; raises what was refused."""
        raise NotImplementedError

    def offers(self, field: str) -> tuple[list[Row], bool] | None:
        """Return rows to pick from for a field and whether Enter takes the first, None for none."""
        return None

    def pick(self, field: str, key: str) -> None:
        """Take over a row that was offered."""

    def edited(self, field: str) -> None:
        """Follow what was typed into a field."""

    def offering(self, shown: bool) -> None:
        """Make room for the offers, or take it back."""

    # Fields

    @property
    def fields(self) -> dict[str, FieldRow]:
        """The fields by name, as far as they are shown."""
        return {row.field: row for row in self.query(FieldRow) if row.display}

    @property
    def here(self) -> FieldRow | None:
        """The field that is typed into."""
        return None if self.focused is None else self._row_of(self.focused)

    def value(self, field: str) -> str:
        """Return what stands in a field."""
        return self.query_one(f"#row-{field}", FieldRow).value

    def put(self, field: str, value: str) -> None:
        """Replace what stands in a field."""
        self.query_one(f"#row-{field}", FieldRow).control.put(value)

    def go_to(self, field: str) -> None:
        """Let a field be typed into."""
        self.query_one(f"#row-{field}", FieldRow).take_focus()

    def read_time(self, field: str, *, ahead: bool = False) -> None:
        """Understand a time as it is typed, and say how."""
        now = self.app.now()
        self.times[field] = told(self.value(field), now, self.app.speaker.zone, ahead=ahead)
        self.show_time(field)

    def show_time(self, field: str) -> None:
        """Say beside a time how it is understood."""
        time = self.times.get(field, Told())
        row = self.query_one(f"#row-{field}", FieldRow)
        if time.error is not None:
            row.read("= ?", "near")
        else:
            row.read(f"= {self.app.speaker.time(time.at, self.app.now())}" if time.at else "")

    # The draft

    async def on_mount(self) -> None:
        """Align the labels and bring back what was being typed."""
        rows = list(self.query(FieldRow))
        width = max((cell_len(row.label) for row in rows), default=0) + len(MARK)
        for row in rows:
            row.widen(width)
        try:
            draft = await self.app.desk.draft(self.form)
        except DispatchError as error:
            self.tell(self.say(error.message))
            return
        if draft is not None:
            self._bring_back(*draft)

    def _bring_back(self, state: dict[str, str], at: datetime) -> None:
        """Show a draft, or set it aside where somebody is typing already."""
        aside = state.pop(ASIDE, "")
        if self.typed:
            self._aside = state
            self.tell(
                self.say(N_("Draft of {at} set aside - ctrl+n brings it back"), at=at), "accent"
            )
            return
        self._aside = msgspec.json.decode(aside, type=dict[str, str]) if aside else {}
        self._fill(state)
        self.tell(self.say(N_("Draft of {at} restored - ctrl+n starts afresh"), at=at), "accent")

    def _fill(self, state: Mapping[str, str]) -> None:
        self.key = state.get(KEY) or uuid4().hex
        self.times.clear()
        for row in self.query(FieldRow):
            row.refuse("")
        self.restore(state)

    def _state(self) -> dict[str, str]:
        return {**self.body(), KEY: self.key} if self.typed else {}

    def keep_draft(self) -> None:
        """Keep what stands in the form, soon."""
        if self.is_mounted and not self._saving:
            aside = {ASIDE: msgspec.json.encode(self._aside).decode()} if self._aside else {}
            self._keeper.keep({**self._state(), **aside})

    @property
    def typed(self) -> bool:
        """Whether there is anything to keep."""
        return any(self.body().values())

    async def _keep(self, body: Mapping[str, str]) -> None:
        await self.app.write(lambda: self.app.desk.save_draft(self.form, body))

    def _draft_trouble(self, error: DispatchError) -> None:
        if self.is_mounted:
            self.tell(self.say(error.message), "near")

    async def on_unmount(self) -> None:
        """Keep what is not kept yet: the terminal may be going away."""
        await self._keeper.flush()

    def action_afresh(self) -> None:
        """Set aside what stands in the form, and bring back what was set aside before."""
        self._aside, back = self._state(), self._aside
        self._fill(back)
        if back:
            self.tell(self.say(N_("Brought back - ctrl+n goes to the other one")), "accent")
        elif self._aside:
            self.tell(self.say(N_("Afresh - ctrl+n brings the draft back")), "accent")
        self.keep_draft()

    def action_back(self) -> None:
        """Go back; what was typed is kept and will be offered again."""
        if self._saving:
            return
        if self.typed:
            self.app.notify(self.say(N_("Not saved. The draft is kept for the next time.")))
        self.dismiss(None)

    # Typing

    @on(Edited)
    def _edited(self, event: Edited) -> None:
        event.stop()
        if (row := self._row_of(event.widget)) is not None:
            row.refuse("")
            self.edited(row.field)
            self.offer()
            self.keep_draft()

    @on(Entered)
    def _entered(self, event: Entered) -> None:
        event.stop()
        row = self._row_of(event.widget)
        if row is None:
            return
        picks = self.query_one(PickList)
        if picks.display and picks.cursor_key is not None:
            self.pick(row.field, picks.cursor_key)
            self.keep_draft()
        else:
            self.enter(row.field)

    def enter(self, field: str) -> None:
        """Go on to what is still missing, or save when nothing is."""
        if self.refuse_time(field):
            return
        missing = self.missing()
        if not missing:
            self.action_save()
        elif missing == field:
            self.fields[field].refuse(self.say(MISSING, field=field))
        else:
            self.go_to(missing)

    @on(Steered)
    def _steered(self, event: Steered) -> None:
        event.stop()
        picks = self.query_one(PickList)
        if picks.display and picks.row_count:
            picks.steer(event.rows)
            return
        names = list(self.fields)
        row = self._row_of(event.widget)
        if row is not None:
            place = names.index(row.field) + (1 if event.rows > 0 else -1)
            if 0 <= place < len(names):
                self.go_to(names[place])

    @on(PickList.Selected)
    def _clicked(self, event: PickList.Selected) -> None:
        event.stop()
        if (row := self.here) is not None:
            self.pick(row.field, event.key)
            self.keep_draft()

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

    def offer(self) -> None:
        """Show what the field that is typed into can be."""
        row = self.here
        found = self.offers(row.field) if row is not None else None
        picks = self.query_one(PickList)
        picks.display = found is not None
        self.offering(found is not None)
        if found is not None:
            picks.offer(found[0], first=found[1])

    def refuse_time(self, field: str) -> bool:
        """Say that a time was not understood; returns whether that is so."""
        time = self.times.get(field)
        if time is None or time.error is None:
            return False
        self.fields[field].refuse(self.say(time.error.message))
        return True

    # Saving

    def action_save(self) -> None:
        """Save, if nothing is missing."""
        if self._saving:
            return
        for field in self.fields:
            if self.refuse_time(field):
                self.go_to(field)
                return
        if missing := self.missing():
            self.fields[missing].refuse(self.say(MISSING, field=missing))
            self.go_to(missing)
            return
        self._saving = True
        self._keeper.hold()
        self.run_worker(self._save(), group="save")

    async def _save(self) -> None:
        slow = self.set_timer(SLOW_SECONDS, lambda: self.tell(self.say(N_("Saving ...")), "muted"))
        body = self.body()
        try:
            done = await self.commit()
        except DispatchError as error:
            self._saving = False
            self._tried = body
            self._keeper.resume()
            await self.refused(error)
            return
        finally:
            slow.stop()
        if done.repeated and body != self._tried:
            # The key belongs to an older save, such as that of the same draft in another terminal.
            self._saving = False
            self.key = uuid4().hex
            self._keeper.resume()
            self.tell(
                self.say(
                    N_(
                        "This was saved already, as {number}. "
                        "Enter saves it once more, Esc goes back."
                    ),
                    number=done.number,
                )
            )
            return
        self._keeper.forget()
        self.dismiss(done)
        with contextlib.suppress(DispatchError):  # the command is saved; its key guards the draft
            await self._keep(self._aside)

    async def refused(self, error: DispatchError) -> None:
        """Say what was refused where it can be mended; what was typed stays."""
        sentence = self.say(error.message)
        field = error.field if isinstance(error, InvalidInput) else ""
        if field in self.fields:
            self.fields[field].refuse(sentence)
            self.go_to(field)
        else:
            self.tell(sentence)

    def _row_of(self, widget: Widget) -> FieldRow | None:
        return next((one for one in widget.ancestors_with_self if isinstance(one, FieldRow)), None)
