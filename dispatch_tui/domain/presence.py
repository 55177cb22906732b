"""Who has which ticket open: known by their last key press, and faded some time after it."""

from collections.abc import Iterable
from datetime import datetime, timedelta

import msgspec

FADES_AFTER = timedelta(minutes=2)
"""Somebody who has pressed no key for so long is not there, whatever is open on their screen."""


class Present(msgspec.Struct, frozen=True, kw_only=True):
    """A console in which a ticket stands open; `doing` is a command's name, "" for looking."""

    console: str
    login: str
    ticket: str
    doing: str
    pressed_at: datetime


class Beside(msgspec.Struct, frozen=True, order=True):
    """Somebody else who has a ticket open, and what they do with it."""

    login: str
    doing: str


def beside(rows: Iterable[Present], me: str, ticket: str, now: datetime) -> tuple[Beside, ...]:
    """Return who else has a ticket open, each with what they did last."""
    there = sorted(
        (one for one in rows if one.ticket == ticket and one.login != me and not faded(one, now)),
        key=lambda one: one.pressed_at,
    )
    return tuple(sorted(Beside(*one) for one in {one.login: one.doing for one in there}.items()))


def faded(one: Present, now: datetime) -> bool:
    """Whether the last key press was too long ago."""
    return now - one.pressed_at >= FADES_AFTER
