"""Handing over to whoever comes next, and taking over by one key."""

from collections.abc import Awaitable, Callable, Iterator
from typing import Any, ClassVar

from textual import on, work
from textual.app import ComposeResult
from textual.binding import BindingType

from dispatch_tui.console.keys.bindings import bindings
from dispatch_tui.console.keys.forms import HANDING, HANDOVER
from dispatch_tui.console.screens.dialog import BACK, Dialog
from dispatch_tui.console.screens.slow_save import SlowSave
from dispatch_tui.console.widgets.inputs import LineInput, Steered
from dispatch_tui.console.widgets.sheet import Sheet
from dispatch_tui.console.widgets.wrapping import Paragraph, Span, line
from dispatch_tui.domain.errors import DispatchError
from dispatch_tui.domain.handover import HandOver, Item
from dispatch_tui.domain.message import N_

ROLES = {"concern": "near", "promise": "", "call_back": "accent"}


class HandOverScreen(Dialog[None]):
    """The sheet of this moment, a line for a note; what waits is accepted by one key."""

    WHOLE = True
    AUTO_FOCUS = "LineInput"
    PLACE = HANDOVER
    BINDINGS: ClassVar[list[BindingType]] = bindings(HANDING)
    DEFAULT_CSS = """
    HandOverScreen {
        & > #box { height: 90%; }
        &.-whole > #box { height: 100%; }
        & > #box > #body { height: 1fr; }
        & #items { background: $surface; }
    }
    """

    def __init__(self) -> None:
        super().__init__()
        self._items: tuple[Item, ...] = ()
        self._pending: HandOver | None = None
        self._saving = False
        self._save_of = SlowSave(self)

    def compose_body(self) -> ComposeResult:
        """Make the sheet and the line of the note."""
        yield Sheet(id="items")
        hint = self.say(N_("a note for whoever takes over"))
        yield LineInput(field="note", placeholder=hint)

    def on_mount(self) -> None:
        """Read what is open."""
        self.head(self.say(N_("Hand over")))
        self._look()

    def draw_words(self) -> None:
        """Draw all that is said."""
        self.head(self.say(N_("Hand over")))
        self._draw()

    @work(exclusive=True, group="look")
    async def _look(self) -> None:
        try:
            self._items = await self.app.desk.handover_sheet()
            self._pending = await self.app.desk.pending_handover()
        except DispatchError as error:
            self.tell(self.say(error.message))
        if self.standing:
            self._draw()

    def _draw(self) -> None:
        self.query_one("#items", Sheet).show(list(self._lines()))
        keys = [self.hint("handover-hand-over"), ("Up/Down, PgUp/PgDn", N_("read on"))]
        if self._pending is not None:
            keys.insert(0, self.hint("handover-accept"))
        self.keys([*keys, BACK])

    def _lines(self) -> Iterator[Paragraph]:
        speaker, now = self.app.speaker, self.app.now()
        if (waits := self._pending) is not None:
            words = N_("{person} handed over at {at}, and nobody has taken over yet: {note}")
            said = self.say(words, person=waits.by, at=waits.at, note=waits.note or "-")
            yield line(Span(said, "near"))
            yield line()
        for one in self._items:
            at = speaker.time(one.at, now) if one.at is not None else ""
            case = self.app.live.cases.get(one.number)
            yield line(
                Span(f"{speaker.label(one.topic)}  ", "muted"),
                Span(f"{one.number} {case.short_name if case is not None else ''}  ", "strong"),
                Span(f"{at}  " if at else "", "accent"),
                Span(speaker.say(one.sentence, now), ROLES.get(one.topic, "")),
                indent=3,
            )

    @on(Steered)
    def _steered(self, event: Steered) -> None:
        """Read on without leaving the note."""
        event.stop()
        self.query_one("#items", Sheet).action_move(event.rows)

    def action_hand_over(self) -> None:
        """Hand over what is shown, with the note."""
        note = self.query_one(LineInput).value
        self._begin(lambda: self.app.desk.hand_over(note), N_("Handed over."))

    def action_accept(self) -> None:
        """Take over what waits."""
        if (waits := self._pending) is not None:
            self._begin(lambda: self.app.desk.accept_handover(waits.id), N_("Taken over."))

    def action_back(self) -> None:
        """Go back; a save that takes long goes on, and it is said what becomes of it."""
        if self._saving:
            self._save_of.go_back(super().action_back)
        else:
            super().action_back()

    def _begin(self, job: Callable[[], Awaitable[Any]], done: str) -> None:
        if not self._saving:
            self._saving = True
            self.app.run_worker(self._do(job, done), group="save")

    async def _do(self, job: Callable[[], Awaitable[Any]], done: str) -> None:
        try:
            with self._save_of.under_way():
                await self.app.write(job)
        except DispatchError as error:
            self._saving = False
            if self.standing:
                self.tell(self.say(error.message))
                self._look()
            elif self.app.main is not None:
                self.app.main.tell(error.message)
            return
        if self.app.main is not None:
            self.app.main.tell(done)
        if self.standing:
            self.dismiss(None)
