"""The part of a form that offers what its fields can be, and takes what is picked."""

from typing import Any

from dispatch_tui.console.screens import call_card
from dispatch_tui.console.screens.editing import EditScreen
from dispatch_tui.console.screens.form_fields import FOUND, first_value, is_listed, listed
from dispatch_tui.console.widgets.cells import Row
from dispatch_tui.console.widgets.pick import row
from dispatch_tui.desk.views import Hit, TicketFile
from dispatch_tui.domain.checklists import checklist
from dispatch_tui.domain.indexed import Thing
from dispatch_tui.domain.message import N_
from dispatch_tui.domain.spec import Field, FieldKind, Spec
from dispatch_tui.domain.text import search_key

NONE = "none"
"""Key of the row that takes the device off."""


class PickScreen(EditScreen):
    """Knows the fields of a command, what stands in them at first, and what can be picked."""

    def __init__(self, file: TicketFile, spec: Spec) -> None:
        super().__init__(f"act:{file.case.number}:{spec.name}")
        self._file = file
        self._spec = spec
        self._found: list[Hit] = []
        self._hits: dict[str, Hit | None] = {}
        self._picked: dict[str, str] = {}
        self._theirs: dict[str, str] = {}
        self._kinds = {field.name: field for field in spec.fields}

    def draw_keys(self) -> None:
        """Say what the keys do."""
        raise NotImplementedError

    @property
    def finds(self) -> bool:
        """Whether anything is looked up in the files."""
        return any(field.kind in FOUND for field in self._spec.fields)

    def _first(self, field: Field) -> str:
        return first_value(field, self._spec, self._file)

    def offers(self, field: str) -> tuple[list[Row], bool] | None:
        """Return what to pick from: customers or devices, or the values of a list."""
        wanted = self._kinds.get(field)
        if wanted is None or field in self._picked:
            return None
        if is_listed(wanted):
            return self._listed(wanted)
        return self._files(wanted) if self._is_said(wanted) else None

    def _listed(self, field: Field) -> tuple[list[Row], bool] | None:
        """Rows of a list that hold what is typed; a made-up test needs none of them."""
        said = search_key(self.value(field.name))
        live, speaker = self.app.live, self.app.speaker
        found = [
            row(option.value, option.word, aside)
            for option, aside in listed(
                field, self._spec, self._file, speaker, live.staff, live.cases
            )
            if said in search_key(f"{option.word} {option.value} {aside}")
        ]
        if not found and field.kind is FieldKind.CHECK:
            return None
        return found, bool(said)

    def _is_said(self, field: Field) -> bool:
        """Whether something else is typed into a field of the files than stood there."""
        return field.kind in FOUND and self.value(field.name).strip() != self._first(field)

    def question(self, field: str) -> str:
        """Return what is said of a customer or a device."""
        wanted = self._kinds.get(field)
        said = wanted is not None and field not in self._picked and self._is_said(wanted)
        return self.value(field).strip() if said else ""

    async def answer(self, field: str, question: str) -> list[Hit]:
        """Look for customers or for devices."""
        device = self._kinds[field].kind is FieldKind.DEVICE
        things = {Thing.DEVICE} if device else {Thing.CUSTOMER, Thing.CONTACT}
        found: list[Hit] = await self.app.desk.named(question, things)
        return found

    def answered(self, answer: Any) -> None:
        """Know who or what was found."""
        self._found = answer

    def _files(self, field: Field) -> tuple[list[Row], bool]:
        said = self.value(field.name).strip()
        found = self._found if said else []
        hits: dict[str, Hit] = {}
        for one in found:
            hits.setdefault(one.device.id if one.device else one.customer.code, one)
        rows = [call_card.hit_row(code, hit) for code, hit in hits.items()]
        self._hits = dict(hits)
        if field.kind is FieldKind.DEVICE:
            self._hits[NONE] = None
            rows.append(row(NONE, self.say(N_("No device"))))
        return rows, bool(said)

    def offering(self, shown: bool) -> None:
        """Say what the keys do."""
        self.draw_keys()

    def pick(self, field: str, key: str) -> None:
        """Take over what was picked."""
        wanted = self._kinds[field]
        if is_listed(wanted):
            self._take_listed(wanted, key)
            return
        hit = self._hits.get(key)
        if hit is None:
            self.put(field, "")
            self._picked[field] = ""
        elif hit.device is not None and field == "device":
            self.put(field, f"{hit.device.name}  {hit.device.serial}")
            self._picked[field] = hit.device.id
        else:
            self.put(field, hit.customer.name)
            self._picked[field] = hit.customer.code
        self.offer()

    def _take_listed(self, field: Field, value: str) -> None:
        word = self.app.speaker.choice(field, value) if field.choices else value
        if field.kind is FieldKind.PERSON:
            word = self.app.speaker.name(value)
        if field.kind is FieldKind.CHECK:
            word = self.app.speaker.check(value)
            self._fill_check(value)
        self.put(field.name, word)
        self._picked[field.name] = value
        self.offer()
        self.step(field.name, 1)

    def _fill_check(self, code: str) -> None:
        """Put the instrument and the limit of a checklist's test beside it."""
        device = self._file.device
        for one in checklist(device.kind if device else ""):
            if one.code == code:
                self.put("instrument", self.app.speaker.translate(one.instrument))
                self.put("limit", one.limit)
