"""What a field offers to pick from: known at once, or looked up while one types."""

from typing import Any

from textual import on
from textual.widget import Widget

from dispatch_tui.console.asking import Asker
from dispatch_tui.console.screens.dialog import Dialog, Result
from dispatch_tui.console.widgets.cells import Row
from dispatch_tui.console.widgets.field import FieldRow
from dispatch_tui.console.widgets.inputs import Entered, Steered
from dispatch_tui.console.widgets.pick import PickList
from dispatch_tui.domain.errors import DispatchError


class OfferScreen(Dialog[Result]):
    """Offers rows for the field that is typed into; keys that act wait until these are known."""

    DEFAULT_CSS = """
    OfferScreen PickList { display: none; }
    """

    def __init__(self) -> None:
        super().__init__()
        self._asker = Asker[tuple[str, str], Any](self, self._looked_up, self._answered)
        self._offered = ""
        self._later: Entered | Steered | None = None

    # What a form says of its offers

    def offers(self, field: str) -> tuple[list[Row], bool] | None:
        """Return rows to pick from for a field and whether Enter takes the first, None for none."""
        return None

    def question(self, field: str) -> str:
        """Return what is looked up before there is something to offer, "" for nothing."""
        return ""

    async def answer(self, field: str, question: str) -> Any:
        """Look it up; raises what the desk refuses."""
        raise NotImplementedError

    def answered(self, answer: Any) -> None:
        """Know what was looked up."""

    @property
    def nothing(self) -> str:
        """What is said in the place of rows where there are none to offer."""
        return ""

    def pick(self, field: str, key: str) -> None:
        """Take over a row that was offered."""

    def enter(self, field: str) -> None:
        """Go on after Enter where nothing is picked."""

    def step(self, field: str, fields: int) -> None:
        """Go to the field below or above where nothing is offered."""

    def keep_draft(self) -> None:
        """Keep what stands in the form, soon; a screen without a draft keeps nothing."""

    def offering(self, shown: bool) -> None:
        """Make room for the offers, or take it back."""

    # Fields

    @property
    def here(self) -> FieldRow | None:
        """The field that is typed into."""
        return None if self.focused is None else self._row_of(self.focused)

    @on(Entered)
    def _entered(self, event: Entered) -> None:
        event.stop()
        row = self._row_of(event.widget)
        if row is None or self._waits(row, event):
            return
        picks = self.query_one(PickList)
        if picks.display and picks.cursor_key is not None:
            self.pick(row.field, picks.cursor_key)
            self.keep_draft()
        else:
            self.enter(row.field)

    @on(Steered)
    def _steered(self, event: Steered) -> None:
        event.stop()
        row = self._row_of(event.widget)
        if row is None or self._waits(row, event):
            return
        picks = self.query_one(PickList)
        if picks.display and picks.row_count:
            picks.steer(event.rows)
        else:
            self.step(row.field, 1 if event.rows > 0 else -1)

    @on(PickList.Selected)
    def _clicked(self, event: PickList.Selected) -> None:
        event.stop()
        if (row := self.here) is not None:
            self.pick(row.field, event.key)
            self.keep_draft()

    def offer(self) -> None:
        """Show what the field that is typed into can be, as soon as that is known."""
        row = self.here
        field = row.field if row is not None else ""
        asking = row is not None and self._open_question(row)
        if asking:
            self._asker.ask((field, self.question(field)))
        else:
            self._asker.leave()
        if not asking or field != self._offered:
            self._show(field, None if asking or not field else self.offers(field))
        if not asking:
            self._go_on_later()

    def _show(self, field: str, found: tuple[list[Row], bool] | None) -> None:
        self._offered = field
        picks = self.query_one(PickList)
        picks.display = found is not None
        self.offering(found is not None)
        if found is not None:
            picks.offer(found[0], first=found[1], empty=self.nothing)

    # What is looked up

    def _open_question(self, row: FieldRow) -> bool:
        question = self.question(row.field)
        return bool(question) and not self._asker.knows((row.field, question))

    async def _looked_up(self, question: tuple[str, str]) -> Any:
        try:
            return await self.answer(*question)
        except DispatchError as error:
            self.tell(self.say(error.message))
            return None

    def _answered(self, question: tuple[str, str], answer: Any) -> None:
        if not self.standing:
            return
        if answer is None:
            self._not_answered()
            return
        self.answered(answer)
        self.offer()

    def _not_answered(self) -> None:
        """Offer nothing: what could not be looked up may be on file. Enter asks again."""
        self._asker.forget()
        event, self._later = self._later, None
        if event is not None:
            self.gate.release(event.widget)
        self._show(self._offered, None)

    def _waits(self, row: FieldRow, event: Entered | Steered) -> bool:
        """Keep a key that acts, and all after it, until it is known on what it acts."""
        if not self._open_question(row):
            return False
        if self._later is None:
            self.gate.keep()
            self._asker.ask((row.field, self.question(row.field)))
        self._later = event
        return True

    def _go_on_later(self) -> None:
        """Do what was to be done once it was known on what."""
        event, self._later = self._later, None
        if event is None:
            return
        if self._row_of(event.widget) is self.here and isinstance(event, Entered):
            self._entered(event)
        elif self._row_of(event.widget) is self.here and isinstance(event, Steered):
            self._steered(event)
        self.gate.release(event.widget)

    def _row_of(self, widget: Widget) -> FieldRow | None:
        return next((one for one in widget.ancestors_with_self if isinstance(one, FieldRow)), None)
