"""Logging a call while the customer is talking."""

from collections.abc import Iterator, Mapping
from datetime import datetime
from functools import partial
from typing import ClassVar, cast

from textual.app import ComposeResult
from textual.binding import BindingType
from textual.containers import Vertical, VerticalScroll

from dispatch_tui.console.keys.bindings import bindings
from dispatch_tui.console.keys.forms import CALL, CALLING
from dispatch_tui.console.screens import call_card, explaining
from dispatch_tui.console.screens.call_command import call_command
from dispatch_tui.console.screens.caller import Stage
from dispatch_tui.console.screens.calling import CallerScreen
from dispatch_tui.console.screens.dialog import BACK
from dispatch_tui.console.screens.naming import LABELS, PICKING_KEYS, Naming
from dispatch_tui.console.screens.told import Told
from dispatch_tui.console.widgets.choice import Choice, priorities
from dispatch_tui.console.widgets.field import FieldRow, Still
from dispatch_tui.console.widgets.inputs import LineInput, TextInput
from dispatch_tui.console.widgets.pick import PickList
from dispatch_tui.desk.views import Case, Done
from dispatch_tui.domain import commands as c
from dispatch_tui.domain.message import N_, Message, say
from dispatch_tui.domain.table import LOG
from dispatch_tui.domain.ticket import Priority

COMPLAINT = "yes"
TYPED = ("fault", "department", "contact", "phone", "reported")


class CallScreen(CallerScreen):
    """One field finds the caller; then the fault and, where they matter, the other facts."""

    AUTO_FOCUS = "#find"
    WHOLE = True
    PLACE = CALL
    BINDINGS: ClassVar[list[BindingType]] = bindings(CALLING)
    DEFAULT_CSS = """
    CallScreen {
        & #area { height: 11; min-height: 3; }
        & #card { height: 1fr; margin-left: 2; }
        & #card.-short { height: 1; }
        & #area PickList { height: 1fr; }
        & #facts { height: auto; max-height: 60%; scrollbar-size: 1 1; }
        &.-whole #area { height: 1fr; }
        &.-roomy #area { margin: 1 0; }
    }
    """

    def __init__(self) -> None:
        super().__init__(LOG.name)
        self._target = ""
        self._complaint = False

    def compose_body(self) -> ComposeResult:
        """Make the finding field, what is known of the caller, and the facts to take down."""
        speak = self.app.speaker.translate
        yield FieldRow("find", speak(N_("Caller")), LineInput(field="find"))
        with Vertical(id="area"):
            yield Still(id="card")
            yield PickList()
        with VerticalScroll(id="facts", can_focus=False):
            yield FieldRow("fault", speak(LABELS["fault"]), TextInput(field="fault"))
            for name in ("department", "contact", "phone"):
                yield FieldRow(name, speak(LABELS[name]), LineInput(field=name))
            choice = Choice(priorities(self.app.speaker), field="priority")
            yield FieldRow("priority", speak(LABELS["priority"]), choice)
            when = LineInput(field="reported", placeholder=speak(N_("now; or 20 min ago, 08:15")))
            yield FieldRow("reported", speak(LOG.time_label), when, narrow=True)

    def draw_words(self) -> None:
        """Draw all that is said."""
        super().draw_words()
        self.draw()

    def takes(self, row: FieldRow) -> Iterator[Message]:
        """Yield what a field takes: who calls, or when it was reported."""
        if row.field == "find":
            yield say(explaining.CALLER)
        elif row.field == "reported":
            yield explaining.when()
        else:
            yield from super().takes(row)

    # The draft

    def body(self) -> dict[str, str]:
        """Return the fields, what was picked, and the times that were meant."""
        at = self.times.get("reported", Told()).at
        body = {name: self.value(name) for name in TYPED} | self._caller.body()
        body |= {
            "find": "" if self._caller.known else self.value("find"),
            "priority": self.value("priority").removeprefix(Priority.NORMAL),
            "target": self._target,
            "complaint": COMPLAINT if self._complaint else "",
            "reported_at": at.isoformat() if at else "",
        }
        if any(body.values()) and self._began_at is not None:
            body["began_at"] = self._began_at.isoformat()
        return body

    @property
    def draft_dropped(self) -> bool:
        """Whether the call becomes a ticket of its own, which drops the draft with it."""
        return not self._target

    def restore(self, body: Mapping[str, str]) -> None:
        """Put back what a draft held."""
        for name in ("find", "priority", *TYPED):
            self.put(name, body.get(name, ""))
        began_at = body.get("began_at", "")
        self._began_at = datetime.fromisoformat(began_at) if began_at else None
        if words := body.get("reported", ""):
            self.read_time("reported")
            if at := body.get("reported_at", ""):
                self.times["reported"] = Told(words=words, at=datetime.fromisoformat(at))
        self._caller.restore(body)
        self._target = body.get("target", "")
        self._complaint = body.get("complaint", "") == COMPLAINT
        self._file, self._filled = None, {}
        self._picking_contact = False
        self._know(None)
        self.draw()
        self.offer()
        self.go_to(self.missing() or "fault")

    def left(self) -> None:
        """Somebody else calls: their call is of its own."""
        self._target = ""

    # What is known

    def offering(self, shown: bool) -> None:
        """Leave the room to the list while there is something to pick."""
        blank = self._caller.stage is Stage.CUSTOMER and not self.value("find").strip()
        picking_device = shown and self._caller.stage is Stage.DEVICE
        card = self.query_one("#card")
        card.display = not shown or picking_device or blank
        card.set_class(picking_device, "-short")
        self.query_one(PickList).display = shown and not blank
        self._draw_keys()

    def show_time(self, field: str) -> None:
        """Say beside the time how it is understood, when nothing was told too."""
        time = self.times.get(field, Told())
        if time.words or self._began_at is None:
            super().show_time(field)
        else:
            began = self.app.speaker.time(self._began_at, self.app.now())
            self.row(field).read(f"= {began}")

    def draw(self) -> None:
        """Show who calls, about what, and what is known of it."""
        speaker, now, caller = self.app.speaker, self.app.now(), self._caller
        paragraphs = list(call_card.who(caller.customer, caller.words, speaker))
        if caller.known:
            cases = self._open_cases()
            paragraphs += call_card.what(caller.device, speaker, now)
            paragraphs += call_card.open_tickets(
                cases, self._target, self.sign("call-add"), speaker, now
            )
            paragraphs += call_card.alike(self._alike, speaker)
            paragraphs += call_card.last_repairs(self._file, speaker, now)
            self.put("find", caller.shown)
        elif not paragraphs:
            paragraphs += call_card.hint(speaker)
        self.sheet("#card", paragraphs)
        self._name_fields()
        self.show_time("reported")
        self._draw_keys()

    def _naming(self) -> Naming:
        return Naming(
            further=self._target,
            complaint=self._complaint,
            choosing_device=self._caller.stage is Stage.DEVICE,
            addable=bool(self._caller.known and self._open_cases()),
            unfiled=self.unfiled,
        )

    def _name_fields(self) -> None:
        naming = self._naming()
        self.row("find").rename(self.say(naming.caller))
        self.row("fault").rename(self.say(naming.fault))
        self.row("priority").display = not self._target and not self._complaint
        self.row("department").display = not self._target and not self._caller.device_id
        self.head(self.say(naming.title, number=self._target))

    def _draw_keys(self) -> None:
        picking = self.query_one(PickList).display
        naming = self._naming()
        shown = naming.turns if picking else naming.keys
        keys = [self.hint(name, label) for name, label in shown]
        self.keys([*(PICKING_KEYS if picking else ()), *keys, BACK])

    def _open_cases(self) -> list[Case]:
        return self._caller.open_cases(self.app.live.cases.values())

    def action_target(self) -> None:
        """Add the call to the next open ticket, and after the last of them to a new one."""
        if not self._caller.known:
            return
        cases = self._open_cases()
        numbers = ["", *(case.number for case in cases)]
        place = numbers.index(self._target) if self._target in numbers else 0
        self._target = numbers[(place + 1) % len(numbers)]
        self.draw()
        self.keep_draft()
        self.go_to("fault")

    def action_complaint(self) -> None:
        """Make it a complaint, about an open ticket if one is chosen, or a call again."""
        self._begin()
        self._complaint = not self._complaint
        self.draw()
        self.keep_draft()

    def action_emergency(self) -> None:
        """Make it an emergency, or a normal call again."""
        self._begin()
        emergency = self.value("priority") == Priority.EMERGENCY
        self.put("priority", Priority.NORMAL if emergency else Priority.EMERGENCY)
        self.keep_draft()

    # Saving

    def missing(self) -> str:
        """Return the field without which nothing can be logged."""
        if not self._caller.known:
            return "find"
        return "" if self.value("fault").strip() else "fault"

    async def commit(self) -> Done:
        """Log the call, or add it to the ticket that it belongs to."""
        values = {name: self.value(name) for name in ("priority", *TYPED)}
        command = call_command(self._caller, values, self._target, complaint=self._complaint)
        at, desk = self.times.get("reported", Told()).at or self._began_at, self.app.desk
        if isinstance(command, c.LogCall):
            job = partial(desk.log_call, command, key=self.key, reported_at=at)
        else:
            key = f"{self.key}:{self._target}"
            job = partial(desk.act, self._target, command, key=key, occurred_at=at)
        return cast(Done, await self.app.write(job))
