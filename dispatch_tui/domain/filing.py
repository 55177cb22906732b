"""What may stand in the files, and how two changes of one file go together."""

from collections.abc import Iterable, Mapping, Sequence
from datetime import date, timedelta
from typing import Any, TypeVar

from msgspec.structs import asdict, replace

from dispatch_tui.domain.device_history import Filing
from dispatch_tui.domain.errors import InvalidInput
from dispatch_tui.domain.files import Contact, Contract, Customer, Device, Part
from dispatch_tui.domain.message import N_
from dispatch_tui.domain.people import Role

Kept = TypeVar("Kept", Customer, Contact, Device, Contract, Part)

FILE_KEEPERS = frozenset({Role.OPERATOR, Role.MANAGER, Role.GENERAL_MANAGER})
"""Who keeps the files of customers and devices."""

DECIDERS = frozenset({Role.MANAGER, Role.GENERAL_MANAGER})
"""Who decides about contracts and their limits."""

DERIVED = frozenset({"initials"})
"""Fields that follow from others: nobody types them, and no history tells of them."""


def changes_of(before: Mapping[str, Any], after: Mapping[str, Any]) -> dict[str, tuple[Any, Any]]:
    """Return what differs between two states of a file: field to (was, is)."""
    names = [name for name in after if name not in DERIVED]
    return {
        name: (before.get(name), after[name]) for name in names if before.get(name) != after[name]
    }


def clashes(wanted: Mapping[str, Any], filings: Iterable[Filing]) -> list[tuple[str, Filing]]:
    """Return the wanted fields that somebody else has set to something else meanwhile."""
    return [
        (name, one)
        for one in filings
        for name in one.changes
        if name in wanted and one.changes[name][1] != wanted[name]
    ]


def changed(record: Kept, wanted: Mapping[str, Any]) -> Kept:
    """Return a record with other values; raises `InvalidInput` where it cannot be so."""
    found = replace(record, **wanted)
    check(found)
    return found


def check(record: Customer | Contact | Device | Contract | Part) -> None:
    """Raise `InvalidInput` for what lacks its name, or whose days are in the wrong order."""
    for name in _NEEDED[type(record)]:
        if not getattr(record, name):
            raise InvalidInput(N_("It is empty, but it is needed."), field=name)
    for first, last in _IN_ORDER:
        values = asdict(record)
        start, end = values.get(first), values.get(last)
        if start is not None and end is not None and end < start:
            raise InvalidInput(N_("The end must be after the beginning."), field=last)


def next_call(every_days: int, on: date) -> date | None:
    """Return the day of the next regular call after one on a day, None where there are none."""
    return on + timedelta(days=every_days) if every_days else None


def fresh_code(codes: Sequence[str]) -> str:
    """Return a code for a new customer: the last one of the commonest form, counted up."""
    stems: dict[tuple[str, int], int] = {}
    count: dict[tuple[str, int], int] = {}
    for code in codes:
        stem = code.rstrip("0123456789")
        digits = code[len(stem) :]
        if digits.isascii() and digits:
            form = (stem, len(digits))
            stems[form] = max(stems.get(form, 0), int(digits))
            count[form] = count.get(form, 0) + 1
    if not stems:
        return "C001"
    stem, width = max(count, key=lambda form: (count[form], form))
    return f"{stem}{stems[stem, width] + 1:0{width}}"


_NEEDED: dict[type, tuple[str, ...]] = {
    Customer: ("code", "name"),
    Contact: ("customer", "name"),
    Device: ("serial", "maker", "name", "customer"),
    Contract: ("customer", "number", "since", "until"),
    Part: ("code", "name"),
}
_IN_ORDER = (
    ("since", "until"),
    ("made_on", "accepted_on"),
    ("delivered_on", "accepted_on"),
    ("contract_from", "contract_until"),
)
