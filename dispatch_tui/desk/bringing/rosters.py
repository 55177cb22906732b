"""Takes the rows of the roster: overrides, certificates, and what several rows make together."""

from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping
from datetime import time
from typing import Any

import msgspec

from dispatch_tui.desk.bringing.report import Count
from dispatch_tui.desk.bringing.shelves import Shelf
from dispatch_tui.desk.bringing.taking import Rows
from dispatch_tui.domain.duty import (
    HolidayRoster,
    HolidayTurn,
    MemberShifts,
    OverrideKind,
    Shift,
)
from dispatch_tui.domain.errors import InvalidInput, NotPossible
from dispatch_tui.domain.message import N_
from dispatch_tui.domain.overriding import check, override
from dispatch_tui.domain.people import Certificate, Staff
from dispatch_tui.storage.records import key_of

Shelves = Mapping[str, Shelf]


def take(table: str, batches: Iterable[Rows], shelves: Shelves, count: Count) -> None:
    """Take the rows of group members or of holiday rosters.

    All rows of one member, or of one holiday roster, make one record in the place of what was
    there before; what cannot be taken is noted in its sheet.
    """
    made: defaultdict[str, list[Any]] = defaultdict(list)
    for rows in batches:
        for sheet, row in rows:
            try:
                for name, part in _PARTS[table](row.values, shelves):
                    made[name].append(part)
            except InvalidInput as error:
                rows.refuse(sheet, row, error)
    for name, parts in made.items():
        record = _WHOLES[table](name, parts)
        shelves[table].put(key_of(record), record, count)


def certificate(values: dict[str, Any], shelves: Shelves) -> tuple[Any, str]:
    """Return the certificate of a row, and the column that names it."""
    _person(values["login"], "login", shelves)
    named = {("number" if name == "certificate" else name): one for name, one in values.items()}
    return Certificate(**named), "kind"


def overriding(values: dict[str, Any], shelves: Shelves) -> tuple[Any, str]:
    """Return the override of a row, and the column that names it."""
    staff = {person.login: person for person in shelves["staff"].records.values()}
    for name in ("login", "by"):
        if values.get(name):
            _person(values[name], name, shelves)
    new = override(
        OverrideKind(values["kind"]),
        values["login"],
        values["from"],
        values["to"],
        by=values.get("by", ""),
        reason=values.get("reason", ""),
    )
    known = shelves["overrides"].records
    if (new.id,) not in known:
        try:
            check(new, known.values(), staff)
        except NotPossible as error:
            raise InvalidInput(error.message.template, **error.message.values) from error
    return new, "login"


def _person(login: str, column: str, shelves: Shelves) -> Staff | None:
    """A person; None where only a refused row of the staff list speaks of them."""
    staff = shelves["staff"]
    found: Staff | None = staff.records.get((login,))
    if found is None and login not in staff.spoken_of:
        raise InvalidInput(N_("There is nobody with the login {value}."), field=column, value=login)
    return found


def _member(values: dict[str, Any], shelves: Shelves) -> Iterator[tuple[str, Shift | None]]:
    person, group = _person(values["login"], "login", shelves), values["group"]
    plans = shelves["rotation"]
    groups = {name for plan in plans.records.values() for name in plan.groups}
    if groups and group not in groups and group not in plans.spoken_of:
        raise InvalidInput(N_("No rotation plan has a group {value}."), field="group", value=group)
    if person is not None and person.group != group:
        moved = msgspec.structs.replace(person, group=group)
        shelves["staff"].put((person.login,), moved, Count(table="staff"))
    days, start, end = (values.get(name) for name in ("days", "from", "to"))
    shift = Shift(start=start or time(0), end=end or time(0))
    if days:
        shift = msgspec.structs.replace(shift, days=days)
    yield values["login"], None if shift == Shift() else shift


def _turn(values: dict[str, Any], shelves: Shelves) -> Iterator[tuple[str, HolidayTurn]]:
    for login in values["staff"]:
        _person(login, "staff", shelves)
    if values["to"] <= values["from"]:
        raise InvalidInput(N_("The end must be after the beginning."), field="to")
    turn = HolidayTurn(since=values["from"], until=values["to"], staff=values["staff"])
    yield values["roster"], turn


def _shifts_of(login: str, parts: list[Shift | None]) -> MemberShifts:
    return MemberShifts(login=login, shifts=tuple(one for one in parts if one is not None))


def _holiday(name: str, parts: list[HolidayTurn]) -> HolidayRoster:
    return HolidayRoster(name=name, turns=tuple(sorted(parts, key=lambda one: one.since)))


_PARTS: dict[str, Callable[[dict[str, Any], Shelves], Iterator[tuple[str, Any]]]] = {
    "groups": _member,
    "holidays": _turn,
}
_WHOLES: dict[str, Callable[[str, list[Any]], Any]] = {
    "groups": _shifts_of,
    "holidays": _holiday,
}
TABLES = frozenset(_PARTS)
