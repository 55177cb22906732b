"""Finding who calls: customers, their contacts and their devices by whatever is said of them."""

from bisect import bisect_left, bisect_right
from collections.abc import Callable, Iterable, Iterator
from itertools import chain, islice
from operator import itemgetter
from typing import NamedTuple, TypeVar

from dispatch_tui.domain.files import Contact, Customer, Device
from dispatch_tui.domain.text import clean_line, fold_width

Owned = TypeVar("Owned", Contact, Device)

_COUNTRY = "86"
_DIALLED = frozenset("0123456789+-()./ \N{EN DASH}")
SHORTEST_PHONE = 3
"""Fewer digits than this are no part of a phone number that is worth a look."""

_WORD = itemgetter(0)
MOST_OWNERS = 30
"""Customers whose devices are looked through when two words are said."""


class Found(NamedTuple):
    """A customer, with the device or the contact by which it was found."""

    customer: Customer
    device: Device | None = None
    contact: Contact | None = None


def plain(text: str) -> str:
    """Return the letters and digits of a text, width and case folded: "ＮＶ-8009" as "nv8009"."""
    if not text.isascii():
        text = fold_width(clean_line(text))
    text = text.casefold()
    return text if text.isalnum() else "".join(filter(str.isalnum, text))


def phone_digits(text: str) -> str:
    """Return the digits of a phone number without the country's, "" if it is something else."""
    text = fold_width(clean_line(text)).strip()
    if not text or not _DIALLED.issuperset(text):
        return ""
    digits = "".join(filter(str.isdigit, text))
    for start in (f"00{_COUNTRY}", _COUNTRY if text.startswith("+") else ""):
        if start and digits.startswith(start):
            return digits[len(start) :]
    return digits


class Terms:
    """Words that lead to things, in order, so that each way of looking is one search."""

    def __init__(self, pairs: Iterable[tuple[str, int]]) -> None:
        ordered = sorted((pair for pair in pairs if pair[0]), key=_WORD)
        self._words = [term for term, _ in ordered]
        self._things = [thing for _, thing in ordered]
        self._text = "\n".join(self._words)
        self._starts = list(_starts(self._words))
        by_tail = sorted([(term[::-1], thing) for term, thing in ordered], key=_WORD)
        self._tails = [term for term, _ in by_tail]
        self._tailed = [thing for _, thing in by_tail]

    def whole(self, said: str) -> Iterator[int]:
        """Things with exactly this word."""
        start, end = bisect_left(self._words, said), bisect_right(self._words, said)
        return iter(self._things[start:end])

    def starting(self, said: str) -> Iterator[int]:
        """Things with a word that starts with this, shorter and smaller words first."""
        return _under(self._words, self._things, said)

    def ending(self, said: str) -> Iterator[int]:
        """Things with a word that ends with this."""
        return _under(self._tails, self._tailed, said[::-1])

    def holding(self, said: str) -> Iterator[int]:
        """Things with a word that has this anywhere."""
        at = self._text.find(said)
        while at >= 0:
            place = bisect_right(self._starts, at) - 1
            yield self._things[place]
            at = self._text.find(said, self._starts[place] + len(self._words[place]))


def _starts(words: list[str]) -> Iterator[int]:
    at = 0
    for word in words:
        yield at
        at += len(word) + 1


def _under(words: list[str], things: list[int], said: str) -> Iterator[int]:
    for place in range(bisect_left(words, said), len(words)):
        if not words[place].startswith(said):
            return
        yield things[place]


class Finder:
    """An index of the files: made once, asked at every keystroke."""

    def __init__(
        self,
        customers: Iterable[Customer],
        contacts: Iterable[Contact],
        devices: Iterable[Device],
    ) -> None:
        self.customers = {one.code: one for one in customers}
        self.devices = {one.id: one for one in devices if one.customer in self.customers}
        known = [one for one in contacts if one.customer in self.customers]
        self._contacts_of = _grouped(known)
        self._devices_of = _grouped(self.devices.values())
        self._things = [
            *(Found(one) for one in self.customers.values()),
            *(Found(self.customers[one.customer], contact=one) for one in known),
            *(Found(self.customers[one.customer], device=one) for one in self.devices.values()),
        ]
        self._names = Terms(self._name_terms())
        # One index per field: each sort is short, and others run while this is built in a thread.
        self._machines = tuple(
            Terms(self._device_terms(field)) for field in ("serial", "asset_number", "model")
        )
        self._initials = Terms(self._initial_terms())
        self._phones = Terms(self._phone_terms())

    def find(self, said: str, limit: int = 50) -> list[Found]:
        """Return what is meant, best first.

        Whole words go before starts of words, those before initials, those before tails and
        middles; customers before contacts before devices. Of several words the first may name the
        customer and the others its device.
        """
        found = list(islice(self._matches(said), limit))
        words = said.split()
        if found or len(words) < 2:
            return found
        return list(islice(self._machines_of(words[0], words[1:]), limit))

    def contacts_of(self, customer: str) -> list[Contact]:
        """Return the contacts of a customer by department and name."""
        of_customer = self._contacts_of.get(customer, [])
        return sorted(of_customer, key=lambda one: (one.department, one.name))

    def devices_of(self, customer: str) -> list[Device]:
        """Return the devices of a customer by department and name."""
        of_customer = self._devices_of.get(customer, [])
        return sorted(of_customer, key=lambda one: (one.department, one.name, one.serial))

    def _matches(self, said: str) -> Iterator[Found]:
        word, digits = plain(said), phone_digits(said)
        if len(digits) < SHORTEST_PHONE:
            digits = ""
        ways = (
            (word, Terms.whole, (self._names, *self._machines)),
            (digits, Terms.whole, (self._phones,)),
            (word, Terms.starting, (self._names, *self._machines)),
            (word, Terms.starting, (self._initials,)),
            (digits, Terms.starting, (self._phones,)),
            (word, Terms.ending, self._machines),
            (digits, Terms.ending, (self._phones,)),
            (word, Terms.holding, (self._names, *self._machines, self._initials)),
            (digits, Terms.holding, (self._phones,)),
        )
        seen: set[int] = set()
        for thing in chain.from_iterable(_looked(*way) for way in ways):
            if thing not in seen:
                seen.add(thing)
                yield self._things[thing]

    def _machines_of(self, who: str, what: list[str]) -> Iterator[Found]:
        wanted = [plain(one) for one in what]
        codes = dict.fromkeys(one.customer.code for one in islice(self._matches(who), MOST_OWNERS))
        for code in codes:
            for device in self.devices_of(code):
                words = (device.name, device.model, device.kind, device.department, device.serial)
                text = "\n".join(plain(one) for one in words)
                if all(one in text for one in wanted):
                    yield Found(self.customers[code], device=device)

    def _name_terms(self) -> Iterator[tuple[str, int]]:
        for place, (customer, device, contact) in enumerate(self._things):
            if contact is not None:
                yield plain(contact.name), place
            elif device is None:
                names = (customer.code, customer.name, customer.short_name, customer.former_name)
                for name in (*names, *customer.alias.split("|")):
                    yield plain(name), place

    def _device_terms(self, field: str) -> Iterator[tuple[str, int]]:
        for place, (_, device, _contact) in enumerate(self._things):
            if device is not None:
                yield plain(getattr(device, field)), place

    def _initial_terms(self) -> Iterator[tuple[str, int]]:
        for place, one in enumerate(self.customers.values()):
            for initials in one.initials.split():
                yield plain(initials), place

    def _phone_terms(self) -> Iterator[tuple[str, int]]:
        for place, (customer, device, contact) in enumerate(self._things):
            if device is None:
                yield phone_digits((contact or customer).phone), place


def _looked(
    word: str, way: Callable[[Terms, str], Iterator[int]], where: tuple[Terms, ...]
) -> Iterator[int]:
    return chain.from_iterable(way(terms, word) for terms in where) if word else iter(())


def _grouped(things: Iterable[Owned]) -> dict[str, list[Owned]]:
    groups: dict[str, list[Owned]] = {}
    for one in things:
        groups.setdefault(one.customer, []).append(one)
    return groups
