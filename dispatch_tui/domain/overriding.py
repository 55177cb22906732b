"""Whether an override may be written: of whom, from when until when, beside which others."""

from collections.abc import Iterable, Mapping
from datetime import datetime
from hashlib import sha256

from dispatch_tui.domain.duty import Override, OverrideKind, clash
from dispatch_tui.domain.errors import InvalidInput, NotFound, NotPossible
from dispatch_tui.domain.message import N_
from dispatch_tui.domain.people import FIELD_ROLES, Role, Staff

ROSTER_ROLES = frozenset({Role.MANAGER, Role.GENERAL_MANAGER})
"""Who decides about the roster."""


def override(
    kind: OverrideKind,
    login: str,
    since: datetime,
    until: datetime,
    *,
    by: str = "",
    reason: str = "",
) -> Override:
    """Return an override; its id follows from its facts, so that saying it twice is one."""
    facts = "|".join((kind, login, by, since.isoformat(), until.isoformat()))
    return Override(
        id=sha256(facts.encode()).hexdigest()[:8],
        kind=kind,
        login=login,
        by=by,
        since=since,
        until=until,
        reason=reason,
    )


def swap(
    one: str,
    other: str,
    first: tuple[datetime, datetime],
    second: tuple[datetime, datetime],
    *,
    reason: str = "",
) -> tuple[Override, Override]:
    """Return the two overrides of a swap: `other` stands in first, `one` in return second."""
    kind = OverrideKind.REPLACE
    return (
        override(kind, one, *first, by=other, reason=reason),
        override(kind, other, *second, by=one, reason=reason),
    )


def check(new: Override, others: Iterable[Override], staff: Mapping[str, Staff]) -> None:
    """Raise where an override cannot be: `NotFound`, `InvalidInput`, `NotPossible`."""
    if (new.kind is OverrideKind.REPLACE) is not bool(new.by):
        raise InvalidInput(N_("Say who stands in; it is asked for replace only."), field="by")
    for field, login in (("login", new.login), ("by", new.by)):
        person = staff.get(login)
        if login and (person is None or not person.active or person.role not in FIELD_ROLES):
            raise NotFound(
                N_("{login} is nobody who is sent to customers."), field=field, login=login
            )
    if new.login == new.by:
        raise InvalidInput(N_("Nobody stands in for themselves."), field="by")
    if new.until <= new.since:
        raise InvalidInput(N_("The end must be after the beginning."), field="until")
    if found := clash(new, others):
        raise NotPossible(
            N_(
                "{person} has {kind} from {since} until {until} already ({id}): "
                "withdraw that first, or choose another time."
            ),
            person=next(one for one in found.touches if one in new.touches),
            kind=found.kind,
            since=found.since,
            until=found.until,
            id=found.id,
        )
