"""Logging a call while the customer is talking."""

from collections.abc import Iterator, Mapping
from datetime import datetime
from enum import Enum, auto
from typing import TYPE_CHECKING, ClassVar

from textual import work
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Vertical, VerticalScroll

from dispatch_tui.console.screens import call_card
from dispatch_tui.console.screens.dialog import BACK
from dispatch_tui.console.screens.editing import EditScreen
from dispatch_tui.console.screens.told import Told
from dispatch_tui.console.widgets.cells import Row
from dispatch_tui.console.widgets.choice import Choice, Option
from dispatch_tui.console.widgets.field import FieldRow, Still
from dispatch_tui.console.widgets.inputs import LineInput, TextInput
from dispatch_tui.console.widgets.pick import PickList, row
from dispatch_tui.desk.views import Case, DeviceFile, Done, Hit, by_time_left
from dispatch_tui.domain import commands as c
from dispatch_tui.domain.errors import DispatchError
from dispatch_tui.domain.finding import plain
from dispatch_tui.domain.message import N_
from dispatch_tui.domain.table import LOG
from dispatch_tui.domain.ticket import Priority

if TYPE_CHECKING:
    from dispatch_tui.desk.finding import Finding

FRESH_SECONDS = 300.0
"""Files that were read longer ago are read anew behind the form."""

UNKNOWN, NO_DEVICE, OTHER_CUSTOMER = "unknown", "no-device", "other-customer"
"""Keys of rows that are no customer, contact or device."""

LABELS = {field.name: field.label for field in LOG.fields}


class Stage(Enum):
    """How far it is known who calls about what."""

    CUSTOMER = auto()
    DEVICE = auto()
    KNOWN = auto()


class CallScreen(EditScreen):
    """One field finds the caller; then the fault and, where they matter, the other facts."""

    AUTO_FOCUS = "#find"
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("f4", "target", show=False),
        Binding("f8", "emergency", show=False),
    ]
    DEFAULT_CSS = """
    CallScreen {
        & #area { height: 11; min-height: 3; }
        &.-tight #area { height: 1fr; }
        & #card { height: 1fr; margin-left: 2; }
        & #card.-short { height: 1; }
        & #area PickList { height: 1fr; }
        & #facts { height: auto; max-height: 60%; scrollbar-size: 1 1; }
        &.-roomy #area { margin: 1 0; }
    }
    """

    def __init__(self, finding: "Finding | None" = None) -> None:
        super().__init__(LOG.name)
        self._finding = finding
        self._stage = Stage.CUSTOMER
        self._customer = self._device = self._caller = ""
        self._file: DeviceFile | None = None
        self._hits: dict[str, Hit] = {}
        self._target = ""
        self._contact_taken = False
        self._began_at: datetime | None = None

    def compose_body(self) -> ComposeResult:
        """Make the finding field, what is known of the caller, and the facts to take down."""
        speak = self.app.speaker.translate
        yield FieldRow("find", speak(N_("Caller")), LineInput(field="find"))
        with Vertical(id="area"):
            yield Still(id="card")
            yield PickList()
        with VerticalScroll(id="facts", can_focus=False):
            yield FieldRow("fault", speak(LABELS["fault"]), TextInput(field="fault"))
            yield FieldRow("department", speak(LABELS["department"]), LineInput(field="department"))
            yield FieldRow("contact", speak(LABELS["contact"]), LineInput(field="contact"))
            yield FieldRow("phone", speak(LABELS["phone"]), LineInput(field="phone"))
            yield FieldRow("priority", speak(LABELS["priority"]), self._priorities())
            when = LineInput(field="reported", placeholder=speak(N_("now; or 20 min ago, 08:15")))
            yield FieldRow("reported", speak(LOG.time_label), when, narrow=True)

    def _priorities(self) -> Choice:
        options = [
            Option(one, self.app.speaker.label(one), "emergency" * (one is Priority.EMERGENCY))
            for one in Priority
        ]
        return Choice(options, field="priority")

    async def on_mount(self) -> None:
        """Read the files to find in, beside what every form does."""
        self._load()
        self._draw()

    @work
    async def _load(self) -> None:
        # Only here, since it brings SQLAlchemy along, which the first paint does not wait for.
        from dispatch_tui.desk.finding import Finding

        self._finding = self._finding or Finding(self.app.desk.database)
        try:
            await self._finding.load(not_older_than=FRESH_SECONDS)
        except DispatchError as error:
            self.tell(self.say(error.message))
        self._draw()
        self.offer()

    # The draft

    def body(self) -> dict[str, str]:
        """Return the fields, what was picked, and the times that were meant."""
        names = ("fault", "department", "contact", "phone", "reported")
        body = {name: self.value(name) for name in names}
        known = self._stage is Stage.KNOWN
        at = self.times.get("reported", Told()).at
        emergency = self.value("priority") == Priority.EMERGENCY
        body |= {
            "find": "" if known else self.value("find"),
            "customer": self._customer,
            "device": self._device,
            "caller": self._caller,
            "priority": Priority.EMERGENCY.value if emergency else "",
            "target": self._target,
            "reported_at": at.isoformat() if at else "",
        }
        if any(body.values()) and self._began_at is not None:
            body["began_at"] = self._began_at.isoformat()
        return body

    def restore(self, body: Mapping[str, str]) -> None:
        """Put back what a draft held."""
        for name in ("find", "fault", "department", "contact", "phone", "priority", "reported"):
            self.put(name, body.get(name, ""))
        began_at = body.get("began_at", "")
        self._began_at = datetime.fromisoformat(began_at) if began_at else None
        if body.get("reported"):
            self.read_time("reported")
            if at := body.get("reported_at", ""):
                words = body["reported"]
                self.times["reported"] = Told(words=words, at=datetime.fromisoformat(at))
        self._customer, self._device = body.get("customer", ""), body.get("device", "")
        self._caller, self._target = body.get("caller", ""), body.get("target", "")
        self._file = None
        self._contact_taken = True
        known = bool(self._customer or self._caller) and not body.get("find")
        self._stage = Stage.KNOWN if known else Stage.CUSTOMER
        if self._device:
            self._look_up(self._device)
        self._draw()
        self.offer()
        self.go_to(self.missing() or "fault")

    # Finding

    def offers(self, field: str) -> tuple[list[Row], bool] | None:
        """Return who may be calling, from which device, or which contact."""
        if field == "find" and self._stage is not Stage.KNOWN:
            devices = self._stage is Stage.DEVICE
            return (list(self._device_rows() if devices else self._hit_rows()), True)
        if field == "contact" and self._customer and not self._contact_taken:
            found = list(self._contact_rows())
            return (found, False) if found else None
        return None

    def _hit_rows(self) -> Iterator[Row]:
        said = self.value("find").strip()
        self._hits = {}
        if self._finding is None or not self._finding.loaded or not said:
            return
        for place, hit in enumerate(self._finding.find(said)):
            self._hits[str(place)] = hit
            yield call_card.hit_row(str(place), hit)
        yield row(UNKNOWN, self.say(N_("Not on file: {said}"), said=said))

    def _device_rows(self) -> Iterator[Row]:
        if self._finding is None:
            return
        words = [plain(word) for word in self.value("find").split()]
        self._hits = {}
        customer = self._finding.customer(self._customer)
        for device in self._finding.devices_of(self._customer):
            about = (device.name, device.model, device.department, device.serial, device.kind)
            text = plain(" ".join((*about, device.asset_number)))
            if customer is not None and all(word in text for word in words):
                self._hits[device.id] = Hit(customer=customer, device=device)
                yield call_card.device_row(device.id, device, self.app.speaker, self.app.now())
        yield row(NO_DEVICE, self.say(N_("Device not known yet")))
        yield row(OTHER_CUSTOMER, self.say(N_("Another customer")))

    def _contact_rows(self) -> Iterator[Row]:
        if self._finding is None:
            return
        said = plain(self.value("contact"))
        customer = self._finding.customer(self._customer)
        self._hits = {}
        for place, contact in enumerate(self._finding.contacts_of(self._customer)):
            if customer is not None and said in plain(contact.name + contact.department):
                self._hits[str(place)] = Hit(customer=customer, contact=contact)
                yield call_card.contact_row(str(place), contact)

    def pick(self, field: str, key: str) -> None:
        """Take over the customer, the device or the contact that was picked."""
        self._begin()
        hit = self._hits.get(key)
        if key == UNKNOWN:
            self._caller = self.value("find").strip()
            self._go_on()
        elif key == NO_DEVICE:
            self._go_on()
        elif key == OTHER_CUSTOMER:
            self._customer = self._device = ""
            self._seek(Stage.CUSTOMER)
        elif hit is not None and field == "contact":
            self._take_contact(hit)
            self.offer()
        elif hit is not None:
            self._take(hit)

    def _take(self, hit: Hit) -> None:
        self._customer = hit.customer.code
        self._caller = ""
        if hit.contact is not None:
            self._take_contact(hit)
        if hit.device is not None:
            self._device = hit.device.id
            self._look_up(self._device)
            self._go_on()
        elif self._finding is not None and self._finding.devices_of(self._customer):
            self._seek(Stage.DEVICE)
        else:
            self._go_on()

    def _take_contact(self, hit: Hit) -> None:
        if hit.contact is not None:
            self.put("contact", hit.contact.name)
            self.put("phone", hit.contact.phone)
            if not self._device and hit.contact.department:
                self.put("department", hit.contact.department)
            self._contact_taken = True

    def _seek(self, stage: Stage) -> None:
        self._stage = stage
        self.put("find", "")
        self._draw()
        self.offer()

    def _go_on(self) -> None:
        """It is known who calls: on to what is missing."""
        self._stage = Stage.KNOWN
        self._draw()
        self.offer()
        self.go_to(self.missing() or "fault")

    def edited(self, field: str) -> None:
        """Look for somebody else, another contact, or another time."""
        self._begin()
        if field == "find" and self._stage is not Stage.DEVICE:
            self._stage = Stage.CUSTOMER
            self._customer = self._device = self._caller = self._target = ""
            self._file = None
            self._draw()
        elif field == "contact":
            self._contact_taken = False
        elif field == "reported":
            self.read_time("reported")
        if field != "reported":
            self.show_time("reported")

    def enter(self, field: str) -> None:
        """Wait for the files where they are not there yet; else go on."""
        if field == "find" and self._stage is not Stage.KNOWN and self.value("find").strip():
            return
        super().enter(field)

    def _begin(self) -> None:
        """Remember when the call came in: with the first key, not with the last."""
        if self._began_at is None:
            self._began_at = self.app.now()

    # What is known

    @property
    def _open(self) -> list[Case]:
        """The open tickets that the call may belong to, the most urgent first."""
        cases = self.app.live.cases.values()
        if self._device:
            found = [case for case in cases if case.ticket.device == self._device]
        elif self._customer:
            found = [case for case in cases if case.ticket.customer == self._customer]
        else:
            found = []
        return sorted(found, key=by_time_left)

    @work(exclusive=True, group="look-up")
    async def _look_up(self, device_id: str) -> None:
        try:
            file = await self.app.desk.device(device_id)
        except DispatchError as error:
            self.tell(self.say(error.message))
            return
        if self._device == device_id:
            self._file = file
            self._draw()

    def offering(self, shown: bool) -> None:
        """Leave the room to the list while there is something to pick."""
        picking_device = self._stage is Stage.DEVICE
        blank = self._stage is Stage.CUSTOMER and not self.value("find").strip()
        card = self.query_one("#card")
        card.display = not shown or picking_device or blank
        card.set_class(shown and picking_device, "-short")
        self.query_one(PickList).display = shown and not blank
        self._draw_keys()

    def show_time(self, field: str) -> None:
        """Say beside the time how it is understood, when nothing was told too."""
        time = self.times.get(field, Told())
        if time.words or self._began_at is None:
            super().show_time(field)
        else:
            began = self.app.speaker.time(self._began_at, self.app.now())
            self.query_one("#row-reported", FieldRow).read(f"= {began}")

    def _draw(self) -> None:
        speaker, now = self.app.speaker, self.app.now()
        find, known = self.query_one("#row-find", FieldRow), self._stage is Stage.KNOWN
        customer = self._finding.customer(self._customer) if self._finding else None
        device = self._finding.device(self._device) if self._finding else None
        paragraphs = list(call_card.who(customer, self._caller, speaker))
        if known:
            paragraphs += call_card.what(device, speaker, now)
            paragraphs += call_card.open_tickets(self._open, self._target, speaker, now)
            paragraphs += call_card.last_repairs(self._file, speaker)
            names = [self._caller]
            if customer is not None:
                names = [customer.short_name or customer.name]
            if device is not None:
                names += [device.name, device.serial]
            find.control.put("  ".join(names).strip() or self.value("find"))
        elif not paragraphs:
            paragraphs += call_card.hint(speaker)
        self.sheet("#card", paragraphs)
        find.rename(self.say(N_("Device") if self._stage is Stage.DEVICE else N_("Caller")))
        further = self._target != ""
        label = N_("Said") if further else LABELS["fault"]
        self.query_one("#row-fault", FieldRow).rename(self.say(label))
        self.query_one("#row-priority", FieldRow).display = not further
        self.query_one("#row-department", FieldRow).display = not further and not self._device
        title = N_("Further call on {number}") if further else N_("New call")
        self.head(self.say(title, number=self._target))
        self.show_time("reported")
        self._draw_keys()

    def _draw_keys(self) -> None:
        keys = [("Enter", N_("on, save")), ("ctrl+g", N_("save"))]
        if self._stage is Stage.KNOWN and self._open:
            keys.insert(0, ("F4", N_("new ticket") if self._target else N_("add to open ticket")))
        if not self._target:
            keys.append(("F8", N_("emergency")))
        if self.query_one(PickList).display:
            keys = [("Up/Down", N_("choose")), ("Enter", N_("take"))]
        self.keys([*keys, BACK])

    def action_target(self) -> None:
        """Add the call to the next open ticket, and after the last of them to a new one."""
        if self._stage is not Stage.KNOWN:
            return
        numbers = ["", *(case.number for case in self._open)]
        place = numbers.index(self._target) if self._target in numbers else 0
        self._target = numbers[(place + 1) % len(numbers)]
        self._draw()
        self.keep_draft()
        self.go_to("fault")

    def action_emergency(self) -> None:
        """Make it an emergency, or a normal call again."""
        self._begin()
        emergency = self.value("priority") == Priority.EMERGENCY
        self.put("priority", Priority.NORMAL if emergency else Priority.EMERGENCY)
        self.keep_draft()

    # Saving

    def missing(self) -> str:
        """Return the field without which nothing can be logged."""
        if self._stage is not Stage.KNOWN:
            return "find"
        return "" if self.value("fault").strip() else "fault"

    async def commit(self) -> Done:
        """Log the call, or add it to the ticket that it belongs to."""
        at = self.times.get("reported", Told()).at or self._began_at
        fault, contact, phone = (self.value(name) for name in ("fault", "contact", "phone"))
        desk, target = self.app.desk, self._target
        if target:
            further = c.AddCall(text=fault, contact=contact, phone=phone)
            key = f"{self.key}:{target}"
            return await self.app.write(lambda: desk.act(target, further, key=key, occurred_at=at))
        device = self._finding.device(self._device) if self._finding else None
        call = c.LogCall(
            fault=fault,
            customer=self._customer,
            caller=self._caller,
            device=self._device,
            department=device.department if device else self.value("department"),
            contact=contact,
            phone=phone,
            priority=Priority(self.value("priority")),
        )
        return await self.app.write(lambda: desk.log_call(call, key=self.key, reported_at=at))
