"""What whoever comes next has to know: promises, silence, call-backs, things and people away."""

from collections.abc import Iterable, Iterator
from datetime import datetime
from enum import StrEnum

import msgspec

from dispatch_tui.domain.clocks import Clock, Level
from dispatch_tui.domain.lending import Lending
from dispatch_tui.domain.message import N_, Message, say
from dispatch_tui.domain.next_step import next_step
from dispatch_tui.domain.people import Role
from dispatch_tui.domain.standing import concerns
from dispatch_tui.domain.ticket import AFTER_REPAIR, Status, Ticket

HANDING_ROLES = frozenset({Role.OPERATOR, Role.MANAGER, Role.GENERAL_MANAGER})
"""Who keeps the cases moving, and hands that over."""


class Topic(StrEnum):
    """What a line of the sheet is about, the most pressing first."""

    CONCERN = "concern"
    PROMISE = "promise"
    CALL_BACK = "call_back"
    AWAY = "away"
    LOAN = "loan"
    LENT = "lent"


class Item(msgspec.Struct, frozen=True, kw_only=True):
    """One line: of which ticket ("" for none), what, and by when."""

    topic: Topic
    number: str
    sentence: Message
    at: datetime | None = None


class HandOver(msgspec.Struct, frozen=True, kw_only=True):
    """A sheet that somebody handed over, and who accepted it, if anybody has yet."""

    id: str
    by: str
    at: datetime
    note: str
    to: str = ""
    items: int = 0
    accepted_by: str = ""
    accepted_at: datetime | None = None


def sheet(
    cases: Iterable[tuple[Ticket, Iterable[Clock]]], lendings: Iterable[Lending], now: datetime
) -> tuple[Item, ...]:
    """Return what is open, by topic and then by when."""
    found = [item for ticket, clocks in cases for item in _of(ticket, clocks, now)]
    found += [
        Item(
            topic=Topic.LENT,
            number="",
            sentence=say(
                N_("{person} is lent to {station}"), person=one.login, station=one.station
            ),
            at=one.ends_at,
        )
        for one in lendings
        if one.at(now)
    ]
    order = list(Topic)
    return tuple(sorted(found, key=lambda one: (order.index(one.topic), one.at or now, one.number)))


def _of(ticket: Ticket, clocks: Iterable[Clock], now: datetime) -> Iterator[Item]:
    for sentence in concerns(ticket, now):
        yield Item(topic=Topic.CONCERN, number=ticket.number, sentence=sentence)
    calling = ticket.status in AFTER_REPAIR - {Status.CONFIRMED}
    running = [one for one in clocks if one.running]
    if running:
        first = min(running, key=lambda one: one.due_at)
        level = first.level(now)
        words = N_("{kind}") if level is Level.NORMAL else N_("{kind}, {level}")
        sentence = say(words, kind=first.kind, level=level)
        if calling:
            who = " ".join(one for one in (ticket.contact, ticket.phone) if one)
            sentence = say(N_("call back {who}"), who=who or ticket.caller)
        topic = Topic.CALL_BACK if calling else Topic.PROMISE
        yield Item(topic=topic, number=ticket.number, sentence=sentence, at=first.due_at)
    if ticket.complaint is not None and ticket.is_open:
        step = next_step(ticket, now).sentence
        yield Item(topic=Topic.PROMISE, number=ticket.number, sentence=step)
    for thing in ticket.removals:
        if thing.out:
            yield Item(
                topic=Topic.AWAY,
                number=ticket.number,
                sentence=say(N_("{item}: {step}"), item=thing.item, step=thing.step),
                at=thing.word_due_at,
            )
    for loan in ticket.loans:
        if loan.out:
            sentence = say(N_("on loan: {item} {serial}"), item=loan.item, serial=loan.serial)
            yield Item(topic=Topic.LOAN, number=ticket.number, sentence=sentence, at=loan.lent_at)
