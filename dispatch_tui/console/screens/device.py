"""The file of a device: what it is, how reliable it is, everything that happened to it."""

from collections.abc import Iterator
from functools import partial
from typing import ClassVar

from textual.binding import BindingType

from dispatch_tui.console.keys.bindings import bindings
from dispatch_tui.console.keys.files import DEVICE, OF_A_DEVICE
from dispatch_tui.console.panes.device import REPEATED, covering
from dispatch_tui.console.screens.dialog import BACK
from dispatch_tui.console.screens.file import FileScreen, Line
from dispatch_tui.console.widgets.cells import Cell
from dispatch_tui.console.widgets.columns import Column
from dispatch_tui.console.widgets.wrapping import Paragraph, Span, line
from dispatch_tui.desk.views import DeviceHistory
from dispatch_tui.domain.device_history import Happening, Topic
from dispatch_tui.domain.facts import DeviceState
from dispatch_tui.domain.message import N_
from dispatch_tui.words import files as words

ROLES = {Topic.FAULT: "accent", Topic.COMPLAINT: "near", Topic.MOVED: "strong"}


class DeviceScreen(FileScreen):
    """One machine and its whole timeline; a letter leaves only one topic of it."""

    COLUMNS = (
        Column("day", "", 10, priority=9),
        Column("topic", "", 9, min_width=6, priority=7),
        Column("text", "", 40, min_width=20, grow=1, priority=8),
        Column("number", "", 11, priority=6),
    )
    EMPTY = N_("Nothing is known of its past.")
    PLACE = DEVICE
    BINDINGS: ClassVar[list[BindingType]] = bindings(OF_A_DEVICE)

    def __init__(self, device_id: str) -> None:
        super().__init__()
        self._device_id = device_id
        self._file: DeviceHistory | None = None
        self._topic: Topic | None = None

    async def read(self) -> None:
        """Read the machine and its past."""
        self._file = await self.app.desk.device_history(self._device_id)

    def draw(self) -> None:
        """Show the machine, its figures and its timeline."""
        if (file := self._file) is None:
            return
        self.head(file.file.device.name, file.file.device.serial)
        self.show(self._facts(file), self._lines(file))
        keys = [("Enter", N_("ticket")), self.hint("device-topic"), self.hint("device-customer")]
        if file.may_edit:
            keys.insert(1, self.hint("device-edit"))
        self.keys([*keys, BACK])

    def action_topic(self, step: int) -> None:
        """Leave only the next topic of those that there are, after the last one all."""
        if (file := self._file) is None:
            return
        known = [one for one in Topic if any(entry.topic is one for entry in file.entries)]
        topics = [None, *known]
        self._topic = topics[(topics.index(self._topic) + step) % len(topics)]
        self.draw()

    def action_edit(self) -> None:
        """Change the file."""
        from dispatch_tui.console.screens.file_form import FileForm

        if (file := self._file) is not None and file.may_edit:
            key = (self._device_id,)
            self.app.push_screen(FileForm("devices", key, file.file.device, file.version))

    def action_customer(self) -> None:
        """Open the file of its customer."""
        if self._file is not None:
            self.app.open_customer(self._file.file.device.customer)

    def _facts(self, file: DeviceHistory) -> Iterator[Paragraph]:
        device, speaker = file.file.device, self.app.speaker
        kind = speaker.device_kind(device.kind)
        known = [one for one in (kind, device.maker, device.model, device.software) if one]
        if device.core:
            known.append(self.say(N_("core equipment")))
        yield line(Span("  ".join(known), "muted"))
        owner = file.file.customer
        at = (owner.short_name or owner.name) if owner else device.customer
        stands = "" if file.file.state is DeviceState.IN_USE else "near"
        yield line(
            Span(f"{at}  {device.department}  ", "strong"),
            Span(speaker.label(file.file.state), stands),
        )
        yield line(*covering(file.verdict, speaker))
        if (contract := file.contract) is not None:
            said = words.limits(contract, speaker)
            sentence = N_("Contract {number} until {until}: {limits}")
            until = contract.until.isoformat()
            told = self.say(sentence, number=contract.number, until=until, limits=said)
            yield line(Span(told))
        yield line(Span(speaker.listed(self._days(file)), "muted"))
        yield line(Span(speaker.listed(words.figures(file.figures, speaker))))
        numbers = [
            f"{speaker.entry(name, 'devices')} {getattr(device, name)}"
            for name in ("asset_number", "udi", "registration_number", "manuals", "notes")
            if getattr(device, name)
        ]
        if numbers:
            yield line(Span(speaker.listed(numbers), "muted"))

    def _days(self, file: DeviceHistory) -> Iterator[str]:
        device, speaker = file.file.device, self.app.speaker
        for name in ("made_on", "delivered_on", "accepted_on"):
            if (day := getattr(device, name)) is not None:
                yield f"{speaker.entry(name)} {day.isoformat()}"
        if file.inspection_on is not None:
            day = file.inspection_on.isoformat()
            yield self.say(N_("inspection due {day}"), day=day)

    def _lines(self, file: DeviceHistory) -> Iterator[Line]:
        if self._topic is not None:
            only = N_("only: {topic} ({key} goes on)")
            key = self.sign("device-topic")
            self.tell(self.say(only, topic=self._topic, key=key), "accent")
        else:
            self.tell("")
        for place, entry in enumerate(file.entries):
            if self._topic in (None, entry.topic):
                yield self._line(place, entry, entry.number in file.file.repeats)

    def _line(self, place: int, entry: Happening, repeated: bool) -> Line:
        speaker = self.app.speaker
        day = entry.at.astimezone(speaker.zone).date().isoformat()
        text = speaker.say(entry.text, self.app.now())
        if repeated and entry.topic is Topic.FAULT and "text" in entry.text.values:
            text = f"{self.say(REPEATED)}  {text}"
        enter = partial(self.app.open_ticket, entry.number) if entry.number else None
        topic = Cell(speaker.label(entry.topic), ROLES.get(entry.topic, "muted"))
        return Line(str(place), Cell(day, "muted"), topic, text, entry.number, enter=enter)
