"""What is wrong with the roster ahead: gaps, double bookings, phones, load, certificates."""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from datetime import datetime, time, timedelta
from enum import StrEnum
from itertools import combinations
from zoneinfo import ZoneInfo

import msgspec

from dispatch_tui.domain.duty import OverrideKind, Rules, Span, spans, staff_at
from dispatch_tui.domain.message import N_, Message, say
from dispatch_tui.domain.people import Certificate, Staff

AHEAD = timedelta(days=90)
"""How far the roster is looked through; the past is nobody's any more."""

EXPIRES_SOON = timedelta(days=60)
"""From how long before it on it is said that a certificate expires."""

UNEVEN = 1.5
"""From how many times the mean on somebody has too much."""


class FlawKind(StrEnum):
    """What can be wrong with a roster."""

    GAP = "gap"
    DOUBLE = "double"
    NO_PHONE = "no_phone"
    UNEVEN = "uneven"
    CERTIFICATE = "certificate"


class Flaw(msgspec.Struct, frozen=True, kw_only=True):
    """Something to mend, from when on, of whom ("" for nobody)."""

    kind: FlawKind
    at: datetime
    sentence: Message
    login: str = ""


def flaws(
    rules: Rules,
    staff: Mapping[str, Staff],
    now: datetime,
    certificates: Iterable[Certificate] = (),
) -> list[Flaw]:
    """Return what is wrong over the next 90 days, the soonest first.

    Of certificates it is said when they have expired, or will within 60 days.
    """
    ahead = spans(rules, now, now + AHEAD)
    found = [
        *_gaps(ahead),
        *_double(rules, now),
        *_without_phone(ahead, staff),
        *_uneven(ahead),
        *_expiring(certificates, staff, now.astimezone(ZoneInfo(rules.plan.zone))),
    ]
    return sorted(found, key=lambda one: one.at)


def _gaps(ahead: list[Span]) -> Iterator[Flaw]:
    for one in ahead:
        if not one.staff:
            sentence = N_("Nobody is on duty from {since} until {until}.")
            yield Flaw(
                kind=FlawKind.GAP,
                at=one.since,
                sentence=say(sentence, since=one.since, until=one.until),
            )


def _double(rules: Rules, now: datetime) -> Iterator[Flaw]:
    """People who are booked for a time at which they serve already."""
    turns = [turn for one in rules.holidays for turn in one.turns if turn.until > now]
    for first, second in combinations(turns, 2):
        since = max(first.since, second.since)
        if since < min(first.until, second.until):
            for login in sorted(set(first.staff) & set(second.staff)):
                yield _booked(login, since)
    for one in rules.overrides:
        if one.kind is OverrideKind.ADD and one.until > now:
            others = tuple(other for other in rules.overrides if other.id != one.id)
            without = msgspec.structs.replace(rules, overrides=others)
            since = max(one.since, now)
            if one.login in staff_at(without, since)[1]:
                yield _booked(one.login, since)


def _booked(login: str, at: datetime) -> Flaw:
    sentence = say(N_("{person} is booked twice from {since}."), person=login, since=at)
    return Flaw(kind=FlawKind.DOUBLE, at=at, sentence=sentence, login=login)


def _without_phone(ahead: list[Span], staff: Mapping[str, Staff]) -> Iterator[Flaw]:
    told = set()
    for one in ahead:
        for login in one.staff:
            person = staff.get(login)
            if login not in told and (person is None or not person.phone):
                told.add(login)
                sentence = N_("{person} is on duty from {since} without a phone number.")
                yield Flaw(
                    kind=FlawKind.NO_PHONE,
                    at=one.since,
                    sentence=say(sentence, person=login, since=one.since),
                    login=login,
                )


def _uneven(ahead: list[Span]) -> Iterator[Flaw]:
    hours: defaultdict[str, float] = defaultdict(float)
    for one in ahead:
        for login in one.staff:
            hours[login] += (one.until - one.since) / timedelta(hours=1)
    mean = sum(hours.values()) / len(hours) if hours else 0.0
    for login, own in hours.items():
        if own > UNEVEN * mean:
            sentence = N_(
                "{person} is on duty {hours} h of the next 90 days; the mean is {mean} h."
            )
            yield Flaw(
                kind=FlawKind.UNEVEN,
                at=ahead[0].since,
                sentence=say(sentence, person=login, hours=round(own), mean=round(mean)),
                login=login,
            )


def _expiring(
    certificates: Iterable[Certificate], staff: Mapping[str, Staff], now: datetime
) -> Iterator[Flaw]:
    for one in certificates:
        person = staff.get(one.login)
        if one.expires_on is None or person is None or not person.active:
            continue
        if one.valid((now + EXPIRES_SOON).date()):
            continue
        words = N_("The certificate {device_kind} of {person} expires on {day}.")
        if not one.valid(now.date()):
            words = N_("The certificate {device_kind} of {person} expired on {day}.")
        ends_at = datetime.combine(one.expires_on, time(0), now.tzinfo) + timedelta(days=1)
        sentence = say(words, device_kind=one.kind, person=one.login, day=one.expires_on)
        yield Flaw(kind=FlawKind.CERTIFICATE, at=ends_at, sentence=sentence, login=one.login)
