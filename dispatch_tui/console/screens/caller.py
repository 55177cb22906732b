"""Who calls about what, as far as it is known: a customer, a device, or somebody's own words."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import datetime
from enum import Enum, auto

from dispatch_tui.console.screens import call_card
from dispatch_tui.console.widgets.cells import Row
from dispatch_tui.console.widgets.pick import row
from dispatch_tui.desk.views import Belongings, Case, Hit, by_time_left
from dispatch_tui.domain.files import Customer, Device
from dispatch_tui.domain.message import N_
from dispatch_tui.domain.terms import has_words, plain
from dispatch_tui.words.speaker import Speaker

UNKNOWN, NO_DEVICE, OTHER_CUSTOMER = "unknown", "no-device", "other-customer"
"""Keys of rows that are no customer, contact or device."""


class Stage(Enum):
    """How far it is known who calls about what."""

    CUSTOMER = auto()
    DEVICE = auto()
    KNOWN = auto()


class Caller:
    """Offers rows for what is said and remembers what was picked of them."""

    def __init__(self) -> None:
        self._hits: dict[str, Hit] = {}
        self._meant: Sequence[Hit] = ()
        self._belongings: Belongings | None = None
        self.stage = Stage.CUSTOMER
        self.customer_code = self.device_id = self.words = ""

    @property
    def known(self) -> bool:
        """Whether it is known who calls."""
        return self.stage is Stage.KNOWN

    @property
    def belongings(self) -> Belongings | None:
        """The customer that was picked with what belongs to it, None until it is read."""
        its = self._belongings
        return its if its is not None and its.customer.code == self.customer_code else None

    @property
    def customer(self) -> Customer | None:
        """The customer that was picked."""
        return self.belongings.customer if self.belongings else None

    @property
    def device(self) -> Device | None:
        """The device that was picked."""
        devices = self.belongings.devices if self.belongings else ()
        return next((one for one in devices if one.id == self.device_id), None)

    @property
    def shown(self) -> str:
        """What stands in the field once it is known who calls; "" while the files are read."""
        customer, device = self.customer, self.device
        names = [(customer.short_name or customer.name) if customer else self.words]
        if device is not None:
            names += [device.name, device.serial]
        return "  ".join(names)

    def forget(self) -> None:
        """Begin anew."""
        self.stage = Stage.CUSTOMER
        self.customer_code = self.device_id = self.words = ""

    def body(self) -> dict[str, str]:
        """Return what a draft holds of it."""
        return {"customer": self.customer_code, "device": self.device_id, "caller": self.words}

    def restore(self, body: Mapping[str, str]) -> None:
        """Take over what a draft held."""
        self.customer_code, self.device_id = body.get("customer", ""), body.get("device", "")
        self.words = body.get("caller", "")
        known = bool(self.customer_code or self.words) and not body.get("find")
        self.stage = Stage.KNOWN if known else Stage.CUSTOMER

    def found(self, hits: Sequence[Hit]) -> None:
        """Know who may be meant by what is said."""
        self._meant = hits

    def know(self, belongings: Belongings) -> None:
        """Know what belongs to the customer that was picked; one without devices needs none."""
        self._belongings = belongings
        if self.stage is Stage.DEVICE and not belongings.devices:
            self.stage = Stage.KNOWN

    def rows(self, said: str, speaker: Speaker, now: datetime) -> list[Row]:
        """Return what can be picked for what is said: customers and devices, or devices of one."""
        self._hits = {}
        devices = self.stage is Stage.DEVICE
        return list(self._devices(said, speaker, now) if devices else self._people(said, speaker))

    def contacts(self, said: str) -> list[Row]:
        """Return the customer's contacts that go with what is said."""
        self._hits = {}
        return list(self._contacts(plain(said)))

    def pick(self, key: str, said: str) -> Hit | None:
        """Take over what was picked and go on from there; returns what it stands for."""
        hit = self._hits.get(key)
        if key == UNKNOWN:
            self.words = said
            self.stage = Stage.KNOWN
        elif key == NO_DEVICE:
            self.stage = Stage.KNOWN
        elif key == OTHER_CUSTOMER:
            self.forget()
        elif hit is not None:
            self._take(hit)
        return hit

    def hit(self, key: str) -> Hit | None:
        """Return what an offered row stands for."""
        return self._hits.get(key)

    def open_cases(self, cases: Iterable[Case]) -> list[Case]:
        """Return the open tickets that the call may belong to, the most urgent first."""
        found = [case for case in cases if self._concerns(case)]
        return sorted(found, key=by_time_left)

    def _concerns(self, case: Case) -> bool:
        if self.device_id:
            return case.ticket.device == self.device_id
        return bool(self.customer_code) and case.ticket.customer == self.customer_code

    def _take(self, hit: Hit) -> None:
        self.customer_code, self.words = hit.customer.code, ""
        self.device_id = hit.device.id if hit.device else ""
        self.stage = Stage.KNOWN if self.device_id else Stage.DEVICE

    def _people(self, said: str, speaker: Speaker) -> Iterator[Row]:
        if not said:
            return
        for place, hit in enumerate(self._meant):
            self._hits[str(place)] = hit
            yield call_card.hit_row(str(place), hit)
        yield row(UNKNOWN, speaker.say(N_("Not on file: {said}"), said=said))

    def _devices(self, said: str, speaker: Speaker, now: datetime) -> Iterator[Row]:
        if self.belongings is None:
            return
        words = [plain(word) for word in said.split()]
        for device in self.belongings.devices:
            if has_words(device, words):
                self._hits[device.id] = Hit(customer=self.belongings.customer, device=device)
                yield call_card.device_row(device.id, device, speaker, now)
        yield row(NO_DEVICE, speaker.translate(N_("Device not known yet")))
        yield row(OTHER_CUSTOMER, speaker.translate(N_("Another customer")))

    def _contacts(self, said: str) -> Iterator[Row]:
        if self.belongings is None:
            return
        for place, contact in enumerate(self.belongings.contacts):
            if said in plain(contact.name + contact.department):
                self._hits[str(place)] = Hit(customer=self.belongings.customer, contact=contact)
                yield call_card.contact_row(str(place), contact)
