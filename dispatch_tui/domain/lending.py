"""People that one station lends to another: who, to whom, for what, from when until when."""

from collections.abc import Iterable, Mapping
from datetime import datetime
from hashlib import sha256

import msgspec

from dispatch_tui.domain.errors import InvalidInput, NotFound, NotPossible
from dispatch_tui.domain.message import N_
from dispatch_tui.domain.people import FIELD_ROLES, Staff


class Lending(msgspec.Struct, frozen=True, kw_only=True):
    """Somebody at another station over [since, until), or until they were back before that."""

    id: str
    login: str
    station: str
    since: datetime
    until: datetime
    what_for: str
    back_at: datetime | None = None

    @property
    def ends_at(self) -> datetime:
        """When they are at their own station again."""
        return self.until if self.back_at is None else min(self.until, self.back_at)

    def at(self, instant: datetime) -> bool:
        """Whether they are lent at an instant."""
        return self.since <= instant < self.ends_at


def lending(login: str, station: str, since: datetime, until: datetime, what_for: str) -> Lending:
    """Return a lending; its id follows from its facts, so that saying it twice is one."""
    facts = "|".join((login, station, since.isoformat(), until.isoformat()))
    return Lending(
        id=sha256(facts.encode()).hexdigest()[:8],
        login=login,
        station=station,
        since=since,
        until=until,
        what_for=what_for,
    )


def check(
    new: Lending, others: Iterable[Lending], staff: Mapping[str, Staff], stations: Iterable[str]
) -> None:
    """Raise where somebody cannot be lent: `NotFound`, `InvalidInput`, `NotPossible`."""
    person = staff.get(new.login)
    if person is None or not person.active or person.role not in FIELD_ROLES:
        raise NotFound(
            N_("{login} is nobody who is sent to customers."), field="login", login=new.login
        )
    if new.station not in set(stations):
        raise NotFound(N_("There is no station {value}."), field="station", value=new.station)
    if new.station == person.station:
        raise InvalidInput(N_("They are at that station already."), field="station")
    if new.until <= new.since:
        raise InvalidInput(N_("The end must be after the beginning."), field="until")
    if not new.what_for:
        raise InvalidInput(N_("Say what they are lent for."), field="what_for")
    for one in others:
        overlap = one.since < new.ends_at and new.since < one.ends_at
        if one.login == new.login and one.id != new.id and overlap:
            raise NotPossible(
                N_("{person} is lent to {station} until {until} already ({id}): bring them back."),
                person=one.login,
                station=one.station,
                until=one.ends_at,
                id=one.id,
            )


def placed(
    staff: Mapping[str, Staff], lendings: Iterable[Lending], at: datetime
) -> dict[str, Staff]:
    """Return everybody at the station where they are at an instant."""
    lent = {one.login: one.station for one in lendings if one.at(at)}
    return {
        login: msgspec.structs.replace(one, station=lent.get(login, one.station))
        for login, one in staff.items()
    }
