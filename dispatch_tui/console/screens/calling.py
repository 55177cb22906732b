"""The part of the call form that finds who calls about what, and what is known of them."""

from datetime import datetime
from typing import Any

from textual import work

from dispatch_tui.console.screens.caller import Caller, Stage
from dispatch_tui.console.screens.editing import EditScreen
from dispatch_tui.console.widgets.cells import Row
from dispatch_tui.desk.views import Case, DeviceFile, Done, Hit
from dispatch_tui.domain.errors import DispatchError
from dispatch_tui.domain.similar import similar


class CallerScreen(EditScreen):
    """Knows who calls, about which device, its past, and the kept cases that are like its fault."""

    def __init__(self, form: str) -> None:
        super().__init__(form)
        self._caller = Caller()
        self._file: DeviceFile | None = None
        self._filled: dict[str, str] = {}
        self._picking_contact = False
        self._began_at: datetime | None = None
        self._kept: list[Case] | None = None
        self._alike: list[Case] = []

    # What the form does with it

    def draw(self) -> None:
        """Show what is known."""
        raise NotImplementedError

    def left(self) -> None:
        """Somebody else calls: forget what was about the one before."""
        raise NotImplementedError

    # Who calls

    def offers(self, field: str) -> tuple[list[Row], bool] | None:
        """Return who may be calling, about which device, or which contact."""
        if field == "find" and not self._caller.known:
            said, now = self.value("find").strip(), self.app.now()
            return self._caller.rows(said, self.app.speaker, now), True
        if field == "contact" and (self._picking_contact or not self.value("contact")):
            rows = self._caller.contacts(self.value("contact"))
            return (rows, False) if rows else None
        return None

    def question(self, field: str) -> str:
        """Return what is said of who calls."""
        asked = field == "find" and self._caller.stage is Stage.CUSTOMER
        return self.value("find").strip() if asked else ""

    async def answer(self, field: str, question: str) -> list[Hit]:
        """Look for who may be calling."""
        found: list[Hit] = await self.app.desk.named(question)
        return found

    def answered(self, answer: Any) -> None:
        """Know who may be calling."""
        self._caller.found(answer)

    def pick(self, field: str, key: str) -> None:
        """Take over the customer, the device or the contact that was picked."""
        self._begin()
        if field == "contact":
            self._take_contact(self._caller.hit(key))
            self.offer()
            return
        hit = self._caller.pick(key, self.value("find").strip())
        if self._caller.belongings is None and self._caller.customer_code:
            self._know(hit)
        else:
            self._picked(hit)

    def _picked(self, hit: Hit | None) -> None:
        """Go on from what was picked."""
        if hit is not None and hit.contact is not None:
            self._take_contact(hit)
        if not self._caller.known:
            self.put("find", "")
        self._look_up()
        self.draw()
        self.offer()
        if self._caller.known:
            self.go_to(self.missing() or "fault")

    def _know(self, picked: Hit | None) -> None:
        """Read what belongs to the customer; keys wait, since it is what they are about."""
        if self._caller.customer_code:
            self.gate.keep()
            self._read(self._caller.customer_code, picked)

    @work(group="belongings")
    async def _read(self, code: str, picked: Hit | None) -> None:
        try:
            self._caller.know(await self.app.desk.belongings(code))
        except DispatchError as error:
            self.tell(self.say(error.message))
            if picked is not None:  # whose devices cannot be read is to be picked again
                self._caller.forget()
                picked = None
        if self.standing and self._caller.customer_code in (code, ""):
            if picked is not None:
                self._picked(picked)
            else:
                self._look_up()
                self.draw()
                self.offer()
        self.gate.release(self.focused or self)

    def _take_contact(self, hit: Hit | None) -> None:
        if hit is None or hit.contact is None:
            return
        self._picking_contact = False
        self._filled = {"contact": hit.contact.name, "phone": hit.contact.phone}
        if not self._caller.device_id:
            self._filled["department"] = hit.contact.department
        for name, value in self._filled.items():
            self.put(name, value)

    def _drop_contact(self) -> None:
        """Take back what was filled in for somebody else, but nothing that was typed."""
        for name, value in self._filled.items():
            if self.value(name) == value:
                self.put(name, "")
        self._filled = {}

    def edited(self, field: str) -> None:
        """Look for somebody else, another contact, or another time."""
        self._begin()
        if field == "find" and self._caller.stage is not Stage.DEVICE:
            self._caller.forget()
            self._drop_contact()
            self._file, self._alike = None, []
            self.left()
            self.draw()
        elif field == "contact":
            self._picking_contact = True
        elif field == "fault":
            self.look_for_alike()
        if field == "reported":
            self.read_time("reported")
        else:
            self.show_time("reported")

    def _begin(self) -> None:
        """Remember when the call came in: with the first key, not with the last."""
        if self._began_at is None:
            self._began_at = self.app.now()

    # What is known

    @work(exclusive=True, group="look-up")
    async def _look_up(self) -> None:
        """Read the past of the device, where one is named."""
        device_id = self._caller.device_id
        if not device_id:
            return
        try:
            file = await self.app.desk.device(device_id)
        except DispatchError as error:
            self.tell(self.say(error.message))
            return
        if self._caller.device_id == device_id and self.standing:
            self._file = file
            self.draw()

    # The files

    @property
    def unfiled(self) -> str:
        """The table on whose files the caller, or their device, is not yet and may be put."""
        if not self._caller.known:
            return ""
        table = "devices" if self._caller.customer_code else "customers"
        missing = not self._caller.customer_code or not self._caller.device_id
        return table if missing and self.app.desk.may_file(table) else ""

    def action_put_on_file(self) -> None:
        """Put the unknown caller on file, or the unknown device of a known customer."""
        from dispatch_tui.console.screens.file_form import FileForm

        if not (table := self.unfiled):
            return
        first = {"customer": self._caller.customer_code}
        if table == "customers":
            first = {"name": self._caller.words, "phone": self.value("phone")}
        self.app.push_screen(FileForm(table, prefilled=first), self._filed)

    def _filed(self, done: Done | None) -> None:
        """Go on with what was put on file; the words of the call stay."""
        if done is None:
            return
        if self._caller.customer_code:
            self._caller.device_id = done.number
        else:
            self._caller.customer_code, self._caller.words = done.number, ""
        self.keep_draft()
        self._know(None)

    # Kept cases

    def look_for_alike(self) -> None:
        """Show the kept cases that are like what is being typed."""
        if self._kept is None:
            self._kept = []
            self._read_kept()
        else:
            self._compare(self._kept)

    @work(group="kept")
    async def _read_kept(self) -> None:
        try:
            self._kept = await self.app.desk.kept_cases()
        except DispatchError as error:
            self.tell(self.say(error.message))
            return
        if self.standing:
            self._compare(self._kept)

    def _compare(self, kept: list[Case]) -> None:
        device = self._caller.device
        known = [
            (case, f"{case.ticket.fault} {case.ticket.kept.symptom}", case.model)
            for case in kept
            if case.ticket.kept and (device is None or device.kind == case.device_kind)
        ]
        alike = similar(self.value("fault"), device.model if device else "", known)
        if alike != self._alike:
            self._alike = alike
            self.draw()
