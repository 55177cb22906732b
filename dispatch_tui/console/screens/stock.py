"""What is done with a part at a station: taken, put back, sent, ordered, received, counted."""

from collections.abc import Awaitable, Callable, Mapping
from enum import StrEnum
from functools import partial

from textual.app import ComposeResult
from textual.containers import VerticalScroll

from dispatch_tui.console.screens.dialog import BACK
from dispatch_tui.console.screens.editing import EditScreen
from dispatch_tui.console.widgets.choice import Choice, Option
from dispatch_tui.console.widgets.field import FieldRow, Still
from dispatch_tui.console.widgets.inputs import LineInput
from dispatch_tui.console.widgets.pick import PickList
from dispatch_tui.console.widgets.wrapping import Span, line
from dispatch_tui.desk.views import Done
from dispatch_tui.domain.errors import InvalidInput
from dispatch_tui.domain.message import N_
from dispatch_tui.domain.stocking import Shelf
from dispatch_tui.domain.text import fold_width


class Doing(StrEnum):
    """What is done with a part."""

    TAKE = "take"
    PUT_BACK = "put_back"
    SEND = "send"
    ORDER = "order"
    RECEIVE = "receive"
    COUNT = "count"


WORDS = {
    Doing.TAKE: N_("take out"),
    Doing.PUT_BACK: N_("put back"),
    Doing.SEND: N_("send"),
    Doing.ORDER: N_("order"),
    Doing.RECEIVE: N_("arrived"),
    Doing.COUNT: N_("count anew"),
}
FIELDS = {
    Doing.TAKE: ("count", "ticket"),
    Doing.PUT_BACK: ("count", "ticket"),
    Doing.SEND: ("count", "to", "ticket"),
    Doing.ORDER: ("count", "ticket"),
    Doing.RECEIVE: (),
    Doing.COUNT: ("count", "minimum"),
}
"""What each asks for."""

LABELS = {
    "count": N_("How many"),
    "to": N_("To station"),
    "ticket": N_("For ticket"),
    "minimum": N_("At least"),
}


class StockForm(EditScreen):
    """One move of one part; the choice comes first and says what else is asked."""

    AUTO_FOCUS = "Choice"
    IN_TURN = True
    DEFAULT_CSS = """
    StockForm #about { height: 2; margin: 0 0 1 2; }
    """

    def __init__(self, shelf: Shelf) -> None:
        super().__init__(f"stock:{shelf.part.code}/{shelf.station.code}")
        self._shelf = shelf

    def compose_body(self) -> ComposeResult:
        """Make what it is about and the fields."""
        speaker = self.app.speaker
        possible = [one for one in Doing if one is not Doing.RECEIVE or self._shelf.coming]
        options = [Option(one.value, speaker.translate(WORDS[one])) for one in possible]
        yield Still(id="about")
        with VerticalScroll(id="fields", can_focus=False):
            what = Choice(options, self._first.value, field="what")
            yield FieldRow("what", speaker.translate(N_("What")), what)
            for name, label in LABELS.items():
                field = LineInput("1" if name == "count" else "", field=name)
                yield FieldRow(name, speaker.translate(label), field, narrow=True)
        yield PickList()

    def draw_words(self) -> None:
        """Draw all that is said."""
        super().draw_words()
        shelf = self._shelf
        self.head(shelf.part.name, shelf.part.code)
        stands = N_("{station}: {count} there, {coming} coming, at least {minimum}")
        self.sheet(
            "#about",
            [
                line(Span(f"{shelf.part.model}  {shelf.part.maker}", "muted")),
                line(
                    Span(
                        self.say(
                            stands,
                            station=shelf.station.name,
                            count=shelf.count,
                            coming=shelf.coming,
                            minimum=shelf.minimum,
                        )
                    )
                ),
            ],
        )
        self.keys([("Left/Right", N_("choose")), ("Enter", N_("on, save")), BACK])
        self._ask()

    @property
    def _first(self) -> Doing:
        """What is likeliest: nothing can be taken from an empty shelf."""
        if self._shelf.count:
            return Doing.TAKE
        return Doing.RECEIVE if self._shelf.coming else Doing.ORDER

    def _ask(self) -> None:
        """Show only what this move asks for."""
        asked = FIELDS[Doing(self.value("what"))]
        for name in LABELS:
            self.row(name).display = name in asked

    def body(self) -> dict[str, str]:
        """Return what stands in the form, once something of it was changed."""
        found = {name: self.value(name) for name in ("what", *LABELS)}
        untouched = {"what": self._first.value, "count": "1", "to": "", "ticket": "", "minimum": ""}
        return {} if found == untouched else found

    def restore(self, body: Mapping[str, str]) -> None:
        """Put back what a draft held."""
        for name in ("what", *LABELS):
            self.put(name, body.get(name, "1" if name == "count" else ""))
        self._ask()

    def edited(self, field: str) -> None:
        """Ask for what the chosen move needs."""
        if field == "what":
            self._ask()

    def missing(self) -> str:
        """Return the first field that the move needs."""
        asked = FIELDS[Doing(self.value("what"))]
        needed = [name for name in ("count", "to") if name in asked]
        return next((name for name in needed if not self.value(name).strip()), "")

    async def commit(self) -> Done:
        """Do it."""
        desk, key, what = self.app.desk, self.key, Doing(self.value("what"))
        part, station = self._shelf.part.code, self._shelf.station.code
        ticket, to = self.value("ticket"), self.value("to").strip()
        count = _number("count", self.value("count")) if "count" in FIELDS[what] else 0
        least = _number("minimum", said) if (said := self.value("minimum")) else None
        shelf, taken = (part, station, count), {"ticket": ticket, "key": key}
        jobs: dict[Doing, Callable[[], Awaitable[object]]] = {
            Doing.TAKE: partial(desk.take_part, *shelf, **taken),
            Doing.PUT_BACK: partial(desk.put_part_back, *shelf, **taken),
            Doing.SEND: partial(desk.send_parts, part, station, to, count, **taken),
            Doing.ORDER: partial(desk.order_parts, *shelf, **taken),
            Doing.COUNT: partial(desk.count_stock, *shelf, minimum=least, key=key),
            Doing.RECEIVE: partial(desk.receive_parts, self._shelf.next_id),
        }
        await self.app.write(jobs[what])
        return Done(number=part, version=0)


def _number(field: str, text: str) -> int:
    text = fold_width(text).strip()
    if not (text.isascii() and text.isdigit() and len(text) < 7):
        raise InvalidInput(N_("“{value}” must be a whole number."), field=field, value=text[:80])
    return int(text)
